"""Filling the copy from the record and keeping it up to date, each time in one consistent snapshot of the record.

Versions travel as CSV from PostgreSQL's COPY into small files that DuckDB reads in its own threads: one batch is
read from the record while the one before is taken in, and Python looks at no single value. All of it runs with the
public role, in the thread of `events.lens.following`.
"""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import contextmanager
from datetime import datetime
from itertools import count, islice
from pathlib import Path
from typing import Any

from django.db import connections, transaction

from events.lens import taking_in
from events.lens.store import REMEMBERED, Store

# Lines per file: two of the copy's row groups.
BATCH = 245_760
# After this many changed versions the copy is packed again.
PACK_AFTER = 50_000


class Replaced(Exception):
    """The record is another one than the copy was made from."""


def load() -> Store:
    """A new copy of the record as it is now."""
    store = Store()
    with snapshot() as cursor, tempfile.TemporaryDirectory(prefix="lens-") as folder:
        publications = fresh_publications(cursor, store)
        arrive(cursor, store, Path(folder), "state = 'published'", [])
    store.arrange()
    store.pack()
    store.reached(publications)
    return store


def catch_up(store: Store) -> int:
    """Bring the copy up to the latest publication; return how many versions changed. Raises Replaced.

    A reader at an earlier publication sees neither the new versions nor that old ones were closed, so only what was
    redacted has to change at one blow; all of it does, in one transaction.
    """
    with snapshot() as cursor, tempfile.TemporaryDirectory(prefix="lens-") as folder:
        refuse_replaced(cursor, store)
        publications = fresh_publications(cursor, store)
        if not publications:
            return 0
        with store.writing():
            changed = apply(cursor, store, Path(folder))
    store.reached(publications)
    if changed > PACK_AFTER:
        tidy(store, changed)
    return changed


def tidy(store: Store, changed: int) -> None:
    """Pack a copy that has changed much, and lay it out anew when most of it came after it was made."""
    if changed > store.versions / 2:
        store.arrange()
    store.pack()


@contextmanager
def snapshot() -> Iterator[Any]:
    """A cursor of the record that sees one state of it, however long it reads."""
    with transaction.atomic("record"), connections["record"].connection.cursor() as cursor:
        cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY")
        # A load reads everything once; the timeout is for visitors' queries.
        cursor.execute("SET LOCAL statement_timeout = 0")
        yield cursor


def fresh_publications(cursor: Any, store: Store) -> list[tuple[int, datetime]]:
    """(number, time) of the publications that the copy does not hold, the latest ones if there are many."""
    cursor.execute(
        "SELECT number, at FROM record.publication WHERE number > %s ORDER BY number DESC LIMIT %s",
        [store.number, REMEMBERED],
    )
    return cursor.fetchall()


def refuse_replaced(cursor: Any, store: Store) -> None:
    """The publication that the copy holds must still be there, made at the same instant."""
    cursor.execute("SELECT at FROM record.publication WHERE number = %s", [store.number])
    found = cursor.fetchone()
    if (found[0] if found else None) != store.stamp:
        raise Replaced(f"publication {store.number} is not the one that was copied")


def apply(cursor: Any, store: Store, folder: Path) -> int:
    """Take in what the publications since the copy's own changed; return how many versions that are."""
    since = store.number
    cursor.execute(
        "SELECT version_id FROM record.redaction WHERE publication > %s AND subject = 'incident'", [since]
    )
    redacted = [version for (version,) in cursor.fetchall()]
    store.drop(redacted)
    added = arrive(
        cursor,
        store,
        folder,
        "state = 'published' AND (known_from > %s OR version_id = ANY(%s))",
        [since, redacted],
    )
    return len(redacted) + added + close(cursor, store, folder, since)


def arrive(cursor: Any, store: Store, folder: Path, where: str, params: list[Any]) -> int:
    """Copy the versions under a condition; each batch is taken in while the next one is being read."""
    statement = f"COPY (SELECT {taking_in.FROM_RECORD} FROM record.incident_version WHERE {where}) TO STDOUT (FORMAT csv)"
    taken: Future[int] | None = None
    total = 0
    with ThreadPoolExecutor(1, "lens-take-in") as pool, cursor.copy(statement, params) as arriving:
        for path in batches(arriving, folder):
            total += taken.result() if taken else 0
            taken = pool.submit(taking_in.take_in, store, path)
        total += taken.result() if taken else 0
    return total


def close(cursor: Any, store: Store, folder: Path, since: int) -> int:
    """Copy which older versions were replaced or withdrawn since."""
    statement = (
        "COPY (SELECT version_id, known_to FROM record.incident_version"
        " WHERE known_to > %s AND known_to < 2147483647 AND known_from <= %s) TO STDOUT (FORMAT csv)"
    )
    with cursor.copy(statement, [since, since]) as arriving:
        return sum(taking_in.close(store, path) for path in batches(arriving, folder))


def batches(arriving: Any, folder: Path) -> Iterator[Path]:
    """Files of up to BATCH lines each, as they fill."""
    lines = iter(arriving)
    for number in count():
        path = folder / f"{number}.csv"
        with path.open("wb") as file:
            file.writelines(islice(lines, BATCH))
            if not file.tell():
                return
        yield path
