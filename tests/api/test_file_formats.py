"""Excel and Parquet exports read by other programs, and every download that was cut off is found out."""

from __future__ import annotations

import hashlib
import io
import json
import re
import subprocess
import sys
import zipfile
from datetime import date
from pathlib import Path

import duckdb
import openpyxl
import pyogrio
import pytest
from django.test import Client
from openpyxl.utils.escape import unescape

from conflict.kit import workbook
from events.answers.exports import Writer
from events.api.formats import FORMATS
from events.query.incidents import IncidentQuery
from events.record import reading
from events.rows import FIELDS
from events.verbs.publishing import publish
from tests.api.test_exports import download
from tests.record.cast import actor, ambush

PAGE = Path(__file__).parents[2] / "docs" / "interoperability.md"
DETECTOR = re.search(r"```python\n# whole\.py\n(.*?)```", PAGE.read_text(encoding="utf-8"), re.S)
CLAIM_FORMATS = sorted(suffix for suffix, form in FORMATS.items() if not form.LOCATED)
EVERY_EXPORT = [f"incidents.{suffix}" for suffix in sorted(FORMATS)] + [
    f"claims.{one}" for one in CLAIM_FORMATS
]


def rows_of(path: str) -> list[dict[str, object]]:
    return [json.loads(line) for line in download(path).splitlines()[1:-1]]


def opened(path: str) -> openpyxl.Workbook:
    return openpyxl.load_workbook(io.BytesIO(download(path)))


def kept(tmp_path: Path, path: str) -> Path:
    file = tmp_path / path.partition("?")[0].replace("/", "-")
    file.write_bytes(download(path))
    return file


def as_shown(name: str, value: object) -> object:
    """A value of the JSON as a cell of a sheet."""
    if name == "actors":
        return "; ".join(dict.fromkeys(part["name"] for part in value)) or None
    if isinstance(value, list):
        return "; ".join(value) or None
    return value if value != "" else None


def test_a_sheet_has_the_values_of_the_json_with_their_types(world):
    sheet = opened("incidents.xlsx?country=MLI")["Data"]
    head, *lines = sheet.iter_rows(values_only=True)
    assert list(head) == list(FIELDS) and len(lines) == len(rows_of("incidents.ndjson?country=MLI")) > 10
    for line, row in zip(lines, rows_of("incidents.ndjson?country=MLI"), strict=True):
        found = dict(zip(head, line, strict=True))
        assert found["date_start"].date() == date.fromisoformat(row["date_start"])
        for name in FIELDS.keys() - {"date_start", "date_end"}:
            assert found[name] == as_shown(name, row[name]), name
        assert all(type(found[name]) is bool for name in ("contested", "open_ended", "civilian_targeting"))


def test_a_workbook_keeps_its_header_in_view_and_says_what_it_is(world):
    book = opened("incidents.xlsx?country=MLI&fields=id,place")
    assert book.sheetnames == ["Data", "About", "Columns"]
    assert book["Data"].freeze_panes == "A2"
    about = dict(book["About"].iter_rows(values_only=True))
    assert about["query"] == "Incidents in Mali" and about["publication"] == 1
    assert "CC BY 4.0" in about["license"] and "as_of=1" in about["citation"]
    assert about["rows"] == book["Data"].max_row - 1
    assert [line[0] for line in book["Columns"].iter_rows(values_only=True)] == ["column", "id", "place"]


def test_a_sheets_digest_is_that_of_its_part(world):
    body = download("incidents.xlsx")
    part = zipfile.ZipFile(io.BytesIO(body)).read("xl/worksheets/sheet1.xml")
    about = dict(openpyxl.load_workbook(io.BytesIO(body))["About"].iter_rows(values_only=True))
    assert about["sha256"].startswith(hashlib.sha256(part).hexdigest())


HOSTILE = [
    "=1+1",
    "+33 x",
    "-5",
    "@cmd",
    "a & b < c > d",
    "_x0041_",
    "two\r\nlines",
    " =blank",
    "é–ü",
    "-",
    "'=x",
]


@pytest.mark.parametrize("title", HOSTILE)
def test_hostile_texts_stay_texts_in_a_sheet(database, title):
    army, rebels = actor("army", "state_force", "=Army & co"), actor("rebels", "rebel", 'The "North"')
    publish([ambush(army, rebels, title_en=title, place_name=title)], [army, rebels], reason="Hostile words")
    cells = next(iter(opened("incidents.xlsx?fields=title,place,actors")["Data"].iter_rows(min_row=2)))
    assert [unescape(cell.value).replace("\r\n", "\n") for cell in cells[:2]] == [
        title.replace("\r\n", "\n")
    ] * 2
    assert cells[2].value == '=Army & co; The "North"'
    assert {cell.data_type for cell in cells} <= {"s", "inlineStr"}
    assert cells[2].quotePrefix


def test_postgresql_and_python_write_the_same_cells(world):
    query = IncidentQuery.read([]).bound()
    table, where = Writer(query), query.where()
    columns = list(dict.fromkeys(column for field in table.fields for column in field.columns))
    rows = reading.rows(columns, where.sql, where.params, query.order_by(), 10_000)
    days = ("date_start", "date_end")
    expected = [
        workbook.row(row[one.name] if one.name in days else one.text(row, table.view) for one in table.fields)
        for row in rows
    ]
    assert list(table.sheet_records()) == expected


