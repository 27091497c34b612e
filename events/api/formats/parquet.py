"""Parquet, with places as GeoParquet 1.1: typed columns, a point per incident as WKB (OGC:CRS84), its box in `bbox`.

The file's metadata say what it is (`about`, and `license`, `attribution`, `publication`, `query`, `citation` as texts).
Parquet keeps its number of rows and its table of contents at the end: a file that was cut off opens nowhere.
"""

from __future__ import annotations

import gzip
import tempfile
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any, cast

import duckdb
import orjson

from events.answers.exports import CHUNK, Column, Table, Writer

SUFFIX = "parquet"
MEDIA_TYPE = "application/vnd.apache.parquet"
OPTIONS = ()
MOST_ROWS = None
LOCATED = False
ROW_GROUP = 20_480
TYPES = {"string": "VARCHAR", "integer": "BIGINT", "number": "DOUBLE", "boolean": "BOOLEAN", "date": "DATE"}
ACTOR = (
    "STRUCT(slug VARCHAR, name VARCHAR, kind VARCHAR, role VARCHAR, label_used VARCHAR, confidence VARCHAR)"
)
LISTS = {"actors": f"{ACTOR}[]"}
CRS84 = {
    "$schema": "https://proj.org/schemas/v0.7/projjson.schema.json",
    "type": "GeographicCRS",
    "name": "WGS 84 longitude-latitude",
    "datum": {
        "type": "GeodeticReferenceFrame",
        "name": "World Geodetic System 1984",
        "ellipsoid": {"name": "WGS 84", "semi_major_axis": 6378137, "inverse_flattening": 298.257223563},
    },
    "coordinate_system": {
        "subtype": "ellipsoidal",
        "axis": [
            {"name": "Geodetic longitude", "abbreviation": "Lon", "direction": "east", "unit": "degree"},
            {"name": "Geodetic latitude", "abbreviation": "Lat", "direction": "north", "unit": "degree"},
        ],
    },
    "id": {"authority": "OGC", "code": "CRS84"},
}
GEO = {
    "version": "1.1.0",
    "primary_column": "geometry",
    "columns": {
        "geometry": {
            "encoding": "WKB",
            "geometry_types": ["Point"],
            "crs": CRS84,
            "covering": {"bbox": {edge: ["bbox", edge] for edge in ("xmin", "ymin", "xmax", "ymax")}},
        }
    },
}
BOX = "CASE WHEN wkb IS NOT NULL THEN {'xmin': x, 'ymin': y, 'xmax': x, 'ymax': y} END AS bbox"


def write(table: Table, about: Mapping[str, Any], options: Mapping[str, bool]) -> Iterator[bytes]:
    """The file, made in a temporary folder and read from there: its head can't be sent before its rows are known."""
    with tempfile.TemporaryDirectory(prefix="parquet-") as folder:
        made = Path(folder) / "made.parquet"
        convert(table, about, Path(folder), made)
        with made.open("rb") as file:
            while chunk := file.read(CHUNK):
                yield table.hashed(chunk)


def convert(table: Table, about: Mapping[str, Any], folder: Path, made: Path) -> None:
    """Rows lie as compressed JSON lines in the folder until DuckDB reads them: neither side holds more than a piece.

    Not through a pipe: DuckDB keeps everything that it has read from one.
    """
    rows = cast(Writer, table).with_points() if table.located else table.json_records(b'{"row":', b"}\n")
    lines = folder / "rows.json.gz"
    with gzip.open(lines, "wb", compresslevel=1) as file:
        file.writelines(rows)
    run(statement(table, about, lines, made), str(folder))


def run(sql: str, folder: str) -> None:
    """Run one statement on a database of its own that may hold little."""
    settings = {"threads": "1", "memory_limit": "256MB", "temp_directory": folder}
    with duckdb.connect(":memory:", config=settings) as database:
        database.execute(sql)


def statement(table: Table, about: Mapping[str, Any], lines: Path, made: Path) -> str:
    """Read the lines with the types of their columns, write the file with its metadata."""
    row = f"STRUCT({', '.join(f'{quoted(field.name)} {type_of(field)}' for field in table.fields)})"
    columns = {"row": row, **({"x": "DOUBLE", "y": "DOUBLE", "wkb": "VARCHAR"} if table.located else {})}
    typed = ", ".join(f"'{name}': {text(kind)}" for name, kind in columns.items())
    point = f", unhex(wkb) AS geometry, {BOX}" if table.located else ""
    said = ", ".join(f"{name}: {text(words)}" for name, words in metadata(table, about).items())
    return (
        f"COPY (SELECT unnest(row){point} FROM read_json({text(str(lines))}, format = 'newline_delimited', compression = 'gzip',"
        f" columns = {{{typed}}})) TO {text(str(made))}"
        f" (FORMAT parquet, COMPRESSION zstd, ROW_GROUP_SIZE {ROW_GROUP}, KV_METADATA {{{said}}})"
    )


def metadata(table: Table, about: Mapping[str, Any]) -> dict[str, str]:
    """Key -> text in the file's footer."""
    said = {
        "about": orjson.dumps(about).decode(),
        "license": f"{about['license']['name']}, {about['license']['url']}",
        "attribution": "; ".join(about["attribution"]),
        **{name: str(about[name]) for name in ("publication", "query", "citation")},
    }
    return {"geo": orjson.dumps(GEO).decode(), **said} if table.located else said


def type_of(field: Column) -> str:
    """DuckDB's type of a column."""
    return LISTS.get(field.name, "VARCHAR[]") if field.kind == "array" else TYPES[field.kind]


def text(words: str) -> str:
    """A text as an SQL literal."""
    return "'" + words.replace("'", "''") + "'"


def quoted(name: str) -> str:
    """A name as an SQL identifier."""
    return '"' + name.replace('"', '""') + '"'
