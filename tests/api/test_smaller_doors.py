"""Deployments, places and the claims of one incident: smaller doors of the same house."""

from __future__ import annotations

import pytest
from django.test import Client

from events.verbs.publishing import publish
from events.verbs.withdrawing import merge, retract
from tests.record.cast import actor, ambush


def test_deployments_are_those_of_the_actors(world, ask):
    found = ask("deployments")["data"]
    own = ask("actors/africa-corps")["deployments"]
    named = ("actor", "actor_name", "actor_kind")
    of_africa_corps = [row for row in found if row["actor"] == "africa-corps"]
    assert [{k: v for k, v in row.items() if k not in named} for row in of_africa_corps] == own
    assert len(found) > len(own) > 0


@pytest.mark.parametrize(
    ("asked", "holds"),
    [
        ("country=MLI", lambda row: row["host"] == "MLI"),
        ("actor=wagner-group", lambda row: row["actor"] == "wagner-group"),
        ("status=withdrawn", lambda row: row["status"] == "withdrawn"),
        ("actor_kind=private_military", lambda row: row["actor_kind"] == "private_military"),
        ("until=2012-12-31", lambda row: row["from"] is None or row["from"][:4] <= "2012"),
        ("since=2025-01-01", lambda row: row["to"] is None or row["to"][:4] >= "2025"),
    ],
)
def test_filters_narrow_deployments_to_those_that_hold(world, ask, asked, holds):
    everything, found = ask("deployments")["data"], ask(f"deployments?{asked}")["data"]
    assert found == [row for row in everything if holds(row)]
    assert 0 < len(found) < len(everything)


def test_deployments_are_repeatable_and_refuse_what_says_nothing_of_them(world, ask):
    assert ask("deployments?as_of=2011-01-01")["data"] == []
    french = ask("deployments?actor=wagner-group&lang=fr")["data"]
    assert {row["actor_name"] for row in french} == {"Groupe Wagner"}
    assert ask("deployments?event_type=battle", 400)["problems"][0]["field"] == "event_type"
    assert ask("deployments?status=gone", 400)["problems"][0]["field"] == "status"


def test_a_place_is_found_by_the_beginning_of_its_name_and_its_code_is_a_filter(world, ask):
    (kidal,) = ask("places?name=KÏD&country=MLI&level=1")["data"]
    assert (kidal["pcode"], kidal["name"], kidal["parent"]) == ("ML08", "Kidal", "ML")
    assert kidal["longitude"] and kidal["latitude"]
    assert ask(f"incidents?admin1={kidal['pcode']}&limit=1")["count"]["value"] > 0


def test_places_page_without_loss_or_doubles(world, ask):
    whole = ask("places?limit=10000")["data"]
    page = ask("places?limit=7")
    paged = page["data"]
    while page["next"]:
        page = ask(page["next"])
        paged += page["data"]
    assert paged == whole
    assert len({row["pcode"] for row in whole}) == len(whole) > 20
    assert ask("places?name=50%25")["data"] == []
    assert ask("places?as_of=1", 400)["problems"][0]["field"] == "as_of"
    assert ask("places?parent=kidal", 400)["problems"][0]["valid"] == "a p-code such as ML08"


def test_the_claims_of_one_incident_are_those_of_the_table(world, ask):
    one = ask("claims?measure=killed&limit=1")["data"][0]["incident"]
    for asked in ("", "&measure=killed", "&stance=admission", "&lang=fr"):
        own = ask(f"incidents/{one}/claims?limit=1000{asked}")
        assert own["data"] == ask(f"claims?id={one}&limit=1000{asked}")["data"]
    first = ask(f"incidents/{one}/claims?limit=1")
    assert len(first["data"]) == 1
    assert ask(f"incidents/{one}/claims?country=MLI", 400)["problems"][0]["field"] == "country"
    assert ask("incidents/MLI-1999-00001/claims", 404)["problems"][0]["field"] == "id"


def test_claims_of_a_retracted_or_merged_incident_are_answered_as_the_incident_is(database, ask):
    army, rebels = actor("army", "state_force"), actor("rebels")
    one, two, three = (ambush(army, rebels, place_name=name) for name in ("Gao", "Kidal", "Boni"))
    publish([one, two, three], [army, rebels], reason="First reports")
    for incident in (one, two, three):
        incident.refresh_from_db()
    retract(one, code="error", reason="It happened elsewhere")
    merge(two, three, reason="The same")
    ids = [incident.public_id for incident in (one, two, three)]
    assert ask(f"incidents/{ids[0]}/claims", 410)["reason_code"] == "error"
    assert len(ask(f"incidents/{ids[0]}/claims?as_of=1")["data"]) == 2
    response = Client(headers={"host": "localhost"}).get(f"/api/v1/incidents/{ids[1]}/claims?lang=fr")
    assert (response.status_code, response["Location"]) == (
        308,
        f"http://localhost/api/v1/incidents/{ids[2]}/claims?lang=fr",
    )
