"""An actor by years, its network, and which actor a name means on a day."""

from __future__ import annotations

from datetime import date

import pytest
from django.test import Client

from events.verbs.publishing import publish
from events.verbs.withdrawing import merge_actors
from tests.record.cast import actor, ambush

CMA, CSP, FLA = "coordination-of-azawad-movements", "permanent-strategic-framework", "azawad-liberation-front"


def answer(path: str):
    return Client(headers={"host": "localhost"}).get(f"/api/v1/{path}")


def get(path: str) -> dict:
    response = answer(path)
    assert response.status_code == 200, response.content
    return response.json()


def resolved(query: str) -> dict[str, dict]:
    return {one["slug"]: one for one in get(f"actors/resolve?{query}")["data"]}


def codes(candidate: dict) -> set[str]:
    return {warning["code"] for warning in candidate["warnings"]}


def test_a_name_after_its_actor_was_dissolved_is_flagged_and_leads_to_who_took_over(world):
    found = get("actors/resolve?name=CMA&on=2025-06-13")
    first, second = found["data"][:2]
    assert (first["slug"], second["slug"]) == (FLA, CMA)
    assert first["score"] > second["score"]
    assert codes(second) >= {"dissolved", "probably", "name_after"}
    probably = next(warning for warning in second["warnings"] if warning["code"] == "probably")
    assert probably["actor"]["slug"] == FLA
    assert any("2024" in warning["text"] for warning in second["warnings"] if warning["code"] == "dissolved")
    assert found["on"] == "2025-06-13"


@pytest.mark.parametrize(
    ("query", "slug"),
    [
        ("name=CMA&on=2016-05-01", CMA),
        ("name=CMA", CMA),
        ("name=cma&on=2024-04-30", CMA),
        ("name=FLA&on=2025-06-13", FLA),
    ],
)
def test_a_name_on_a_day_of_its_actor_is_that_actor_without_a_warning(world, query, slug):
    first = get(f"actors/resolve?{query}")["data"][0]
    assert (first["slug"], first["score"], first["warnings"]) == (slug, 1.0, [])


def test_who_took_over_is_who_existed_on_that_day(world):
    found = resolved("name=CMA&on=2024-07-01")
    assert CSP in found and FLA not in found


def test_a_name_before_its_actor_existed_is_flagged(world):
    assert codes(resolved("name=FLA&on=2020-01-01")[FLA]) == {"founded", "name_before"}


@pytest.mark.parametrize(
    "name", ["front de liberation de l'azawad", "Front de libération de l’Azawad", "Azawad Liberatoin Front"]
)
def test_other_spellings_find_the_actor(world, name):
    first = get(f"actors/resolve?name={name}")["data"][0]
    assert first["slug"] == FLA


def test_nonsense_finds_nobody_and_an_acronym_is_not_taken_for_a_similar_one(world):
    assert get("actors/resolve?name=Qwertz+Zuiop")["data"] == []
    assert FLA not in resolved("name=FLB")


def test_warnings_come_in_french(world):
    candidate = {one["slug"]: one for one in get("actors/resolve?name=CMA&on=2025-06-13&lang=fr")["data"]}[
        CMA
    ]
    assert any("dissolution en 2024-04-30" in warning["text"] for warning in candidate["warnings"])


@pytest.mark.parametrize(
    ("query", "field"),
    [
        ("", "name"),
        ("name=", "name"),
        ("name=CMA&on=2025", "on"),
        ("name=CMA&name=FLA", "name"),
        ("name=CMA&country=MLI", "country"),
    ],
)
def test_a_wrong_parameter_of_resolve_is_refused_by_name(world, query, field):
    response = answer(f"actors/resolve?{query}")
    assert (response.status_code, response.json()["problems"][0]["field"]) == (400, field)


def test_two_actors_of_one_name_warn_of_each_other(database):
    one, two = actor("north", name="The Front"), actor("south", name="The Front")
    publish(actors=[one, two], reason="Two")
    assert [codes(candidate) for candidate in resolved("name=the+front").values()] == [{"ambiguous"}] * 2


def test_the_years_of_an_actor_add_up_to_its_incidents(world):
    years = get(f"actors/{FLA}")["years"]
    rows = get(f"incidents?actor={FLA}&limit=1000")["data"]
    assert sum(year["incidents"] for year in years) == len(rows) > 0
    assert sum(year["fatalities_best"] for year in years) == sum(row["fatalities_best"] or 0 for row in rows)
    assert {year["year"] for year in years} == {int(row["date_start"][:4]) for row in rows}


def test_a_network_counts_who_stood_beside_and_against_the_actor(world):
    found = get("actors/africa-corps/network")["data"]
    rows = get("incidents?actor=africa-corps&limit=1000")["data"]

    def side(row: dict, slug: str) -> set[str]:
        roles = {part["role"] for part in row["actors"] if part["slug"] == slug}
        return {role[-1] for role in roles if role in ("side_a", "side_b", "ally_a", "ally_b")}

    for edge in found["shared"]:
        same = [row for row in rows if side(row, "africa-corps") & side(row, edge["to_actor"])]
        against = [
            row
            for row in rows
            if any(a != b for a in side(row, "africa-corps") for b in side(row, edge["to_actor"]))
        ]
        assert edge["incidents"] == len(same if edge["kind"] == "ally_in" else against)
    kinds = {(edge["to_actor"], edge["kind"]) for edge in found["shared"]}
    assert {("malian-armed-forces", "ally_in"), (FLA, "opponent_in")} <= kinds
    declared = {(edge["from_actor"], edge["kind"], edge["to_actor"]) for edge in found["relations"]}
    assert ("africa-corps", "successor_of", "wagner-group") in declared
    named = {node["slug"] for node in found["nodes"]}
    assert named >= {end for edge in found["shared"] for end in (edge["from_actor"], edge["to_actor"])}


def test_a_network_is_counted_under_the_filters(world):
    whole = get("actors/malian-armed-forces/network")["data"]["shared"]
    part = get("actors/malian-armed-forces/network?until=2015-12-31")["data"]["shared"]
    assert 0 < sum(edge["incidents"] for edge in part) < sum(edge["incidents"] for edge in whole)
    assert max(edge["last"] for edge in part) <= "2015-12-31"


def test_a_merged_actor_is_one_node_and_its_address_leads_on_with_the_question(database):
    army, rebels, front = actor("army", "state_force"), actor("rebels"), actor("front")
    publish(
        [ambush(army, rebels), ambush(army, front, date_end=date(2025, 6, 14))],
        [army, rebels, front],
        reason="Two",
    )
    merge_actors(rebels, front, reason="The same")
    edge = get("actors/army/network")["data"]["shared"]
    assert [(one["to_actor"], one["kind"], one["incidents"]) for one in edge] == [("front", "opponent_in", 2)]
    assert get("actors/front")["years"][0]["incidents"] == 2
    assert {one["to_actor"] for one in get("actors/army/network?as_of=1")["data"]["shared"]} == {
        "front",
        "rebels",
    }
    moved = answer("actors/rebels/network?country=MLI")
    assert (moved.status_code, moved["Location"]) == (
        308,
        "http://localhost/api/v1/actors/front/network?country=MLI",
    )


def test_an_unknown_actor_is_not_found_and_the_nearest_named(world):
    response = answer("actors/africa-corp/network")
    assert (response.status_code, response.json()["problems"][0]["nearest"]) == (404, "africa-corps")
