"""`./run test` and `./run bench`: a throwaway database and Redis for one command, removed after it."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path

from conflict.launch import accounts, contents, frontend, packages, register, venv
from conflict.launch.places import ROOT, Places, data_folder, remove
from conflict.launch.register import Register
from conflict.launch.services import Services, needs, stop_leftovers
from conflict.launch.speech import Refusal, say
from conflict.launch.supervisor import Asked, Supervisor
from conflict.launch.surroundings import Surroundings

BENCHES = ROOT / "tests" / "bench"
PREFIX = "bench_"


def test(environ: Mapping[str, str], words: Sequence[str]) -> int:
    """Set up everything tests need, run pytest with `words`, and answer its exit code."""
    packages.ensure(needs(environ, packages.TO_TEST))
    venv.ensure()
    frontend.ensure()
    with throwaway(environ, durable=False) as surroundings:
        told = surroundings.for_tests() | {"CHROMIUM": packages.browser() or ""}
        return run_attached([str(venv.PYTHON), "-m", "pytest", *words], told)


def bench(environ: Mapping[str, str], words: Sequence[str]) -> int:
    """Run one benchmark on a migrated, durable throwaway database; without a name, list them."""
    if not words:
        say("Benchmarks: " + (", ".join(sorted(benches())) or "none yet"))
        return 0
    script = benches().get(words[0])
    if script is None:
        raise Refusal(
            f"There is no benchmark {words[0]!r}.",
            f"There are: {', '.join(sorted(benches())) or 'none yet'}.",
        )
    packages.ensure(needs(environ, packages.TO_RUN))
    venv.ensure()
    frontend.ensure()
    with throwaway(environ, durable=True) as surroundings:
        told = surroundings.for_tests()
        contents.migrate(surroundings.files / "migrate.log", told)
        return run_attached([str(venv.PYTHON), str(script), *words[1:]], told)


def benches() -> dict[str, Path]:
    """The benchmarks by name."""
    return {path.stem.removeprefix(PREFIX): path for path in BENCHES.glob(f"{PREFIX}*.py")}


@contextmanager
def throwaway(environ: Mapping[str, str], *, durable: bool) -> Iterator[Surroundings]:
    """Data services for one run, in a room of their own that is removed at the end."""
    places = Places(data_folder(environ), environ)
    remove_abandoned(places)
    kind = f"test/{os.getpid()}"
    room = places.data / kind
    places.room(kind, accounts.current(), 0o711)
    services = Services(places, environ, kind, durable)
    current = Register(room / "running.json", "test")
    current.note("launcher", register.seen(os.getpid()))
    supervisor = Supervisor(room / "log", current)
    supervisor.listen()
    try:
        yield services.open(supervisor, superuser=True)
    finally:
        supervisor.stop()
        clear(places, room)


def remove_abandoned(places: Places) -> None:
    """Stop and remove what test runs that were killed have left."""
    for room in (places.data / "test").glob("*"):
        found = Register.read(room / "running.json")
        launcher = found.processes.get("launcher")
        # Before it has noted itself, a run is known by its folder's name alone: its process id.
        if not (launcher.is_alive() if launcher else register.born(int(room.name))):
            stop_leftovers(found)
            clear(places, room)


def clear(places: Places, room: Path) -> None:
    """Remove a test run's room and its sockets."""
    remove(room)
    for name in ("db", "q"):
        remove(places.sockets(f"test-{room.name}-{name}"))


def run_attached(command: Sequence[str], environ: Mapping[str, str], folder: Path | None = ROOT) -> int:
    """Run a command on our own terminal and pass its exit code on; when we are asked to stop, it is too."""
    child = subprocess.Popen(command, env=dict(environ), cwd=folder)
    try:
        code = child.wait()
    except (Asked, KeyboardInterrupt):
        code = end_attached(child)
    return code if code >= 0 else 128 - code


def end_attached(child: subprocess.Popen[bytes]) -> int:
    """End a command: a terminal's Ctrl-C has reached it already, other signals only us."""
    if not sys.stdin.isatty():
        child.send_signal(signal.SIGINT)
    try:
        return child.wait(timeout=30)
    except subprocess.TimeoutExpired:
        child.kill()
        return child.wait()
