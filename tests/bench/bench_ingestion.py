"""How fast reports are read, extracted and matched, how much memory a worker takes, and whether a long queue drains.

    python tests/bench/bench_ingestion.py [gazetteer.tsv.gz] [queued reports, 10000]

Asked for: 50 reports of 500 words a second and core for read + extract + match, with the full gazetteer of 101,000
names and 20,000 incidents; at most 400 MB for a worker; 10,000 queued reports drain without a failure.
"""

from __future__ import annotations

import os
import random
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, timedelta
from pathlib import Path

ROOT = Path(__file__).parents[2]
sys.path.insert(0, str(ROOT))
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "conflict.settings")

import django  # noqa: E402

django.setup()

from celery import current_app  # noqa: E402
from django.core.management import call_command  # noqa: E402
from django.db.models import Count  # noqa: E402

from actors.models import Actor  # noqa: E402
from events.ingest import sandbox  # noqa: E402
from events.ingest.desk_incidents import matches  # noqa: E402
from events.ingest.desk_tables import tables  # noqa: E402
from events.ingest.extract.report import extract  # noqa: E402
from events.ingest.sandbox import read_apart  # noqa: E402
from events.models import Claim, Incident, Participation, Place, Report, Source  # noqa: E402
from events.verbs.reporting import keep_report, overdue  # noqa: E402
from tests.bench.report_pages import articles, round_ups  # noqa: E402

GAZETTEER = ROOT.parent / "shared" / "data" / "gazetteer_sahel.tsv.gz"
INCIDENTS = 20_000
TICKS = os.sysconf("SC_CLK_TCK")
WORKERS = 2


def main(arguments: list[str]) -> None:
    """Prepare, measure, print."""
    gazetteer = Path(arguments[0]) if arguments else GAZETTEER
    if not gazetteer.exists():
        print(f"skipped: the full gazetteer is not at {gazetteer}; name its file as the first argument")
        return
    prepare(gazetteer)
    print(f"{Place.objects.count():,} places, {Incident.objects.count():,} incidents, {os.cpu_count()} cores")
    for name, make in (("articles", articles), ("round-ups", round_ups)):
        speed(name, list(make(200)))
    drain(int(arguments[1]) if len(arguments) > 1 else 10_000)


def prepare(gazetteer: Path) -> None:
    """A desk with the registry, the whole gazetteer and many incidents."""
    call_command("load_sample", verbosity=0)
    call_command("load_gazetteer", str(gazetteer), all_features=True)
    fill(INCIDENTS - Incident.objects.count())


def fill(number: int) -> None:
    """Incidents at random places and days since 2012, each with two sides and two claims."""
    chance = random.Random(4)
    actors, places = list(Actor.objects.all()), list(Place.objects.order_by("pk")[:20_000])
    source = Source.objects.first()
    rows = Incident.objects.bulk_create(incident(chance, chance.choice(places)) for _ in range(number))
    Participation.objects.bulk_create(
        Participation(incident=row, actor=actor, role=role)
        for row in rows
        for actor, role in zip(chance.sample(actors, 2), ("side_a", "side_b"), strict=True)
    )
    Claim.objects.bulk_create(
        Claim(incident=row, claimant_source=source, measure="killed", low=chance.randrange(20), high=30)
        for row in rows
        for _ in range(2)
    )


def incident(chance: random.Random, place: Place) -> Incident:
    """One incident, not saved."""
    day = date(2012, 1, 1) + timedelta(days=chance.randrange(5_000))
    return Incident(
        event_type="battle",
        event_subtype="clash",
        title_en="Clash",
        date_start=day,
        date_end=day,
        country=place.country,
        place_name=place.name,
        point=place.point,
        location_precision="near",
    )


