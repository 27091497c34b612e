"""The stage that all tests share: a real database with the real roles, a server and a worker as real processes.

`database`  empty tables, committed as in life; whatever a test leaves is swept before the next one.
`world`     the product's own sample, published. Read it; a test that writes takes `database`.
`site`      the address of a gunicorn that serves the test database as sahel_desk and sahel_public.
`worker`    a Celery worker on the test database as sahel_worker.
`as_role`   the desk's connection in this process as another role.
A fixture of your own is worth adding when three tests need the same thing.
"""

from __future__ import annotations

import os
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path
from urllib.parse import unquote

import environ
import psycopg
import pytest
from celery import current_app
from django.conf import settings
from django.core.cache import cache
from django.db import connections
from django.test.utils import setup_databases, teardown_databases

ROOT = Path(__file__).parent.parent
GUNICORN_SETTINGS = ROOT / "deploy" / "gunicorn.conf.py"
KEPT = ("django_migrations", "django_content_type", "auth_permission", "spatial_ref_sys")
# Tests ask as much as they like; those of the quotas themselves set their own.
UNLIMITED = {"QUOTA_ANONYMOUS": "0", "QUOTA_TILES": "0", "QUOTA_KEY": "0"}
settings.QUOTAS = dict.fromkeys(settings.QUOTAS, 0)
stage = {"holds": "unknown"}


@pytest.fixture(scope="session", autouse=True)
def counting_on_the_record() -> None:
    """No copy in this process, which would have to follow every sweep; tests/lens make their own, servers theirs."""
    settings.LENS = "off"


@pytest.fixture(scope="session")
def django_db_modify_db_settings() -> None:
    """One process, one database: `TEST_DATABASE` names it."""


@pytest.fixture(scope="session")
def django_db_setup(
    django_test_environment: None, django_db_blocker: pytest.FixtureRequest
) -> Iterator[None]:
    """Make the test database for every alias, whichever tests were chosen.

    pytest-django's own fixture makes it only when a chosen test bears the mark `django_db`; without it these tests
    would run on, and sweep, the database that people work with.
    """
    with django_db_blocker.unblock():
        made = setup_databases(verbosity=0, interactive=False)
    yield
    with django_db_blocker.unblock():
        # Django closes the alias it made the database with, not its mirror; a child that was stopped a moment ago
        # may still be known to the server.
        connections["record"].close()
        with superuser() as connection:
            connection.execute(
                "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
                " WHERE datname = current_database() AND pid <> pg_backend_pid()"
            )
        teardown_databases(made, verbosity=0)


def sweep() -> None:
    """Empty every table. Only a superuser can: the record's triggers refuse everybody else."""
    name = connections["default"].settings_dict["NAME"]
    assert name == connections["default"].settings_dict["TEST"]["NAME"], f"{name} is no test database"
    for alias in connections:
        connections[alias].close()
    with superuser() as connection, connection.cursor() as cursor:
        cursor.execute(
            "SELECT quote_ident(schemaname) || '.' || quote_ident(tablename) FROM pg_tables"
            " WHERE schemaname IN ('public', 'record') AND NOT tablename = ANY(%s)",
            [list(KEPT)],
        )
        tables = ", ".join(name for (name,) in cursor.fetchall())
        cursor.execute("SET session_replication_role = replica")
        empty(cursor, tables)
    cache.clear()


def empty(cursor: psycopg.Cursor, tables: str, tries: int = 5) -> None:
    """Empty the tables; a server of an earlier test may still be reading some of them in another order."""
    try:
        cursor.execute(f"TRUNCATE {tables} RESTART IDENTITY CASCADE")
    except psycopg.errors.DeadlockDetected:
        if tries == 1:
            raise
        empty(cursor, tables, tries - 1)


def address(variable: str) -> dict[str, str]:
    """The parts of a database address in the environment, for psycopg, on the test database."""
    parts = environ.Env.db_url_config(os.environ[variable])
    return {
        "host": unquote(parts["HOST"]),
        "port": str(parts["PORT"] or 5432),
        "user": parts["USER"],
        "password": parts["PASSWORD"],
        "dbname": connections["default"].settings_dict["NAME"],
    }


def superuser() -> psycopg.Connection:
    """A superuser's connection to the test database."""
    return psycopg.connect(**address("SUPERUSER_DATABASE_URL"), autocommit=True)


@pytest.fixture
def superuser_connection(database: None) -> Iterator[psycopg.Connection]:
    """For tests that tamper with the record as only a superuser could."""
    with superuser() as connection:
        yield connection


