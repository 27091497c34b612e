"""The body of a report that a partner hands in: every member checked, everything wrong said at once."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Callable
from typing import Any
from urllib.parse import urlsplit

import orjson
from django.http import HttpRequest

from conflict.kit.choices import read_choice
from conflict.kit.dates import read_instant
from conflict.kit.problems import Problem, Refused, unknown_field
from conflict.kit.text import read_text
from events.contract.reports import (
    CONTENT_TYPES,
    KEY_PATTERN,
    LARGEST_BODY,
    LONGEST,
    LONGEST_TITLE,
    LONGEST_URL,
    PROPERTIES,
    SHORTEST,
)
from events.verbs.handing_in import Document

WEB_ADDRESS = "an http or https address"


def read_idempotency_key(request: HttpRequest) -> str:
    """The header. Raises Refused."""
    text = request.headers.get("Idempotency-Key", "")
    if re.fullmatch(KEY_PATTERN, text):
        return text
    valid = "8 to 100 letters, digits or signs of _.:=+/- of your own, one for each report"
    raise Refused(Problem("Idempotency-Key", text, valid))


def read_document(request: HttpRequest) -> Document:
    """The report. Raises Refused (400, 413, 415)."""
    if request.content_type != "application/json":
        raise Refused(Problem("Content-Type", request.content_type, "application/json"), 415)
    body = read_body(request)
    members = read_members(body)
    problems = [
        unknown_field(name, value, PROPERTIES) for name, value in members.items() if name not in PROPERTIES
    ]
    if "content" not in members:
        problems.append(Problem("content", "", "the report itself, as text"))
    values = {name: READERS[name](name, members[name]) for name in PROPERTIES if name in members}
    problems += [value for value in values.values() if isinstance(value, Problem)]
    if problems:
        raise Refused(problems)
    content = values.pop("content").encode()
    kind = values.pop("content_type", CONTENT_TYPES[0])
    digest = hashlib.sha256(body).hexdigest()
    return Document(content, f"{kind}; charset=utf-8", digest, **values)


def read_body(request: HttpRequest) -> bytes:
    """The body, never more of it than is allowed. Raises Refused (413)."""
    said = str(request.META.get("CONTENT_LENGTH") or "")
    length = int(said) if said.isascii() and said.isdigit() else 0
    body = b"" if length > LARGEST_BODY else request.read(LARGEST_BODY + 1)
    if max(length, len(body)) > LARGEST_BODY:
        raise Refused(Problem("body", f"{length} bytes", f"at most {LARGEST_BODY:,} bytes"), 413)
    return body


def read_members(body: bytes) -> dict[str, Any]:
    """The members of the body. Raises Refused."""
    try:
        members = orjson.loads(body)
    except orjson.JSONDecodeError as error:
        raise Refused(Problem("body", "", f"a JSON object in UTF-8 ({error.msg})")) from None
    if not isinstance(members, dict):
        raise Refused(Problem("body", type(members).__name__, "a JSON object"))
    return members


def text_of(read: Callable[[str, str], Any]) -> Callable[[str, Any], Any]:
    """A reader of text that refuses what is no text."""
    return lambda name, value: (
        read(name, value) if isinstance(value, str) else Problem(name, repr(value), "text")
    )


def read_content(name: str, text: str) -> str | Problem:
    """The report as it is: marks of Arabic writing stay, a NUL byte is no text."""
    if "\x00" in text:
        return Problem(name, "", "text without NUL")
    if not SHORTEST <= len(text) <= LONGEST:
        return Problem(name, f"{len(text)} characters", f"text of {SHORTEST} to {LONGEST:,} characters")
    return text


def read_address(name: str, text: str) -> str | Problem:
    """A web address that a browser may follow."""
    clean = read_text(name, text, LONGEST_URL)
    if isinstance(clean, Problem):
        return clean
    try:
        parts = urlsplit(clean)
        good = parts.scheme in ("http", "https") and parts.hostname and not re.search(r"\s", clean)
    except ValueError:
        good = False
    return clean if good else Problem(name, text, WEB_ADDRESS)


READERS: dict[str, Callable[[str, Any], Any]] = {
    "content": text_of(read_content),
    "content_type": text_of(lambda name, text: read_choice(name, text, CONTENT_TYPES)),
    "title": text_of(lambda name, text: read_text(name, text, LONGEST_TITLE)),
    "url": text_of(read_address),
    "published_at": text_of(read_instant),
}
