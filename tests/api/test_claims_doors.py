"""Claims as a table under the filters, and figures by other rules than the stored one."""

from __future__ import annotations

import csv
import hashlib
import io
import json

import pytest
from django.test import Client

from events.answers import estimates
from events.claims.rules import VERSION
from events.record.known import known
from events.record.reading import mappings
from events.verbs.publishing import publish
from events.verbs.withdrawing import merge_actors
from tests.record.cast import actor, ambush, claim

ARMY, REBELS = "malian-armed-forces", "azawad-liberation-front"


def answer(path: str):
    return Client(headers={"host": "localhost"}).get(path if path.startswith("http") else f"/api/v1/{path}")


def get(path: str) -> dict:
    response = answer(path)
    assert response.status_code == 200, response.content
    return response.json()


def problem(path: str) -> dict:
    response = answer(path)
    assert response.status_code == 400, response.content
    return response.json()["problems"][0]


def body(path: str) -> bytes:
    return b"".join(answer(path).streaming_content)


def paged(path: str) -> list[dict]:
    page = get(path)
    rows = page["data"]
    while page["next"]:
        page = get(page["next"])
        rows += page["data"]
    return rows


def test_every_claim_of_every_incident_stands_once_in_the_pages(world):
    rows = paged("claims?limit=7")
    keys = [(row["incident"], row["claim"]) for row in rows]
    assert len(keys) == len(set(keys)) > 50
    assert keys == [(row["incident"], row["claim"]) for row in get("claims?limit=10000")["data"]]
    stored = mappings(
        "SELECT sum(jsonb_array_length(document -> 'claims'))::int AS many FROM record.incident_version"
        " WHERE known_to = 2147483647 AND state = 'published'",
        [],
    )
    assert len(rows) == stored[0]["many"]


@pytest.mark.parametrize(
    "query",
    [
        "country=NER",
        f"actor={REBELS}",
        "q=aguelhok",
        "contested=true",
        "since=2025-01-01",
        "event_type=battle",
    ],
)
def test_claims_stand_under_the_filters_of_their_incidents(world, query):
    incidents = {row["id"]: row for row in get(f"incidents?limit=10000&{query}")["data"]}
    rows = paged(f"claims?limit=50&{query}")
    assert rows
    assert {row["incident"] for row in rows} == {
        key for key in incidents if get(f"incidents/{key}")["claim_list"]
    }


def test_a_row_says_what_the_incident_page_says_of_the_claim(world):
    row = next(row for row in get(f"claims?claimant={REBELS}&stance=admission&measure=killed")["data"])
    detail = get(f"incidents/{row['incident']}")["claim_list"][row["claim"] - 1]
    for name in ("stance", "measure", "quantifier", "low", "best", "high", "phrase", "scope", "verification"):
        assert row[name] == detail[name]
    assert row["about"] == [one["slug"] for one in detail["about"]]
    assert row["relayed_by"] == detail["relayed_by"]["outlet"]
    assert row["claimant_name"] == detail["claimant"]["name"]


def test_claims_are_narrowed_by_claimant_measure_and_stance(world):
    every = get("claims?limit=10000")["data"]
    for name, value in (("claimant", ARMY), ("measure", "wounded"), ("stance", "admission")):
        found = get(f"claims?limit=10000&{name}={value}")["data"]
        wanted = [
            row
            for row in every
            if row[name] == value and (name != "claimant" or row["claimant_kind"] == "actor")
        ]
        own = [row for row in found if name != "claimant" or row["claimant_kind"] == "actor"]
        assert own == wanted != []


def test_csv_and_ndjson_hold_the_rows_of_the_pages(world):
    rows = get("claims?limit=10000&country=MLI")["data"]
    lines = body("claims.ndjson?country=MLI").splitlines(keepends=True)
    assert [json.loads(line) for line in lines[1:-1]] == rows
    end = json.loads(lines[-1])["end"]
    assert end == {"rows": len(rows), "sha256": hashlib.sha256(b"".join(lines[:-1])).hexdigest()}
    table = list(csv.DictReader(io.StringIO(body("claims.csv?country=MLI").decode())))
    assert [(line["incident"], line["claim"]) for line in table] == [
        (row["incident"], str(row["claim"])) for row in rows
    ]
    assert set(table[0]) == set(rows[0])


