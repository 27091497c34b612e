"""Answers as OpenAPI writes them: what a door declares, and what every door may answer beside it."""

from __future__ import annotations

from http import HTTPStatus
from typing import Any

from events.contract.operations import Answer, Operation
from events.contract.schemas import shape, text, whole

PROBLEM = "application/problem+json"
HEADERS: dict[str, dict[str, Any]] = {
    "ETag": {"description": "Send it back in `If-None-Match`.", "schema": text()},
    "Cache-Control": {"description": "Keep it, and ask again whether it still holds.", "schema": text()},
    "X-Publication": {"description": "The publication that the answer is as of.", "schema": whole()},
    "Link": {
        "description": 'What was asked in one spelling (`rel="canonical"`); the next page (`next`), the licence (`license`).',
        "schema": text(),
    },
    "Location": {"description": "Where to look instead, or what became of it.", "schema": text()},
    "Content-Disposition": {"description": "A file name with the publication.", "schema": text()},
    "X-Estimate": {"description": "The rule of the figures and its version.", "schema": text()},
    "RateLimit": {"description": 'What is left: `"anonymous";r=590;t=42`.', "schema": text()},
    "RateLimit-Policy": {"description": 'The quota: `"anonymous";q=1200;w=60`.', "schema": text()},
    "Retry-After": {"description": "Seconds to wait.", "schema": whole(minimum=0)},
    "WWW-Authenticate": {"description": "How to send a key.", "schema": text()},
}
QUOTA = ("RateLimit", "RateLimit-Policy")
REFUSALS: dict[int, tuple[str, str, tuple[str, ...]]] = {
    400: (
        "BadRequest",
        "Something in the address is not valid: which field, which value, what is valid.",
        (),
    ),
    401: ("Unauthorized", "The key is unknown or was revoked.", ("WWW-Authenticate",)),
    403: ("Forbidden", "The key lacks the scope.", ()),
    404: ("NotFound", "There is no such thing.", ()),
    413: ("TooLarge", "The body is too large.", ()),
    415: ("UnsupportedMediaType", "The body is of another type.", ()),
    422: ("Unprocessable", "The idempotency key was used for another body.", ()),
    429: ("TooManyRequests", "The quota is used up.", (*QUOTA, "Retry-After")),
    503: ("Unavailable", "It took too long, or a part is out of order.", ("Retry-After",)),
}
EVERYWHERE = (400, 401, 429, 503)


def responses(operation: Operation) -> dict[str, Any]:
    """Every answer of an operation by status."""
    found = {answer.status: response(answer, operation) for answer in (operation.answer, *operation.others)}
    if operation.method == "get" and not operation.scope:
        found[304] = {"description": "Your copy is still good.", "headers": header_links(("ETag", *QUOTA))}
    for status in (*EVERYWHERE, *operation.refusals):
        found[status] = {"$ref": f"#/components/responses/{REFUSALS[status][0]}"}
    return {str(status): found[status] for status in sorted(found)}


def response(answer: Answer, operation: Operation) -> dict[str, Any]:
    """One answer."""
    kept = ("ETag", "Cache-Control", *(() if operation.fixed else ("X-Publication", "Link")))
    keeps = operation.method == "get" and answer.status == 200 and not operation.scope
    names = tuple(dict.fromkeys((*(kept if keeps else ()), *answer.headers, *QUOTA)))
    said: dict[str, Any] = {"description": answer.meaning, "headers": header_links(names)}
    if answer.schema is not None:
        content: dict[str, Any] = {"schema": answer.schema}
        if answer.example is not None:
            content["example"] = answer.example
        others = {media: {"schema": schema} for media, schema in answer.instead.items()}
        said["content"] = {answer.media: content, **others}
    return said


def header_links(names: tuple[str, ...]) -> dict[str, Any]:
    """Headers by reference to the components."""
    return {name: {"$ref": f"#/components/headers/{name}"} for name in names}


def refusal(status: int) -> dict[str, Any]:
    """A refusal as a component, with an example."""
    _, meaning, headers = REFUSALS[status]
    example = {
        "type": "about:blank",
        "title": HTTPStatus(status).phrase,
        "status": status,
        "detail": meaning,
        "problems": [EXAMPLE] if status == 400 else [],
    }
    return {
        "description": meaning,
        "headers": header_links(headers),
        "content": {PROBLEM: {"schema": shape("Refusal"), "example": example}},
    }


EXAMPLE = {
    "field": "contry",
    "value": "MLI",
    "valid": "a known name: country, admin1, …",
    "nearest": "country",
}
