"""How fast the API answers over HTTP, beside its peers on the same rows, each asked in turn in one run.

    ./run bench api                   500,000 versions with peers, then 5,000,000 of ours alone
    ./run bench api 500000            one size

Medians of requests by one client over a connection that is kept. Peers are installed from the package registry into
folders of their own; what can't be installed or doesn't answer is named and left out. Asked for at 500,000:
a page at most 0.5 of datasette's time and 1/60 of the others', a deep page 1.2 of the first, exports 1/9 (GeoJSON) and
1/17 (CSV) of the best peer's, tiles 1/8 of the best peer's and under 100 kB, the timeline at most DuckDB's on Parquet,
four times datasette's pages a second for eight clients.
"""

# Django is set up by bench_lens.
from __future__ import annotations

import http.client
import itertools
import json
import os
import statistics
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path
from urllib.parse import quote, unquote, urlsplit

sys.path.insert(0, str(Path(__file__).parent.parent.parent))

import duckdb
import environ

from tests.bench.bench_lens import SIZES, fill, fullest, said, superuser
from tests.bench.peers.running import STARTS, Place, served
from tests.conftest import GUNICORN_SETTINGS, free_port, process, wait_until

BOX = "-12,10,8,22"
SPAN = ("2012-01-01", "2025-12-31")
ROUNDS, EACH = 5, 6
CROWD, CROWD_SECONDS = 8, 5.0
# Rows before the deep page.
DEEP = 10_000
OURS = "this product"


@dataclass(frozen=True)
class Answer:
    """What one request took: seconds to the first byte and in all, and bytes."""

    first: float
    seconds: float
    size: int


class Client:
    """One client of one server, over a connection that is kept."""

    def __init__(self, url: str) -> None:
        self.url, parts = url, urlsplit(url)
        self.connection = http.client.HTTPConnection(parts.hostname or "", parts.port, timeout=600)

    def get(self, path: str) -> tuple[Answer, bytes]:
        """Ask; the whole answer is read. Raises OSError for anything but 200."""
        began = time.perf_counter()
        try:
            self.connection.request("GET", path)
            response = self.connection.getresponse()
        except (http.client.RemoteDisconnected, BrokenPipeError):
            # The server has ended a connection that was idle while others were asked.
            self.connection.close()
            self.connection.request("GET", path)
            response = self.connection.getresponse()
        start = response.read(1)
        first = time.perf_counter() - began
        body = start + response.read()
        if response.status != 200:
            raise OSError(f"{response.status} for {path}: {body[:300]!r}")
        return Answer(first, time.perf_counter() - began, len(body)), body


def main(sizes: list[int]) -> None:
    """Each size: the record made up, ours and (at the smaller one) the peers served, everything asked in turn."""
    for size in sizes:
        print(
            f"\n## {size:,} versions; {os.cpu_count()} cores, load average {os.getloadavg()[0]:.1f}\n",
            flush=True,
        )
        with said("filling the record"):
            fill(size)
        with ExitStack() as running, tempfile.TemporaryDirectory() as folder:
            clients = {OURS: Client(running.enter_context(ours(Path(folder))))}
            if size <= SIZES[0]:
                clients |= peers(running, Path(folder))
            compare(clients, size)
            crowd(clients)
            beside_parquet(clients[OURS], Path(folder) / "event.parquet")


@contextmanager
def ours(folder: Path) -> Iterator[str]:
    """The public doors as in production, with the record's role alone: the address, once the copy is there."""
    port = free_port()
    more = {"DOORS": "public", "LENS": "auto", "BIND": f"127.0.0.1:{port}", "RECORD_TIMEOUT_MS": "60000"}
    quotas = {"QUOTA_ANONYMOUS": "0", "QUOTA_TILES": "0", "ALLOWED_HOSTS": "127.0.0.1"}
    hidden = {"DATABASE_URL", "WORKER_DATABASE_URL", "DESK_DATABASE_URL", "DJANGO_SETTINGS_MODULE"}
    environment = {k: v for k, v in os.environ.items() if k not in hidden} | more | quotas
    command = [
        sys.executable,
        "-m",
        "gunicorn",
        "--config",
        str(GUNICORN_SETTINGS),
        "conflict.wsgi:application",
    ]
    url, log = f"http://127.0.0.1:{port}", folder / "ours.log"
    with process(command, environment, log):
        with said("our processes started, each with its copy of the record"):
            wait_until(lambda: all(counts_on_copy(url) for _ in range(12)), 300, "no copy of the record", log)
        yield url


def counts_on_copy(url: str) -> bool:
    """Whether the process that answers has its copy."""
    connection = Client(url).connection
    try:
        connection.request("GET", "/health/ready", headers={"Connection": "close"})
        return json.loads(connection.getresponse().read()).get("lens", {}).get("counts_on") == "copy"
    except (OSError, ValueError):
        return False


