"""Atom (RFC 4287)."""

from __future__ import annotations

from lxml import etree

from events.ingest.items import FeedUnreadable, Item, instant, make_item, web_address
from events.ingest.xmltext import child_texts, local, parse_xml, plain

KIND = "atom"
LABEL = {"en": "Atom", "fr": "Atom"}


def read_feed(content: bytes, base_url: str) -> list[Item]:
    """Entries in order. Raises FeedUnreadable when the root is not `feed`."""
    root = parse_xml(content)
    if local(root) != "feed":
        raise FeedUnreadable(f"the root element is {local(root)!r}, not feed")
    read = (_item(entry, base_url) for entry in root if local(entry) == "entry")
    return [item for item in read if item]


def _item(entry: etree._Element, base_url: str) -> Item | None:
    texts = child_texts(entry)
    published = instant(texts.get("published") or texts.get("updated") or "")
    summary = plain(texts.get("content") or texts.get("summary") or "")
    title, updated = plain(texts.get("title", "")), instant(texts.get("updated", ""))
    return make_item(_link(entry, base_url), title, published, summary, texts.get("id", ""), updated)


def _link(entry: etree._Element, base_url: str) -> str:
    links = [child for child in entry if local(child) == "link"]
    alternates = [link for link in links if link.get("rel", "alternate") == "alternate"]
    return next((url for link in alternates if (url := web_address(link.get("href", ""), base_url))), "")
