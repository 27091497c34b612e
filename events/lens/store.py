"""The columnar copy itself: an in-process DuckDB database in memory, its tables, its cursors, its codes.

Nothing is written to disk and nothing is fetched: no extension is loaded that is not in the library. One thread
writes (`events.lens.loading`); every other thread reads through a cursor of its own.
"""

from __future__ import annotations

import os
import threading
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import datetime
from typing import Any

import duckdb

from conflict.kit.mercator import BITS
from events.lens.columns import TABLES
from events.lens.combinations import Combinations
from events.record.known import Known

MOST_THREADS = 4
# How many publications back a request may lie behind the copy; further back it is asked of the record.
REMEMBERED = 1000
CONFIGURATION = {
    "autoinstall_known_extensions": "false",
    "autoload_known_extensions": "false",
    "temp_directory": "",
    # Without it what a load has used up for the moment stays with the process: several times the copy's size.
    "allocator_background_threads": "true",
}

# The first share apart, so that counting it reads a sixteenth of the copy; then by the tile of zoom 6 in which a version
# lies, within it by that of zoom 9, within that by that of zoom 12.
ORDER = "share > 0, " + ", ".join(f"{axis} >> {BITS - zoom}" for zoom in (6, 9, 12) for axis in ("mx", "my"))


class Store:
    """One copy: made empty, filled by a loader, then read by many threads.

    `number` is the publication that it holds, `versions` how many versions; `units`, `kinds`,
    `series` and `types` say what its numbers stand for.
    """

    def __init__(self) -> None:
        threads = str(min(os.cpu_count() or 1, MOST_THREADS))
        self.database = duckdb.connect(":memory:", config={**CONFIGURATION, "threads": threads})
        # Compressed in memory: a third of the plain size and, column by column, no slower to read.
        self.database.execute("ATTACH ':memory:' AS copy (COMPRESS)")
        for statement in TABLES:
            self.database.execute(statement)
        self.writer = self.database.cursor()
        self.mine = threading.local()
        self.number, self.versions = 0, 0
        self.stamps: dict[int, datetime | None] = {0: None}
        self.units, self.kinds = Combinations("unit"), Combinations("kind")
        self.series = Combinations("series")
        self.types: list[str] = []

    @property
    def stamp(self) -> datetime | None:
        """When the publication that the copy holds was made."""
        return self.stamps[self.number]

    def holds(self, known: Known) -> bool:
        """Whether the copy has everything that a request at this point may see, of this very record."""
        stamps = self.stamps
        return known.latest in stamps and stamps[known.latest] == known.stamp

    def reached(self, publications: Iterable[tuple[int, datetime]]) -> None:
        """The copy now holds these publications too."""
        newest = sorted([*self.stamps.items(), *publications])[-REMEMBERED:]
        self.versions = self.write("SELECT count(*) FROM copy.version")[0][0]
        self.number, self.stamps = newest[-1][0], dict(newest)

    def public_id(self, series: int, sequence: int) -> str:
        """A public id from its two numbers."""
        start, length = self.series.known[series]
        return f"{start}{sequence:0{int(length or 0) - 9}}"

    def type_code(self, event_type: str) -> int:
        """The number of an event type; a new one is given if it has none."""
        if event_type not in self.types:
            self.types.append(event_type)
        return self.types.index(event_type)

    def write(self, sql: str, params: Sequence[Any] | None = None) -> list[tuple[Any, ...]]:
        """Run one statement of the loader."""
        return self.writer.execute(sql, params).fetchall()

    @contextmanager
    def writing(self) -> Iterator[None]:
        """Everything written in the block becomes visible at once, or not at all."""
        self.writer.begin()
        try:
            yield
        except BaseException:
            self.writer.rollback()
            raise
        self.writer.commit()

    def drop(self, versions: Sequence[int]) -> None:
        """Take versions out of the copy."""
        if versions:
            self.write(
                "DELETE FROM copy.version WHERE version_id IN (SELECT unnest(?::BIGINT[]))", [list(versions)]
            )

    def arrange(self) -> None:
        """Lay versions that are near each other on the map side by side: a tile then reads a small part of the copy."""
        with self.writing():
            self.write(f"CREATE TABLE copy.arranged AS FROM copy.version ORDER BY {ORDER}")
            self.write("DROP TABLE copy.version")
            self.write("ALTER TABLE copy.arranged RENAME TO version")

    def pack(self) -> None:
        """Compress what was written since the last time, as far as readers leave it alone."""
        try:
            self.write("CHECKPOINT copy")
        except duckdb.TransactionException:
            return

    def rows(
        self, sql: str, params: Sequence[Any] = (), sets: Mapping[str, Any] | None = None
    ) -> list[tuple[Any, ...]]:
        """Run one statement of a reader; `sets` are tables that it names, as arrays by column."""
        if not hasattr(self.mine, "cursor"):
            self.mine.cursor = self.database.cursor()
        cursor = self.mine.cursor
        for name, columns in (sets or {}).items():
            cursor.register(name, columns)
        try:
            return cursor.execute(sql, list(params)).fetchall()
        finally:
            for name in sets or {}:
                cursor.unregister(name)
