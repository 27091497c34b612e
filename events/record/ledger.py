"""Writing into the record: open a publication, add and close versions, seal it. Called by verbs only.

All of it happens in the caller's transaction on the desk's connection; the lock that `opened` takes is held until
commit, so publications are numbered without gaps and one after the other.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import connection

from events.record.columns import ACTOR_COLUMNS, CURRENT, INCIDENT_COLUMNS

INCIDENT_TYPES = ", ".join(f"{name} {kind}" for name, kind in INCIDENT_COLUMNS.items())
ACTOR_TYPES = ", ".join(f"{name} {kind}" for name, kind in ACTOR_COLUMNS.items())
INCIDENT_NAMES = ", ".join(INCIDENT_COLUMNS)
ACTOR_NAMES = ", ".join(ACTOR_COLUMNS)
WEIGHTS = {"title": "A", "place": "B", "text": "C"}


def weighed(part: str) -> str:
    """The SQL of one part of a version's search vector, from the text `new.search_<part>`."""
    return f"setweight(to_tsvector('simple', record.fold(new.search_{part})), '{WEIGHTS[part]}')"


SEARCH = " || ".join(map(weighed, WEIGHTS))


@dataclass(frozen=True)
class Publication:
    """One act of publishing, as the record keeps it."""

    number: int
    at: datetime
    kind: str
    reason: str
    versions: int
    digest: str


def opened() -> int:
    """Take the publication lock and return the number that this transaction publishes under."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT record.open_publication()")
        return cursor.fetchone()[0]


def sealed(number: int, kind: str, role: str, reason: str) -> Publication:
    """Hash what was added under `number`, chain it to the publication before, and return it."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT number, at, kind, reason, versions, encode(digest, 'hex')"
            " FROM record.seal_publication(%s, %s, %s, %s)",
            [number, kind, role, reason],
        )
        return Publication(*cursor.fetchone())


def add_incidents(number: int, rows: Iterable[Mapping[str, Any]]) -> int:
    """Close the current versions of these incidents and add the new ones; return how many were added.

    A row has the keys of `INCIDENT_COLUMNS` (without version) and `search_title`, `search_place`, `search_text`.
    """
    payload = json.dumps(list(rows))
    with connection.cursor() as cursor:
        cursor.execute(CLOSE_INCIDENTS, [number, payload])
        cursor.execute(ADD_INCIDENTS, [number, payload])
        return cursor.rowcount


CLOSE_INCIDENTS = f"""
UPDATE record.incident_version SET known_to = %s
WHERE known_to = {CURRENT} AND id IN (SELECT id FROM jsonb_to_recordset(%s::jsonb) AS new (id text))
"""
ADD_INCIDENTS = f"""
INSERT INTO record.incident_version (version, known_from, search, {INCIDENT_NAMES})
SELECT coalesce((SELECT max(version) FROM record.incident_version v WHERE v.id = new.id), 0) + 1, %s,
       {SEARCH}, {", ".join("new." + name for name in INCIDENT_COLUMNS)}
FROM jsonb_to_recordset(%s::jsonb)
  AS new ({INCIDENT_TYPES}, search_title text, search_place text, search_text text)
ORDER BY new.id
"""


def add_actors(number: int, rows: Iterable[Mapping[str, Any]]) -> int:
    """Close the current versions of these actors and add the new ones; return how many were added."""
    payload = json.dumps(list(rows))
    with connection.cursor() as cursor:
        cursor.execute(CLOSE_ACTORS, [number, payload])
        cursor.execute(ADD_ACTORS, [number, payload])
        return cursor.rowcount


CLOSE_ACTORS = f"""
UPDATE record.actor_version SET known_to = %s
WHERE known_to = {CURRENT} AND actor IN (SELECT actor FROM jsonb_to_recordset(%s::jsonb) AS new (actor bigint))
"""
ADD_ACTORS = f"""
INSERT INTO record.actor_version (version, known_from, {ACTOR_NAMES})
SELECT coalesce((SELECT max(version) FROM record.actor_version v WHERE v.actor = new.actor), 0) + 1, %s,
       {", ".join("new." + name for name in ACTOR_COLUMNS)}
FROM jsonb_to_recordset(%s::jsonb) AS new ({ACTOR_TYPES})
ORDER BY new.actor
"""


def tombstone(
    number: int, public_id: str, state: str, target: str | None, document: Mapping[str, Any]
) -> None:
    """Close an incident's current version and add one that says only that it is `retracted` or `merged`.

    What a list or a map could show is emptied; the kind, country and dates stay, so that the same filters that found
    the incident find its tombstone in the change feed.
    """
    with connection.cursor() as cursor:
        cursor.execute(
            f"UPDATE record.incident_version SET known_to = %s WHERE known_to = {CURRENT} AND id = %s",
            [number, public_id],
        )
        cursor.execute(TOMBSTONE, [number, state, target, json.dumps(document), public_id])


TOMBSTONE = """
INSERT INTO record.incident_version (incident, id, version, known_from, state, target, event_type, date_start, date_end,
    date_precision, country, location_precision, participants, actor_roles, civilian_targeting, verification, sources,
    title_en, title_fr, search, document)
SELECT incident, id, version + 1, %s, %s, %s, event_type, date_start, date_end,
    date_precision, country, 'country', '[]', '{}', false, verification, '{}', '', '', '', %s::jsonb
FROM record.incident_version WHERE id = %s ORDER BY version DESC LIMIT 1
"""


def current_incident(public_id: str) -> dict[str, Any] | None:
    """The current version's id, number and state, read on the desk's connection."""
    with connection.cursor() as cursor:
        cursor.execute(
            f"SELECT version_id, version, state, known_from FROM record.incident_version"
            f" WHERE id = %s AND known_to = {CURRENT}",
            [public_id],
        )
        row = cursor.fetchone()
    return (
        None if row is None else dict(zip(("version_id", "version", "state", "known_from"), row, strict=True))
    )


def published_actor_ids(ids: Iterable[int]) -> set[int]:
    """Which of these actors have a current version in the record."""
    with connection.cursor() as cursor:
        cursor.execute(
            f"SELECT actor FROM record.actor_version WHERE known_to = {CURRENT} AND actor = ANY(%s)",
            [list(ids)],
        )
        return {actor for (actor,) in cursor.fetchall()}
