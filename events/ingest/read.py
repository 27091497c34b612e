"""Bytes of a report -> its text, title, language and date.

Pure: no network, no database. Hostile documents are read through `events.ingest.sandbox`.
"""

from __future__ import annotations

import json
import re
import unicodedata
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime

from lxml import etree, html

from events.ingest.items import instant
from events.ingest.language import language_of

# A long round-up has some 60,000 characters; what lies beyond the limit is not an article.
LONGEST_TEXT = 200_000
LONGEST_MARKUP = 8_000_000
SHORTEST_TEXT = 20


class Unreadable(ValueError):
    """No text can be had from the bytes; the message says why, for the editors' queue."""


@dataclass(frozen=True, slots=True)
class Reading:
    """What a report says. `text` begins with the title on a line of its own, when there is one.

    Spans of extracted values count characters of `text`. `lang` is ISO 639-1 or empty; `published` has a time
    zone, or is None when the document does not say.
    """

    text: str
    title: str
    lang: str
    published: datetime | None


def read(content: bytes, content_type: str = "", title: str = "") -> Reading:
    """Read HTML or plain text, told apart by content type and first bytes; `title` is used when none is found.

    Raises Unreadable for other types and for documents without text.
    """
    kind = content_type.partition(";")[0].strip().lower()
    reader = _reader(kind, content)
    markup = _decode(content[:LONGEST_MARKUP], content_type)
    body, found_title, published = reader(markup)
    return reading(body, found_title or title, published)


def reading(body: str, title: str = "", published: datetime | None = None) -> Reading:
    """A Reading of text that is already text (pasted, from a feed's own content, handed in over the API).

    Raises Unreadable when there are fewer than 20 characters of it.
    """
    title, body = clean(title).replace("\n", " ").strip(), clean(body)
    text = body if not title or body.startswith(title) else f"{title}\n\n{body}".strip()
    text = text[:LONGEST_TEXT]
    if len(text) < SHORTEST_TEXT:
        raise Unreadable(f"only {len(text)} characters of text were found; at least {SHORTEST_TEXT} are needed")
    return Reading(text, title, language_of(text), published)


def clean(text: str) -> str:
    """NFC, one kind of line end, no control characters or marks that hide or reorder text, no runs of blanks."""
    text = unicodedata.normalize("NFC", text[: 2 * LONGEST_TEXT].replace("\r\n", "\n").replace("\r", "\n"))
    text = re.sub(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff]", "", text)
    text = re.sub(r"[ \t]+", " ", text)
    return re.sub(r" ?\n ?(?:\n ?)+", "\n\n", text).strip()


def _reader(kind: str, content: bytes) -> Callable[[str], tuple[str, str, datetime | None]]:
    head = content[:1_000].lstrip().lower()
    if kind in ("text/html", "application/xhtml+xml") or head.startswith((b"<!doctype html", b"<html")):
        return _read_html
    if kind in ("", "text/plain", "text/markdown") and b"\x00" not in content[:1_000]:
        return lambda text: (text, "", None)
    raise Unreadable(f"documents of type {kind or 'unknown'!r} cannot be read; valid are text/html and text/plain")


def _decode(content: bytes, content_type: str) -> str:
    declared = re.search(r"charset=[\"']?([\w-]{2,20})", content_type, re.IGNORECASE) or re.search(
        r"<meta[^>]{0,100}charset=[\"']?([\w-]{2,20})", content[:2_000].decode("latin-1"), re.IGNORECASE
    )
    for encoding in filter(None, (declared and declared[1], "utf-8", "cp1252")):
        try:
            return content.decode(encoding)
        except (LookupError, UnicodeDecodeError):
            continue
    return content.decode("utf-8", "replace")


def _read_html(markup: str) -> tuple[str, str, datetime | None]:
    import trafilatura

    markup = re.sub(r"^\s*<\?xml[^>]{0,200}\?>", "", markup)
    try:
        tree = html.document_fromstring(markup, parser=html.HTMLParser(huge_tree=False))
    except (etree.ParserError, etree.XMLSyntaxError, ValueError) as problem:
        raise Unreadable(f"the HTML cannot be parsed: {problem}") from problem
    title, published = _title(tree), _published(tree)
    found = trafilatura.bare_extraction(tree, include_comments=False, include_tables=False, fast=True)
    text = getattr(found, "text", "") or ""
    if not text:
        raise Unreadable("no article text was found in the HTML")
    # The extractor ends each paragraph with one line feed; a heading repeated as first paragraph is dropped.
    paragraphs = [paragraph for paragraph in text.split("\n") if paragraph.strip()]
    if paragraphs and paragraphs[0].strip() == title:
        paragraphs = paragraphs[1:]
    return "\n\n".join(paragraphs), title, published


def _title(tree: html.HtmlElement) -> str:
    for path in ("//meta[@property='og:title']/@content", "//h1", "//title"):
        for found in tree.xpath(path):
            words = str(found) if isinstance(found, str) else str(found.text_content())
            if words.strip():
                return " ".join(words[:2_000].split())[:500]
    return ""


def _published(tree: html.HtmlElement) -> datetime | None:
    return next((found for text in _dates(tree) if (found := instant(text))), None)


def _dates(tree: html.HtmlElement) -> Iterator[str]:
    names = ("article:published_time", "og:published_time", "datePublished", "date", "DC.date.issued", "pubdate")
    for name in names:
        yield from tree.xpath("//meta[@property=$name or @name=$name or @itemprop=$name]/@content", name=name)
    for script in tree.xpath("//script[@type='application/ld+json']/text()"):
        yield from _dates_of_linked_data(str(script)[:200_000])
    yield from tree.xpath("//time/@datetime")


def _dates_of_linked_data(text: str) -> Iterator[str]:
    try:
        data = json.loads(text)
    except (ValueError, RecursionError):
        return
    nodes = data if isinstance(data, list) else data.get("@graph", [data]) if isinstance(data, dict) else []
    for node in nodes if isinstance(nodes, list) else []:
        if isinstance(node, dict) and isinstance(node.get("datePublished"), str):
            yield node["datePublished"]
