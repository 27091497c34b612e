"""Which known incidents a proposed one may be: scored and explained. Pure; nothing here decides or changes anything.

Evidence is added up in log odds: time, distance (with the precision of both places), participants, type and claimed
figures each speak for or against. A report that gives other figures is a further claim, so figures speak softly.
"""

from __future__ import annotations

import math
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import NamedTuple

from conflict.kit.text import sound
from events.codes import RADIUS_KM, EventSubtype, LocationPrecision, Role
from events.ingest.extract.found import Extraction, IncidentFound

# Farther apart than this after precision is taken off, two incidents are not compared at all.
MOST_KM = 120.0
MOST_DAYS = 10
# Log odds that two incidents of one country within those bounds are one, before anything else is known.
PRIOR = -2.5
EARTH_KM = 6371.0


class Figure(NamedTuple):
    """One claimed figure: measure and item class as in a claim, numbers of people or items, None where open."""

    measure: str
    item_class: str
    low: int | None
    high: int | None


@dataclass(frozen=True, slots=True)
class Known:
    """An incident as the desk knows it. `key` is what the caller finds it by; degrees WGS 84, None without a point.

    `precision` is a LocationPrecision code; `actors` are (slug, Role code).
    """

    key: int
    country: str
    first: date
    last: date
    event_type: str
    event_subtype: str = ""
    precision: str = LocationPrecision.COUNTRY
    longitude: float | None = None
    latitude: float | None = None
    place: str = ""
    actors: frozenset[tuple[str, str]] = frozenset()
    figures: tuple[Figure, ...] = ()


class Reason(NamedTuple):
    """One piece of evidence: a code, its weight in log odds, and what it says in English and French."""

    code: str
    weight: float
    en: str
    fr: str


@dataclass(frozen=True, slots=True)
class Candidate:
    """A known incident that the proposed one may be; `score` from 0 to 1."""

    key: int
    score: float
    reasons: tuple[Reason, ...]

    def explained(self, lang: str = "en") -> str:
        """The reasons in words, weightiest first: "same place, 1 day apart, same sides, figures overlap"."""
        ordered = sorted(self.reasons, key=lambda reason: -abs(reason.weight))
        return ", ".join(reason.fr if lang == "fr" else reason.en for reason in ordered)


@dataclass(slots=True)
class KnownIncidents:
    """Known incidents by country, in order of their first day; built once, asked often.

    `kin` gives for an actor the actors that are the same people under another name (a coalition and its members,
    predecessor and successor).
    """

    rows: dict[str, list[Known]] = field(default_factory=dict)
    days: dict[str, list[int]] = field(default_factory=dict)
    longest: dict[str, int] = field(default_factory=dict)
    kin: Mapping[str, frozenset[str]] = field(default_factory=dict)

    def near(self, country: str, first: date, last: date) -> list[Known]:
        """Incidents of a country that lie within the days, or touch them."""
        days = self.days.get(country, [])
        begin = bisect_left(days, first.toordinal() - self.longest.get(country, 0))
        end = bisect_right(days, last.toordinal())
        return [row for row in self.rows.get(country, [])[begin:end] if row.last >= first]


def known_incidents(rows: Iterable[Known], kin: Mapping[str, frozenset[str]] | None = None) -> KnownIncidents:
    """Index incidents for matching."""
    known = KnownIncidents(kin=kin or {})
    for row in sorted(rows, key=lambda row: row.first):
        known.rows.setdefault(row.country, []).append(row)
        known.days.setdefault(row.country, []).append(row.first.toordinal())
        span = (row.last - row.first).days
        known.longest[row.country] = max(known.longest.get(row.country, 0), span)
    return known


