"""Whole exports, written by PostgreSQL and streamed: memory stays flat whatever their size.

COPY sends, per incident, text that PostgreSQL has put together (JSON or CSV), cut where a field depends on the actors
known then. Those few fields are written here, once per distinct list of participants, and remembered.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator, Sequence
from functools import lru_cache
from itertools import groupby
from typing import Any

import orjson

from conflict.kit.csvtext import csv_line
from events.query.incidents import BoundQuery
from events.record import reading
from events.rows import Field, View, chosen

CHUNK = 1 << 16
# How many distinct lists of participants are remembered while one export runs.
REMEMBERED = 4096
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


class Writer:
    """Writes incidents of one query in one notation, as bytes."""

    def __init__(self, query: BoundQuery) -> None:
        self.query = query
        self.fields = chosen(query.asked.fields)
        self.view = View(query.known.actors, query.asked.lang)
        self.rows = 0
        self.hash = hashlib.sha256()

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
        parts = self.parts(before, text, end, wrapper)
        actors = [field for kind, field in parts if kind == "actor"]

        @lru_cache(maxsize=REMEMBERED)
        def written(participants: bytes) -> list[bytes]:
            row = {"participants": orjson.loads(participants)}
            return [own(field, row) for field in actors]

        where = self.query.where()
        select = [expression for kind, expression in parts if kind == "sql"]
        if actors:
            select.append("participants::text")
        for cells in reading.copied(select, where.sql, where.params, self.query.order_by(), self.limit):
            self.rows += 1
            yield interleaved(cells, written(cells[-1]), [kind for kind, _ in parts]) if actors else cells[0]

    def parts(
        self, before: Callable[[int, Field], str], text: Callable[[Field, str], str], end: str, wrapper: str
    ) -> list[tuple[str, Any]]:
        """The record cut into stretches of SQL and single fields that are written here."""
        pieces: list[tuple[str, Any]] = [("sql", wrapper)]
        for place, field in enumerate(self.fields):
            pieces.append(("sql", quoted(before(place, field))))
            pieces.append(("sql", text(field, self.view.lang)) if field.sql else ("actor", field))
        pieces.append(("sql", quoted(end)))
        found: list[tuple[str, Any]] = []
        for kind, group in groupby(pieces, key=lambda piece: piece[0]):
            members = [value for _, value in group]
            found += (
                [("sql", " || ".join(members))] if kind == "sql" else [("actor", value) for value in members]
            )
        return found

    @property
    def limit(self) -> int | None:
        """How many incidents at most; whole exports have no limit unless one is asked for."""
        return self.query.asked.limit if self.query.asked.limit_given else None

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

    def json_records(self, wrapper: str = "''", end: str = "}") -> Iterator[bytes]:
        """One JSON object per incident, behind what the SQL expression `wrapper` gives."""
        return self.records(
            lambda place, field: ("{" if place == 0 else ",") + f'"{field.name}":',
            json_text,
            lambda field, row: orjson.dumps(field.value(row, self.view)),
            end,
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


def interleaved(cells: Sequence[bytes], own: Sequence[bytes], kinds: Sequence[str]) -> bytes:
    """Stretches from PostgreSQL and fields written here, in the order of the record."""
    from_sql, from_here = iter(cells), iter(own)
    return b"".join(next(from_sql) if kind == "sql" else next(from_here) for kind in kinds)


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
