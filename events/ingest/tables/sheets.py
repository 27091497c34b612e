"""A table as it was handed in, workbook or CSV, to its two sheets of text: columns by name, lines as an editor counts.

Copes with what spreadsheets do to tables: byte order marks, Windows-1252, semicolons, a `sep=` line, merged cells
(the value counts for all of them), formulas (their last value counts), empty rows, cells beyond the header.
"""

from __future__ import annotations

import csv
import io
import zipfile
import zlib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from python_calamine import CalamineError, CalamineSheet, CalamineWorkbook

from conflict.kit.cells import original
from conflict.kit.problems import Problem, Refused, unknown_field
from conflict.kit.textfiles import Limits, refuse_large_archive
from events.ingest.decoding import marked
from events.ingest.rowfiles import in_words
from events.ingest.tables.columns import CLAIMS, IGNORED, INCIDENTS, SHEETS, names_of

MOST_BYTES = 20_000_000
UNPACKED = Limits(size=300_000_000)
MOST_ROWS = 100_000
LONGEST_CELL = 100_000
# What the readers of damaged, encrypted or strangely packed files raise.
DAMAGED = (
    zipfile.BadZipFile,
    CalamineError,
    zlib.error,
    EOFError,
    OSError,
    RuntimeError,
    NotImplementedError,
    ValueError,
)
VALID = "a workbook (.xlsx), a .csv, or a .zip with incidents.csv and claims.csv"


@dataclass(frozen=True)
class Line:
    """One row: its line in the sheet, its texts by column, and how many cells stand beyond the header."""

    line: int
    cells: Mapping[str, str]
    beyond: int = 0


@dataclass
class Sheet:
    """A sheet with the columns it has, and whether a day such as 03/04/2025 is written day first there."""

    name: str
    columns: list[str] = field(default_factory=list)
    lines: list[Line] = field(default_factory=list)
    day_first: bool = False


Sheets = dict[str, Sheet]


def read_sheets(content: bytes, name: str) -> Sheets:
    """Read both sheets. Raises Refused for what is no such table, naming unknown and missing columns."""
    if len(content) > MOST_BYTES:
        raise Refused(Problem("file", name, f"a file of at most {MOST_BYTES:,} bytes"))
    try:
        sheets = (
            packed(content, name)
            if content.startswith(b"PK\x03\x04")
            else {INCIDENTS: of_csv(content, INCIDENTS)}
        )
    except DAMAGED as problem:
        raise Refused(Problem("file", name, f"{VALID} that is whole ({problem})")) from problem
    sheets.setdefault(CLAIMS, Sheet(CLAIMS, names_of(CLAIMS)))
    refuse_wrong_columns(sheets)
    return sheets


def packed(content: bytes, name: str) -> Sheets:
    """A workbook, or CSV files in a zip."""
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        refuse_large_archive(archive, name, UNPACKED)
        entries = archive.infolist()
        if "[Content_Types].xml" not in archive.namelist():
            found = {entry.filename.rpartition("/")[2].lower(): entry for entry in entries}
            wanted = {sheet: found[f"{sheet}.csv"] for sheet in SHEETS if f"{sheet}.csv" in found}
            refuse_without_incidents(wanted, name)
            return {sheet: of_csv(archive.read(entry), sheet) for sheet, entry in wanted.items()}
    book = CalamineWorkbook.from_filelike(io.BytesIO(content))
    known = {title.strip().lower(): title for title in book.sheet_names}
    wanted_sheets = {sheet: known[sheet] for sheet in SHEETS if sheet in known}
    refuse_without_incidents(wanted_sheets, name)
    return {sheet: of_sheet(book.get_sheet_by_name(title), sheet) for sheet, title in wanted_sheets.items()}


def refuse_without_incidents(found: Iterable[str], name: str) -> None:
    """Claims alone belong to nothing."""
    if INCIDENTS not in found:
        raise Refused(Problem("file", name, f"{VALID}; a sheet or file `{INCIDENTS}` is missing"))


