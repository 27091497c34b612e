"""GeoJSON of boundaries as a stream of features, and properties in their many spellings."""

import io
import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from conflict.kit.problems import Problem, Refused
from events.ingest import boundary_features
from events.ingest.boundary_features import Given, features, read_unit
from tests.places.cast import KIDAL, box, collection, unit

JSON = st.recursive(
    st.one_of(
        st.none(),
        st.booleans(),
        st.integers(),
        st.text(max_size=8),
        st.sampled_from(['"', "\\", "{", "}", '\\"']),
    ),
    lambda inner: st.one_of(
        st.lists(inner, max_size=3), st.dictionaries(st.text(max_size=4), inner, max_size=3)
    ),
    max_leaves=8,
)


@given(
    st.lists(JSON, min_size=1, max_size=4),
    st.integers(1, 40),
    st.booleans(),
    st.sampled_from([None, 1]),
    st.booleans(),
)
def test_a_stream_gives_what_a_parser_gives(properties, chunk, ascii_only, indent, crs_last):
    made = [{"type": "Feature", "properties": {"any": one}, "geometry": None} for one in properties]
    crs = {"crs": {"type": "name", "properties": {"name": "{"}}}
    whole = {"type": "FeatureCollection", "features": made}
    text = json.dumps(
        {**whole, **crs} if crs_last else {**crs, **whole}, ensure_ascii=ascii_only, indent=indent
    )
    before = boundary_features._CHUNK
    boundary_features._CHUNK = chunk
    try:
        assert list(features(io.StringIO(text))) == list(enumerate(made, start=1))
    finally:
        boundary_features._CHUNK = before


@pytest.mark.parametrize(
    "text", ["", "[]", "{}", '{"type":"FeatureCollection","features":[]}', "Kidal", "\x00"]
)
def test_a_file_without_features_is_refused(text):
    with pytest.raises(Refused, match="at least one feature"):
        list(features(io.StringIO(text)))


def test_a_file_that_ends_too_early_is_refused():
    text = collection([KIDAL, KIDAL])
    for end in (len(text) - 1, len(text) // 2 + 30):
        with pytest.raises(Refused, match="ends too early"):
            list(features(io.StringIO(text[:end])))


def test_a_feature_without_end_is_refused_before_it_fills_the_memory(monkeypatch):
    monkeypatch.setattr(boundary_features, "LONGEST_FEATURE", 1000)
    with pytest.raises(Refused, match="1,000 characters"):
        list(features(io.StringIO('{"features":[{"a":"' + "x" * boundary_features._CHUNK * 2)))


def test_a_broken_feature_is_told_by_its_number():
    text = collection([KIDAL]).replace('"features": [', '"features": [{"type": oops}, ')
    (one, problem), (two, whole) = features(io.StringIO(text))
    assert (one, two) == (1, 2) and isinstance(problem, Problem) and whole == KIDAL


SPELLINGS = {
    "our marks": unit(1, "ML08", "Kidal", box(0, 18, 2, 20)),
    "service of 2020": {
        "admin1Pcode": "ML08",
        "admin1Name_fr": "Kidal",
        "admin0Pcode": "ML",
        "validOn": 1564704000000,
    },
    "shapefile names": {
        "ADM1_PCODE": "ML08",
        "ADM1_FR": "Kidal",
        "ADM0_PCODE": "ML",
        "validOn": "2019-08-02T00:00:00Z",
    },
    "lower case": {"adm1_pcode": "ML08", "adm1_name": "Kidal", "iso3": "MLI", "validOn": "2019-08-02"},
}


@pytest.mark.parametrize("spelling", SPELLINGS)
def test_one_unit_in_many_spellings(spelling):
    feature = SPELLINGS[spelling]
    if "type" not in feature:
        feature = {"type": "Feature", "properties": feature, "geometry": box(0, 18, 2, 20)}
    read = read_unit(feature, Given(source="test"))
    assert (read.level, read.pcode, read.country, read.name, read.parent, read.vintage) == (
        (1, "ML08", "MLI", "Kidal", "ML", "2019-08-02")
    )


def test_a_country_without_p_code_has_its_two_letters():
    feature = unit(0, "", "Algeria", box(0, 20, 2, 22))
    feature["properties"] |= {"_iso3": "DZA"}
    assert read_unit(feature, Given()).pcode == "DZ"


def test_english_and_french_names_are_kept_apart():
    feature = unit(
        1, "ML06", "Tombouctou", box(0, 18, 2, 20), admin1Name_en="Timbuktu", admin1Name_fr="Tombouctou"
    )
    read = read_unit(feature, Given())
    assert (read.name, read.name_fr) == ("Timbuktu", "Tombouctou")


BAD = {
    "no code": ({"admin1Pcode": None}, {}, "pcode"),
    "no name": ({"admin1Name": " "}, {}, "name"),
    "no vintage": ({"_vintage": ""}, {}, "vintage"),
    "no source": ({"_source": None}, {}, "source"),
    "a level too deep": ({"_level": 4}, {}, "_level"),
    "a level that is true": ({"_level": True}, {}, "_level"),
    "another continent": ({"_iso3": "FRA"}, {}, "_iso3"),
    "a NUL in the name": ({"admin1Name": "Ki\0dal"}, {}, "name"),
    "an endless code": ({"admin1Pcode": "M" * 21}, {}, "pcode"),
    "a point": ({}, {"type": "Point", "coordinates": [0, 18]}, "geometry"),
    "no shape": ({}, None, "geometry"),
    "text for a shape": ({}, "POLYGON((0 0,1 1,1 0,0 0))", "geometry"),
    "a shape of numbers": ({}, {"type": "Polygon", "coordinates": [1, 2]}, "geometry"),
    "two positions": ({}, {"type": "Polygon", "coordinates": [[[0, 0], [1, 1]]]}, "geometry"),
    "an empty shape": ({}, {"type": "Polygon", "coordinates": []}, "geometry"),
    "metres": ({}, box(100000, 200000, 100001, 200001), "geometry"),
    "NaN": ({}, box(0, float("nan"), 2, 20), "geometry"),
    "infinity": ({}, box(0, 18, float("inf"), 20), "geometry"),
}


@pytest.mark.parametrize("case", BAD)
def test_what_keeps_a_feature_from_being_a_unit_is_named(case):
    properties, geometry, field = BAD[case]
    feature = unit(1, "ML08", "Kidal", box(0, 18, 2, 20) if geometry == {} else geometry)
    feature["properties"] |= properties
    problem = read_unit(feature, Given())
    assert isinstance(problem, Problem) and problem.field == field


def test_what_the_file_does_not_say_can_be_given():
    feature = unit(1, "ML08", "Kidal", box(0, 18, 2, 20), vintage="")
    feature["properties"]["_source"] = ""
    read = read_unit(feature, Given(vintage="2023", source="the national institute"))
    assert (read.vintage, read.source) == ("2023", "the national institute")
