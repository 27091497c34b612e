"""The parameters of a web address, as they were sent, and addresses that differ in one of them."""

from __future__ import annotations

from urllib.parse import unquote_to_bytes, urlencode

from django.http import HttpRequest

from conflict.kit.problems import Problem, Refused

REPLACED = "\ufffd"


def pairs_of(request: HttpRequest) -> list[tuple[str, str]]:
    """Every (name, text) of the address, repeated ones included. Raises Refused when it is not UTF-8.

    Django decodes what it cannot read to U+FFFD; a search for that would find nothing and say nothing.
    """
    pairs = [(name, text) for name, texts in request.GET.lists() for text in texts]
    try:
        unquote_to_bytes(request.META.get("QUERY_STRING", "").encode("latin-1")).decode()
    except UnicodeDecodeError:
        wrong = [(name, text) for name, text in pairs if REPLACED in name + text]
        raise Refused([Problem(name, text, "percent-encoded UTF-8") for name, text in wrong]) from None
    return pairs


def address_with(request: HttpRequest, **changes: str) -> str:
    """The address asked for with some parameters replaced: how a page names its neighbour."""
    kept = [pair for pair in pairs_of(request) if pair[0] not in changes]
    return request.build_absolute_uri(f"{request.path}?{urlencode([*kept, *changes.items()])}")


def address_without(request: HttpRequest, name: str) -> str:
    """The address asked for without one parameter."""
    kept = urlencode([pair for pair in pairs_of(request) if pair[0] != name])
    return request.build_absolute_uri(f"{request.path}?{kept}" if kept else request.path)
