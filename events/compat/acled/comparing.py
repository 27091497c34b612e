"""ACLED's comparisons: `column=value`, with `column_where` one of =, !=, <, <=, >, >=, LIKE, BETWEEN, and `A|B` for either.

LIKE finds the words anywhere, `%` in them stands for anything; texts are compared without regard to case. A comparison
can be made here, on a value, or written as SQL on an expression: both mean the same.
"""

from __future__ import annotations

import operator
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from events.query.conditions import Predicate

ORDERING: dict[str, Callable[[Any, Any], bool]] = {
    "<": operator.lt,
    "<=": operator.le,
    ">": operator.gt,
    ">=": operator.ge,
}
TEXT_OPERATORS = ("=", "!=", "LIKE")
NUMBER_OPERATORS = ("=", "!=", *ORDERING, "BETWEEN")


@dataclass(frozen=True)
class Comparison:
    """What is asked of one column; `values` are texts, or numbers and dates, several for either of them."""

    operator: str
    values: tuple[Any, ...]

    def holds(self, value: Any) -> bool:
        """Whether a value fulfils it; a missing one (None) never does."""
        if value is None:
            return False
        if isinstance(value, str):
            return self.holds_for_text(value)
        if self.operator == "BETWEEN":
            low, high = self.values
            return bool(low <= value <= high)
        if self.operator in ORDERING:
            return ORDERING[self.operator](value, self.values[0])
        return (value in self.values) == (self.operator == "=")

    def holds_for_text(self, text: str) -> bool:
        """Whether a text fulfils it."""
        if self.operator == "LIKE":
            return any(contains(text.lower(), value.lower()) for value in self.values)
        return (text.lower() in {value.lower() for value in self.values}) == (self.operator == "=")

    def on_text(self, expression: str) -> Predicate:
        """The same, asked of a text in the record; a missing text is an empty one."""
        if self.operator == "LIKE":
            return Predicate(f"coalesce({expression}, '') ILIKE ANY(%s)", (likes(self.values),))
        lower = [value.lower() for value in self.values]
        denied = "NOT " if self.operator == "!=" else ""
        return Predicate(f"{denied}lower(coalesce({expression}, '')) = ANY(%s)", (lower,))

    def on_number(self, expression: str) -> Predicate:
        """The same, asked of a number or a date in the record; a missing one fulfils nothing."""
        if self.operator == "BETWEEN":
            return Predicate(f"{expression} BETWEEN %s AND %s", self.values)
        if self.operator in ORDERING:
            return Predicate(f"{expression} {self.operator} %s", self.values)
        several = "= ANY(%s)" if self.operator == "=" else "<> ALL(%s)"
        return Predicate(f"{expression} {several}", (list(self.values),))


def contains(text: str, words: str) -> bool:
    """Whether the parts of `words` between `%` stand in the text one after the other; linear in both."""
    place = 0
    for part in words.split("%"):
        found = text.find(part, place)
        if found < 0:
            return False
        place = found + len(part)
    return True


def likes(values: Sequence[str]) -> list[str]:
    """Patterns for SQL's LIKE that mean the same; only `%` stands for something."""
    escaped = (value.replace("\\", "\\\\").replace("_", "\\_") for value in values)
    return [f"%{value}%" for value in escaped]
