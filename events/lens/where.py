"""What a query means on the copy: the same conditions as on the record, in the copy's columns.

A condition on a combined column is a list of codes. A condition that the copy cannot answer (shapes, full text, outlets,
single ids) becomes a set of version ids that PostgreSQL chooses first (`events.lens.chosen`).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import reduce
from typing import Any

from events.lens.chosen import chosen
from events.lens.columns import COMBINATION_OF, PLAIN
from events.lens.combinations import Combinations
from events.lens.estimating import SAID, VERSION, Columns, disputed_columns, figured
from events.lens.store import Store
from events.query.conditions import Always, AnyOf, Compared, Condition, InBox, Overlaps, Several
from events.query.estimating import Figures
from events.query.incidents import BoundQuery

# Up to so many runs of codes are compared as ranges.
RUNS = 24


@dataclass
class Where:
    """A condition on `copy.version`: SQL, its parameters, and the sets of version ids that it names."""

    sql: str
    params: list[Any] = field(default_factory=list)
    sets: dict[str, Any] = field(default_factory=dict)
    # What stands behind FROM: the copy's versions, with figures by the rule that is asked for.
    table: str = VERSION

    @property
    def key(self) -> tuple[Any, ...]:
        """Equal for conditions that mean the same."""
        return self.sql, tuple(map(repr, self.params)), tuple(map(id, self.sets.values())), self.table


@dataclass
class Asking:
    """Puts one query to one copy."""

    store: Store
    asked: BoundQuery
    sets: dict[str, Any] = field(default_factory=dict)

    def __post_init__(self) -> None:
        """Kinds that only the rule's figures know must have their codes before anybody lists codes."""
        if self.asked.figures is not None:
            self.said(self.asked.figures)

    def where(self, leave_out: str = "", without: str = "") -> Where:
        """The query's condition; `leave_out` names a filter, `without` a combination whose conditions are left out."""
        number = self.asked.known.number
        found = Where("known_from <= ? AND known_to > ?", [number, number])
        if self.asked.figures is not None:
            found.sets[SAID] = self.said(self.asked.figures)
            found.table = figured(self.store, self.asked.figures)
        for condition in self.asked.predicates(leave_out):
            if not (without and combination_of(condition) == without):
                self.add(found, condition)
        return found

    def said(self, figures: Figures) -> Columns:
        """The disputed versions' figures, kept for as long as this copy is."""
        if SAID not in self.sets:
            self.sets[SAID] = disputed_columns(self.store, figures)
        return self.sets[SAID]

    def admitted(self, name: str, leave_out: str = "") -> frozenset[int]:
        """The codes of a combination that the query's conditions on it admit."""
        combinations = self.combinations(name)
        conditions = [one for one in self.asked.predicates(leave_out) if combination_of(one) == name]
        everything = frozenset(range(len(combinations.known)))
        return reduce(frozenset.__and__, (codes(combinations, one) for one in conditions), everything)

    def combinations(self, name: str) -> Combinations:
        """The combinations of one column."""
        return self.store.units if name == "unit" else self.store.kinds

    def add(self, found: Where, condition: Condition) -> None:
        """Narrow `found` by one more condition."""
        found.sql += f" AND {self.emitted(found, condition)}"

    def emitted(self, found: Where, condition: Condition) -> str:
        """The condition's SQL on the copy; parameters and sets are put into `found`."""
        match condition:
            case Always():
                return "true"
            case AnyOf("event_type", values):
                # The one text of a combination that has a column of its own: a few numbers instead of hundreds of codes.
                known = enumerate(self.store.types)
                return in_codes("event_type", frozenset(code for code, text in known if text in values))
            case AnyOf() | Compared() if name := combination_of(condition):
                return in_codes(name, codes(self.combinations(name), condition))
            case Compared(column, operator, value) if column in PLAIN:
                found.params.append(value)
                return f"{column} {operator} ?"
            case InBox(west, south, east, north):
                found.params += [west, east, south, north]
                return "(longitude BETWEEN ? AND ? AND latitude BETWEEN ? AND ?)"
            case Overlaps("actor_roles", values):
                found.params.append(list(values))
                return "casting IN (SELECT casting FROM copy.casting_role WHERE role IN (SELECT unnest(?::INTEGER[])))"
            case Several(parts):
                return "(" + f" {condition.word} ".join(self.emitted(found, part) for part in parts) + ")"
        return self.by_version(found, condition)

    def by_version(self, found: Where, condition: Condition) -> str:
        """The condition as a set of version ids."""
        meant = f"{condition.sql} {condition.params!r}"
        if meant not in self.sets:
            self.sets[meant] = {"version_id": chosen(self.asked.known, condition)}
        name = f"chosen_{len(found.sets)}"
        found.sets[name] = self.sets[meant]
        return f"version_id IN (SELECT version_id FROM {name})"


def combination_of(condition: Condition) -> str:
    """The combined column that a condition is about; empty if it is about another one."""
    return COMBINATION_OF.get(condition.column, "") if isinstance(condition, (AnyOf, Compared)) else ""


def codes(combinations: Combinations, condition: Condition) -> frozenset[int]:
    """The codes of a combination that a condition on one of its columns admits."""
    if isinstance(condition, AnyOf):
        wanted = frozenset(condition.values)
        return combinations.codes(condition.column, wanted.__contains__)
    if isinstance(condition, Compared) and condition.operator == "=":
        text = as_text(condition.value)
        return combinations.codes(condition.column, lambda found: found == text)
    raise TypeError(f"{condition!r}: combined columns can be compared by = and by any of")


def as_text(value: Any) -> str:
    """A value as the record's SQL writes it as text."""
    return str(value).lower() if isinstance(value, bool) else str(value)


def in_codes(column: str, admitted: frozenset[int]) -> str:
    """The column is one of these codes, which are numbers of ours: as ranges where they stand together, else as bits.

    A list after IN takes three times as long.
    """
    listed = sorted(admitted)
    if not listed:
        return "false"
    runs = runs_of(listed)
    if len(runs) <= RUNS:
        return "(" + " OR ".join(f"{column} BETWEEN {first} AND {last}" for first, last in runs) + ")"
    behind = listed[-1] + 1
    bits = "".join("1" if code in admitted else "0" for code in range(behind + 1))
    # Codes made since then are not admitted; a bit that is not there would be an error.
    return f"get_bit('{bits}'::BIT, least({column}, {behind})::INTEGER) = 1"


def runs_of(ordered: Sequence[int]) -> list[tuple[int, int]]:
    """(first, last) of each run of neighbouring numbers."""
    runs: list[tuple[int, int]] = []
    for number in ordered:
        if runs and number == runs[-1][1] + 1:
            runs[-1] = (runs[-1][0], number)
        else:
            runs.append((number, number))
    return runs
