"""Politeness towards hosts that all workers share: one request to a host every two seconds, whoever asks.

The turn stands in the cache. Without the cache each process keeps its own turns: slower is impolite to nobody, and
losing the cache loses nothing but a few seconds of patience.
"""

from __future__ import annotations

import time
from functools import cache as once
from hashlib import sha256

import structlog
from django.core.cache import cache

from events.ingest.fetch import FetchProblem, Turns

log = structlog.get_logger(__name__)
INTERVAL = 2
LONGEST_WAIT = 30.0
STEP = 0.2
# How long it is remembered that an address was asked for, so that an answer that changed nothing is not asked again.
REMEMBERED = 86_400


@once
def own() -> Turns:
    """This process's turns, for when there is no cache."""
    return Turns(interval=float(INTERVAL))


def shared_turn(host: str) -> float:
    """Wait until it is our turn at a host; the seconds still to wait (none, as long as the cache answers).

    Raises FetchProblem (`busy`) when others ask the host for longer than half a minute.
    """
    deadline = time.monotonic() + LONGEST_WAIT
    while not taken(host):
        if time.monotonic() > deadline:
            raise FetchProblem("busy", f"others ask {host} all the time", retry_after=int(LONGEST_WAIT))
        time.sleep(STEP)
    return own().wait(host)


def taken(host: str) -> bool:
    """Whether the turn is ours now; also true when the cache does not answer."""
    return once_in(f"turn:{host}", INTERVAL)


def asked_before(feed: int, address: str, version: str) -> bool:
    """Whether this version of an address was asked for through this feed today; notes that it is now."""
    return not once_in(f"asked:{feed}:{version}:{address}", REMEMBERED)


def once_in(key: str, seconds: int) -> bool:
    """True once in so many seconds for each key, and always when the cache does not answer."""
    try:
        return bool(cache.add(safe(key), 1, seconds))
    except Exception as problem:  # whatever its driver raises, the cache is a convenience
        log.warning("the cache does not answer", problem=repr(problem))
        return True


def safe(key: str) -> str:
    """A key that any cache takes."""
    return f"ingest:{sha256(key.encode()).hexdigest()}"
