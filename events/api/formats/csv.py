"""CSV (RFC 4180, UTF-8): one line per incident, formula cells neutralised.

`bom=true` puts a byte order mark first, for Excel; `hxl=true` adds the row of HXL hashtags under the header.
"""

from __future__ import annotations

from django.http import HttpRequest, StreamingHttpResponse

from conflict.kit.csvtext import csv_line
from events.exports import Writer
from events.query.incidents import BoundQuery

SUFFIX = "csv"
MEDIA_TYPE = "text/csv; charset=utf-8"
OPTIONS = ("bom", "hxl")


def export(request: HttpRequest, query: BoundQuery, options: dict[str, bool]) -> StreamingHttpResponse:
    """Every incident under the query."""
    writer = Writer(query)
    head = csv_line([field.name for field in writer.fields])
    if options["hxl"]:
        head += csv_line([field.hxl for field in writer.fields])
    mark = b"\xef\xbb\xbf" if options["bom"] else b""
    return StreamingHttpResponse(
        writer.chunks(mark + head.encode(), writer.csv_records()), content_type=MEDIA_TYPE
    )
