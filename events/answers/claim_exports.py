"""Whole exports of claims: the same notations as incidents have (`events.answers.exports`), one row per claim."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from datetime import date
from typing import Any

import orjson

from conflict.kit import workbook
from conflict.kit.csvtext import csv_line
from events.answers.exports import Table
from events.claim_rows import CLAIM_FIELDS, Row, claim_cells, claim_row
from events.query.incidents import BoundQuery
from events.record import claims


class ClaimTable(Table):
    """The claims under a condition on incidents and claims."""

    def __init__(self, query: BoundQuery, where: str, params: Sequence[Any]) -> None:
        super().__init__(query)
        self.fields = tuple(CLAIM_FIELDS.values())
        self.where, self.params = where, params

    def many(self) -> int:
        """Counted as far as a sheet of a spreadsheet goes, and one more."""
        return claims.count(self.where, self.params, workbook.MOST_ROWS)

    def written(self, write: Callable[[Row], bytes]) -> Iterator[bytes]:
        """One record per claim."""
        for row in claims.stream(self.where, self.params):
            self.rows += 1
            yield write(row)

    def json_records(self, before: bytes = b"", end: bytes = b"\n") -> Iterator[bytes]:
        """One JSON object per claim."""
        return self.written(lambda row: before + orjson.dumps(claim_row(row, self.view)) + end)

    def csv_records(self) -> Iterator[bytes]:
        """One CSV line per claim."""
        return self.written(lambda row: csv_line(claim_cells(row, self.view)).encode())

    def sheet_records(self) -> Iterator[bytes]:
        """One row of a spreadsheet per claim."""
        days = [place for place, field in enumerate(self.fields) if field.kind == "date"]

        def written(row: Row) -> bytes:
            cells = claim_cells(row, self.view)
            for place in days:
                cells[place] = date.fromisoformat(cells[place])
            return workbook.row(cells)

        return self.written(written)
