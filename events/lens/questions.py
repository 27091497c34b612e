"""The questions that doors put to the lens."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from conflict.kit.mercator import Tile
from events.lens import answers, tiles
from events.lens.copied import Copied
from events.lens.counts import Engine
from events.lens.following import counted
from events.lens.remembered import Remembered
from events.query.conditions import Predicate
from events.query.incidents import BoundQuery

# Whoever turns pages asks for the count each time; an export asks for its datasets before and while it is written.
_counts: Remembered[int | None] = Remembered(4096)
_datasets: Remembered[list[tuple[str | None, int]]] = Remembered(1024)


def totals(asked: BoundQuery) -> dict[str, Any]:
    """Incidents and deaths under the query, how many are located, first and last day."""
    return counted(asked, lambda engine: answers.totals(engine, asked))


def count(asked: BoundQuery) -> int | None:
    """Incidents under the query, where the copy knows at once; None where SQL on the record would have to count.

    That is while there is no copy, and for conditions that only PostgreSQL can answer.
    """
    if any(type(condition) is Predicate for condition in asked.predicates()):
        return None
    return _counts.get(asked.key, lambda: counted(asked, lambda engine: count_by(engine, asked)))


def count_by(engine: Engine, asked: BoundQuery) -> int | None:
    """The count, from a copy."""
    return engine.count(asked) if isinstance(engine, Copied) else None


def timeline(
    asked: BoundQuery, interval: str, by: str | None, measure: str | None = None
) -> list[dict[str, Any]]:
    """Sums per interval (of the first day) and value of `by`, in order; see `answers.timeline`."""
    return counted(asked, lambda engine: answers.timeline(engine, asked, interval, by, measure))


def facets(asked: BoundQuery) -> dict[str, list[tuple[str, int]]]:
    """(value, incidents) per facet, commonest first; each facet is counted under the other filters."""
    return counted(asked, lambda engine: answers.facets(engine, asked))


def datasets(asked: BoundQuery) -> list[tuple[str | None, int]]:
    """(dataset, incidents) under the query, by name; None: incidents that came from no dataset, first."""
    return _datasets.get(asked.key, lambda: counted(asked, lambda engine: by_name(engine.datasets(asked))))


def by_name(found: Iterable[tuple[str | None, int]]) -> list[tuple[str | None, int]]:
    """Counts in the order of names."""
    return sorted(found, key=lambda pair: pair[0] or "")


def tile(asked: BoundQuery, at: Tile) -> bytes:
    """One vector tile: layer `incidents` with points, layer `cells` with counts where points would not fit."""
    return counted(asked, lambda engine: tiles.tile(engine, asked, at))
