"""How fast reports are read, extracted and matched, how much memory a worker takes, and whether a long queue drains.

    ./run bench ingestion [gazetteer.tsv.gz] [queued reports, 1000]

Asked for: 50 reports of 500 words a second and core for read + extract + match, with the full gazetteer of 101,000
names and 20,000 incidents; at most 400 MB for a worker; 10,000 queued reports drain without a failure; the tables are
loaded once per process and shared before the fork. The whole 10,000 took 20 minutes on two cores shared with other work.
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
from dataclasses import dataclass, field
from datetime import date, timedelta
from pathlib import Path

ROOT = Path(__file__).parents[2]
sys.path.insert(0, str(ROOT))
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "conflict.settings")

import django  # noqa: E402

django.setup()

from celery import current_app  # noqa: E402
from django.core.management import call_command  # noqa: E402
from django.db import connection  # noqa: E402
from django.db.models import Count  # noqa: E402

from actors.models import Actor  # noqa: E402
from events.ingest import sandbox  # noqa: E402
from events.ingest.desk_incidents import matches  # noqa: E402
from events.ingest.desk_tables import tables  # noqa: E402
from events.ingest.extract.report import extract  # noqa: E402
from events.ingest.sandbox import read_apart  # noqa: E402
from events.models import Claim, Incident, Participation, Place, Report, Source  # noqa: E402
from events.tasks import sweep  # noqa: E402
from events.verbs.reporting import keep_report  # noqa: E402
from tests.bench.report_pages import articles, round_ups  # noqa: E402

GAZETTEER = ROOT.parent / "shared" / "data" / "gazetteer_sahel.tsv.gz"
INCIDENTS = 20_000
TICKS = os.sysconf("SC_CLK_TCK")
WORKERS = 2
# Asked for.
LEAST_SPEED = 50.0
MOST_MEMORY = 400.0
SWEEP_SECONDS = 60.0


def main(arguments: list[str]) -> None:
    """Prepare, measure, print."""
    gazetteer = Path(arguments[0]) if arguments else GAZETTEER
    if not gazetteer.exists():
        print(f"skipped: the full gazetteer is not at {gazetteer}; name its file as the first argument")
        return
    prepare(gazetteer)
    load = ", ".join(f"{one:.1f}" for one in os.getloadavg())
    print(
        f"{Place.objects.count():,} places, {Incident.objects.count():,} incidents, {os.cpu_count()} cores, load {load}"
    )
    for name, make in (("articles", articles), ("round-ups", round_ups)):
        speed(name, list(make(200)))
    drain(int(arguments[1]) if len(arguments) > 1 else 1_000)


def asked(line: str, met: bool) -> None:
    """One line of what is asked for, with its figure."""
    print(f"{'met' if met else 'MISSED'}: {line}")


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
    """Processor seconds of this process and of its reading child, stage by stage, and the time on the clock."""
    known = tables()
    read_apart(pages[0], "text/html")
    clock = time.perf_counter()
    words = found = 0
    stages = {"read": 0.0, "extract": 0.0, "match": 0.0}
    for content in pages:
        begun = used()
        reading = read_apart(content, "text/html")
        stages["read"] += (after_read := used()) - begun
        day = reading.published.date() if reading.published else None
        extraction = extract(reading.text, reading.lang, day, known)
        stages["extract"] += (after_extract := used()) - after_read
        matches(extraction, day, known)
        stages["match"] += used() - after_extract
        words, found = words + len(reading.text.split()), found + len(extraction.incidents)
    count, seconds = len(pages), time.perf_counter() - clock
    rate = count / sum(stages.values())
    each = ", ".join(f"{stage} {1000 * spent / count:.1f} ms" for stage, spent in stages.items())
    asked(
        f"{rate:.0f} {name} a second and core read, extracted and matched, asked for {LEAST_SPEED:.0f} ({words / count:.0f}"
        f" words, {found / count:.1f} incidents each; {each} of processor time; {count / seconds:.0f}/s on the clock)",
        rate >= LEAST_SPEED,
    )


def used() -> float:
    """Seconds of processor that this process and its reading child have used."""
    child = sandbox._shared.child
    return time.process_time() + (nanoseconds(child.pid) / 1e9 if child else 0.0)


def nanoseconds(pid: int) -> int:
    """What a process of one thread has used, exactly; /proc/PID/stat counts in hundredths of a second."""
    return int(Path(f"/proc/{pid}/schedstat").read_text().split()[0])


def processor_seconds(pid: int) -> float:
    """What /proc says a process has used, ended children included; 0 when it is gone."""
    try:
        fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    except OSError:
        return 0.0
    return sum(map(int, fields[11:15])) / TICKS


@dataclass
class Watch:
    """What is seen of a worker's processes while they drain: processor time, and most memory.

    MB, resident and not shared: of the process that forks, and of one that takes tasks together with its reading child.
    """

    worker: int
    database: int
    begun: dict[str, float] = field(default_factory=dict)
    first: tuple[float, float] = (0.0, 0.0)
    taker: tuple[float, float] = (0.0, 0.0)
    swept: float = 0.0

    def spent(self) -> dict[str, float]:
        """Processor seconds so far."""
        return {
            name: sum(map(processor_seconds, family(pid)))
            for name, pid in (("workers", self.worker), ("PostgreSQL", self.database))
        }

    def look(self) -> None:
        """Note memory; send again what is overdue, once a minute as beat does."""
        self.first = max(self.first, memory([self.worker]))
        self.taker = max([self.taker, *(memory(family(pid)) for pid in children(self.worker))])
        if time.perf_counter() - self.swept > SWEEP_SECONDS:
            self.swept = time.perf_counter()
            sweep()


def drain(number: int) -> None:
    """Queue reports, let real workers drain them, and print how long it took and what the worker's processes needed."""
    queue(number)
    with tempfile.TemporaryDirectory() as folder, workers(log := Path(folder) / "worker.log") as worker:
        while not current_app.control.ping(timeout=1):
            still_there(worker, log)
        watch = Watch(worker.pid, postmaster(), swept=time.perf_counter())
        begun, watch.begun = time.perf_counter(), watch.spent()
        while left := unfinished():
            if time.perf_counter() > begun + 60 + number:
                sys.exit(f"{left} reports are left after {time.perf_counter() - begun:.0f} s")
            still_there(worker, log)
            watch.look()
            time.sleep(2.0)
        seconds, spent = time.perf_counter() - begun, watch.spent()
        built = log.read_text().count("tables built")
    tell_drained(number, seconds, {name: spent[name] - watch.begun[name] for name in spent})
    tell_memory(watch, built)


