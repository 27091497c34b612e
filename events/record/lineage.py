"""Lineage in time: whose incidents count with an actor's, and those of which days.

From the actor asked for the way leads down to its components, back to its predecessors and forth to its successors, and
never turns: the other successors of a predecessor are rivals as often as kin, and what came out of a component later
was no part of the whole. Each step holds for the days that the relation says:

- a component counts from the day it joined to the day it left;
- what an actor split from, or who merged into it, counts up to that day; the one that came of it from that day on;
- successors and new names stand side by side for a while, so that the days of these relations limit nothing.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import NamedTuple

from actors.codes import RelationKind
from conflict.kit.dates import PartialDate


class Days(NamedTuple):
    """From one day to another, both included."""

    first: date = date.min
    last: date = date.max

    def within(self, other: Days) -> bool:
        """Whether the other days hold all of these."""
        return other.first <= self.first and self.last <= other.last

    def shared(self, other: Days) -> Days:
        """The days of both; none where it ends before it begins."""
        return Days(max(self.first, other.first), min(self.last, other.last))


ALWAYS = Days()
DOWN, BACK, FORTH = "down", "back", "forth"


class Relation(NamedTuple):
    """One relation of lineage: an actor is something to the actor `other`; dates are partial, None where not known."""

    kind: str
    other: int
    since: str | None = None
    until: str | None = None


class Step(NamedTuple):
    """One way on from an actor."""

    way: str
    actor: int
    days: Days


Steps = dict[int, list[Step]]


def first_day(text: str | None) -> date:
    """The first day that a partial date can mean."""
    return PartialDate.parse(text).first_day if text else date.min


def last_day(text: str | None) -> date:
    """The last day that a partial date can mean."""
    return PartialDate.parse(text).last_day if text else date.max


def steps_of(relations: Iterable[tuple[int, Relation]]) -> Steps:
    """Every step from every actor, by (actor, relation) pairs."""
    found: Steps = {}
    for actor, (kind, other, since, until) in relations:
        if kind == RelationKind.COMPONENT_OF:
            found.setdefault(other, []).append(Step(DOWN, actor, Days(first_day(since), last_day(until))))
            continue
        dated = kind in (RelationKind.SPLIT_FROM, RelationKind.MERGED_INTO)
        before = Days(last=last_day(since)) if dated else ALWAYS
        after = Days(first=first_day(since)) if dated else ALWAYS
        old, new = (
            (other, actor) if kind in (RelationKind.SPLIT_FROM, RelationKind.SUCCESSOR_OF) else (actor, other)
        )
        found.setdefault(new, []).append(Step(BACK, old, before))
        found.setdefault(old, []).append(Step(FORTH, new, after))
    return found


def kin(start: int, steps: Steps) -> dict[int, list[Days]]:
    """Actor -> the days of which its incidents count with those of `start`, which itself is among them, always."""
    found: dict[int, list[Days]] = {start: [ALWAYS]}
    for way in (DOWN, BACK, FORTH):
        for actor, spans in along(way, start, steps).items():
            for days in spans:
                add(found, actor, days)
    return {actor: sorted(spans) for actor, spans in found.items()}


def along(way: str, start: int, steps: Steps) -> dict[int, list[Days]]:
    """Whom one way leads to, in any number of steps; the days are those of all its steps together."""
    found: dict[int, list[Days]] = {start: [ALWAYS]}
    ahead = [(start, ALWAYS)]
    while ahead:
        actor, until_here = ahead.pop()
        for step in steps.get(actor, ()):
            days = step.days.shared(until_here)
            if step.way == way and days.first <= days.last and add(found, step.actor, days):
                ahead.append((step.actor, days))
    return found


def add(found: dict[int, list[Days]], actor: int, days: Days) -> bool:
    """Note that these days of an actor count; False when that was known. Spans that lie within are left out."""
    known = found.get(actor, [])
    if any(days.within(span) for span in known):
        return False
    found[actor] = [*(span for span in known if not span.within(days)), days]
    return True
