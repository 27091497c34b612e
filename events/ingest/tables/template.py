"""The empty table to be filled in: a workbook, or a zip of CSV files, each with its guide."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterable, Sequence
from typing import Any

import xlsxwriter

from actors.documents import display_name
from actors.models import Actor
from conflict.kit.cells import neutral
from conflict.kit.csvtext import csv_line
from events.ingest.tables.columns import (
    ACTORS,
    CLAIMS,
    CODES,
    GUIDE,
    INCIDENTS,
    SHEETS,
    Column,
    guide,
    names_of,
)

GUIDE_HEADER = ("sheet", "column", "needed", "meaning", "valid", "example")
CODES_HEADER = ("column", "code", "English", "français")
ACTORS_HEADER = ("slug", "name", "kind", "founded", "dissolved")
PREPARED_ROWS = 5_000


def template_zip() -> bytes:
    """incidents.csv, claims.csv, columns.csv, codes.csv and actors.csv, packed."""
    tables: dict[str, Sequence[Sequence[str]]] = {sheet: [names_of(sheet)] for sheet in SHEETS} | {
        GUIDE: [GUIDE_HEADER, *guide()],
        CODES: [CODES_HEADER, *codes()],
        ACTORS: [ACTORS_HEADER, *actors()],
    }
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, rows in tables.items():
            # With its mark, spreadsheets read the file as UTF-8.
            archive.writestr(f"{name}.csv", "\ufeff" + "".join(csv_line(row) for row in rows))
    return packed.getvalue()


def template_xlsx() -> bytes:
    """The workbook: two sheets to fill in, the guide, the code lists, the actors of the registry."""
    packed = io.BytesIO()
    book = xlsxwriter.Workbook(
        packed, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    )
    formats = {
        "needed": book.add_format({"bold": True, "bg_color": "#ffe08a", "num_format": "@"}),
        "head": book.add_format({"bold": True, "bg_color": "#e6e6e6", "num_format": "@"}),
        "text": book.add_format({"num_format": "@"}),
        "wrap": book.add_format({"text_wrap": True, "valign": "top"}),
    }
    lists = code_ranges()
    for sheet in (INCIDENTS, CLAIMS):
        fill_in(book.add_worksheet(sheet), SHEETS[sheet], formats, lists)
    listed(book.add_worksheet(GUIDE), [GUIDE_HEADER, *guide()], formats, (10, 22, 8, 50, 70, 30))
    listed(book.add_worksheet(CODES), [CODES_HEADER, *codes()], formats, (22, 28, 36, 36))
    listed(book.add_worksheet(ACTORS), [ACTORS_HEADER, *actors()], formats, (40, 50, 22, 12, 12))
    book.close()
    return packed.getvalue()


def fill_in(page: Any, columns: Sequence[Column], formats: dict[str, Any], lists: dict[str, str]) -> None:
    """A sheet to be filled in: cells are text, so that no spreadsheet rewrites dates; closed lists are offered."""
    page.freeze_panes(1, 1)
    for place, column in enumerate(columns):
        page.set_column(place, place, max(14, len(column.name) + 2), formats["text"])
        page.write_string(0, place, column.name, formats["needed" if column.needed else "head"])
        page.write_comment(0, place, f"{column.meaning}\n\nValid: {column.valid}"[:1000], {"x_scale": 2})
        if column.codes:
            source = {"validate": "list", "source": lists[column.codes.__name__], "error_type": "warning"}
            page.data_validation(1, place, PREPARED_ROWS, place, source)


def listed(page: Any, rows: Iterable[Sequence[str]], formats: dict[str, Any], widths: Sequence[int]) -> None:
    """A sheet to be read."""
    page.freeze_panes(1, 0)
    for place, width in enumerate(widths):
        page.set_column(place, place, width, formats["wrap"])
    for line, row in enumerate(rows):
        for place, cell in enumerate(row):
            page.write_string(line, place, neutral(str(cell)), formats["wrap" if line else "head"])


def code_columns() -> list[Column]:
    """One column for each code list."""
    return list({one.codes.__name__: one for sheet in SHEETS.values() for one in sheet if one.codes}.values())


def codes() -> list[tuple[str, str, str, str]]:
    """Every code with its labels, list by list."""
    return [
        (one.codes.__name__, code.value, code.en, code.fr)
        for one in code_columns()
        if one.codes
        for code in one.codes
    ]


def code_ranges() -> dict[str, str]:
    """Code list -> the cells of the sheet `codes` in which it stands."""
    lines: dict[str, list[int]] = {}
    for line, (name, *_) in enumerate(codes(), start=2):
        lines.setdefault(name, []).append(line)
    return {name: f"={CODES}!$B${found[0]}:$B${found[-1]}" for name, found in lines.items()}


def actors() -> list[tuple[str, str, str, str, str]]:
    """The actors that a table may name."""
    rows = Actor.objects.filter(merged_into__isnull=True).prefetch_related("names").order_by("slug")
    return [
        (one.slug, display_name(one, "en"), one.kind, str(one.founded_on or ""), str(one.dissolved_on or ""))
        for one in rows
    ]