@pytest.mark.parametrize(
    ("query", "field"),
    [
        ("measure=dead", "measure"),
        ("stance=x", "stance"),
        ("claimant=nobody-at-all", "claimant"),
        ("contry=MLI", "contry"),
        ("measure=killed&measure=wounded", "measure"),
        ("cursor=x.y", "cursor"),
        ("order=date", "order"),
    ],
)
def test_a_wrong_parameter_of_claims_is_refused_by_name(world, query, field):
    assert problem(f"claims?{query}")["field"] == field


def test_a_cursor_of_other_claims_is_refused(world):
    cursor = get("claims?limit=1")["next"].partition("cursor=")[2]
    assert problem(f"claims?limit=1&measure=killed&cursor={cursor}")["field"] == "cursor"


def test_the_stored_figures_are_what_the_stored_claims_give_by_the_rule_reported(world):
    book = known().actors
    rows = mappings(
        "SELECT * FROM record.incident_version WHERE known_to = 2147483647 AND state = 'published'", []
    )
    assert len(rows) > 40
    for row in rows:
        found = estimates.columns(estimates.figures(row, "reported", book))
        assert found == {name: row[name] for name in found}, row["id"]


def test_the_conservative_figure_is_the_low_one_on_page_and_detail_and_the_rule_is_named(world):
    page = get("incidents?estimate=conservative&limit=10000")
    assert page["estimate"] == {"rule": "conservative", "version": VERSION}
    assert all(row["fatalities_best"] == row["fatalities_low"] for row in page["data"])
    stored = {row["id"]: row for row in get("incidents?limit=10000")["data"]}
    lower = [row for row in page["data"] if row["fatalities_best"] != stored[row["id"]]["fatalities_best"]]
    assert lower, "a rule that changes nothing here proves nothing"
    detail = get(f"incidents/{lower[0]['id']}?estimate=conservative")
    assert detail["rule"] == f"conservative/{VERSION}"
    assert {name: detail[name] for name in estimates.DERIVED} == {
        name: lower[0][name] for name in estimates.DERIVED
    }


@pytest.fixture
def disagreement(database):
    army, rebels = actor("army", "state_force"), actor("rebels", "rebel")
    incident = ambush(army, rebels)
    publish([incident], [army, rebels], reason="First reports")
    incident.refresh_from_db()
    return incident, army, rebels


def figures(row: dict) -> tuple:
    return row["fatalities_low"], row["fatalities_best"], row["fatalities_high"], row["claimants"]


def test_one_claimant_alone_gives_that_claimants_figure(disagreement):
    assert figures(get("incidents")["data"][0]) == (3, 3, 10, 2)
    assert figures(get("incidents?estimate=claimant:army")["data"][0]) == (10, 10, 10, 1)
    assert figures(get("incidents?estimate=claimant:rebels")["data"][0]) == (3, 3, 3, 1)
    assert figures(get("incidents?estimate=claimant:source:nobody")["data"][0]) == (None, None, None, 0)
    detail = get(f"incidents/{disagreement[0].public_id}?estimate=claimant:army")
    assert [(one["low"], one["claims"]) for one in detail["estimates"]] == [(10, [1])]


def test_a_claimant_is_one_voice_with_what_was_merged_into_it(disagreement):
    _, army, _ = disagreement
    other = actor("staff", "state_force")
    publish(actors=[other], reason="New")
    merge_actors(army, other, reason="The same")
    assert figures(get("incidents?estimate=claimant:staff")["data"][0])[0] == 10
    assert figures(get("incidents?estimate=claimant:army")["data"][0])[0] == 10


def test_an_unknown_rule_or_claimant_is_refused_and_the_nearest_named(disagreement):
    assert problem("incidents?estimate=highest")["field"] == "estimate"
    assert problem("incidents?estimate=claimant:rebel")["nearest"] == "claimant:rebels"
    assert problem(f"incidents/{disagreement[0].public_id}?estimate=claimant:rebel")["field"] == "estimate"


@pytest.mark.parametrize(
    ("asked", "found"),
    [
        ("fatalities_min=4", 0),
        ("fatalities_max=3", 1),
        ("contested=true", 1),
        ("fatalities_min=10&estimate=claimant:army", 1),
        ("fatalities_max=9&estimate=claimant:army", 0),
        ("contested=true&estimate=claimant:army", 0),
    ],
)
def test_filters_on_figures_go_by_the_rule(disagreement, asked, found):
    assert len(get(f"incidents?{asked}")["data"]) == found
    assert get(f"facets?{asked}")["totals"]["incidents"] == found


