"""GeoJSON of administrative boundaries, feature by feature: properties in their many spellings -> one `Unit`.

The spellings known here are those of the OCHA COD-AB releases (`admin1Pcode`, `admin1Name_fr`, `ADM1_PCODE`,
`ADM1_FR`) and our own marks `_iso3`, `_level`, `_source`, `_vintage`, which win over them.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any, TextIO

import shapely
import shapely.geometry

from conflict.kit.iso3166 import ALPHA2, ALPHA3
from conflict.kit.problems import Problem, Refused
from conflict.kit.text import read_text
from events.countries import COUNTRIES

DEEPEST = 3
LONGEST_FEATURE = 50_000_000
_CHUNK = 1 << 18
_MARK = re.compile(r'\\.|["{}]', re.S)
_VALID_SHAPE = "a Polygon or MultiPolygon in degrees, longitude first"

Properties = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Unit:
    """One administrative unit; `shape` is hexadecimal EWKB in SRID 4326, `parent` may be empty."""

    level: int
    pcode: str
    country: str
    name: str
    name_fr: str
    parent: str
    vintage: str
    source: str
    shape: str


@dataclass(frozen=True, slots=True)
class Given:
    """What the caller says about features that do not say it themselves."""

    vintage: str = ""
    source: str = ""


def features(text: TextIO) -> Iterator[tuple[int, Mapping[str, Any] | Problem]]:
    """(number from 1, feature) of a FeatureCollection, read as a stream: one feature is in memory at a time.

    Raises Refused when the text is no FeatureCollection, or ends before it is complete.
    """
    number = 0
    for piece in _objects_inside(text):
        try:
            found = json.loads(piece)
        except ValueError:
            found = None
        if isinstance(found, dict) and found.get("type") != "Feature":
            continue
        number += 1
        yield number, found if found is not None else Problem("feature", piece, "well-formed JSON")
    if number == 0:
        raise Refused(Problem("file", "", "a GeoJSON FeatureCollection with at least one feature"))


def _objects_inside(text: TextIO) -> Iterator[str]:
    """The text of every object directly inside the outermost one."""
    depth, quoted, pieces, size = 0, False, list[str](), 0
    while chunk := _whole_escapes(text):
        start = 0
        for mark in _MARK.finditer(chunk):
            if mark[0] == '"':
                quoted = not quoted
            elif not quoted and mark[0] == "{":
                depth += 1
                start = mark.start() if depth == 2 else start
            elif not quoted and mark[0] == "}":
                depth -= 1
                if depth == 1:
                    yield "".join([*pieces, chunk[start : mark.end()]])
                    pieces, size = [], 0
        if depth >= 2:
            pieces.append(chunk[start:])
            size += len(chunk) - start
        if size > LONGEST_FEATURE:
            raise Refused(
                Problem("feature", pieces[0], f"features of at most {LONGEST_FEATURE:,} characters")
            )
    if depth:
        raise Refused(Problem("file", "", "a complete GeoJSON file; this one ends too early"))


def _whole_escapes(text: TextIO) -> str:
    """The next piece of text, never ending within an escape such as \\" of a JSON string."""
    chunk = text.read(_CHUNK)
    while (len(chunk) - len(chunk.rstrip("\\"))) % 2 and (more := text.read(1)):
        chunk += more
    return chunk


def read_unit(feature: Mapping[str, Any], given: Given) -> Unit | Problem:
    """The unit that a feature describes, or the first thing that keeps it from being one."""
    properties = {str(key).casefold(): value for key, value in (feature.get("properties") or {}).items()}
    level = level_of(properties)
    if isinstance(level, Problem):
        return level
    country = country_of(properties, level)
    if isinstance(country, Problem):
        return country
    texts = texts_of(properties, level, country, given)
    if isinstance(texts, Problem):
        return texts
    shape = shape_of(feature.get("geometry"))
    return shape if isinstance(shape, Problem) else Unit(level=level, country=country, shape=shape, **texts)


def level_of(properties: Properties) -> int | Problem:
    """0 for a country to 3: as marked, else the deepest level that has a p-code."""
    marked = properties.get("_level")
    if marked is not None:
        good = isinstance(marked, int) and not isinstance(marked, bool) and 0 <= marked <= DEEPEST
        return marked if good else Problem("_level", marked, f"a whole number from 0 to {DEEPEST}")
    for level in range(DEEPEST, -1, -1):
        if pcode_at(properties, level):
            return level
    return Problem("admin1Pcode", None, "a p-code of some level, or the mark _level")


