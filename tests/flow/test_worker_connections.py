"""A worker keeps its connection from task to task, and gets another when the server has ended it."""

from __future__ import annotations

from pathlib import Path

import psycopg

from events.models import Report, Source
from events.verbs.reporting import keep_report
from tests.conftest import wait_until

BACKENDS = "SELECT pid FROM pg_stat_activity WHERE usename = 'sahel_worker' AND datname = current_database()"


def handled(number: int, log: Path) -> None:
    """One report more has gone through the worker."""
    source, _ = Source.objects.get_or_create(slug="desk", defaults={"name": "Desk"})
    text = f"Report number {number} says that nothing happened."
    report, _ = keep_report(source=source, content=text.encode(), content_type="text/plain")
    wait_until(
        lambda: Report.objects.get(pk=report.pk).state == "nothing", 60, f"report {number} is not done", log
    )


def test_one_connection_serves_many_tasks_and_a_broken_one_is_replaced(
    database: None, worker: Path, superuser_connection: psycopg.Connection
) -> None:
    handled(1, worker)
    first = superuser_connection.execute(BACKENDS).fetchall()
    handled(2, worker)
    handled(3, worker)
    assert superuser_connection.execute(BACKENDS).fetchall() == first and len(first) == 1
    superuser_connection.execute("SELECT pg_terminate_backend(%s, 5000)", first[0])
    handled(4, worker)
    assert superuser_connection.execute(BACKENDS).fetchall() not in ([], first)
    assert "OperationalError" not in worker.read_text(), "found out before the task, not by its failure"
