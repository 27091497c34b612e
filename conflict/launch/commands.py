"""The launcher's subcommands, one line of help each."""

from __future__ import annotations

import shutil
import sys
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from conflict.launch import frontend, locks, packages, site, testing, venv
from conflict.launch.address import address, answer, complaint
from conflict.launch.contents import manage
from conflict.launch.places import Places, data_folder, remove
from conflict.launch.register import Register
from conflict.launch.services import needs, stop_leftovers
from conflict.launch.session import data_services, hold
from conflict.launch.speech import Refusal, say, speak_on

Words = Sequence[str]
Environ = Mapping[str, str]
STOP_SECONDS = 150.0
ROOMS = ("postgres", "redis", "files", "log", "sockets", "test")
FILES = ("contents.stamp", "logins.txt", "secrets.json", "running.json")


@dataclass(frozen=True)
class Command:
    """A subcommand: what it takes, what it does."""

    arguments: str
    words: str
    run: Callable[[Environ, Words], int]


def run_manage(environ: Environ, words: Words) -> int:
    """A management command, with the owner's database role."""
    speak_on(sys.stderr)
    venv.ensure_quietly()
    with data_services(Places(data_folder(environ), environ), environ) as surroundings:
        return testing.run_attached(manage(*words), surroundings.for_manage(), None)


def stop(environ: Environ, words: Words) -> int:
    """Stop the running copy, and what a killed launcher has left."""
    refuse_words("stop", words)
    places = Places(data_folder(environ), environ)
    found = Register.read(places.register)
    alive = found.alive()
    if not alive:
        say(f"Nothing of {places.data} is running.")
        return 0
    launcher = alive.get("launcher")
    if launcher:
        say(f"Stopping (process {launcher.pid})")
        launcher.end(STOP_SECONDS)
    stop_leftovers(Register.read(places.register))
    places.register.unlink(missing_ok=True)
    say("Stopped.")
    return 0


def status(environ: Environ, words: Words) -> int:
    """Say what runs: exit code 0 when the site is ready, 3 when it is not running, 1 when it is not ready."""
    refuse_words("status", words)
    places = Places(data_folder(environ), environ)
    found = Register.read(places.register)
    alive = found.alive()
    if not alive:
        say(f"Not running. Data: {places.data}")
        return 3
    for name, running in alive.items():
        say(f"{name:10} process {running.pid}")
    if not found.url:
        say("Not ready yet.")
        return 1
    host, _, port = found.url.removeprefix("http://").rstrip("/").rpartition(":")
    code, body = answer(host.strip("[]"), int(port), "/health/ready")
    say(
        f"{found.url} is ready. Data: {places.data}"
        if code == 200
        else f"{found.url}: {complaint(code, body)}"
    )
    return 0 if code == 200 else 1


def reset(environ: Environ, words: Words) -> int:
    """Stop, and remove this copy's private data; asks first, unless told --yes."""
    if list(words) not in ([], ["--yes"]):
        raise Refusal(f"reset does not know {' '.join(words)!r}.", "It takes --yes or nothing.")
    places = Places(data_folder(environ), environ)
    if not words and not agreed(places):
        say("Nothing removed.")
        return 1
    stop(environ, [])
    with hold(places, 10.0):
        for name in ROOMS:
            remove(places.data / name)
        remove(places.sockets("db").parent)
        for name in FILES:
            (places.data / name).unlink(missing_ok=True)
    say(f"Removed the database, secrets and logs in {places.data}. ./run starts afresh.")
    return 0


def agreed(places: Places) -> bool:
    """Ask before data goes away; without a terminal there is nobody to ask."""
    if not sys.stdin.isatty():
        raise Refusal(
            "reset removes the database, and nobody is here to confirm it.", "Call ./run reset --yes"
        )
    return input(f"Remove the database, secrets and logs in {places.data}? Type yes: ").strip() == "yes"


