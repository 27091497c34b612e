"""JSON Feed 1.0 and 1.1."""

from __future__ import annotations

import json
from typing import Any

from events.ingest.items import FeedUnreadable, Item, instant, make_item, web_address
from events.ingest.xmltext import plain

KIND = "jsonfeed"
LABEL = {"en": "JSON Feed", "fr": "JSON Feed"}


def read_feed(content: bytes, base_url: str) -> list[Item]:
    """Items in order. Raises FeedUnreadable when the bytes are no JSON object with a list of `items`."""
    try:
        feed = json.loads(content)
    except (ValueError, RecursionError) as problem:
        raise FeedUnreadable(f"not JSON: {problem}") from problem
    entries = feed.get("items") if isinstance(feed, dict) else None
    if not isinstance(entries, list):
        raise FeedUnreadable("not a JSON Feed: it has no list of items")
    read = (_item(entry, base_url) for entry in entries if isinstance(entry, dict))
    return [item for item in read if item]


def _item(entry: dict[str, Any], base_url: str) -> Item | None:
    url = web_address(_text(entry, "url"), base_url) or web_address(_text(entry, "external_url"), base_url)
    published = instant(_text(entry, "date_published") or _text(entry, "date_modified"))
    summary = _text(entry, "content_text") or plain(_text(entry, "content_html")) or _text(entry, "summary")
    updated = instant(_text(entry, "date_modified"))
    return make_item(url, plain(_text(entry, "title")), published, summary, _text(entry, "id"), updated)


def _text(entry: dict[str, Any], key: str) -> str:
    value = entry.get(key)
    return str(value) if isinstance(value, str | int | float) else ""
