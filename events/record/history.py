"""What the record says about its own history: versions of one incident, changes in order, publications.

Version and redaction ids are given out while the publication lock is held, so that they rise with the publication:
reading on behind an id is reading on behind (publication, id), and one primary key serves every page at the same cost.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from events.record.known import query
from events.record.reading import mappings

BROUGHT = "p.at AS brought_at, p.kind AS act, p.reason, p.role"
# A filter's condition names columns only; these let one ask it of the version at hand and of the one before.
SAME = "EXISTS (SELECT 1 FROM (SELECT v.*) AS this WHERE {condition})"
BEFORE = (
    "EXISTS (SELECT 1 FROM (SELECT o.* FROM record.incident_version o"
    " WHERE o.id = v.id AND o.version = v.version - 1) AS this WHERE {condition})"
)


@dataclass(frozen=True)
class Condition:
    """A condition on columns of `record.incident_version`, with its values."""

    sql: str = "true"
    params: tuple[Any, ...] = ()


def versions_of(public_id: str, number: int) -> list[dict[str, Any]]:
    """Every version of one incident up to a publication in full, oldest first, with what brought it."""
    return mappings(
        f"SELECT v.*, {BROUGHT} FROM record.incident_version v JOIN record.publication p ON p.number = v.known_from"
        " WHERE v.id = %s AND v.known_from <= %s ORDER BY v.version",
        [public_id, number],
    )


def redactions_of(public_id: str, number: int) -> list[dict[str, Any]]:
    """What was taken out of the versions of one incident: which fields of which version, under which code."""
    return mappings(
        "SELECT v.version, r.publication, r.fields, r.reason_code FROM record.redaction r"
        " JOIN record.incident_version v ON r.subject = 'incident' AND v.version_id = r.version_id"
        " WHERE v.id = %s AND r.publication <= %s ORDER BY r.id",
        [public_id, number],
    )


def last_before(table: str, id_column: str, number_column: str, since: int) -> int:
    """The last id up to publication `since`; 0 when there is none. The names are constants of this module's callers."""
    if since == 0:
        return 0
    return query(
        f"SELECT coalesce(max({id_column}), 0) FROM {table} WHERE {number_column} ="
        f" (SELECT max({number_column}) FROM {table} WHERE {number_column} <= %s)",
        [since],
    )[0][0]


def positions(since: int) -> list[int]:
    """Behind which ids of actor versions, incident versions and redactions the changes after `since` begin."""
    return [
        last_before("record.actor_version", "version_id", "known_from", since),
        last_before("record.incident_version", "version_id", "known_from", since),
        last_before("record.redaction", "id", "publication", since),
    ]


def actor_changes(after: int, number: int, limit: int) -> list[dict[str, Any]]:
    """Actor versions behind an id, up to a publication."""
    return mappings(
        f"SELECT v.*, {BROUGHT} FROM record.actor_version v JOIN record.publication p ON p.number = v.known_from"
        " WHERE v.version_id > %s AND v.known_from <= %s ORDER BY v.version_id LIMIT %s",
        [after, number, limit],
    )


def incident_changes(after: int, number: int, limit: int, asked: Condition) -> list[dict[str, Any]]:
    """Incident versions behind an id that meet a condition, or whose version before met it; `meets` says which."""
    same, before = SAME.format(condition=asked.sql), BEFORE.format(condition=asked.sql)
    return mappings(
        f"SELECT v.*, {BROUGHT}, ({same}) AS meets FROM record.incident_version v"
        " JOIN record.publication p ON p.number = v.known_from"
        f" WHERE v.version_id > %s AND v.known_from <= %s AND ({same} OR {before})"
        " ORDER BY v.version_id LIMIT %s",
        [*asked.params, after, number, *asked.params, *asked.params, limit],
    )


def redaction_changes(after: int, number: int, limit: int, asked: Condition) -> list[dict[str, Any]]:
    """Redactions of incidents behind an id, with the version as it reads now; `current`: it was the newest then."""
    same = SAME.format(condition=asked.sql)
    return mappings(
        f"SELECT v.*, {BROUGHT}, ({same}) AS meets, r.id AS redaction, r.publication, r.fields, r.reason_code,"
        " v.known_to > r.publication AS current FROM record.redaction r"
        " JOIN record.incident_version v ON r.subject = 'incident' AND v.version_id = r.version_id"
        " JOIN record.publication p ON p.number = r.publication"
        f" WHERE r.id > %s AND r.publication <= %s AND ({same}) ORDER BY r.id LIMIT %s",
        [*asked.params, after, number, *asked.params, limit],
    )


def versions_before(rows: Sequence[dict[str, Any]]) -> dict[int, dict[str, Any]]:
    """The version before each of these incident versions, by the id of the later one."""
    later = [row for row in rows if row["version"] > 1]
    found = mappings(
        "SELECT o.*, wanted.later FROM unnest(%s::text[], %s::int[], %s::bigint[]) AS wanted (id, version, later)"
        " JOIN record.incident_version o ON o.id = wanted.id AND o.version = wanted.version - 1",
        [
            [row["id"] for row in later],
            [row["version"] for row in later],
            [row["version_id"] for row in later],
        ],
    )
    return {row["later"]: row for row in found}


def actors_before(rows: Sequence[dict[str, Any]]) -> dict[int, dict[str, Any]]:
    """The version before each of these actor versions, by the id of the later one."""
    later = [row for row in rows if row["version"] > 1]
    found = mappings(
        "SELECT o.*, wanted.later FROM unnest(%s::bigint[], %s::int[], %s::bigint[]) AS wanted (actor, version, later)"
        " JOIN record.actor_version o ON o.actor = wanted.actor AND o.version = wanted.version - 1",
        [
            [row["actor"] for row in later],
            [row["version"] for row in later],
            [row["version_id"] for row in later],
        ],
    )
    return {row["later"]: row for row in found}


def actor_publications(number: int) -> list[int]:
    """The publications up to `number` that changed what actors are called, in order."""
    return [
        found
        for (found,) in query(
            "SELECT DISTINCT known_from FROM record.actor_version WHERE known_from <= %s ORDER BY 1", [number]
        )
    ]


def publication(number: int) -> dict[str, Any] | None:
    """One publication with the values of its chain; `sealed` is the text that its digest is over, beside hashes."""
    found = mappings(
        "SELECT number, at, kind, role, reason, versions, encode(content, 'hex') AS content,"
        " encode(previous, 'hex') AS previous, encode(digest, 'hex') AS digest, jsonb_build_array(number,"
        " to_char(at AT TIME ZONE 'UTC', 'YYYY-MM-DD\"T\"HH24:MI:SS.US\"Z\"'), kind, role, reason, versions)::text AS sealed"
        " FROM record.publication WHERE number = %s",
        [number],
    )
    return found[0] if found else None
