"""Peers to be measured beside us: each installed into an environment of its own, filled with the same rows, served here."""

from __future__ import annotations

import csv
import json
import os
import sqlite3
import subprocess
import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import psycopg

from conflict import geolibs
from tests.conftest import answers, free_port, wait_until

HERE = Path(__file__).parent
PACKAGES = {
    "datasette": ["datasette==0.65.5"],
    "tipg": ["tipg==1.6.1", "uvicorn==0.38.0"],
    "pygeoapi": ["pygeoapi==0.21.0", "sqlalchemy", "geoalchemy2", "psycopg2-binary"],
    "typical Django": [
        "django==5.2.*",
        "djangorestframework==3.18.*",
        "djangorestframework-gis==1.3.0",
        "django-filter",
        "psycopg[binary]",
        "gunicorn",
    ],
}


@dataclass(frozen=True)
class Place:
    """A PostgreSQL database over its socket."""

    host: str
    port: str
    user: str
    name: str


@dataclass(frozen=True)
class Room:
    """Where a peer is installed, what it may read, and where it answers."""

    folder: Path
    place: Place
    port: int

    def program(self, name: str) -> str:
        """A program of the peer's own environment."""
        return str(self.folder / "venv" / "bin" / name)


def install(name: str, folder: Path) -> None:
    """An environment with the peer's packages."""
    folder.mkdir(parents=True)
    uv = str(Path(sys.executable).with_name("uv"))
    python = folder / "venv"
    subprocess.run([uv, "venv", "--quiet", "--python", sys.executable, str(python)], check=True)
    command = [uv, "pip", "install", "--quiet", "--python", str(python / "bin" / "python"), *PACKAGES[name]]
    subprocess.run(command, check=True)


@contextmanager
def served(name: str, folder: Path, place: Place) -> Iterator[str]:
    """The peer installed, filled and answering: its address. Ended afterwards."""
    install(name, folder)
    room = Room(folder, place, free_port())
    command, more, path = STARTS[name](room)
    url = f"http://127.0.0.1:{room.port}"
    log = folder / "log"
    with log.open("wb") as out:
        child = subprocess.Popen(command, env={**os.environ, **more}, stdout=out, stderr=out, cwd=folder)
        try:
            wait_until(lambda: answers(f"{url}{path}"), 120, f"{name} does not answer", log)
            yield url
        finally:
            child.terminate()
            child.wait(30)


Start = tuple[list[str], Mapping[str, str], str]


def datasette(room: Room) -> Start:
    """SQLite, indexes on what is asked; counts and pages as they come."""
    file = room.folder / "ev.db"
    fill_sqlite(room.place, file)
    limits = {"sql_time_limit_ms": "600000", "max_returned_rows": "10000", "max_csv_mb": "0"}
    settings = [word for name, value in limits.items() for word in ("--setting", name, value)]
    command = [room.program("datasette"), "serve", str(file), "--port", str(room.port), *settings]
    return command, {}, "/-/versions.json"


def fill_sqlite(place: Place, file: Path) -> None:
    """The peers' table as a SQLite file."""
    with connected(place) as connection, connection.cursor() as cursor, sqlite3.connect(file) as own:
        cursor.execute("SELECT * FROM peer.event LIMIT 0")
        names = [column.name for column in cursor.description or [] if column.name != "geom"]
        numbers = {"id", "fatalities_low", "fatalities_best", "fatalities_high"}
        places = {"longitude", "latitude"}
        kinds = dict.fromkeys(numbers, "INTEGER") | dict.fromkeys(places, "REAL")
        columns = ", ".join(f"{name} {kinds.get(name, 'TEXT')}" for name in names)
        own.execute(f"CREATE TABLE event ({columns}, PRIMARY KEY (id))")
        copied = copied_lines(
            cursor, f"COPY (SELECT {', '.join(names)} FROM peer.event) TO STDOUT (FORMAT csv)"
        )
        own.executemany(f"INSERT INTO event VALUES ({', '.join('?' * len(names))})", csv.reader(copied))
        for name in ("event_date", "event_type", "country"):
            own.execute(f"CREATE INDEX event_{name} ON event ({name})")
        own.execute("ANALYZE")


def copied_lines(cursor: psycopg.Cursor, statement: str) -> Iterator[str]:
    """The lines of a COPY."""
    with cursor.copy(statement) as copy:
        for row in copy:
            yield bytes(row).decode()


def connected(place: Place) -> psycopg.Connection:
    """A connection to the peers' table."""
    return psycopg.connect(host=place.host, port=place.port, user=place.user, dbname=place.name)


