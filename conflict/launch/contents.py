"""What is in the database at first start: the tables, the sample data, the demo accounts."""

from __future__ import annotations

import os
import subprocess
from collections.abc import Mapping
from pathlib import Path

from conflict.launch import accounts, processes, stamps, venv
from conflict.launch.places import ROOT, Places
from conflict.launch.speech import Refusal, run_shown, step, up_to_date
from conflict.launch.surroundings import Surroundings

SOURCES = [ROOT / "conflict", ROOT / "actors", ROOT / "events", ROOT / "requirements.txt"]


def manage(*words: str) -> list[str]:
    """A management command."""
    return [*venv.MANAGE, *words]


def ensure(places: Places, surroundings: Surroundings) -> None:
    """Migrate and load the sample, when the code or the database changed; accounts once.

    A database of somebody's own is migrated and gets no sample data and no demo accounts.
    """
    stamp, digest = places.data / "contents.stamp", contents_digest(surroundings)
    if stamps.is_stamped(stamp, digest):
        up_to_date("Database", "tables and sample data up to date")
        return
    stamps.drop(stamp)
    environ = surroundings.for_manage()
    migrate(places.logs / "migrate.log", environ)
    if surroundings.databases.private:
        load_sample(places, environ)
        make_accounts(places, environ)
    processes.compile_first(accounts.for_application(), surroundings, places.logs / "compile.log")
    stamps.put(stamp, digest)


def migrate(log: Path, environ: Mapping[str, str]) -> None:
    """Bring the tables and the scheduler's plan up to date."""
    advice = "Read the message above. The tables stay as they were before the migration that failed."
    with step("Database", "migrating tables, planning periodic tasks"):
        run_shown(manage("migrate", "--noinput"), log, advice, env=environ)
        run_shown(manage("schedule"), log, advice, env=environ)


def contents_digest(surroundings: Surroundings) -> str:
    """What the contents are made from: code, shipped data, and which database they are in."""
    return stamps.digest_of(SOURCES, surroundings.databases.owner)


def load_sample(places: Places, environ: Mapping[str, str]) -> None:
    """Load the sample data that ships with the product; what is there already stays."""
    with step("Sample data", "loading actors, incidents and places"):
        advice = "A file of actors/registry or events/sample cannot be loaded: it is named above."
        run_shown(manage("load_sample"), places.logs / "sample.log", advice, env=environ)


def make_accounts(places: Places, environ: Mapping[str, str]) -> None:
    """Make the demo accounts, and keep what the command says about them for later starts."""
    with step("Demo accounts", "making logins with passwords generated here"):
        done = subprocess.run(
            manage("demo_accounts"), env=dict(environ), capture_output=True, text=True, check=False
        )
    if done.returncode != 0:
        raise Refusal(
            f"`manage.py demo_accounts` failed:\n{done.stderr.strip()[-2000:]}", "Call ./run again."
        )
    if done.stdout.strip():
        write_private(logins_file(places), done.stdout)


def logins_file(places: Places) -> Path:
    """Where the demo logins are kept, readable by their owner alone."""
    return places.data / "logins.txt"


def write_private(file: Path, text: str) -> None:
    """Write a file that nobody else can read."""
    file.unlink(missing_ok=True)
    with os.fdopen(os.open(file, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w", encoding="utf-8") as out:
        out.write(text)


def logins(places: Places) -> str:
    """The demo logins as first made, empty if there are none."""
    try:
        return logins_file(places).read_text(encoding="utf-8").strip()
    except OSError:
        return ""
