"""/api/v1/sources: the outlets that are cited, as known then; what the filter `source` takes."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client

from events.models import Incident
from events.verbs.publishing import publish
from events.verbs.redacting import redact
from tests.record.cast import actor, ambush


def names(answer: Any) -> list[str]:
    return [row["name"] for row in answer["data"]]


@pytest.fixture
def cited(database: None) -> list[Incident]:
    """Two publications: the first cites one outlet, the second that one again and two others."""
    army, rebels = actor("army", "state_force"), actor("rebels")
    told = [["Example Wire"], ["Écho & Fils", "Example Wire", "Zone Info"]]
    incidents = [
        ambush(army, rebels, source_list=[{"key": f"s{at}", "outlet": one} for at, one in enumerate(outlets)])
        for outlets in told
    ]
    publish(incidents[:1], [army, rebels], reason="First")
    publish(incidents[1:], reason="Second")
    for incident in incidents:
        incident.refresh_from_db()
    return incidents


def test_the_outlets_of_the_record_are_listed_once_each_with_their_incidents(world, ask):
    incidents = ask("incidents?limit=10000&fields=id,sources")["data"]
    found = ask("sources?limit=10000")
    assert names(found) == sorted({outlet for row in incidents for outlet in row["sources"]})
    assert len(found["data"]) > 5 and found["next"] is None
    for row in found["data"][:3]:
        citing = [one["id"] for one in incidents if row["name"] in one["sources"]]
        assert sorted(one["id"] for one in ask(row["incidents"])["data"]) == sorted(citing) != []


def test_an_outlet_is_known_from_the_publication_that_first_cites_it(cited, ask):
    assert [(row["name"], row["since"]) for row in ask("sources")["data"]] == [
        ("Example Wire", 1),
        ("Zone Info", 2),
        ("Écho & Fils", 2),
    ]
    before = ask("sources?as_of=1&lang=fr")
    assert (names(before), before["publication"], before["as_of"]) == (["Example Wire"], 1, "1")
    (row,) = before["data"]
    assert row["incidents"].endswith("/api/v1/incidents?source=Example+Wire&as_of=1&lang=fr")
    assert len(ask(row["incidents"])["data"]) == 1
    assert ask("sources?as_of=2011-01-01")["data"] == []


@pytest.mark.parametrize(
    ("asked", "found"),
    [("echo", ["Écho & Fils"]), ("INFO", ["Zone Info"]), ("%25", []), ("!!!", []), ("e w", ["Example Wire"])],
)
def test_an_outlet_is_found_by_part_of_its_name_however_it_is_spelt(cited, ask, asked, found):
    assert names(ask(f"sources?name={asked}")) == found


def test_pages_follow_each_other_at_the_publication_of_the_first(cited, ask):
    page = ask("sources?limit=2")
    army, rebels = actor("army-2", "state_force"), actor("rebels-2")
    publish(
        [ambush(army, rebels, source_list=[{"key": "s1", "outlet": "Zulu"}])], [army, rebels], reason="Third"
    )
    rest = ask(page["next"])
    assert names(page) + names(rest) == ["Example Wire", "Zone Info", "Écho & Fils"]
    assert (rest["next"], rest["publication"]) == (None, 2)
    (problem,) = ask(page["next"].replace("limit=2", "name=zone"), 400)["problems"]
    assert problem["field"] == "cursor"


def test_a_redacted_outlet_is_gone_and_what_stands_for_it_is_as_old(cited, ask):
    redact(cited[1], words=["Écho & Fils"], code="source_in_danger", reason="In danger")
    assert [(row["name"], row["since"]) for row in ask("sources")["data"]] == [
        ("Example Wire", 1),
        ("Zone Info", 2),
        ("[redacted]", 2),
    ]
    assert ask("sources?name=echo")["data"] == []
    assert "Écho & Fils" not in names(ask("sources?as_of=2"))


@pytest.mark.parametrize(
    ("asked", "field"),
    [
        ("country=MLI", "country"),
        ("nam=x", "nam"),
        ("name=", "name"),
        ("limit=0", "limit"),
        ("order=date", "order"),
    ],
)
def test_what_says_nothing_of_an_outlet_is_refused(world, ask, asked, field):
    assert ask(f"sources?{asked}", 400)["problems"][0]["field"] == field


def test_a_copy_is_good_until_something_is_published(cited):
    client = Client(headers={"host": "localhost"})
    first = client.get("/api/v1/sources")
    assert first["X-Publication"] == "2"
    held = {"if-none-match": first["ETag"]}
    assert client.get("/api/v1/sources", headers=held).status_code == 304
    redact(cited[0], words=["Example"], code="legal", reason="A word")
    assert client.get("/api/v1/sources", headers=held).status_code == 200


def test_a_source_that_nobody_cites_is_refused_with_the_nearest(cited, ask):
    (problem,) = ask("incidents?source=example wyre", 400)["problems"]
    assert problem["valid"].endswith("/api/v1/sources has the outlets by name")
    assert (problem["field"], problem["value"], problem["nearest"]) == (
        "source",
        "example wyre",
        "Example Wire",
    )
    assert "nearest" not in ask("facets?source=qqqq", 400)["problems"][0]
    wrong = ask("timeline?source=Example+Wire&source=b&source=a", 400)["problems"]
    assert [problem["value"] for problem in wrong] == ["a", "b"]


def test_a_source_is_known_from_the_publication_that_first_cites_it(cited, ask):
    assert len(ask("incidents?source=Zone+Info")["data"]) == 1
    (problem,) = ask("incidents?source=Zone+Info&as_of=1", 400)["problems"]
    assert (problem["value"], "nearest" in problem) == ("Zone Info", False)


def test_a_dataset_is_a_source_by_its_slug(world, ask):
    assert ask("incidents?source=sample&limit=1")["data"] != []
    assert ask("incidents?source=sampel", 400)["problems"][0]["nearest"] == "sample"