def queue(number: int) -> None:
    """As many reports as a feed would have kept, each with its message."""
    current_app.control.purge()
    source = Source.objects.create(slug="bench-wire", name="Wire of the benchmark")
    for count, content in enumerate(articles(number, seed=5)):
        keep_report(
            source=source, content=content, content_type="text/html", url=f"https://wire.example/{count}"
        )


def tell_drained(number: int, seconds: float, spent: dict[str, float]) -> None:
    """How long the queue took, and what became of the reports."""
    states = dict(Report.objects.values_list("state").annotate(n=Count("pk")).order_by())
    failures = states.get("set_aside", 0)
    again = Report.objects.exclude(problem="").exclude(problem__startswith="waits for").count()
    each = ", ".join(f"{name} {1000 * one / number:.0f} ms" for name, one in spent.items())
    asked(
        f"{number:,} queued reports drained by {WORKERS} workers with {failures} failures and {again} second"
        f" attempts, asked for 10,000 without a failure"
        f" ({seconds:.0f} s, {number / seconds:.1f}/s; a report takes {each} of processor time; {states})",
        not failures,
    )


def tell_memory(watch: Watch, built: int) -> None:
    """What the worker's processes needed, and how often the tables were built."""
    largest = max(watch.first[0], watch.taker[0])
    asked(
        f"{largest:.0f} MB for a worker, asked for {MOST_MEMORY:.0f} (resident: the process that forks {watch.first[0]:.0f},"
        f" one that takes tasks {watch.taker[0]:.0f} with its reading child, of which {watch.taker[1]:.0f} are not shared)",
        largest <= MOST_MEMORY,
    )
    asked(
        f"the tables were built {built} times for {WORKERS} workers, asked for once, before the fork",
        built == 1,
    )


def still_there(worker: subprocess.Popen[bytes], log: Path) -> None:
    """End with the worker's last words when it has ended."""
    if worker.poll() is not None:
        sys.exit(f"the worker ended:\n{log.read_text()[-3000:]}")


def postmaster() -> int:
    """The process that PostgreSQL's others are children of."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_backend_pid()")
        (backend,) = cursor.fetchone()
    return int(Path(f"/proc/{backend}/stat").read_text().rpartition(")")[2].split()[1])


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
        "--prefetch-multiplier",
        "1",
        "--loglevel",
        "INFO",
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
    return [pid, *(one for child in children(pid) for one in family(child))]


def children(pid: int) -> list[int]:
    """The processes that a process has started; none when it has ended."""
    tasks = Path(f"/proc/{pid}/task")
    try:
        return [int(one) for task in tasks.iterdir() for one in (task / "children").read_text().split()]
    except OSError:
        return []


def memory(pids: list[int]) -> tuple[float, float]:
    """MB of processes: resident, and not shared with any other; those that have ended have none."""
    resident = own = 0.0
    for pid in pids:
        try:
            lines = Path(f"/proc/{pid}/smaps_rollup").read_text().splitlines()
        except OSError:
            continue
        sizes = {line.split(":")[0]: int(line.split()[1]) / 1024 for line in lines[1:]}
        resident += sizes["Rss"]
        own += sizes["Private_Clean"] + sizes["Private_Dirty"]
    return resident, own


if __name__ == "__main__":
    main(sys.argv[1:])
