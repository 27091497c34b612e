"""One copy per process, made and followed by one thread; requests never wait for it to be made.

The thread starts with the server's process (or with the first question), copies the record, and then looks for new
publications twice a second, and at once when a request has seen one that the copy lacks. Such a request waits a
moment for it. Whoever finds no copy that is good for its publication counts on the record instead: slower, and exact.
"""

from __future__ import annotations

import atexit
import os
import threading
import time
from collections.abc import Callable
from typing import Any, TypeVar

import duckdb
import structlog
from django.conf import settings
from django.db import connections

from events.lens.copied import Copied
from events.lens.counts import Engine
from events.lens.exact import Exact
from events.lens.loading import Replaced, catch_up, load
from events.lens.store import Store
from events.query.incidents import BoundQuery
from events.record.known import Known, known

log = structlog.get_logger(__name__)
Answer = TypeVar("Answer")
LOOK_SECONDS = 0.5
PATIENCE_SECONDS = 0.5
AFTER_FAILURE_SECONDS = 30.0


class Follower:
    """Holds the copy of one process. `problem` says why there is none, empty while all is well."""

    def __init__(self) -> None:
        self.process = os.getpid()
        self.store: Store | None = None
        self.problem = ""
        self.changed = threading.Condition()
        self.wanted, self.stopped = threading.Event(), threading.Event()
        self.thread = threading.Thread(target=self.follow, name="lens", daemon=True)

    def follow(self) -> None:
        """Make the copy and keep it up to date until told to stop."""
        while not self.stopped.is_set():
            self.wanted.clear()
            pause = LOOK_SECONDS if self.step() else AFTER_FAILURE_SECONDS
            self.wanted.wait(pause) if pause == LOOK_SECONDS else self.stopped.wait(pause)
        connections["record"].close()

    def step(self) -> bool:
        """Load or catch up once; whatever fails is said, and the next step begins with a new copy."""
        connections["record"].close_if_unusable_or_obsolete()
        try:
            self.look()
        except Replaced as replaced:
            log.info("lens: the record was replaced, copying it anew", why=str(replaced))
            self.switch(None)
            self.wanted.set()
        except Exception as failure:
            log.warning("lens: no copy, counting on the record", why=str(failure), exc_info=True)
            self.switch(None, problem=type(failure).__name__)
            return False
        return True

    def look(self) -> None:
        """Take in what is new."""
        store = self.store
        if store is None:
            started = time.monotonic()
            store = load()
            seconds = round(time.monotonic() - started, 1)
            log.info("lens: copied", publication=store.number, versions=store.versions, seconds=seconds)
            self.switch(store)
        elif not store.holds(known()):
            catch_up(store)
            self.switch(store)

    def switch(self, store: Store | None, problem: str = "") -> None:
        """Show this copy to requests from now on, and wake those who wait."""
        with self.changed:
            self.store, self.problem = store, problem
            self.changed.notify_all()

    def good_for(self, known: Known) -> Store | None:
        """The copy, if it holds what a request may see; one that is a little behind is waited for."""
        store = self.store
        if store is None or store.holds(known):
            return store
        self.wanted.set()
        with self.changed:
            self.changed.wait_for(lambda: self.store is None or self.store.holds(known), PATIENCE_SECONDS)
        store = self.store
        return store if store is not None and store.holds(known) else None

    def stop(self, patience: float) -> None:
        """End the thread, waiting so many seconds for what it is doing, and let go of the copy."""
        self.stopped.set()
        self.wanted.set()
        self.thread.join(patience)
        self.switch(None)


_lock = threading.Lock()
# A process that was forked has copies of its parent's objects, whose threads are not there and whose locks may be
# held for ever: they are left alone, and kept, so that nothing tries to tidy them up.
_followers: list[Follower] = []


def follow() -> Follower:
    """This process's follower, started if there is none."""
    with _lock:
        if not followed():
            _followers.append(Follower())
            _followers[-1].thread.start()
        return _followers[-1]


def _forget_lock() -> None:
    global _lock
    _lock = threading.Lock()


os.register_at_fork(after_in_child=_forget_lock)


def begin() -> None:
    """Start copying before anybody asks, where anybody may: a process with public doors."""
    if settings.LENS == "auto" and settings.DOORS != "desk":
        follow()


def stop(patience: float = 60.0) -> None:
    """End following in this process; the next question begins anew."""
    with _lock:
        if followed():
            _followers.pop().stop(patience)


def followed() -> bool:
    """Whether this very process has a follower."""
    return bool(_followers) and _followers[-1].process == os.getpid()


# DuckDB complains on stderr about connections that are still open when Python ends.
atexit.register(stop, 2.0)


def engine(known: Known) -> Engine:
    """What counts for a request: the copy if it is good for that publication, else SQL on the record."""
    if settings.LENS == "off":
        return Exact()
    store = follow().good_for(known)
    return Exact() if store is None else Copied(store)


def counted(asked: BoundQuery, answer: Callable[[Engine], Answer]) -> Answer:
    """Answer with the engine that is good for this query. What DuckDB fails on is logged and counted on the record."""
    chosen = engine(asked.known)
    try:
        return answer(chosen)
    except duckdb.Error as failure:
        log.error("lens: the copy failed, counting on the record", why=str(failure), exc_info=True)
        return answer(Exact())


def state() -> dict[str, Any]:
    """What the health page says of this process: what counts, and at which publication the copy is."""
    says = {"process": os.getpid(), "counts_on": "record"}
    if settings.LENS == "off":
        return {**says, "why": "LENS=off"}
    if not followed():
        return {**says, "why": "nobody has asked yet"}
    store, problem = _followers[-1].store, _followers[-1].problem
    if store is None:
        return {**says, "why": problem or "the copy is being made"}
    return {**says, "counts_on": "copy", "publication": store.number, "versions": store.versions}
