"""Import of UCDP GED beside a bare COPY of the same file into one plain table with the same indexes.

    python tests/bench/bench_import.py [rows, 500000] [real GED file, csv.gz]

Asked for (docs/importing.md): first import at most ten times the bare COPY, an unchanged second one at most a quarter
of the first without one row written, memory of the process under 500 MB.
"""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from urllib.parse import unquote

import environ
import psycopg

ROOT = Path(__file__).parents[2]
sys.path.insert(0, str(ROOT))

from tests.bench.ged_file import write_file  # noqa: E402

TYPES = {
    "id": "bigint", "year": "integer", "date_start": "timestamp", "date_end": "timestamp", "latitude": "float8",
    "longitude": "float8", "best": "numeric", "high": "numeric", "low": "numeric", "deaths_a": "numeric",
    "deaths_b": "numeric", "deaths_civilians": "numeric", "deaths_unknown": "numeric", "type_of_violence": "numeric",
    "side_a_new_id": "numeric", "side_b_new_id": "numeric",
}  # fmt: skip
# The indexes of record.incident_version, on what the file has in their place.
INDEXES = """
CREATE UNIQUE INDEX ON bare.event (id);
CREATE UNIQUE INDEX ON bare.event (id, year);
CREATE UNIQUE INDEX ON bare.event ((id::text));
CREATE UNIQUE INDEX ON bare.event ((id + 1));
CREATE INDEX ON bare.event (date_start DESC, id DESC);
CREATE INDEX ON bare.event (type_of_violence, date_start DESC, id DESC);
CREATE INDEX ON bare.event (country, date_start DESC, id DESC);
CREATE INDEX ON bare.event ((coalesce(best, -1)) DESC, id DESC);
CREATE INDEX ON bare.event USING gist (ST_SetSRID(ST_MakePoint(longitude, latitude), 4326));
CREATE INDEX ON bare.event USING gin ((ARRAY[side_a_new_id::integer, side_b_new_id::integer]));
CREATE INDEX ON bare.event USING gin (to_tsvector('simple', record.fold(
    coalesce(conflict_name, '') || ' ' || coalesce(dyad_name, '') || ' ' || coalesce(where_coordinates, '') || ' '
    || coalesce(adm_1, '') || ' ' || coalesce(adm_2, '') || ' ' || side_a || ' ' || side_b || ' '
    || coalesce(where_description, '') || ' ' || coalesce(source_original, ''))));
CREATE INDEX ON bare.event (year);
CREATE INDEX ON bare.event USING gin ((ARRAY[source_office]));
CREATE INDEX ON bare.event (type_of_violence) WHERE type_of_violence IS NOT NULL;
"""


def connect() -> psycopg.Connection:
    """The desk's database, as the importer sees it."""
    parts = environ.Env.db_url_config(os.environ["DATABASE_URL"])
    return psycopg.connect(
        host=unquote(parts["HOST"]),
        port=parts["PORT"] or None,
        user=parts["USER"],
        password=parts["PASSWORD"] or None,
        dbname=parts["NAME"],
        autocommit=True,
    )


def bare_copy(file: Path, header: list[str]) -> tuple[float, float]:
    """Seconds of COPY alone and of COPY with the indexes."""
    columns = ", ".join(f"{name} {TYPES.get(name, 'text')}" for name in header)
    with connect() as connection, connection.cursor() as cursor:
        cursor.execute("DROP SCHEMA IF EXISTS bare CASCADE; CREATE SCHEMA bare")
        cursor.execute(f"CREATE TABLE bare.event ({columns})")
        begun = time.perf_counter()
        with (
            cursor.copy("COPY bare.event FROM STDIN (FORMAT csv, HEADER)") as copy,
            file.open("rb") as handle,
        ):
            while block := handle.read(1 << 20):
                copy.write(block)
        copied = time.perf_counter() - begun
        cursor.execute(INDEXES)
        whole = time.perf_counter() - begun
        cursor.execute("DROP SCHEMA bare CASCADE")
    return copied, whole


def run_import(file: Path) -> tuple[float, float]:
    """Seconds and megabytes (largest resident set) of the command, as a process of its own."""
    command = [
        sys.executable,
        str(ROOT / "manage.py"),
        "import_ged",
        str(file),
        "--release",
        "99.1",
    ]
    begun = time.perf_counter()
    child = subprocess.Popen(command, cwd=ROOT)
    _, status, used = os.wait4(child.pid, 0)
    seconds = time.perf_counter() - begun
    if status:
        sys.exit(f"import_ged failed with {os.waitstatus_to_exitcode(status)}")
    return seconds, used.ru_maxrss / 1024


def rows_written() -> int:
    """Rows inserted, updated and deleted so far in all ordinary tables of the database."""
    with connect() as connection, connection.cursor() as cursor:
        cursor.execute(
            "SELECT pg_stat_force_next_flush()"
        ) if connection.info.server_version >= 150000 else None
        cursor.execute("SELECT sum(n_tup_ins + n_tup_upd + n_tup_del) FROM pg_stat_user_tables")
        found = cursor.fetchone()
    return int(found[0]) if found else 0


def main(arguments: list[str]) -> None:
    """Write the file, time everything, print one table."""
    count = int(arguments[0]) if arguments else 500_000
    real = Path(arguments[1]) if len(arguments) > 1 else None
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "ged.csv"
        write_file(file, count, real)
        file.chmod(0o644)
        header = file.open(encoding="utf-8").readline().strip().split(",")
        print(
            f"{count} rows, {file.stat().st_size / 1e6:.0f} MB, {'from ' + real.name if real else 'made up'}"
        )
        before = bare_copy(file, header)
        first, memory = run_import(file)
        after = bare_copy(file, header)
        time.sleep(2)
        written = rows_written()
        again, memory_again = run_import(file)
        time.sleep(2)
        written = rows_written() - written
    bare = (before[1] + after[1]) / 2
    print(f"bare COPY           {before[0]:8.1f} s and {after[0]:.1f} s")
    print(f"COPY and indexes    {before[1]:8.1f} s and {after[1]:.1f} s")
    print(f"first import        {first:8.1f} s = {first / bare:.1f} x, {memory:.0f} MB")
    print(
        f"unchanged, again    {again:8.1f} s = {again / first:.2f} of the first, {memory_again:.0f} MB, {written} rows written"
    )


if __name__ == "__main__":
    main(sys.argv[1:])
