"""The rows of a table that could not be used, as a table of their own: put right, it is handed in as it is."""

from __future__ import annotations

import io
from collections.abc import Iterator

import xlsxwriter

from events.ingest.tables.columns import CLAIMS, IGNORED, INCIDENTS, names_of
from events.ingest.tables.planning import REJECTED, Plan, Planned
from events.ingest.tables.sheets import Line


def rejected_xlsx(made: Plan) -> bytes:
    """A workbook with the rejected incidents and their claims; the last two columns say the line and what is wrong."""
    packed = io.BytesIO()
    book = xlsxwriter.Workbook(
        packed, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    )
    text, head = book.add_format({"num_format": "@"}), book.add_format({"bold": True, "num_format": "@"})
    rows = made.of(REJECTED)
    for sheet in (INCIDENTS, CLAIMS):
        page = book.add_worksheet(sheet)
        page.freeze_panes(1, 1)
        columns = names_of(sheet)
        for place, name in enumerate([*columns, *IGNORED]):
            page.set_column(place, place, 60 if name == IGNORED[-1] else 18, text)
            page.write_string(0, place, name, head)
        for line, (given, problems) in enumerate(given_lines(rows, sheet), start=1):
            cells = [*(given.cells.get(name, "") for name in columns), str(given.line), problems]
            for place, cell in enumerate(cells):
                # A string cell: no spreadsheet runs it, whatever it begins with.
                page.write_string(line, place, cell[:32_000], text)
    book.close()
    return packed.getvalue()


def given_lines(rows: list[Planned], sheet: str) -> Iterator[tuple[Line, str]]:
    """The lines of a sheet as they were given, each with its problems in words."""
    for one in rows:
        lines = one.row.claims if sheet == CLAIMS else [one.row.incident] if one.row.incident else []
        for line in lines:
            told = [str(f.problem) for f in one.row.faults if (f.sheet, f.line) == (sheet, line.line)]
            yield line, "\n".join(told)
