"""NDJSON: one JSON object per line, first what the export is, last how many rows it held and their digest."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

import orjson

from events.answers.exports import Table

SUFFIX = "ndjson"
MEDIA_TYPE = "application/x-ndjson"
OPTIONS = ()
MOST_ROWS = None
LOCATED = False


def write(table: Table, about: Mapping[str, Any], options: Mapping[str, bool]) -> Iterator[bytes]:
    """The first line, the rows, the last line; the digest covers every byte before the last line."""
    yield from table.chunks(orjson.dumps({"about": about}) + b"\n", table.json_records())
    yield orjson.dumps({"end": {"rows": table.rows, "sha256": table.hash.hexdigest()}}) + b"\n"
