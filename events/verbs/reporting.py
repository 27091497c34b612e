"""keep_report and what follows: a report's state says what remains to be done, and each step happens once.

A worker takes a report by a conditional update that also sets when it is due again, so a worker that dies is
followed by another and a task that runs twice has one effect.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Sequence
from datetime import datetime, timedelta
from typing import Any

from django.contrib.auth.models import User
from django.db import connection, transaction
from django.db.models import F, Q, QuerySet
from django.utils import timezone

from events.codes import Kinship, ReportState
from events.models import Feed, Report, Source
from events.verbs.enqueue import after_commit
from events.verbs.tracing import trace

LEASE = timedelta(minutes=10)
LATE = timedelta(seconds=30)
PATIENCE = timedelta(seconds=20)
# The number of a lock of ours in PostgreSQL, and of nothing else.
COMPARING = 1_997_304
MOST_ATTEMPTS = 5
# The type of a report that is only wanted yet: what stands for the document is its address.
ADDRESS_ALONE = "text/uri-list"
NEXT_TASK = {
    ReportState.WANTED: "events.tasks.fetch",
    ReportState.NEW: "events.tasks.read",
    ReportState.READ: "events.tasks.extract",
}


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
    by: User | None = None,
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
        trace("keep_report", report, by=by, role=role, change={"url": url, "sha256": report.sha256})
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
    rows = Report.objects.select_related("source", "feed", "parent").defer("parent__content")
    return rows.get(pk=report_id) if taken else None


@transaction.atomic(savepoint=False)
def finish(report: Report, state: str, *, go_on: bool = False, **values: Any) -> bool:
    """Record what a step made of a report and what comes next; False when somebody else already has.

    With `go_on` the worker takes the next step itself, at once, under a new lease; otherwise it is sent. Once this
    is committed, `report` says the same as its row.
    """
    now = timezone.now()
    values |= {"state": state, "attempts": int(go_on), "due_at": now + LEASE if go_on else now}
    done = Report.objects.filter(pk=report.pk, state=report.state).update(**values)
    if done:
        trace("report_" + state, report, role="worker", reason=values.get("problem", ""))
        transaction.on_commit(lambda: [setattr(report, name, value) for name, value in values.items()])
        if state in NEXT_TASK and not go_on:
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
    never_fetched = report.content_type == ADDRESS_ALONE
    state = ReportState.WANTED if never_fetched else ReportState.READ if report.text else ReportState.NEW
    Report.objects.filter(pk=report.pk, state=ReportState.SET_ASIDE).update(
        state=state, attempts=0, problem="", due_at=timezone.now()
    )
    trace("retry", report, by=by, reason=reason)
    after_commit(NEXT_TASK[state], report.pk)


def wait_for(report: Report, other: Report) -> None:
    """A report that can't be judged before another one is: later again, without counting as a failure."""
    Report.objects.filter(pk=report.pk, state=report.state).update(
        due_at=timezone.now() + PATIENCE, attempts=F("attempts") - 1, problem=f"waits for report {other.pk}"
    )


def give_up() -> int:
    """Set aside what has had all its attempts and came to no end: a worker died of it each time. How many."""
    worn_out = Report.objects.filter(
        state__in=NEXT_TASK, attempts__gte=MOST_ATTEMPTS, due_at__lte=timezone.now()
    )
    reports = list(worn_out.defer("content", "text")[:500])
    for report in reports:
        set_aside(report, f"gave up after {report.attempts} attempts: {report.problem or 'the worker ended'}")
    return len(reports)


def one_reader_at_a_time() -> None:
    """Until the transaction ends nobody else compares what was read, so that of two copies one sees the other."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [COMPARING])


@transaction.atomic(savepoint=False)
def join(report: Report, heads: Sequence[Report], told_at: Callable[[Report], datetime]) -> Report | None:
    """Put reports of one text together, with the earliest as the parent of all; the parent of `report`, if any."""
    earliest = min([report, *heads], key=lambda one: (told_at(one), one.pk))
    others = [one.pk for one in [report, *heads] if one.pk != earliest.pk]
    group = Report.objects.filter(Q(pk__in=others) | Q(parent__in=others, kinship=Kinship.COPY))
    group.exclude(pk=earliest.pk).update(parent=earliest, kinship=Kinship.COPY)
    return None if earliest.pk == report.pk else earliest


def late() -> QuerySet[Report]:
    """Reports whose next step should have been taken half a minute ago."""
    return Report.objects.filter(state__in=NEXT_TASK, due_at__lte=timezone.now() - LATE)


def overdue(limit: int = 500) -> list[tuple[str, int]]:
    """(task, report id) of what should have been done by now: the broker forgot it, or a worker died."""
    rows = late().order_by("due_at").values_list("state", "pk")[:limit]
    return [(NEXT_TASK[ReportState(state)], pk) for state, pk in rows]


def sent_again(reports: Sequence[int]) -> None:
    """What was just sent is not sent with the next sweep too: others of a long queue have their turn first."""
    late().filter(pk__in=reports).update(due_at=timezone.now())
