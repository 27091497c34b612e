"""Where it happened, in words: place, units and how precisely UCDP knows them. Each spot of a file is worded once."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator
from typing import NamedTuple

from events.countries import COUNTRIES

# UCDP's where_prec: 1 exact, 2 within 25 km, 3 second-level unit, 4 first-level unit, 5 line or wider area, 6 country,
# 7 international waters or airspace.
EXACT, NEAR, SECOND, FIRST, AREA = "12345"

# What UCDP writes after a name to say what it is: "Maiduguri town", "Borno state", "Soum province".
_SORT = re.compile(
    r"\s+(town|village|city|lga|state|region|province|department|d[ée]partement|district|commune|cercle|prefecture|territory"
    r"|governorate|county|municipality|arrondissement|council|locality|ward)$",
    re.IGNORECASE,
)
_POINT_FOR = re.compile(r"^representation point for ", re.IGNORECASE)
_PREPOSITION = re.compile(
    r"^(between|near|from|around|along|north|south|east|west|outside|waters off)\b", re.IGNORECASE
)
_BETWEEN = re.compile(r"^between (.+) and (.+)$", re.IGNORECASE)
_VOWEL = re.compile(r"^[aeiouâàéèêîïôûAEIOUÂÀÉÈÊÎÏÔÛ]")


class Spot(NamedTuple):
    """A place as the rows of a file give it: texts; coordinates are decimal degrees, empty where missing."""

    where_prec: str
    latitude: str
    longitude: str
    place: str
    adm_1: str
    adm_2: str
    country: str


class Worded(NamedTuple):
    """The row of `ged_spot` (after its number): where, unit names, and the end of a title in English and French."""

    where_prec: str
    latitude: str | None
    longitude: str | None
    country: str
    place: str
    admin1_name: str
    admin2_name: str
    where_en: str
    where_fr: str


class Spots:
    """The spots of one file, numbered in order of appearance."""

    def __init__(self) -> None:
        self.numbers: dict[Spot, int] = {}

    def number(self, spot: Spot) -> int:
        """The number of a spot."""
        return self.numbers.setdefault(spot, len(self.numbers))

    def rows(self, needed: Collection[int]) -> Iterator[tuple[object, ...]]:
        """The rows of `ged_spot` for the needed numbers."""
        for spot, number in self.numbers.items():
            if number in needed:
                yield (number, *worded(spot))


def worded(spot: Spot) -> Worded:
    """Put a spot into words."""
    first, second = bare(spot.adm_1)[:200], bare(spot.adm_2)[:200]
    name = bare(_POINT_FOR.sub("", spot.place)) or second or first
    around = [unit for unit in (first,) if unit and unit != name]
    return Worded(
        spot.where_prec,
        spot.latitude or None,
        spot.longitude or None,
        spot.country,
        spot.place[:300],
        first,
        second,
        ", ".join([in_english(spot, name), *around])
        if spot.where_prec <= AREA and name
        else in_country(spot, "en"),
        ", ".join([in_french(spot, name), *around])
        if spot.where_prec <= AREA and name
        else in_country(spot, "fr"),
    )


def bare(name: str) -> str:
    """A name without the sort of place it is."""
    return _SORT.sub("", name.strip())


def in_english(spot: Spot, name: str) -> str:
    """The place with its preposition."""
    if _PREPOSITION.match(name):
        return name[0].lower() + name[1:]
    if spot.where_prec == NEAR:
        return f"near {name}"
    return f"in the area of {name}" if spot.where_prec == AREA else f"in {name}"


def in_french(spot: Spot, name: str) -> str:
    """The place with its preposition; for units and areas one that fits every gender."""
    if between := _BETWEEN.match(name):
        return f"entre {between[1]} et {between[2]}"
    if spot.where_prec == NEAR:
        return f"près {of(name)}"
    return f"à {name}" if spot.where_prec == EXACT else f"secteur {of(name)}"


def of(name: str) -> str:
    """`de` or `d'` before a name."""
    return f"d'{name}" if _VOWEL.match(name) else f"de {name}"


def in_country(spot: Spot, lang: str) -> str:
    """Where only the country is known."""
    country = COUNTRIES[spot.country]
    return f"in {country.en}" if lang == "en" else f"({country.fr})"
