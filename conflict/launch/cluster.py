"""A PostgreSQL cluster of our own: a unix socket, no network port, never run as root."""

from __future__ import annotations

import os
import subprocess
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import quote

from conflict.launch import accounts
from conflict.launch.accounts import Account
from conflict.launch.packages import server_programs
from conflict.launch.places import ROOT
from conflict.launch.speech import Refusal, step

SUPERUSER = "postgres"
DATABASE = "sahel"
SETUP = ROOT / "deploy" / "roles.sql"
MEGABYTE = 2**20

ACCESS = """# Written at each start by conflict/launch/cluster.py.
local all {superuser} peer map=launcher
local all all scram-sha-256
"""

SETTINGS = """# Written at each start by conflict/launch/cluster.py; what you change here is lost.
listen_addresses = ''
port = 5432
unix_socket_directories = '{sockets}'
max_connections = 60
shared_buffers = {shared}MB
effective_cache_size = {cached}MB
work_mem = 16MB
maintenance_work_mem = 256MB
max_parallel_workers_per_gather = 1
random_page_cost = 1.1
jit = off
max_wal_size = 2GB
checkpoint_timeout = 15min
wal_compression = on
timezone = 'UTC'
log_timezone = 'UTC'
log_line_prefix = '%m %u@%d '
"""

THROWAWAY = """fsync = off
synchronous_commit = off
full_page_writes = off
autovacuum_naptime = 1h
"""


@dataclass(frozen=True)
class Cluster:
    """One cluster: its data folder, the folder of its socket, the account that owns both.

    `folder` holds the data folder `main`. `durable` is for data that matters: without it a power cut may
    destroy the cluster, and tests run faster.
    """

    folder: Path
    sockets: Path
    account: Account
    durable: bool = True

    @property
    def data(self) -> Path:
        """What PostgreSQL calls its data directory."""
        return self.folder / "main"

    def prepare(self) -> None:
        """Create the cluster if there is none, and write its settings."""
        if self.made_by() is None:
            self.create()
        self.write("launcher.conf", self.settings())
        self.write("pg_hba.conf", ACCESS.format(superuser=SUPERUSER))
        self.write(
            "pg_ident.conf", "".join(f"launcher {name} {SUPERUSER}\n" for name in self.administrators())
        )

    def create(self) -> None:
        """Run initdb beside the final place, so that an interrupted one leaves nothing half made."""
        new = self.folder / "new"
        options = ["--username", SUPERUSER, "--auth", "peer", "--encoding", "UTF8", "--locale", "C.UTF-8"]
        with step("Database", "creating a PostgreSQL cluster"):
            self.run(["rm", "-rf", str(new)])
            self.run(
                [
                    str(self.program("initdb")),
                    "--pgdata",
                    str(new),
                    *([] if self.durable else ["--no-sync"]),
                    *options,
                ]
            )
            self.run(["sh", "-c", 'echo "include \'launcher.conf\'" >> "$0/postgresql.conf"', str(new)])
            self.run(["mv", str(new), str(self.data)])

    def settings(self) -> str:
        """The settings, memory by the size of the machine."""
        memory = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") // MEGABYTE
        shared = max(64, min(512, memory // 8))
        text = SETTINGS.format(sockets=self.sockets, shared=shared, cached=max(256, memory // 3))
        return text if self.durable else text + THROWAWAY

    def administrators(self) -> list[str]:
        """System accounts that may connect as superuser: the cluster's own, and root when root starts it."""
        return list(dict.fromkeys([self.account.name, accounts.current().name]))

    def write(self, name: str, text: str) -> None:
        """Write one configuration file as the cluster's account: the folder is theirs, not ours."""
        self.run(["sh", "-c", 'umask 077; cat > "$0"', str(self.data / name)], text)

    def run(self, command: list[str], text: str = "") -> None:
        """Run a command as the cluster's account. Raises Refusal with what it said."""
        done = subprocess.run(
            command,
            input=text,
            capture_output=True,
            text=True,
            check=False,
            cwd="/",
            env=environ(),
            **self.account.switch(),
        )
        if done.returncode != 0:
            said = (done.stderr or done.stdout).strip()
            raise Refusal(f"{Path(command[0]).name} ended with code {done.returncode}: {said}", self.advice())

    def advice(self) -> str:
        """What helps when the cluster cannot be made or used."""
        return f"Look at the free space on disk and at {self.folder}; `./run reset` removes this copy's data."

    def program(self, name: str) -> Path:
        """A program of the server version that this cluster was made by."""
        made_by = self.made_by()
        folder = server_programs(made_by)
        if folder is None:
            raise Refusal(
                f"No PostgreSQL {made_by or 'with PostGIS'} is installed for the cluster in {self.folder}.",
                f"Install postgresql-{made_by or 15}-postgis-3, or move the data (docs/operations.md).",
            )
        return folder / name

    def made_by(self) -> str | None:
        """Major version of the cluster, None before it is made."""
        try:
            return (self.data / "PG_VERSION").read_text(encoding="ascii").strip()
        except OSError:
            return None

    def command(self) -> list[str]:
        """The server itself, in the foreground."""
        if self.account.uid == 0:
            raise Refusal(
                "PostgreSQL does not run as root.", "Start ./run as root or as a person: it finds an account."
            )
        return [str(self.program("postgres")), "-D", str(self.data)]

    def answers(self) -> bool:
        """Whether the server takes connections."""
        command = [str(self.program("pg_isready")), "-q", "-h", str(self.sockets), "-p", "5432"]
        return subprocess.run(command, check=False, env=environ(), capture_output=True).returncode == 0

    def wait(self, is_alive: Callable[[], bool], seconds: float = 60.0) -> None:
        """Wait until it takes connections. `is_alive()` false ends the wait early."""
        until = time.monotonic() + seconds
        while not self.answers():
            if not is_alive() or time.monotonic() > until:
                raise Refusal(
                    "PostgreSQL did not come up.", f"{self.advice()} Its log is beside the other logs."
                )
            time.sleep(0.05)

    def set_up(self, passwords: Mapping[str, str]) -> None:
        """Create roles, extensions and the database, and set the roles' passwords; again at will."""
        command = [
            str(self.program("psql")),
            "-X",
            "-q",
            "-v",
            "ON_ERROR_STOP=1",
            "-h",
            str(self.sockets),
            "-p",
            "5432",
        ]
        told = {**environ(), **{f"{role.upper()}_PASSWORD": word for role, word in passwords.items()}}
        done = subprocess.run(
            [*command, "-U", SUPERUSER, "-d", "postgres", "-f", str(SETUP)],
            capture_output=True,
            text=True,
            check=False,
            env=told,
        )
        if done.returncode != 0:
            raise Refusal(f"Setting up roles and extensions failed: {done.stderr.strip()}", self.advice())

    def url(self, role: str, password: str = "") -> str:
        """The address of the database for one role."""
        secret = f":{quote(password, safe='')}" if password else ""
        return f"postgis://{role}{secret}@{quote(str(self.sockets), safe='')}/{DATABASE}"


def environ() -> dict[str, str]:
    """The environment for PostgreSQL's programs: no PG* variable of the caller may lead them elsewhere."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith("PG")}
    return {**kept, "LC_ALL": "C.UTF-8"}
