"""What every public data door does alike: methods, headers, compression, other origins, what Django itself refuses."""

from __future__ import annotations

import gzip
import http.client
import zlib
from typing import Any
from urllib.parse import urlsplit

import brotli
import pytest
from django.test import Client

from conflict.public.compression import ENCODERS, pieces, preferred
from events.claims.rules import VERSION

DOORS = [
    "/api/v1/incidents",
    "/api/v1/incidents.csv",
    "/api/v1/actors",
    "/api/v1/sources",
    "/api/v1/timeline",
    "/api/v1/openapi.json",
    "/tiles/incidents.json",
    "/tiles/incidents/4/8/7.mvt",
]


@pytest.fixture
def public(world: None) -> Client:
    return Client(headers={"host": "localhost"}, raise_request_exception=False)


def body(response: Any) -> bytes:
    return b"".join(response.streaming_content) if response.streaming else response.content


def opened(raw: bytes, encoding: str) -> bytes:
    return {"br": brotli.decompress, "gzip": gzip.decompress}[encoding](raw)


@pytest.mark.parametrize("path", [path for path in DOORS if path != "/tiles/incidents.json"])
@pytest.mark.parametrize("encoding", sorted(ENCODERS))
def test_compressed_answers_say_the_same(public, path, encoding):
    plain = public.get(path)
    packed = public.get(path, headers={"accept-encoding": encoding})
    expected = body(plain)
    assert packed["Content-Encoding"] == encoding
    assert packed["ETag"] == plain["ETag"]
    raw = body(packed)
    assert opened(raw, encoding) == expected
    assert len(raw) < len(expected)
    assert packed.get("Content-Length", str(len(raw))) == str(len(raw))
    for response in (plain, packed):
        assert "Accept-Encoding" in response["Vary"]


@pytest.mark.parametrize(
    ("accepted", "chosen"),
    [
        ("", ""),
        ("identity", ""),
        ("gzip", "gzip"),
        ("gzip, deflate, br", "br"),
        ("gzip;q=1.0, br;q=0.5", "gzip"),
        ("br;q=0, gzip;q=0.1", "gzip"),
        ("gzip;q=0", ""),
        ("*", "br"),
        ("*;q=0", ""),
        ("br;q=zero, gzip", "gzip"),
        ("zstd, GZIP", "gzip"),
    ],
)
def test_the_client_says_which_compression_it_takes(accepted, chosen):
    assert preferred(accepted) == chosen


@pytest.mark.parametrize("encoding", sorted(ENCODERS))
def test_each_piece_of_a_stream_can_be_read_when_it_comes(encoding):
    stream = pieces(ENCODERS[encoding](), [b"first\n" * 100, b"", b"second\n"])
    reader = brotli.Decompressor().process if encoding == "br" else zlib.decompressobj(31).decompress
    assert reader(next(stream)) == b"first\n" * 100
    assert b"".join(map(reader, stream)) == b"second\n"


def test_a_short_answer_and_a_page_for_people_are_left_alone(public):
    for path in ("/ogc/conformance", "/methodology/"):
        assert not public.get(path, headers={"accept-encoding": "br"}).has_header("Content-Encoding")


@pytest.mark.parametrize("path", DOORS)
def test_head_answers_with_the_headers_of_get_and_no_body(public, path):
    got, head = public.get(path), public.head(path)
    assert (head.status_code, body(head)) == (200, b"")
    changing = {"RateLimit"}
    assert {**head.headers, **dict.fromkeys(changing)} == {**got.headers, **dict.fromkeys(changing)}


def test_head_of_an_export_does_not_begin_it(public, monkeypatch):
    from events.record import reading

    monkeypatch.setattr(reading, "copied", lambda *args: pytest.fail("the export was begun"))
    assert public.head("/api/v1/incidents.csv").status_code == 200