def peers(running: ExitStack, folder: Path) -> dict[str, Client]:
    """Clients of the peers that could be started."""
    with said("the peers' table"), superuser() as connection:
        connection.execute(
            (Path(__file__).parent / "peers" / "event.sql").read_text(encoding="utf-8").partition("VACUUM")[0]
        )
        connection.execute("VACUUM ANALYZE peer.event")
    found: dict[str, Client] = {}
    for name in STARTS:
        try:
            with said(f"{name} installed and filled"):
                found[name] = Client(
                    running.enter_context(served(name, folder / name.replace(" ", "-"), database()))
                )
        except BaseException as failure:
            if isinstance(failure, KeyboardInterrupt):
                raise
            print(f"left out: {name}: {str(failure)[-400:]}", flush=True)
    return found


def database() -> Place:
    """The throwaway database, as its superuser."""
    parts = environ.Env.db_url_config(os.environ["SUPERUSER_DATABASE_URL"])
    return Place(
        unquote(str(parts["HOST"])), str(parts["PORT"] or 5432), str(parts["USER"]), str(parts["NAME"])
    )


Paths = Mapping[str, str]


def works(ours_at: Client) -> dict[str, Paths]:
    """Each piece of work: how each server is asked for it."""
    low, high = SPAN
    west, south, east, north = BOX.split(",")
    mine = f"bbox={BOX}&since={low}&until={high}&event_type=battle"
    sql = f"event_type=battle&event_date__gte={low}&event_date__lte={high}" + (
        f"&longitude__gte={west}&longitude__lte={east}&latitude__gte={south}&latitude__lte={north}"
    )
    features = f"bbox={BOX}&datetime={low}T00:00:00Z/{high}T00:00:00Z&event_type=battle"
    plain = f"bbox={BOX}&datetime={low}/{high}&event_type=battle&f=json"
    django = f"in_bbox={BOX}&event_date__gte={low}&event_date__lte={high}&event_type=battle"
    tip = "/collections/peer.event"
    found: dict[str, Paths] = {
        "page of 100": {
            OURS: f"/api/v1/incidents?{mine}&limit=100",
            "datasette": f"/ev/event.json?_shape=objects&_size=100&_sort_desc=event_date&_nocount=1&_nofacet=1&{sql}",
            "tipg": f"{tip}/items?{features}&sortby=-event_date&limit=100",
            "pygeoapi": f"/collections/event/items?{plain}&sortby=-event_date&limit=100",
            "typical Django": f"/events/?{django}&page_size=100",
        },
        "deep page of 100": {
            OURS: deep(ours_at, mine),
            "tipg": f"{tip}/items?{features}&sortby=-event_date&limit=100&offset={DEEP}",
            "pygeoapi": f"/collections/event/items?{plain}&sortby=-event_date&limit=100&offset={DEEP}",
            "typical Django": f"/events/?{django}&page_size=100&page={DEEP // 100 + 1}",
        },
        "timeline, month by type": {
            OURS: "/api/v1/timeline?interval=month&by=event_type&measure=fatalities_best",
            "datasette": "/ev.json?sql=" + quote(MONTHS),
            "typical Django": "/timeline/",
        },
        "GeoJSON export": {
            OURS: f"/api/v1/incidents.geojson?{mine}",
            "tipg": f"{tip}/items?{features}&limit=1000000&f=geojson",
            "pygeoapi": f"/collections/event/items?{plain}&limit=1000000",
            "typical Django": f"/events/?{django}&page_size=1000000",
        },
        "CSV export": {
            OURS: f"/api/v1/incidents.csv?{mine}",
            "datasette": f"/ev/event.csv?_stream=on&_size=max&{sql}",
            "tipg": f"{tip}/items?{features}&limit=1000000&f=csv",
        },
    }
    for tile in fullest():
        at = f"{tile.z}/{tile.x}/{tile.y}"
        found[f"tile z{tile.z}"] = {
            OURS: f"/tiles/incidents/{at}.mvt",
            "tipg": f"{tip}/tiles/WebMercatorQuad/{at}",
        }
    return found


MONTHS = "select substr(event_date, 1, 7) as month, event_type, count(*), sum(fatalities_best) from event group by 1, 2"


def deep(client: Client, asked: str) -> str:
    """Our address of the page `DEEP` rows down, reached as a client reaches it: by `next`."""
    _, body = client.get(f"/api/v1/incidents?{asked}&limit={DEEP}")
    return relative(json.loads(body)["next"]).replace(f"limit={DEEP}", "limit=100")


def relative(url: str) -> str:
    """An address without its host."""
    parts = urlsplit(url)
    return f"{parts.path}?{parts.query}"


