"""GeoJSON (RFC 7946): one feature per incident, streamed with flat memory; coordinates are (longitude, latitude)."""

from __future__ import annotations

from collections.abc import Iterator

import orjson
from django.http import HttpRequest, StreamingHttpResponse

from events.query.incidents import BoundQuery
from events.query.words import in_words
from events.record import reading
from events.rows import View, chosen, columns_of, feature

SUFFIX = "geojson"
NEEDED = ("id", "longitude", "latitude")
CHUNK = 500


def export(request: HttpRequest, query: BoundQuery) -> StreamingHttpResponse:
    """Every incident under the query, those without a point with null geometry."""
    return StreamingHttpResponse(chunks(query), content_type="application/geo+json")


def chunks(query: BoundQuery) -> Iterator[bytes]:
    """The collection's head, its features, its end."""
    fields, view, where = (
        chosen(query.asked.fields),
        View(query.known.actors, query.asked.lang),
        query.where(),
    )
    columns = list(dict.fromkeys([*columns_of(fields), *NEEDED]))
    head = {
        "type": "FeatureCollection",
        "publication": query.known.number,
        "query": in_words(query, query.asked.lang),
    }
    buffer, comma = [orjson.dumps(head)[:-1] + b',"features":['], b""
    for row in reading.stream(columns, where.sql, where.params, query.order_by()):
        buffer.append(comma + orjson.dumps(feature(row, fields, view)))
        comma = b",\n"
        if len(buffer) >= CHUNK:
            yield b"".join(buffer)
            buffer.clear()
    buffer.append(b"]}")
    yield b"".join(buffer)
