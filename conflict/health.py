"""Health: is the process alive, and can it do its work?"""

from __future__ import annotations

import time
from collections.abc import Callable

from django.conf import settings
from django.core.cache import cache
from django.db import connections
from django.http import HttpRequest, JsonResponse

from events import lens

HEARTBEAT = "worker-heartbeat"
HEARTBEAT_SECONDS = 90


def live(request: HttpRequest) -> JsonResponse:
    """Answer as soon as the process answers at all."""
    return JsonResponse({"status": "live"})


def ready(request: HttpRequest) -> JsonResponse:
    """200 when every part that this process needs works; else 503, naming the parts that don't."""
    parts = {name: problem_of(check) for name, check in needed_parts().items()}
    healthy = not any(parts.values())
    body = {
        "status": "ready" if healthy else "not ready",
        "parts": {name: problem or "ok" for name, problem in parts.items()},
        "lens": lens.state(),
    }
    return JsonResponse(body, status=200 if healthy else 503)


def needed_parts() -> dict[str, Callable[[], None]]:
    """What a process of this kind needs: public doors need the record alone."""
    if settings.DOORS == "public":
        return {"record": record_answers}
    return {
        "record": record_answers,
        "database": database_answers,
        "redis": redis_answers,
        "worker": worker_beats,
    }


def problem_of(check: Callable[[], None]) -> str:
    """Run one check; return its problem in words, empty when there is none. Details stay in the log."""
    try:
        check()
    except Exception as error:
        return type(error).__name__ if not isinstance(error, NotReady) else str(error)
    return ""


class NotReady(Exception):
    """A part answers, but not as it should."""


def database_answers() -> None:
    """The desk's database answers a query."""
    with connections["default"].cursor() as cursor:
        cursor.execute("SELECT 1 FROM events_incident LIMIT 1")


def record_answers() -> None:
    """The record's role reads the record."""
    with connections["record"].cursor() as cursor:
        cursor.execute("SELECT max(number) FROM record.publication")


def redis_answers() -> None:
    """Redis takes and gives back a value."""
    cache.set("health", "1", 10)
    if cache.get("health") != "1":
        raise NotReady("Redis forgets at once")


def worker_beats() -> None:
    """A worker has run the heartbeat task lately."""
    beat = cache.get(HEARTBEAT)
    if beat is None or time.time() - float(beat) > HEARTBEAT_SECONDS:
        raise NotReady(f"no worker heartbeat in the last {HEARTBEAT_SECONDS} s")