def compare(clients: Mapping[str, Client], size: int) -> None:
    """Ask everybody in turn, and print what each took."""
    print(
        "\n| work | server | median ms | first byte ms | kB | times ours |\n| --- | --- | ---: | ---: | ---: | ---: |"
    )
    for work, paths in works(clients[OURS]).items():
        asked = {name: path for name, path in paths.items() if name in clients}
        long = "export" in work
        taken = in_turn(
            {name: asking(clients[name], path) for name, path in asked.items()},
            2 if long else ROUNDS,
            1 if long else EACH,
        )
        unit = median(taken[OURS]) if taken.get(OURS) else 0
        for name, answers in taken.items():
            if not answers:
                continue
            first = statistics.median(answer.first for answer in answers) * 1000
            kilobytes = answers[-1].size / 1000
            times = f"{median(answers) / unit:.1f}" if unit and name != OURS else ""
            print(
                f"| {work} | {name} | {median(answers) * 1000:.1f} | {first:.1f} | {kilobytes:.0f} | {times} |",
                flush=True,
            )


def asking(client: Client, path: str) -> Callable[[], Answer]:
    """Ask one thing of one server; the span begins another day each time, so that nobody answers from memory alone."""
    days = itertools.count()

    def ask() -> Answer:
        since = date.fromisoformat(SPAN[0]) + timedelta(days=next(days))
        return client.get(path.replace(SPAN[0], since.isoformat()) if "cursor=" not in path else path)[0]

    return ask


def in_turn(asks: Mapping[str, Callable[[], Answer]], rounds: int, each: int) -> dict[str, list[Answer]]:
    """Several rounds; in each, every server is asked a few times after one that is not counted."""
    taken: dict[str, list[Answer]] = {name: [] for name in asks}
    failed: set[str] = set()
    for _, (name, ask) in itertools.product(range(rounds), asks.items()):
        if name in failed:
            continue
        try:
            if each > 1:
                ask()
            taken[name] += [ask() for _ in range(each)]
        except OSError as failure:
            print(f"left out: {name}: {failure}", flush=True)
            failed.add(name)
    return taken


def median(answers: list[Answer]) -> float:
    """Seconds in all, the middle one."""
    return statistics.median(answer.seconds for answer in answers)


def crowd(clients: Mapping[str, Client]) -> None:
    """Pages a second that each server hands to `CROWD` clients at once; one process of Python asks, beside the server."""
    print("\n| pages of 100, 8 clients | a second | of ours |\n| --- | ---: | ---: |")
    paths = works(clients[OURS])["page of 100"]
    ours_a_second = 0.0
    for name in (name for name in paths if name in clients):
        spent = rate(clients[name].url, paths[name])
        ours_a_second = ours_a_second or spent
        print(f"| {name} | {spent:.0f} | {spent / ours_a_second:.2f} |", flush=True)


def rate(url: str, path: str) -> float:
    """Answers a second to `CROWD` clients that each ask again as soon as they are answered."""
    end = time.monotonic() + CROWD_SECONDS

    def visit(number: int) -> int:
        ask, answered = asking(Client(url), path), 0
        while time.monotonic() < end:
            ask()
            answered += 1
        return answered

    with ThreadPoolExecutor(CROWD) as pool:
        answered = sum(pool.map(visit, range(CROWD)))
    return answered / (time.monotonic() - end + CROWD_SECONDS)


def beside_parquet(client: Client, path: Path) -> None:
    """The same timeline from DuckDB on a Parquet file of the same rows, without HTTP."""
    columns = "date_start AS event_date, event_type, fatalities_best"
    with superuser() as connection, tempfile.TemporaryDirectory() as folder:
        rows = Path(folder) / "rows.csv"
        with (
            rows.open("wb") as out,
            connection.cursor() as cursor,
            cursor.copy(
                f"COPY (SELECT {columns} FROM record.incident_version WHERE known_to = 2147483647) TO STDOUT (FORMAT csv, HEADER)"
            ) as copy,
        ):
            for block in copy:
                out.write(block)
        duckdb.sql(f"COPY (SELECT * FROM '{rows}') TO '{path}' (FORMAT parquet, COMPRESSION zstd)")
    sql = f"SELECT date_trunc('month', event_date), event_type, sum(fatalities_best) FROM '{path}' GROUP BY 1, 2"
    database = duckdb.connect()

    def parquet() -> Answer:
        began = time.perf_counter()
        database.execute(sql).fetchall()
        seconds = time.perf_counter() - began
        return Answer(seconds, seconds, 0)

    asked = "/api/v1/timeline?interval=month&by=event_type&measure=fatalities_best"
    taken = in_turn({"parquet": parquet, OURS: asking(client, asked)}, ROUNDS, EACH)
    ratio = median(taken[OURS]) / median(taken["parquet"])
    print(
        f"\ntimeline over HTTP {median(taken[OURS]) * 1000:.1f} ms, DuckDB on Parquet without HTTP"
        f" {median(taken['parquet']) * 1000:.1f} ms: {ratio:.2f} x",
        flush=True,
    )


if __name__ == "__main__":
    main([int(word) for word in sys.argv[1:]] or list(SIZES))
