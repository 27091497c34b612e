"""A second report on an incident: its proposal names the draft of the first, with reasons, and changes nothing of it."""

from __future__ import annotations

import pytest

from actors.models import Actor
from events.ingest.working import extract_report, read_report
from events.models import Claim, Incident, Proposal, Report, Source
from events.verbs.reporting import keep_report

FIRST = (
    "MENAKA, Mali, June 14, 2025 - Gunmen ambushed a Malian army convoy near Menaka on Friday, officials said. "
    "At least 12 soldiers were killed, the Malian army said."
)
SECOND = (
    "MENAKA, Mali, June 15, 2025 - Seventeen soldiers were killed in an ambush on an army convoy near Menaka on "
    "Friday, a local official said."
)
ELSEWHERE = "GAO, Mali, June 15, 2025 - A protest was held in Gao on Saturday, residents said."


@pytest.fixture
def desk(database) -> Source:
    Actor.objects.create(slug="malian-armed-forces", kind="state_force", country="MLI")
    return Source.objects.create(slug="wire", name="Example Wire")


def handled(source: Source, text: str) -> Proposal:
    report, _ = keep_report(source=source, content=text.encode(), content_type="text/plain")
    read_report(report.pk)
    Report.objects.filter(pk=report.pk).update(due_at=None)
    extract_report(report.pk)
    report.refresh_from_db()
    assert report.state == "proposed", (report.state, report.problem)
    return Proposal.objects.get(report=report)


def test_a_second_report_finds_the_first_and_leaves_it_alone(desk) -> None:
    first = handled(desk, FIRST)
    before = Incident.objects.filter(pk=first.incident_id).values().get()
    elsewhere = handled(desk, ELSEWHERE)
    second = handled(desk, SECOND)
    (best,) = second.match["candidates"]
    assert best["incident"] == first.incident_id and best["score"] > 0.8
    assert "same place" in best["why_en"] and "same day" in best["why_en"] and "même lieu" in best["why_fr"]
    assert first.match == {"candidates": []} and elsewhere.match == {"candidates": []}
    assert Incident.objects.filter(pk=first.incident_id).values().get() == before
    assert Claim.objects.filter(incident=first.incident_id).count() == len(first.extraction["claims"])
