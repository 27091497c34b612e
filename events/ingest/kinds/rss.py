"""RSS 2.0, 0.9x and 1.0 (RDF)."""

from __future__ import annotations

from events.ingest.items import FeedUnreadable, Item, instant, make_item, web_address
from events.ingest.xmltext import child_texts, local, parse_xml, plain

KIND = "rss"
LABEL = {"en": "RSS", "fr": "RSS"}


def read_feed(content: bytes, base_url: str) -> list[Item]:
    """Items of the channel in order. Raises FeedUnreadable when the root is neither `rss` nor `RDF`."""
    root = parse_xml(content)
    if local(root) not in ("rss", "rdf"):
        raise FeedUnreadable(f"the root element is {local(root)!r}, not rss or RDF")
    entries = (element for element in root.iter() if local(element) == "item")
    read = (_item(child_texts(entry), base_url) for entry in entries)
    return [item for item in read if item]


def _item(texts: dict[str, str], base_url: str) -> Item | None:
    guid = texts.get("guid", "")
    url = web_address(texts.get("link", ""), base_url) or (web_address(guid, "") if guid else "")
    published = instant(texts.get("pubdate") or texts.get("date") or "")
    summary = plain(texts.get("encoded") or texts.get("description") or "")
    # Of Atom and of Dublin Core, which feeds of RSS borrow.
    updated = instant(texts.get("updated") or texts.get("modified") or "")
    return make_item(url, plain(texts.get("title", "")), published, summary, guid, updated)
