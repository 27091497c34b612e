"""XML from strangers, read without entities, network or deep trees, and by local names only."""

from __future__ import annotations

import html
import re
from html.entities import name2codepoint

from lxml import etree

from events.ingest.items import FeedUnreadable

LONGEST_XML = 20_000_000
LONGEST_TEXT = 100_000
_PREDEFINED = {"amp", "lt", "gt", "quot", "apos"}
_NAMED = re.compile(rb"&([A-Za-z][A-Za-z0-9]{1,30});")


def parse_xml(content: bytes) -> etree._Element:
    """The root element. Raises FeedUnreadable for declared entities, oversize and what is no XML.

    Feeds in French write `&eacute;` without declaring it; such HTML names become characters first.
    """
    if len(content) > LONGEST_XML:
        raise FeedUnreadable(f"{len(content)} bytes of XML; at most {LONGEST_XML} are read")
    if b"<!ENTITY" in content:
        raise FeedUnreadable("the document declares XML entities, which are not read")
    parser = etree.XMLParser(
        resolve_entities=False,
        no_network=True,
        load_dtd=False,
        dtd_validation=False,
        recover=True,
        huge_tree=False,
    )
    try:
        root = etree.fromstring(_NAMED.sub(_character, content.lstrip()), parser)
    except etree.XMLSyntaxError as problem:
        raise FeedUnreadable(f"not XML: {problem}") from problem
    if root is None:
        raise FeedUnreadable("no XML element found")
    return root


def local(element: etree._Element) -> str:
    """The element's name without namespace, lower case; empty for comments and instructions."""
    tag = element.tag
    return tag.rpartition("}")[2].lower() if isinstance(tag, str) else ""


def child_texts(element: etree._Element) -> dict[str, str]:
    """The first text of each kind of child, by local name, each cut to LONGEST_TEXT characters."""
    texts: dict[str, str] = {}
    for child in element:
        name = local(child)
        if name and not texts.get(name):
            texts[name] = text_of(child)
    return texts


def text_of(element: etree._Element) -> str:
    """All text inside, cut."""
    pieces, length = [], 0
    for piece in element.itertext():
        pieces.append(str(piece)[:LONGEST_TEXT])
        length += len(pieces[-1])
        if length > LONGEST_TEXT:
            break
    return "".join(pieces)[:LONGEST_TEXT].strip()


def plain(markup: str) -> str:
    """A title or summary without tags and with its entities resolved.

    >>> plain("<p>L&#39;arm\\u00e9e &amp; le <b>GATIA</b></p>")
    "L'arm\\u00e9e & le GATIA"
    """
    unescaped = html.unescape(markup)
    return html.unescape(" ".join(re.sub(r"<[^<>]{0,2000}>", " ", unescaped).split()))


def _character(match: re.Match[bytes]) -> bytes:
    name = match[1].decode("ascii")
    if name in _PREDEFINED or name not in name2codepoint:
        return match[0]
    return f"&#{name2codepoint[name]};".encode()
