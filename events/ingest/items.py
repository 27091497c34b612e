"""What every feed kind hands over: a list of items, each a report that somebody published."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from urllib.parse import urljoin, urlsplit

# Longer texts are cut before anything reads them: no headline or address in the field comes near these.
LONGEST_TITLE = 500
LONGEST_SUMMARY = 20_000
LONGEST_ADDRESS = 2_000
MOST_ITEMS = 1_000


class FeedUnreadable(ValueError):
    """The bytes are not what the feed kind expects; the message says what was found instead."""


@dataclass(frozen=True, slots=True)
class Item:
    """One entry of a feed. `url` is http(s) or empty, `published` and `updated` have a time zone or are None.

    `guid` is what the feed itself says makes the entry unique; without one it is the url, so that it can serve
    as a key within the feed.
    """

    url: str
    title: str
    published: datetime | None = None
    summary: str = ""
    guid: str = ""
    updated: datetime | None = None


def make_item(
    url: str,
    title: str,
    published: datetime | None,
    summary: str,
    guid: str,
    updated: datetime | None = None,
) -> Item | None:
    """An item cut to size, or None when it has neither an address nor a title."""
    title = " ".join(title[: 4 * LONGEST_TITLE].split())[:LONGEST_TITLE]
    if not url and not title:
        return None
    key = (guid.strip() or url or title)[:LONGEST_ADDRESS]
    return Item(url, title, published, summary[:LONGEST_SUMMARY].strip(), key, updated)


def web_address(href: str, base_url: str) -> str:
    """`href` made absolute against `base_url`; empty unless it is an http or https address with a host.

    >>> web_address("/a", "https://example.org/feed")
    'https://example.org/a'
    >>> web_address("javascript:alert(1)", "https://example.org/feed")
    ''
    """
    if len(href) > LONGEST_ADDRESS:
        return ""
    try:
        absolute = urljoin(base_url, re.sub(r"[\x00-\x20\x7f]", "", href))
        parts = urlsplit(absolute)
        good = parts.scheme in ("http", "https") and bool(parts.hostname) and "@" not in parts.netloc
    except ValueError:
        return ""
    return absolute if good else ""


def instant(text: str) -> datetime | None:
    """A date of a feed (RFC 822, RFC 3339 or ISO day) with its time zone, UTC where it names none; else None."""
    text = " ".join(text[:80].split())
    for read in (_iso, parsedate_to_datetime):
        try:
            found = read(text)
        except (ValueError, TypeError, IndexError, OverflowError):
            continue
        return found if found.tzinfo else found.replace(tzinfo=UTC)
    return None


def _iso(text: str) -> datetime:
    return datetime.fromisoformat(text.replace("Z", "+00:00") if text.endswith("Z") else text)