@pytest.fixture
def database(django_db_setup: None, django_db_blocker: pytest.FixtureRequest) -> Iterator[None]:
    """An empty database in which everything is committed for real."""
    with django_db_blocker.unblock():
        if stage["holds"] != "nothing":
            sweep()
        stage["holds"] = "what a test left"
        yield


@pytest.fixture
def world(django_db_setup: None, django_db_blocker: pytest.FixtureRequest) -> Iterator[None]:
    """The sample, published; loaded anew only after a test that wrote."""
    from django.core.management import call_command

    with django_db_blocker.unblock():
        if stage["holds"] != "the sample":
            sweep()
            call_command("load_sample", verbosity=0)
            stage["holds"] = "the sample"
        yield


@pytest.fixture
def as_role(database: None) -> Callable[[str], AbstractContextManager[None]]:
    """`with as_role("DESK_DATABASE_URL"):` the desk's connection is that role's, as in its own process."""

    @contextmanager
    def switched(variable: str) -> Iterator[None]:
        connection = connections["default"]
        role = address(variable)
        before = {key: connection.settings_dict[key] for key in ("USER", "PASSWORD")}
        connection.close()
        connection.settings_dict.update(USER=role["user"], PASSWORD=role["password"])
        try:
            yield
        finally:
            connection.close()
            connection.settings_dict.update(before)

    return switched


def process_environment(role_variable: str) -> dict[str, str]:
    """The environment of a real process on the test database."""
    name = connections["default"].settings_dict["NAME"]

    def moved(variable: str) -> str:
        return os.environ[variable].rsplit("/", 1)[0] + f"/{name}"

    return {
        **os.environ,
        "DATABASE_URL": moved(role_variable),
        "RECORD_DATABASE_URL": moved("RECORD_DATABASE_URL"),
        "FEED_ALLOWED_HOSTS": "127.0.0.1,localhost",
        "RECORD_TIMEOUT_MS": "10000",
        **UNLIMITED,
    }


def free_port() -> int:
    """A port that nobody listens on just now."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


@contextmanager
def process(command: list[str], environment: dict[str, str], log: Path) -> Iterator[subprocess.Popen[bytes]]:
    """A child process that ends with the block; its output goes to `log`."""
    with log.open("wb") as output:
        child = subprocess.Popen(command, cwd=ROOT, env=environment, stdout=output, stderr=subprocess.STDOUT)
        try:
            yield child
        finally:
            child.terminate()
            try:
                child.wait(15)
            except subprocess.TimeoutExpired:
                child.kill()
                child.wait()


def wait_until(true: Callable[[], bool], seconds: float, what: str, log: Path | None = None) -> None:
    """Wait for something that another process does; fail saying what did not happen and the end of its log."""
    deadline = time.monotonic() + seconds
    while not true():
        if time.monotonic() > deadline:
            pytest.fail(f"after {seconds} s: {what}\n{log.read_text()[-6000:] if log else ''}")
        time.sleep(0.1)


def answers(url: str) -> bool:
    """Whether an address answers 200."""
    try:
        with urllib.request.urlopen(url, timeout=5) as response:
            return response.status == 200
    except OSError:
        return False


@pytest.fixture(scope="session")
def server(django_db_setup: None, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """One gunicorn for the session, on the test database, as sahel_desk and sahel_public."""
    port, log = free_port(), tmp_path_factory.mktemp("server") / "gunicorn.log"
    command = [
        sys.executable,
        "-m",
        "gunicorn",
        "conflict.wsgi",
        "--config",
        str(GUNICORN_SETTINGS),
        "--workers",
        "1",
        "--bind",
        f"127.0.0.1:{port}",
        "--threads",
        "4",
    ]
    with process(command, process_environment("DESK_DATABASE_URL"), log):
        url = f"http://127.0.0.1:{port}"
        wait_until(lambda: answers(f"{url}/health/live"), 60, "gunicorn does not answer", log)
        yield url


@pytest.fixture
def site(world: None, server: str) -> str:
    """The address of the server, with the sample published."""
    return server


@pytest.fixture(scope="module")
def worker(django_db_setup: None, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """A real worker for the tests of one module, with an empty queue at the start; yields its log."""
    log = tmp_path_factory.mktemp("worker") / "worker.log"
    command = "-m celery -A conflict.celery worker --concurrency 1 --loglevel INFO --without-mingle --without-gossip"
    current_app.control.purge()
    with process([sys.executable, *command.split()], process_environment("WORKER_DATABASE_URL"), log):
        wait_until(lambda: b"ready." in log.read_bytes(), 60, "the worker is not ready", log)
        yield log
