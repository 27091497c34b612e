"""The OpenAPI 3.1 document: built from the tables of the code and from what each door says of itself."""

from __future__ import annotations

import re
from collections import Counter
from functools import cache
from typing import Any

import orjson

from events.api.openapi.addresses import Address, addresses
from events.api.openapi.responses import HEADERS, REFUSALS, refusal, responses
from events.contract.operations import Link, Operation, Parameter
from events.contract.reports import REPORT_ADDRESSES
from events.contract.shapes import COMPONENTS

TITLE = "Sahel Conflict Tracker"
MEANING = """Armed conflict in the Sahel as published, every claim beside the others, every answer repeatable.

**One query language.** The same filters on every address that lists, counts or draws. An unknown or misspelt
parameter is refused, so nobody receives the whole Sahel by a slip.

**Repeatable.** `as_of` (a publication number, a release's name, a day, an instant) answers as the record stood then.

**Paging.** Follow `next`; a cursor stays at its publication while the record goes on.

**Keeping copies.** Send `ETag` back in `If-None-Match`; unchanged answers cost nothing (304). `changes` says what each
publication changed.

**Quotas.** `RateLimit` headers say what is left; a key has a larger quota. 429 says when to come back.

**Refusals** are problem documents (RFC 9457) that name each field, the value, what is valid and the nearest name.

`HEAD` answers wherever `GET` does, `OPTIONS` names the methods; every origin may read.
"""
TAGS = {
    "Incidents": "What happened, page by page, whole, and one by one.",
    "Claims": "Who says what about whom.",
    "Counts": "How much happened, over time and by value.",
    "Actors": "Who there is.",
    "Places": "What p-codes mean.",
    "Sources": "Who is cited.",
    "History": "What was published when, and what it changed.",
    "Tiles": "Vector tiles for maps.",
    "Reports": "Partners hand in reports.",
    "About": "This document.",
}
SECURITY = {
    "bearer": {"type": "http", "scheme": "bearer", "description": "A key of ours."},
    "key": {"type": "apiKey", "in": "header", "name": "X-API-Key", "description": "The same key."},
}
LICENCE = {"name": "CC BY 4.0", "identifier": "CC-BY-4.0"}


@cache
def document_bytes() -> bytes:
    """The document as it is served. Nothing in it changes while the process lives."""
    return orjson.dumps(document())


def document() -> dict[str, Any]:
    """The whole document."""
    every = described()
    shared = shared_parameters(every)
    return {
        "openapi": "3.1.0",
        "info": {"title": TITLE, "version": "1", "description": MEANING, "license": LICENCE},
        "servers": [{"url": "/"}],
        "tags": [{"name": name, "description": meaning} for name, meaning in TAGS.items()],
        "paths": {found.path: path_item(found, shared) for found in every},
        "components": {
            "schemas": dict(COMPONENTS),
            "parameters": {name: parameter(item) for name, item in shared.items()},
            "responses": {REFUSALS[status][0]: refusal(status) for status in REFUSALS},
            "headers": HEADERS,
            "securitySchemes": SECURITY,
        },
    }


def described() -> list[Address]:
    """What this process answers, and the doors for partners, which another process of the same site may answer."""
    here = {found.path: found for found in addresses()}
    elsewhere = {
        path: Address(path, dict(patterns), operations)
        for path, (patterns, operations) in REPORT_ADDRESSES.items()
    }
    return [found for _, found in sorted((elsewhere | here).items())]


def shared_parameters(every: list[Address]) -> dict[str, Parameter]:
    """Parameters that several operations have in the same words, by name; the commonest of each name."""
    seen = Counter(
        repr(item) for found in every for operation in found.operations for item in operation.parameters
    )
    kept: dict[str, Parameter] = {}
    for item in (item for found in every for operation in found.operations for item in operation.parameters):
        if seen[repr(item)] > 1 and (item.name not in kept or seen[repr(item)] > seen[repr(kept[item.name])]):
            kept[item.name] = item
    return kept


def path_item(found: Address, shared: dict[str, Parameter]) -> dict[str, Any]:
    """Every method of one address."""
    return {one.method: operation(found, one, shared) for one in found.operations}


def operation(found: Address, one: Operation, shared: dict[str, Parameter]) -> dict[str, Any]:
    """One method of one address."""
    said: dict[str, Any] = {
        "operationId": operation_id(found.path, one.method),
        "tags": [one.tag],
        "summary": one.summary,
        **({"description": one.meaning} if one.meaning else {}),
        "parameters": [
            *(path_parameter(name, pattern, one) for name, pattern in found.patterns.items()),
            *(reference(item, shared) for item in one.parameters),
        ],
        "responses": responses(one),
        "security": [{"bearer": []}, {"key": []}] if one.scope else [{}, {"bearer": []}, {"key": []}],
    }
    if one.links:
        said["responses"][str(one.answer.status)]["links"] = {item.name: link(item) for item in one.links}
    return said | body_of(one)


def operation_id(path: str, method: str) -> str:
    """`/api/v1/incidents/{public_id}/versions` -> `getIncidentsPublicIdVersions`."""
    words = re.findall(r"[A-Za-z0-9]+", path.removeprefix("/api/v1/"))
    return method + "".join(word[:1].upper() + word[1:] for word in words)


def path_parameter(name: str, pattern: str, one: Operation) -> dict[str, Any]:
    """A parameter inside the address; its pattern is the URL pattern's own."""
    meaning, example = one.path[name]
    number = pattern == "[0-9]+"
    schema = {"type": "integer", "minimum": 0} if number else {"type": "string", "pattern": f"^{pattern}$"}
    value: Any = int(example) if number else example
    return {
        "name": name,
        "in": "path",
        "required": True,
        "description": meaning,
        "schema": schema,
        "example": value,
    }


def reference(item: Parameter, shared: dict[str, Parameter]) -> dict[str, Any]:
    """A parameter by reference where it is shared, else in full."""
    if shared.get(item.name) == item:
        return {"$ref": f"#/components/parameters/{item.name}"}
    return parameter(item)


def parameter(item: Parameter) -> dict[str, Any]:
    """A parameter."""
    said: dict[str, Any] = {
        "name": item.name,
        "in": item.place,
        "description": item.meaning,
        "schema": item.schema,
        "required": item.required,
    }
    if item.schema.get("type") == "array":
        said |= {"style": "form", "explode": not item.listed}
    return said if item.example is None else said | {"example": item.example}


def link(item: Link) -> dict[str, Any]:
    """Where an answer leads."""
    return {"operationId": operation_id(item.path, "get"), "parameters": dict(item.parameters)}


def body_of(one: Operation) -> dict[str, Any]:
    """What is sent with the request."""
    if one.body is None:
        return {}
    content: dict[str, Any] = {"schema": one.body.schema}
    if one.body.example is not None:
        content["example"] = one.body.example
    return {
        "requestBody": {
            "required": True,
            "description": one.body.meaning,
            "content": {one.body.media: content},
        }
    }