def refuse_words(command: str, words: Words) -> None:
    """Refuse arguments where none are taken."""
    if words:
        raise Refusal(f"{command} takes no arguments, and got {' '.join(words)!r}.", f"Call ./run {command}")


def start(environ: Environ, words: Words) -> int:
    """Set everything up and run it."""
    refuse_words("start", words)
    return site.start(environ)


def probe(environ: Environ, words: Words) -> int:
    """Ask the site on this machine for a path (/health/ready): exit code 0 when it answers 200."""
    if len(words) > 1 or not all(word.startswith("/") for word in words):
        raise Refusal(
            f"probe does not know {' '.join(words)!r}.",
            "It takes one path, such as /health/live, or nothing.",
        )
    host, port = bound(environ)
    status, body = answer(host, port, words[0] if words else "/health/ready")
    say("ok" if status == 200 else complaint(status, body))
    return 0 if status == 200 else 1


def bound(environ: Environ) -> tuple[str, int]:
    """Where gunicorn listens: BIND (as in containers), else HOST and PORT."""
    host, _, port = environ.get("BIND", "").rpartition(":")
    return (host.strip("[]"), int(port)) if port.isdigit() else address(environ)


def only_packages(environ: Environ, words: Words) -> int:
    """Install system packages for the named needs, by default those of ./run."""
    unknown = [word for word in words if word not in packages.NEEDS]
    if unknown:
        raise Refusal(f"There is no need called {unknown[0]!r}.", f"There are: {', '.join(packages.NEEDS)}.")
    packages.ensure(tuple(words) or needs(environ, packages.TO_RUN))
    return 0


def only_venv(environ: Environ, words: Words) -> int:
    """Make the virtual environment."""
    refuse_words("venv", words)
    venv.ensure()
    return 0


def only_frontend(environ: Environ, words: Words) -> int:
    """Install front-end packages, build and collect."""
    refuse_words("frontend", words)
    frontend.ensure()
    return 0


def lock(environ: Environ, words: Words) -> int:
    """Compile the pinned lists again from what is written by hand."""
    refuse_words("lock", words)
    venv.ensure_quietly()
    locks.compile_all()
    return 0


COMMANDS = {
    "start": Command(
        "", "set up whatever is missing, run the site, stop it with Ctrl-C (the default)", start
    ),
    "test": Command(
        "[pytest arguments]", "set up whatever tests need and run them all, or those named", testing.test
    ),
    "bench": Command(
        "[name [arguments]]",
        "run a benchmark on a throwaway database; without a name, list them",
        testing.bench,
    ),
    "manage": Command("command [arguments]", "run a management command on this copy's database", run_manage),
    "status": Command("", "say what runs", status),
    "stop": Command("", "stop this copy, also from another terminal", stop),
    "reset": Command("[--yes]", "remove this copy's database, secrets and logs", reset),
    "probe": Command("[path]", "ask the running site for a path; exit code 0 when it answers 200", probe),
    "packages": Command("[need ...]", "only install system packages", only_packages),
    "venv": Command("", "only make the virtual environment", only_venv),
    "frontend": Command("", "only build the front end and collect static files", only_frontend),
    "lock": Command("", "pin the newest allowed packages: requirements.txt, package-lock.json", lock),
}


def help_text() -> str:
    """What ./run --help says."""
    width = min(100, shutil.get_terminal_size().columns)
    lines = [
        f"  ./run {f'{name} {command.arguments}'.strip():32} {command.words}"
        for name, command in COMMANDS.items()
    ]
    return "\n".join(
        [
            "Sahel Conflict Tracker: ./run sets up whatever is missing and runs the site on this machine.",
            "",
            *(line if width >= 80 else line.replace("  ", " ") for line in lines),
            "",
            "Environment: PORT (8000), HOST (127.0.0.1), SAHEL_DATA (where this copy keeps its data);",
            "DATABASE_URL with RECORD_DATABASE_URL, and BROKER_URL with REDIS_URL, for servers of your own.",
            "docs/operations.md says what each step does; docs/reference.md lists every setting.",
        ]
    )
