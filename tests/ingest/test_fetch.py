"""Fetching: what is refused before and at connect time, what is cut off, what a conditional GET saves."""

from __future__ import annotations

import contextlib
import gzip
import socket
import threading
import time
from collections.abc import Callable

import pytest
from pytest_httpserver import HTTPServer
from werkzeug import Request, Response

from events.ingest import fetch as fetching
from events.ingest.fetch import FetchProblem, Limits, Refused, Turns, fetch

LOOPBACK = ["localhost", "127.0.0.1"]
SHORT = Limits(content=2_000_000, connect=2, read=2, whole=3, redirects=3)

PRIVATE = [
    "http://127.0.0.1/",
    "http://localhost/",
    "http://2130706433/",
    "http://0x7f000001/",
    "http://0177.0.0.1/",
    "http://127.1/",
    "http://0.0.0.0/",
    "http://0/",
    "http://[::1]/",
    "http://[::]/",
    "http://[::ffff:127.0.0.1]/",
    "http://[::ffff:10.0.0.1]/",
    "http://[64:ff9b::7f00:1]/",
    "http://[64:ff9b::a9fe:a9fe]/",
    "http://[fe80::1]/",
    "http://[fd00::1]/",
    "http://10.0.0.1/",
    "http://172.16.0.1/",
    "http://192.168.1.1/",
    "http://169.254.169.254/latest/meta-data/",
    "http://100.64.0.1/",
    "http://224.0.0.1/",
    "https://127.0.0.1/",
]


@pytest.mark.parametrize("url", PRIVATE)
def test_an_address_that_is_not_public_is_refused(url: str) -> None:
    with pytest.raises((Refused, FetchProblem)) as caught:
        fetch(url, limits=Limits(connect=0.5, read=0.5, whole=2))
    assert caught.value.code == "refused"


@pytest.mark.parametrize("url", ["http://10.0.0.1/", "http://169.254.169.254/", "http://192.168.1.1/"])
def test_the_allowance_for_loopback_opens_nothing_else_that_is_private(url: str) -> None:
    host = url.split("/")[2]
    with pytest.raises(Refused):
        fetch(url, allowed_hosts=[host], limits=SHORT)


@pytest.mark.parametrize(
    "url",
    [
        "ftp://example.org/",
        "file:///etc/passwd",
        "gopher://example.org/",
        "http://",
        "http://user:secret@example.org/",
        "http://example.org:25/",
        "http://example.org/a b",
        "http://[::1",
        "javascript:alert(1)",
    ],
)
def test_an_address_of_the_wrong_form_is_refused_and_says_why(url: str) -> None:
    with pytest.raises(Refused, match="address"):
        fetch(url)


def test_loopback_is_reached_only_with_the_explicit_allowance(httpserver: HTTPServer) -> None:
    httpserver.expect_request("/feed").respond_with_data(b"<rss/>", content_type="application/rss+xml")
    with pytest.raises(Refused):
        fetch(httpserver.url_for("/feed"))
    got = fetch(httpserver.url_for("/feed"), allowed_hosts=LOOPBACK)
    assert (got.status, got.content, got.headers["content-type"]) == (200, b"<rss/>", "application/rss+xml")


def test_a_redirect_is_followed_and_its_target_checked_again(httpserver: HTTPServer) -> None:
    httpserver.expect_request("/old").respond_with_data(b"", status=301, headers={"Location": "/new"})
    httpserver.expect_request("/new").respond_with_data(b"here")
    httpserver.expect_request("/away").respond_with_data(
        b"", status=302, headers={"Location": "http://169.254.169.254/latest/"}
    )
    got = fetch(httpserver.url_for("/old"), allowed_hosts=LOOPBACK)
    assert (got.content, got.final_url) == (b"here", httpserver.url_for("/new"))
    with pytest.raises(Refused, match=r"169\.254\.169\.254"):
        fetch(httpserver.url_for("/away"), allowed_hosts=LOOPBACK)


def test_a_redirect_to_another_scheme_is_refused(httpserver: HTTPServer) -> None:
    httpserver.expect_request("/x").respond_with_data(
        b"", status=302, headers={"Location": "file:///etc/passwd"}
    )
    with pytest.raises(Refused, match="file"):
        fetch(httpserver.url_for("/x"), allowed_hosts=LOOPBACK)


def test_endless_redirects_end(httpserver: HTTPServer) -> None:
    httpserver.expect_request("/loop").respond_with_data(b"", status=302, headers={"Location": "/loop"})
    with pytest.raises(FetchProblem, match="redirects"):
        fetch(httpserver.url_for("/loop"), allowed_hosts=LOOPBACK, limits=SHORT)


