"""Redis holds nothing that can't be lost: flushed, stopped and started again, every report still gets its one effect."""

from __future__ import annotations

import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest
import redis
from celery import Celery
from django.conf import settings
from django.core.management import call_command
from django.db.models import Count, Q
from django.utils import timezone

from events.models import Proposal, Report, Source, Trace
from events.tasks import sweep
from events.verbs.reporting import keep_report
from tests.bench.report_pages import articles
from tests.conftest import process, process_environment, wait_until

HALF = 25
DONE = ("proposed", "nothing", "copy")
WORKER = (
    "-m celery -A conflict.celery worker --concurrency 2 --loglevel INFO --without-mingle --without-gossip"
)


class OwnRedis:
    """A Redis of this test alone, on a socket with a short path."""

    def __init__(self, program: str) -> None:
        self.program = program
        self.folder = Path(tempfile.mkdtemp(prefix="redis-"))
        self.socket = self.folder / "s"
        self.broker = f"redis+socket://{self.socket}?virtual_host=0"
        self.cache = f"unix://{self.socket}?db=1"
        self.child: subprocess.Popen[bytes] | None = None

    def start(self) -> None:
        where = ["--port", "0", "--unixsocket", str(self.socket), "--save", "", "--dir", str(self.folder)]
        self.child = subprocess.Popen([self.program, *where], stdout=subprocess.DEVNULL)
        wait_until(self.answers, 10, "Redis does not answer")

    def answers(self) -> bool:
        try:
            return bool(self.client().ping())
        except redis.ConnectionError:
            return False

    def client(self) -> redis.Redis:
        return redis.Redis(unix_socket_path=str(self.socket))

    def stop(self) -> None:
        if self.child is not None:
            self.child.kill()
            self.child.wait()


@pytest.fixture
def own_redis(database, monkeypatch) -> Iterator[OwnRedis]:
    program = shutil.which("redis-server")
    if program is None:
        pytest.skip(
            "redis-server is not on this machine, and the Redis of the environment is not ours to stop"
        )
    own = OwnRedis(program)
    own.start()
    app = Celery("keeper", broker=own.broker, set_as_current=False)
    app.conf.update(broker_transport_options=settings.CELERY_BROKER_TRANSPORT_OPTIONS, task_serializer="json")
    monkeypatch.setattr("events.verbs.enqueue.current_app", app)
    yield own
    own.stop()
    shutil.rmtree(own.folder, ignore_errors=True)


@pytest.fixture
def keep(database):
    """`keep(n)`: n more reports, no two alike, handed to the broker."""
    call_command("load_sample", verbosity=0)
    source = Source.objects.create(slug="test-wire", name="Example Wire")
    pages = articles(2 * HALF, seed=11)

    def kept(number: int) -> None:
        for _ in range(number):
            keep_report(source=source, content=next(pages), content_type="text/html")

    return kept


def unfinished() -> int:
    return Report.objects.exclude(state__in=DONE).count()


def a_minute_passes() -> None:
    """What nobody works on any more is overdue; a step of the last half minute is at work and keeps its lease."""
    at_work = Q(due_at__gt=timezone.now() + timedelta(minutes=9, seconds=30))
    late = timezone.now() - timedelta(minutes=1)
    Report.objects.exclude(state__in=DONE).exclude(at_work).update(due_at=late)


def sweep_until_done(seconds: float, log: Path) -> None:
    deadline = time.monotonic() + seconds
    while unfinished():
        assert time.monotonic() < deadline, f"{unfinished()} left\n{log.read_text()[-3000:]}"
        a_minute_passes()
        sweep()
        time.sleep(5)


def test_a_queue_that_redis_forgets_twice_drains_with_one_effect_each(own_redis, keep, tmp_path):
    keep(HALF)
    assert own_redis.client().llen("celery") == HALF
    own_redis.client().flushall()
    log = tmp_path / "worker.log"
    told = {
        **process_environment("WORKER_DATABASE_URL"),
        "BROKER_URL": own_redis.broker,
        "REDIS_URL": own_redis.cache,
    }
    with process([sys.executable, *WORKER.split()], told, log):
        wait_until(lambda: b"ready." in log.read_bytes(), 60, "the worker is not ready", log)
        sweep()
        assert unfinished() == HALF, "nothing is overdue yet, and Redis has forgotten everything"
        a_minute_passes()
        sweep()
        wait_until(lambda: unfinished() < HALF, 60, "no report was done", log)
        own_redis.stop()
        begun = time.monotonic()
        keep(HALF)
        assert time.monotonic() - begun < HALF / 5, "a dead broker must not hold up the keeping of reports"
        own_redis.start()
        sweep_until_done(180, log)
    assert Report.objects.count() == 2 * HALF
    steps = Trace.objects.filter(verb__startswith="report_").values("subject", "verb").annotate(n=Count("pk"))
    assert set(steps.values_list("n", flat=True)) == {1}, "each step once"
    doubled = Proposal.objects.values("report", "number").annotate(n=Count("pk")).filter(n__gt=1)
    assert Proposal.objects.exists() and not doubled.exists()
