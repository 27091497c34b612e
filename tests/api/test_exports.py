"""Exports say the same as the pages, cell by cell, and can be told from damaged ones."""

from __future__ import annotations

import csv
import hashlib
import io
import json

import orjson
import pytest
from django.test import Client

from conflict.kit.csvtext import csv_line
from events.api.formats import FORMATS
from events.query.incidents import IncidentQuery
from events.record import reading
from events.rows import FIELDS, View, cells, chosen, columns_of, json_row
from events.verbs.publishing import publish
from tests.record.cast import actor, ambush


def download(path: str) -> bytes:
    response = Client(headers={"host": "localhost"}).get(f"/api/v1/{path}")
    assert response.status_code == 200, response.content
    return b"".join(response.streaming_content)


@pytest.mark.parametrize("lang", ["en", "fr"])
def test_every_format_has_the_fields_and_values_of_the_page(world, lang):
    page = (
        Client(headers={"host": "localhost"}).get(f"/api/v1/incidents?limit=1000&lang={lang}").json()["data"]
    )
    features = json.loads(download(f"incidents.geojson?lang={lang}"))["features"]
    lines = [json.loads(line) for line in download(f"incidents.ndjson?lang={lang}").splitlines()[1:-1]]
    assert page == [feature["properties"] for feature in features] == lines
    assert list(page[0]) == list(FIELDS)


@pytest.mark.parametrize(
    "picked", [(), ("actor_slugs", "id", "radius_km", "date_end"), ("title", "title_lang")]
)
@pytest.mark.parametrize("lang", ["en", "fr"])
def test_the_page_that_postgresql_writes_is_the_page_that_python_would_write(world, lang, picked):
    only = f"&fields={','.join(picked)}" if picked else ""
    page = Client(headers={"host": "localhost"}).get(f"/api/v1/incidents?limit=1000&lang={lang}{only}").json()
    query = IncidentQuery.read([("lang", lang)]).bound()
    where, fields, view = query.where(), chosen(picked), View(query.known.actors, lang)
    rows = reading.rows(columns_of(fields), where.sql, where.params, query.order_by(), 10_000)
    expected = json.loads(orjson.dumps([json_row(row, fields, view) for row in rows]))
    assert [list(one.items()) for one in page["data"]] == [list(one.items()) for one in expected]


@pytest.mark.parametrize("lang", ["en", "fr"])
def test_the_csv_that_postgresql_writes_is_the_csv_that_python_would_write(world, lang):
    query = IncidentQuery.read([("lang", lang)]).bound()
    where, fields, view = query.where(), chosen(()), View(query.known.actors, lang)
    rows = reading.rows(columns_of(fields), where.sql, where.params, query.order_by(), 10_000)
    expected = csv_line(FIELDS) + "".join(csv_line(cells(row, fields, view)) for row in rows)
    assert download(f"incidents.csv?lang={lang}").decode() == expected


@pytest.mark.parametrize(
    "title",
    [
        "=1+1",
        "+33",
        "-5",
        "@cmd",
        "a,b",
        'say "no"',
        "two\r\nlines",
        "\ttab",
        "'=x",
        "＝wide",
        "plain",
        " =blank",
        "-",
        "é–ü",
    ],
)
def test_hostile_titles_are_written_alike_by_postgresql_and_python(database, title):
    army, rebels = actor("army", "state_force", "=Army, the"), actor("rebels", "rebel", 'The "North"')
    publish([ambush(army, rebels, title_en=title, place_name=title)], [army, rebels], reason="Hostile words")
    line = next(
        csv.reader(
            io.StringIO(download("incidents.csv?fields=title,place,actors").decode().split("\r\n", 1)[1])
        )
    )
    expected = next(csv.reader(io.StringIO(csv_line([title, title, '=Army, the; The "North"']))))
    assert line == expected
    assert json.loads(download("incidents.ndjson").splitlines()[1])["title"] == title


def test_ndjson_ends_with_its_count_and_the_digest_of_what_came_before(world):
    body = download("incidents.ndjson")
    before, last = body[: body.rindex(b"\n", 0, -1) + 1], json.loads(body.splitlines()[-1])["end"]
    assert last == {"rows": len(body.splitlines()) - 2, "sha256": hashlib.sha256(before).hexdigest()}


def test_geojson_that_was_cut_off_or_changed_can_be_told(world):
    body = download("incidents.geojson")
    end = body.rindex(b'],"rows"')
    collection = json.loads(body)
    assert collection["rows"] == len(collection["features"])
    assert collection["sha256"] == hashlib.sha256(body[:end]).hexdigest()
    with pytest.raises(ValueError):
        json.loads(body[: len(body) // 2])


def test_exports_name_publication_query_licence_and_citation(world):
    about = json.loads(download("incidents.geojson?country=MLI"))
    assert about["publication"] == 1
    assert about["query"] == "Incidents in Mali"
    assert about["license"]["name"] == "CC BY 4.0"
    assert "as_of=1&country=MLI" in about["citation"]


def test_a_citation_is_in_the_language_asked(world):
    assert (
        "Incidents à Mali. http" in json.loads(download("incidents.geojson?country=MLI&lang=fr"))["citation"]
    )


def test_csv_has_a_byte_order_mark_and_hashtags_on_request_only(world):
    plain, asked = (
        download("incidents.csv?fields=id,place"),
        download("incidents.csv?fields=id,place&bom=true&hxl=true"),
    )
    assert plain.startswith(b"id,place\r\n")
    assert asked.startswith(b"\xef\xbb\xbfid,place\r\n#event+id,#loc+name\r\n")
    assert asked.split(b"\r\n", 2)[2] == plain.split(b"\r\n", 1)[1]


@pytest.mark.parametrize("suffix", sorted(FORMATS))
def test_an_option_that_a_format_does_not_have_is_refused(world, suffix):
    response = Client(headers={"host": "localhost"}).get(f"/api/v1/incidents.{suffix}?pretty=true")
    assert response.status_code == 400


def test_a_limit_holds_for_exports_too(world):
    assert len(download("incidents.csv?limit=3").splitlines()) == 4


@pytest.mark.parametrize("suffix", sorted(FORMATS))
@pytest.mark.parametrize("query", ["actor=nobody", "as_of=no-such-release", "cursor=x"])
def test_what_is_found_wrong_late_is_refused_before_the_first_byte(world, suffix, query):
    response = Client(headers={"host": "localhost"}).get(f"/api/v1/incidents.{suffix}?{query}")
    assert (response.status_code, response["Content-Type"]) == (400, "application/problem+json")


@pytest.mark.parametrize(
    "asked",
    [
        "incidents.geojson?country=MLI&limit=3&order=-fatalities",
        "incidents.ndjson?fields=id&lang=fr",
        "claims.ndjson?measure=killed&stance=admission",
    ],
)
def test_the_address_in_a_citation_gives_the_same_rows_again(world, asked):
    api = Client(headers={"host": "localhost"})
    manifest = api.get(f"/api/v1/{asked}&manifest=true").json()
    again = api.get(manifest["citation"].rpartition(" ")[2] + "&manifest=true").json()
    assert (again["rows"], again["as_of"]) == (manifest["rows"], str(manifest["publication"]))
    assert manifest["rows"] > 0
