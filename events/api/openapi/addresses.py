"""The public addresses that this process answers, with the door behind each, read from Django's own URL patterns."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from django.urls import URLPattern, URLResolver, get_resolver

from events.contract.operations import Operation

# Below these every address is described; other doors may be.
DESCRIBED = ("/api/v1/", "/tiles/")
GROUP = re.compile(r"\(\?P<(\w+)>")


@dataclass(frozen=True)
class Address:
    """An address as OpenAPI writes it (`/api/v1/incidents/{public_id}`), and the pattern of each of its parameters."""

    path: str
    patterns: dict[str, str]
    operations: tuple[Operation, ...]


def addresses() -> list[Address]:
    """Every address that says what it answers."""
    return [found for found in every_address() if found.operations]


def undescribed() -> list[str]:
    """Public addresses that should say what they answer and don't."""
    return [
        found.path for found in every_address() if found.path.startswith(DESCRIBED) and not found.operations
    ]


def every_address() -> Iterator[Address]:
    """Every address, described or not; what catches the rest (`^api/`) is none."""
    for regex, callback in patterns(get_resolver().url_patterns, ""):
        if regex.endswith("$"):
            path, found = readable(regex.removesuffix("$"))
            yield Address("/" + path, found, operations_of(callback))


def patterns(
    entries: Iterable[URLPattern | URLResolver], before: str
) -> Iterator[tuple[str, Callable[..., Any]]]:
    """(regular expression from the first slash on, door) of every pattern."""
    for entry in entries:
        own = entry.pattern.regex.pattern.removeprefix("^").replace(r"\Z", "$").replace(r"\z", "$")
        if isinstance(entry, URLResolver):
            yield from patterns(entry.url_patterns, before + own)
        else:
            yield before + own, entry.callback


def operations_of(callback: Any) -> tuple[Operation, ...]:
    """What the door says of itself; a class is asked as it would be made for a request."""
    view = getattr(callback, "view_class", None)
    door = view(**callback.view_initkwargs) if view else callback
    said = getattr(door, "describes", ())
    return (said,) if isinstance(said, Operation) else tuple(said)


def readable(regex: str) -> tuple[str, dict[str, str]]:
    """`incidents/(?P<id>[A-Z]+)$` -> (`incidents/{id}`, {id: `[A-Z]+`})."""
    path, found, at = "", {}, 0
    while group := GROUP.search(regex, at):
        end = closing(regex, group.end())
        path += regex[at : group.start()] + "{" + group[1] + "}"
        found[group[1]] = regex[group.end() : end]
        at = end + 1
    return re.sub(r"\\(.)", r"\1", path + regex[at:]), found


def closing(regex: str, at: int) -> int:
    """Where the bracket that was opened just before `at` is closed."""
    depth = 1
    while depth:
        step = 2 if regex[at] == "\\" else 1
        depth += (regex[at] == "(") - (regex[at] == ")")
        at += step
    return at - 1