def proposed(extraction: Extraction, number: int, published: date | None) -> Known | None:
    """Incident `number` of an extraction in the shape that is compared; None without a country.

    Without a date the fortnight before publication stands in; without both there is nothing to compare.
    """
    found = extraction.incidents[number]
    country = (found.place.country if found.place else "") or extraction.country
    days = _days(found, published)
    if not country or days is None:
        return None
    place = found.place
    return Known(
        key=number,
        country=country,
        first=days[0],
        last=days[1],
        event_type=found.event_type,
        event_subtype=found.event_subtype,
        precision=place.precision if place else LocationPrecision.COUNTRY,
        longitude=place.longitude if place else None,
        latitude=place.latitude if place else None,
        place=place.name if place else "",
        actors=frozenset(found.actors),
        figures=tuple(_figure(extraction, index) for index in found.claims),
    )


def _days(found: IncidentFound, published: date | None) -> tuple[date, date] | None:
    if found.date:
        return found.date.first, found.date.last
    return (published - timedelta(days=14), published) if published else None


def _figure(extraction: Extraction, index: int) -> Figure:
    claim = extraction.claims[index]
    return Figure(claim.measure, claim.item_class, claim.low, claim.high)


def candidates(one: Known, known: KnownIncidents, most: int = 5, least: float = 0.2) -> list[Candidate]:
    """Known incidents that `one` may be, best first: at most `most`, each with a score of at least `least`."""
    window = timedelta(days=MOST_DAYS)
    found = (
        compared(one, other, known.kin)
        for other in known.near(one.country, one.first - window, one.last + window)
    )
    good = [candidate for candidate in found if candidate and candidate.score >= least]
    return sorted(good, key=lambda candidate: (-candidate.score, candidate.key))[:most]


def compared(one: Known, other: Known, kin: Mapping[str, frozenset[str]] | None = None) -> Candidate | None:
    """How likely two incidents are one and why; None when they lie too far apart in space or time."""
    place, time = by_place(one, other), by_time(one, other)
    if place is None or time is None:
        return None
    others = (by_actors(one, other, kin or {}), by_type(one, other), by_figures(one, other))
    reasons = (place, time, *(reason for reason in others if reason))
    odds = PRIOR + sum(reason.weight for reason in reasons)
    return Candidate(other.key, round(1 / (1 + math.exp(-odds)), 3), reasons)


def by_time(one: Known, other: Known) -> Reason | None:
    """Days between; a span of days that merely contains the other says less than the same day."""
    apart = max((one.first - other.last).days, (other.first - one.last).days, 0)
    if apart > MOST_DAYS:
        return None
    if apart:
        en, fr = (
            ("1 day apart", "à 1 jour d'écart")
            if apart == 1
            else (f"{apart} days apart", f"à {apart} jours d'écart")
        )
        return Reason("days_apart", 1.2 - 0.9 * apart, en, fr)
    longest = max((one.last - one.first).days, (other.last - other.first).days)
    if longest <= 2:
        return Reason("same_day", 2.2, "same day", "même jour")
    return Reason("days_overlap", max(0.2, 1.6 - 0.05 * longest), "days overlap", "dates qui se recoupent")


def by_place(one: Known, other: Known) -> Reason | None:
    """Kilometres between after the radii of both are taken off; the same name at the same spot is strongest."""
    km = distance(one, other)
    if km is None:
        if one.place and sound(one.place) == sound(other.place):
            return Reason("same_name", 2.0, "same place name", "même nom de lieu")
        return Reason("place_open", 0.0, "place not known precisely", "lieu mal connu")
    radius = RADIUS_KM.get(LocationPrecision.of(one.precision), 0) + RADIUS_KM.get(
        LocationPrecision.of(other.precision), 0
    )
    beyond = km - radius
    if beyond > MOST_KM:
        return None
    if km <= 5 and radius <= 2 * RADIUS_KM[LocationPrecision.NEAR]:
        return Reason("same_place", 2.4, "same place", "même lieu")
    en, fr = f"{km:.0f} km apart", f"à {km:.0f} km"
    # The larger the area both may lie in, the less it says that they do.
    within = 1.8 - min(1.3, radius / 180)
    if beyond <= 0:
        return Reason("near", within - 0.8 * km / max(radius, 1), en, fr)
    return Reason("apart", min(0.8, within - 0.8) - beyond / 20, en, fr)


