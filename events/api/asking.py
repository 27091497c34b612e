"""What the history, claims and actors doors share in reading a request: their own parameters, each given once."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from django.http import HttpRequest

from conflict.kit.addresses import pairs_of
from conflict.kit.cursors import read_cursor, sign_cursor
from conflict.kit.problems import Problem, Refused, accepted, unknown_field
from events.query.filters import FILTERS
from events.query.incidents import BoundQuery, IncidentQuery
from events.record.known import known

Reader = Callable[[str, str], Any]
LARGEST = 2**31 - 1


def own(request: HttpRequest, readers: Mapping[str, tuple[Reader, Any]]) -> dict[str, Any]:
    """Parameters of the door itself as {name: (reader, default)}. Raises Refused with every problem."""
    found, problems = {}, []
    for name, (read, default) in readers.items():
        texts = request.GET.getlist(name)
        value = read(name, texts[0]) if texts else default
        if len(texts) > 1:
            value = Problem(name, ", ".join(texts), "given once")
        if isinstance(value, Problem):
            problems.append(value)
        found[name] = value
    if problems:
        raise Refused(problems)
    return found


def filtered(
    request: HttpRequest, own_names: Sequence[str], settings: Sequence[str], without: Sequence[str] = ()
) -> IncidentQuery:
    """The query of a door with parameters of its own; `without` names filters that mean nothing there."""
    names = [name for name in FILTERS if name not in without]
    refuse_others(request, (*names, *settings, *own_names))
    pairs = [pair for pair in pairs_of(request) if pair[0] not in own_names]
    return IncidentQuery.read(pairs, own_names, (), settings)


def refuse_others(request: HttpRequest, valid: Sequence[str]) -> None:
    """Refuse parameters that mean nothing here, naming those that do."""
    names = list(dict.fromkeys(valid))
    wrong = [unknown_field(name, text, names) for name, text in pairs_of(request) if name not in names]
    if wrong:
        raise Refused(wrong)


def moment(
    request: HttpRequest, own_names: Sequence[str] = (), settings: Sequence[str] = ("as_of", "lang")
) -> IncidentQuery:
    """The settings of a door that shows one thing, beside parameters of its own; filters are refused."""
    refuse_others(request, (*settings, *own_names))
    pairs = [pair for pair in pairs_of(request) if pair[0] not in own_names]
    return IncidentQuery.read(pairs, own_names, (), settings)


class Keyset:
    """The signed cursor of one door: good for the same door, filters and own parameters only."""

    def __init__(self, door: str, query: IncidentQuery, given: Mapping[str, Any]) -> None:
        self.subject = (
            f"{door}?{query.canonical}&{sorted((name, str(value)) for name, value in given.items())}"
        )

    def sign(self, number: int, after: Sequence[Any]) -> str:
        """The cursor that continues behind `after`, at publication `number`."""
        return sign_cursor(self.subject, [number, *after])

    def read(self, token: str | None) -> list[Any]:
        """[publication, position …]; empty without a cursor. Raises Refused."""
        return list(accepted(read_cursor(self.subject, token))) if token is not None else []


def pinned(query: IncidentQuery, position: Sequence[Any]) -> BoundQuery:
    """The query at the publication that the cursor was made at, else at the one asked for."""
    return BoundQuery(query, known(str(position[0]) if position else query.as_of))
