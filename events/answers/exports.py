"""Whole exports, written by PostgreSQL and streamed: memory stays flat whatever their size.

COPY sends, per incident, text that PostgreSQL has put together (JSON, CSV or cells of a spreadsheet), cut where a field
depends on the actors known then. Those few fields are written here, once per distinct list of participants, and
remembered. A format (`events.api.formats`) asks a `Table` for its records in one notation.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator, Sequence
from functools import lru_cache
from itertools import groupby
from typing import Any, Protocol

import orjson

from conflict.kit import workbook
from conflict.kit.csvtext import csv_line
from events import lens
from events.query.incidents import BoundQuery
from events.record import reading
from events.rows import Field, View, chosen

CHUNK = 1 << 16
# How many distinct lists of participants are remembered while one export runs.
REMEMBERED = 4096
# From so many incidents on, reading them in order is quicker than sorting them.
MANY = 20_000
# The same cells as conflict/kit/cells.py and csvtext.py make; a test holds the two equal.
RISKY = r"^''*\s*[=+@\t\r\n＝＋－＠﹢﹣﹦﹫-]"
NUMBER = r"^[-+]?[0-9]+(\.[0-9]+)?([eE][-+]?[0-9]+)?$"


def json_text(field: Field, lang: str) -> str:
    """SQL for the field's JSON value as text."""
    assert field.sql is not None
    value = field.sql(lang)
    if field.kind in ("number", "integer", "boolean"):
        return f"coalesce(({value})::text, 'null')"
    if field.kind == "date" or field.codes:
        return f"coalesce('\"' || ({value}) || '\"', 'null')"
    return f"coalesce(to_json({value})::text, 'null')"


def csv_text(field: Field, lang: str) -> str:
    """SQL for the field's cell as CSV text, quoted and neutralised where it must be."""
    assert field.sql is not None
    value = field.sql(lang)
    if field.kind in ("number", "integer", "boolean", "date") or field.codes:
        return f"coalesce(({value})::text, '')"
    text = f"array_to_string({value}, '; ')" if field.kind == "array" else f"({value})"
    safe = f"CASE WHEN {text} ~ E'{escaped(RISKY)}' AND {text} !~ E'{escaped(NUMBER)}' THEN '''' || {text} ELSE {text} END"
    return (
        f"coalesce(CASE WHEN {text} !~ E'[\",\\r\\n\\t=+@''＝＋－＠﹢﹣﹦﹫-]' THEN {text}"
        f" WHEN ({safe}) ~ E'[\",\\r\\n]' THEN '\"' || replace({safe}, '\"', '\"\"') || '\"' ELSE {safe} END, '')"
    )


def escaped(pattern: str) -> str:
    """A pattern inside an E'' literal."""
    return pattern.replace("\\", "\\\\")


def sheet_text(field: Field, lang: str) -> str:
    """SQL for the field's cell in a spreadsheet: what `workbook.cell` makes of the value."""
    assert field.sql is not None
    value = field.sql(lang)
    if field.kind in ("number", "integer"):
        return f"coalesce('<c><v>' || ({value}) || '</v></c>', '<c/>')"
    if field.kind == "boolean":
        return f"coalesce('<c t=\"b\"><v>' || ({value})::int || '</v></c>', '<c/>')"
    if field.kind == "date":
        return (
            f"CASE WHEN {field.name} >= DATE '{workbook.FIRST_DAY}' THEN '<c s=\"{workbook.DAY}\"><v>'"
            f" || ({field.name} - DATE '{workbook.DAY_ZERO}') || '</v></c>'"
            f" ELSE coalesce('{TEXT_CELL[0]}' || ({value}) || '{TEXT_CELL[1]}', '<c/>') END"
        )
    text = f"array_to_string({value}, '; ')" if field.kind == "array" else f"({value})"
    return f"CASE WHEN {text} <> '' THEN {sheet_words(text)} ELSE '<c/>' END"


