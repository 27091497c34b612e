"""What a door declares of itself, beside its code: parameters, answers, refusals. `events.api.openapi` writes it out.

A class of a door has `describes = Operation(...)` (or several, one per method); a function wears `@described(...)`.
A test fails when a public address is not described, or when what is described is not what the door reads.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any, TypeVar

from events.contract.schemas import Schema

Door = TypeVar("Door", bound=Callable[..., Any])
JSON = "application/json"


@dataclass(frozen=True)
class Parameter:
    """One parameter. `place` is query or header; `listed`: several values in one text, with commas between them."""

    name: str
    meaning: str
    schema: Schema
    example: Any = None
    place: str = "query"
    required: bool = False
    listed: bool = False


@dataclass(frozen=True)
class Answer:
    """What comes back with one status: a schema (none: no body), and headers beside the usual ones.

    `instead` are other media types, with their schemas, that a parameter asks for.
    """

    meaning: str
    schema: Schema | None = None
    media: str = JSON
    status: int = 200
    headers: tuple[str, ...] = ()
    example: Any = None
    instead: Mapping[str, Schema] = field(default_factory=dict)


@dataclass(frozen=True)
class Body:
    """What is sent with a request."""

    meaning: str
    schema: Schema
    example: Any = None
    media: str = JSON


@dataclass(frozen=True)
class Link:
    """Where an answer leads: the address's pattern, and which expression gives which of its parameters."""

    name: str
    path: str
    parameters: Mapping[str, str]


@dataclass(frozen=True)
class Operation:
    """One method of one address.

    `path` tells what the parameters inside the address are, with an example each. `refusals` are the statuses beside
    those that every door has (400, 401, 429, 503). `scope` is the scope that a key must have; empty: no key needed.
    `fixed` answers depend on no publication: they have no ETag of the record.
    """

    tag: str
    summary: str
    answer: Answer
    meaning: str = ""
    parameters: tuple[Parameter, ...] = ()
    path: Mapping[str, tuple[str, str]] = field(default_factory=dict)
    others: tuple[Answer, ...] = ()
    refusals: tuple[int, ...] = ()
    method: str = "get"
    body: Body | None = None
    scope: str = ""
    fixed: bool = False
    links: tuple[Link, ...] = ()


def described(*operations: Operation) -> Callable[[Door], Door]:
    """Let a door that is a function say what it answers."""

    def wear(door: Door) -> Door:
        door.describes = operations  # type: ignore[attr-defined]
        return door

    return wear
