"""The outlets that ship with the product: added as sources with a feed each, switched off, never changed again.

What editors set on them stays: a source or feed that is there already is left as it is.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any

from django.db import transaction

from conflict.kit.problems import Problem, Refused
from conflict.kit.yamlfiles import read_yaml
from events.ingest.feeds import feed_kinds
from events.models import Feed, Source

OUTLETS = Path(__file__).parents[1] / "outlets" / "outlets.yaml"


@dataclass(frozen=True, slots=True)
class Loaded:
    """What became of a list: entries read, sources and feeds added."""

    read: int
    sources: int
    feeds: int


@transaction.atomic
def load_outlets(path: Path = OUTLETS) -> Loaded:
    """Add what is missing of a list of outlets, feeds switched off. Raises Refused for an entry that can't be used."""
    entries = read_yaml(path)
    made = [add(entry) for entry in entries]
    return Loaded(len(entries), sum(source for source, _ in made), sum(feed for _, feed in made))


def add(entry: dict[str, Any]) -> tuple[bool, bool]:
    """Whether source and feed of one entry are new."""
    told = entry["feed"]
    if told["kind"] not in feed_kinds():
        raise Refused(Problem(f"{entry['slug']} kind", told["kind"], "one of " + ", ".join(feed_kinds())))
    source, new_source = Source.objects.get_or_create(
        slug=entry["slug"],
        defaults={
            "name": entry["name"],
            "kind": entry["kind"],
            "language": entry["language"],
            "url": entry["url"],
            "licence": entry["licence"][:200],
        },
    )
    feed = {
        "source": source,
        "kind": told["kind"],
        "country": told.get("country", ""),
        "interval_minutes": told["minutes"],
        "licence_note": entry["licence"],
        "reliability_note": entry["reliability"],
        "active": False,
    }
    _, new_feed = Feed.objects.get_or_create(url=told["url"], defaults=feed)
    return new_source, new_feed
