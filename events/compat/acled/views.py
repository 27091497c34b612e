"""/compat/acled/read: our record in ACLED's envelope and columns, for scripts that expect them. Never a row of ACLED's."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Any

import orjson
from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.http.response import HttpResponseBase
from rest_framework.views import APIView

from conflict.kit.addresses import pairs_of
from conflict.kit.csvtext import csv_line
from conflict.kit.negotiation import AnyAccept
from events.answers.envelope import DATASET_ATTRIBUTIONS, LICENCE, tagged, unchanged
from events.answers.estimates import in_header, named
from events.compat.acled.columns import Column, either
from events.compat.acled.parameters import Clause, Request, read_request
from events.query.conditions import Predicate
from events.query.incidents import BoundQuery, joined
from events.record import reading
from events.rows import Row, View

MEDIA_TYPES = {"json": "application/json", "csv": "text/csv; charset=utf-8"}
NOTICE = (
    "The Sahel Conflict Tracker's own data in ACLED's columns; ACLED has no part in them. Publication {number},"
    " {licence}. Deaths by the rule {rule}, version {version}; those that nobody has counted are null, not 0."
)


class Read(APIView):
    """Incidents as ACLED would hand them out."""

    content_negotiation_class = AnyAccept
    form = "json"

    def get(self, request: HttpRequest) -> HttpResponseBase:
        """A page, or everything with limit=0; JSON unless CSV is asked for."""
        asked = read_request(pairs_of(request), self.form)
        bound = asked.query.bound()
        if found := unchanged(request, bound.known):
            return found
        response = answer(asked, bound)
        response["Content-Type"] = MEDIA_TYPES[asked.format]
        response["Link"] = f'<{LICENCE["url"]}>; rel="license"'
        return tagged(in_header(response, asked.query.estimate), request, bound.known)


def answer(asked: Request, bound: BoundQuery) -> HttpResponseBase:
    """A page as a whole, everything as a stream."""
    rows = shown(asked, bound)
    if asked.format == "csv":
        lines = as_csv(asked.columns, rows)
        return StreamingHttpResponse(lines) if asked.limit is None else HttpResponse(b"".join(lines))
    if asked.limit is None:
        return StreamingHttpResponse(as_json_stream(asked.columns, bound, rows))
    data = [by_column(asked.columns, values) for values in rows]
    return HttpResponse(orjson.dumps(envelope(bound, count=len(data), data=data)))


def shown(asked: Request, bound: BoundQuery) -> Iterator[list[Any]]:
    """The values of each row, newest incident first."""
    where = condition(asked.clauses, bound)
    columns = [
        "id",
        *dict.fromkeys(need for column in asked.columns for need in column.needs if need != "id"),
    ]
    view = View(bound.known.actors, asked.query.lang)
    rows: Iterable[Row]
    if asked.limit is None:
        rows = reading.stream(columns, where.sql, where.params, bound.order_by(), bound.source)
    else:
        skip = (asked.page - 1) * asked.limit
        rows = reading.rows(
            columns, where.sql, where.params, bound.order_by(), asked.limit, skip, bound.source
        )
    return ([column.value(row, view) for column in asked.columns] for row in rows)


def condition(clauses: Sequence[Clause], bound: BoundQuery) -> Predicate:
    """Every clause, and what our own query language says."""
    parts = [either(column.asked(comparison, bound) for column, comparison in clause) for clause in clauses]
    return joined([bound.where(), *(Predicate(part.sql, part.params) for part in parts)])


def by_column(columns: Sequence[Column], values: Sequence[Any]) -> dict[str, Any]:
    """One row as JSON."""
    return {column.name: value for column, value in zip(columns, values, strict=True)}


def envelope(bound: BoundQuery, count: int | None, data: Any) -> dict[str, Any]:
    """ACLED's envelope. `last_update` is the publication's time, so that the same question has the same answer."""
    number, at = bound.known.number, bound.known.at
    return {
        "status": 200,
        "success": True,
        "last_update": at.isoformat() if at else None,
        "count": count,
        "messages": [
            NOTICE.format(number=number, licence=LICENCE["name"], **named(bound.asked.estimate)),
            *DATASET_ATTRIBUTIONS.values(),
        ],
        "data": data,
        "filename": f"sahel-conflict-tracker-{number}",
    }


def as_json_stream(
    columns: Sequence[Column], bound: BoundQuery, rows: Iterable[list[Any]]
) -> Iterator[bytes]:
    """The same envelope; the count stands behind the rows, as it is known only then."""
    head = envelope(bound, None, None)
    del head["count"], head["data"]
    count = 0
    yield orjson.dumps(head)[:-1] + b',"data":['
    for count, values in enumerate(rows, start=1):
        row = orjson.dumps(by_column(columns, values))
        yield row if count == 1 else b",\n" + row
    yield b'],"count":%d}' % count


def as_csv(columns: Sequence[Column], rows: Iterable[list[Any]]) -> Iterator[bytes]:
    """A head line and a line per incident; cells are neutral to spreadsheets."""
    yield csv_line([column.name for column in columns]).encode()
    for values in rows:
        yield csv_line(values).encode()
