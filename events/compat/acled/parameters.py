"""A request in ACLED's words, read: comparisons on columns, `fields`, `limit`, `page`, `_format`.

What ACLED has no word for may be asked in ours (`as_of`, `bbox`, `actor`, `verification`, ...), as far as the names do not
clash; `country`, `event_type`, `admin1` and the like mean ACLED's columns here.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import TypeVar

from conflict.kit.choices import read_choice
from conflict.kit.numbers import read_int
from conflict.kit.problems import Problem, Refused, nearest_name, not_one_of, unknown_field
from events.compat.acled.columns import COLUMNS, Column
from events.compat.acled.comparing import ORDERING, Comparison
from events.query.filters import FILTERS
from events.query.incidents import ESTIMATE, LARGEST_LIMIT, WITH_ESTIMATE, IncidentQuery

T = TypeVar("T")
Pair = tuple[str, str]
# One comparison, or several of which any may hold: (column, comparison), ...
Clause = tuple[tuple[Column, Comparison], ...]

USUAL_LIMIT = 5000
LAST_PAGE = 1_000_000
FORMATS = ("json", "csv")
OR = ":OR:"
WHERE = "_where"
OWN = ("fields", "limit", "page", "_format", "terms")
OURS = tuple(name for name in (*FILTERS, "as_of", "lang", ESTIMATE) if name not in COLUMNS)
# What ACLED's servers ask for and nobody else may.
SECRETS = ("key", "email", "access_key", "access_token", "password", "username")


@dataclass(frozen=True)
class Request:
    """What is asked: any clause's part for every clause; `limit` None is everything; `page` counts from 1."""

    clauses: tuple[Clause, ...]
    columns: tuple[Column, ...]
    limit: int | None
    page: int
    format: str
    query: IncidentQuery


def read_request(pairs: Sequence[Pair], form: str) -> Request:
    """Read the pairs of an address; `form` is the format that the path names. Raises Refused with all problems."""
    reading = Reading(pairs)
    request = Request(
        clauses=tuple(reading.clauses()),
        columns=reading.columns(),
        limit=reading.whole("limit", 0, LARGEST_LIMIT, USUAL_LIMIT) or None,
        page=reading.whole("page", 1, LAST_PAGE, 1),
        format=reading.choice("_format", FORMATS, form),
        query=reading.rest(),
    )
    if request.limit is None and request.page > 1:
        reading.problems.append(Problem("page", request.page, "left out with limit=0, which is everything"))
    if reading.problems:
        raise Refused(reading.problems)
    return request


class Reading:
    """Reads one request, gathering every problem."""

    def __init__(self, pairs: Sequence[Pair]) -> None:
        self.pairs = list(pairs)
        self.problems: list[Problem] = [
            Problem(name, ", ".join(texts), "given once; A|B for either of two values")
            for name, texts in self.given().items()
            if len(texts) > 1 and name not in OURS
        ]
        self.refuse_unknown()

    def given(self) -> dict[str, list[str]]:
        """Name -> its texts."""
        found: dict[str, list[str]] = {}
        for name, text in self.pairs:
            found.setdefault(name, []).append(text)
        return found

    def refuse_unknown(self) -> None:
        """A misspelt column must never widen the answer, and nobody should hand their ACLED key to another site."""
        plain, comparisons = [*COLUMNS, *OWN, *OURS], [f"{name}{WHERE}" for name in COLUMNS]
        for name, text in self.pairs:
            valid = comparisons if name.endswith(WHERE) else plain
            if name in SECRETS:
                self.problems.append(
                    Problem(name, "(not shown)", "left out: this is not ACLED, no key is needed")
                )
            elif name not in valid:
                self.problems.append(unknown_field(name, text, valid))

    def text(self, name: str, default: str) -> str:
        """The text of a parameter."""
        return self.given().get(name, [default])[0]

    def whole(self, name: str, low: int, high: int, default: int) -> int:
        """A whole number."""
        return self.taken(read_int(name, self.text(name, str(default)), low, high), default)

    def choice(self, name: str, valid: Sequence[str], default: str) -> str:
        """One of a list."""
        return self.taken(read_choice(name, self.text(name, default), valid), default)

    def taken(self, read: T | Problem, default: T) -> T:
        """The value read, or the default beside a problem noted."""
        if isinstance(read, Problem):
            self.problems.append(read)
            return default
        return read

    def columns(self) -> tuple[Column, ...]:
        """The columns of `fields=a|b`; all when nothing is said."""
        text = self.text("fields", "")
        names = list(dict.fromkeys(text.split("|"))) if "fields" in self.given() else list(COLUMNS)
        self.problems += [not_one_of("fields", name, COLUMNS) for name in names if name not in COLUMNS]
        return tuple(COLUMNS[name] for name in names if name in COLUMNS)

    def clauses(self) -> Iterable[Clause]:
        """One clause per column asked for; `a=x:OR:b=y` is one clause of two."""
        for name, text in self.pairs:
            if name.endswith(WHERE) and name.removesuffix(WHERE) in COLUMNS:
                self.refuse_lonely(name, text)
            elif name in COLUMNS:
                parts = [self.comparison(*part) for part in self.parts(name, text)]
                yield tuple(part for part in parts if part is not None)

    def refuse_lonely(self, name: str, text: str) -> None:
        """A comparison without anything to compare with."""
        column = name.removesuffix(WHERE)
        if not any(column in (other, *mentioned(words)) for other, words in self.pairs):
            self.problems.append(Problem(name, text, f"together with {column}"))

    def parts(self, name: str, text: str) -> Iterable[Pair]:
        """(column, words) of a text with `:OR:` in it."""
        first, *others = text.split(OR)
        yield name, first
        for other in others:
            column, equals, words = other.partition("=")
            if equals and column in COLUMNS:
                yield column, words
            else:
                self.problems.append(
                    Problem(name, text, f"column=value after {OR}", nearest_name(column, COLUMNS))
                )

    def comparison(self, name: str, text: str) -> tuple[Column, Comparison] | None:
        """One comparison of a column with one value or several."""
        column = COLUMNS[name]
        operator = self.text(f"{name}{WHERE}", column.usual).upper()
        if operator not in column.operators:
            self.problems.append(not_one_of(f"{name}{WHERE}", operator, column.operators))
            return None
        values = [column.read(name, word) for word in text.split("|")]
        wrong = [value for value in values if isinstance(value, Problem)]
        wrong += [] if wrong else self.miscounted(name, operator, text, values)
        self.problems += wrong
        return None if wrong else (column, Comparison(operator, tuple(values)))

    def miscounted(self, name: str, operator: str, text: str, values: Sequence[object]) -> list[Problem]:
        """Too few or too many values for the comparison, or two that stand the wrong way round."""
        if operator == "BETWEEN" and (len(values) != 2 or values[0] > values[1]):  # type: ignore[operator]
            return [Problem(name, text, "two values a|b for BETWEEN, the smaller first")]
        if operator in ORDERING and len(values) != 1:
            return [Problem(name, text, f"one value for {operator}")]
        return [] if text else [Problem(name, text, "a value")]

    def rest(self) -> IncidentQuery:
        """What is asked in the words of our own query language."""
        try:
            return IncidentQuery.read(
                [pair for pair in self.pairs if pair[0] in OURS], settings=WITH_ESTIMATE
            )
        except Refused as refused:
            self.problems += refused.problems
            return IncidentQuery.read([])


def mentioned(words: str) -> list[str]:
    """The columns named behind `:OR:`."""
    return [part.partition("=")[0] for part in words.split(OR)[1:]]