def speed(name: str, pages: list[bytes]) -> None:
    """Processor seconds of this process and of its reading child, and the time on the clock, database included."""
    known = tables()
    read_apart(pages[0], "text/html")
    begun, clock = used(), time.perf_counter()
    words = found = 0
    stages = {"read": 0.0, "extract": 0.0, "match": 0.0}
    for content in pages:
        stage = time.perf_counter()
        reading = read_apart(content, "text/html")
        stages["read"] += time.perf_counter() - stage
        stage = time.perf_counter()
        day = reading.published.date() if reading.published else None
        extraction = extract(reading.text, reading.lang, day, known)
        stages["extract"] += time.perf_counter() - stage
        stage = time.perf_counter()
        matches(extraction, day, known)
        stages["match"] += time.perf_counter() - stage
        words, found = words + len(reading.text.split()), found + len(extraction.incidents)
    seconds, processor, count = time.perf_counter() - clock, used() - begun, len(pages)
    each = ", ".join(f"{stage} {1000 * spent / count:.1f} ms" for stage, spent in stages.items())
    print(
        f"{name}: {words / count:.0f} words, {found / count:.1f} incidents; {count / processor:.0f} reports/s of processor"
        f" time, {count / seconds:.0f} on the clock ({each})"
    )


def used() -> float:
    """Seconds of processor that this process and its reading child have used."""
    child = sandbox._shared.child
    return sum(map(processor_seconds, [os.getpid(), *([child.pid] if child else [])]))


def processor_seconds(pid: int) -> float:
    """What /proc says a process has used."""
    fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / TICKS


def drain(number: int) -> None:
    """Queue reports, let real workers drain them, and print how long it took and what the largest worker needed."""
    current_app.control.purge()
    source = Source.objects.create(slug="bench-wire", name="Wire of the benchmark")
    for count, content in enumerate(articles(number, seed=5)):
        keep_report(
            source=source, content=content, content_type="text/html", url=f"https://wire.example/{count}"
        )
    with tempfile.TemporaryDirectory() as folder, workers(Path(folder) / "worker.log") as worker:
        begun, most = time.perf_counter(), 0.0
        deadline = begun + 60 + number
        while left := unfinished():
            time.sleep(2.0)
            if time.perf_counter() > deadline:
                sys.exit(f"{left} reports are left after {deadline - begun:.0f} s")
            most = max([most, *map(megabytes, family(worker.pid))])
            for task, report in overdue():
                current_app.send_task(task, args=[report])
            if worker.poll() is not None:
                sys.exit(
                    f"the worker ended with {left} reports left:\n{(Path(folder) / 'worker.log').read_text()[-3000:]}"
                )
        seconds = time.perf_counter() - begun
    states = dict(Report.objects.values_list("state").annotate(n=Count("pk")).order_by())
    print(
        f"drained: {number:,} reports by {WORKERS} workers in {seconds:.0f} s, {number / seconds:.0f} a second; {states}"
    )
    print(f"largest process of the workers: {most:.0f} MB resident, what it shares with the others included")


def unfinished() -> int:
    """How many reports still wait for a step."""
    return Report.objects.filter(state__in=["new", "read"]).count()


@contextmanager
def workers(log: Path) -> Iterator[subprocess.Popen[bytes]]:
    """Real workers on this database, as production starts them."""
    command = [
        sys.executable,
        "-m",
        "celery",
        "-A",
        "conflict.celery",
        "worker",
        "--concurrency",
        str(WORKERS),
    ]
    with log.open("wb") as output:
        told = {
            **os.environ,
            "DATABASE_URL": os.environ.get("WORKER_DATABASE_URL", os.environ["DATABASE_URL"]),
        }
        worker = subprocess.Popen(command, cwd=ROOT, env=told, stdout=output, stderr=subprocess.STDOUT)
        try:
            yield worker
        finally:
            worker.terminate()
            worker.wait(60)


def family(pid: int) -> list[int]:
    """A process and everything below it."""
    tasks = Path(f"/proc/{pid}/task")
    try:
        below = [int(one) for task in tasks.iterdir() for one in (task / "children").read_text().split()]
    except OSError:
        return []
    return [pid, *(one for child in below for one in family(child))]


def megabytes(pid: int) -> float:
    """Resident memory of a process, MB; 0 when it has ended."""
    try:
        lines = Path(f"/proc/{pid}/status").read_text().splitlines()
    except OSError:
        return 0.0
    return next((int(line.split()[1]) / 1024 for line in lines if line.startswith("VmRSS")), 0.0)


if __name__ == "__main__":
    main(sys.argv[1:])
