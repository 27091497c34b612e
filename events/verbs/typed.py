"""What a person typed into a form of the review, read value by value; everything that is wrong is said at once."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from conflict.kit.codes import Code
from conflict.kit.dates import read_date, read_partial_date
from conflict.kit.numbers import read_int
from conflict.kit.problems import Problem, not_one_of
from events.verbs.naming import actor_named

Typed = Mapping[str, str]
LARGEST_FIGURE = 10_000_000


class Reader:
    """Collects what is wrong with the values typed for one field, so that all of it is said at once."""

    def __init__(self, typed: Typed) -> None:
        self.typed = typed
        self.problems: list[Problem] = []

    def text(self, name: str) -> str:
        """What was typed."""
        return self.typed.get(name, "").strip()

    def take(self, reading: Any) -> Any:
        """A reading, or None with its problem kept."""
        if isinstance(reading, Problem):
            self.problems.append(reading)
            return None
        return reading

    def code(self, name: str, codes: type[Code], optional: bool = False) -> str:
        """A code of a list."""
        value = self.text(name)
        if not (value in codes.values() or (optional and not value)):
            self.problems.append(not_one_of(name, value, codes.values()))
        return value

    def number(self, name: str) -> int | None:
        """A whole number, or nothing."""
        value = self.text(name)
        found: int | None = self.take(read_int(name, value, 0, LARGEST_FIGURE)) if value else None
        return found

    def day(self, name: str) -> date | None:
        """A day."""
        found: date | None = self.take(read_date(name, self.text(name)))
        return found

    def partial_day(self, name: str, optional: bool = False) -> str:
        """A day, a month or a year."""
        value = self.text(name)
        if value or not optional:
            self.take(read_partial_date(name, value))
        return value

    def line(self, name: str, longest: int, optional: bool = False) -> str:
        """Words in one line."""
        value = " ".join(self.text(name).split())
        if len(value) > longest or not (value or optional):
            self.problems.append(Problem(name, value, f"{0 if optional else 1} to {longest} characters"))
        return value

    def actor(self, name: str, optional: bool = False) -> str:
        """The slug of an actor of the registry."""
        value = self.text(name)
        found = self.take(actor_named(name, value)) if value or not optional else None
        return found.slug if found else ""

    def actors(self, name: str) -> list[str]:
        """Slugs of actors, commas between what was typed."""
        typed = [one for one in self.text(name).split(",") if one.strip()]
        found = [self.take(actor_named(name, one)) for one in typed]
        return [one.slug for one in found if one]
