"""HTML: the article of a page, its title and the date that the page declares."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from datetime import datetime

from lxml import etree, html

from events.ingest.decoding import decoded
from events.ingest.documents import Unreadable, Written
from events.ingest.items import instant

FORMAT = "html"
TYPES = ("text/html", "application/xhtml+xml")
ENDINGS = (".html", ".htm", ".xhtml")
BEGINNINGS = (b"<!doctype html", b"<html")
DATE_NAMES = (
    "article:published_time",
    "og:published_time",
    "datePublished",
    "date",
    "DC.date.issued",
    "pubdate",
)


def read_words(content: bytes, content_type: str) -> Written:
    """The article without navigation, comments and tables. Raises Unreadable when the page has none."""
    return article(decoded(content, content_type))


def article(markup: str) -> Written:
    """The article of a page that is characters already."""
    tree = parsed(re.sub(r"^\s*<\?xml[^>]{0,200}\?>", "", markup))
    title, published = title_of(tree), published_at(tree)
    return Written(body_of(tree, title), title, published)


def parsed(markup: str) -> html.HtmlElement:
    """The tree of a page."""
    try:
        return html.document_fromstring(markup, parser=html.HTMLParser(huge_tree=False))
    except (etree.ParserError, etree.XMLSyntaxError, ValueError) as problem:
        raise Unreadable(f"the HTML cannot be parsed: {problem}") from problem


def body_of(tree: html.HtmlElement, title: str) -> str:
    """The article's paragraphs; a heading that repeats the title is dropped."""
    import trafilatura

    found = trafilatura.bare_extraction(tree, include_comments=False, include_tables=False, fast=True)
    text = getattr(found, "text", "") or ""
    if not text:
        raise Unreadable("no article text was found in the HTML")
    # The extractor ends each paragraph with one line feed.
    paragraphs = [paragraph for paragraph in text.split("\n") if paragraph.strip()]
    if paragraphs and paragraphs[0].strip() == title:
        paragraphs = paragraphs[1:]
    return "\n\n".join(paragraphs)


def title_of(tree: html.HtmlElement) -> str:
    """The title that is meant for sharing, else the heading, else the window's title."""
    for path in ("//meta[@property='og:title']/@content", "//h1", "//title"):
        for found in tree.xpath(path):
            words = str(found) if isinstance(found, str) else str(found.text_content())
            if words.strip():
                return " ".join(words[:2_000].split())[:500]
    return ""


def published_at(tree: html.HtmlElement) -> datetime | None:
    """The first date that can be read among those that the page declares."""
    return next((found for text in _dates(tree) if (found := instant(text))), None)


def _dates(tree: html.HtmlElement) -> Iterator[str]:
    for name in DATE_NAMES:
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
