"""One use of a copy's data: hold its lock, start what is needed, and stop it whatever happens."""

from __future__ import annotations

import os
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from typing import IO

from conflict.launch import register
from conflict.launch.places import Places
from conflict.launch.register import Register
from conflict.launch.services import Services, stop_leftovers
from conflict.launch.speech import Refusal, say
from conflict.launch.supervisor import Supervisor
from conflict.launch.surroundings import Surroundings

SITE = "site"
PATIENCE = 600.0


def held_by_site(places: Places) -> Register | None:
    """The register of the copy while ./run (the site) holds it."""
    found = Register.read(places.register)
    launcher = found.processes.get("launcher")
    return found if found.purpose == SITE and launcher and launcher.is_alive() else None


def ready_site(places: Places, seconds: float = PATIENCE) -> bool:
    """Whether ./run holds the copy; while it is still starting, wait for it."""
    until, said = time.monotonic() + seconds, False
    while (found := held_by_site(places)) and not found.url and time.monotonic() < until:
        if not said:
            say("• Waiting for ./run to be ready")
            said = True
        time.sleep(0.2)
    return found is not None


def hold(places: Places, seconds: float = PATIENCE) -> IO[str]:
    """Take the copy's lock, waiting for another command that has it."""
    until, said = time.monotonic() + seconds, False
    while (handle := register.lock(places.data / "lock")) is None:
        if time.monotonic() > until or held_by_site(places):
            raise Refusal(f"Another ./run uses {places.data}.", "Wait for it, or stop it with ./run stop.")
        if not said:
            say("• Waiting for another ./run of this copy to finish")
            said = True
        time.sleep(0.2)
    return handle


@contextmanager
def supervised(places: Places, purpose: str) -> Iterator[Supervisor]:
    """A supervisor that holds the copy's lock; at the end everything it started is stopped."""
    with hold(places):
        found = Register.read(places.register)
        stop_leftovers(found)
        current = Register(places.register, purpose)
        supervisor = Supervisor(places.logs, current)
        supervisor.listen()
        current.note("launcher", register.seen(os.getpid()))
        try:
            yield supervisor
        finally:
            supervisor.stop()
            places.register.unlink(missing_ok=True)


@contextmanager
def data_services(places: Places, environ: Mapping[str, str]) -> Iterator[Surroundings]:
    """Database and Redis for one command: the running site's, else started now and stopped after it."""
    services = Services(places, environ)
    if ready_site(places):
        yield services.surroundings()
        return
    with supervised(places, "command") as supervisor:
        yield services.open(supervisor)
