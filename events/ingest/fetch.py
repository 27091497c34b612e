"""Bytes from the network, guarded: the only module of ingestion that connects anywhere.

The address that is checked is the address that is connected to (requests-hardened resolves once, refuses what
is not public, and connects to that very address), so spelling tricks, redirects and DNS rebinding end in
`Refused`. Everything has a limit: size, growth by decompression, redirects, and the time of the whole exchange.
"""

from __future__ import annotations

import hashlib
import socket
import threading
import time
from collections.abc import Callable, Collection, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from typing import Any
from urllib.parse import urljoin, urlsplit

import requests
import urllib3
from requests_hardened import Config, HTTPSession
from requests_hardened.ip_filter import InvalidIPAddress
from requests_hardened.ip_filter_adapter import IPFilterAdapter

AGENT = "SahelConflictTracker/1.0 (record of armed conflict; reads feeds and articles)"
KEPT_HEADERS = (
    "content-type",
    "content-language",
    "date",
    "etag",
    "last-modified",
    "server",
    "age",
    "cache-control",
)
_REDIRECTS = frozenset({301, 302, 303, 307, 308})


class FetchProblem(Exception):
    """A fetch without result: `code` for machines, the message for people, when to come back if it is known."""

    def __init__(self, code: str, message: str, retry_after: int | None = None) -> None:
        super().__init__(message)
        self.code = code
        self.retry_after = retry_after


class Refused(FetchProblem):
    """The address must not be fetched at all (not http(s), not public, with credentials in it)."""

    def __init__(self, message: str) -> None:
        super().__init__("refused", message)


@dataclass(frozen=True, slots=True)
class Limits:
    """Bytes and seconds of one fetch; `ratio` is decoded bytes to bytes on the wire."""

    content: int = 20_000_000
    ratio: int = 100
    connect: float = 10.0
    read: float = 15.0
    whole: float = 60.0
    redirects: int = 5


@dataclass(frozen=True, slots=True)
class Fetched:
    """What came back. `content` is empty and `unchanged` true on 304; `headers` are the few worth keeping."""

    url: str
    final_url: str
    status: int
    content: bytes
    headers: dict[str, str]
    fetched_at: datetime
    seconds: float
    unchanged: bool = False

    @property
    def sha256(self) -> str:
        """Of the content, in hexadecimal."""
        return hashlib.sha256(self.content).hexdigest()

    @property
    def etag(self) -> str:
        """For the next conditional request; empty when the server gave none."""
        return self.headers.get("etag", "")

    @property
    def last_modified(self) -> str:
        """As etag."""
        return self.headers.get("last-modified", "")


@dataclass
class Turns:
    """Politeness within one process: at most one request per host every `interval` seconds.

    `wait` answers the seconds to sleep before asking `host`. A deployment with several workers passes a callable
    of the same shape that asks its shared store.
    """

    interval: float = 2.0
    clock: Callable[[], float] = time.monotonic
    _next: dict[str, float] = field(default_factory=dict)
    _lock: threading.Lock = field(default_factory=threading.Lock)

    def wait(self, host: str) -> float:
        """Take a turn at a host: the seconds until it comes."""
        with self._lock:
            now = self.clock()
            turn = max(now, self._next.get(host, now))
            self._next[host] = turn + self.interval
            return turn - now


def fetch(
    url: str,
    *,
    etag: str = "",
    last_modified: str = "",
    allowed_hosts: Collection[str] = (),
    limits: Limits = Limits(),
    turn: Callable[[str], float] | None = None,
) -> Fetched:
    """GET `url`, following redirects by hand so that each address is checked anew.

    `etag` and `last_modified` make the request conditional. `allowed_hosts` (`host` or `host:port`) names the
    hosts that may lie on the loopback interface, for tests and development; nothing else private is ever allowed.
    Raises Refused or FetchProblem.
    """
    begun = time.monotonic()
    conditions = {"If-None-Match": etag, "If-Modified-Since": last_modified}
    headers = {name: value for name, value in conditions.items() if value}
    here = url
    with _deadline(limits.whole) as watch:
        for _hop in range(limits.redirects + 1):
            host = check_address(here)
            _sleep(turn(host) if turn else 0.0, limits)
            status, found, content = _exchange(here, headers, allowed_hosts, limits, watch)
            if status not in _REDIRECTS or "location" not in found:
                seconds = time.monotonic() - begun
                return _result(url, here, status, found, content, seconds)
            here = urljoin(here, found["location"])
    raise FetchProblem("redirects", f"more than {limits.redirects} redirects from {url}")


def check_address(url: str) -> str:
    """The host of an address that may be tried. Raises Refused with what is wrong with it."""
    try:
        parts = urlsplit(url)
        host, port = parts.hostname or "", parts.port
    except ValueError as problem:
        raise Refused(f"address {url[:200]!r} cannot be read: {problem}") from problem
    if parts.scheme not in ("http", "https"):
        raise Refused(f"address {url[:200]!r} begins with {parts.scheme!r}; valid are http and https")
    if not host or "@" in parts.netloc or any(ord(char) <= 32 for char in url) or len(url) > 2_000:
        raise Refused(f"address {url[:200]!r} must name a host, no user, no blanks, at most 2000 characters")
    if port not in (None, 80, 443) and port is not None and port < 1024:
        raise Refused(f"address {url[:200]!r} names port {port}; valid are 80, 443 and ports from 1024")
    return host