def tipg(room: Room) -> Start:
    """OGC API Features and Tiles of Development Seed, under uvicorn."""
    place = room.place
    more = {
        "POSTGRES_USER": place.user,
        "POSTGRES_PASS": "none",
        "POSTGRES_HOST": "127.0.0.1",
        "POSTGRES_PORT": place.port,
        "POSTGRES_DBNAME": place.name,
        "DATABASE_URL": f"postgresql://{place.user}@{place.host.replace('/', '%2F')}:{place.port}/{place.name}",
        "TIPG_DB_SCHEMAS": '["peer"]',
        "TIPG_MAX_FEATURES_PER_QUERY": "1000000",
        "TIPG_DEFAULT_FEATURES_LIMIT": "100",
    }
    command = [room.program("uvicorn"), "tipg.main:app", "--port", str(room.port), "--log-level", "warning"]
    return command, more, "/collections?f=json"


def pygeoapi(room: Room) -> Start:
    """The reference implementation of OGC API Features, under gunicorn as its manual says."""
    config = room.folder / "config.json"
    config.write_text(json.dumps(pygeoapi_config(room)), encoding="utf-8")
    more = {"PYGEOAPI_CONFIG": str(config), "PYGEOAPI_OPENAPI": str(room.folder / "openapi.json")}
    made = [
        room.program("pygeoapi"),
        "openapi",
        "generate",
        str(config),
        "--output-file",
        more["PYGEOAPI_OPENAPI"],
    ]
    subprocess.run(made, env={**os.environ, **more}, check=True, capture_output=True)
    subprocess.run(
        [
            str(Path(sys.executable).with_name("uv")),
            "pip",
            "install",
            "-q",
            "--python",
            room.program("python"),
            "gunicorn",
        ],
        check=True,
    )
    command = [
        room.program("gunicorn"),
        "--bind",
        f"127.0.0.1:{room.port}",
        "--workers",
        "2",
        "--timeout",
        "600",
    ]
    return [*command, "pygeoapi.flask_app:APP"], more, "/conformance?f=json"


def pygeoapi_config(room: Room) -> dict[str, object]:
    """One collection of features."""
    place = room.place
    data = {
        "host": place.host,
        "port": int(place.port),
        "dbname": place.name,
        "user": place.user,
        "password": "none",
    }
    extents = {"spatial": {"bbox": [-20, 0, 45, 30], "crs": "http://www.opengis.net/def/crs/OGC/1.3/CRS84"}}
    provider = {
        "type": "feature",
        "name": "PostgreSQL",
        "data": data | {"search_path": ["peer"]},
        "id_field": "id",
        "table": "event",
        "geom_field": "geom",
        "time_field": "event_date",
    }
    said = {"title": "events", "description": "events", "keywords": ["events"]}
    kept = ("name", "position", "address", "city", "stateorprovince", "postalcode", "country", "phone", "fax")
    who = dict.fromkeys([*kept, "hours", "instructions", "role"], "none") | {
        "url": "http://localhost",
        "email": "none@localhost",
    }
    return {
        "server": {
            "bind": {"host": "127.0.0.1", "port": room.port},
            "url": f"http://127.0.0.1:{room.port}",
            "mimetype": "application/json; charset=UTF-8",
            "encoding": "utf-8",
            "languages": ["en-US"],
            "limits": {"default_items": 100, "max_items": 1_000_000, "on_exceed": "throttle"},
            "map": {"url": "http://localhost/{z}/{x}/{y}.png", "attribution": "none"},
        },
        "logging": {"level": "ERROR"},
        "metadata": {
            "identification": said
            | {"keywords_type": "theme", "terms_of_service": "none", "url": "http://localhost"},
            "license": {"name": "none", "url": "http://localhost"},
            "provider": {"name": "none", "url": "http://localhost"},
            "contact": who,
        },
        "resources": {"event": said | {"type": "collection", "extents": extents, "providers": [provider]}},
    }


def typical(room: Room) -> Start:
    """Django with the REST framework's GIS extension."""
    place = room.place
    more = {
        "PEER_HOST": place.host,
        "PEER_PORT": place.port,
        "PEER_USER": place.user,
        "PEER_NAME": place.name,
        "PEER_GDAL": str(geolibs.GDAL),
        "PEER_GEOS": str(geolibs.GEOS),
        "PYTHONPATH": str(HERE),
    }
    command = [room.program("gunicorn"), "typical:application", "--bind", f"127.0.0.1:{room.port}"]
    return [*command, "--workers", "2", "--threads", "4", "--timeout", "600"], more, "/events/?page_size=1"


STARTS = {"datasette": datasette, "tipg": tipg, "pygeoapi": pygeoapi, "typical Django": typical}