def test_a_sheet_that_is_too_small_is_refused_with_the_formats_that_fit(world, monkeypatch):
    monkeypatch.setattr("events.api.formats.xlsx.MOST_ROWS", 3)
    answer = Client(headers={"host": "localhost"}).get("/api/v1/incidents.xlsx")
    assert answer.status_code == 400
    valid = answer.json()["problems"][0]["valid"]
    assert "at most 3 rows" in valid and ".csv, .geojson, .ndjson, .parquet" in valid
    assert Client(headers={"host": "localhost"}).get("/api/v1/incidents.xlsx?limit=3").status_code == 200
    claims = Client(headers={"host": "localhost"}).get("/api/v1/claims.xlsx").json()["problems"][0]["valid"]
    assert ".csv, .ndjson, .parquet" in claims


def test_parquet_has_the_values_of_the_json_and_a_point(world, tmp_path):
    file = kept(tmp_path, "incidents.parquet")
    with duckdb.connect() as database:
        found = database.execute(f"SELECT * FROM '{file}'")
        names = [column[0] for column in found.description]
        rows = [dict(zip(names, row, strict=True)) for row in found.fetchall()]
    assert names == [*FIELDS, "geometry", "bbox"]
    for row, said in zip(rows, rows_of("incidents.ndjson"), strict=True):
        shown = {name: row[name].isoformat() if isinstance(row[name], date) else row[name] for name in FIELDS}
        assert shown == said
        box = row["bbox"]
        assert (box is None) == (row["geometry"] is None) == (said["longitude"] is None)
        assert box is None or (box["xmin"], box["ymax"]) == (said["longitude"], said["latitude"])


def test_parquet_says_that_it_is_geoparquet_and_what_it_is(world, tmp_path):
    file = kept(tmp_path, "incidents.parquet?country=MLI&fields=id")
    with duckdb.connect() as database:
        entries = database.execute(f"SELECT key, value FROM parquet_kv_metadata('{file}')").fetchall()
        said = {bytes(key).decode(): bytes(value).decode() for key, value in entries}
        columns = database.execute(f"DESCRIBE SELECT * FROM '{file}'").fetchall()
    geo = json.loads(said["geo"])
    assert geo["version"] == "1.1.0" and geo["columns"]["geometry"]["crs"]["id"] == {
        "authority": "OGC",
        "code": "CRS84",
    }
    assert geo["columns"]["geometry"]["covering"]["bbox"]["ymax"] == ["bbox", "ymax"]
    assert (
        said["query"] == "Incidents in Mali"
        and "CC BY 4.0" in said["license"]
        and "as_of=1" in said["citation"]
    )
    assert [column[0] for column in columns] == ["id", "geometry", "bbox"]


@pytest.mark.skipif("Parquet" not in pyogrio.list_drivers(), reason="this GDAL has no Parquet driver")
def test_gdal_reads_the_points(world, tmp_path):
    meta, _, points, _ = pyogrio.raw.read(kept(tmp_path, "incidents.parquet"))
    assert len(points) > 0 and "84" in meta["crs"]


def test_claims_come_in_every_format_of_tables(world, tmp_path):
    said = rows_of("claims.ndjson")
    sheet = opened("claims.xlsx")["Data"]
    assert sheet.max_row - 1 == len(said) and type(sheet["C2"].value).__name__ == "datetime"
    with duckdb.connect() as database:
        many, about = database.execute(
            f"SELECT count(*), max(about) FROM '{kept(tmp_path, 'claims.parquet')}'"
        ).fetchone()
    assert many == len(said) and isinstance(about, list)
    assert Client(headers={"host": "localhost"}).get("/api/v1/claims.geojson").status_code == 404


@pytest.mark.parametrize("path", EVERY_EXPORT)
def test_a_manifest_is_that_of_the_very_bytes_sent(world, path):
    body = download(f"{path}?country=MLI")
    said = Client(headers={"host": "localhost"}).get(f"/api/v1/{path}?country=MLI&manifest=true").json()
    assert (said["bytes"], said["sha256"]) == (len(body), hashlib.sha256(body).hexdigest())
    assert said["rows"] == len(rows_of(f"{path.partition('.')[0]}.ndjson?country=MLI"))
    assert (
        said["license"]["name"] == "CC BY 4.0" and "as_of=1" in said["citation"] and said["publication"] == 1
    )
    assert {one["dataset"] for one in said["datasets"]} == {"sample"} and "sample" in str(said["attribution"])


@pytest.mark.parametrize("path", EVERY_EXPORT)
def test_every_cut_is_found_out(world, tmp_path, path):
    space: dict[str, object] = {}
    exec(compile(DETECTOR[1], PAGE.name, "exec"), space)
    whole = space["whole"]
    body, file = download(path), tmp_path / path
    said = Client(headers={"host": "localhost"}).get(f"/api/v1/{path}?manifest=true").json()
    file.write_bytes(body)
    assert whole(file, said) and whole(file)
    cuts = {
        0,
        1,
        len(body) // 3,
        len(body) // 2,
        *range(len(body) - 40, len(body)),
        *range(7, len(body), len(body) // 50),
    }
    for cut in sorted(cuts):
        file.write_bytes(body[:cut])
        assert not whole(file, said), cut
        assert path.endswith(".csv") or not whole(file), cut


GROWTH = """
import resource, sys, datetime
from conflict.kit.workbook import Sheet, row, workbook
def rows(many):
    for number in range(many):
        yield row((number, datetime.date(2020, 1, 1), f"Clash near place {number}", True, None, "=1"))
sent = sum(map(len, workbook((Sheet("Data", ["a"] * 6, [9] * 6, rows(int(sys.argv[1]))),))))
print(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss)
"""


def test_a_workbook_takes_the_same_memory_whatever_its_length():
    def peak(rows: int) -> int:
        return int(
            subprocess.run([sys.executable, "-c", GROWTH, str(rows)], capture_output=True, check=True).stdout
        )

    assert peak(60_000) - peak(600) < 4096 * (1024 if sys.platform == "darwin" else 1)
