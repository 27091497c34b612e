"""API keys as the record's role sees them: prefix, digest and scopes of those that are active."""

from __future__ import annotations

from typing import NamedTuple

from events.record.known import query


class ActiveKey(NamedTuple):
    """A key that is good now: hexadecimal SHA-256 of the whole key, and what it is good for."""

    digest: str
    scopes: frozenset[str]


def active_key(prefix: str) -> ActiveKey | None:
    """The active key with this prefix."""
    rows = query("SELECT digest, scopes FROM record.api_key WHERE prefix = %s AND active", [prefix])
    return ActiveKey(rows[0][0], frozenset(rows[0][1])) if rows else None
