"""Gazetteer files of four kinds, row by row: GeoNames dumps, the same with a header, our towns, our regions.

A reader yields (line, row): a `PlaceRow`, a `RegionRow`, a `Problem` with what is wrong, or None for a feature that
is of no use to a record of places (a river, a dune).
"""

from __future__ import annotations

import csv
import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import TextIO

from conflict.kit.iso3166 import ALPHA2, ALPHA3
from conflict.kit.numbers import read_float, read_int
from conflict.kit.problems import Problem, Refused, unknown_field
from conflict.kit.text import fold, read_text, slug
from events.countries import COUNTRIES

# The 19 columns of https://download.geonames.org/export/dump/, as its readme.txt lists them.
_GEONAMES = """
geonameid name asciiname alternatenames latitude longitude feature_class feature_code country_code cc2
admin1_code admin2_code admin3_code admin4_code population elevation dem timezone modification_date
"""
_TOWNS = """
name name_fr alternate_names country admin1_pcode admin2_pcode longitude latitude population feature source
"""
_REGIONS = "country pcode name name_fr longitude latitude source"
GEONAMES, TOWNS, REGIONS = _GEONAMES.split(), _TOWNS.split(), _REGIONS.split()
# GeoNames' codes in our words; populated places of every rank count, other features where people are met.
FEATURES = {
    "PPLC": "national_capital",
    "PPLA": "admin1_capital",
    "PPLA2": "admin2_capital",
    "PPLA3": "admin3_capital",
    "PPLX": "quarter",
    "CMP": "camp",
    "LCTY": "locality",
    "WLL": "well",
    "WTRH": "well",
    "MN": "mine",
    "MNAU": "mine",
    "AIRF": "airfield",
    "AIRP": "airfield",
    "INSM": "military_base",
    "MILB": "military_base",
}
MOST_ALTERNATES = 60
LONGEST_LINE = 200_000
_VINTAGE = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
_GEONAMES_ID = re.compile(r"GeoNames ([0-9]{1,12})\b")


@dataclass(frozen=True, slots=True)
class PlaceRow:
    """One place; (lon, lat) in degrees. `curated` rows name a place, their coordinates yield to GeoNames' own."""

    source: str
    external_id: str
    name: str
    name_fr: str
    alternates: list[str]
    country: str
    lon: float
    lat: float
    feature: str
    population: int | None
    admin1: str
    admin2: str
    curated: bool


@dataclass(frozen=True, slots=True)
class RegionRow:
    """One first-level unit known by its centre (lon, lat) only."""

    country: str
    pcode: str
    name: str
    name_fr: str
    lon: float
    lat: float
    vintage: str
    source: str


Row = PlaceRow | RegionRow | Problem | None
Cells = Mapping[str, str]


def rows_of(text: TextIO, all_features: bool) -> Iterator[tuple[int, Row]]:
    """(line, row) of a file whose kind is told by its first line. Raises Refused for a kind that is not known."""
    start = text.readline(LONGEST_LINE)
    tabs = start.rstrip("\r\n").split("\t")
    if len(tabs) == len(GEONAMES) and tabs[0].isdigit():
        yield from geonames_rows(text, list(GEONAMES), start, all_features)
    elif "geonameid" in tabs:
        refuse_missing(tabs, ["geonameid", "name", "latitude", "longitude", "feature_class", "country_code"])
        yield from geonames_rows(text, tabs, "", all_features)
    else:
        yield from own_rows(text, next(csv.reader([start]), []))


def refuse_missing(header: list[str], needed: list[str]) -> None:
    """Raise Refused with every column that a file lacks."""
    problems = [unknown_field(name, None, header) for name in needed if name not in header]
    if problems:
        raise Refused(problems, title="Columns are missing")


def geonames_rows(
    text: TextIO, header: list[str], first: str, all_features: bool
) -> Iterator[tuple[int, Row]]:
    """Lines of a dump: tabs between the columns, no quoting."""
    line = 1
    if first:
        yield (
            line,
            geonames_row(dict(zip(header, first.rstrip("\r\n").split("\t"), strict=True)), all_features),
        )
    while raw := text.readline(LONGEST_LINE):
        line += 1
        cells = raw.rstrip("\r\n").split("\t")
        if len(cells) != len(header):
            yield (
                line,
                Problem("line", raw, f"{len(header)} columns with tabs between them (found {len(cells)})"),
            )
        else:
            yield line, geonames_row(dict(zip(header, cells, strict=True)), all_features)


def geonames_row(cells: Cells, all_features: bool) -> Row:
    """One row of GeoNames; None for a feature that nobody looks for."""
    code = read_text("feature_code", cells.get("feature_code", ""), 20)
    if isinstance(code, Problem):
        return code
    feature = feature_of(cells["feature_class"], code)
    if not feature and not all_features:
        return None
    country = ALPHA3.get(cells["country_code"], cells["country_code"])
    external_id = read_int("geonameid", cells["geonameid"], 1, 10**11)
    if isinstance(external_id, Problem):
        return external_id
    place = place_of(cells, country)
    if isinstance(place, Problem):
        return place
    alternates = cells.get("alternatenames", "").split(",")
    return PlaceRow(
        source="geonames",
        external_id=str(external_id),
        alternates=usable([*alternates, cells.get("asciiname", "")], place.name),
        feature=feature or code.lower(),
        name=place.name,
        name_fr="",
        country=country,
        lon=place.lon,
        lat=place.lat,
        population=place.population,
        admin1="",
        admin2="",
        curated=False,
    )


