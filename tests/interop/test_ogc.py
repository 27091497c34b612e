"""OGC API Features: what the standard asks of documents, pages, parameters and headers."""

from __future__ import annotations

import pytest

from events.query.incidents import LARGEST_LIMIT
from events.rows import FIELDS
from tests.interop.conftest import pages

pytestmark = pytest.mark.usefixtures("world")
CRS84 = "http://www.opengis.net/def/crs/OGC/1.3/CRS84"
ITEMS = "/ogc/collections/incidents/items"


def ids(page):
    return [feature["id"] for feature in page["features"]]


def links(document):
    return {link["rel"]: link for link in document["links"]}


@pytest.fixture
def listed(ask):
    return ask("/api/v1/incidents?limit=1000")["data"]


@pytest.mark.parametrize("root", ["/ogc", "/ogc/"])
def test_the_landing_page_leads_to_everything(ask, client, root):
    found = links(ask(root))
    assert {"self", "service-desc", "conformance", "data"} <= set(found)
    for rel in ("service-desc", "conformance", "data"):
        response = client.get(found[rel]["href"])
        assert response.status_code == 200
        assert response["Content-Type"] == found[rel]["type"]


def test_conformance_names_core_geojson_openapi_and_crs(ask):
    classes = {uri.partition("/spec/")[2] for uri in ask("/ogc/conformance")["conformsTo"]}
    assert classes == {
        "ogcapi-features-1/1.0/conf/core",
        "ogcapi-features-1/1.0/conf/geojson",
        "ogcapi-features-1/1.0/conf/oas30",
        "ogcapi-features-2/1.0/conf/crs",
    }


def test_every_collection_says_where_its_features_and_their_schema_are(ask):
    found = ask("/ogc/collections")["collections"]
    assert [collection["id"] for collection in found] == ["incidents", "deployments", "admin_units"]
    for collection in found:
        assert ask(links(collection)["self"]["href"]) == collection
        properties = set(ask(links(collection)["describedby"]["href"])["properties"])
        page = ask(links(collection)["items"]["href"])
        assert page["features"], "a collection without features proves nothing"
        assert all(set(feature["properties"]) == properties for feature in page["features"])
        assert CRS84 in collection["crs"]


def test_the_extent_covers_every_point_and_day(ask, listed):
    extent = ask("/ogc/collections/incidents")["extent"]
    west, south, east, north = extent["spatial"]["bbox"][0]
    placed = [row for row in listed if row["longitude"] is not None]
    assert all(west <= row["longitude"] <= east and south <= row["latitude"] <= north for row in placed)
    first = min(row["date_start"] for row in listed)
    assert extent["temporal"]["interval"] == [[f"{first}T00:00:00Z", None]]


def test_pages_hold_every_incident_once_in_the_order_of_the_api(ask, listed):
    found = list(pages(ask, f"{ITEMS}?limit=20"))
    assert len(found) > 2
    assert [public_id for page in found for public_id in ids(page)] == [row["id"] for row in listed]
    assert {page["numberMatched"] for page in found} == {len(listed)}
    assert [page["numberReturned"] for page in found] == [len(page["features"]) for page in found]


def test_a_feature_says_the_same_as_the_api(ask, listed):
    for feature, row in zip(ask(f"{ITEMS}?limit=1000")["features"], listed, strict=True):
        assert feature["properties"] == row
        assert (feature["geometry"] is None) == (row["longitude"] is None)


def test_a_limit_above_the_largest_is_the_largest(ask, refused):
    assert len(ask(f"{ITEMS}?limit={LARGEST_LIMIT + 1}")["features"]) > 20
    assert "limit" in refused(f"{ITEMS}?limit=0")
    assert "limit" in refused(f"{ITEMS}?limit=ten")


@pytest.mark.parametrize(
    ("asked", "same"),
    [
        ("datetime=2025-06-01/2025-06-30", "since=2025-06-01&until=2025-06-30"),
        ("datetime=2025-06-13", "since=2025-06-13&until=2025-06-13"),
        ("datetime=2025-06-13T23:59:59Z", "since=2025-06-13&until=2025-06-13"),
        ("datetime=2025-01-01T00:00:00Z/..", "since=2025-01-01"),
        ("datetime=2025-01-01T/..", "since=2025-01-01"),
        ("datetime=../2013-12-31", "until=2013-12-31"),
        ("datetime=/2013-12-31", "until=2013-12-31"),
        ("bbox=-5,14,2,20", "bbox=-5,14,2,20"),
        ("bbox=-5,14,0,2,20,9000", "bbox=-5,14,2,20"),
        ("bbox=170,-90,2,90", "polygon=MULTIPOLYGON(((170 -90,180 -90,180 90,170 90,170 -90)),"
         "((-180 -90,2 -90,2 90,-180 90,-180 -90)))"),
        ("contested=1", "contested=true"),
        ("civilian_targeting=0", "civilian_targeting=false"),
        (f"bbox=-5,14,2,20&bbox-crs={CRS84}&crs={CRS84}", "bbox=-5,14,2,20"),
        ("country=MLI&event_type=battle", "country=MLI&event_type=battle"),
        ("actor=africa-corps&lineage=true", "actor=africa-corps&lineage=true"),
        ("q=aguel", "q=aguel"),
    ],
)  # fmt: skip
def test_the_standards_parameters_mean_what_ours_mean(ask, listed, asked, same):
    expected = [row["id"] for row in ask(f"/api/v1/incidents?limit=1000&{same}")["data"]]
    assert 0 < len(expected) < len(listed)
    assert ids(ask(f"{ITEMS}?limit=1000&{asked}")) == expected


