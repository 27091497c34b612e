"""GeoJSON (RFC 7946): one feature per incident, coordinates (longitude, latitude).

Geometry is null where only the country is known. The collection ends with how many features it held and the digest of
every byte before: a file that was cut off is no JSON, and one that was changed doesn't fit.
"""

from __future__ import annotations

from collections.abc import Iterator

import orjson
from django.http import HttpRequest, StreamingHttpResponse

from events.answers import about_export
from events.exports import Writer
from events.query.incidents import BoundQuery

SUFFIX = "geojson"
MEDIA_TYPE = "application/geo+json"
OPTIONS = ()
GEOMETRY = (
    '\'{"type":"Feature","id":"\' || id || \'","geometry":\' || CASE WHEN longitude IS NULL THEN \'null\' ELSE'
    " '{\"type\":\"Point\",\"coordinates\":[' || longitude || ',' || latitude || ']}' END || ',\"properties\":'"
)


def export(request: HttpRequest, query: BoundQuery, options: dict[str, bool]) -> StreamingHttpResponse:
    """Every incident under the query."""
    return StreamingHttpResponse(collection(request, query), content_type=MEDIA_TYPE)


def collection(request: HttpRequest, query: BoundQuery) -> Iterator[bytes]:
    """The collection's head, its features, its end."""
    writer = Writer(query)
    head = (
        orjson.dumps({"type": "FeatureCollection", **about_export(request, query)})[:-1] + b',"features":[\n'
    )
    yield from writer.chunks(head, writer.json_records(wrapper=GEOMETRY, end="}}"), between=b",\n")
    yield b'],"rows":%d,"sha256":"%s"}' % (writer.rows, writer.hash.hexdigest().encode())