def pcode_at(properties: Properties, level: int) -> str:
    """The p-code of a level, empty when the feature has none."""
    return first(properties, f"admin{level}pcode", f"admin{level}pcod", f"adm{level}_pcode")


def country_of(properties: Properties, level: int) -> str | Problem:
    """ISO 3166-1 alpha-3 of a country of the record: as marked, else by the letters that begin the p-codes."""
    code = first(properties, "_iso3", "iso3") or ALPHA3.get(
        (pcode_at(properties, 0) or pcode_at(properties, level))[:2].upper(), ""
    )
    if code in COUNTRIES:
        return code
    return Problem("_iso3", code or None, "a country of the record: " + ", ".join(COUNTRIES))


def texts_of(properties: Properties, level: int, country: str, given: Given) -> dict[str, str] | Problem:
    """Names, codes and origin of a unit, each checked for length and harmful characters."""
    alpha2 = ALPHA2[country]
    french = first(properties, f"admin{level}name_fr", f"adm{level}_fr")
    english = first(
        properties, f"admin{level}name_en", f"adm{level}_en", f"admin{level}name", f"adm{level}_name", "name"
    )
    said = {
        "pcode": (pcode_at(properties, level) or (first(properties, "id") if level else alpha2), 20),
        "name": (english or french, 200),
        "name_fr": (french, 200),
        "parent": (pcode_at(properties, level - 1) or (alpha2 if level == 1 else ""), 20),
        "vintage": (first(properties, "_vintage") or day_of(properties.get("validon")) or given.vintage, 40),
        "source": (first(properties, "_source") or given.source, 300),
    }
    read = {column: read_text(column, text, longest) for column, (text, longest) in said.items()}
    missing = {column: Problem(column, None, VALID[column]) for column in VALID if read[column] == ""}
    for reading in [*read.values(), *missing.values()]:
        if isinstance(reading, Problem):
            return reading
    return {column: str(text) for column, text in read.items()}


VALID = {
    "pcode": "a p-code, for example in admin1Pcode or ADM1_PCODE",
    "name": "a name, for example in admin1Name or ADM1_FR",
    "vintage": "a boundary vintage, in _vintage or validOn, or given with --vintage",
    "source": "a source, in _source, or given with --source",
}


def first(properties: Properties, *keys: str) -> str:
    """The first of these properties that is a text or number with something in it."""
    for key in keys:
        value = properties.get(key)
        if isinstance(value, (str, int)) and not isinstance(value, bool) and str(value).strip():
            return str(value).strip()
    return ""


def day_of(value: Any) -> str:
    """A date as ISO text: from milliseconds since 1970 (as ArcGIS writes them) or from ISO text."""
    if isinstance(value, (int, float)) and not isinstance(value, bool) and 0 < value < 4e12:
        return datetime.fromtimestamp(value / 1000, UTC).date().isoformat()
    return (
        value[:10]
        if isinstance(value, str) and re.fullmatch(r"[0-9]{4}-[0-9]{2}-[0-9]{2}.{0,20}", value)
        else ""
    )


def shape_of(geometry: Any) -> str | Problem:
    """Hexadecimal EWKB of a polygon or multipolygon in degrees; it may be invalid, the database repairs it."""
    kind = geometry.get("type") if isinstance(geometry, Mapping) else None
    if kind not in ("Polygon", "MultiPolygon"):
        return Problem("geometry", kind, _VALID_SHAPE)
    try:
        shape = shapely.force_2d(shapely.geometry.shape(geometry))
    except (ValueError, TypeError, LookupError, shapely.errors.ShapelyError):
        return Problem("geometry", kind, _VALID_SHAPE + ", rings of at least four positions")
    west, south, east, north = shape.bounds if not shape.is_empty else (999.0, 0.0, 0.0, 0.0)
    if not (-180 <= west <= east <= 180 and -90 <= south <= north <= 90):
        return Problem("geometry", f"bounds {west:g} {south:g} {east:g} {north:g}", _VALID_SHAPE)
    return str(shapely.to_wkb(shapely.set_srid(shape, 4326), hex=True, include_srid=True))
