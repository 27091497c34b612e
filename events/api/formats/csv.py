"""CSV (RFC 4180, UTF-8): one line per row, formula cells neutralised.

`bom=true` puts a byte order mark first, for Excel; `hxl=true` adds the row of HXL hashtags under the header. A line that
says more than data would break readers, so what the export is, its length and its digest stand in the manifest.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from conflict.kit.csvtext import csv_line
from events.answers.exports import Table

SUFFIX = "csv"
MEDIA_TYPE = "text/csv; charset=utf-8"
OPTIONS = ("bom", "hxl")
MOST_ROWS = None
LOCATED = False


def write(table: Table, about: Mapping[str, Any], options: Mapping[str, bool]) -> Iterator[bytes]:
    """The header and every row."""
    head = csv_line([field.name for field in table.fields])
    if options.get("hxl"):
        head += csv_line([field.hxl for field in table.fields])
    mark = b"\xef\xbb\xbf" if options.get("bom") else b""
    yield from table.chunks(mark + head.encode(), table.csv_records())
