"""How fast the lens counts: the columnar copy beside exact SQL on the record, and beside DuckDB on Parquet.

    ./run bench lens                  500,000 and 5,000,000 versions
    ./run bench lens 500000           one size

Medians in milliseconds, one client, without HTTP. CPU is this process's, all threads together: on a machine that does
other things besides, it says more than the clock.
"""

# ruff: noqa: E402  # Django is set up before anything of ours is imported.
from __future__ import annotations

import os
import statistics
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from urllib.parse import unquote

sys.path.insert(0, str(Path(__file__).parent.parent.parent))
os.environ["DJANGO_SETTINGS_MODULE"] = "conflict.settings"
# Exact SQL may take as long as it takes here.
os.environ["RECORD_TIMEOUT_MS"] = "0"

import django

django.setup()

import environ
import psycopg

from conflict.kit.mercator import BITS, Tile
from events.lens import answers, loading, tiles
from events.lens.copied import Copied
from events.lens.counts import Engine
from events.lens.exact import Exact
from events.lens.store import Store
from events.query.incidents import BoundQuery, IncidentQuery
from events.record.known import query

SIZES = (500_000, 5_000_000)
FILL = Path(__file__).with_name("lens_record.sql")
TIMES, TIMES_SQL = 9, 3
ZOOMS = (3, 5, 7, 9)
VARIANTS = {
    "everything": [],
    "one actor": [("actor", "actor-7")],
    "three filters": [("country", "MLI"), ("event_type", "battle"), ("since", "2015-01-01")],
    "in a box": [("bbox", "-5,14,2,20")],
    "as of the middle": [("as_of", "500")],
}
# Milliseconds at 5,000,000 versions.
TARGETS = {"tile": 50, "timeline": 60, "facets": 120}
LOAD_SECONDS, BYTES_A_VERSION = 20, 60


def main(sizes: list[int]) -> None:
    """Fill, copy, count, for each size."""
    for size in sizes:
        print(
            f"\n## {size:,} versions; {os.cpu_count()} cores, load average {os.getloadavg()[0]:.1f}\n",
            flush=True,
        )
        with said("filling the record"):
            fill(size)
        store = copied()
        compare(store)
        with tempfile.TemporaryDirectory() as folder:
            beside_parquet(store, Path(folder) / "version.parquet")


@contextmanager
def said(what: str) -> Iterator[None]:
    """Say what takes how long."""
    began = time.monotonic()
    yield
    print(f"{what}: {time.monotonic() - began:.0f} s", flush=True)


