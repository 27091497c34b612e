"""Excel (.xlsx): typed cells, the header stays in view; a second sheet says what the file is, a third what its columns are.

Cells are numbers, days, true or false, and texts that no program evaluates. The sheet "About" stands behind the data in
the archive and ends with how many rows there are and the digest of their sheet (`xl/worksheets/sheet1.xml`). A file that
was cut off opens nowhere, because an archive's table of contents stands at its end.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from conflict.kit.workbook import MEDIA_TYPE as MEDIA_TYPE
from conflict.kit.workbook import MOST_ROWS as LINES
from conflict.kit.workbook import Sheet, row, workbook
from events.answers.exports import Table

SUFFIX = "xlsx"
OPTIONS = ()
# One line of a sheet is the header.
MOST_ROWS = LINES - 1
LOCATED = False
# Bytes of XML that a cell takes at most on average; above 2 GB the archive needs larger numbers.
BYTES_PER_CELL, LARGE = 120, 2**31
WIDTHS = {
    "title": 60,
    "place": 20,
    "actors": 40,
    "side_a": 30,
    "side_b": 30,
    "actor_slugs": 30,
    "sources": 30,
}


def write(table: Table, about: Mapping[str, Any], options: Mapping[str, bool]) -> Iterator[bytes]:
    """The three sheets, the data first."""
    names = [field.name for field in table.fields]
    widths = [WIDTHS.get(name, max(12, len(name) + 2)) for name in names]
    data = Sheet("Data", names, widths, table.sheet_records(), table.hash.update)
    said = Sheet("About", ("", "Sahel Conflict Tracker"), (16, 110), about_rows(table, about))
    columns = Sheet("Columns", ("column", "meaning", "HXL"), (24, 90, 28), column_rows(table))
    large = table.many() * len(names) * BYTES_PER_CELL > LARGE
    yield from workbook((data, said, columns), large)


def about_rows(table: Table, about: Mapping[str, Any]) -> Iterator[bytes]:
    """What the export says of itself; read after the data were written, so that rows and digest are known."""
    yield row(("publication", about["publication"]))
    yield row(("query", about["query"]))
    yield row(("address", about["url"]))
    yield row(("license", f"{about['license']['name']}, {about['license']['url']}"))
    yield from (row(("attribution", line)) for line in about["attribution"])
    yield row(("figures", f"rule {about['estimate']['rule']}, version {about['estimate']['version']}"))
    yield row(("citation", about["citation"]))
    yield row(("rows", table.rows))
    yield row(("sha256", f"{table.hash.hexdigest()} of xl/worksheets/sheet1.xml"))


def column_rows(table: Table) -> Iterable[bytes]:
    """What each column means."""
    return (row((field.name, field.meaning, field.hxl)) for field in table.fields)
