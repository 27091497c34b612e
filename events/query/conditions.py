"""What a filter asks of a version, said once: the record answers it as SQL, the lens in its own way.

Every condition has `sql` and `params` for PostgreSQL, on the columns of `record.incident_version`. Those of the
classes below also say what they mean, so that `events.lens` can put the same question to its columnar copy;
a bare `Predicate` says nothing but its SQL, and the lens asks PostgreSQL which versions fulfil it.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, ClassVar, Protocol


class Condition(Protocol):
    """A condition with its parameters, in the order of their placeholders."""

    @property
    def sql(self) -> str:
        """The condition for PostgreSQL, with %s for each parameter."""

    @property
    def params(self) -> tuple[Any, ...]:
        """The parameters."""


@dataclass(frozen=True)
class Predicate:
    """A condition that only PostgreSQL can answer: shapes, full text, folded names."""

    sql: str
    params: tuple[Any, ...] = ()


@dataclass(frozen=True)
class Always:
    """No condition at all."""

    sql: str = "true"
    params: tuple[Any, ...] = ()


@dataclass(frozen=True)
class AnyOf:
    """The text column is one of the values."""

    column: str
    values: tuple[str, ...]

    @property
    def sql(self) -> str:
        """Equality with any element of one array parameter; with one value plain, so that an index can also order."""
        return f"{self.column} = %s" if len(self.values) == 1 else f"{self.column} = ANY(%s::text[])"

    @property
    def params(self) -> tuple[Any, ...]:
        """The value, or the values as one array."""
        return (self.values[0] if len(self.values) == 1 else list(self.values),)


@dataclass(frozen=True)
class Compared:
    """The column stands in a relation (=, >=, <=) to the value; a missing value stands in none."""

    column: str
    operator: str
    value: Any

    @property
    def sql(self) -> str:
        """The comparison."""
        return f"{self.column} {self.operator} %s"

    @property
    def params(self) -> tuple[Any, ...]:
        """The value."""
        return (self.value,)


@dataclass(frozen=True)
class Overlaps:
    """The array column has an element in common with the values."""

    column: str
    values: tuple[Any, ...]
    element: str

    @property
    def sql(self) -> str:
        """The operator that a GIN index serves."""
        return f"{self.column} && %s::{self.element}[]"

    @property
    def params(self) -> tuple[Any, ...]:
        """The values as one array."""
        return (list(self.values),)


@dataclass(frozen=True)
class InBox:
    """The public point lies in the box (degrees), edges included."""

    west: float
    south: float
    east: float
    north: float

    @property
    def sql(self) -> str:
        """The index finds candidates by rounded boxes; the columns decide."""
        return (
            "geom && ST_MakeEnvelope(%s, %s, %s, %s, 4326)"
            " AND longitude BETWEEN %s AND %s AND latitude BETWEEN %s AND %s"
        )

    @property
    def params(self) -> tuple[Any, ...]:
        """West, south, east, north; west, east, south, north."""
        return (
            *(self.west, self.south, self.east, self.north),
            *(self.west, self.east, self.south, self.north),
        )


@dataclass(frozen=True)
class Several:
    """Conditions joined by a word of SQL."""

    parts: tuple[Condition, ...]
    word: ClassVar[str]

    @property
    def sql(self) -> str:
        """The parts, joined."""
        return "(" + f" {self.word} ".join(part.sql for part in self.parts) + ")"

    @property
    def params(self) -> tuple[Any, ...]:
        """The parts' parameters in turn."""
        return tuple(param for part in self.parts for param in part.params)


@dataclass(frozen=True)
class Either(Several):
    """At least one of these conditions holds."""

    word: ClassVar[str] = "OR"


@dataclass(frozen=True)
class Every(Several):
    """All of these conditions hold."""

    word: ClassVar[str] = "AND"