def feature_of(feature_class: str, code: str) -> str:
    """Our word for a feature, empty for one that is of no use. `cities500` rows have a class but no code."""
    if feature_class == "P":
        return FEATURES.get(code, "populated_place")
    return FEATURES.get(code, "")


@dataclass(frozen=True, slots=True)
class _Place:
    name: str
    lon: float
    lat: float
    population: int | None


def place_of(cells: Cells, country: str) -> _Place | Problem:
    """The columns that every place has, each read strictly."""
    if country not in COUNTRIES:
        return Problem("country_code", country, "a country of the record: " + ", ".join(COUNTRIES))
    name = read_text("name", cells["name"])
    lon = read_float("longitude", cells["longitude"], -180, 180)
    lat = read_float("latitude", cells["latitude"], -90, 90)
    population = read_int("population", cells.get("population") or "0", 0, 10**9)
    if isinstance(name, Problem):
        return name
    if isinstance(lon, Problem):
        return lon
    if isinstance(lat, Problem):
        return lat
    if isinstance(population, Problem):
        return population
    if not name:
        return Problem("name", "", "a name")
    return _Place(name, lon, lat, population or None)


def texts_of(cells: Cells, **longest: int) -> dict[str, str] | Problem:
    """The named columns as clean text of at most so many characters."""
    read = {column: read_text(column, cells[column], most) for column, most in longest.items()}
    for reading in read.values():
        if isinstance(reading, Problem):
            return reading
    return {column: str(text) for column, text in read.items()}


def usable(names: list[str], name: str) -> list[str]:
    """Other names without blanks, links and repetitions, in the order given; at most sixty."""
    kept: dict[str, str] = {name: name}
    for other in names:
        read = read_text("alternatenames", other)
        if isinstance(read, str) and read and "://" not in read:
            kept.setdefault(read, read)
    return list(kept)[1 : MOST_ALTERNATES + 1]


def own_rows(text: TextIO, header: list[str]) -> Iterator[tuple[int, Row]]:
    """Rows of towns.csv or admin1.csv."""
    readers: dict[tuple[str, ...], Callable[[Cells], Row]] = {
        tuple(TOWNS): town_row,
        tuple(REGIONS): region_row,
    }
    reader = readers.get(tuple(header))
    if reader is None:
        known = "a GeoNames dump, or CSV with the columns " + " or ".join(
            ",".join(columns) for columns in readers
        )
        raise Refused(Problem("file", ",".join(header), known))
    rows = csv.reader(text)
    for cells in rows:
        line = rows.line_num + 1
        if len(cells) != len(header):
            yield line, Problem("line", ",".join(cells), f"{len(header)} columns (found {len(cells)})")
        else:
            yield line, reader(dict(zip(header, cells, strict=True)))


def town_row(cells: Cells) -> Row:
    """A row of towns.csv. One that cites a GeoNames row is that row under our name for it."""
    place = place_of(cells, cells["country"])
    if isinstance(place, Problem):
        return place
    texts = texts_of(cells, name_fr=200, feature=20, admin1_pcode=20, admin2_pcode=20)
    if isinstance(texts, Problem):
        return texts
    name_fr = texts["name_fr"]
    cited = _GEONAMES_ID.search(cells["source"])
    own_id = f"{texts['admin1_pcode'].lower()}-{slug(place.name, 30)}"
    return PlaceRow(
        source="geonames" if cited else "towns",
        external_id=cited[1] if cited else own_id,
        name=place.name,
        name_fr=name_fr if fold(name_fr) != fold(place.name) else "",
        alternates=usable(cells["alternate_names"].split(";"), place.name),
        country=cells["country"],
        lon=place.lon,
        lat=place.lat,
        feature=texts["feature"],
        population=place.population,
        admin1=texts["admin1_pcode"],
        admin2=texts["admin2_pcode"],
        curated=True,
    )


def region_row(cells: Cells) -> Row:
    """A row of admin1.csv; the vintage is the date in its source."""
    place = place_of(cells, cells["country"])
    if isinstance(place, Problem):
        return place
    texts = texts_of(cells, pcode=20, name_fr=200, source=300)
    if isinstance(texts, Problem):
        return texts
    vintage = _VINTAGE.search(texts["source"])
    if not vintage or not texts["pcode"].startswith(ALPHA2[cells["country"]]):
        return Problem(
            "source", cells["source"], "a source with the date of its vintage, and a p-code of the country"
        )
    return RegionRow(
        country=cells["country"],
        pcode=texts["pcode"],
        name=place.name,
        name_fr=texts["name_fr"],
        lon=place.lon,
        lat=place.lat,
        vintage=vintage[0],
        source=texts["source"],
    )