@pytest.mark.parametrize("path", ["/api/v1/incidents", "/api/v1/incidents.csv", "/tiles/incidents/4/8/7.mvt"])
def test_a_real_server_sends_no_body_for_head(site, path):
    connection = http.client.HTTPConnection(urlsplit(site).netloc, timeout=20)
    connection.request("HEAD", path, headers={"Accept-Encoding": "br"})
    first = connection.getresponse()
    assert (first.status, first.read()) == (200, b"")
    # Anything that was sent too much would be read as the next answer.
    connection.request("GET", "/health/live")
    assert connection.getresponse().status == 200


@pytest.mark.parametrize("path", DOORS)
def test_options_names_the_methods(public, path):
    response = public.options(path)
    assert (response.status_code, response["Allow"]) == (204, "GET, HEAD, OPTIONS")


@pytest.mark.parametrize("path", DOORS)
@pytest.mark.parametrize("method", ["post", "put", "patch", "delete", "trace"])
def test_other_methods_are_refused_with_what_is_valid(public, path, method):
    response = getattr(public, method)(path)
    assert (response.status_code, response["Allow"]) == (405, "GET, HEAD, OPTIONS")
    assert response["Content-Type"] == "application/problem+json"


@pytest.mark.parametrize("path", DOORS)
def test_every_origin_may_read_and_see_the_headers_that_matter(public, path):
    response = public.get(path, headers={"origin": "https://maps.example.org"})
    assert response["Access-Control-Allow-Origin"] == "*"
    assert {"ETag", "Link", "RateLimit", "X-Publication"} <= set(
        response["Access-Control-Expose-Headers"].split(", ")
    )
    asked = {"origin": "https://maps.example.org", "access-control-request-method": "GET"}
    preflight = public.options(path, headers={**asked, "access-control-request-headers": "x-api-key"})
    assert "GET" in preflight["Access-Control-Allow-Methods"]
    assert "POST" not in preflight["Access-Control-Allow-Methods"]
    assert "x-api-key" in preflight["Access-Control-Allow-Headers"]


def test_pages_for_people_are_closed_to_other_origins(public):
    response = public.get("/methodology/", headers={"origin": "https://maps.example.org"})
    assert not response.has_header("Access-Control-Allow-Origin")


@pytest.mark.parametrize("path", DOORS)
def test_what_did_not_change_is_not_sent_again(public, path):
    first = public.get(path)
    for held in (first["ETag"], f'"other", {first["ETag"]}', "*"):
        again = public.get(path, headers={"if-none-match": held})
        assert (again.status_code, body(again), again["ETag"]) == (304, b"", first["ETag"]), held
    assert public.get(path, headers={"if-none-match": '"other"'}).status_code == 200


def test_nothing_is_counted_or_listed_for_a_copy_that_is_still_good(public, monkeypatch):
    from events.record import reading

    first = public.get("/api/v1/incidents?country=MLI")
    monkeypatch.setattr(reading, "rows", lambda *args: pytest.fail("the query was run"))
    again = public.get("/api/v1/incidents?country=MLI", headers={"if-none-match": first["ETag"]})
    assert again.status_code == 304


def test_the_language_of_the_browser_changes_nothing(public):
    answers = [
        public.get("/api/v1/incidents?limit=3", headers={"accept-language": lang}) for lang in ("en", "fr")
    ]
    assert answers[0].content == answers[1].content
    assert "Accept-Language" not in answers[0]["Vary"]


@pytest.mark.parametrize("accept", ["text/csv", "application/geo+json", "image/png", "application/json;q=0"])
def test_the_address_says_the_format_not_the_accept_header(public, accept):
    assert public.get("/api/v1/incidents.csv?limit=1", headers={"accept": accept}).status_code == 200


