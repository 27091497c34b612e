"""Who meets whom in a file: few pairs of sides stand in very many rows, and each pair is resolved once."""

from __future__ import annotations

import json
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from typing import Any, NamedTuple

from actors.models import Actor, ActorIdentifier, ActorName
from events.codes import EventSubtype, EventType, Role
from events.ingest.ged.sides import SCHEME, Part, Planned, Register, Side, spoken_side
from events.ingest.ged.values import Meeting
from events.record.columns import actor_roles

ONE_SIDED = "3"
# UCDP's own entry for civilians: deaths among them are counted in every kind of violence.
CIVILIANS = Side("1", "Civilians")


class Pair(NamedTuple):
    """Two sides, of one kind of violence, in one country, in one span of days: the era, and any day of it."""

    kind: str
    a: Side
    b: Side
    country: str
    era: int
    day: str


@dataclass(frozen=True)
class Cast:
    """A pair resolved."""

    pair: Pair
    a: tuple[Part, ...]
    b: tuple[Part, ...]

    @property
    def identity(self) -> str:
        """Which actors stand for the pair, and how surely: when editors change it, the rows count as changed."""
        return "|".join(
            ",".join(f"{part.slug}:{part.confidence}" for part in parts) for parts in (self.a, self.b)
        )

    @property
    def parts(self) -> list[tuple[Part, str]]:
        """(part, role) in the order of entry."""
        second = Role.VICTIM if self.pair.kind == ONE_SIDED else Role.SIDE_B
        return [(part, Role.SIDE_A.value) for part in self.a] + [(part, second.value) for part in self.b]


class Pairs:
    """The pairs of one file, numbered in order of appearance."""

    def __init__(self, register: Register) -> None:
        self.register = register
        self.pairs: list[Pair] = []
        self.numbers: dict[tuple[object, ...], int] = {}
        self.eras: dict[str, int] = {}

    def number(self, meeting: Meeting) -> int:
        """The number of the pair that a row belongs to."""
        day = meeting.day
        era = self.eras.get(day)
        if era is None:
            era = self.eras[day] = self.register.era(day)
        key = (era, *meeting[1:])
        found = self.numbers.get(key)
        if found is None:
            found = self.numbers[key] = len(self.pairs)
            a, b = Side(meeting.a_id, meeting.a), Side(meeting.b_id, meeting.b)
            self.pairs.append(Pair(meeting.kind, a, b, meeting.country, era, day))
        return found

    def resolved(self) -> list[Cast]:
        """Every pair with its actors. Names that stand alone go first, so that joint sides find them whatever the order."""
        days = {(side, pair.country, pair.era): pair.day for pair in self.pairs for side in (pair.a, pair.b)}
        self.civilians = self.register.resolve(CIVILIANS, "", max(self.eras, default="2000-01-01"))[0]
        found = {
            key: self.register.resolve(key[0], key[1], days[key])
            for key in sorted(days, key=lambda key: (", " in key[0].label, key))
        }
        return [
            Cast(one, found[one.a, one.country, one.era], found[one.b, one.country, one.era])
            for one in self.pairs
        ]


def make_actors(register: Register, needed: Collection[str]) -> None:
    """Write the planned actors among `needed` (slugs) with their names and UCDP ids, and further ids of known ones."""
    planned = [actor for slug, actor in register.planned.items() if slug in needed]
    Actor.objects.bulk_create([Actor(slug=one.slug, kind=one.kind) for one in planned], ignore_conflicts=True)
    known = {actor.slug: actor for actor in Actor.objects.filter(slug__in=needed)}
    ActorName.objects.bulk_create([name for one in planned for name in names_of(one, known[one.slug])])
    ids = [(one.slug, one.external_id, one.label) for one in planned]
    ids += [further for further in register.further if further[0] in needed]
    ActorIdentifier.objects.bulk_create(
        ActorIdentifier(scheme=SCHEME, external_id=known_as, label=label, actor=known[slug])
        for slug, known_as, label in ids
    )


def names_of(planned: Planned, actor: Actor) -> Iterator[ActorName]:
    """The names of a new actor; one that was there already keeps its own."""
    if actor.names.exists():
        return
    yield ActorName(actor=actor, text=planned.name_en, lang="en", kind="official")
    if planned.name_fr != planned.name_en:
        yield ActorName(actor=actor, text=planned.name_fr, lang="fr", kind="official")
    if planned.label != planned.name_en:
        yield ActorName(actor=actor, text=planned.label, lang="en", kind="spelling")


def cast_rows(casts: list[Cast], numbers: Collection[int]) -> Iterator[tuple[object, ...]]:
    """The rows of `ged_cast` for these pairs: what the SQL needs to know about who took part."""
    slugs = {part.slug for number in numbers for part, _ in casts[number].parts}
    ids = {
        slug: merged or pk
        for slug, pk, merged in Actor.objects.filter(slug__in=slugs).values_list("slug", "pk", "merged_into")
    }
    for number in sorted(numbers):
        yield (number, *cast_row(casts[number], ids))


def cast_row(cast: Cast, ids: dict[str, int]) -> tuple[object, ...]:
    """One of them, without its number."""
    entered = {(ids[part.slug], role): part for part, role in reversed(cast.parts)}
    parts: list[list[Any]] = [
        [actor, role, part.label, part.confidence] for (actor, role), part in reversed(entered.items())
    ]
    a = sorted({actor for actor, role, *_ in parts if role == Role.SIDE_A})
    b = sorted({actor for actor, role, *_ in parts if role != Role.SIDE_A})
    return (
        *event_codes(cast.pair.kind),
        *leads(cast),
        json.dumps(parts),
        actor_roles((actor, role) for actor, role, *_ in parts),
        " ".join(str(label) for _, _, label, _ in parts),
        a,
        b,
        sorted(map(str, a)),
        sorted(map(str, b)),
    )


def event_codes(kind: str) -> tuple[str, str, bool]:
    """(event type, sub-type, civilian targeting) of a type of violence."""
    if kind == ONE_SIDED:
        return EventType.VIOLENCE_AGAINST_CIVILIANS.value, EventSubtype.ATTACK.value, True
    return EventType.BATTLE.value, EventSubtype.CLASH.value, False


def leads(cast: Cast) -> tuple[str, str]:
    """How the title begins, in English and French; where follows."""
    (a_en, b_en), (a_fr, b_fr) = (
        (spoken_side(cast.a, lang)[:90], spoken_side(cast.b, lang)[:90]) for lang in ("en", "fr")
    )
    if cast.pair.kind == ONE_SIDED:
        return f"Attack on civilians by {a_en}", f"Attaque contre des civils par {a_fr}"
    if a_en == b_en:
        return f"Clash among {a_en}", f"Affrontement entre {a_fr}"
    return f"Clash between {a_en} and {b_en}", f"Affrontement entre {a_fr} et {b_fr}"
