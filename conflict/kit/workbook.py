"""Spreadsheets (Office Open XML, .xlsx) written as a stream: memory stays flat, the first bytes leave at once.

A workbook is a ZIP archive of XML parts, whose table of contents stands at the end: one that was cut off opens nowhere.
Cells are typed. Texts are inline strings, which no program evaluates; those that would be a formula once somebody edits
them (`=…`, `+…`, `-…`, `@…`) bear the style "quote prefix", which is what the apostrophe is in CSV.
"""

from __future__ import annotations

import re
import zipfile
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, cast
from xml.sax.saxutils import escape, quoteattr

from conflict.kit.cells import neutral

MEDIA_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
MOST_ROWS = 1_048_576
LONGEST_TEXT = 32_767
CHUNK = 1 << 16
# The first day whose number all programs agree on; earlier ones are written as text.
FIRST_DAY, DAY_ZERO = date(1900, 3, 1), date(1899, 12, 30)
# Places in `cellXfs` below.
HEADING, DAY, QUOTED = 1, 2, 3
# What XML cannot carry, and what Excel would read as an escaped character.
UNWRITABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")
ESCAPE_LIKE = re.compile("_(?=x[0-9A-Fa-f]{4}_)")

XML = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
RELATIONS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
PACKAGE = "http://schemas.openxmlformats.org/package/2006"
KIND = "application/vnd.openxmlformats-officedocument.spreadsheetml"
STYLES = (
    f'{XML}<styleSheet xmlns="{MAIN}">'
    '<numFmts count="1"><numFmt numFmtId="164" formatCode="yyyy\\-mm\\-dd"/></numFmts>'
    '<fonts count="2"><font><sz val="11"/><name val="Calibri"/></font>'
    '<font><b/><sz val="11"/><name val="Calibri"/></font></fonts>'
    '<fills count="2"><fill><patternFill patternType="none"/></fill><fill><patternFill patternType="gray125"/></fill></fills>'
    '<borders count="1"><border><left/><right/><top/><bottom/><diagonal/></border></borders>'
    '<cellStyleXfs count="1"><xf numFmtId="0" fontId="0" fillId="0" borderId="0"/></cellStyleXfs>'
    '<cellXfs count="4"><xf numFmtId="0" fontId="0" fillId="0" borderId="0" xfId="0"/>'
    '<xf numFmtId="0" fontId="1" fillId="0" borderId="0" xfId="0" applyFont="1"/>'
    '<xf numFmtId="164" fontId="0" fillId="0" borderId="0" xfId="0" applyNumberFormat="1"/>'
    '<xf numFmtId="0" fontId="0" fillId="0" borderId="0" xfId="0" quotePrefix="1"/></cellXfs>'
    '<cellStyles count="1"><cellStyle name="Normal" xfId="0" builtinId="0"/></cellStyles>'
    "</styleSheet>"
)


@dataclass(frozen=True)
class Sheet:
    """One sheet: its first row stays in view; `widths` are those of the columns, in characters.

    `rows` are ready rows of XML (`row`, or made elsewhere to the same pattern), read once, in the order of the sheets.
    `seen` is shown every byte of the sheet's part, for a digest.
    """

    name: str
    head: Sequence[str]
    widths: Sequence[int]
    rows: Iterable[bytes]
    seen: Callable[[bytes], object] = len


def row(values: Iterable[Any], style: int = 0) -> bytes:
    """One row."""
    return f"<row>{''.join(cell(value, style) for value in values)}</row>".encode()


def cell(value: Any, style: int = 0) -> str:
    """One cell by the type of its value: number, yes or no, day, text; None is an empty one."""
    if value is None or value == "":
        return "<c/>"
    if isinstance(value, bool):
        return f'<c t="b"><v>{value:d}</v></c>'
    if isinstance(value, (int, float)):
        return f"<c><v>{value!r}</v></c>"
    if isinstance(value, date) and value >= FIRST_DAY:
        return f'<c s="{DAY}"><v>{(value - DAY_ZERO).days}</v></c>'
    return text_cell(str(value), style)


def text_cell(text: str, style: int = 0) -> str:
    """A text, never a formula; what is too long for a cell is cut."""
    style = QUOTED if neutral(text) != text else style
    styled = f' s="{style}"' if style else ""
    plain = escape(ESCAPE_LIKE.sub("_x005F_", UNWRITABLE.sub("", text[:LONGEST_TEXT])))
    return f'<c t="inlineStr"{styled}><is><t xml:space="preserve">{plain}</t></is></c>'


