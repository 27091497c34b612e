"""Database and Redis of one copy: private ones, or the existing ones that the environment names."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from conflict.launch import accounts, passwords, processes
from conflict.launch.broker import Broker
from conflict.launch.cluster import Cluster
from conflict.launch.places import Places
from conflict.launch.register import Register
from conflict.launch.speech import Refusal, say, step
from conflict.launch.supervisor import Supervisor
from conflict.launch.surroundings import (
    Surroundings,
    given_databases,
    given_queues,
    private_databases,
    private_queues,
)

LAST_TO_FIRST = ("launcher", "beat", "worker", "web", "redis", "database")


def needs(environ: Mapping[str, str], names: tuple[str, ...]) -> tuple[str, ...]:
    """Those needs that are left when the environment names servers of its own."""
    given = {"database": given_databases(environ) is not None, "redis": given_queues(environ) is not None}
    return tuple(name for name in names if not given.get(name))


@dataclass(frozen=True)
class Services:
    """The data services of one copy. `kind` separates rooms: "" for real data, "test/123" for a test run."""

    places: Places
    environ: Mapping[str, str]
    kind: str = ""
    durable: bool = True

    def surroundings(self, *, superuser: bool = False) -> Surroundings:
        """Where everything is, whether it runs or not."""
        secrets = passwords.kept(self.places.passwords)
        files = self.places.room(self.room("files"), accounts.for_application(), 0o750)
        return Surroundings(
            self.environ,
            given_databases(self.environ) or private_databases(self.cluster(), secrets, superuser=superuser),
            given_queues(self.environ) or private_queues(self.broker()),
            self.environ.get("SECRET_KEY") or secrets["secret_key"],
            files,
        )

    def open(self, supervisor: Supervisor, *, superuser: bool = False) -> Surroundings:
        """Start what is private, and say where everything is."""
        surroundings = self.surroundings(superuser=superuser)
        if surroundings.queues.private:
            self.start_redis(supervisor)
        if surroundings.databases.private:
            self.start_database(supervisor)
        return surroundings

    def room(self, name: str) -> str:
        """The name of a room of this kind."""
        return f"{self.kind}/{name}" if self.kind else name

    def cluster(self) -> Cluster:
        """Our own cluster."""
        owner = accounts.for_cluster()
        sockets = self.places.socket_room(self.socket_name("db"), owner, accounts.for_application())
        return Cluster(self.places.room(self.room("postgres"), owner), sockets, owner, self.durable)

    def broker(self) -> Broker:
        """Our own Redis."""
        owner = accounts.for_application()
        sockets = self.places.socket_room(self.socket_name("q"), owner, owner)
        return Broker(self.places.room(self.room("redis"), owner), sockets, owner)

    def socket_name(self, name: str) -> str:
        """The name of a socket's folder: one level, short."""
        return f"{self.kind.replace('/', '-')}-{name}" if self.kind else name

    def start_database(self, supervisor: Supervisor) -> None:
        """Start our own cluster, with its roles, extensions and database."""
        cluster = self.cluster()
        cluster.prepare()
        with step("Database", f"starting PostgreSQL {cluster.made_by()}, as {cluster.account.name}"):
            child = supervisor.start(processes.database(cluster))
            await_child(cluster.wait, supervisor, "database", child.is_alive)
            cluster.set_up(passwords.kept(self.places.passwords))

    def start_redis(self, supervisor: Supervisor) -> None:
        """Start our own Redis."""
        broker = self.broker()
        with step("Redis", f"starting, as {broker.account.name}"):
            child = supervisor.start(processes.redis(broker))
            await_child(broker.wait, supervisor, "redis", child.is_alive)


def await_child(
    wait: Callable[[Callable[[], bool]], None],
    supervisor: Supervisor,
    name: str,
    is_alive: Callable[[], bool],
) -> None:
    """Wait for a server; when it does not come up, show the end of its log."""
    try:
        wait(is_alive)
    except Refusal as problem:
        raise Refusal(f"{problem.what} Its last lines:\n{supervisor.tail(name)}", problem.advice) from problem


def stop_leftovers(register: Register) -> None:
    """Stop what an earlier launcher, killed before it could, left running; the last started first."""
    alive = register.alive()
    if alive:
        say(f"• An earlier start was cut off; stopping what it left: {', '.join(alive)}")
    for name in sorted(alive, key=lambda name: LAST_TO_FIRST.index(name) if name in LAST_TO_FIRST else 0):
        alive[name].end(seconds=30.0)
    register.processes.clear()