def sheet_words(text: str) -> str:
    """SQL for a text in a cell, escaped for XML; one that could become a formula is marked as text."""
    start, end = TEXT_CELL
    quoted_start = start.replace("<c ", f'<c s="{workbook.QUOTED}" ')
    plain = f"regexp_replace(left({text}, {workbook.LONGEST_TEXT}), E'[\\x01-\\x08\\x0b\\x0c\\x0e-\\x1f\\ufffe\\uffff]', '', 'g')"
    plain = f"regexp_replace({plain}, '_(?=x[0-9A-Fa-f]{{4}}_)', '_x005F_', 'g')"
    for sign, name in (("&", "&amp;"), ("<", "&lt;"), (">", "&gt;")):
        plain = f"replace({plain}, '{sign}', '{name}')"
    risky = f"{text} ~ E'{escaped(RISKY)}' AND {text} !~ E'{escaped(NUMBER)}'"
    return (
        f"CASE WHEN {text} !~ E'[\\x01-\\x1f&<>_=+@''＝＋－＠﹢﹣﹦﹫\\ufffe\\uffff-]' AND length({text}) <= {workbook.LONGEST_TEXT}"
        f" THEN '{start}' || {text} || '{end}'"
        f" ELSE CASE WHEN {risky} THEN '{quoted_start}' ELSE '{start}' END || {plain} || '{end}' END"
    )


# SQL for what stands before an incident's fields.
FEATURE = (
    '\'{"type":"Feature","id":"\' || id || \'","geometry":\' || CASE WHEN longitude IS NULL THEN \'null\' ELSE'
    " '{\"type\":\"Point\",\"coordinates\":[' || longitude || ',' || latitude || ']}' END || ',\"properties\":'"
)
POINT = (
    "'{' || CASE WHEN longitude IS NULL THEN '' ELSE '\"x\":' || longitude || ',\"y\":' || latitude"
    " || ',\"wkb\":\"' || encode(ST_AsBinary(geom, 'NDR'), 'hex') || '\",' END || '\"row\":'"
)
TEXT_CELL = ('<c t="inlineStr"><is><t xml:space="preserve">', "</t></is></c>")


class Column(Protocol):
    """A column of a table: its name, its JSON type (and `date`, `array`), what it means."""

    @property
    def name(self) -> str:
        """The name."""

    @property
    def kind(self) -> str:
        """The type."""

    @property
    def meaning(self) -> str:
        """In words."""

    @property
    def hxl(self) -> str:
        """The HXL hashtag, empty if there is none."""


class Table:
    """Rows under a query as bytes, counted and hashed as they go out. Subclasses make the records of each notation."""

    fields: Sequence[Column]
    # Whether a row has a point: GeoParquet puts it into a column of its own.
    located = False

    def __init__(self, query: BoundQuery) -> None:
        self.query = query
        self.view = View(query.known.actors, query.asked.lang)
        self.rows = 0
        self.hash = hashlib.sha256()

    def many(self) -> int:
        """How many rows there will be, known before the first one is read."""
        raise NotImplementedError

    def json_records(self, before: bytes = b"", end: bytes = b"\n") -> Iterator[bytes]:
        """One JSON object per row, with constants before and behind it."""
        raise NotImplementedError

    def csv_records(self) -> Iterator[bytes]:
        """One CSV line per row."""
        raise NotImplementedError

    def sheet_records(self) -> Iterator[bytes]:
        """One row of a spreadsheet per row, as `workbook.row` writes it."""
        raise NotImplementedError

    def chunks(self, head: bytes, records: Iterator[bytes], between: bytes = b"") -> Iterator[bytes]:
        """Head and records in chunks, hashed as they go out."""
        buffer, size, separator = [head], len(head), b""
        for record in records:
            buffer += (separator, record)
            size += len(record)
            separator = between
            if size >= CHUNK:
                yield self.hashed(b"".join(buffer))
                buffer, size = [], 0
        yield self.hashed(b"".join(buffer))

    def hashed(self, chunk: bytes) -> bytes:
        """Count the chunk into the digest."""
        self.hash.update(chunk)
        return chunk


