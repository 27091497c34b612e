"""What is refused, and in which words: the field, the value, what is valid, the name that was probably meant."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from django.test import Client

from events.record.known import AS_OF_VALID
from events.record.releases import release_named
from events.verbs.releasing import release

EXPORTS = ("csv", "ndjson", "geojson", "xlsx", "parquet")


@pytest.fixture
def api(world: None) -> Client:
    if release_named("2026.1") is None:
        release("2026.1", "First release", reason="So that its name can be mistyped")
    return Client(headers={"host": "localhost"})


def refused(api: Client, path: str, status: int = 400) -> list[dict[str, str]]:
    response = api.get(path)
    assert (response.status_code, response["Content-Type"]) == (status, "application/problem+json")
    return response.json()["problems"]


@pytest.mark.parametrize(
    ("path", "field", "value"),
    [
        ("timeline?interval=day&interval=month", "interval", "day, month"),
        ("timeline?by=actor&by=actor", "by", "actor, actor"),
        ("timeline?measure=incidents&measure=all", "measure", "incidents, all"),
        ("incidents.csv?bom=true&bom=false", "bom", "true, false"),
        ("incidents.csv?hxl=false&hxl=true", "hxl", "false, true"),
        *((f"incidents.{form}?manifest=false&manifest=true", "manifest", "false, true") for form in EXPORTS),
    ],
)
def test_a_parameter_of_the_door_itself_is_given_once(api, path, field, value):
    (problem,) = refused(api, f"/api/v1/{path}")
    assert (problem["field"], problem["value"], problem["valid"]) == (field, value, "given once")


@pytest.mark.parametrize("path", ["publications/1", "releases", "openapi.json"])
def test_a_door_without_parameters_says_so(api, path):
    (problem,) = refused(api, f"/api/v1/{path}?country=MLI")
    assert (problem["field"], problem["valid"]) == ("country", "left out: nothing can be asked for here")


def test_bounds_the_wrong_way_round_are_said_as_numbers_and_as_days(api):
    (deaths,) = refused(api, "/api/v1/incidents?fatalities_min=5&fatalities_max=1")
    (days,) = refused(api, "/api/v1/incidents?since=2025-06-02&until=2025-06-01")
    assert deaths["valid"] == "not less than fatalities_min, which is 5"
    assert days["valid"] == "not before since, which is 2025-06-02"


@pytest.mark.parametrize(
    ("rule", "nearest"),
    [("reportd", "reported"), ("Conservative", "conservative"), ("claimant", "claimant:")],
)
def test_a_mistyped_rule_has_a_nearest_one(api, rule, nearest):
    assert refused(api, f"/api/v1/incidents?estimate={rule}")[0]["nearest"] == nearest


def test_a_publication_or_release_that_is_not_there_is_told_from_those_that_are(api):
    (number,) = refused(api, "/api/v1/incidents?as_of=99")
    assert number["valid"] == f"{AS_OF_VALID}; publications go up to 1"
    assert refused(api, "/api/v1/facets?as_of=2026-1")[0]["nearest"] == "2026.1"


def test_a_time_that_lies_ahead_is_refused_as_its_answer_would_not_stay(api):
    today = datetime.now(UTC)
    tomorrow = (today + timedelta(days=1)).date().isoformat()
    for ahead in (tomorrow, f"{tomorrow}T12:00:00Z", "2100-01-01"):
        (problem,) = refused(api, f"/api/v1/incidents?as_of={ahead}")
        assert problem["valid"].startswith("today (UTC) or earlier")
    for known in (today.date().isoformat(), "2012-01-01", today.isoformat(timespec="seconds")[:19] + "Z"):
        assert api.get(f"/api/v1/incidents?as_of={known}").status_code == 200


def test_a_claimant_is_refused_under_its_own_name(api):
    (problem,) = refused(api, "/api/v1/claims?claimant=africa-corp")
    assert (problem["field"], problem["nearest"]) == ("claimant", "africa-corps")


@pytest.mark.parametrize(
    ("path", "nearest", "said_by"),
    [
        ("/api/v1/incident", "/api/v1/incidents", "/api/v1/openapi.json"),
        ("/api/v1/incidents/", "/api/v1/incidents", "/api/v1/openapi.json"),
        ("/api/v1/incidents.jsn", "/api/v1/incidents.json", "/api/v1/openapi.json"),
        ("/tiles/incident.json", "/tiles/incidents.json", "/api/v1/openapi.json"),
        ("/ogc/colections", "/ogc/collections", "/ogc/api"),
        ("/compat/acled/reed", "/compat/acled/read", "/compat/acled/read.csv"),
        ("/feeds/incident.rss", "/feeds/incidents.rss", "/feeds/incidents.atom"),
    ],
)
def test_a_mistyped_address_has_a_nearest_one_and_says_where_all_are(api, path, nearest, said_by):
    (problem,) = refused(api, path, 404)
    assert (problem["field"], problem["value"], problem["nearest"]) == ("path", path, nearest)
    assert said_by in problem["valid"]


def test_an_address_like_no_other_has_no_nearest_one(api):
    for path in ("/api/v1", "/api/v1/", "/api/v1/nope", "/tiles/nope", "/feeds"):
        assert "nearest" not in refused(api, path, 404)[0]


@pytest.mark.parametrize("path", ["incidents?actor=Africa%20Corps", "facets?actor=africa-corp"])
def test_an_actor_by_name_is_told_the_slug_and_where_names_are_found(api, path):
    (problem,) = refused(api, f"/api/v1/{path}")
    assert "/api/v1/actors/resolve" in problem["valid"]
    assert (problem["field"], problem["nearest"]) == ("actor", "africa-corps")


@pytest.mark.parametrize("level", ["admin1", "admin2", "admin3"])
def test_a_unit_by_name_is_told_where_its_code_is_found(api, level):
    (problem,) = refused(api, f"/api/v1/incidents?{level}=Kidal")
    assert problem["valid"].endswith("/api/v1/places has them by name")


def test_a_copy_that_is_ahead_of_the_record_is_told_so(api):
    (problem,) = refused(api, "/api/v1/changes?since=2")
    assert (problem["field"], problem["value"]) == ("since", 2)
    assert problem["valid"].startswith("a publication that there is, up to 1")
    assert api.get("/api/v1/changes?since=1").json()["data"] == []
