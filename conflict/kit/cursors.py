"""Signed keyset cursors: where the next page begins, good only for the query that it was made for.

A cursor is `base64url(JSON list) . base64url(tag)`; the tag is the first 16 bytes of HMAC-SHA256 over the
canonical query and the payload, under a key derived from Django's SECRET_KEY. Nothing in it is secret, and
nothing in it can be changed or carried over to another query. Old keys in SECRET_KEY_FALLBACKS still open
cursors, none are signed with them.
"""

from __future__ import annotations

import base64
import binascii
import hashlib
import hmac
import json
from collections.abc import Sequence

from django.conf import settings

from conflict.kit.problems import Problem

LONGEST = 1000
Scalar = str | int | float | bool | None


def sign_cursor(query: str, after: Sequence[Scalar], secrets: Sequence[str] = ()) -> str:
    """The cursor that continues `query` (in its canonical spelling) behind the row with the sort values
    `after`."""
    payload = _encoded(json.dumps(list(after), separators=(",", ":"), allow_nan=False).encode())
    return f"{payload}.{_tag((secrets or _secrets())[0], query, payload)}"


def read_cursor(query: str, token: str, secrets: Sequence[str] = ()) -> list[Scalar] | Problem:
    """The sort values that `sign_cursor` was given for the same query, or a problem of the field `cursor`."""
    payload, dot, tag = token.partition(".")
    if not dot or len(token) > LONGEST or not token.isascii():
        return _refused(token)
    keys = secrets or _secrets()
    if not any(hmac.compare_digest(_tag(key, query, payload), tag) for key in keys):
        return _refused(token)
    return _decoded(payload)


def _decoded(payload: str) -> list[Scalar] | Problem:
    # The signature has been checked: only an old version of this module can have written anything else.
    try:
        values = json.loads(base64.urlsafe_b64decode(payload + "=" * (-len(payload) % 4)))
    except (binascii.Error, ValueError):
        return _refused(payload)
    return values if isinstance(values, list) else _refused(payload)


def _refused(token: str) -> Problem:
    return Problem(
        "cursor", token, "the cursor of the page before, with the same filters and order, unchanged"
    )


def _secrets() -> list[str]:
    return [settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS]


def _tag(secret: str, query: str, payload: str) -> str:
    key = hashlib.sha256(b"conflict.kit.cursors\0" + secret.encode()).digest()
    message = query.encode("utf-8", "surrogatepass") + b"\0" + payload.encode()
    return _encoded(hmac.new(key, message, hashlib.sha256).digest()[:16])


def _encoded(raw: bytes) -> str:
    return base64.urlsafe_b64encode(raw).rstrip(b"=").decode()
