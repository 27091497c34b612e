"""API keys as the public doors see them: looked up by prefix in the record's view, compared by digest.

A key is `sct_<prefix>_<secret>`. Only its SHA-256 is kept; the secret has 256 random bits, so a plain digest cannot be
guessed back. Nothing is cached: a key that is revoked is refused from the next request on.
"""

from __future__ import annotations

import hashlib
import hmac
import re
import time
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime

from django.core.cache import caches
from django.db import DatabaseError
from django.http import HttpRequest

from conflict.kit.problems import Problem, Refused
from events.record.keys import active_key

TOKEN = re.compile(r"sct_([a-z0-9]{10})_[A-Za-z0-9_-]{43}")
VALID = (
    "an API key that was issued here and not revoked, as `Authorization: Bearer <key>` or `X-API-Key: <key>`"
)
USED = "key-used:"
# A key's last use is noted at most that often, in seconds.
NOTED_EVERY = 60
noted: dict[str, float] = {}


@dataclass(frozen=True)
class Caller:
    """Who asks with a key."""

    prefix: str
    scopes: frozenset[str]


def caller_of(request: HttpRequest) -> Caller | None:
    """Who asks; None without a key. Raises Refused (401, 503)."""
    token = token_of(request)
    if token is None:
        return None
    match = TOKEN.fullmatch(token)
    try:
        found = active_key(match[1]) if match else None
    except DatabaseError:
        raise Refused(Problem("key", "", "a key; keys cannot be looked up just now"), 503) from None
    if match is None or found is None or not hmac.compare_digest(digest_of(token), found.digest):
        raise Refused(Problem("key", f"{token[:14]}…", VALID), 401)
    return Caller(match[1], found.scopes)


def token_of(request: HttpRequest) -> str | None:
    """The key that was sent, None without one. Raises Refused (400, 401)."""
    authorization, own = request.headers.get("Authorization"), request.headers.get("X-API-Key")
    if authorization is None:
        return own
    scheme, _, token = authorization.partition(" ")
    if scheme.lower() != "bearer":
        raise Refused(Problem("Authorization", scheme, VALID), 401)
    if own is not None and own != token.strip():
        raise Refused(Problem("X-API-Key", f"{own[:14]}…", "the same key as in Authorization, or none"), 401)
    return token.strip()


def digest_of(token: str) -> str:
    """What is kept of a key."""
    return hashlib.sha256(token.encode("utf-8", "surrogatepass")).hexdigest()


def last_uses(prefixes: Sequence[str]) -> dict[str, datetime]:
    """When keys, by prefix, were used last, as far as the cache remembers."""
    found = caches["quotas"].get_many([USED + prefix for prefix in prefixes])
    return {name.removeprefix(USED): datetime.fromtimestamp(at, UTC) for name, at in found.items()}


def note_use(caller: Caller) -> None:
    """Leave in the cache when a key was used; the worker writes it to the desk. Lost notes are no loss."""
    now = time.time()
    if now - noted.get(caller.prefix, 0) < NOTED_EVERY:
        return
    noted[caller.prefix] = now
    try:
        caches["quotas"].set(USED + caller.prefix, int(now), 7 * 86400)
    except Exception:
        # The next use is noted again.
        noted.pop(caller.prefix, None)
