"""Quotas: counted together, told in headers, never a reason for the service to fail."""

from __future__ import annotations

import pickle
import re
import socket
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from types import SimpleNamespace

import pytest
from django.core.cache import caches
from django.core.cache.backends.redis import RedisCache
from django.db import connections
from django.test import Client, RequestFactory

from conflict.public import quotas
from tests.api.keys import client, issued

PATH = "/api/v1/publications"


def clock(now: float) -> SimpleNamespace:
    """A clock that stands, for the quotas alone."""
    return SimpleNamespace(time=lambda: now, monotonic=time.monotonic)


@pytest.fixture(autouse=True)
def counter(database, settings, monkeypatch):
    """Three requests a window, in a window of our own."""
    settings.QUOTAS = {"anonymous": 3, "tiles": 5, "key": 4}
    settings.PROXY_ADDRESSES = frozenset({"127.0.0.1"})
    monkeypatch.setattr(quotas, "time", clock(1_000_000_060.0))
    quotas.paused["until"] = 0.0
    caches["quotas"].clear()
    yield
    quotas.paused["until"] = 0.0


def ask(times: int, path: str = PATH, **headers: str) -> list[int]:
    return [client(**headers).get(path).status_code for _ in range(times)]


def test_beyond_the_quota_callers_are_told_when_to_come_back():
    assert ask(3) == [200, 200, 200]
    response = client().get(PATH)
    assert (response.status_code, response["Content-Type"]) == (429, "application/problem+json")
    assert response["Retry-After"] == "20"
    assert response["RateLimit-Policy"] == '"anonymous";q=3;w=60'
    assert response["RateLimit"] == '"anonymous";r=0;t=20'
    assert response.json()["problems"][0]["field"] == "requests"


def test_every_answer_says_what_is_left():
    left = [client().get(path)["RateLimit"] for path in (PATH, "/api/v1/nowhere", PATH + "?x=1")]
    assert left == ['"anonymous";r=2;t=20', '"anonymous";r=1;t=20', '"anonymous";r=0;t=20']


def test_a_new_window_begins_anew(monkeypatch):
    ask(4)
    monkeypatch.setattr(quotas, "time", clock(1_000_000_081.0))
    assert ask(1) == [200]


def test_tiles_and_keys_are_counted_apart():
    _, token = issued()
    assert ask(4)[-1] == 429
    assert ask(5, "/tiles/incidents/0/0/0.mvt") == [200] * 5
    assert ask(5, authorization=f"Bearer {token}") == [200, 200, 200, 200, 429]
    assert client(token).get(PATH)["RateLimit-Policy"] == '"key";q=4;w=60'


def test_guessing_keys_is_counted_against_the_address():
    assert ask(4, authorization="Bearer sct_aaaaaaaaaa_" + "x" * 43) == [401, 401, 401, 429]


def test_a_quota_of_zero_is_none(settings):
    settings.QUOTAS = {"anonymous": 0, "tiles": 0, "key": 0}
    assert ask(10) == [200] * 10
    assert not client().get(PATH).has_header("RateLimit")


def test_pages_for_people_and_questions_about_methods_are_not_counted():
    assert ask(6, "/methodology/") == [200] * 6
    assert [client().options(PATH).status_code for _ in range(6)] == [204] * 6


def test_requests_at_once_are_counted_each():
    def send(_: int) -> int:
        try:
            return client().get(PATH).status_code
        finally:
            connections.close_all()

    with ThreadPoolExecutor(8) as pool:
        answers = list(pool.map(send, range(24)))
    assert answers.count(200) == 3
    assert answers.count(429) == 21