@pytest.mark.parametrize(
    ("query", "field"),
    [
        ("q=%00", "q"),
        ("q=%ff", "q"),
        ("q=%ED%A0%80", "q"),
        ("q=", "q"),
        ("q=%20", "q"),
        ("place=", "place"),
        ("country=", "country"),
        ("actor=", "actor"),
        ("as_of=", "as_of"),
        ("fields=", "fields"),
        ("cursor=", "cursor"),
        ("limit=", "limit"),
        ("fatalities_min=NaN", "fatalities_min"),
        ("fatalities_min=Infinity", "fatalities_min"),
        ("fatalities_min=1e3", "fatalities_min"),
        ("fatalities_min=%D9%A3", "fatalities_min"),
        ("fatalities_min=" + "9" * 400, "fatalities_min"),
        ("bbox=NaN,0,1,1", "bbox"),
        ("bbox=1e400,0,1,1", "bbox"),
        ("near=0,0&within_km=1e400", "within_km"),
        ("as_of=" + "9" * 30, "as_of"),
        ("as_of=%D9%A3", "as_of"),
        ("since=2025-02-30", "since"),
        ("since=%D9%A2025-01-01", "since"),
        ("since=2025-01-01&since=2025-01-01", "since"),
        ("limit=0", "limit"),
        ("limit=10001", "limit"),
        ("contested=1", "contested"),
        ("contested=True", "contested"),
        ("polygon=POLYGON((0 0,1 1,0 1,1 0,0 0))", "polygon"),
        ("id=mli-2025-00001", "id"),
        ("%00=1", "\x00"),
    ],
)
def test_bad_input_is_named(public, query, field):
    response = public.get(f"/api/v1/incidents?{query}")
    assert response.status_code == 400, response.content
    assert response["Content-Type"] == "application/problem+json"
    problem = response.json()["problems"][0]
    assert problem["field"] == field
    assert problem["valid"]
    assert "value" in problem


@pytest.mark.parametrize(
    "path",
    ["/api/v1/no-such-thing", "/api/", "/api/v2/incidents", "/tiles/x", "/tiles", "/feeds/x", "/compat/x"],
)
def test_an_address_that_does_not_exist_is_a_problem_document(public, path):
    response = public.get(path)
    assert (response.status_code, response["Content-Type"]) == (404, "application/problem+json")


def test_a_host_that_is_not_ours_is_refused_as_a_problem_document(public):
    response = public.get("/api/v1/incidents", headers={"host": "elsewhere.example"})
    assert (response.status_code, response["Content-Type"]) == (400, "application/problem+json")


def test_more_parameters_than_anybody_needs_are_refused(public):
    response = public.get("/api/v1/incidents?" + "&".join(["country=MLI"] * 6000))
    assert (response.status_code, response["Content-Type"]) == (400, "application/problem+json")


def test_a_failure_of_ours_is_a_problem_document_without_details(public, monkeypatch):
    from events.api import incidents

    monkeypatch.setattr(incidents, "page", lambda *args: 1 / 0)
    response = public.get("/api/v1/incidents")
    assert (response.status_code, response["Content-Type"]) == (500, "application/problem+json")
    assert b"division" not in response.content


def test_a_record_that_does_not_answer_is_503_with_when_to_come_back(public, monkeypatch):
    from django.db import OperationalError

    from events.api import incidents

    def broken(*args: Any) -> None:
        raise OperationalError("connection refused")

    monkeypatch.setattr(incidents, "page", broken)
    response = public.get("/api/v1/incidents")
    assert (response.status_code, response["Content-Type"]) == (503, "application/problem+json")
    assert int(response["Retry-After"]) > 0
    assert b'refused"' not in response.content


SPELLINGS = (
    "event_type=battle&country=MLI&country=BFA",
    "country=BFA&country=MLI&country=MLI&event_type=battle&lang=en&estimate=reported",
)


@pytest.mark.parametrize("door", ["incidents", "timeline", "facets", "actors/africa-corps/network", "claims"])
def test_an_answer_names_its_address_in_one_spelling(public, door):
    asked = SPELLINGS if door not in ("claims", "actors/africa-corps/network") else SPELLINGS[:1]
    expected = f"http://localhost/api/v1/{door}?country=BFA&country=MLI&event_type=battle"
    for spelling in asked:
        response = public.get(f"/api/v1/{door}?{spelling}")
        assert response.json()["url"] == expected
        assert f'<{expected}>; rel="canonical"' in response["Link"]


