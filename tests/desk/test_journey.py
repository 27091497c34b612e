"""An incident from an empty form to the public, by the hands of two people."""

from __future__ import annotations

import pytest

from events.models import Claim, Incident, Trace
from events.verbs.previewing import public_difference
from events.verbs.publishing import publish
from tests.desk.browsing import body, errors, public
from tests.record.cast import ambush

DOORS = ["incidents", "incidents.csv", "incidents.geojson", "facets", "timeline", "changes", "actors"]


@pytest.fixture
def entered(at, army, rebels):
    publish(actors=[army, rebels], reason="Registry")
    form = at("aminata").form("events/incident/add/")
    form["title_en"] = "Convoy ambushed near Aguelhok, Kidal"
    form["event_type"], form["event_subtype"] = "battle", "ambush"
    form["date_start"] = form["date_end"] = "2025-06-13"
    form["country"], form["place_name"], form["location_precision"] = "MLI", "Aguelhok", "near"
    form["point"] = '{"type": "Point", "coordinates": [0.8589, 19.4613]}'
    form["source_list"] = "s1 | Example Wire | 2025-06-14 | Convoy ambushed | https://example.org/1 | en"
    form.row("participations", actor=str(army.pk), role="side_a", label_used="Malian army", confidence="high")
    form.row(
        "participations", actor=str(rebels.pk), role="side_b", label_used="separatists", confidence="high"
    )
    form.row(
        "claims",
        status="accepted",
        stance="allegation",
        measure="killed",
        quantifier="at_least",
        low="10",
        phrase="at least ten",
        phrase_lang="en",
        claimant_actor=str(army.pk),
        about=[str(rebels.pk)],
        relayed_by="s1",
        scope="incident",
        verification="unverified",
    )
    response = form.send(reason="First reports of 14 June")
    assert response.status_code == 302, errors(response)
    return Incident.objects.get()


def test_an_incident_is_entered_with_its_claims_and_one_trace_says_so(entered, people, rebels):
    claim = Claim.objects.get()
    assert (entered.state, entered.author, entered.revision) == ("draft", people.aminata, 1)
    assert (claim.low, claim.high, claim.phrase, list(claim.about.all())) == (
        10,
        None,
        "at least ten",
        [rebels],
    )
    trace = Trace.objects.get(subject=f"incident:{entered.pk}")
    assert (trace.verb, trace.by, trace.reason) == ("open", people.aminata, "First reports of 14 June")
    assert trace.change["fields"]["title_en"] == [None, "Convoy ambushed near Aguelhok, Kidal"]
    assert [part["kind"] for part in trace.change["parts"]] == ["participation", "participation", "claim"]


def test_nothing_of_a_draft_is_public_and_publishing_shows_it(entered, at):
    before = {door: body(door) for door in DOORS}
    at("aminata").act("submit", entered)
    assert {door: body(door) for door in DOORS} == before
    at("chantal").act("approve", entered)
    assert {door: body(door) for door in DOORS} == before
    assert at("chantal").act("publish", entered).status_code == 302
    row = public("incidents").json()["data"][0]
    assert row["title"] == "Convoy ambushed near Aguelhok, Kidal"
    assert (row["fatalities_low"], row["fatalities_high"]) == (10, 10)
    assert (row["longitude"], row["latitude"]) == (0.86, 19.46)


def test_whoever_wrote_it_does_not_approve_it(at, people, army, rebels):
    publish(actors=[army, rebels], reason="Registry")
    own = ambush(army, rebels, author=people.chantal)
    at("chantal").edit(own).send(title_en="Convoy attacked", reason="A better word")
    assert at("chantal").act("submit", own).status_code == 302
    refused = at("chantal").act("approve", own)
    assert refused.status_code == 400
    assert "somebody other than who changed it last" in errors(refused)
    assert at("djibril").act("approve", own).status_code == 302


def test_a_draft_without_sources_is_not_submitted(entered, at):
    Incident.objects.update(source_list=[])
    refused = at("aminata").act("submit", entered)
    assert refused.status_code == 400
    assert "at least one citation" in errors(refused)
    entered.refresh_from_db()
    assert entered.state == "draft"


def test_a_correction_waits_until_a_second_person_publishes_it(published, at):
    form = at("aminata").edit(published)
    assert form.send(title_en="Convoy attacked near Aguelhok", reason="It was no ambush").status_code == 302
    assert public(f"incidents/{published.public_id}").json()["title"] == "Convoy ambushed near Aguelhok"
    changed = at("chantal").open("events/incident/?publication=changed").content.decode()
    assert "Published, changed since" in changed
    preview = at("chantal").open(f"events/incident/acts/publish/?ids={published.pk}").content.decode()
    assert "Convoy ambushed near Aguelhok" in preview
    assert "Convoy attacked near Aguelhok" in preview
    assert "participants" not in preview
    at("chantal").act("publish", published)
    now = public(f"incidents/{published.public_id}").json()
    assert (now["title"], now["version"]) == ("Convoy attacked near Aguelhok", 2)
    assert (
        "Published, changed since"
        not in at("chantal").open("events/incident/?publication=changed").content.decode()
    )


def test_a_chief_editor_does_not_publish_a_correction_of_their_own(published, at):
    at("chantal").edit(published).send(title_en="Convoy attacked near Aguelhok", reason="It was no ambush")
    refused = at("chantal").act("publish", published)
    assert refused.status_code == 400
    assert "somebody other than the author of the last change" in errors(refused)
    assert at("djibril").act("publish", published).status_code == 302


def test_what_is_published_already_as_it_stands_is_not_offered_again(published, at):
    assert at("chantal").open(f"events/incident/acts/publish/?ids={published.pk}").status_code == 404


def test_the_preview_of_a_first_publication_names_actors_and_tells_each_claim_in_a_line(draft, people):
    shown = {one.field: (one.now, one.then) for one in public_difference(draft)}
    assert shown["title_en"] == (None, "Convoy ambushed near Aguelhok")
    assert shown["participants"][1].startswith(
        "Malian Armed Forces, side_a, called “Malian army” (high); Azawad"
    )
    now, then = shown["claims 1"]
    assert now is None and "; low: 10; " in then and "; about: Azawad Liberation Front; " in then
    assert "outlet: Example Wire" in shown["sources s1"][1]
    assert not any(field.startswith("claims 1 ") for field in shown)


def test_an_act_says_what_became_of_what(at, people, draft):
    aminata = at("aminata")
    page = aminata.client.get(aminata.act("submit", draft).url).content.decode()
    assert "Convoy ambushed near Aguelhok: submitted for review." in page