def distance(one: Known, other: Known) -> float | None:
    """Great-circle kilometres; None when one of them has no point."""
    if None in (one.longitude, one.latitude, other.longitude, other.latitude):
        return None
    lon1, lat1, lon2, lat2 = map(math.radians, (one.longitude, one.latitude, other.longitude, other.latitude))  # type: ignore[arg-type]
    half = (
        math.sin((lat2 - lat1) / 2) ** 2 + math.cos(lat1) * math.cos(lat2) * math.sin((lon2 - lon1) / 2) ** 2
    )
    return 2 * EARTH_KM * math.asin(min(1.0, math.sqrt(half)))


FIGHTING = frozenset(
    {Role.SIDE_A.value, Role.SIDE_B.value, Role.ALLY_A.value, Role.ALLY_B.value, Role.VICTIM.value}
)


def by_actors(one: Known, other: Known, kin: Mapping[str, frozenset[str]]) -> Reason | None:
    """How many of the participants are the same, kin counted as the same; nothing where one has none."""
    mine, theirs = _fighters(one), _fighters(other)
    if not mine or not theirs:
        return None
    shared = {slug for slug in mine if slug in theirs or kin.get(slug, frozenset()) & theirs}
    share = len(shared) / min(len(mine), len(theirs))
    if not shared:
        return Reason("other_actors", -2.2, "other participants", "d'autres participants")
    if share == 1 and min(len(mine), len(theirs)) > 1:
        return Reason("same_sides", 1.8, "same sides", "mêmes camps")
    return Reason("shared_actor", 1.6 * share - 0.4, "a shared participant", "un participant commun")


def _fighters(one: Known) -> frozenset[str]:
    return frozenset(slug for slug, role in one.actors if role in FIGHTING)


# Sub-types that reports of one incident often exchange.
ALIKE = (
    frozenset({"ambush", "clash", "base_attack", "offensive", "ied", "suicide_bombing", "shelling"}),
    frozenset({"base_attack", "territory_captured", "offensive", "territory_recaptured"}),
    frozenset({"air_strike", "drone_strike", "shelling"}),
    frozenset({"attack", "massacre", "summary_execution", "looting", "property_destruction", "abduction"}),
    frozenset({"protest", "violent_demonstration", "mob_violence", "excessive_force"}),
)


def by_type(one: Known, other: Known) -> Reason | None:
    """Whether the same kind of thing happened."""
    mine, theirs = one.event_subtype, other.event_subtype
    if mine and mine == theirs:
        kind = EventSubtype.of(mine)
        return Reason("same_type", 0.9, kind.en.lower(), kind.fr.lower())
    if one.event_type == other.event_type:
        return Reason("same_kind", 0.4, "same kind of event", "même genre de fait")
    if any(mine in alike and theirs in alike for alike in ALIKE):
        return Reason("alike", 0.0, "kinds that are often exchanged", "genres souvent confondus")
    return Reason("other_type", -1.5, "another kind of event", "un autre genre de fait")


def by_figures(one: Known, other: Known) -> Reason | None:
    """Whether a claimed figure of both can be the same number; figures that differ weigh little against."""
    pairs = [
        (mine, theirs)
        for mine in one.figures
        for theirs in other.figures
        if (mine.measure, mine.item_class) == (theirs.measure, theirs.item_class)
    ]
    if not pairs:
        return None
    if any(_same(mine, theirs) for mine, theirs in pairs):
        return Reason("figures_equal", 1.3, "same figures", "mêmes chiffres")
    if any(_overlap(mine, theirs) for mine, theirs in pairs):
        return Reason("figures_overlap", 0.6, "figures overlap", "chiffres compatibles")
    return Reason("figures_differ", -0.4, "other figures", "d'autres chiffres")


def _same(mine: Figure, theirs: Figure) -> bool:
    # Ones and twos agree by chance.
    return mine.low == theirs.low and mine.high == theirs.high and (mine.low or 0) > 2


def _overlap(mine: Figure, theirs: Figure) -> bool:
    most = math.inf
    low = max(mine.low or 0, theirs.low or 0)
    return low <= min(most if mine.high is None else mine.high, most if theirs.high is None else theirs.high)
