"""The worker's doors: each task carries ids and makes one call. Beat's schedule stands here, beside what it starts."""

from __future__ import annotations

import time
from typing import Any

from celery import shared_task
from celery.signals import worker_init
from django.core.cache import cache

from conflict.public.keys import last_uses
from events.ingest.desk_tables import warm_up
from events.ingest.pulling import pull as pull_feed
from events.ingest.wanted import fetch_wanted
from events.ingest.working import extract_from, extract_report, read_report
from events.verbs import feeding, keys, reporting
from events.verbs.enqueue import send

HEARTBEAT = "worker-heartbeat"
# Seconds between runs; `manage.py schedule` writes them into the database that beat reads.
SCHEDULE = {
    "events.tasks.heartbeat": 30,
    "events.tasks.pull_due": 60,
    "events.tasks.sweep": 60,
    "events.tasks.note_key_uses": 300,
}


@shared_task
def heartbeat() -> None:
    """Show that a worker lives; /health/ready looks at it."""
    cache.set(HEARTBEAT, str(time.time()), None)


@shared_task
def pull(feed_id: int, at_once: bool = False) -> int:
    """Poll one feed."""
    return pull_feed(feed_id, at_once)


@shared_task
def fetch(report_id: int) -> None:
    """Fetch one report that an editor gave the address of."""
    fetch_wanted(report_id)


@shared_task
def read(report_id: int) -> None:
    """Read one report and go on to extract from it: what was read is at hand, and a message less is sent."""
    report = read_report(report_id)
    if report is not None:
        extract_from(report)


@shared_task
def extract(report_id: int) -> None:
    """Extract from one report."""
    extract_report(report_id)


@shared_task
def pull_due() -> int:
    """Send every feed whose turn has come to be polled."""
    return sum(send("events.tasks.pull", feed) for feed in feeding.due_feeds())


@shared_task
def note_key_uses() -> int:
    """Write down when API keys were used last."""
    return keys.note_uses(last_uses(keys.active_prefixes()))


@shared_task
def sweep() -> int:
    """Send again what should have been done by now; set aside what no worker survives."""
    reporting.give_up()
    sent = [report for task, report in reporting.overdue() if send(task, report)]
    reporting.sent_again(sent)
    return len(sent)


@worker_init.connect
def read_tables_first(**kwargs: Any) -> None:
    """The tables of extraction are read before a worker forks, so that its processes share their memory."""
    warm_up()