@pytest.mark.parametrize(
    "path",
    [
        *(door for door in DOORS if "openapi" not in door),
        "/api/v1/claims.csv",
        "/api/v1/changes",
        "/feeds/incidents.atom",
        "/ogc/collections/incidents/items",
        "/compat/acled/read",
        "/compat/ucdp/gedevents/latest",
    ],
)
def test_every_door_has_a_canonical_address_in_a_header(public, path):
    assert f'<http://localhost{path}>; rel="canonical"' in public.get(path)["Link"]


def test_the_page_of_a_list_has_the_address_of_the_list(public):
    first = public.get("/api/v1/incidents?limit=5&country=MLI").json()
    assert public.get(first["next"]).json()["url"] == "http://localhost/api/v1/incidents?country=MLI&limit=5"


@pytest.mark.parametrize(
    "path",
    [
        "incidents/MLI-2025-00001",
        "incidents/MLI-2025-00001/versions",
        "actors",
        "actors/africa-corps",
        "actors/resolve?name=CMA",
        "changes?limit=1",
    ],
)
def test_answers_about_one_thing_say_whose_they_are_too(public, path):
    said = public.get(f"/api/v1/{path}").json()
    assert said["publication"] >= 1
    assert said["license"]["name"] == "CC BY 4.0"
    assert "Sahel Conflict Tracker" in said["attribution"]
    assert said["url"] == f"http://localhost/api/v1/{path}"


@pytest.mark.parametrize(
    "door",
    ["incidents", "claims", "timeline", "facets", "changes?subject=incident", "actors/africa-corps/network"],
)
def test_whoever_collected_the_rows_is_named(public, door):
    named = public.get(f"/api/v1/{door}").json()["attribution"]
    assert named == [
        "Sahel Conflict Tracker",
        "Sahel Conflict Tracker, sample compiled from public reporting",
    ]


@pytest.mark.parametrize("method", ["get", "post", "put", "delete"])
@pytest.mark.parametrize(
    "path", ["/api/v1/report", "/api", "/tiles/1/2", "/ogc/x", "/compat/acled", "/feeds/x"]
)
def test_an_address_that_is_not_there_is_a_problem_document_to_every_method(world, path, method):
    strict = Client(headers={"host": "localhost"}, enforce_csrf_checks=True)
    response = getattr(strict, method)(path)
    assert (response.status_code, response["Content-Type"]) == (404, "application/problem+json")


def test_the_page_of_the_documentation_has_the_manners_of_the_other_doors(world):
    strict = Client(headers={"host": "localhost"}, enforce_csrf_checks=True)
    assert strict.get("/api/docs").status_code == 200
    assert strict.options("/api/docs")["Allow"] == "GET, HEAD, OPTIONS"
    refused = strict.post("/api/docs")
    assert (refused.status_code, refused["Content-Type"]) == (405, "application/problem+json")


@pytest.mark.parametrize(
    "path",
    [
        *(f"/api/v1/incidents.{form}" for form in ("csv", "ndjson", "geojson", "xlsx", "parquet")),
        "/feeds/incidents.rss",
        "/feeds/incidents.atom",
        "/compat/acled/read.csv",
        "/compat/ucdp/gedevents/latest",
        "/tiles/incidents/4/8/7.mvt",
    ],
)
def test_files_that_show_figures_name_the_rule_in_a_header_that_others_may_read(public, path):
    response = public.get(path, headers={"origin": "https://maps.example.org"})
    assert response["X-Estimate"] == f"reported/{VERSION}"
    assert "X-Estimate" in response["Access-Control-Expose-Headers"]
    if "ucdp" not in path:
        assert public.get(f"{path}?estimate=conservative")["X-Estimate"] == f"conservative/{VERSION}"


@pytest.mark.parametrize("path", ["changes", "incidents/MLI-2025-00001/versions"])
def test_history_shows_the_figures_of_the_rule_that_the_record_keeps_and_says_so(public, path):
    assert public.get(f"/api/v1/{path}").json()["estimate"] == {"rule": "reported", "version": VERSION}
