"""Reading the record: pages, streams, details, history. Everything here runs with the public role.

Rows come back as mappings of the record's columns; `events.rows` makes public fields of them.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import orjson
from django.db import connections, transaction
from psycopg.adapt import Loader
from psycopg.rows import dict_row

from events.record.known import query

COUNT_UP_TO = 10_000
STREAM_ROWS = 2_000
ALONE = "SET LOCAL max_parallel_workers_per_gather = 0"
ONE_AFTER_ANOTHER = f"{ALONE}; SET LOCAL enable_sort = off"


@dataclass(frozen=True)
class Source:
    """What stands behind FROM: incident versions as stored, or with figures by another rule, and its parameters."""

    sql: str
    params: tuple[Any, ...] = ()


VERSIONS = Source("record.incident_version")


def rows(
    columns: Sequence[str],
    where: str,
    params: Sequence[Any],
    order_by: str,
    limit: int,
    skip: int = 0,
    source: Source = VERSIONS,
) -> list[dict[str, Any]]:
    """Incident versions under a condition made by `events.query`.

    `skip` is for doors whose clients count pages; it reads what it skips, as an index alone where it can.
    """
    sql = f"SELECT {', '.join(columns)} FROM {source.sql} WHERE {where} ORDER BY {order_by} LIMIT {limit:d}"
    return mappings(sql + (f" OFFSET {skip:d}" if skip else ""), [*source.params, *params])


def mappings(sql: str, params: Sequence[Any]) -> list[dict[str, Any]]:
    """Run one statement and return its rows by column name; JSON columns are parsed."""
    with dict_cursor() as cursor:
        return cursor.execute(sql, params).fetchall()


def dict_cursor(**options: Any) -> Any:
    """A cursor of the record's connection whose rows are mappings and whose JSON is parsed (Django's are not)."""
    connection = connections["record"]
    connection.ensure_connection()
    cursor = connection.connection.cursor(row_factory=dict_row, **options)
    cursor.adapters.register_loader("jsonb", JsonbLoader)
    return cursor


class JsonbLoader(Loader):
    """Parses a JSON column as it arrives."""

    def load(self, data: Any) -> Any:
        """Parse the column's text."""
        return orjson.loads(bytes(data))


def stream(
    columns: Sequence[str], where: str, params: Sequence[Any], order_by: str, source: Source = VERSIONS
) -> Iterator[dict[str, Any]]:
    """The same without limit, read from a server-side cursor: memory stays flat whatever the size."""
    sql = f"SELECT {', '.join(columns)} FROM {source.sql} WHERE {where} ORDER BY {order_by}"
    with transaction.atomic("record"), dict_cursor(name="stream") as cursor:
        cursor.itersize = STREAM_ROWS
        yield from cursor.execute(sql, [*source.params, *params])


def copied(
    columns: Sequence[str],
    where: str,
    params: Sequence[Any],
    order_by: str,
    limit: int | None,
    source: Source = VERSIONS,
    many: bool = False,
) -> Iterator[list[bytes]]:
    """Rows of text expressions through COPY, cut into their columns: the fastest way out, with flat memory.

    The columns are parted by \\x02 and quoted, where they must be, by \\x01: no text of the record holds either. Where
    there are `many`, they are read in the order of an index: PostgreSQL would rather sort them all first, so that the
    first one comes late. It works alone: with helpers it starts later, and a download must not take every processor.
    """
    sql = (
        f"COPY (SELECT {', '.join(columns)} FROM {source.sql} WHERE {where} ORDER BY {order_by}"
        + (f" LIMIT {limit:d}" if limit is not None else "")
        + ") TO STDOUT (FORMAT csv, DELIMITER E'\\x02', QUOTE E'\\x01')"
    )
    with transaction.atomic("record"), dict_cursor() as cursor:
        cursor.execute(ONE_AFTER_ANOTHER if many else ALONE)
        with cursor.copy(sql, [*source.params, *params]) as copy:
            for line in copy:
                yield bytes(line).rstrip(b"\n").replace(b"\x01", b"").split(b"\x02")


def count(where: str, params: Sequence[Any], source: Source = VERSIONS) -> tuple[int, bool]:
    """(number, exact): exact up to COUNT_UP_TO, above it COUNT_UP_TO and False, so that no count scans everything."""
    found = query(
        f"SELECT count(*) FROM (SELECT 1 FROM {source.sql} WHERE {where} LIMIT {COUNT_UP_TO + 1}) AS counted",
        [*source.params, *params],
    )[0][0]
    return min(found, COUNT_UP_TO), found <= COUNT_UP_TO


def version_of(public_id: str, number: int) -> dict[str, Any] | None:
    """The version of one incident that was known at a publication, whatever its state."""
    found = mappings(
        "SELECT * FROM record.incident_version WHERE id = %s AND known_from <= %s AND known_to > %s",
        [public_id, number, number],
    )
    return found[0] if found else None


def history(public_id: str, number: int) -> list[dict[str, Any]]:
    """Every version of one incident up to a publication, oldest first, with the publication that brought it."""
    return mappings(
        "SELECT v.version, v.state, v.known_from, v.target, p.at, p.kind, p.reason, p.role"
        " FROM record.incident_version v JOIN record.publication p ON p.number = v.known_from"
        " WHERE v.id = %s AND v.known_from <= %s ORDER BY v.version",
        [public_id, number],
    )


def siblings(group: str, number: int) -> list[dict[str, Any]]:
    """The incidents of one battle, in order of date."""
    return mappings(
        "SELECT id, title_en, title_fr, date_start, date_end, event_type, event_subtype, document ->> 'follows' AS follows"
        " FROM record.incident_version WHERE part_of = %s AND known_from <= %s AND known_to > %s AND state = 'published'"
        " ORDER BY date_start, id",
        [group, number, number],
    )


def publications(before: int, limit: int) -> list[dict[str, Any]]:
    """Publications up to number `before`, newest first."""
    return mappings(
        "SELECT number, at, kind, role, reason, versions, encode(digest, 'hex') AS digest"
        " FROM record.publication WHERE number <= %s ORDER BY number DESC LIMIT %s",
        [before, limit],
    )


def actor_document(actor: int, number: int) -> dict[str, Any] | None:
    """The version of one actor known at a publication."""
    found = mappings(
        "SELECT * FROM record.actor_version WHERE actor = %s AND known_from <= %s AND known_to > %s",
        [actor, number, number],
    )
    return found[0] if found else None


def actor_documents(number: int) -> list[dict[str, Any]]:
    """Every actor known at a publication that is not merged, by slug."""
    return mappings(
        "SELECT * FROM record.actor_version WHERE known_from <= %s AND known_to > %s AND state = 'published' ORDER BY slug",
        [number, number],
    )


def published_at(number: int) -> datetime:
    """When a publication was made."""
    return query("SELECT at FROM record.publication WHERE number = %s", [number])[0][0]


def latest_number() -> int:
    """The newest publication: the core of every ETag."""
    return query("SELECT coalesce(max(number), 0) FROM record.publication", [])[0][0]
