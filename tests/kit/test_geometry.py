"""Shapes, boxes and points from people: read strictly, refused with a reason, never slow."""

import json
import time

import pytest
import shapely
from hypothesis import given
from hypothesis import strategies as st

from conflict.kit.geometry import (
    AREAS,
    RECORD_VERTICES,
    Box,
    Near,
    read_box,
    read_geometry,
    read_near,
    read_point,
)
from conflict.kit.problems import Problem

LON = st.floats(-180, 180).map(lambda number: round(number, 6) + 0.0)
LAT = st.floats(-90, 90).map(lambda number: round(number, 6) + 0.0)
SQUARE = {"type": "Polygon", "coordinates": [[[0, 18], [2, 18], [2, 20], [0, 20], [0, 18]]]}


@st.composite
def boxes(draw):
    west, east = sorted(draw(st.lists(LON, min_size=2, max_size=2, unique=True)))
    south, north = sorted(draw(st.lists(LAT, min_size=2, max_size=2, unique=True)))
    return shapely.box(west, south, east, north)


@given(st.one_of(boxes(), st.builds(shapely.Point, LON, LAT)))
def test_geojson_and_wkt_of_one_shape_read_alike(shape):
    from_json = read_geometry("polygon", shapely.to_geojson(shape))
    from_wkt = read_geometry("polygon", shapely.to_wkt(shape, rounding_precision=15, trim=True))
    assert shapely.equals_exact(from_json, shape, 1e-9)
    assert shapely.equals_exact(from_wkt, shape, 1e-9)


@pytest.mark.parametrize(
    "text",
    [
        "POINT(0.85 19.46)",
        "point z (0.85 19.46 300)",
        "SRID=4326;POINT(0.85 19.46)",
        " POINT ( 0.85\n19.46 ) ",
        '{"type":"Point","coordinates":[0.85,19.46]}',
        '{"type":"Point","coordinates":[0.85,19.46,300],"crs":{"type":"name","properties":{"name":"EPSG:3857"}}}',
        '{"type":"Feature","properties":{"a":["[",1]},"geometry":{"type":"Point","coordinates":[0.85,19.46]}}',
    ],
)
def test_spellings_of_one_point(text):
    assert shapely.equals(read_geometry("point", text), shapely.Point(0.85, 19.46))


@pytest.mark.parametrize(
    "wkt",
    [
        "LINESTRING(0 0, 1 1)",
        "MULTIPOINT((0 0),(1 1))",
        "MULTIPOINT(0 0,1 1)",
        "POLYGON((0 0,9 0,9 9,0 0),(5 1,6 1,6 2,5 1))",
        "MULTIPOLYGON(((0 0,1 0,1 1,0 0)),((5 5,6 5,6 6,5 5)))",
        "MULTILINESTRING((0 0,1 1),(2 2,3 3))",
    ],
)
def test_every_kind_of_wkt_is_read_as_geos_reads_it(wkt):
    assert shapely.equals_exact(read_geometry("polygon", wkt), shapely.from_wkt(wkt))


REFUSED = {
    "not closed": ('{"type":"Polygon","coordinates":[[[0,0],[1,0],[1,1],[0,1]]]}', "closed rings"),
    "bow tie": ("POLYGON((0 0,1 1,1 0,0 1,0 0))", "Self-intersection[0.5 0.5]"),
    "hole outside": ("POLYGON((0 0,1 0,1 1,0 0),(5 5,6 5,6 6,5 5))", "a valid shape"),
    "too far east": ("POINT(181 0)", "longitudes from -180 to 180"),
    "too far north": ("POINT(0 90.01)", "latitudes from -90 to 90"),
    "NaN": ('{"type":"Point","coordinates":[NaN,0]}', "finite numbers, not NaN"),
    "infinity": ('{"type":"Point","coordinates":[1,-Infinity]}', "finite"),
    "1e400": ('{"type":"Point","coordinates":[1e400,0]}', "longitudes from"),
    "1e400 in WKT": ("POINT(1e400 0)", "finite"),
    "nan in WKT": ("POINT(nan nan)", "finite"),
    "true for a number": ('{"type":"Point","coordinates":[true,0]}', "as numbers"),
    "text for a number": ('{"type":"Point","coordinates":["1",0]}', "as numbers"),
    "one number": ('{"type":"Point","coordinates":[1]}', "two numbers"),
    "four numbers": ("POINT(1 2 3 4)", "WKT"),
    "wrong nesting": ('{"type":"Polygon","coordinates":[[0,0],[1,0],[1,1],[0,0]]}', "nested as GeoJSON says"),
    "empty": ('{"type":"Polygon","coordinates":[]}', "none empty"),
    "empty WKT": ("POLYGON EMPTY", "WKT as in"),
    "no coordinates": ('{"type":"Point"}', "nested as GeoJSON says"),
    "collection": ('{"type":"GeometryCollection","geometries":[]}', "one of Point"),
    "feature collection": ('{"type":"FeatureCollection","features":[]}', "one of Point"),
    "feature without geometry": ('{"type":"Feature","geometry":null}', "a GeoJSON geometry"),
    "another projection": ("SRID=3857;POINT(0 0)", "SRID 4326"),
    "curve": ("CURVEPOLYGON((0 0,1 1,1 0,0 0))", "WKT as in"),
    "one position line": ("LINESTRING(1 1)", "at least two positions"),
    "nonsense": ("Kidal", "WKT as in"),
    "nothing": ("", "WKT as in"),
    "broken JSON": ('{"type":', "well-formed"),
    "NUL": ("POINT(0\x00 0)", "well-formed"),
}


