"""Compression of public data by what the client takes: brotli, else gzip; streams piece by piece.

Public doors only: an answer that mixes a secret with text from the address must never be compressed, because its length
would tell of the secret.
"""

from __future__ import annotations

import zlib
from collections.abc import Callable, Iterable, Iterator
from typing import Any, Protocol

import brotli
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.utils.cache import patch_vary_headers

from conflict.public.paths import is_data, is_partners

TEXTUAL = ("text/", "application/json", "application/x-ndjson", "application/vnd.mapbox-vector-tile")
SUFFIXES = ("+json", "+xml")
# Below that, the header costs more than is gained.
SHORTEST = 500
QUALITY, WINDOW = 4, 18
GZIP_LEVEL = 4


class Encoder(Protocol):
    """Compresses a stream of bytes; what went in can be read at the other end after each piece."""

    def piece(self, data: bytes) -> bytes:
        """One piece."""
        ...

    def end(self) -> bytes:
        """What closes the stream."""
        ...


class Gzip:
    """RFC 1952."""

    def __init__(self) -> None:
        self.stream = zlib.compressobj(GZIP_LEVEL, zlib.DEFLATED, 31)

    def piece(self, data: bytes) -> bytes:
        """One piece."""
        return self.stream.compress(data) + self.stream.flush(zlib.Z_SYNC_FLUSH)

    def end(self) -> bytes:
        """What closes the stream."""
        return self.stream.flush()


class Brotli:
    """RFC 7932."""

    def __init__(self) -> None:
        self.stream = brotli.Compressor(quality=QUALITY, lgwin=WINDOW)

    def piece(self, data: bytes) -> bytes:
        """One piece."""
        return self.stream.process(data) + self.stream.flush()

    def end(self) -> bytes:
        """What closes the stream."""
        return self.stream.finish()


ENCODERS: dict[str, Callable[[], Encoder]] = {"br": Brotli, "gzip": Gzip}


class Compression:
    """The middleware."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """Compress an answer of the public data doors."""
        response = self.get_response(request)
        if not is_data(request.path) or is_partners(request.path):
            return response
        patch_vary_headers(response, ("Accept-Encoding",))
        encoding = preferred(request.headers.get("Accept-Encoding", ""))
        if encoding and request.method != "HEAD" and is_worth_it(response):
            compress(response, encoding)
        return response


def preferred(accepted: str) -> str:
    """The encoding of ours that the client likes best, brotli among equals; empty: none."""
    weights = dict(weighed(part) for part in accepted.lower().split(","))
    others = weights.get("*", 0.0)
    best = max(ENCODERS, key=lambda name: weights.get(name, others))
    return best if weights.get(best, others) > 0 else ""


def weighed(part: str) -> tuple[str, float]:
    """(`gzip`, 0.5) of `gzip;q=0.5`; a weight that is no number counts as none."""
    name, _, weight = part.strip().partition(";")
    try:
        return name.strip(), float(weight.strip().removeprefix("q=")) if weight.strip() else 1.0
    except ValueError:
        return name.strip(), 0.0


def is_worth_it(response: HttpResponseBase) -> bool:
    """Whether an answer gets shorter: text of some length that is not compressed yet."""
    kind = response.get("Content-Type", "").partition(";")[0].strip()
    if response.has_header("Content-Encoding") or not (kind.startswith(TEXTUAL) or kind.endswith(SUFFIXES)):
        return False
    return bool(response.streaming) or len(response.content) >= SHORTEST  # type: ignore[attr-defined]


def compress(response: Any, encoding: str) -> None:
    """Compress the body, streamed or not; the ETag is weak and stays."""
    encoder = ENCODERS[encoding]()
    if response.streaming:
        response.streaming_content = pieces(encoder, response.streaming_content)
        del response["Content-Length"]
    else:
        response.content = encoder.piece(response.content) + encoder.end()
        response["Content-Length"] = str(len(response.content))
    response["Content-Encoding"] = encoding


def pieces(encoder: Encoder, chunks: Iterable[bytes]) -> Iterator[bytes]:
    """Each chunk compressed as it comes, so that the first byte is not held back."""
    for chunk in chunks:
        if chunk:
            yield encoder.piece(chunk)
    yield encoder.end()
