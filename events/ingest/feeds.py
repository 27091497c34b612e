"""The feed kinds: every module of `events.ingest.kinds` is one, so adding a file adds a kind."""

from __future__ import annotations

import importlib
import pkgutil
from functools import cache
from typing import Protocol, cast

from events.ingest import kinds as package
from events.ingest.items import MOST_ITEMS, FeedUnreadable, Item


class FeedKind(Protocol):
    """What a module of `events.ingest.kinds` offers."""

    KIND: str
    LABEL: dict[str, str]

    def read_feed(self, content: bytes, base_url: str) -> list[Item]:
        """Items in the feed's order. Raises FeedUnreadable when the bytes are of another kind."""
        ...


@cache
def feed_kinds() -> dict[str, FeedKind]:
    """Every feed kind by its code, in order of code."""
    names = sorted(found.name for found in pkgutil.iter_modules(package.__path__))
    modules = [importlib.import_module(f"{package.__name__}.{name}") for name in names]
    return {module.KIND: cast(FeedKind, module) for module in modules if hasattr(module, "KIND")}


def read_feed(kind: str, content: bytes, base_url: str) -> list[Item]:
    """Read a feed of a named kind: at most `MOST_ITEMS` items, each guid once.

    Raises FeedUnreadable, for an unknown kind too.
    """
    known = feed_kinds()
    if kind not in known:
        raise FeedUnreadable(f"feed kind {kind!r} is not known; valid are {', '.join(known)}")
    unique: dict[str, Item] = {}
    for item in known[kind].read_feed(content, base_url)[:MOST_ITEMS]:
        unique.setdefault(item.guid, item)
    return list(unique.values())
