"""`./run`: every step up to a running site, then watching it until somebody stops it."""

from __future__ import annotations

import sys
import time
from collections.abc import Mapping

from conflict.launch import accounts, contents, frontend, packages, processes, venv
from conflict.launch.address import address, answer, complaint, refuse_taken, site_url
from conflict.launch.places import Places, data_folder
from conflict.launch.services import Services, needs
from conflict.launch.session import SITE, held_by_site, supervised
from conflict.launch.speech import QUIET_SECONDS, Refusal, say, step
from conflict.launch.supervisor import Asked, Supervisor
from conflict.launch.surroundings import Surroundings

STARTING_SECONDS = 90.0
TOO_MANY_ENDS = 3
OWN_DATABASE = (
    "A database of yours: no sample data, no demo accounts. "
    "./run manage load_sample and ./run manage createsuperuser make them."
)
APPLICATION = ("web", "worker", "beat")


def start(environ: Mapping[str, str]) -> int:
    """Set up whatever is missing, start everything, and watch it."""
    host, port = address(environ)
    began = time.monotonic()
    places = Places(data_folder(environ), environ)
    running = held_by_site(places)
    if running:
        say(f"Already running: {running.url or 'it is just starting'}. `./run stop` stops it.")
        return 0
    say(f"Sahel Conflict Tracker. Data: {places.data}")
    with supervised(places, SITE) as supervisor:
        try:
            surroundings = set_up(supervisor, places, host, port)
            start_application(supervisor, surroundings, host, port)
            await_ready(supervisor, host, port)
            say(f"\nReady after {time.monotonic() - began:.1f} s: {site_url(host, port)}")
            announce(supervisor, places, surroundings, site_url(host, port))
            supervisor.watch()
        except Asked:
            say("\nStopping.")
    say("Stopped.")
    return 0


def set_up(supervisor: Supervisor, places: Places, host: str, port: int) -> Surroundings:
    """Every step before the application: what is missing is installed, built, created, started."""
    refuse_taken(host, port)
    packages.ensure(needs(places.environ, packages.TO_RUN))
    venv.ensure()
    frontend.ensure()
    surroundings = Services(places, places.environ).open(supervisor)
    contents.ensure(places, surroundings)
    return surroundings


def start_application(supervisor: Supervisor, surroundings: Surroundings, host: str, port: int) -> None:
    """Start web, worker and beat."""
    account = processes.application_account(accounts.for_application())
    refuse_taken(host, port)
    say(f"• Application: starting web, worker and beat, as {account.name}")
    supervisor.start(processes.web(surroundings, account, host, port))
    supervisor.start(processes.worker(surroundings, account))
    supervisor.start(processes.beat(surroundings, account))


def await_ready(supervisor: Supervisor, host: str, port: int) -> None:
    """Watch until /health/ready answers 200. Raises Refusal when a process keeps ending or time runs out."""
    began = said = time.monotonic()

    def is_ready() -> bool:
        nonlocal said
        refuse_hopeless(supervisor)
        status, body = answer(host, port, "/health/ready")
        now = time.monotonic()
        if status != 200 and now - began > STARTING_SECONDS:
            raise Refusal(
                f"The site is not ready after {STARTING_SECONDS:.0f} s: {complaint(status, body)}.",
                f"The logs in {supervisor.logs} say why; ./run starts again.",
            )
        if status != 200 and now - said > QUIET_SECONDS:
            said = now
            say(f"  {now - began:.0f} s: {complaint(status, body)}")
        return status == 200

    with step("Site", "waiting for /health/ready"):
        supervisor.watch(is_ready)


def refuse_hopeless(supervisor: Supervisor) -> None:
    """Give up early on a process that ends again and again before the site was ever ready."""
    for name in APPLICATION:
        if supervisor.children[name].ends >= TOO_MANY_ENDS:
            raise Refusal(
                f"{name} does not stay up. Its last lines:\n{supervisor.tail(name)}",
                "A wrong setting is named there; docs/reference.md lists what is valid.",
            )


def announce(supervisor: Supervisor, places: Places, surroundings: Surroundings, url: str) -> None:
    """Note where the site is, and say how to log in and how to stop."""
    supervisor.register.url = url
    supervisor.register.write()
    if surroundings.caller.get("DOORS") != "public":
        say(f"Admin: {url}admin/")
        say(contents.logins(places) if surroundings.databases.private else OWN_DATABASE)
    say(f"Logs: {places.logs}")
    say("Ctrl-C stops it." if sys.stdin.isatty() else "./run stop stops it.")