@pytest.mark.parametrize(
    ("peer", "forwarded", "address"),
    [
        ("127.0.0.1", "", "127.0.0.1"),
        ("127.0.0.1", "203.0.113.7", "203.0.113.7"),
        ("127.0.0.1", "198.51.100.1, 203.0.113.7", "203.0.113.7"),
        ("198.51.100.9", "203.0.113.7", "198.51.100.9"),
        ("", "203.0.113.7", "203.0.113.7"),
        ("127.0.0.1", "nonsense", "unknown"),
        ("2001:db8:1:2:3:4:5:6", "", "2001:db8:1:2::/64"),
    ],
)
def test_who_asks_is_what_our_own_proxy_says_and_nobody_elses(peer, forwarded, address):
    headers = {"x-forwarded-for": forwarded} if forwarded else {}
    request = RequestFactory(headers=headers).get(PATH, REMOTE_ADDR=peer)
    assert quotas.address_of(request) == address


def test_redis_does_not_learn_addresses():
    veiled = quotas.veiled("203.0.113.7")
    assert "203" not in re.sub("[0-9a-f]{20}", "", veiled) and len(veiled) == 20
    assert veiled != quotas.veiled("203.0.113.8")


class Broken:
    """A counter that never answers."""

    def __init__(self) -> None:
        self.asked = 0

    def __getattr__(self, name: str):
        def fail(*args: object, **named: object) -> None:
            self.asked += 1
            raise ConnectionError("no Redis")

        return fail


def test_without_redis_everybody_is_let_in_and_redis_is_left_alone_for_a_while(monkeypatch):
    broken = Broken()
    monkeypatch.setattr(quotas, "caches", {"quotas": broken})
    assert ask(6) == [200] * 6
    assert broken.asked == 1
    quotas.paused["until"] = 0.0
    assert ask(1) == [200]
    assert broken.asked == 2


def test_a_key_works_without_redis(monkeypatch):
    _, token = issued()
    monkeypatch.setattr("conflict.public.keys.caches", {"quotas": Broken()})
    monkeypatch.setattr(quotas, "caches", {"quotas": Broken()})
    assert client(token).get(PATH).status_code == 200


def test_redis_that_hangs_is_asked_once_and_holds_nobody_up(settings, monkeypatch):
    own = settings.CACHES["quotas"]
    assert own["BACKEND"].endswith("RedisCache"), "the tests' own settings have Redis"
    assert own["OPTIONS"]["socket_timeout"] < 1
    with socket.create_server(("127.0.0.1", 0)) as hanging:
        url = f"redis://127.0.0.1:{hanging.getsockname()[1]}/0"
        monkeypatch.setattr(quotas, "caches", {"quotas": RedisCache(url, own)})
        monkeypatch.setattr(quotas, "PAUSE", 600)
        assert ask(5) == [200] * 5
        assert connections_made(hanging) == 1


def connections_made(listening: socket.socket) -> int:
    """How many clients have connected so far."""
    listening.setblocking(False)
    found = 0
    while True:
        try:
            listening.accept()[0].close()
        except BlockingIOError:
            return found
        found += 1


def test_what_others_wrote_among_the_counts_is_never_run(settings):
    store = RedisCache(settings.CACHES["quotas"]["LOCATION"], settings.CACHES["quotas"])
    planted = pickle.dumps(Path("/"))
    store._cache.get_client(None, write=True).set(store.make_and_validate_key("planted"), planted)
    with pytest.raises(ValueError, match="invalid literal"):
        store.get("planted")
    with pytest.raises(TypeError, match="whole numbers"):
        store.set("planted", "text")


def timeout_of_record() -> str:
    with connections["record"].cursor() as cursor:
        cursor.execute("SHOW statement_timeout")
        return cursor.fetchone()[0]


def test_queries_of_a_key_may_take_longer_and_the_next_callers_may_not(monkeypatch):
    from events.api import history

    seen = []
    monkeypatch.setattr(history, "known", lambda *args: seen.append(timeout_of_record()) or known(*args))
    known = __import__("events.record.known", fromlist=["known"]).known
    _, token = issued()
    for someone in (client(), client(token), client(token), client()):
        assert someone.get(PATH).status_code == 200
    assert seen == ["2s", "10s", "10s", "2s"]
    Client(headers={"host": "localhost"}).get("/methodology/")
    assert timeout_of_record() == "2s"