def workbook(sheets: Sequence[Sheet], large: bool = False) -> Iterator[bytes]:
    """The file in chunks. `large`: a part may exceed 2 GB uncompressed (programs before 2010 then can't read it)."""
    sink = Sink()
    with zipfile.ZipFile(cast(Any, sink), "w", zipfile.ZIP_DEFLATED, compresslevel=4) as archive:
        for name, text in frame(sheets).items():
            archive.writestr(zipfile.ZipInfo(name), text, zipfile.ZIP_DEFLATED)
        for number, sheet in enumerate(sheets, start=1):
            with archive.open(part_name(number), "w", force_zip64=large) as part:
                for piece in sheet_xml(sheet, number == 1):
                    sheet.seen(piece)
                    part.write(piece)
                    if sink.size >= CHUNK:
                        yield sink.taken()
    yield sink.taken()


def part_name(number: int) -> str:
    """Where a sheet, counted from 1, is kept in the archive."""
    return f"xl/worksheets/sheet{number}.xml"


def sheet_xml(sheet: Sheet, first: bool) -> Iterator[bytes]:
    """One sheet, in pieces."""
    columns = "".join(
        f'<col min="{place}" max="{place}" width="{width}" customWidth="1"/>'
        for place, width in enumerate(sheet.widths, start=1)
    )
    pane = '<pane ySplit="1" topLeftCell="A2" activePane="bottomLeft" state="frozen"/>'
    chosen = ' tabSelected="1"' if first else ""
    yield (
        f'{XML}<worksheet xmlns="{MAIN}"><sheetViews><sheetView{chosen} workbookViewId="0">{pane}</sheetView>'
        f"</sheetViews><cols>{columns}</cols><sheetData>"
    ).encode()
    yield row(sheet.head, HEADING)
    held: list[bytes] = []
    for line in sheet.rows:
        held.append(line)
        if len(held) == 200:
            yield b"".join(held)
            held = []
    yield b"".join(held) + b"</sheetData></worksheet>"


def frame(sheets: Sequence[Sheet]) -> dict[str, str]:
    """The parts that say what the archive is and which sheets it has."""
    numbers = range(1, len(sheets) + 1)
    override = '<Override PartName="/{}" ContentType="' + KIND + '.{}+xml"/>'
    related = '<Relationship Id="rId{}" Type="' + RELATIONS + '/{}" Target="{}"/>'
    listed = (
        f'<sheet name={quoteattr(sheet.name)} sheetId="{number}" r:id="rId{number}"/>'
        for number, sheet in zip(numbers, sheets, strict=True)
    )
    links = [related.format(number, "worksheet", part_name(number).removeprefix("xl/")) for number in numbers]
    return {
        "[Content_Types].xml": f'{XML}<Types xmlns="{PACKAGE}/content-types">'
        f'<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        f'<Default Extension="xml" ContentType="application/xml"/>{override.format("xl/workbook.xml", "sheet.main")}'
        f"{override.format('xl/styles.xml', 'styles')}"
        f"{''.join(override.format(part_name(number), 'worksheet') for number in numbers)}</Types>",
        "_rels/.rels": f'{XML}<Relationships xmlns="{PACKAGE}/relationships">'
        f"{related.format(1, 'officeDocument', 'xl/workbook.xml')}</Relationships>",
        "xl/workbook.xml": f'{XML}<workbook xmlns="{MAIN}" xmlns:r="{RELATIONS}"><sheets>{"".join(listed)}</sheets></workbook>',
        "xl/_rels/workbook.xml.rels": f'{XML}<Relationships xmlns="{PACKAGE}/relationships">'
        f"{''.join(links)}{related.format(len(sheets) + 1, 'styles', 'styles.xml')}</Relationships>",
        "xl/styles.xml": STYLES,
    }


class Sink:
    """Takes what the archive writes until it is sent on."""

    def __init__(self) -> None:
        self.held: list[bytes] = []
        self.size = 0

    def write(self, data: bytes) -> int:
        """Keep a piece."""
        self.held.append(bytes(data))
        self.size += len(data)
        return len(data)

    def flush(self) -> None:
        """Nothing is held back further down."""

    def taken(self) -> bytes:
        """Everything written since the last time."""
        data = b"".join(self.held)
        self.held, self.size = [], 0
        return data
