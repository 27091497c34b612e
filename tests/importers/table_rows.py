"""Tables in the product's own columns, as people fill them in; every place and event is made up."""

from __future__ import annotations

import csv
import io
import zipfile
from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

import xlsxwriter

from events.ingest.tables.columns import CLAIMS, INCIDENTS, names_of

Rows = Iterable[Mapping[str, Any]]

INCIDENT = {
    "incident": "2025-001",
    "title_en": "Convoy ambushed near Exampleville",
    "event_type": "battle",
    "event_subtype": "ambush",
    "date_start": "2025-06-13",
    "country": "MLI",
    "place": "Exampleville",
    "latitude": "19.46",
    "longitude": "0.86",
    "location_precision": "near",
    "side_a": "army",
    "side_b": "Azawad Liberation Front",
    "source_outlet": "Example Wire",
    "source_url": "https://example.org/1",
    "source_date": "2025-06-14",
    "note": "Seen by a colleague",
}
CLAIM = {
    "incident": "2025-001",
    "claimant": "army",
    "measure": "killed",
    "about": "rebels",
    "quantifier": "at_least",
    "low": "10",
    "phrase": "at least ten",
    "phrase_lang": "en",
    "source_outlet": "Example Wire",
    "source_url": "https://example.org/1",
    "source_date": "2025-06-14",
}


def incident(number: int, **changes: Any) -> dict[str, Any]:
    """A row of incidents with its own key, days apart from the others."""
    day = date(2025, 1, 1 + number % 28)
    return {**INCIDENT, "incident": f"2025-{number:03d}", "date_start": str(day), **changes}


def claim(number: int, **changes: Any) -> dict[str, Any]:
    """A claim on incident `number`."""
    return {**CLAIM, "incident": f"2025-{number:03d}", **changes}


def csv_of(rows: Rows, sheet: str, delimiter: str = ",", columns: list[str] | None = None) -> str:
    """Rows as CSV."""
    text = io.StringIO(newline="")
    writer = csv.DictWriter(text, columns or names_of(sheet), restval="", delimiter=delimiter)
    writer.writeheader()
    writer.writerows(rows)
    return text.getvalue()


def zipped(incidents: Rows, claims: Rows = (), encoding: str = "utf-8", delimiter: str = ",") -> bytes:
    """The CSV form of a table."""
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        archive.writestr("incidents.csv", csv_of(incidents, INCIDENTS, delimiter).encode(encoding))
        archive.writestr("claims.csv", csv_of(claims, CLAIMS, delimiter).encode(encoding))
    return packed.getvalue()


def workbook(incidents: Rows, claims: Rows = (), arrange: Any = None) -> bytes:
    """The workbook form; `arrange(book, pages)` may do what spreadsheets do."""
    packed = io.BytesIO()
    book = xlsxwriter.Workbook(packed, {"in_memory": True})
    day = book.add_format({"num_format": "dd/mm/yyyy"})
    pages = {}
    for sheet, rows in ((INCIDENTS, incidents), (CLAIMS, claims)):
        page = pages[sheet] = book.add_worksheet(sheet)
        names = names_of(sheet)
        page.write_row(0, 0, names)
        for line, row in enumerate(rows, start=1):
            for name, value in row.items():
                if isinstance(value, date):
                    page.write_datetime(line, names.index(name), value, day)
                else:
                    page.write(line, names.index(name), value)
    if arrange:
        arrange(book, pages)
    book.close()
    return packed.getvalue()
