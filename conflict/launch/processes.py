"""The processes of one copy: what each runs, as whom, with which environment, and how it is asked to end."""

from __future__ import annotations

import os
import signal
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from conflict.launch import venv
from conflict.launch.accounts import Account, current, is_root
from conflict.launch.broker import Broker
from conflict.launch.cluster import Cluster
from conflict.launch.cluster import environ as cluster_environ
from conflict.launch.places import ROOT
from conflict.launch.speech import run_shown, step, warn
from conflict.launch.surroundings import Surroundings

IMPORTED = """import django; django.setup()
import gunicorn.app.wsgiapp, gunicorn.workers.gthread, conflict.urls, conflict.wsgi
import celery.apps.beat, celery.apps.worker, celery.bin.celery, celery.concurrency.prefork, celery.worker.components
import celery.worker.consumer, django_celery_beat.schedulers, kombu.transport.redis"""
GUNICORN_SETTINGS = ROOT / "deploy" / "gunicorn.conf.py"


@dataclass(frozen=True)
class Process:
    """One process. `patience`: seconds it gets to end by itself after `stop_signal`."""

    name: str
    command: list[str]
    environ: Mapping[str, str]
    account: Account
    folder: Path = ROOT
    stop_signal: signal.Signals = signal.SIGTERM
    patience: float = 15.0


def database(cluster: Cluster) -> Process:
    """PostgreSQL: SIGINT is its fast shutdown, which ends clients and writes everything down."""
    return Process(
        "database", cluster.command(), cluster_environ(), cluster.account, Path("/"), signal.SIGINT, 60.0
    )


def redis(broker: Broker) -> Process:
    """Redis."""
    return Process("redis", broker.command(), dict(os.environ), broker.account, broker.folder)


def web(surroundings: Surroundings, account: Account, host: str, port: int) -> Process:
    """The site, under gunicorn."""
    command = [str(venv.program("gunicorn")), "--config", str(GUNICORN_SETTINGS), "conflict.wsgi:application"]
    return Process(
        "web", command, at_home(surroundings.for_web(host, port), surroundings), account, patience=35.0
    )


def worker(surroundings: Surroundings, account: Account) -> Process:
    """The Celery worker: a warm shutdown lets running tasks finish; an unfinished one is delivered again."""
    options = [
        "--concurrency",
        "2",
        "--prefetch-multiplier",
        "1",
        "--loglevel",
        "INFO",
        "--without-gossip",
        "--without-mingle",
    ]
    command = [
        str(venv.program("celery")),
        "--app",
        "conflict.celery",
        "worker",
        *options,
        "--hostname",
        "worker@%h",
    ]
    return Process(
        "worker", command, at_home(surroundings.for_worker(), surroundings), account, patience=30.0
    )


def beat(surroundings: Surroundings, account: Account) -> Process:
    """The one scheduler: its plan is in the database."""
    options = [
        "--scheduler",
        "django_celery_beat.schedulers:DatabaseScheduler",
        "--pidfile=",
        "--loglevel",
        "INFO",
    ]
    command = [str(venv.program("celery")), "--app", "conflict.celery", "beat", *options]
    return Process("beat", command, at_home(surroundings.for_worker(), surroundings), account)


def at_home(environ: Mapping[str, str], surroundings: Surroundings) -> dict[str, str]:
    """HOME is the copy's folder for files: the account has none, and root's is closed to it."""
    return {**environ, "HOME": str(surroundings.files)} if is_root() else dict(environ)


def application_account(wanted: Account) -> Account:
    """The account for web, worker and beat: the wanted one if it can read this checkout, else ours."""
    if wanted == current() or can_run_checkout(wanted):
        return wanted
    warn(
        f"The account {wanted.name} cannot use {ROOT}, so web and worker run as {current().name}. "
        "A checkout that everybody may read avoids it."
    )
    return current()


def compile_first(account: Account, surroundings: Surroundings, log: Path) -> None:
    """Import once as ourselves what the application imports, so that compiled code is kept beside the sources.

    Its own account cannot write there, and would compile everything anew at each start.
    """
    if account != current():
        advice = "The application does not import: the last lines say where."
        with step("Application", f"compiling what it imports, for {account.name}"):
            run_shown([venv.PYTHON, "-c", IMPORTED], log, advice, env=surroundings.for_worker(), cwd=ROOT)


def can_run_checkout(account: Account) -> bool:
    """Whether an account can start the environment's Python and read the code."""
    check = "import sys, django; open(sys.argv[1]).close(); open(sys.argv[2]).close()"
    code, bundle = (
        ROOT / "conflict" / "settings.py",
        ROOT / "static" / "build" / "collected" / "staticfiles.json",
    )
    return account.can([str(venv.PYTHON), "-c", check, str(code), str(bundle)])