class _Watch:
    """Closes the sockets of a fetch when its time is over, whatever the server drips meanwhile."""

    def __init__(self) -> None:
        self.over = False
        self._connections: list[Any] = []

    def add(self, connection: Any) -> None:
        self._connections.append(connection)

    def stop(self) -> None:
        self.over = True
        for connection in self._connections:
            sock = getattr(connection, "sock", None)
            if sock is not None:
                with suppress(OSError):
                    sock.shutdown(socket.SHUT_RDWR)


@contextmanager
def _deadline(seconds: float) -> Iterator[_Watch]:
    watch = _Watch()
    timer = threading.Timer(seconds, watch.stop)
    timer.daemon = True
    timer.start()
    try:
        yield watch
    finally:
        timer.cancel()


class _Adapter(IPFilterAdapter):
    """The guard, which also shows each connection to the watch."""

    def __init__(self, watch: _Watch, **options: Any) -> None:
        self._watch = watch
        super().__init__(**options)

    def get_connection_with_tls_context(self, *args: Any, **options: Any) -> Any:
        pool = super().get_connection_with_tls_context(*args, **options)
        watch, plain = self._watch, type(pool).ConnectionCls

        class Watched(plain):  # type: ignore[misc, valid-type]
            def connect(self) -> None:
                super().connect()
                watch.add(self)

        pool.ConnectionCls = Watched
        return pool


def _session(loopback: bool, watch: _Watch, limits: Limits) -> HTTPSession:
    config = Config(
        ip_filter_enable=True,
        ip_filter_allow_loopback_ips=loopback,
        never_redirect=True,
        default_timeout=(limits.connect, limits.read),
        user_agent_override=AGENT,
    )
    session = HTTPSession(config)
    # A proxy or a .netrc from the environment would connect past the guard, or hand out credentials.
    session.trust_env = False
    for scheme, tls in (("http://", False), ("https://", True)):
        session.mount(scheme, _Adapter(watch, is_https_proto=tls, allow_loopback=loopback))
    return session


def _exchange(
    url: str, headers: dict[str, str], allowed_hosts: Collection[str], limits: Limits, watch: _Watch
) -> tuple[int, dict[str, str], bytes]:
    parts = urlsplit(url)
    loopback = parts.hostname in allowed_hosts or f"{parts.hostname}:{parts.port}" in allowed_hosts
    asked = {"Accept": "*/*", "Accept-Encoding": "gzip, deflate", **headers}
    try:
        with (
            _session(loopback, watch, limits) as session,
            session.get(url, headers=asked, stream=True, allow_redirects=False) as answer,
        ):
            found = {name.lower(): value[:2_000] for name, value in answer.headers.items()}
            content = b"" if answer.status_code in _REDIRECTS else _body(answer.raw, limits, watch)
            return answer.status_code, found, content
    except InvalidIPAddress as problem:
        raise Refused(f"{parts.hostname!r} leads to {problem}, which is not a public address") from problem
    except (requests.RequestException, urllib3.exceptions.HTTPError, OSError, ValueError) as problem:
        raise _problem(problem, url, watch, limits) from problem


def _problem(problem: Exception, url: str, watch: _Watch, limits: Limits) -> FetchProblem:
    timed_out = isinstance(problem, requests.Timeout | urllib3.exceptions.TimeoutError | TimeoutError)
    if watch.over or timed_out:
        return FetchProblem("slow", f"{url} did not answer completely within {limits.whole:g} s")
    return FetchProblem(
        "unreachable", f"{url} cannot be fetched: {type(problem).__name__}: {str(problem)[:300]}"
    )


def _body(raw: urllib3.HTTPResponse, limits: Limits, watch: _Watch) -> bytes:
    """The decoded body, read piece by piece so that a bomb is seen while it grows."""
    pieces: list[bytes] = []
    length = 0
    while True:
        piece = raw.read1(65_536, decode_content=True)
        if watch.over:
            raise FetchProblem("slow", f"the answer took longer than {limits.whole:g} s")
        if not piece:
            return b"".join(pieces)
        pieces.append(piece)
        length += len(piece)
        _check_growth(length, raw.tell(), limits)


def _check_growth(length: int, on_the_wire: int, limits: Limits) -> None:
    if length > limits.content:
        raise FetchProblem("too_large", f"the answer has more than {limits.content} bytes")
    # Short answers compress well for honest reasons.
    if length > 1_000_000 and length > limits.ratio * max(on_the_wire, 1):
        raise FetchProblem("too_dense", f"the answer grows more than {limits.ratio} times when decompressed")


def _sleep(seconds: float, limits: Limits) -> None:
    if seconds > limits.whole:
        raise FetchProblem(
            "busy", f"the turn of this host comes in {seconds:.0f} s", retry_after=int(seconds)
        )
    if seconds > 0:
        time.sleep(seconds)


def _result(
    url: str, final: str, status: int, found: dict[str, str], content: bytes, seconds: float
) -> Fetched:
    if status >= 400 or status in _REDIRECTS:
        raise FetchProblem(
            f"http_{status}", f"{final} answered {status}", _retry_after(found.get("retry-after", ""))
        )
    headers = {name: found[name] for name in KEPT_HEADERS if name in found}
    return Fetched(url, final, status, content, headers, datetime.now(UTC), seconds, unchanged=status == 304)


def _retry_after(text: str) -> int | None:
    """Seconds, at most a day, from a Retry-After header in either of its two forms."""
    if text.isascii() and text.isdigit() and len(text) < 10:
        return min(int(text), 86_400)
    try:
        seconds = (parsedate_to_datetime(text) - datetime.now(UTC)).total_seconds()
    except (ValueError, TypeError):
        return None
    return max(0, min(int(seconds), 86_400))