@pytest.mark.parametrize(
    ("asked", "field"),
    [
        ("contry=MLI", "contry"),
        ("bbox=1,2,3", "bbox"),
        ("bbox=1,2,3,4,5", "bbox"),
        ("bbox=1,2,1,4", "bbox"),
        ("bbox=a,b,c,d", "bbox"),
        ("datetime=yesterday", "datetime"),
        ("datetime=../..", "datetime"),
        ("datetime=2025-01-02/2025-01-01", "datetime"),
        ("datetime=2025-02-30", "datetime"),
        ("datetime=2025-01-01&since=2025-01-01", "datetime"),
        ("datetime=2025-01-01&datetime=2025-01-02", "datetime"),
        ("crs=http://www.opengis.net/def/crs/EPSG/0/3857", "crs"),
        ("bbox=1,2,3,4&bbox-crs=http://www.opengis.net/def/crs/EPSG/0/3857", "bbox-crs"),
        ("cursor=abc", "cursor"),
        ("as_of=99", "as_of"),
        ("country=FRA", "country"),
        ("contested=yes", "contested"),
    ],
)
def test_what_is_wrong_is_named(refused, asked, field):
    assert field in refused(f"{ITEMS}?{asked}")


def test_everything_that_is_wrong_is_named_at_once(refused):
    found = refused(f"{ITEMS}?datetime=x&contry=MLI&crs=y&limit=-1&bbox=5")
    assert set(found) == {"datetime", "contry", "crs", "limit", "bbox"}
    assert found["contry"]["nearest"] == "country"


def test_a_cursor_is_good_for_its_own_question_only(ask, refused):
    following = links(ask(f"{ITEMS}?limit=5"))["next"]["href"]
    assert "cursor" in refused(f"{following}&country=MLI")


def test_fields_picks_properties(ask):
    feature = ask(f"{ITEMS}?limit=1&fields=title,fatalities_best")["features"][0]
    assert list(feature["properties"]) == ["title", "fatalities_best"]
    assert feature["id"]


def test_no_match_is_an_empty_page(ask):
    page = ask(f"{ITEMS}?bbox=-10,-10,-9,-9")
    assert (page["features"], page["numberMatched"], page["numberReturned"]) == ([], 0, 0)
    assert "next" not in links(page)


def test_features_say_their_crs_and_their_type(client):
    response = client.get(f"{ITEMS}?limit=2")
    assert response["Content-Crs"] == f"<{CRS84}>"
    assert response["Content-Type"] == "application/geo+json"
    assert 'rel="next"' in response["Link"]


@pytest.mark.parametrize("accept", ["application/geo+json", "text/html", "application/xml", "*/*"])
def test_any_client_gets_the_one_answer(client, accept):
    assert client.get(f"{ITEMS}?limit=1", headers={"accept": accept}).status_code == 200


@pytest.mark.parametrize(
    "path",
    ["/ogc", "/ogc/api", "/ogc/collections", ITEMS, "/ogc/collections/admin_units/items?limit=3",
     "/ogc/collections/deployments/items?limit=3"],
)  # fmt: skip
def test_an_unchanged_answer_is_not_sent_again(client, path):
    first = client.get(path)
    again = client.get(path, headers={"if-none-match": first["ETag"]})
    assert (again.status_code, again.content, again["ETag"]) == (304, b"", first["ETag"])
    assert client.get(path, headers={"if-none-match": '"other"'}).content == first.content


def test_a_head_request_has_the_headers_alone(client):
    response = client.head(ITEMS)
    assert (response.status_code, response.content) == (200, b"")
    assert response["Content-Crs"]


def test_other_sites_may_read(client):
    assert client.get(ITEMS, headers={"origin": "https://example.org"})["Access-Control-Allow-Origin"] == "*"


def test_one_feature_is_the_one_of_the_page(ask):
    feature = ask(f"{ITEMS}?limit=1")["features"][0]
    one = ask(f"{ITEMS}/{feature['id']}")
    assert {**one, "links": None} == {**feature, "links": None}
    assert links(one)["collection"]["href"].endswith("/ogc/collections/incidents")
    assert set(one["properties"]) == set(FIELDS)


@pytest.mark.parametrize("collection", ["incidents", "deployments", "admin_units"])
def test_an_unknown_feature_is_a_404_that_says_so(refused, collection):
    assert "featureId" in refused(f"/ogc/collections/{collection}/items/XYZ", 404)


def test_an_unknown_collection_is_a_404_that_names_the_nearest(refused):
    assert refused("/ogc/collections/incident/items", 404)["collectionId"]["nearest"] == "incidents"
    refused("/ogc/nothing", 404)


def test_a_feature_takes_no_filters(refused, ask):
    feature = ask(f"{ITEMS}?limit=1")["features"][0]
    assert "country" in refused(f"{ITEMS}/{feature['id']}?country=MLI")


def test_a_page_names_licence_and_whom_to_name(ask):
    page = ask(f"{ITEMS}?limit=1")
    assert page["license"]["name"] == "CC BY 4.0"
    assert page["attribution"]
