"""NDJSON: one JSON object per line, first what the export is, last how many incidents it held and their digest."""

from __future__ import annotations

from collections.abc import Iterator

import orjson
from django.http import HttpRequest, StreamingHttpResponse

from events.answers import about_export
from events.exports import Writer
from events.query.incidents import BoundQuery

SUFFIX = "ndjson"
MEDIA_TYPE = "application/x-ndjson"
OPTIONS = ()


def export(request: HttpRequest, query: BoundQuery, options: dict[str, bool]) -> StreamingHttpResponse:
    """Every incident under the query."""
    return StreamingHttpResponse(lines(request, query), content_type=MEDIA_TYPE)


def lines(request: HttpRequest, query: BoundQuery) -> Iterator[bytes]:
    """The first line, the incidents, the last line; the digest covers every byte before the last line."""
    writer = Writer(query)
    yield from writer.chunks(
        orjson.dumps({"about": about_export(request, query)}) + b"\n", writer.json_records(end="}\n")
    )
    yield orjson.dumps({"end": {"rows": writer.rows, "sha256": writer.hash.hexdigest()}}) + b"\n"
