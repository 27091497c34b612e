"""Retract, merge, redact from the desk, and what the public gets afterwards."""

from __future__ import annotations

import pytest

from actors.models import Person
from conflict.kit.problems import Refused
from events.models import Claim, Trace
from events.record.verifying import verify
from events.verbs.publishing import publish
from events.verbs.redacting import MARK, redact
from events.verbs.withdrawing import merge, merge_actors, retract
from tests.desk.browsing import body, errors, public
from tests.record.cast import ambush


def test_a_retracted_incident_is_gone_with_its_reason_code(published, at):
    assert at("chantal").act("retract", published, code="error").status_code == 302
    gone = public(f"incidents/{published.public_id}")
    assert (gone.status_code, gone.json()["reason_code"]) == (410, "error")
    assert public("incidents").json()["data"] == []


def test_an_editor_cannot_retract(published, at):
    assert at("aminata").open(f"events/incident/acts/retract/?ids={published.pk}").status_code == 404


def test_verbs_ask_who_may_whichever_door_calls_them(published, people, army, rebels):
    acts = {
        "retract": lambda: retract(published, code="error", reason="Wrong", by=people.aminata),
        "redact": lambda: redact(
            published, words=["convoy"], code="legal", reason="Wrong", by=people.aminata
        ),
        "merge": lambda: merge(
            published,
            ambush(army, rebels, state="published", public_id="X"),
            reason="Same",
            by=people.aminata,
        ),
        "merge actors": lambda: merge_actors(army, rebels, reason="Same", by=people.aminata),
        "publish": lambda: publish([published], reason="Again", by=people.bakary),
    }
    for name, act in acts.items():
        with pytest.raises(Refused) as refusal:
            act()
        assert refusal.value.status == 403, name


def test_a_merged_incident_leads_to_its_target(published, at, people, army, rebels):
    double = ambush(army, rebels, author=people.aminata, state="approved", title_en="The same ambush")
    publish([double], by=people.chantal, reason="Second report")
    double.refresh_from_db()
    assert at("djibril").act("merge", double, target=str(published.pk)).status_code == 302
    moved = public(f"incidents/{double.public_id}")
    assert moved.status_code == 308
    assert moved["Location"].endswith(published.public_id)


def test_an_incident_is_not_merged_into_itself(published, at):
    refused = at("chantal").act("merge", published, target=str(published.pk))
    assert (refused.status_code, "another incident" in errors(refused)) == (400, True)


SECRET = "Boubacar Secret"
PLACES = [
    "incidents/{id}",
    "incidents/{id}?as_of=2",
    "incidents/{id}?as_of=3",
    "incidents?as_of=2",
    "incidents",
    "incidents.csv",
    "incidents.csv?as_of=2",
    "incidents.geojson",
    "changes",
    "changes?since=1",
]


@pytest.fixture
def named(published, people):
    """A person is named in title, summary, label, claim, citation and evidence, in two published versions."""
    spokesman = Person.objects.create(name=SECRET, role_en="spokesman")
    published.title_en = f"Convoy with {SECRET} ambushed"
    published.summary_en = f"{SECRET.upper()} said so."
    published.source_list = [
        {
            "key": "s1",
            "outlet": SECRET,
            "title": "Post",
            "url": "https://example.org/boubacar-secret",
            "date": "2025-06-14",
        }
    ]
    published.save()
    published.evidence.create(kind="video", description_en=f"Shown by {SECRET}", said_by=SECRET)
    published.participations.update(label_used=f"men of {SECRET}")
    Claim.objects.filter(incident=published, low=3).update(
        claimant_actor=None, claimant_person=spokesman, phrase=f"three, says {SECRET}", note=SECRET
    )
    publish([published], reason="Named")
    published.place_name = f"Camp of {SECRET}"
    published.save()
    publish([published], reason="Placed")
    published.refresh_from_db()
    return published


def everywhere(incident) -> bytes:
    return b"".join(body(path.format(id=incident.public_id)) for path in PLACES).lower()


def test_a_redacted_name_is_gone_from_every_version_and_every_door(named, at):
    assert b"boubacar" in everywhere(named)
    assert len(public("incidents?q=secret").json()["data"]) == 1
    response = at("chantal").act(
        "redact", named, words=SECRET, withhold=[], code="source_in_danger", reason="In danger"
    )
    assert response.status_code == 302, errors(response)
    found = everywhere(named)
    assert b"boubacar" not in found
    assert b"secret" not in found
    assert MARK.encode() in found
    # Answers repeat the question, so search is asked for what it finds.
    assert [public(f"incidents?q=secret{when}").json()["data"] for when in ("", "&as_of=2", "&as_of=3")] == [
        [],
        [],
        [],
    ]
    assert public("publications").json()["data"][0]["kind"] == "redact"


def test_the_chain_still_verifies_after_a_redaction_and_a_second_one(named):
    redact(named, words=[SECRET], code="source_in_danger", reason="In danger")
    assert verify().misfit is None
    redact(named, withhold=["place"], code="safety", reason="The place gives it away")
    assert verify().misfit is None
    row = public(f"incidents/{named.public_id}?as_of=2").json()
    assert (row["longitude"], row["place"], row["location_precision"]) == (None, None, "country")


def test_the_next_publication_does_not_bring_it_back(named):
    redact(named, words=[SECRET], withhold=["point"], code="source_in_danger", reason="In danger")
    named.refresh_from_db()
    assert not named.changed_since_published
    publish([named], reason="A correction")
    assert b"boubacar" not in everywhere(named)
    assert public(f"incidents/{named.public_id}").json()["longitude"] is None
    assert verify().misfit is None


def test_traces_lose_the_words_and_keep_the_act(named, people):
    redact(named, words=[SECRET], code="court_order", reason="Order of a court", by=people.chantal)
    traces = Trace.objects.filter(subject=f"incident:{named.pk}")
    assert not any("boubacar" in str(trace.change).lower() + trace.reason.lower() for trace in traces)
    last = traces.first()
    assert (last.verb, last.change["code"], "document" in last.change["fields"]) == (
        "redact",
        "court_order",
        True,
    )


@pytest.mark.parametrize(
    ("asked", "said"),
    [
        ({"words": ["Nobody Here"]}, "stand in a published version"),
        ({"words": ["ab"]}, "at least 3 characters"),
        ({"words": []}, "words to take out"),
        ({"words": [SECRET], "code": "because"}, "one of source_in_danger"),
        ({"words": [SECRET], "reason": f"Protects {SECRET}"}, "without the words"),
        ({"withhold": ["everything"]}, "one of point"),
    ],
)
def test_a_redaction_that_is_unclear_is_refused_and_changes_nothing(named, asked, said):
    before = verify().digest
    with pytest.raises(Refused, match=said):
        redact(named, **{"code": "privacy", "reason": "In danger", **asked})
    assert verify().digest == before


def test_a_word_is_struck_as_a_word_and_codes_stay(named):
    named.summary_en = "The ambushed convoy; an ambush."
    named.save()
    publish([named], reason="Told again")
    redact(named, words=["ambush"], code="legal", reason="A word")
    row = public(f"incidents/{named.public_id}").json()
    assert row["event_subtype"] == "ambush"
    assert row["summary"] == f"The ambushed convoy; an {MARK}."
