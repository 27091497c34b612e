"""keep_report and what follows: a report's state says what remains to be done, and each step happens once.

A worker takes a report by a conditional update that also sets when it is due again, so a worker that dies is
followed by another and a task that runs twice has one effect.
"""

from __future__ import annotations

import hashlib
from datetime import datetime, timedelta
from typing import Any

from django.db import transaction
from django.db.models import F, Q
from django.utils import timezone

from events.codes import ReportState
from events.models import Feed, Report, Source
from events.verbs.enqueue import after_commit
from events.verbs.tracing import trace

LEASE = timedelta(minutes=10)
MOST_ATTEMPTS = 5
NEXT_TASK = {ReportState.NEW: "events.tasks.read", ReportState.READ: "events.tasks.extract"}


@transaction.atomic
def keep_report(
    *,
    source: Source,
    content: bytes,
    content_type: str,
    url: str = "",
    final_url: str = "",
    headers: dict[str, str] | None = None,
    fetched_at: datetime | None = None,
    published_at: datetime | None = None,
    title: str = "",
    feed: Feed | None = None,
    problem: str = "",
    role: str = "worker",
) -> tuple[Report, bool]:
    """Keep one capture of a document: its bytes exactly, never edited afterwards. (report, whether it is new).

    The same bytes of the same feed are one report, however often they are delivered.
    """
    report, created = Report.objects.get_or_create(
        feed=feed,
        sha256=hashlib.sha256(content).hexdigest(),
        defaults={
            "source": source,
            "url": url,
            "final_url": final_url,
            "content": content,
            "content_type": content_type[:100],
            "headers": headers or {},
            "fetched_at": fetched_at or timezone.now(),
            "published_at": published_at,
            "title": title[:500],
            "problem": problem,
            "due_at": timezone.now(),
        },
    )
    if created:
        trace("keep_report", report, role=role, change={"url": url, "sha256": report.sha256})
        after_commit(NEXT_TASK[ReportState.NEW], report.pk)
    return report, created


def take(report_id: int, state: str) -> Report | None:
    """Take a report for one step; None when another worker has it or the step is done."""
    now = timezone.now()
    taken = (
        Report.objects.filter(pk=report_id, state=state)
        .filter(Q(due_at__isnull=True) | Q(due_at__lte=now))
        .update(due_at=now + LEASE, attempts=F("attempts") + 1)
    )
    return Report.objects.select_related("source").get(pk=report_id) if taken else None


@transaction.atomic
def finish(report: Report, state: str, **values: Any) -> bool:
    """Record what a step made of a report and what comes next; False when somebody else already has."""
    done = Report.objects.filter(pk=report.pk, state=report.state).update(
        state=state, attempts=0, due_at=timezone.now(), **values
    )
    if done:
        trace("report_" + state, report, role="worker", reason=values.get("problem", ""))
        if state in NEXT_TASK:
            after_commit(NEXT_TASK[ReportState(state)], report.pk)
    return bool(done)


def set_aside(report: Report, problem: str) -> None:
    """What cannot be used goes to the editors' queue with its problem; it is never dropped."""
    finish(report, ReportState.SET_ASIDE, problem=problem[:2000])


def try_again(report: Report, problem: str) -> None:
    """A step failed for a reason that may pass: later again, after the fifth time to the editors."""
    if report.attempts >= MOST_ATTEMPTS:
        set_aside(report, f"gave up after {report.attempts} attempts: {problem}")
        return
    wait = timedelta(seconds=30 * 2**report.attempts)
    Report.objects.filter(pk=report.pk).update(due_at=timezone.now() + wait, problem=problem[:2000])


@transaction.atomic
def retry(report: Report, by: Any, reason: str = "") -> None:
    """An editor sends a report that was set aside through the machine again."""
    state = ReportState.READ if report.text else ReportState.NEW
    Report.objects.filter(pk=report.pk, state=ReportState.SET_ASIDE).update(
        state=state, attempts=0, problem="", due_at=timezone.now()
    )
    trace("retry", report, by=by, reason=reason)
    after_commit(NEXT_TASK[state], report.pk)


def overdue(limit: int = 500) -> list[tuple[str, int]]:
    """(task, report id) of what should have been done by now: the broker forgot it, or a worker died."""
    rows = (
        Report.objects.filter(state__in=NEXT_TASK, due_at__lte=timezone.now() - timedelta(seconds=30))
        .order_by("due_at")
        .values_list("state", "pk")[:limit]
    )
    return [(NEXT_TASK[ReportState(state)], pk) for state, pk in rows]
