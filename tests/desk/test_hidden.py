"""What a person may not know of answers exactly as if it did not exist."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from django.test import Client

from events.codes import State
from events.models import Claim, Incident, Source, Trace
from events.policy import (
    INCIDENTS,
    THINGS,
    Act,
    DeskRole,
    incident_table,
    may,
    may_thing,
    roles_of,
    thing_table,
)
from events.verbs.publishing import publish
from tests.desk.browsing import LOCAL, public
from tests.record.cast import ambush

STATES = [state for state in State if state not in (State.RETRACTED, State.MERGED)]


def missing_page(desk, path: str) -> bytes:
    response = desk.open(path)
    assert response.status_code == 404
    return re.sub(rb'csrfmiddlewaretoken" value="\w+"', b"", response.content)


@pytest.mark.parametrize("name", ["bakary", "chantal"])
def test_editors_see_the_drafts_of_others(draft, at, name):
    assert at(name).open(f"events/incident/{draft.pk}/change/").status_code == 200


def test_a_contributor_sees_their_own_drafts_alone(draft, at, people, army, rebels):
    other = ambush(army, rebels, author=people.aminata, title_en="Village attacked near Djibo")
    moussa = at("moussa")
    assert moussa.open(f"events/incident/{draft.pk}/change/").status_code == 200
    listed = moussa.open("events/incident/").content.decode()
    assert "Convoy ambushed" in listed
    assert "Djibo" not in listed
    nowhere = missing_page(moussa, "events/incident/999999/change/")
    for path in ("change/", "history/"):
        assert missing_page(moussa, f"events/incident/{other.pk}/{path}") == nowhere
    assert missing_page(moussa, f"events/incident/acts/submit/?ids={other.pk}") == nowhere


def test_search_and_choices_do_not_tell_of_hidden_drafts(draft, at, people, army, rebels):
    other = ambush(army, rebels, author=people.aminata, title_en="Village attacked near Djibo")
    moussa = at("moussa")
    assert "0 results" in moussa.open("events/incident/?q=Djibo").content.decode()
    found = moussa.open("autocomplete/?term=Djibo&app_label=events&model_name=incident&field_name=follows")
    assert found.json()["results"] == []
    form = moussa.edit(draft)
    said = []
    for number in (other.pk, 999999):
        form["follows"] = str(number)
        page = form.send(reason="A guess").content.decode().replace(str(number), "N")
        said.append("Djibo" not in page and "Select a valid choice" in page)
    assert said == [True, True]


@pytest.mark.parametrize(
    "path", ["events/trace/", "events/report/", "events/feed/", "auth/user/", "events/importrun/"]
)
def test_a_contributor_has_no_such_tables(at, path):
    moussa = at("moussa")
    assert missing_page(moussa, path) == missing_page(moussa, "events/nothing/")


def test_the_technical_admin_keeps_accounts_and_sees_no_draft(draft, at):
    tiemoko = at("tiemoko")
    assert tiemoko.open("auth/user/").status_code == 200
    missing_page(tiemoko, f"events/incident/{draft.pk}/change/")
    missing_page(tiemoko, "events/trace/")


def test_a_person_without_a_role_does_not_get_in(people):
    people.moussa.groups.clear()
    client = Client(headers=LOCAL)
    client.force_login(people.moussa)
    assert client.get("/admin/").status_code == 302


@pytest.fixture
def informant(published, army):
    source = Source.objects.create(slug="informant-7", name="Informant Seven", kind="person", public=False)
    Claim.objects.create(
        incident=published,
        claimant_source=source,
        measure="killed",
        low=7,
        high=7,
        phrase="seven",
        status="accepted",
    )
    return source


@pytest.mark.parametrize(
    "path",
    [
        "events/incident/{incident}/change/",
        "events/source/",
        "events/source/?q=inform",
        "events/incident/{incident}/history/",
    ],
)
def test_a_source_that_is_not_public_is_for_chief_editors(published, informant, at, path):
    page = at("aminata").open(path.format(incident=published.pk)).content.decode()
    assert "Informant" not in page
    assert "seven" not in page


def test_a_hidden_source_is_not_found_by_its_number_and_each_look_is_traced(informant, at, people):
    aminata = at("aminata")
    assert missing_page(aminata, f"events/source/{informant.pk}/change/") == missing_page(
        aminata, "events/source/99999/change/"
    )
    assert at("chantal").open(f"events/source/{informant.pk}/change/").status_code == 200
    looked = Trace.objects.get(verb="read")
    assert (looked.subject, looked.by) == (f"source:{informant.pk}", people.chantal)


def test_lists_keep_the_name_back_and_every_other_look_is_traced(published, informant, at):
    chantal = at("chantal")
    assert "Informant" not in chantal.open("events/source/").content.decode()
    assert not Trace.objects.filter(verb="read").exists()
    assert "Informant Seven" in chantal.open(f"events/incident/{published.pk}/change/").content.decode()
    found = chantal.open(
        "autocomplete/?term=Inform&app_label=events&model_name=claim&field_name=claimant_source"
    )
    assert found.json()["results"][0]["text"] == "Informant Seven"
    assert Trace.objects.filter(verb="read", subject=f"source:{informant.pk}").count() == 2


def test_the_record_never_names_a_source_that_is_not_public(published, informant, people):
    publish([published], by=people.djibril, reason="One more figure")
    said = public(f"incidents/{published.public_id}").content.decode()
    assert "seven" in said
    assert "A source known to the editors" in said
    assert "informant" not in said.lower()


def test_an_editor_saves_an_incident_and_the_hidden_claim_stays(published, informant, at):
    assert at("aminata").edit(published).send(title_en="Convoy attacked", reason="A word").status_code == 302
    assert published.claims.filter(claimant_source=informant).exists()


def test_the_policy_denies_what_it_does_not_name(people):
    assert not may_thing(people.chantal, Act.REVISE, "session")
    assert not may_thing(people.tiemoko, Act.READ, "incident")
    people.chantal.is_active = False
    people.chantal.__dict__.pop("_desk_roles", None)
    assert roles_of(people.chantal) == frozenset()


@pytest.mark.parametrize("state", STATES)
@pytest.mark.parametrize("role", DeskRole)
def test_the_pages_follow_the_table(state, role, at, people, army, rebels):
    holder = {
        DeskRole.CONTRIBUTOR: "moussa",
        DeskRole.EDITOR: "bakary",
        DeskRole.CHIEF: "djibril",
        DeskRole.TECHNICAL: "tiemoko",
    }[role]
    row = ambush(army, rebels, author=people.aminata, state=state, public_id="MLI-2025-00001")
    grant = INCIDENTS[state].get(role)
    seen = bool(grant and Act.READ in grant.acts and not grant.own)
    response = at(holder).open(f"events/incident/{row.pk}/change/")
    assert response.status_code == (200 if seen else 404)
    if seen:
        assert (b'name="reason"' in response.content) == (Act.REVISE in grant.acts)
    for act, name in (
        (Act.APPROVE, "approve"),
        (Act.PUBLISH, "publish"),
        (Act.RETRACT, "retract"),
        (Act.SUBMIT, "submit"),
    ):
        allowed = at(holder).open(f"events/incident/acts/{name}/?ids={row.pk}").status_code == 200
        assert allowed == may(getattr(people, holder), act, row)


def test_the_tables_in_the_documentation_are_those_of_the_code():
    text = (Path(__file__).parents[2] / "docs" / "desk.md").read_text(encoding="utf-8")
    assert incident_table() in text
    assert thing_table() in text
    assert set(THINGS) >= {"actor", "source", "report", "trace"}
    assert set(INCIDENTS) == set(State)


def test_numbers_of_incidents_that_do_not_exist_answer_like_hidden_ones(draft, at, people):
    Incident.objects.filter(pk=draft.pk).update(author=people.aminata)
    moussa = at("moussa")
    assert missing_page(moussa, f"events/incident/{draft.pk}/change/") == missing_page(
        moussa, "events/incident/4242/change/"
    )