def fill(size: int) -> None:
    """Empty the record and make it up anew; its indexes are dropped and made again, which is many times faster."""
    with superuser() as connection:
        connection.execute("SET session_replication_role = replica")
        connection.execute(
            "TRUNCATE record.publication, record.incident_version, record.actor_version CASCADE"
        )
        indexes = connection.execute(
            "SELECT indexname, indexdef FROM pg_indexes WHERE schemaname = 'record' AND tablename = 'incident_version'"
            " AND indexdef NOT LIKE '%%UNIQUE%%'"
        ).fetchall()
        for name, _ in indexes:
            connection.execute(f"DROP INDEX record.{name}")
        connection.execute(FILL.read_text(encoding="utf-8").format(versions=size, incidents=size * 10 // 11))
        for _, definition in indexes:
            connection.execute(definition)
        connection.execute("VACUUM ANALYZE record.incident_version")


def superuser() -> psycopg.Connection:
    """A superuser's connection to the throwaway database."""
    parts = environ.Env.db_url_config(os.environ["SUPERUSER_DATABASE_URL"])
    named = {"host": "HOST", "port": "PORT", "user": "USER", "password": "PASSWORD", "dbname": "NAME"}
    found = {ours: unquote(str(parts[theirs])) for ours, theirs in named.items() if parts[theirs]}
    return psycopg.connect(**found, autocommit=True)


def copied() -> Store:
    """A copy; how long it takes and what it weighs."""
    before, began = resident(), time.monotonic()
    store = loading.load()
    seconds = time.monotonic() - began
    time.sleep(3)
    weight = (resident() - before) / store.versions
    print(f"copied in {seconds:.1f} s {met(seconds, LOAD_SECONDS, store)}", flush=True)
    print(
        f"resident memory: {weight:.0f} bytes a version {met(weight, BYTES_A_VERSION, store)}\n", flush=True
    )
    return store


def resident() -> int:
    """Bytes of this process in memory."""
    pages = int(Path("/proc/self/statm").read_text().split()[1])
    return pages * os.sysconf("SC_PAGE_SIZE")


def met(value: float, target: float, store: Store) -> str:
    """Whether the target for the large size is met."""
    if store.versions < SIZES[-1] * 0.99:
        return ""
    return f"({'meets' if value <= target else 'misses'} {target})"


def compare(store: Store) -> None:
    """Each question under each variant, on the copy and on the record."""
    print(
        "| question | query | copy | its CPU | exact SQL | tile kB |\n| --- | --- | ---: | ---: | ---: | ---: |"
    )
    for name, pairs in VARIANTS.items():
        asked = IncidentQuery.read(pairs).bound()
        for question, (ask, kind) in questions(asked).items():
            copy, cpu = milliseconds(lambda ask=ask: ask(Copied(store)), TIMES)
            sql = exact_sql(lambda ask=ask: ask(Exact()), store)
            size = f"{len(ask(Copied(store))) / 1000:.0f}" if kind == "tile" else ""
            mark = met(copy, TARGETS[kind], store) if kind in TARGETS else ""
            print(f"| {question} | {name} | {copy:.1f} {mark} | {cpu:.0f} | {sql} | {size} |", flush=True)


def exact_sql(ask: Callable[[], Any], store: Store) -> str:
    """Milliseconds on the record; at the large size it takes up to a minute a question and is left out."""
    if store.versions > SIZES[0]:
        return ""
    return f"{milliseconds(ask, TIMES_SQL)[0]:.0f}"


Question = tuple[Callable[[Engine], Any], str]


def questions(asked: BoundQuery) -> dict[str, Question]:
    """What is measured, and what kind of question it is."""
    found: dict[str, Question] = {
        f"tile z{at.z}": (lambda engine, at=at: tiles.tile(engine, asked, at), "tile") for at in fullest()
    }
    found["timeline, month by type"] = (
        lambda engine: answers.timeline(engine, asked, "month", "event_type"),
        "timeline",
    )
    found["timeline, month by actor"] = (
        lambda engine: answers.timeline(engine, asked, "month", "actor"),
        "other",
    )
    found["all facets"] = lambda engine: answers.facets(engine, asked), "facets"
    found["totals"] = lambda engine: answers.totals(engine, asked), "other"
    return found


def fullest() -> list[Tile]:
    """The fullest tile of each zoom."""
    found = []
    for zoom in ZOOMS:
        shift = BITS - zoom
        x, y = query(
            f"SELECT mx >> {shift}, my >> {shift} FROM record.incident_version WHERE mx IS NOT NULL"
            " GROUP BY 1, 2 ORDER BY count(*) DESC LIMIT 1",
            [],
        )[0]
        found.append(Tile(zoom, x, y))
    return found


def milliseconds(work: Callable[[], Any], times: int) -> tuple[float, float]:
    """(median wall time, mean CPU time of this process) of several runs, after one that is not counted."""
    work()
    taken, spent = [], time.process_time()
    for _ in range(times):
        began = time.perf_counter()
        work()
        taken.append(time.perf_counter() - began)
    return statistics.median(taken) * 1000, (time.process_time() - spent) / times * 1000


def beside_parquet(store: Store, path: Path) -> None:
    """The same timeline on a Parquet file of the same columns."""
    store.write(f"COPY copy.version TO '{path}' (FORMAT parquet, COMPRESSION zstd)")
    sums = "count(*), sum(fatalities_low), sum(fatalities_best), sum(fatalities_high)"
    sql = (
        f"SELECT month, event_type, {sums} FROM '{path}' WHERE known_from <= ? AND known_to > ? GROUP BY 1, 2"
    )
    number = store.number
    parquet, _ = milliseconds(lambda: store.rows(sql, [number, number]), TIMES)
    copy, _ = milliseconds(
        lambda: store.rows(sql.replace(f"'{path}'", "copy.version"), [number, number]), TIMES
    )
    whole, _ = milliseconds(
        lambda: answers.timeline(Copied(store), IncidentQuery.read([]).bound(), "month", "event_type"), TIMES
    )
    print(
        f"\nmonthly timeline by type: Parquet {parquet:.1f} ms ({path.stat().st_size / store.versions:.0f} bytes a version),"
        f" the same statement on the copy {copy:.1f} ms, the whole answer {whole:.1f} ms",
        flush=True,
    )


if __name__ == "__main__":
    main([int(word) for word in sys.argv[1:]] or list(SIZES))
