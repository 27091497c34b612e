"""The environment of each process: each gets the one database role and the addresses that it needs."""

from __future__ import annotations

import socket
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from conflict.launch.broker import Broker
from conflict.launch.cluster import SUPERUSER, Cluster
from conflict.launch.places import ROOT
from conflict.launch.speech import Refusal

# Set by the launcher for each process: never handed on from the caller's environment as they are.
OWN = (
    "DATABASE_URL",
    "DESK_DATABASE_URL",
    "WORKER_DATABASE_URL",
    "RECORD_DATABASE_URL",
    "SUPERUSER_DATABASE_URL",
    "REDIS_URL",
    "BROKER_URL",
    "SECRET_KEY",
    "SAHEL_DATA",
    "PYTHONPATH",
    "PYTHONHOME",
    "VIRTUAL_ENV",
    "DJANGO_SETTINGS_MODULE",
)
EVERYWHERE = ("0.0.0.0", "::", "")  # noqa: S104  # recognised here, never bound to unasked


@dataclass(frozen=True)
class Databases:
    """The database's address for each role, `superuser` only for tests. `private`: started by us."""

    owner: str
    desk: str
    worker: str
    record: str
    superuser: str = ""
    private: bool = True


@dataclass(frozen=True)
class Queues:
    """Addresses of Redis, for Celery and for the cache. `private`: started by the launcher."""

    broker: str
    cache: str
    private: bool = True


def given_databases(environ: Mapping[str, str]) -> Databases | None:
    """Existing databases named in the environment, None if there are none.

    DATABASE_URL is the owner's (it migrates); DESK_DATABASE_URL and WORKER_DATABASE_URL narrow the others.
    Raises Refusal when only one of the two needed addresses is set.
    """
    owner, record = environ.get("DATABASE_URL", ""), environ.get("RECORD_DATABASE_URL", "")
    if not owner and not record:
        return None
    if not (owner and record):
        there, absent = (
            ("DATABASE_URL", "RECORD_DATABASE_URL") if owner else ("RECORD_DATABASE_URL", "DATABASE_URL")
        )
        raise Refusal(
            f"{there} is set and {absent} is not.",
            "Set both to use a database of yours, or neither for a private one.",
        )
    desk = environ.get("DESK_DATABASE_URL") or owner
    worker = environ.get("WORKER_DATABASE_URL") or owner
    return Databases(owner, desk, worker, record, environ.get("SUPERUSER_DATABASE_URL", ""), private=False)


def private_databases(
    cluster: Cluster, passwords: Mapping[str, str], *, superuser: bool = False
) -> Databases:
    """The addresses within our own cluster."""
    owner, desk, worker, record = (
        cluster.url(role, passwords[role])
        for role in ("sahel_owner", "sahel_desk", "sahel_worker", "sahel_public")
    )
    return Databases(owner, desk, worker, record, cluster.url(SUPERUSER) if superuser else "")


def given_queues(environ: Mapping[str, str]) -> Queues | None:
    """An existing Redis named in the environment, None if there is none."""
    broker, cache = environ.get("BROKER_URL", ""), environ.get("REDIS_URL", "")
    if not broker and not cache:
        return None
    if not (broker and cache):
        there, absent = ("BROKER_URL", "REDIS_URL") if broker else ("REDIS_URL", "BROKER_URL")
        raise Refusal(
            f"{there} is set and {absent} is not.",
            "Set both to use a Redis of yours, or neither for a private one.",
        )
    return Queues(broker, cache, private=False)


def private_queues(broker: Broker) -> Queues:
    """The addresses of our own Redis."""
    return Queues(broker.broker_url, broker.cache_url)


@dataclass(frozen=True)
class Surroundings:
    """What all processes of one copy share; `files` is the folder that they may write to."""

    caller: Mapping[str, str]
    databases: Databases
    queues: Queues
    secret_key: str
    files: Path

    def common(self) -> dict[str, str]:
        """The environment that all processes have."""
        kept = {
            name: value
            for name, value in self.caller.items()
            if name not in OWN and not name.startswith("PG")
        }
        return kept | {
            "RECORD_DATABASE_URL": self.databases.record,
            "REDIS_URL": self.queues.cache,
            "BROKER_URL": self.queues.broker,
            "SECRET_KEY": self.secret_key,
            "SAHEL_DATA": str(self.files),
            "DJANGO_SETTINGS_MODULE": "conflict.settings",
            "PYTHONPATH": str(ROOT),
            "PYTHONUNBUFFERED": "1",
        }

    def for_web(self, host: str, port: int) -> dict[str, str]:
        """The desk's role; no role but the record's when only the public doors are open."""
        bind = f"[{host}]:{port}" if ":" in host else f"{host}:{port}"
        own = {"BIND": bind, "ALLOWED_HOSTS": self.caller.get("ALLOWED_HOSTS") or allowed_hosts(host)}
        if self.caller.get("DOORS") != "public":
            own["DATABASE_URL"] = self.databases.desk
        return self.common() | own

    def for_worker(self) -> dict[str, str]:
        """The worker's role, for worker and beat."""
        return self.common() | {"DATABASE_URL": self.databases.worker, "DOORS": "all"}

    def for_manage(self) -> dict[str, str]:
        """The owner's role: migrations, imports, every management command."""
        return self.common() | {"DATABASE_URL": self.databases.owner, "DOORS": "all"}

    def for_tests(self) -> dict[str, str]:
        """The owner's role, and every other one by its own name."""
        return self.for_manage() | {
            "DESK_DATABASE_URL": self.databases.desk,
            "WORKER_DATABASE_URL": self.databases.worker,
            "SUPERUSER_DATABASE_URL": self.databases.superuser,
            # A benchmark or a test is no crowd to be held off.
            **dict.fromkeys(("QUOTA_ANONYMOUS", "QUOTA_TILES", "QUOTA_KEY"), "0"),
        }


def allowed_hosts(host: str) -> str:
    """Names under which a site that listens on `host` is called."""
    names = ["localhost", "127.0.0.1", "[::1]"]
    names += (
        [socket.gethostname(), socket.getfqdn()]
        if host in EVERYWHERE
        else [f"[{host}]" if ":" in host else host]
    )
    return ",".join(dict.fromkeys(names))
