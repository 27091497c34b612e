"""A report's states: each step happens once, nothing is lost when the broker is, nothing is tried for ever."""

from __future__ import annotations

from datetime import timedelta

import pytest
from celery import current_app
from django.utils import timezone

from events.ingest import working
from events.ingest.working import extract_report, read_report
from events.models import Incident, Proposal, Report, Source, Trace
from events.tasks import read, sweep
from events.verbs import attaching
from events.verbs.proposing import propose
from events.verbs.reporting import (
    MOST_ATTEMPTS,
    give_up,
    keep_report,
    overdue,
    retry,
    set_aside,
    take,
    try_again,
)


def kept(text: str = "Some words that make a report.") -> Report:
    source, _ = Source.objects.get_or_create(slug="desk", defaults={"name": "Desk"})
    report, _ = keep_report(source=source, content=text.encode(), content_type="text/plain")
    return report


def test_the_same_bytes_are_one_report(database):
    source = Source.objects.create(slug="s", name="S")
    first = keep_report(source=source, content=b"the same", content_type="text/plain")
    second = keep_report(source=source, content=b"the same", content_type="text/plain")
    assert (first[0].pk, first[1], second[1]) == (second[0].pk, True, False)
    assert Trace.objects.filter(verb="keep_report").count() == 1


def test_one_of_two_workers_gets_a_report(database):
    report = kept()
    assert take(report.pk, "new") is not None
    assert take(report.pk, "new") is None


def test_what_the_broker_forgot_is_found_again(database):
    report = kept()
    assert overdue() == []
    Report.objects.update(due_at=timezone.now() - timedelta(minutes=2))
    assert overdue() == [("events.tasks.read", report.pk)]


def test_a_dead_broker_does_not_fail_the_keeping_of_a_report(database, monkeypatch):
    def refuse(*args, **kwargs):
        raise ConnectionRefusedError("no broker")

    monkeypatch.setattr(current_app, "send_task", refuse)
    assert kept().pk


def test_after_five_failures_a_report_waits_for_an_editor(database):
    report = kept()
    for attempt in range(1, MOST_ATTEMPTS + 1):
        Report.objects.update(due_at=timezone.now())
        taken = take(report.pk, "new")
        assert taken.attempts == attempt
        try_again(taken, "the parser fell over")
    report.refresh_from_db()
    assert report.state == "set_aside"
    assert report.problem.startswith("gave up after 5 attempts")
    set_aside(report, "still")
    assert Trace.objects.filter(verb="report_set_aside").count() == 2


def test_a_text_that_leads_the_rules_in_a_circle_is_set_aside_at_once(database, monkeypatch):
    def circle(*args):
        while True:
            pass

    monkeypatch.setattr(working, "extract", circle)
    monkeypatch.setattr(working, "EXTRACTION_SECONDS", 0.2)
    report = kept()
    read(report.pk)
    report.refresh_from_db()
    assert report.state == "set_aside"
    assert report.problem == "extraction took more than 0.2 seconds of processor time"


def test_a_report_that_every_worker_dies_of_is_set_aside_by_the_sweeper_and_can_be_sent_again(database):
    report = kept()
    for attempt in range(1, MOST_ATTEMPTS + 1):
        Report.objects.update(due_at=timezone.now() - timedelta(minutes=1))
        assert give_up() == 0
        assert take(report.pk, "new").attempts == attempt, "taken, and never heard of again"
    assert give_up() == 0, "the last one may still be at work"
    Report.objects.update(due_at=timezone.now() - timedelta(minutes=1))
    sweep()
    report.refresh_from_db()
    assert (report.state, overdue()) == ("set_aside", [])
    assert report.problem == "gave up after 5 attempts: the worker ended"
    retry(report, by=None, reason="memory was added")
    report.refresh_from_db()
    assert (report.state, report.attempts, report.problem) == ("new", 0, "")


def test_a_step_that_is_delivered_again_after_it_was_done_does_nothing(database):
    report = kept()
    read_report(report.pk)
    traces = Trace.objects.count()
    for _ in range(3):
        read_report(report.pk)
    assert Trace.objects.count() == traces and Report.objects.get().state == "read"


@pytest.fixture
def sent(monkeypatch) -> list[tuple[str, list[int]]]:
    """Every task that is sent from now on."""
    found: list[tuple[str, list[int]]] = []
    monkeypatch.setattr(current_app, "send_task", lambda task, args, **kwargs: found.append((task, args)))
    return found


def test_the_worker_that_reads_a_report_goes_on_to_extract_and_sends_nothing(database, sent):
    report = kept()
    read(report.pk)
    report.refresh_from_db()
    assert (report.state, report.attempts) == ("nothing", 0)
    assert sent == [("events.tasks.read", [report.pk])]
    verbs = Trace.objects.order_by("pk").values_list("verb", flat=True)
    assert list(verbs) == ["keep_report", "report_read", "report_nothing"]


def test_what_was_read_is_held_for_extraction_and_found_again_when_its_worker_died(database, sent):
    report = kept()
    held = read_report(report.pk)
    assert (held.pk, held.state, held.attempts, bool(held.text)) == (report.pk, "read", 1, True)
    assert take(report.pk, "read") is None, "another worker may not have it before the lease ends"
    Report.objects.update(due_at=timezone.now() - timedelta(minutes=1))
    sweep()
    assert sent[-1] == ("events.tasks.extract", [report.pk])
    assert take(report.pk, "read").attempts == 2


def test_an_extraction_that_fails_at_its_end_leaves_nothing_and_is_tried_again(database, monkeypatch):
    def fall_over(*told):
        raise RuntimeError("the disk is full")

    report = kept("Ten soldiers were killed on Friday near Gao in Mali, the army said in a statement.")
    monkeypatch.setattr(attaching, "propose", lambda *told: fall_over(propose(*told)))
    read(report.pk)
    report.refresh_from_db()
    assert (report.state, report.attempts) == ("read", 1) and "the disk is full" in report.problem
    assert report.due_at > timezone.now() and not Proposal.objects.exists() and not Incident.objects.exists()
    monkeypatch.undo()
    Report.objects.update(due_at=None)
    extract_report(report.pk)
    report.refresh_from_db()
    assert report.state == "proposed" and Incident.objects.count() == 1


def test_a_long_queue_is_not_sent_twice_in_a_row(database, sent):
    reports = [kept(f"Report number {number} of the day.") for number in range(3)]
    Report.objects.update(due_at=timezone.now() - timedelta(minutes=2))
    sent.clear()
    assert (sweep(), sweep()) == (3, 0)
    assert {tuple(args) for _, args in sent} == {(report.pk,) for report in reports}
    assert take(reports[0].pk, "new") is not None, "sent again, it can be taken at once"
