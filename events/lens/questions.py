"""The questions that doors put to the lens."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any, NamedTuple, TypeVar

from conflict.kit.mercator import Tile
from events.lens import answers, tiles
from events.lens.copied import Copied
from events.lens.following import counted
from events.lens.remembered import Remembered
from events.query.conditions import Predicate
from events.query.incidents import BoundQuery

Answer = TypeVar("Answer")
# From so many incidents on, a page says nearly how many there are; exact counts are with facets and totals.
EXACT_UP_TO = 10_000
# Whoever turns pages asks for the count each time; an export asks for its datasets before and while it is written.
_counts: Remembered[int | None] = Remembered(4096)
_sizes: Remembered[Size | None] = Remembered(4096)
_datasets: Remembered[list[tuple[str | None, int]]] = Remembered(1024)


class Size(NamedTuple):
    """How many incidents there are, and whether that was counted or reckoned from a share of them."""

    number: int
    exact: bool


def totals(asked: BoundQuery) -> dict[str, Any]:
    """Incidents and deaths under the query, how many are located, first and last day."""
    return counted(asked, lambda engine: answers.totals(engine, asked))


def count(asked: BoundQuery) -> int | None:
    """Incidents under the query, where the copy knows at once; None where SQL on the record would have to count.

    That is while there is no copy, and for conditions that only PostgreSQL can answer.
    """
    return _counts.get(asked.key, lambda: by_copy(asked, Copied.count))


def size(asked: BoundQuery) -> Size | None:
    """Nearly how many incidents there are under the query, exact for fewer than about `EXACT_UP_TO`; None as in `count`.

    The share that is looked at follows from the public ids: the same question has the same answer in every process.
    """
    return _sizes.get(asked.key, lambda: by_copy(asked, size_by))


def size_by(copy: Copied, asked: BoundQuery) -> Size:
    """The size from a copy; one share is looked at first."""
    nearly = copy.nearly(asked)
    return Size(nearly, False) if nearly > EXACT_UP_TO else Size(copy.count(asked), True)


def by_copy(asked: BoundQuery, ask: Callable[[Copied, BoundQuery], Answer]) -> Answer | None:
    """What a copy says; None without one, and where PostgreSQL would have to choose versions first."""
    if any(type(condition) is Predicate for condition in asked.predicates()):
        return None
    return counted(asked, lambda engine: ask(engine, asked) if isinstance(engine, Copied) else None)


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
