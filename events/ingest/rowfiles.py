"""Files of a dataset to rows of text: csv, csv.gz, a zip with one csv or xlsx inside, xlsx. Streaming; nothing is kept."""

from __future__ import annotations

import csv
import io
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import Any, TextIO

from python_calamine import CalamineError, CalamineWorkbook

from conflict.kit.problems import Problem, Refused
from conflict.kit.textfiles import Limits, opened_text, refuse_large_archive

LONGEST_CELL = 1_000_000
# The whole of GED is about 400,000 rows, some 350 MB.
LIMITS = Limits(size=4_000_000_000)
WORKBOOK_LIMIT = 300_000_000
VALID_FILE = "a .csv, .csv.gz, .zip or .xlsx file"

Row = tuple[int, list[str]]


@dataclass(frozen=True)
class Table:
    """An open file: its header, and its rows as (line number, cells)."""

    header: list[str]
    rows: Iterator[Row]


@contextmanager
def opened(path: Path, limits: Limits = LIMITS) -> Iterator[Table]:
    """Open a file by what is in it, whatever its name. Raises Refused for what cannot be read.

    Bytes that are not UTF-8 come out as lone surrogates, so that one bad row is rejected and not the whole file.
    """
    workbook = workbook_of(path, limits)
    if workbook is not None:
        yield xlsx_table(workbook, path.name)
        return
    with opened_text(path, (".csv",), limits) as text:
        yield csv_table(text, path.name)


def workbook_of(path: Path, limits: Limits = LIMITS) -> CalamineWorkbook | None:
    """The workbook that a file is or holds in a zip; None for everything else."""
    if not path.is_file() or not zipfile.is_zipfile(path):
        return None
    try:
        with zipfile.ZipFile(path) as archive:
            refuse_large_archive(archive, path.name, limits)
            if "[Content_Types].xml" in archive.namelist():
                return CalamineWorkbook.from_path(str(path))
            books = [entry for entry in archive.infolist() if entry.filename.lower().endswith(".xlsx")]
            return CalamineWorkbook.from_filelike(io.BytesIO(unpacked(archive, books[0]))) if books else None
    except (CalamineError, zipfile.BadZipFile) as problem:
        raise Refused(Problem("file", path.name, f"{VALID_FILE} that is whole ({problem})")) from problem


def unpacked(archive: zipfile.ZipFile, entry: zipfile.ZipInfo) -> bytes:
    """A workbook out of a zip; it must lie in memory, so its size has a limit."""
    with archive.open(entry) as member:
        content = member.read(WORKBOOK_LIMIT + 1)
    if len(content) > WORKBOOK_LIMIT:
        raise Refused(
            Problem("file", entry.filename, f"a workbook of at most {WORKBOOK_LIMIT:,} bytes; take the csv")
        )
    return content


def csv_table(text: TextIO, name: str) -> Table:
    """Rows of delimited text; the delimiter is the one that the header uses most."""
    first = text.readline()
    if not first.strip():
        raise empty(name)
    delimiter = max(",;\t", key=first.count)
    csv.field_size_limit(LONGEST_CELL)
    header = next(csv.reader([first], delimiter=delimiter))
    return Table(header, csv_rows(csv.reader(text, delimiter=delimiter)))


def csv_rows(reader: Any) -> Iterator[Row]:
    """Number each row with the line it begins on (cells may hold line breaks); blank lines are no rows."""
    line = 2
    try:
        for cells in reader:
            if cells:
                yield line, cells
            line = reader.line_num + 2
    except csv.Error as problem:
        raise Refused(
            Problem(f"line {line}", str(problem), "a row whose quotation marks are closed")
        ) from problem


def xlsx_table(workbook: CalamineWorkbook, name: str) -> Table:
    """Rows of the first sheet; the line is the sheet's row number."""
    rows = workbook.get_sheet_by_index(0).iter_rows()
    header = [in_words(cell) for cell in next(rows, [])]
    if not any(header):
        raise empty(name)
    return Table(header, xlsx_rows(rows))


def xlsx_rows(rows: Iterator[list[Any]]) -> Iterator[Row]:
    """Cells as text; rows without any value are no rows."""
    for line, cells in enumerate(rows, start=2):
        if any(cell != "" for cell in cells):
            yield line, [in_words(cell) for cell in cells]


def in_words(cell: Any) -> str:
    """A cell as a csv file would write it: whole numbers without a fraction, dates in ISO order."""
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    if isinstance(cell, datetime | date):
        return cell.isoformat()[:10]
    return str(cell)


def empty(name: str) -> Refused:
    """The refusal of a file in which nothing stands."""
    return Refused(Problem("file", name, f"{VALID_FILE}; this one is empty"))
