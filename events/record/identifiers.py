"""Actors' ids in other datasets, as published."""

from __future__ import annotations

from datetime import datetime
from functools import lru_cache

from events.record.known import query


@lru_cache(maxsize=8)
def identifiers(scheme: str, number: int, stamp: datetime | None) -> tuple[tuple[int, str], ...]:
    """(actor's id, its id in `scheme`) of every actor known at a publication; an actor may have several there.

    `stamp` is `Known.stamp`: only a redaction changes what a publication says, and it brings a new one.
    """
    found = query(
        "SELECT DISTINCT actor, entry ->> 'id' FROM record.actor_version,"
        " jsonb_array_elements(document -> 'identifiers') AS entry"
        " WHERE known_from <= %s AND known_to > %s AND entry ->> 'scheme' = %s ORDER BY 1, 2",
        [number, number, scheme],
    )
    return tuple((actor, known_as) for actor, known_as in found)
