"""A further report on a known incident: claims beside the first's, nothing overwritten, nothing published."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from django.contrib.auth.models import User

from actors.models import Actor
from events.ingest.working import extract_report, read_report
from events.models import Claim, Incident, Proposal, Report, Source, Trace
from events.verbs.attaching import certain
from events.verbs.reporting import keep_report
from events.verbs.tracing import trace

FIRST = (
    "MENAKA, Mali, June 14, 2025 - Gunmen ambushed a Malian army convoy near Menaka on Friday, officials said. "
    "At least 12 soldiers were killed, the Malian army said."
)
SECOND = (
    "MENAKA, Mali, June 15, 2025 - Seventeen soldiers were killed in an ambush on an army convoy near Menaka on "
    "Friday, a local official said."
)
ELSEWHERE = "GAO, Mali, June 15, 2025 - A protest was held in Gao on Saturday, residents said."
LATER = (
    "MENAKA, Mali, June 20, 2025 - Nine soldiers were killed in an ambush on an army convoy near Menaka on "
    "Thursday, the Malian army said."
)


@pytest.fixture
def desk(database) -> Source:
    Actor.objects.create(slug="malian-armed-forces", kind="state_force", country="MLI")
    return Source.objects.create(slug="wire", name="Example Wire")


def handled(source: Source, text: str) -> Proposal:
    day = 20 if text is LATER else 15
    report, _ = keep_report(
        source=source,
        content=text.encode(),
        content_type="text/plain",
        published_at=datetime(2025, 6, day, tzinfo=UTC),
    )
    read_report(report.pk)
    Report.objects.filter(pk=report.pk).update(due_at=None)
    extract_report(report.pk)
    report.refresh_from_db()
    assert report.state == "proposed", (report.state, report.problem)
    return Proposal.objects.get(report=report)


def row(incident: int) -> dict:
    found = Incident.objects.filter(pk=incident).values().get()
    return {name: value for name, value in found.items() if name != "updated_at"}


def killed(incident: int) -> list[tuple[int, str]]:
    claims = Claim.objects.filter(incident=incident, measure="killed").order_by("pk")
    return list(claims.values_list("low", "status"))


def test_a_second_report_adds_its_figures_beside_the_first_and_says_why(desk) -> None:
    first = handled(desk, FIRST)
    before = row(first.incident_id)
    second = handled(desk, SECOND)
    assert second.incident_id == first.incident_id and second.match["attached"] is True
    (best,) = second.match["candidates"]
    assert best["incident"] == first.incident_id and best["score"] > 0.9
    assert "same place" in best["why_en"] and "same day" in best["why_en"] and "même lieu" in best["why_fr"]
    assert killed(first.incident_id) == [(12, "pending"), (17, "pending")]
    after = row(first.incident_id)
    changed = {name for name in before if before[name] != after[name]}
    assert changed == {"source_list", "revision"}, (
        "a citation more, which an editor with the draft open is told of"
    )
    added = Claim.objects.get(incident=first.incident_id, low=17)
    assert added.relayed_by in {entry["key"] for entry in after["source_list"]}
    assert Trace.objects.filter(
        verb="attach", subject=f"incident:{first.incident_id}", role="worker"
    ).exists()


def test_other_incidents_get_drafts_of_their_own(desk) -> None:
    first = handled(desk, FIRST)
    for text in (ELSEWHERE, LATER):
        other = handled(desk, text)
        assert other.incident_id not in (None, first.incident_id) and "attached" not in other.match
    assert killed(first.incident_id) == [(12, "pending")]


def test_what_an_editor_has_set_stays_and_only_pending_claims_are_added(desk) -> None:
    first = handled(desk, FIRST)
    editor = User.objects.create(username="aminata")
    incident = Incident.objects.get(pk=first.incident_id)
    incident.title_en, incident.place_name, incident.outcome = (
        "Ambush on the road",
        "Ménaka, east",
        "repelled",
    )
    incident.save()
    Claim.objects.filter(incident=incident).update(status="accepted", low=14)
    trace("revise", incident, by=editor, role="editor", reason="checked")
    before, parts = row(incident.pk), list(incident.participations.values())
    second = handled(desk, SECOND)
    assert second.incident_id == incident.pk
    assert row(incident.pk) == before and list(incident.participations.values()) == parts
    assert killed(incident.pk) == [(14, "accepted"), (17, "pending")]


def test_a_published_incident_gets_a_pending_claim_and_the_record_nothing(desk, superuser_connection) -> None:
    first = handled(desk, FIRST)
    Incident.objects.filter(pk=first.incident_id).update(
        state="published", public_id="MLI-2025-00001", published_revision=1
    )
    before = row(first.incident_id)
    handled(desk, SECOND)
    assert row(first.incident_id) == before
    assert killed(first.incident_id)[-1] == (17, "pending")
    (versions,) = superuser_connection.execute("SELECT count(*) FROM record.incident_version").fetchone()
    (acts,) = superuser_connection.execute("SELECT count(*) FROM record.publication").fetchone()
    assert (versions, acts) == (0, 0)


def test_a_third_report_with_the_same_figures_adds_no_claim_twice(desk) -> None:
    first = handled(desk, FIRST)
    third = handled(
        desk,
        "BAMAKO, Mali, June 14, 2025 - The Malian army said at least 12 soldiers were killed on Friday when their "
        "convoy drove into an ambush near Menaka.",
    )
    assert third.incident_id == first.incident_id
    assert [low for low, _ in killed(first.incident_id)] == [12]


GOOD = ["same_place", "same_day", "same_sides"]


@pytest.mark.parametrize(
    ("score", "codes", "second", "taken"),
    [
        (0.99, GOOD, 0.3, True),
        (0.92, GOOD, 0.3, False),
        (0.99, GOOD, 0.96, False),
        (0.99, [*GOOD, "other_actors"], 0.3, False),
        (0.99, [*GOOD, "other_type"], 0.3, False),
        (0.99, ["apart", "same_day"], 0.3, False),
        (0.99, ["same_place", "days_apart"], 0.3, False),
        (0.99, ["same_place", "days_apart", "figures_equal"], 0.3, True),
    ],
)
def test_only_what_is_as_good_as_certain_is_taken_without_a_person(score, codes, second, taken) -> None:
    best = {"incident": 1, "score": score, "reasons": [{"code": code} for code in codes]}
    other = {"incident": 2, "score": second, "reasons": []}
    assert certain(best, [other]) is taken