def shown_deaths(address: str, rule: str) -> int:
    """The sum of best figures that a door shows."""
    response = Client(headers={"host": "localhost"}).get(address.format(rule=rule))
    assert response.status_code == 200, response.content
    text = b"".join(response.streaming_content) if response.streaming else response.content
    if "facets" in address:
        return json.loads(text)["totals"]["fatalities_best"]
    if "csv" in address:
        rows = csv.DictReader(io.StringIO(text.decode()))
        return sum(int(row.get("fatalities_best", row.get("fatalities")) or 0) for row in rows)
    if "ndjson" in address:
        return sum(json.loads(line)["fatalities_best"] or 0 for line in text.splitlines()[1:-1])
    found = json.loads(text)
    if "features" in found:
        return sum(one["properties"]["fatalities_best"] or 0 for one in found["features"])
    return sum(row.get("fatalities_best", row.get("fatalities")) or 0 for row in found["data"])


DOORS = [
    "/api/v1/incidents?limit=1000&estimate={rule}",
    "/api/v1/incidents.csv?estimate={rule}",
    "/api/v1/incidents.ndjson?estimate={rule}",
    "/api/v1/incidents.geojson?estimate={rule}",
    "/api/v1/timeline?estimate={rule}",
    "/api/v1/facets?estimate={rule}",
    "/ogc/collections/incidents/items?limit=1000&estimate={rule}",
    "/compat/acled/read?limit=0&estimate={rule}",
    "/compat/acled/read.csv?estimate={rule}",
]


@pytest.mark.parametrize("rule", ["reported", "conservative", "claimant:malian-armed-forces"])
def test_every_door_shows_the_same_deaths_under_a_rule(world, rule):
    details = [
        get(f"incidents/{row['id']}?estimate={rule}") for row in get("incidents?limit=1000&fields=id")["data"]
    ]
    expected = sum(one["fatalities_best"] or 0 for one in details)
    assert {address: shown_deaths(address, rule) for address in DOORS} == dict.fromkeys(DOORS, expected)
    assert expected > 0


def test_rules_differ_where_they_should(world):
    sums = [
        shown_deaths(DOORS[4], rule) for rule in ("reported", "conservative", "claimant:malian-armed-forces")
    ]
    assert len(set(sums)) == 3


def test_tiles_feeds_and_actors_follow_the_rule_and_name_it(world):
    ask = Client(headers={"host": "localhost"}).get
    usual, lower = (
        ask(f"/tiles/incidents/5/16/14.mvt?estimate={rule}") for rule in ("reported", "conservative")
    )
    assert (usual["X-Estimate"], lower["X-Estimate"]) == (f"reported/{VERSION}", f"conservative/{VERSION}")
    assert usual.content != lower.content
    assert ask("/tiles/incidents.json?estimate=conservative").json()["estimate"]["rule"] == "conservative"
    assert "rule “conservative”" in ask("/feeds/incidents.atom?estimate=conservative").content.decode()
    rows = {rule: get(f"actors/malian-armed-forces?estimate={rule}") for rule in ("reported", "conservative")}
    assert rows["conservative"]["estimate"]["rule"] == "conservative"
    assert rows["conservative"]["years"] != rows["reported"]["years"]


@pytest.mark.parametrize("door", ["claims", "changes", "incidents/MLI-2025-00001/versions", "actors"])
def test_a_door_without_figures_by_rule_refuses_one(world, door):
    assert problem(f"{door}?estimate=conservative")["field"] == "estimate"


def test_the_facade_of_ucdp_has_the_stored_rule_alone_and_says_where_the_others_are(world):
    ask = Client(headers={"host": "localhost"}).get
    refused = ask("/compat/ucdp/gedevents/latest?estimate=conservative")
    assert refused.status_code == 400 and "/api/v1/incidents" in refused.json()["problems"][0]["valid"]
    assert ask("/compat/ucdp/gedevents/latest?estimate=reported").status_code == 200


def test_counts_and_exports_name_the_rule_of_their_figures(disagreement):
    rule = {"rule": "reported", "version": VERSION}
    assert get("timeline")["estimate"] == get("facets")["estimate"] == rule
    assert json.loads(body("incidents.geojson"))["estimate"] == rule
    assert json.loads(body("incidents.ndjson").splitlines()[0])["about"]["estimate"] == rule


def test_under_the_conservative_rule_an_admission_outranks_allegations(disagreement):
    incident, army, rebels = disagreement
    claim(incident, army, rebels, low=50, high=60, quantifier="between")
    type(incident).objects.filter(pk=incident.pk).update(revision=9)
    publish([incident], reason="The army raises its figure")
    assert figures(get("incidents")["data"][0])[2] == 60
    assert figures(get("incidents?estimate=conservative")["data"][0])[:3] == (3, 3, 3)
