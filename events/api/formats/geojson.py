"""GeoJSON (RFC 7946): one feature per incident, coordinates (longitude, latitude).

Geometry is null where only the country is known. The collection ends with how many features it held and the digest of
every byte before: a file that was cut off is no JSON, and one that was changed doesn't fit.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, cast

import orjson

from events.answers.exports import Table, Writer

SUFFIX = "geojson"
MEDIA_TYPE = "application/geo+json"
OPTIONS = ()
MOST_ROWS = None
LOCATED = True


def write(table: Table, about: Mapping[str, Any], options: Mapping[str, bool]) -> Iterator[bytes]:
    """The collection's head, its features, its end."""
    head = orjson.dumps({"type": "FeatureCollection", **about})[:-1] + b',"features":[\n'
    yield from table.chunks(head, cast(Writer, table).features(), between=b",\n")
    yield b'],"rows":%d,"sha256":"%s"}' % (table.rows, table.hash.hexdigest().encode())
