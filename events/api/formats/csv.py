"""CSV: one line per incident, formula cells neutralised, streamed with flat memory."""

from __future__ import annotations

from collections.abc import Iterator

from django.http import HttpRequest, StreamingHttpResponse

from conflict.kit.cells import neutral
from conflict.kit.csvtext import csv_line
from events.query.incidents import BoundQuery
from events.record import reading
from events.rows import View, cells, chosen, columns_of

SUFFIX = "csv"
CHUNK = 500


def export(request: HttpRequest, query: BoundQuery) -> StreamingHttpResponse:
    """Every incident under the query."""
    response = StreamingHttpResponse(chunks(query), content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="incidents-{query.known.number}.csv"'
    return response


def chunks(query: BoundQuery) -> Iterator[str]:
    """The header line, then lines in chunks."""
    fields, view, where = (
        chosen(query.asked.fields),
        View(query.known.actors, query.asked.lang),
        query.where(),
    )
    lines = [csv_line([field.name for field in fields])]
    for row in reading.stream(columns_of(fields), where.sql, where.params, query.order_by()):
        lines.append(
            csv_line([neutral(cell) if isinstance(cell, str) else cell for cell in cells(row, fields, view)])
        )
        if len(lines) >= CHUNK:
            yield "".join(lines)
            lines.clear()
    yield "".join(lines)