class Writer(Table):
    """Writes incidents of one query in one notation, as bytes."""

    fields: Sequence[Field]
    located = True

    def __init__(self, query: BoundQuery) -> None:
        super().__init__(query)
        self.fields = chosen(query.asked.fields)

    def many(self) -> int:
        """Incidents under the query, at most as many as its limit says."""
        found = sum(many for _, many in lens.datasets(self.query))
        return found if self.limit is None else min(found, self.limit)

    def records(
        self,
        before: Callable[[int, Field], str],
        text: Callable[[Field, str], str],
        own: Callable[[Field, Any], bytes],
        end: str,
        wrapper: str = "''",
    ) -> Iterator[bytes]:
        """One record per incident.

        `before` is what stands before a field, `text` the SQL of its text, `own` writes a field that depends on the
        actors; `wrapper` is SQL for what stands before the whole record, `end` what stands behind it.
        """
        stretches = self.stretches(before, text, end, wrapper)
        ours = [pieces for side, pieces in stretches if side == "own"]

        @lru_cache(maxsize=REMEMBERED)
        def written(participants: bytes) -> list[bytes]:
            row = {"participants": orjson.loads(participants)}
            return [
                b"".join(piece.encode() if isinstance(piece, str) else own(piece, row) for piece in pieces)
                for pieces in ours
            ]

        where = self.query.where()
        select = [" || ".join(pieces) for side, pieces in stretches if side == "sql"]
        if ours:
            select.append("participants::text")
        many = self.query.figures is None and self.many() > MANY
        for cells in reading.copied(
            select, where.sql, where.params, self.query.order_by(), self.limit, self.query.source, many
        ):
            self.rows += 1
            yield interleaved(cells[:-1], written(cells[-1])) if ours else cells[0]

    def stretches(
        self, before: Callable[[int, Field], str], text: Callable[[Field, str], str], end: str, wrapper: str
    ) -> list[tuple[str, list[Any]]]:
        """The record cut in turn into what PostgreSQL writes ("sql", first and last) and what is written here ("own").

        What stands between two fields that are written here is written here too: each stretch costs its own column.
        """
        pieces: list[tuple[str, Any]] = [("sql", wrapper)]
        for place, field in enumerate(self.fields):
            stands_before = before(place, field)
            both = place > 0 and field.sql is None and self.fields[place - 1].sql is None
            pieces.append(("own", stands_before) if both else ("sql", quoted(stands_before)))
            pieces.append(("sql", text(field, self.view.lang)) if field.sql else ("own", field))
        pieces.append(("sql", quoted(end)))
        return [
            (side, [piece for _, piece in group])
            for side, group in groupby(pieces, key=lambda piece: piece[0])
        ]

    @property
    def limit(self) -> int | None:
        """How many incidents at most; whole exports have no limit unless one is asked for."""
        return self.query.asked.limit if self.query.asked.limit_given else None

    def json_records(self, before: bytes = b"", end: bytes = b"\n") -> Iterator[bytes]:
        """One JSON object per incident."""
        return self.wrapped(quoted(before.decode()), end.decode())

    def features(self) -> Iterator[bytes]:
        """One GeoJSON feature per incident."""
        return self.wrapped(FEATURE, "}")

    def with_points(self) -> Iterator[bytes]:
        """Per incident and line `{"x": …, "y": …, "wkb": hexadecimal, "row": {the fields}}`; nulls without a place."""
        return self.wrapped(POINT, "}\n")

    def wrapped(self, wrapper: str, end: str) -> Iterator[bytes]:
        """One JSON object per incident, behind what the SQL expression `wrapper` gives."""
        return self.records(
            lambda place, field: ("{" if place == 0 else ",") + f'"{field.name}":',
            json_text,
            lambda field, row: orjson.dumps(field.value(row, self.view)),
            "}" + end,
            wrapper,
        )

    def csv_records(self) -> Iterator[bytes]:
        """One CSV line per incident."""
        return self.records(
            lambda place, field: "" if place == 0 else ",",
            csv_text,
            lambda field, row: csv_line([field.text(row, self.view)])[:-2].encode(),
            "\r\n",
        )

    def sheet_records(self) -> Iterator[bytes]:
        """One row of a spreadsheet per incident."""
        return self.records(
            lambda place, field: "<row>" if place == 0 else "",
            sheet_text,
            lambda field, row: workbook.cell(field.text(row, self.view)).encode(),
            "</row>",
        )


def interleaved(from_sql: Sequence[bytes], from_here: Sequence[bytes]) -> bytes:
    """Stretches from PostgreSQL and stretches written here, in turn; the former are first and last."""
    record = [b""] * (len(from_sql) + len(from_here))
    record[0::2], record[1::2] = from_sql, from_here
    return b"".join(record)


def quoted(text: str) -> str:
    """A constant of ours as an SQL literal; % is doubled because the statement has parameters."""
    return (
        "E'"
        + text.replace("\\", "\\\\")
        .replace("'", "''")
        .replace("\r", "\\r")
        .replace("\n", "\\n")
        .replace("%", "%%")
        + "'"
    )
