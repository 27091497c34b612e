"""GDAL's own OAPIF driver reads the service: by pyogrio, whose wheel carries GDAL, and by GDAL's commands."""

from __future__ import annotations

import csv
import io
import json
import subprocess
import urllib.request

import pyogrio
import pytest


@pytest.fixture
def service(site: str) -> str:
    return f"OAPIF:{site}/ogc"


def api(site: str, query: str = "limit=1000"):
    with urllib.request.urlopen(f"{site}/api/v1/incidents?{query}", timeout=20) as response:
        return json.load(response)["data"]


def read(service: str, layer: str = "incidents", **options):
    """Attribute name -> values, in the order of the service; `geometry` is WKB."""
    meta, _, geometry, values = pyogrio.raw.read(service, layer=layer, **options)
    return {**dict(zip(meta["fields"], values, strict=True)), "geometry": geometry}


def test_gdal_lists_the_three_collections(service):
    assert [name for name, _ in pyogrio.list_layers(service)] == ["incidents", "deployments", "admin_units"]


def test_gdal_reads_every_incident_page_by_page(service, site):
    rows = api(site)
    found = read(service, PAGE_SIZE=20)
    assert list(found["id"]) == [row["id"] for row in rows]
    assert list(found["title"]) == [row["title"] for row in rows]
    assert sum(point is not None for point in found["geometry"]) == sum(
        row["longitude"] is not None for row in rows
    )


def test_gdal_takes_types_from_the_schema_whatever_the_first_page_holds(service):
    info = pyogrio.read_info(service, layer="incidents", PAGE_SIZE=1)
    types = dict(zip(info["fields"], info["dtypes"], strict=True))
    assert types["fatalities_low"].startswith("int")
    assert types["contested"] == "bool"
    assert types["longitude"].startswith("float")
    assert types["date_start"].startswith("datetime")
    assert "CRS84" in info["crs"]


def test_gdal_knows_how_many_there_are_without_reading_them(service, site):
    assert pyogrio.read_info(service, layer="incidents")["features"] == len(api(site))


@pytest.mark.parametrize(
    ("where", "query"),
    [
        ("country = 'MLI' AND event_type = 'battle'", "country=MLI&event_type=battle"),
        ("contested = 1", "contested=true"),
        ("verification = 'verified'", "verification=verified"),
        ("part_of = 'MLI-G-00001'", "part_of=MLI-G-00001"),
        ("date_end >= '2025-01-01'", "since=2025-01-01"),
        ("fatalities_best >= 10", "fatalities_min=10"),
    ],
)
def test_gdals_filters_find_what_the_api_finds(service, site, where, query):
    expected = {row["id"] for row in api(site, f"limit=1000&{query}")}
    assert expected
    assert set(read(service, where=where)["id"]) == expected


def test_gdals_box_finds_what_the_api_finds(service, site):
    expected = [row["id"] for row in api(site, "limit=1000&bbox=-5,14,2,20")]
    assert list(read(service, bbox=(-5, 14, 2, 20))["id"]) == expected


def test_gdal_stays_at_the_publication_it_began_with(site):
    assert len(read(f"OAPIF:{site}/ogc?as_of=1")["id"]) == len(api(site))
    with pytest.raises(pyogrio.errors.DataSourceError, match="publication number"):
        read(f"OAPIF:{site}/ogc?as_of=99")


@pytest.mark.parametrize("layer", ["deployments", "admin_units"])
def test_gdal_reads_the_other_collections_page_by_page(service, site, layer):
    with urllib.request.urlopen(f"{site}/ogc/collections/{layer}/items?limit=1000", timeout=20) as response:
        expected = [feature["id"] for feature in json.load(response)["features"]]
    assert len(expected) > 10
    assert list(read(service, layer, PAGE_SIZE=10)["id"]) == expected


def command(*words: str) -> str:
    result = subprocess.run(words, capture_output=True, text=True, timeout=120)
    assert result.returncode == 0, result.stderr
    assert "ERROR" not in result.stderr
    return result.stdout


def test_ogrinfo_reads_every_incident(service, site):
    said = command("ogrinfo", "-ro", "-so", service, "incidents")
    assert f"Feature Count: {len(api(site))}" in said


def test_ogr2ogr_copies_every_incident_page_by_page(service, site, tmp_path):
    target = tmp_path / "incidents.csv"
    command("ogr2ogr", "-f", "CSV", str(target), service, "incidents", "-oo", "PAGE_SIZE=20")
    found = list(csv.DictReader(io.StringIO(target.read_text(encoding="utf-8"))))
    rows = api(site)
    assert [row["id"] for row in found] == [row["id"] for row in rows]
    assert [row["fatalities_best"] for row in found] == [
        "" if row["fatalities_best"] is None else str(row["fatalities_best"]) for row in rows
    ]
