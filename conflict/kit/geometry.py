"""The one strict reader of shapes, boxes and points that people send.

Accepted: GeoJSON (a geometry, or a Feature around one) and WKT, longitude and latitude in degrees on WGS 84
(SRID 4326), in that order. Every number is checked here and the shape is built by shapely from checked
numbers: no text of a user ever reaches OGR, and GEOS sees only finite coordinates. `crs` members and
altitudes are dropped.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterable, Mapping
from typing import Any, NamedTuple

import shapely
from shapely.geometry.base import BaseGeometry

from conflict.kit.numbers import read_float
from conflict.kit.problems import Problem, not_one_of

QUERY_VERTICES = 500
RECORD_VERTICES = 5000
DEEPEST = 4
# How deep the positions of each kind lie, and how a shape of the kind is made from them.
_DEPTH = {"Point": 0, "LineString": 1, "MultiPoint": 1, "Polygon": 2, "MultiLineString": 2, "MultiPolygon": 3}
AREAS = ("Polygon", "MultiPolygon")
KINDS = tuple(_DEPTH)
SHORTEST_KM, LONGEST_KM = 0.1, 5000

_LONGEST_POSITION = 120
_MARKS = re.compile(r'\\.|["\[\]{}]', re.S)
# Every repetition is bounded: an open one, tried from each place of a long text, takes quadratic time.
_WKT = re.compile(r"(?:SRID ?= ?([0-9]{1,6}) ?; ?)?([A-Z]{5,18}) ?(?:Z ?)?(\(.*\))", re.I | re.S)
_NUMBER = r"[-+]?(?:[0-9]{1,20}(?:\.[0-9]{0,25})?|\.[0-9]{1,25})(?:[eE][-+]?[0-9]{1,2})?"
_POSITION = re.compile(rf"{_NUMBER}(?: {_NUMBER}){{1,2}}")


class Box(NamedTuple):
    """Degrees; west < east and south < north."""

    west: float
    south: float
    east: float
    north: float


class Near(NamedTuple):
    """A circle: its middle in degrees and its radius in kilometres."""

    lon: float
    lat: float
    km: float


class _Wrong(Exception):
    """What is valid instead; caught in this module only."""


class _Vertices:
    """Counts positions and stops at the limit."""

    def __init__(self, most: int) -> None:
        self.most, self.counted = most, 0

    def count_one(self) -> None:
        self.counted += 1
        if self.counted > self.most:
            raise _Wrong(f"a shape of at most {self.most} vertices")


def read_geometry(
    field: str,
    given: str | Mapping[str, Any],
    most_vertices: int = QUERY_VERTICES,
    kinds: Iterable[str] = KINDS,
) -> BaseGeometry | Problem:
    """GeoJSON text, GeoJSON already parsed, or WKT -> a valid shapely geometry in SRID 4326, (lon, lat).

    `kinds` are GeoJSON type names. Polygons must be closed and valid; the problem names the place where
    they are not.
    """
    try:
        kind, positions = _kind_and_positions(given, most_vertices)
        wanted = list(kinds)
        if kind not in wanted:
            return not_one_of(field, kind, wanted)
        return _built(kind, _checked(positions, _DEPTH[kind], _Vertices(most_vertices)))
    except _Wrong as wrong:
        return Problem(field, given if isinstance(given, str) else given.get("type"), str(wrong))


def read_box(field: str, text: str) -> Box | Problem:
    """`west,south,east,north` in degrees. A box across the antimeridian is refused: ask twice."""
    parts = text.split(",")
    if len(parts) != 4:
        return Problem(field, text, "four numbers west,south,east,north in degrees")
    limits = (180.0, 90.0, 180.0, 90.0)
    read = [
        read_float(field, part.strip(" "), -limit, limit) for part, limit in zip(parts, limits, strict=True)
    ]
    for number in read:
        if isinstance(number, Problem):
            return Problem(field, text, f"west,south,east,north; each {number.valid}")
    box = Box(*(number for number in read if isinstance(number, float)))
    if box.west > box.east:
        return Problem(
            field, text, "west less than east; a box across the antimeridian (180°) is asked for as two boxes"
        )
    if box.west == box.east or box.south >= box.north:
        return Problem(field, text, "west less than east and south less than north")
    return box


def read_point(field: str, text: str) -> tuple[float, float] | Problem:
    """`lon,lat` in degrees."""
    parts = text.split(",")
    if len(parts) == 2:
        lon = read_float(field, parts[0].strip(" "), -180, 180)
        lat = read_float(field, parts[1].strip(" "), -90, 90)
        if isinstance(lon, float) and isinstance(lat, float):
            return lon, lat
    return Problem(field, text, "longitude,latitude in degrees: -180 to 180, then -90 to 90")


def read_near(point: str, km: str, field: str = "near", km_field: str = "within_km") -> Near | Problem:
    """A point `lon,lat` and a radius in kilometres, from 0.1 to 5000."""
    middle = read_point(field, point)
    if isinstance(middle, Problem):
        return middle
    radius = read_float(km_field, km, SHORTEST_KM, LONGEST_KM)
    return radius if isinstance(radius, Problem) else Near(*middle, radius)


def _kind_and_positions(given: str | Mapping[str, Any], most_vertices: int) -> tuple[str, Any]:
    if not isinstance(given, str):
        return _from_geojson(given)
    if len(given) > 500 + most_vertices * _LONGEST_POSITION:
        raise _Wrong(f"a shape of at most {most_vertices} vertices")
    return _from_geojson(_json(given)) if given.lstrip().startswith("{") else _from_wkt(given)


def _json(text: str) -> Any:
    # The parser recurses: how deep it will go is counted first.
    if _nesting(text) > DEEPEST + 4:
        raise _Wrong(f"GeoJSON with coordinates nested at most {DEEPEST} deep")
    try:
        return json.loads(text, parse_constant=_no_constant)
    except ValueError:
        raise _Wrong("well-formed GeoJSON or WKT, all numbers finite") from None


def _nesting(text: str) -> int:
    """How deep brackets and braces outside strings are nested."""
    depth = deepest = 0
    quoted = False
    for mark in _MARKS.finditer(text):
        if mark[0] == '"':
            quoted = not quoted
        elif not quoted and len(mark[0]) == 1:
            depth += 1 if mark[0] in "[{" else -1
            deepest = max(deepest, depth)
    return deepest


def _no_constant(name: str) -> float:
    raise _Wrong(f"finite numbers, not {name}")


def _from_geojson(given: Any) -> tuple[str, Any]:
    if isinstance(given, Mapping) and given.get("type") == "Feature":
        given = given.get("geometry")
    if not isinstance(given, Mapping) or not isinstance(given.get("type"), str):
        raise _Wrong("a GeoJSON geometry with type and coordinates")
    return given["type"], given.get("coordinates")


def _from_wkt(text: str) -> tuple[str, Any]:
    match = _WKT.fullmatch(" ".join(text.split()))
    kinds = {kind.upper(): kind for kind in KINDS}
    if not match or match[2].upper() not in kinds:
        raise _Wrong("GeoJSON, or WKT as in POLYGON((lon lat, lon lat, ...)): " + ", ".join(kinds))
    if match[1] not in (None, "4326"):
        raise _Wrong("SRID 4326 (longitude, latitude in degrees)")
    kind = kinds[match[2].upper()]
    # Brackets and positions of WKT are those of JSON in another dress: one set of checks serves both.
    positions = _json(_POSITION.sub(_as_json_position, match[3]).replace("(", "[").replace(")", "]"))
    return kind, _without_extra_brackets(kind, positions)


def _as_json_position(match: re.Match[str]) -> str:
    try:
        return "[" + ",".join(repr(float(number)) for number in match[0].split()) + "]"
    except ValueError:
        raise _Wrong("numbers with a decimal point") from None


def _without_extra_brackets(kind: str, positions: Any) -> Any:
    # WKT writes POINT(1 2) and MULTIPOINT((1 2),(3 4)) with one bracket more than GeoJSON.
    if kind == "Point" and isinstance(positions, list) and len(positions) == 1:
        return positions[0]
    if kind == "MultiPoint" and isinstance(positions, list):
        return [one[0] if isinstance(one, list) and len(one) == 1 else one for one in positions]
    return positions


def _checked(positions: Any, depth: int, vertices: _Vertices) -> Any:
    """The positions again, each a tuple of two floats."""
    if not isinstance(positions, (list, tuple)) or not positions:
        raise _Wrong("coordinates nested as GeoJSON says for this type, none empty")
    if depth:
        return [_checked(one, depth - 1, vertices) for one in positions]
    vertices.count_one()
    if not 2 <= len(positions) <= 3:
        raise _Wrong("positions of two numbers, longitude and latitude (an altitude is dropped)")
    return _degrees(positions[0], 180, "longitude"), _degrees(positions[1], 90, "latitude")


def _degrees(number: Any, limit: int, name: str) -> float:
    # bool is an int in Python; NaN fails both comparisons.
    if isinstance(number, bool) or not isinstance(number, (int, float)) or not -limit <= number <= limit:
        raise _Wrong(f"{name}s from -{limit} to {limit} degrees, as numbers")
    return float(number) + 0.0


def _built(kind: str, positions: Any) -> BaseGeometry:
    for ring in _rings(kind, positions):
        if len(ring) < 4 or ring[0] != ring[-1]:
            raise _Wrong("closed rings: at least four positions, the last equal to the first")
    try:
        shape = _MAKERS[kind](positions)
    except shapely.errors.GEOSException:
        raise _Wrong("lines of at least two positions") from None
    if not shape.is_valid:
        raise _Wrong(f"a valid shape; this one: {shapely.is_valid_reason(shape)} (lon lat)")
    return shape


def _rings(kind: str, positions: Any) -> list[Any]:
    if kind == "Polygon":
        return list(positions)
    return [ring for part in positions for ring in part] if kind == "MultiPolygon" else []


def _polygon(rings: Any) -> BaseGeometry:
    return shapely.Polygon(rings[0], rings[1:])


_MAKERS: dict[str, Callable[[Any], BaseGeometry]] = {
    "Point": shapely.Point,
    "LineString": shapely.LineString,
    "MultiPoint": shapely.MultiPoint,
    "Polygon": _polygon,
    "MultiLineString": shapely.MultiLineString,
    "MultiPolygon": lambda parts: shapely.MultiPolygon([_polygon(part) for part in parts]),
}