@pytest.mark.parametrize("case", REFUSED)
def test_what_is_not_a_clean_shape_is_refused_with_the_reason(case):
    text, reason = REFUSED[case]
    problem = read_geometry("polygon", text)
    assert isinstance(problem, Problem) and problem.field == "polygon" and reason in problem.valid


def ring(vertices):
    steps = [(round(index / vertices, 6), 0.0) for index in range(vertices - 2)]
    return [*steps, (0.5, 1.0), (0.0, 0.0)]


def test_the_vertex_limit_counts_to_the_last_vertex():
    for most in (500, RECORD_VERTICES):
        within = {"type": "Polygon", "coordinates": [ring(most)]}
        assert not isinstance(read_geometry("polygon", within, most), Problem)
        beyond = read_geometry("polygon", {"type": "Polygon", "coordinates": [ring(most + 1)]}, most)
        assert isinstance(beyond, Problem) and str(most) in beyond.valid


def test_only_the_wanted_kinds_are_accepted():
    assert not isinstance(read_geometry("polygon", SQUARE, kinds=AREAS), Problem)
    assert read_geometry("polygon", "POINT(1 2)", kinds=AREAS).valid == "one of Polygon, MultiPolygon"


HOSTILE = [
    "POLYGON((" + "1" * 59_000,
    '{"type":' + '"\\"' * 19_000,
    "POLYGON" + " " * 59_000 + "x",
    "POLYGON(" + ") " * 29_000,
    "POLYGON(" + "1 " * 29_000 + ")",
    "POLYGON(" + "1.1e1" * 11_000 + ")",
    '{"type":"Polygon","coordinates":' + "[" * 50_000,
    "[" * 50_000,
    '{"a":' * 9_000,
    '{"type":"Point","coordinates":[' + "9" * 50_000 + ",0]}",
    "POINT(" * 9_000,
    "SRID=" * 9_000,
    "x" * 5_000_000,
]


@pytest.mark.parametrize("text", HOSTILE, ids=range(len(HOSTILE)))
def test_hostile_text_is_refused_quickly(text):
    begun = time.perf_counter()
    assert isinstance(read_geometry("polygon", text), Problem)
    assert time.perf_counter() - begun < 0.5


JSONS = st.recursive(
    st.one_of(st.none(), st.booleans(), st.floats(), st.integers(), st.text(max_size=5), st.just("Polygon")),
    lambda inner: st.one_of(
        st.lists(inner, max_size=4), st.dictionaries(st.text(max_size=5), inner, max_size=3)
    ),
    max_leaves=12,
)


@given(st.sampled_from(["Point", "LineString", "Polygon", "MultiPolygon", "MultiPoint", "Feature"]), JSONS)
def test_no_parsed_json_breaks_the_reader(kind, inner):
    for given_shape in ({"type": kind, "coordinates": inner}, {"type": "Feature", "geometry": inner}):
        shape = read_geometry("polygon", given_shape)
        assert isinstance(shape, Problem) or (shape.is_valid and not shape.is_empty)
        text = read_geometry("polygon", json.dumps(given_shape))
        assert isinstance(text, Problem) == isinstance(shape, Problem)


@given(st.text("POINTLYGOMUSRD();=,.-+e0123456789 ", max_size=60))
def test_no_wkt_like_text_breaks_the_reader(text):
    shape = read_geometry("polygon", text)
    assert isinstance(shape, Problem) or shape.is_valid


@given(boxes())
def test_every_box_that_is_one_is_read(shape):
    west, south, east, north = shape.bounds
    assert read_box("bbox", f"{west!r},{south!r},{east!r},{north!r}") == Box(west, south, east, north)


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("170,-10,-170,10", "antimeridian"),
        ("1,2,3", "four numbers"),
        ("1,2,3,4,5,6", "four numbers"),
        ("1,2,1,4", "west less than east"),
        ("1,4,3,2", "south less than north"),
        ("1,4,3,4", "south less than north"),
        ("-181,0,0,1", "from -180 to 180"),
        ("0,-91,1,1", "from -90 to 90"),
        ("NaN,0,1,1", "a number from"),
        ("a,b,c,d", "a number from"),
        ("", "four numbers"),
    ],
)
def test_a_box_that_is_no_box_is_refused(text, reason):
    problem = read_box("bbox", text)
    assert isinstance(problem, Problem) and reason in problem.valid


def test_a_point_is_longitude_then_latitude():
    assert read_point("near", "0.85,19.46") == (0.85, 19.46)
    assert read_point("near", "-4.2, 14.5") == (-4.2, 14.5)
    for text in ("19.46", "0.85,19.46,1", "0,91", "181,0", "x,y", ""):
        assert isinstance(read_point("near", text), Problem)


def test_near_needs_a_point_and_a_radius():
    assert read_near("0.85,19.46", "25") == Near(0.85, 19.46, 25.0)
    assert read_near("0.85", "25").field == "near"
    assert read_near("0.85,19.46", "0").field == "within_km"
    assert read_near("0.85,19.46", "50000").field == "within_km"