def of_csv(content: bytes, sheet: str) -> Sheet:
    """A CSV file; the delimiter is the one that the header uses most."""
    text = text_of(content)
    first, _, rest = text.partition("\n")
    skipped = 0
    if first.strip().lower().startswith("sep="):
        text, skipped = rest, 1
        first = rest.partition("\n")[0]
    delimiter = max(",;\t", key=first.count)
    csv.field_size_limit(LONGEST_CELL)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter)
    rows: list[tuple[int, list[str]]] = []
    line = 1 + skipped
    try:
        for cells in reader:
            rows.append((line, [original(cell) for cell in cells]))
            line = reader.line_num + 1 + skipped
    except csv.Error as problem:
        raise Refused(
            Problem(f"{sheet} line {line}", str(problem), "a row whose quotation marks are closed")
        ) from problem
    # Who writes semicolons writes 31/01/2025, not 01/31/2025.
    return of_rows(rows, sheet, day_first=delimiter == ";")


def text_of(content: bytes) -> str:
    """The characters: by byte order mark, else UTF-8, else what spreadsheets in French or English write."""
    for encoding in filter(None, (marked(content), "utf-8", "cp1252")):
        try:
            return content.decode(encoding)
        except ValueError:
            continue
    raise Refused(Problem("file", content[:40], "text in UTF-8 or Windows-1252"))


def of_sheet(page: CalamineSheet, sheet: str) -> Sheet:
    """A sheet of a workbook."""
    if page.total_height > MOST_ROWS + 100:
        raise too_many(sheet)
    grid: list[list[Any]] = page.to_python(skip_empty_area=False)
    for (top, left), (bottom, right) in page.merged_cell_ranges or []:
        spread(grid, top, left, bottom, right)
    return of_rows(
        [(line, [in_words(cell) for cell in row]) for line, row in enumerate(grid, start=1)], sheet
    )


def spread(grid: list[list[Any]], top: int, left: int, bottom: int, right: int) -> None:
    """Give every cell of a merged range the value that the spreadsheet shows in it."""
    if top >= len(grid) or left >= len(grid[top]):
        return
    value = grid[top][left]
    for row in grid[top : bottom + 1]:
        row[left : right + 1] = [value] * len(row[left : right + 1])


def of_rows(rows: list[tuple[int, list[str]]], sheet: str, day_first: bool = False) -> Sheet:
    """The first row that is not empty is the header."""
    filled = [(line, cells) for line, cells in rows if any(cell.strip() for cell in cells)]
    if not filled:
        raise Refused(Problem("file", sheet, f"a header with the columns of the sheet {sheet}; it is empty"))
    if len(filled) > MOST_ROWS + 1:
        raise too_many(sheet)
    columns = [cell.strip().lower() for cell in filled[0][1]]
    while columns and not columns[-1]:
        columns.pop()
    lines = [line_of(line, cells, columns) for line, cells in filled[1:]]
    return Sheet(sheet, columns, lines, day_first)


def line_of(line: int, cells: list[str], columns: list[str]) -> Line:
    """One row by column."""
    beyond = sum(1 for cell in cells[len(columns) :] if cell.strip())
    return Line(
        line, {name: cell.strip() for name, cell in zip(columns, cells, strict=False) if name}, beyond
    )


def too_many(sheet: str) -> Refused:
    """The refusal of a sheet that is too long."""
    return Refused(Problem("file", sheet, f"at most {MOST_ROWS:,} rows a sheet; hand it in by parts"))


def refuse_wrong_columns(sheets: Sheets) -> None:
    """A column that nobody knows would be lost without a word, so it refuses the file; so does one that is missing."""
    problems = [problem for sheet in sheets.values() for problem in wrong_columns(sheet)]
    if problems:
        raise Refused(problems)


def wrong_columns(sheet: Sheet) -> Iterator[Problem]:
    """What is wrong with the header of a sheet."""
    known, given = names_of(sheet.name), [column for column in sheet.columns if column not in ("", *IGNORED)]
    yield from (unknown_field(column, sheet.name, known) for column in given if column not in known)
    for column in sorted({column for column in given if given.count(column) > 1}):
        yield Problem(column, f"sheet {sheet.name}", "each column once")
    for one in SHEETS[sheet.name]:
        if one.needed and one.name not in given:
            yield Problem(one.name, f"sheet {sheet.name}", "a column of this name; it is missing")
