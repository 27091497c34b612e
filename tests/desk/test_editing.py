"""An edit is whole or not at all, and nobody writes over what they have not seen."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.utils import timezone

from actors.models import Person
from conflict.kit.problems import Refused
from events.models import Claim, Incident, Trace
from events.verbs.editing import Part, approve, revise, seen_of, submit
from tests.desk.browsing import errors


def test_two_editors_at_once_the_second_is_told_who_changed_what(published, at):
    hers, his = at("aminata").edit(published), at("bakary").edit(published)
    assert hers.send(place_name="Tin Zaouatine", reason="Named in the second report").status_code == 302
    refused = his.send(title_en="Convoy attacked", reason="Shorter")
    assert refused.status_code == 409
    assert "aminata changed place_name" in errors(refused)
    published.refresh_from_db()
    assert (published.place_name, published.title_en) == ("Tin Zaouatine", "Convoy ambushed near Aguelhok")


def test_a_refused_claim_stands_beside_its_field_and_nothing_is_saved(published, at, army):
    form = at("aminata").edit(published)
    form["title_en"] = "Convoy attacked"
    form.row(
        "claims",
        claimant_actor=str(army.pk),
        measure="killed",
        quantifier="exact",
        low="3",
        high="9",
        status="accepted",
    )
    refused = form.send(reason="One more claim")
    assert refused.status_code == 400
    assert "low equal to high" in errors(refused)
    published.refresh_from_db()
    assert (published.title_en, published.claims.count()) == ("Convoy ambushed near Aguelhok", 2)


@pytest.mark.parametrize(
    ("field", "value", "said"),
    [
        ("event_subtype", "protest", "clash, ambush, offensive"),
        ("date_end", "2025-06-01", "a day not before 2025-06-13"),
        ("date_end", "2999-01-01", "a day that has come"),
        ("point", "", "a point, because the place is known as"),
        ("point", '{"type": "Point", "coordinates": [999, 19]}', "longitudes from -180 to 180"),
        ("point", "POINT(NaN 19)", "valid"),
        (
            "source_list",
            "s1 | Wire | 2025-06-14 | T | javascript:alert(1)",
            "begins with http:// or https://",
        ),
        ("source_list", "s1 | Wire\ns1 | Other", "a key of its own"),
        ("source_list", "only one part", "Line 1"),
        ("claims-0-relayed_by", "s9", "the key of a citation of this incident: s1"),
        ("claims-0-low", "-3", "greater than or equal to 0"),
        ("claims-0-item_class", "truck", "empty, because measure is killed"),
        ("claims-0-claimant_actor", "", "exactly one claimant"),
        ("participations-1-actor", "not a number", "Select a valid choice"),
        ("reason", "", "Reason for this change: nothing was given"),
    ],
)
def test_what_cannot_be_kept_is_refused_by_field(published, at, field, value, said):
    form = at("aminata").edit(published)
    form["reason"] = "A try"
    form[field] = value
    response = form.send()
    assert response.status_code in (200, 400)
    assert said in errors(response)
    before = published.revision
    published.refresh_from_db()
    assert published.revision == before


def test_the_trace_keeps_every_old_and_new_value(published, at, people):
    claim = published.claims.first()
    form = at("bakary").edit(published)
    form["claims-0-low"], form["claims-1-DELETE"] = "12", "on"
    form.send(place_name="", reason="The wire corrected itself")
    trace = Trace.objects.filter(subject=f"incident:{published.pk}").first()
    assert (trace.by, trace.role, trace.reason) == (people.bakary, "editor", "The wire corrected itself")
    assert trace.change["fields"] == {"place_name": ["Aguelhok", ""]}
    changed, removed = trace.change["parts"]
    assert (changed["id"], changed["act"], changed["fields"]) == (claim.pk, "changed", {"low": [10, 12]})
    assert (removed["act"], removed["fields"]["low"]) == ("removed", [3, None])
    history = at("bakary").open(f"events/incident/{published.pk}/history/").content.decode()
    assert "The wire corrected itself" in history


def test_saving_without_a_change_leaves_no_trace(published, at):
    before = Trace.objects.count()
    assert at("aminata").edit(published).send(reason="Looked at it").status_code == 302
    published.refresh_from_db()
    assert (Trace.objects.count(), published.changed_since_published) == (before, False)


def test_a_change_after_approval_voids_the_approval(draft, people):
    submit(draft, by=people.moussa, reason="Complete")
    approve(draft, by=people.chantal, reason="Read against the source")
    draft.refresh_from_db()
    draft.title_en = "Convoy attacked"
    revise(draft, seen=seen_of(draft), by=people.chantal, reason="A word")
    draft.refresh_from_db()
    assert (draft.state, draft.approver) == ("in_review", None)
    with pytest.raises(Refused, match="somebody other than who changed it last"):
        approve(draft, by=people.chantal, reason="My own word")
    approve(draft, by=people.djibril, reason="Read by a second person")


def test_a_revision_that_was_not_seen_is_neither_submitted_nor_approved(draft, people):
    with pytest.raises(Refused) as refusal:
        submit(draft, by=people.moussa, reason="Complete", seen=str(draft.revision + 1))
    assert refusal.value.status == 409


def test_an_embargo_is_set_by_chief_editors_and_holds_the_publication_back(draft, at, people):
    until = timezone.now() + timedelta(days=2)
    draft.embargo_until = until
    with pytest.raises(Refused) as refusal:
        revise(draft, seen=seen_of(Incident.objects.get()), by=people.moussa, reason="Hold it")
    assert refusal.value.status == 403
    revise(draft, seen=seen_of(Incident.objects.get()), by=people.chantal, reason="Families are not told yet")
    submit(draft, by=people.moussa, reason="Complete")
    approve(draft, by=people.djibril, reason="Right")
    draft.refresh_from_db()
    assert draft.state == "embargoed"
    refused = at("djibril").act("publish", draft)
    assert (refused.status_code, "a time that has passed" in errors(refused)) == (400, True)


def test_a_person_corrected_marks_the_published_incidents_that_quote_them(published, people):
    spokesman = Person.objects.create(name="M. Ramadane")
    Claim.objects.filter(incident=published, low=3).update(claimant_actor=None, claimant_person=spokesman)
    spokesman.name = "Mohamed Elmaouloud Ramadane"
    revise(spokesman, by=people.aminata, reason="Full name")
    published.refresh_from_db()
    assert published.changed_since_published


def test_parts_of_a_new_row_are_saved_with_it_or_not_at_all(people, army):
    row = Incident(
        title_en="Base attacked",
        event_type="battle",
        country="MLI",
        date_start="2025-06-13",
        date_end="2025-06-13",
        location_precision="country",
    )
    row.clean_fields()
    claim = Claim(incident=row, measure="killed", low=3, high=3)
    with pytest.raises(Refused, match="exactly one claimant"):
        revise(row, [Part(claim, {"about": [army]}, name="claims-0")], by=people.moussa, reason="Report")
    assert not Incident.objects.exists()
    claim.claimant_actor = army
    row.pk = None
    revise(row, [Part(claim, {"about": [army]}, name="claims-0")], by=people.moussa, reason="Report")
    assert Claim.objects.get().incident == row
