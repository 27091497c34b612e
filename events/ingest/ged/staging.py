"""The rows of a file into the temporary table `ged_row`, by COPY; what cannot be used goes to the report."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from itertools import chain, islice
from typing import Any

from django.db import connection

from conflict.kit.problems import Problem
from conflict.kit.rejections import Rejections
from events.ingest.files import Progress
from events.ingest.ged.columns import aligned, is_hashtags, named, refuse_wrong_file
from events.ingest.ged.pairs import Pairs
from events.ingest.ged.sides import Register
from events.ingest.ged.spots import Spots
from events.ingest.ged.values import Rejected, RowReader
from events.ingest.rowfiles import Row, Table

LOOKED_AT = 50
BLOCK = 2_000


class Staging:
    """Reads one table into PostgreSQL; counts what it read."""

    def __init__(
        self, table: Table, name: str, rejections: Rejections, countries: frozenset[str], register: Register
    ) -> None:
        refuse_wrong_file(table.header)
        self.name = name
        self.rejections = rejections
        self.pairs, self.spots = Pairs(register), Spots()
        self.read = 0
        first = list(islice(table.rows, LOOKED_AT))
        first = [row for row in first if not is_hashtags(row[1], named(table.header))]
        self.rows: Iterator[Row] = chain(first, table.rows)
        width = Counter(len(cells) for _, cells in first).most_common(1)[0][0] if first else len(table.header)
        alike = [cells for _, cells in first if len(cells) == width]
        positions = aligned(table.header, alike[0]) if alike else named(table.header)
        self.reader = RowReader(positions, width, countries)

    def copy(self, progress: Progress) -> None:
        """Read every row; `progress` is told the number of each block."""
        with connection.cursor() as cursor, cursor.copy("COPY ged_row FROM STDIN") as copy:
            while block := list(islice(self.rows, BLOCK)):
                self.read += len(block)
                copy.write(b"".join(self.staged(line, cells) for line, cells in block))
                progress(len(block))

    def staged(self, line: int, cells: list[str]) -> bytes:
        """One row as a line for COPY; nothing when it cannot be used, which is reported."""
        try:
            values = self.reader.read(cells)
        except Rejected as refusal:
            self.reject(line, *refusal.problems)
            return b""
        pair, spot = self.pairs.number(values.meeting), self.spots.number(values.spot)
        return f"{line}\t{pair}\t{spot}\t\\\\x{values.digest}\t{values.coded}\t{values.texts}\n".encode()

    def reject(self, line: int, *problems: Problem) -> None:
        """Report a row that is left out."""
        self.rejections.add(self.name, line, *problems)


def copy_rows(table: str, rows: Iterable[tuple[Any, ...]]) -> None:
    """Copy a few rows of Python values into a temporary table (its name is a constant of this package)."""
    # Worked out first: a query of theirs would wait for ever for the connection that is copying.
    made = list(rows)
    with connection.cursor() as cursor, cursor.copy(f"COPY {table} FROM STDIN") as copy:
        for row in made:
            copy.write_row(row)
