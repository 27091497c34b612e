"""The collections of deployments and of administrative units."""

from __future__ import annotations

import pytest
from django.contrib.gis.geos import MultiPolygon, Polygon

from events.models import AdminUnit
from tests.interop.conftest import pages

pytestmark = pytest.mark.usefixtures("world")
DEPLOYMENTS = "/ogc/collections/deployments/items"
UNITS = "/ogc/collections/admin_units/items"


def shown(page):
    return [feature["properties"] for feature in page["features"]]


@pytest.fixture
def everything(ask):
    return ask(f"{DEPLOYMENTS}?limit=1000")["features"]


def test_there_is_a_feature_for_every_place_of_every_deployment(ask, everything):
    stays = [
        (slug, stay)
        for slug in {feature["properties"]["actor"] for feature in everything}
        for stay in ask(f"/api/v1/actors/{slug}")["deployments"]
    ]
    assert len(everything) == sum(len(stay["places"]) or 1 for _, stay in stays)
    named = {(slug, stay["host"], place["name"]) for slug, stay in stays for place in stay["places"]}
    found = {
        (one["actor"], one["country"], one["place"])
        for one in (feature["properties"] for feature in everything)
        if one["place"]
    }
    assert found == named


def test_ids_are_unique_and_lead_to_their_feature(ask, everything):
    ids = [feature["id"] for feature in everything]
    assert len(set(ids)) == len(ids)
    for feature in everything[:5]:
        one = ask(f"{DEPLOYMENTS}/{feature['id']}")
        assert {**one, "links": None} == {**feature, "links": None}


def test_pages_hold_every_deployment_once(ask, everything):
    found = [feature["id"] for page in pages(ask, f"{DEPLOYMENTS}?limit=10") for feature in page["features"]]
    assert found == [feature["id"] for feature in everything]


def test_a_town_of_the_gazetteer_stands_where_it_is(everything):
    bamako = next(
        feature
        for feature in everything
        if (feature["properties"]["actor"], feature["properties"]["place"]) == ("wagner-group", "Bamako")
    )
    assert bamako["geometry"]["coordinates"] == [-8.0, 12.65]
    assert bamako["properties"]["location_precision"] == "place"


def test_a_deployment_without_a_known_place_stands_in_its_host_country(everything):
    rough = [feature for feature in everything if feature["properties"]["location_precision"] == "country"]
    inside = {"MLI": (-12.5, 10, 4.5, 25), "BFA": (-5.6, 9.3, 2.5, 15.2), "NER": (0, 11.5, 16, 23.6)}
    placed = [feature for feature in rough if feature["properties"]["country"] in inside]
    assert placed
    for feature in placed:
        west, south, east, north = inside[feature["properties"]["country"]]
        lon, lat = feature["geometry"]["coordinates"]
        assert west < lon < east and south < lat < north


@pytest.mark.parametrize(
    ("asked", "true"),
    [
        ("actor=wagner-group", lambda one: one["actor"] == "wagner-group"),
        ("country=NER", lambda one: one["country"] == "NER"),
        ("actor_kind=private_military", lambda one: one["actor_kind"] == "private_military"),
        ("status=withdrawn", lambda one: one["status"] == "withdrawn"),
        ("until=2014-12-31", lambda one: one["from"] is None or one["from"] <= "2014-12-31"),
        ("datetime=2024-01-01/..", lambda one: one["to"] is None or one["to"] >= "2024"),
    ],
)
def test_filters_keep_what_they_say(ask, everything, asked, true):
    found = shown(ask(f"{DEPLOYMENTS}?limit=1000&{asked}"))
    assert 0 < len(found) < len(everything)
    assert found == [feature["properties"] for feature in everything if true(feature["properties"])]


def test_lineage_widens_the_actor(ask):
    alone = ask(f"{DEPLOYMENTS}?actor=africa-corps&limit=1000")["numberMatched"]
    assert ask(f"{DEPLOYMENTS}?actor=africa-corps&lineage=true&limit=1000")["numberMatched"] > alone


def test_the_box_keeps_points_inside(ask):
    found = ask(f"{DEPLOYMENTS}?bbox=0,11,16,24&limit=1000")["features"]
    assert found
    assert all(
        0 <= lon <= 16 and 11 <= lat <= 24
        for lon, lat in (feature["geometry"]["coordinates"] for feature in found)
    )


@pytest.mark.parametrize(
    ("asked", "field"),
    [
        ("event_type=battle", "event_type"),
        ("status=gone", "status"),
        ("status=withdrawn&status=confirmed", "status"),
        ("actor=nobody", "actor"),
        ("cursor=1", "cursor"),
    ],
)
def test_what_says_nothing_of_deployments_is_refused(refused, asked, field):
    assert field in refused(f"{DEPLOYMENTS}?{asked}")


def test_names_are_in_the_language_asked(ask):
    names = {
        lang: {one["country_name"] for one in shown(ask(f"{DEPLOYMENTS}?lang={lang}"))}
        for lang in ("en", "fr")
    }
    assert "Chad" in names["en"] and "Tchad" in names["fr"]


def test_units_page_by_level_and_pcode(ask):
    found = [one for page in pages(ask, f"{UNITS}?limit=7") for one in shown(page)]
    assert [(one["level"], one["pcode"]) for one in found] == sorted(
        (one["level"], one["pcode"]) for one in found
    )
    assert len(found) == ask(UNITS)["numberMatched"] > 7


def test_units_are_filtered_by_country_level_and_parent(ask, refused):
    mali = shown(ask(f"{UNITS}?country=MLI&level=1"))
    assert mali and all(one["country"] == "MLI" and one["level"] == 1 for one in mali)
    assert shown(ask(f"{UNITS}?parent={mali[0]['parent']}&limit=1000")) == mali
    assert ask(f"{UNITS}?level=3")["features"] == []
    assert {"level", "vintage", "as_of"} >= set(refused(f"{UNITS}?vintage=1&as_of=1"))
    assert "level" in refused(f"{UNITS}?level=4")
    assert "zoom" in refused(f"{UNITS}?zoom=99")
    assert "cursor" in refused(f"{UNITS}?cursor=x")


def test_every_time_finds_units_because_they_have_none(ask):
    assert ask(f"{UNITS}?datetime=1950-01-01")["numberMatched"] == ask(UNITS)["numberMatched"]


def test_a_unit_with_a_boundary_shows_it_as_fine_as_the_zoom_wants(database, ask):
    ring = [(step / 100, 15 + (step % 2) / 1000) for step in range(400)]
    shape = MultiPolygon(Polygon([*ring, (4, 18), (0, 18), ring[0]]))
    AdminUnit.objects.create(
        pcode="ML99", level=1, country="MLI", name="Square", vintage="2020-01-01", source="A test",
        centre=shape.centroid, geom=shape,
    )  # fmt: skip
    whole, coarse = (ask(f"{UNITS}/ML99{zoom}") for zoom in ("", "?zoom=2"))
    assert whole["properties"]["geometry_is"] == "boundary"
    assert [one["geometry"]["type"] for one in (whole, coarse)] == ["MultiPolygon", "MultiPolygon"]
    assert len(whole["geometry"]["coordinates"][0][0]) == 403
    assert 4 <= len(coarse["geometry"]["coordinates"][0][0]) < 20
    assert ask(f"{UNITS}?bbox=3,16,3.5,17")["numberMatched"] == 1
    assert ask(f"{UNITS}?bbox=5,16,6,17")["numberMatched"] == 0
    assert ask(f"{UNITS}?zoom=2")["features"][0]["geometry"] == coarse["geometry"]
