"""Places in a report: which of the places of a name is meant, by country, level, units named beside it and nearness."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass, field
from math import cos, hypot, log10, radians

from events.ingest.extract.spots import WELL_KNOWN, Spot
from events.ingest.extract.tables import PlaceRow, place_key

# Words of a report's opening: title and lead; and how far the sentences go in which its deaths are told again.
OPENING, TELLING = 60, 150


@dataclass(frozen=True, slots=True)
class Located:
    """A spot with the row chosen for it; `score` orders the mentions, `near` is true for "near X", "30 km from X"."""

    spot: Spot
    row: PlaceRow
    near: bool
    confidence: float

    @property
    def first(self) -> int:
        """The first word of the name."""
        return self.spot.first

    @property
    def level(self) -> int:
        """The level meant: "Kossi province" is a unit even where the gazetteer knows only a place of that name.

        French "la région de Diabaly" is the country around a small town.
        """
        around = self.spot.level == 1 and self.row.level == 0 and not _is_seat(self.row)
        return self.row.level or (0 if around else self.spot.level) or 0


@dataclass(slots=True)
class Surroundings:
    """What helps to choose among places of one name: weights of countries, units named, places already sure."""

    countries: dict[str, float] = field(default_factory=dict)
    units: set[str] = field(default_factory=set)
    sure: list[PlaceRow] = field(default_factory=list)


def locate(
    spots: Sequence[Spot], countries: dict[str, float], telling: Collection[int] = ()
) -> list[Located]:
    """Places in order of mention; `countries` are weights by ISO code, `telling` the words of sentences that tell harm."""
    around = Surroundings(countries)
    for spot in spots:
        if len(spot.rows) == 1 or spot.level:
            around.sure.extend(row for row in spot.rows if row.country in countries)
        if spot.level:
            around.units.update(row.key for row in spot.rows if row.level == spot.level)
    located = (_locate(spot, around, _regions_before(spots, spot, telling)) for spot in spots)
    return [one for one in located if one]


def _regions_before(spots: Sequence[Spot], spot: Spot, telling: Collection[int]) -> list[PlaceRow]:
    """The region of this name, where the report calls it so in its opening, where it tells the deaths, or before."""
    reach, name = max(spot.first, OPENING), place_key(spot.name)
    units = {row.key for row in spot.rows if row.level == 1}
    called = (
        other
        for other in spots
        if other.level == 1 and (other.first < reach or (other.first < TELLING and other.first in telling))
    )
    return [
        row
        for other in called
        for row in other.rows
        if row.level == 1 and (row.key in units or place_key(other.name) == name)
    ]


def _locate(spot: Spot, around: Surroundings, regions: Sequence[PlaceRow]) -> Located | None:
    rows = _at_level(spot, regions)
    ranked = sorted(rows, key=lambda row: -_score(row, spot, around))
    if not ranked:
        return None
    best = _score(ranked[0], spot, around)
    elsewhere = bool(around.countries) and ranked[0].country not in around.countries
    if elsewhere and (spot.misspelt or (not spot.level and best < 4)):
        return None
    second = _score(ranked[1], spot, around) if len(ranked) > 1 else best - 3
    confidence = (
        0.45 if spot.misspelt else min(0.95, 0.5 + 0.15 * min(best - second, 3) + (0.1 if spot.lead else 0))
    )
    return Located(
        spot, ranked[0], spot.lead in ("near", "between") and ranked[0].level == 0, round(confidence, 2)
    )


def _at_level(spot: Spot, regions: Sequence[PlaceRow]) -> list[PlaceRow]:
    """Rows of the level that the words ask for. "Kidal" alone is the region where the report speaks of "Kidal region"."""
    if spot.level is not None:
        exact = [row for row in spot.rows if row.level == spot.level]
        # Regions were renamed and cut anew: "province" may be a region today, and the gazetteer may lack the unit.
        units = [row for row in spot.rows if row.level] if spot.level else []
        return exact or units or list(spot.rows)
    if regions and spot.lead != "near":
        return list(regions)
    return list(spot.rows)


def _is_seat(row: PlaceRow) -> bool:
    """Whether a unit may be named after the place."""
    return row.feature in _SEATS or row.population >= WELL_KNOWN


# Where most of what is reported happens, among countries of which no other word is said.
_AT_WAR = frozenset({"MLI", "BFA", "NER", "NGA"})
_TOWNS = ("P", "populated", "national", "admin")
_SEATS = frozenset({"national_capital", "admin1_capital", "admin2_capital"})


def _score(row: PlaceRow, spot: Spot, around: Surroundings) -> float:
    score = 3.0 * around.countries.get(row.country, -1.0) if around.countries else 0.0
    score += log10(row.population + 1) / 2
    if spot.level is None and row.level >= 2 and any(other.level == 0 for other in spot.rows):
        score -= 1.0
    if row.level == 0:
        score += 0.6 if not row.feature or row.feature.startswith(_TOWNS) else -0.4
    score += 0.5 * (row.feature in _SEATS)
    if row.name.casefold() == spot.name.casefold():
        score += 0.7
    score += 0.3 * (row.country in _AT_WAR)
    if spot.level is None and row.level == 1 and not around.countries:
        score += 0.6
    if spot.level is None and row.level:
        score += {1: 0.4, 2: 0.2, 3: 0.0}[row.level]
    if {row.admin1, row.admin2} & around.units - {""}:
        score += 2.0
    if around.sure and row not in around.sure:
        score += max(0.0, 1.5 - min(kilometres(row, other) for other in around.sure) / 200)
    return score


def kilometres(one: PlaceRow, two: PlaceRow) -> float:
    """Distance on the plane tangent to the middle: right within 1 % at the sizes of the region."""
    north = (one.latitude - two.latitude) * 111.2
    east = (one.longitude - two.longitude) * 111.3 * cos(radians((one.latitude + two.latitude) / 2))
    return hypot(north, east)