def test_a_name_that_changes_its_address_after_the_check_is_still_refused(
    httpserver: HTTPServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    """DNS rebinding: public at the first look-up, loopback at the second. The first answer is what counts."""
    answers = ["93.184.215.14", "127.0.0.1"]
    asked: list[str] = []
    real = socket.getaddrinfo

    def rebinding(host: str, port: int, *rest: object, **options: object) -> object:
        if host == "rebind.example":
            asked.append(host)
            host = answers[min(len(asked), 2) - 1]
        return real(host, port, *rest, **options)  # type: ignore[arg-type]

    reached: list[str] = []
    httpserver.expect_request("/").respond_with_handler(
        lambda request: reached.append("x") or Response(b"inside")
    )
    monkeypatch.setattr(socket, "getaddrinfo", rebinding)
    with pytest.raises(FetchProblem):
        fetch(f"http://rebind.example:{httpserver.port}/", limits=Limits(connect=1, read=1, whole=2))
    assert not reached
    with pytest.raises(Refused, match=r"127\.0\.0\.1"):
        fetch(f"http://rebind.example:{httpserver.port}/", limits=Limits(connect=1, read=1, whole=2))


def test_a_proxy_from_the_environment_does_not_lead_past_the_guard(
    httpserver: HTTPServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    reached: list[str] = []
    httpserver.expect_request("/").respond_with_handler(
        lambda request: reached.append("x") or Response(b"proxied")
    )
    for name in ("http_proxy", "HTTP_PROXY", "all_proxy"):
        monkeypatch.setenv(name, f"http://127.0.0.1:{httpserver.port}")
    with pytest.raises(Refused):
        fetch("http://10.0.0.1/", limits=Limits(connect=0.5, read=0.5, whole=2))
    assert not reached


def test_an_unchanged_feed_costs_no_body(httpserver: HTTPServer) -> None:
    def answer(request: Request) -> Response:
        if request.headers.get("If-None-Match") == '"a1"':
            return Response(status=304, headers={"ETag": '"a1"'})
        return Response(b"<rss/>", headers={"ETag": '"a1"', "Last-Modified": "Fri, 13 Jun 2025 10:00:00 GMT"})

    httpserver.expect_request("/feed").respond_with_handler(answer)
    first = fetch(httpserver.url_for("/feed"), allowed_hosts=LOOPBACK)
    again = fetch(
        httpserver.url_for("/feed"),
        etag=first.etag,
        last_modified=first.last_modified,
        allowed_hosts=LOOPBACK,
    )
    assert not first.unchanged and again.unchanged and again.content == b""


def test_an_answer_over_the_size_limit_is_cut_off(httpserver: HTTPServer) -> None:
    httpserver.expect_request("/big").respond_with_data(b"x" * 3_000_000)
    with pytest.raises(FetchProblem, match="more than 2000000 bytes"):
        fetch(httpserver.url_for("/big"), allowed_hosts=LOOPBACK, limits=SHORT)


def test_a_decompression_bomb_is_seen_while_it_grows(httpserver: HTTPServer) -> None:
    bomb = gzip.compress(b"0" * 15_000_000)
    httpserver.expect_request("/bomb").respond_with_data(bomb, headers={"Content-Encoding": "gzip"})
    with pytest.raises(FetchProblem, match="decompressed"):
        fetch(httpserver.url_for("/bomb"), allowed_hosts=LOOPBACK)


def test_honest_compression_is_read(httpserver: HTTPServer) -> None:
    text = b"".join(b"%d soldats\n" % number for number in range(20_000))
    httpserver.expect_request("/gz").respond_with_data(
        gzip.compress(text), headers={"Content-Encoding": "gzip"}
    )
    assert fetch(httpserver.url_for("/gz"), allowed_hosts=LOOPBACK).content == text


def _serve(speak: Callable[[socket.socket], None]) -> int:
    listener = socket.create_server(("127.0.0.1", 0))

    def run() -> None:
        connection, _ = listener.accept()
        with connection, listener, contextlib.suppress(OSError):
            speak(connection)

    threading.Thread(target=run, daemon=True).start()
    return int(listener.getsockname()[1])


def _drip(connection: socket.socket, head: bytes) -> None:
    connection.recv(1000)
    connection.sendall(head)
    for _ in range(100):
        connection.sendall(b"x")
        time.sleep(0.2)


@pytest.mark.parametrize(
    "head",
    [b"HTTP/1.1 200 OK\r\nContent-Length: 1000\r\n\r\n", b"HTTP/1.1 200 OK\r\nX-Slow: "],
    ids=["body", "head"],
)
def test_a_server_that_drips_is_cut_off_in_time(head: bytes) -> None:
    port = _serve(lambda connection: _drip(connection, head))
    begun = time.monotonic()
    with pytest.raises(FetchProblem) as caught:
        fetch(f"http://127.0.0.1:{port}/", allowed_hosts=LOOPBACK, limits=Limits(connect=1, read=1, whole=1))
    assert caught.value.code == "slow"
    assert time.monotonic() - begun < 2.5


def test_an_error_answer_says_when_to_come_back(httpserver: HTTPServer) -> None:
    httpserver.expect_request("/busy").respond_with_data(b"", status=429, headers={"Retry-After": "120"})
    with pytest.raises(FetchProblem) as caught:
        fetch(httpserver.url_for("/busy"), allowed_hosts=LOOPBACK)
    assert (caught.value.code, caught.value.retry_after) == ("http_429", 120)


def test_nobody_listening_is_a_problem_not_a_crash() -> None:
    with socket.create_server(("127.0.0.1", 0)) as listener:
        port = listener.getsockname()[1]
    with pytest.raises(FetchProblem) as caught:
        fetch(f"http://127.0.0.1:{port}/", allowed_hosts=LOOPBACK, limits=SHORT)
    assert caught.value.code == "unreachable"


def test_each_host_is_asked_in_turn() -> None:
    now = [100.0]
    turns = Turns(interval=2.0, clock=lambda: now[0])
    assert [turns.wait("a.org"), turns.wait("a.org"), turns.wait("b.org")] == [0.0, 2.0, 0.0]
    now[0] += 10
    assert turns.wait("a.org") == 0.0


def test_a_turn_too_far_away_is_left_to_the_next_poll(httpserver: HTTPServer) -> None:
    with pytest.raises(FetchProblem) as caught:
        fetch(httpserver.url_for("/"), allowed_hosts=LOOPBACK, limits=SHORT, turn=lambda host: 60.0)
    assert (caught.value.code, caught.value.retry_after) == ("busy", 60)


@pytest.mark.parametrize(("text", "seconds"), [("30", 30), ("999999", 86_400), ("soon", None), ("", None)])
def test_retry_after_is_read_in_seconds(text: str, seconds: int | None) -> None:
    assert fetching._retry_after(text) == seconds
