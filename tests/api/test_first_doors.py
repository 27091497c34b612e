"""The public doors answer under the one query language."""

from __future__ import annotations

import csv
import io
import json

import pytest
from django.test import Client

pytestmark = pytest.mark.usefixtures("world")


@pytest.fixture
def api() -> Client:
    return Client(headers={"host": "localhost"})


def ask(api: Client, path: str) -> dict:
    response = api.get(f"/api/v1/{path}")
    assert response.status_code == 200, response.content
    return response.json()


def body(response) -> bytes:
    return b"".join(response.streaming_content) if response.streaming else response.content


def test_the_list_pages_through_every_incident_once(api):
    seen, path = [], "/api/v1/incidents?limit=20"
    while path:
        page = api.get(path).json()
        seen += [row["id"] for row in page["data"]]
        path = page["next"]
    assert len(seen) == len(set(seen)) == page["count"]["value"] >= 40


@pytest.mark.parametrize("order", ["-date", "date", "-fatalities", "-updated"])
def test_every_order_pages_without_loss_or_doubles(api, order):
    whole = [row["id"] for row in ask(api, f"incidents?order={order}&limit=1000")["data"]]
    paged, path = [], f"/api/v1/incidents?order={order}&limit=7"
    while path:
        page = api.get(path).json()
        paged += [row["id"] for row in page["data"]]
        path = page["next"]
    assert paged == whole


def test_a_misspelt_filter_is_refused_and_the_right_name_suggested(api):
    response = api.get("/api/v1/incidents?contry=MLI")
    assert response.status_code == 400
    assert response["Content-Type"] == "application/problem+json"
    problem = response.json()["problems"][0]
    assert (problem["field"], problem["value"], problem["nearest"]) == ("contry", "MLI", "country")


def test_every_problem_is_listed_at_once(api):
    response = api.get("/api/v1/incidents?country=Mali&bbox=1,2,3&since=yesterday&fatalities_min=NaN")
    assert {problem["field"] for problem in response.json()["problems"]} == {
        "country",
        "bbox",
        "since",
        "fatalities_min",
    }


@pytest.mark.parametrize(
    "query",
    [
        "country=MLI",
        "country=MLI&country=NER",
        "actor=africa-corps",
        "actor=africa-corps&role=ally_a",
        "actor_kind=private_military",
        "event_type=battle",
        "event_subtype=ambush",
        "contested=true",
        "fatalities_min=10&fatalities_max=100",
        "since=2025-06-01&until=2025-06-30",
        "bbox=-5,14,2,20",
        "near=0.86,19.46&within_km=100",
        "polygon=POLYGON((-5 14,2 14,2 20,-5 20,-5 14))",
        "q=aguel",
        "place=aguelhok",
        "civilian_targeting=true",
        "verification=verified",
    ],
)
def test_list_csv_geojson_timeline_and_totals_agree_under_every_filter(api, query):
    page = ask(api, f"incidents?{query}&limit=1000")
    ids = {row["id"] for row in page["data"]}
    assert ids, "a filter that finds nothing here proves nothing"
    assert len(ids) < ask(api, "incidents?limit=1")["count"]["value"]
    lines = list(csv.DictReader(io.StringIO(body(api.get(f"/api/v1/incidents.csv?{query}")).decode())))
    features = api.get(f"/api/v1/incidents.geojson?{query}")
    collection = json.loads(body(features))["features"]
    bars = ask(api, f"timeline?interval=month&{query}")["data"]
    totals = ask(api, f"facets?{query}")["totals"]
    assert {line["id"] for line in lines} == {feature["id"] for feature in collection} == ids
    assert sum(bar["incidents"] for bar in bars) == totals["incidents"] == page["count"]["value"] == len(ids)
    deaths = sum(row["fatalities_best"] or 0 for row in page["data"])
    assert sum(bar["fatalities_best"] for bar in bars) == totals["fatalities_best"] == deaths


def test_the_last_day_of_a_range_is_included(api):
    row = ask(api, "incidents?limit=1")["data"][0]
    day = row["date_start"]
    assert row["id"] in {
        found["id"] for found in ask(api, f"incidents?since={day}&until={day}&limit=1000")["data"]
    }


def test_an_unchanged_record_is_not_sent_again(api):
    first = api.get("/api/v1/incidents?country=MLI")
    again = api.get("/api/v1/incidents?country=MLI", headers={"if-none-match": first["ETag"]})
    assert (again.status_code, again.content) == (304, b"")


def test_an_answer_as_of_a_publication_says_so_in_words(api):
    found = ask(api, "incidents?as_of=1&country=MLI&lang=fr")
    assert found["query"].startswith("Incidents à Mali, selon la publication 1")


@pytest.mark.parametrize(
    ("asked", "english", "french"),
    [
        ("country=MLI&admin1=ML08&place=Aguelhok", "Incidents in Aguelhok, Kidal, Mali", "Incidents à Aguelhok, Kidal, Mali"),
        ("country=MLI&country=NER", "Incidents in Mali or Niger", "Incidents à Mali ou Niger"),
        ("event_type=battle&event_subtype=ambush", "Battles of the kind ambush", "Combats de type embuscade"),
        (
            "actor=africa-corps&lineage=true&actor_kind=rebel",
            "Incidents involving Africa Corps and its kin and rebel group",
            "Incidents impliquant Africa Corps et sa filiation et groupe rebelle",
        ),
        (
            "near=0,19&bbox=-5,14,2,20",
            "Incidents within 25 km of 0, 19 and inside the box -5, 14, 2, 20",
            "Incidents à moins de 25 km de 0, 19 et dans le cadre -5, 14, 2, 20",
        ),
    ],
)  # fmt: skip
def test_the_sentence_says_every_filter_and_that_different_ones_hold_together(api, asked, english, french):
    assert ask(api, f"incidents?{asked}")["query"] == english
    assert ask(api, f"incidents?{asked}&lang=fr")["query"] == french


def test_the_founding_battle_shows_its_claims_side_by_side(api):
    row = next(
        row
        for row in ask(api, "incidents?q=aguelhok&since=2025-06-13&until=2025-06-13")["data"]
        if row["part_of"]
    )
    detail = ask(api, f"incidents/{row['id']}")
    killed = {
        (
            claim["claimant"].get("slug") or claim["claimant"].get("affiliation", {}).get("slug"),
            claim["quantifier"],
            claim["low"],
        )
        for claim in detail["claim_list"]
        if claim["measure"] == "killed"
    }
    assert ("malian-armed-forces", "at_least", 10) in killed | {
        (c["claimant"].get("slug"), c["quantifier"], c["low"])
        for other in detail["group"]["incidents"]
        for c in ask(api, f"incidents/{other['id']}")["claim_list"]
    }
    assert ("azawad-liberation-front", "exact", 3) in killed
    assert ("azawad-liberation-front", "dozens", 24) in killed
    assert {other["event_subtype"] for other in detail["group"]["incidents"]} >= {"offensive", "ambush"}
    assert detail["outcome"] == "repelled"


def test_a_tile_holds_the_incidents_of_its_square(api):
    response = api.get("/tiles/incidents/4/8/7.mvt?event_type=battle")
    assert response.status_code == 200
    assert b"incidents" in response.content
    assert b"battle" in response.content
    assert b"strategic" not in response.content


def test_a_tile_outside_the_world_is_refused(api):
    assert api.get("/tiles/incidents/3/8/0.mvt").status_code == 400


def test_an_unknown_incident_is_a_problem_document(api):
    response = api.get("/api/v1/incidents/MLI-1999-00001")
    assert response.status_code == 404
    assert response["Content-Type"] == "application/problem+json"
