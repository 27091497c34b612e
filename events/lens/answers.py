"""What the doors ask: totals, timeline, facets. Whichever engine counts, the answer is put together here."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any, TypeVar

from events.lens.counts import GROUPS, INTERVALS, MEASURES, Bar, Engine
from events.query.incidents import BoundQuery

Key = TypeVar("Key", str, int)

TIMELINE_BY = ("event_type", "country", "admin1", "verification", "actor")
# How many values a facet lists, and how many actors a timeline shows: the commonest.
VALUES = 50


def totals(engine: Engine, asked: BoundQuery) -> dict[str, Any]:
    """Incidents and deaths under the query; deaths are sums of the incidents' low, best and high."""
    found = engine.totals(asked)
    return {
        "incidents": found.incidents,
        "fatalities_low": found.low or 0,
        "fatalities_best": found.best or 0,
        "fatalities_high": found.high or 0,
        "located": found.located,
        "first": found.first.isoformat() if found.first else None,
        "last": found.last.isoformat() if found.last else None,
    }


def timeline(
    engine: Engine, asked: BoundQuery, interval: str, by: str | None, measure: str | None = None
) -> list[dict[str, Any]]:
    """Sums per interval (named by its first day) and value of `by`, in order.

    `interval` is one of INTERVALS, `by` of TIMELINE_BY, `measure` of MEASURES (None: all four). By actor, the
    commonest actors under the query are shown, and an incident stands under each of them that takes part in it.
    """
    if interval not in INTERVALS or not (by is None or by in TIMELINE_BY):
        raise ValueError(f"interval {interval!r}, by {by!r}: valid are {INTERVALS} and {TIMELINE_BY}")
    shown = [name for name in MEASURES if measure in (None, name)]
    bars = (
        by_actor(engine, asked, interval, shown) if by == "actor" else engine.bars(asked, interval, by, shown)
    )
    days = {bar.period: bar.period.isoformat() for bar in bars}
    return [
        {"period": days[bar.period], "key": bar.key, **dict(zip(shown, known_sums(bar), strict=True))}
        for bar in sorted(bars, key=lambda bar: (bar.period, bar.key is None, bar.key))
    ]


def known_sums(bar: Bar) -> Sequence[int]:
    """Sums of figures that nobody gave count as nothing."""
    return [number or 0 for number in bar.sums]


def by_actor(engine: Engine, asked: BoundQuery, interval: str, measures: Sequence[str]) -> list[Bar]:
    """Bars of the commonest actors, under their slugs."""
    slugs: dict[Any, str] = {one: actor.slug for one, actor in asked.known.actors.by_id.items()}
    everybody = counted_as(asked)
    shown = {actor for actor, _ in commonest(engine.actors(asked, everybody))}
    bars = engine.actor_bars(
        asked, interval, [(one, as_whom) for one, as_whom in everybody if as_whom in shown], measures
    )
    return [bar._replace(key=slugs[bar.key]) for bar in bars]


def counted_as(asked: BoundQuery) -> list[tuple[int, int]]:
    """(actor, actor it counts as): itself, or what it was merged into."""
    actors = asked.known.actors
    return [(actor, actors.resolve(actor).id) for actor in actors.all_ids()]


def facets(engine: Engine, asked: BoundQuery) -> dict[str, list[tuple[str, int]]]:
    """(value, incidents) per facet, commonest first; each facet is counted under the other filters."""
    groups = engine.groups(asked)
    found = {name: commonest(groups[name]) for name in GROUPS}
    slugs = asked.known.actors.by_id
    found["actor"] = commonest(
        (slugs[actor].slug, many) for actor, many in engine.actors(asked, counted_as(asked))
    )
    return found


def commonest(counts: Iterable[tuple[Key, int]]) -> list[tuple[Key, int]]:
    """The values with the highest counts; equal ones in order of the value."""
    return sorted(counts, key=lambda pair: (-pair[1], pair[0]))[:VALUES]
