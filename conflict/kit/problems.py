"""The one refusal of the house: what is wrong, field by field, and what would be right.

Readers of user input (numbers, dates, geometry, ...) return a value or a `Problem`, so that one request can
be told everything that is wrong with it at once. Verbs and queries raise `Refused` with all of them. Doors
turn `Refused` into an RFC 9457 problem document, a form error or a line on the terminal.
"""

from __future__ import annotations

import difflib
from collections.abc import Iterable
from dataclasses import dataclass
from http import HTTPStatus
from typing import TypeVar

T = TypeVar("T")

LONGEST_SHOWN = 120
UNNAMED = "(no name)"


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing wrong: the field, the value that was given, and in words what is valid there.

    `nearest` is the valid name that the value probably meant, empty when none is near.
    """

    field: str
    value: object
    valid: str
    nearest: str = ""

    def as_dict(self) -> dict[str, str | int | float | bool | None]:
        """JSON-safe: long text is cut, anything unusual is written as text."""
        said: dict[str, str | int | float | bool | None] = {
            "field": self._name(),
            "value": _json_safe(self.value),
            "valid": self.valid,
        }
        if self.nearest:
            said["nearest"] = self.nearest
        return said

    def _name(self) -> str:
        """The field's name; of a parameter sent without one (`?=1`), words that say so."""
        return _shown(self.field) or UNNAMED

    def __str__(self) -> str:
        hint = f" (did you mean {self.nearest}?)" if self.nearest else ""
        return f"{self._name()}: {_json_safe(self.value)!r} is refused; valid: {self.valid}{hint}"


class Refused(Exception):
    """A request or command that cannot be carried out as asked. Nothing has been changed when it is
    raised."""

    def __init__(self, problems: Problem | Iterable[Problem], status: int = 400, title: str = "") -> None:
        self.problems: tuple[Problem, ...] = (problems,) if isinstance(problems, Problem) else tuple(problems)
        self.status = status
        self.title = title or HTTPStatus(status).phrase
        super().__init__(self.title, self.problems)

    def __str__(self) -> str:
        return "; ".join(str(problem) for problem in self.problems) or self.title

    def as_problem_json(self) -> dict[str, object]:
        """The RFC 9457 document, with our own member `problems` (field, value, valid, perhaps nearest)."""
        return {
            "type": "about:blank",
            "title": self.title,
            "status": self.status,
            "detail": str(self),
            "problems": [problem.as_dict() for problem in self.problems],
        }


def accepted(reading: T | Problem) -> T:
    """The value of a reading, or `Refused` with its problem: for callers who have only one thing to check."""
    if isinstance(reading, Problem):
        raise Refused(reading)
    return reading


def nearest_name(word: str, valid: Iterable[str]) -> str:
    """The valid name most like `word`, or empty text when none is like it."""
    names = {name.casefold(): name for name in valid}
    found = difflib.get_close_matches(word[:LONGEST_SHOWN].casefold(), names, n=1, cutoff=0.6)
    return names[found[0]] if found else ""


def not_one_of(field: str, value: str, valid: Iterable[str]) -> Problem:
    """The problem of a value outside a closed list."""
    names = list(valid)
    return Problem(field, value, "one of " + ", ".join(names), nearest_name(value, names))


def unknown_field(field: str, value: object, valid: Iterable[str]) -> Problem:
    """The problem of a field, parameter or column that does not exist."""
    names = list(valid)
    if not names:
        return Problem(field, value, "left out: nothing can be asked for here")
    return Problem(field, value, "a known name: " + ", ".join(names), nearest_name(field, names))


def _json_safe(value: object) -> str | int | float | bool | None:
    if value is None or isinstance(value, bool):
        return value
    if isinstance(value, int) and abs(value) < 2**53:
        return value
    if isinstance(value, float) and abs(value) < 1e300:
        return value
    return _shown(value)


def _shown(value: object) -> str:
    # A huge int cannot be written as text (Python's digit limit), a lone surrogate cannot be encoded.
    text = hex(value) if isinstance(value, int) else str(value)
    text = text if len(text) <= LONGEST_SHOWN else text[: LONGEST_SHOWN - 1] + "…"
    return text.encode("utf-8", "replace").decode("utf-8")
