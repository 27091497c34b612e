"""The record's own history: differences, changes that make a copy without loss, publications, releases."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable
from typing import Any

import pytest
import yaml
from django.core.management import CommandError, call_command
from django.db import connections
from django.test import Client

from actors.models import Actor
from conflict.kit.problems import Refused
from events.models import Incident, Trace
from events.verbs.publishing import publish
from events.verbs.redacting import redact
from events.verbs.releasing import release
from events.verbs.withdrawing import merge, merge_actors, retract
from tests.record.cast import actor, ambush, claim

pytestmark = pytest.mark.usefixtures("database")


@pytest.fixture
def army():
    return actor("army", "state_force", "Malian Armed Forces")


@pytest.fixture
def rebels():
    return actor("rebels", "rebel", "Azawad Liberation Front")


@pytest.fixture
def published(army, rebels) -> Incident:
    incident = ambush(army, rebels)
    publish([incident], [army, rebels], reason="First reports")
    incident.refresh_from_db()
    return incident


def client() -> Client:
    return Client(headers={"host": "localhost"})


def get(path: str) -> dict:
    response = client().get(path if path.startswith("http") else f"/api/v1/{path}")
    assert response.status_code == 200, response.content
    return response.json()


def problem(path: str) -> dict:
    response = client().get(f"/api/v1/{path}")
    assert response.status_code in (400, 404), response.content
    return response.json()["problems"][0]


def edit(incident: Incident, **changes: object) -> Incident:
    Incident.objects.filter(pk=incident.pk).update(revision=incident.revision + 1, **changes)
    incident.refresh_from_db()
    return incident


def differences(incident: Incident) -> dict[str, Any]:
    found = get(f"incidents/{incident.public_id}/versions")["data"][-1]
    return {entry["field"]: entry for entry in found["changed"]}


def test_a_version_says_which_fields_it_changed_from_what_to_what_and_why(published):
    edit(published, event_subtype="clash", title_en="Clash near Aguelhok")
    publish([published], reason="The army speaks of a clash")
    versions = get(f"incidents/{published.public_id}/versions")["data"]
    assert [version["reason"] for version in versions] == ["First reports", "The army speaks of a clash"]
    assert versions[0]["changed"] is None
    found = {entry["field"]: (entry["old"], entry["new"]) for entry in versions[1]["changed"]}
    assert found == {
        "event_subtype": ("ambush", "clash"),
        "titles": ({"en": "Convoy ambushed near Aguelhok"}, {"en": "Clash near Aguelhok"}),
    }


def test_claims_added_removed_and_changed_are_told_apart(published, army, rebels):
    said = published.claims.get(claimant_actor=army)
    said.low = 12
    said.save()
    published.claims.filter(claimant_actor=rebels).update(status="set_aside", set_aside_why="Wrong")
    claim(published, rebels, army, low=5, high=5, quantifier="exact")
    publish([edit(published)], reason="Figures revised")
    found = differences(published)["claim_list"]
    assert [(one["claimant"]["slug"], one["low"]) for one in found["added"]] == [("rebels", 5)]
    assert [(one["claimant"]["slug"], one["low"]) for one in found["removed"]] == [("rebels", 3)]
    assert [(one["old"]["low"], one["new"]["low"]) for one in found["changed"]] == [(10, 12)]
    assert differences(published)["fatalities_low"]["old"] == 3


def test_a_claim_that_only_gets_another_number_has_not_changed(published, army):
    first = published.claims.order_by("pk").first()
    first.status, first.set_aside_why = "set_aside", "Wrong"
    first.save()
    publish([edit(published)], reason="One claim set aside")
    found = differences(published)["claim_list"]
    assert (len(found["removed"]), found["added"], found["changed"]) == (1, [], [])


def test_a_renamed_actor_is_no_change_of_its_incidents_and_each_version_keeps_the_name_of_its_day(
    published, army, rebels
):
    rebels.names.update(text="Front of the North")
    publish(actors=[rebels], reason="Renamed")
    publish([edit(published, event_subtype="clash")], reason="A clash")
    assert set(differences(published)) == {"event_subtype"}
    part = published.participations.get(actor=rebels)
    part.label_used = "rebels"
    part.save()
    publish([edit(published)], reason="Another label")
    publish(actors=[named(rebels, "Northern Front")], reason="Renamed again")
    found = differences(published)["actors"]
    assert {one["name"] for one in found["new"]} == {"Malian Armed Forces", "Front of the North"}


def named(known: Actor, name: str) -> Actor:
    known.names.update(text=name)
    return known


def test_a_tombstone_says_when_and_why(published):
    number = retract(published, code="error", reason="It happened elsewhere").number
    response = client().get(f"/api/v1/incidents/{published.public_id}")
    found = response.json()
    assert (response.status_code, found["publication"], found["reason_code"]) == (410, number, "error")
    assert found["at"] == get(f"publications/{number}")["at"]


def test_a_retraction_and_a_redaction_stand_in_the_versions_with_their_codes(published):
    redact(published, words=["ambushed"], code="privacy", reason="A name was given")
    retract(published, code="error", reason="It happened elsewhere")
    found = get(f"incidents/{published.public_id}/versions")
    assert found["data"][-1]["state"] == "retracted"
    assert (found["data"][-1]["reason_code"], found["data"][-1]["changed"]) == ("error", None)
    assert [(one["version"], one["reason_code"]) for one in found["redactions"]] == [(1, "privacy")]


class Copy:
    """What somebody keeps who knows the record through `changes` alone, as the documentation tells them to."""

    def __init__(self) -> None:
        self.incidents: dict[str, dict] = {}
        self.actors: dict[str, dict] = {}
        self.merged: dict[str, str] = {}
        self.at = 0

    def follow(self, query: str = "", limit: int = 2, between: Callable[[], None] = lambda: None) -> None:
        page = get(f"changes?since={self.at}&limit={limit}{query}")
        self.apply(page["data"])
        while page["next"]:
            between()
            page = get(page["next"])
            self.apply(page["data"])
        self.at = page["publication"]

    def apply(self, changes: list[dict]) -> None:
        for change in changes:
            (self.of_incident if change["subject"] == "incident" else self.of_actor)(change)

    def of_incident(self, change: dict) -> None:
        if change["change"] in ("retracted", "merged") or not change["matches"]:
            self.incidents.pop(change["id"], None)
        elif "incident" in change:
            self.incidents[change["id"]] = change["incident"]

    def of_actor(self, change: dict) -> None:
        if change["change"] == "merged":
            self.actors.pop(change["slug"])
            self.merged[change["slug"]] = change["target"]
        else:
            self.actors[change["slug"]] = change["actor"]

    def digest(self) -> str:
        return digest([self.with_names(row) for row in self.incidents.values()])

    def with_names(self, row: dict) -> dict:
        """The incident with its actors called what they are called in the copy."""
        parts = []
        for part in row["actors"]:
            slug = self.merged.get(part["slug"], part["slug"])
            parts.append(
                {
                    **part,
                    "slug": slug,
                    "name": self.actors[slug]["name_en"],
                    "kind": self.actors[slug]["kind"],
                }
            )

        def names(*roles: str) -> str:
            return "; ".join(dict.fromkeys(part["name"] for part in parts if part["role"] in roles))

        return {
            **row,
            "actors": parts,
            "side_a": names("side_a", "ally_a"),
            "side_b": names("side_b", "ally_b"),
            "actor_slugs": "; ".join(dict.fromkeys(part["slug"] for part in parts)),
        }


def digest(rows: list[dict]) -> str:
    ordered = sorted(rows, key=lambda row: row["id"])
    return hashlib.sha256(json.dumps(ordered, sort_keys=True).encode()).hexdigest()


def exported(query: str = "") -> str:
    response = client().get(f"/api/v1/incidents.ndjson?{query}")
    lines = b"".join(response.streaming_content).splitlines()
    rows = [json.loads(line) for line in lines[1:-1]]
    assert json.loads(lines[-1])["end"]["rows"] == len(rows)
    return digest(rows)


@pytest.fixture
def eventful(published, army, rebels) -> list[Incident]:
    """A record with every kind of change: a large publication, corrections, a merger, a retraction, a redaction."""
    many = [ambush(army, rebels, title_en=f"Ambush {n}", country="NER" if n % 2 else "MLI") for n in range(9)]
    publish(many, reason="A large publication")
    for incident in many:
        incident.refresh_from_db()
    publish([edit(many[0], event_subtype="clash"), edit(many[1], country="BFA")], reason="Two corrections")
    retract(many[2], code="duplicate", reason="Counted twice")
    merge(many[3], many[4], reason="The same ambush")
    redact(many[5], words=["separatists"], code="privacy", reason="A label could identify somebody")
    front = actor("front", "rebel", "The Front")
    publish(actors=[named(army, "Armed Forces of Mali"), front], reason="Renamed; a new one")
    merge_actors(rebels, front, reason="The same group")
    return many


@pytest.mark.parametrize("limit", [1, 2, 3, 1000])
def test_a_copy_that_follows_the_changes_from_nothing_is_the_full_export(eventful, limit):
    copy = Copy()
    copy.follow(limit=limit)
    assert len(copy.incidents) == 8
    assert copy.digest() == exported()
    assert {slug: one["name_en"] for slug, one in copy.actors.items()} == {
        one["slug"]: one["name"] for one in get("actors")["data"]
    }


def test_a_copy_that_comes_back_after_each_act_loses_nothing(published, army, rebels):
    copy = Copy()
    acts: list[Callable[[Incident], object]] = [
        lambda incident: publish([edit(incident, event_subtype="clash")], reason="A clash"),
        lambda incident: redact(incident, words=["separatists"], code="privacy", reason="A label"),
        lambda incident: publish(actors=[named(rebels, "Another name")], reason="Renamed"),
        lambda incident: publish([ambush(army, rebels)], reason="One more"),
        lambda incident: retract(incident, code="error", reason="Wrong"),
    ]
    for act in acts:
        copy.follow(limit=1)
        assert copy.digest() == exported()
        act(published)
    copy.follow(limit=1)
    assert copy.digest() == exported()
    assert copy.at == 6


def test_a_page_inside_a_publication_is_continued_although_the_record_goes_on(eventful, army, rebels):
    copy, number = Copy(), get("publications")["publication"]
    copy.follow(limit=2, between=lambda: publish([ambush(army, rebels)], reason="Meanwhile"))
    assert copy.at == number
    assert copy.digest() == exported(f"as_of={number}")
    copy.follow()
    assert copy.digest() == exported()


def test_a_copy_under_a_filter_drops_what_leaves_it(eventful):
    copy = Copy()
    copy.follow("&country=NER")
    assert copy.digest() == exported("country=NER")
    assert eventful[1].public_id not in copy.incidents
    left = [c for c in get("changes?country=NER&limit=100")["data"] if c.get("matches") is False]
    assert {"MLI": 0, "BFA": 1}.items() <= {"MLI": 0, "BFA": sum("incident" in c for c in left)}.items()


def test_a_correction_in_the_changes_names_the_fields_with_old_and_new_values(eventful):
    found = [one for one in get("changes?limit=1000")["data"] if one["change"] == "corrected"]
    by_field = {
        (entry["field"], entry["old"], entry["new"])
        for one in found
        if one["subject"] == "incident"
        for entry in one["changed"]
    }
    assert by_field == {("event_subtype", "ambush", "clash"), ("country", "NER", "BFA")}
    renamed = next(one for one in found if one["subject"] == "actor")
    assert ("name_en", "Malian Armed Forces", "Armed Forces of Mali") in {
        (entry["field"], entry["old"], entry["new"])
        for entry in renamed["changed"]
        if entry["field"] == "name_en"
    }


def test_changes_name_every_kind_of_act_once_and_mergers_their_target(eventful):
    found = get("changes?since=1&limit=1000")["data"]
    kinds = [(one["subject"], one["change"]) for one in found]
    assert kinds.count(("incident", "created")) == 9
    assert {
        ("incident", "redacted"),
        ("incident", "retracted"),
        ("incident", "merged"),
        ("actor", "merged"),
    } <= set(kinds)
    targets = {one["change"] + one["subject"]: one["target"] for one in found if one["change"] == "merged"}
    assert targets == {"mergedincident": eventful[4].public_id, "mergedactor": "front"}
    assert [one["publication"] for one in found] == sorted(one["publication"] for one in found)


def test_changes_of_one_subject_leave_the_other_out(eventful):
    assert {one["subject"] for one in get("changes?subject=actor&limit=1000")["data"]} == {"actor"}
    assert {one["subject"] for one in get("changes?subject=incident&limit=1000")["data"]} == {"incident"}


@pytest.mark.parametrize(
    ("query", "field"),
    [
        ("since=x", "since"),
        ("since=1&since=2", "since"),
        ("until=2025-01-01", "until"),
        ("sins=1", "sins"),
        ("cursor=a.b", "cursor"),
        ("limit=0", "limit"),
        ("subject=all&subject=actor", "subject"),
    ],
)
def test_a_wrong_parameter_of_changes_is_refused_by_name(published, query, field):
    assert problem(f"changes?{query}")["field"] == field


def test_a_cursor_is_good_for_its_own_question_only(eventful):
    cursor = get("changes?limit=2")["next"].partition("cursor=")[2]
    assert problem(f"changes?limit=2&country=MLI&cursor={cursor}")["field"] == "cursor"
    assert problem(f"incidents?cursor={cursor}")["field"] == "cursor"


def test_ids_of_versions_and_redactions_rise_with_the_publication_as_paging_relies_on(eventful, army, rebels):
    publish([ambush(army, rebels) for _ in range(20)], reason="Many")
    tables = {"incident_version": "version_id, known_from", "actor_version": "version_id, known_from"}
    with connections["record"].cursor() as cursor:
        for table, columns in {**tables, "redaction": "id, publication"}.items():
            cursor.execute(f"SELECT {columns} FROM record.{table} ORDER BY 1")
            numbers = [number for _, number in cursor.fetchall()]
            assert numbers and numbers == sorted(numbers), table


def test_an_outsider_can_follow_the_chain_with_sha256_alone(eventful):
    previous = hashlib.sha256(b"Sahel Conflict Tracker").hexdigest()
    for row in reversed(get("publications?limit=1000")["data"]):
        found = get(f"publications/{row['number']}")
        assert found["previous"] == previous
        sealed = bytes.fromhex(found["previous"] + found["content"]) + found["sealed"].encode()
        assert hashlib.sha256(sealed).hexdigest() == found["digest"] == row["digest"]
        previous = found["digest"]


def test_publications_are_paged_to_the_first(eventful):
    page, numbers = get("publications?limit=3"), []
    numbers += [row["number"] for row in page["data"]]
    while page["next"]:
        page = get(page["next"])
        numbers += [row["number"] for row in page["data"]]
    assert numbers == list(range(8, 0, -1))


@pytest.mark.parametrize("number", [0, 99, 99999999999])
def test_an_unknown_publication_is_not_found(published, number):
    assert problem(f"publications/{number}")["field"] == "number"


def test_a_release_names_a_publication_for_ever(published):
    made = release("2025-annual", "Annual release 2025", reason="Yearly")
    publish([edit(published, event_subtype="clash")], reason="Later")
    assert get("incidents?as_of=2025-annual")["data"][0]["event_subtype"] == "ambush"
    found = get("releases")["data"][0]
    assert (found["publication"], found["digest"]) == (1, made.digest)
    assert found["digest"] == get("publications/1")["digest"]
    assert Trace.objects.get(verb="release").publication == 1


def test_a_release_is_seen_although_no_publication_followed(published):
    before = client().get("/api/v1/releases")
    release("a", "A", reason="First")
    again = client().get("/api/v1/releases", headers={"if-none-match": before["ETag"]})
    assert (again.status_code, len(again.json()["data"])) == (200, 1)
    same = client().get("/api/v1/releases", headers={"if-none-match": again["ETag"]})
    assert (same.status_code, same.content) == (304, b"")


def test_a_release_is_cited_in_three_ways(published):
    release("2025.1", 'Clashes & "raids" 50%', reason="Yearly")
    as_text = {
        form: client().get(f"/api/v1/releases/2025.1?format={form}").content.decode()
        for form in ("apa", "bibtex", "cff")
    }
    assert get("releases/2025.1")["citations"] == as_text
    url = "http://localhost/api/v1/releases/2025.1"
    assert as_text["apa"].startswith("Sahel Conflict Tracker. (20") and as_text["apa"].endswith(
        f"[Data set]. {url}\n"
    )
    assert r"Clashes \& " in as_text["bibtex"] and r"50\%" in as_text["bibtex"]
    cff = yaml.safe_load(as_text["cff"])
    assert (cff["cff-version"], cff["type"], cff["version"]) == ("1.2.0", "dataset", "2025.1")
    assert (cff["title"], cff["authors"]) == ('Clashes & "raids" 50%', [{"name": "Sahel Conflict Tracker"}])


@pytest.mark.parametrize("name", ["2025", "2025-06-13", "Annual", "", "a" * 41, "-a"])
def test_a_name_that_could_be_mistaken_is_refused(published, name):
    with pytest.raises(Refused, match="name"):
        release(name, "Title", reason="Why")
    assert get("releases")["data"] == []


def test_a_name_is_given_once_and_only_to_a_publication_that_exists(published):
    release("a", "A", reason="First")
    with pytest.raises(Refused, match="no release has yet"):
        release("a", "Another", reason="Second")
    with pytest.raises(Refused, match="from 1 to 1"):
        release("b", "B", publication=2, reason="Third")


def test_the_command_releases_and_refuses_in_words(published, capsys):
    call_command("release", "2025.1", "First release")
    assert "Release 2025.1 is publication 1: First release" in capsys.readouterr().out
    with pytest.raises(CommandError, match="no release has yet"):
        call_command("release", "2025.1", "First release")


def test_an_unknown_release_or_citation_is_refused(published):
    assert problem("releases/none")["field"] == "name"
    release("a", "A", reason="First")
    assert problem("releases/a?format=ris")["field"] == "format"
