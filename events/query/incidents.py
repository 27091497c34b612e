"""The query language: one object that every public door reads, applies, describes and writes back as a URL."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property
from typing import Any
from urllib.parse import urlencode

from conflict.kit.cursors import read_cursor, sign_cursor
from conflict.kit.numbers import read_int
from conflict.kit.problems import Problem, Refused, not_one_of, unknown_field
from conflict.kit.text import read_text
from events.claims.rules import REPORTED
from events.query.conditions import Condition, Predicate
from events.query.estimating import figures_for, read_estimate
from events.query.filters import FILTERS, Filter
from events.query.searching import rank_sql
from events.record.known import Known, known
from events.record.reading import VERSIONS, Source

LANGUAGES = ("en", "fr")
LIMIT = 100
LARGEST_LIMIT = 10_000
RELEVANCE = "-relevance"
# Sort orders: SQL expressions with their direction; the last one makes the order total.
ORDERS: dict[str, tuple[tuple[str, str], ...]] = {
    "-date": (("date_start", "DESC"), ("id", "DESC")),
    "date": (("date_start", "ASC"), ("id", "ASC")),
    "-fatalities": (("coalesce(fatalities_best, -1)", "DESC"), ("id", "DESC")),
    "-updated": (("known_from", "DESC"), ("id", "DESC")),
    # How well the words of `q` are found: the first expression is made for each question (`BoundQuery.order`).
    RELEVANCE: (("rank", "DESC"), ("id", "DESC")),
}
SETTINGS = ("as_of", "order", "limit", "cursor", "fields", "lang")
ON_FIGURES = frozenset({"fatalities_min", "fatalities_max", "contested"})
# Of a door that shows figures by any rule; where the parameter is not taken, it is refused.
ESTIMATE = "estimate"
WITH_ESTIMATE = (*SETTINGS, ESTIMATE)


@dataclass(frozen=True)
class IncidentQuery:
    """A question about incidents, as it was understood. Made by `read`; values are those of `FILTERS`."""

    values: dict[str, Any]
    texts: tuple[tuple[str, str], ...]
    as_of: str | None = None
    order: str = "-date"
    limit: int = LIMIT
    limit_given: bool = False
    cursor: str | None = None
    fields: tuple[str, ...] = ()
    lang: str = "en"
    estimate: str = REPORTED

    @classmethod
    def read(
        cls,
        pairs: Iterable[tuple[str, str]],
        extra: Sequence[str] = (),
        fields: Sequence[str] = (),
        settings: Sequence[str] = SETTINGS,
    ) -> IncidentQuery:
        """Read (name, text) pairs of a URL. Raises Refused listing everything that is wrong, with what is valid.

        `extra` are further parameters that the door reads itself; `fields` the names that `fields=` may pick;
        `settings` those that mean something here: a door that counts has no `limit`.
        """
        return Reading(list(pairs), tuple(extra), tuple(fields), tuple(settings)).query()

    @cached_property
    def canonical(self) -> str:
        """The filters, `as_of` and the rule of the figures in one spelling: sorted, encoded; what a cursor and a cache key stand for."""
        kept = list(self.texts) + ([("as_of", self.as_of)] if self.as_of else [])
        return urlencode(sorted([*kept, *self.rule]))

    @property
    def rule(self) -> list[tuple[str, str]]:
        """The rule of the figures as a parameter; nothing for the usual one."""
        return [] if self.estimate == REPORTED else [(ESTIMATE, self.estimate)]

    def without(self, name: str, value: str | None = None) -> str:
        """The query string without one filter (or one of its values): how a sentence's part is dropped."""
        kept = [
            (key, text) for key, text in self.texts if key != name or (value is not None and text != value)
        ]
        return urlencode(kept + ([("as_of", self.as_of)] if self.as_of and name != "as_of" else []))

    def bound(self) -> BoundQuery:
        """Find the publication that is asked for. Raises Refused for an unknown `as_of` or actor."""
        pinned = self.cursor_values()
        found = known(str(pinned[0]) if pinned else self.as_of)
        return BoundQuery(self, found, tuple(pinned[1:]))

    def cursor_values(self) -> list[Any]:
        """[publication, sort values …] of the cursor; empty without one. Raises Refused."""
        if self.cursor is None:
            return []
        values = read_cursor(self.cursor_subject, self.cursor)
        if isinstance(values, Problem):
            raise Refused(values)
        return list(values)

    @property
    def cursor_subject(self) -> str:
        """What a cursor is bound to: filters, `as_of` and order."""
        return f"{self.canonical}&order={self.order}"


class BoundQuery:
    """A query at a known publication: the SQL it means. Raises Refused for an actor that is not known then.

    Its conditions and order hold on `source`, where the figures follow the rule that was asked for.

    That is found out here and not when the SQL is asked for: an export has sent its first bytes by then.
    """

    def __init__(self, asked: IncidentQuery, at: Known, after: tuple[Any, ...] = ()) -> None:
        self.asked, self.known, self.after = asked, at, after
        self.values = asked.values
        self.figures = figures_for(asked.estimate, at)
        self.conditions: dict[str, Condition] = {
            name: build(value, self) for name, value in self.values.items() if (build := FILTERS[name].build)
        }

    @property
    def source(self) -> Source:
        """What stands behind FROM."""
        return VERSIONS if self.figures is None else self.figures.relation

    @property
    def page_source(self) -> Source:
        """The same for a page, which reads few rows; as stored where neither filters nor order go by figures."""
        if self.figures is None or not self.by_figures:
            return VERSIONS
        return self.figures.relation if self.asked.order == "-fatalities" else self.figures.looked_up

    @property
    def key(self) -> tuple[str, int, datetime | None]:
        """What a number under this query depends on; only a redaction, which brings a new stamp, changes the past."""
        return self.asked.canonical, self.known.number, self.known.stamp

    @property
    def by_figures(self) -> bool:
        """Whether filters or the order go by figures."""
        return self.asked.order == "-fatalities" or not ON_FIGURES.isdisjoint(self.values)

    def predicates(self, leave_out: str = "") -> list[Condition]:
        """One predicate per filter; `leave_out` names a filter to ignore (a facet counts under the others)."""
        return [condition for name, condition in self.conditions.items() if name != leave_out]

    def where(self, leave_out: str = "") -> Predicate:
        """The condition on `record.incident_version`: known then, published, and every filter."""
        parts = [
            Predicate("known_from <= %s AND known_to > %s", (self.known.number, self.known.number)),
            Predicate("state = 'published'"),
            *self.predicates(leave_out),
        ]
        return joined(parts)

    def page(self) -> Predicate:
        """`where`, and behind the row that the cursor names."""
        return joined([self.where(), self.behind()]) if self.after else self.where()

    @property
    def order(self) -> tuple[tuple[str, str], ...]:
        """The order asked: SQL expressions with their direction."""
        if self.asked.order != RELEVANCE:
            return ORDERS[self.asked.order]
        return ((rank_sql(self.values["q"], self.known), "DESC"), *ORDERS[RELEVANCE][1:])

    def behind(self) -> Predicate:
        """Rows after the cursor's in the order asked; a row comparison, so that one index serves it."""
        order = self.order
        columns = ", ".join(expression for expression, _ in order)
        operator = "<" if order[0][1] == "DESC" else ">"
        marks = ", ".join("%s" for _ in order)
        return Predicate(f"({columns}) {operator} ({marks})", self.after)

    def order_by(self) -> str:
        """The ORDER BY of the order asked."""
        return ", ".join(f"{expression} {direction}" for expression, direction in self.order)

    def sort_columns(self) -> str:
        """The sort values of a row, as select list; the cursor of the next page is made of them."""
        return ", ".join(expression for expression, _ in self.order)

    def cursor_behind(self, sort_values: Sequence[Any]) -> str:
        """The cursor that continues after a row with these sort values, pinned to this publication."""
        plain = [value if isinstance(value, (int, str)) else str(value) for value in sort_values]
        return sign_cursor(self.asked.cursor_subject, [self.known.number, *plain])


def joined(parts: Iterable[Condition]) -> Predicate:
    """All of these conditions."""
    found = list(parts)
    return Predicate(
        " AND ".join(f"({part.sql})" for part in found),
        tuple(param for part in found for param in part.params),
    )


class Reading:
    """Reads one set of parameters, gathering every problem before it refuses."""

    def __init__(
        self,
        pairs: list[tuple[str, str]],
        extra: tuple[str, ...],
        fields: tuple[str, ...],
        settings: tuple[str, ...],
    ) -> None:
        self.given: dict[str, list[str]] = {}
        for name, text in pairs:
            self.given.setdefault(name, []).append(text)
        self.extra, self.fields, self.settings = extra, fields, settings
        self.problems: list[Problem] = []

    def query(self) -> IncidentQuery:
        """The query. Raises Refused with all problems."""
        self.refuse_unknown()
        values = {name: value for name in FILTERS if (value := self.filter(FILTERS[name])) is not None}
        self.check_together(values)
        query = IncidentQuery(
            values=values,
            texts=tuple((name, text) for name in FILTERS for text in sorted(set(self.given.get(name, [])))),
            as_of=self.setting("as_of", lambda name, text: read_text(name, text, 40), None),
            order=self.setting(
                "order",
                lambda name, text: text if text in ORDERS else not_one_of(name, text, ORDERS),
                "-date",
            ),
            limit=self.setting("limit", lambda name, text: read_int(name, text, 1, LARGEST_LIMIT), LIMIT),
            limit_given="limit" in self.given,
            cursor=self.setting("cursor", lambda name, text: text, None),
            fields=self.setting("fields", self.read_fields, ()),
            lang=self.setting(
                "lang",
                lambda name, text: text if text in LANGUAGES else not_one_of(name, text, LANGUAGES),
                "en",
            ),
            estimate=self.setting(ESTIMATE, read_estimate, REPORTED),
        )
        if query.order == RELEVANCE and "q" not in values:
            self.problems.append(Problem("order", RELEVANCE, "together with q"))
        if self.problems:
            raise Refused(self.problems)
        return query

    def refuse_unknown(self) -> None:
        """A misspelt filter must never widen the answer."""
        valid = [*FILTERS, *self.settings, *self.extra]
        self.problems += [
            unknown_field(name, texts[0], valid) for name, texts in self.given.items() if name not in valid
        ]

    def filter(self, item: Filter) -> Any:
        """The value of one filter, a tuple where it is repeatable; None when it is not asked for."""
        texts = self.given.get(item.name)
        if texts is None:
            return None
        if not item.repeatable:
            return self.single(item.name, item.read)
        values = [item.read(item.name, text) for text in sorted(set(texts))]
        self.problems += [value for value in values if isinstance(value, Problem)]
        return tuple(values)

    def setting(self, name: str, read: Any, default: Any) -> Any:
        """The value of one setting."""
        return default if name not in self.given else self.single(name, read)

    def single(self, name: str, read: Any) -> Any:
        """A parameter that may stand once."""
        texts = self.given[name]
        if len(texts) > 1:
            self.problems.append(Problem(name, ", ".join(texts), "given once"))
            return None
        value = read(name, clean) if isinstance(clean := read_text(name, texts[0], 20_000), str) else clean
        if isinstance(value, Problem):
            self.problems.append(value)
            return None
        return value

    def read_fields(self, name: str, text: str) -> Any:
        """`fields=a,b`: names of the door's own list."""
        names = tuple(dict.fromkeys(text.split(",")))
        wrong = [word for word in names if word not in self.fields]
        return not_one_of(name, wrong[0], self.fields) if wrong else names

    def check_together(self, values: dict[str, Any]) -> None:
        """Filters that contradict each other."""
        if "within_km" in values and "near" not in values:
            self.problems.append(
                Problem("within_km", values["within_km"], "together with near=longitude,latitude")
            )
        if "lineage" in values and "actor" not in values:
            self.problems.append(Problem("lineage", values["lineage"], "together with actor"))
        for low, high, right in (
            ("since", "until", "not before"),
            ("fatalities_min", "fatalities_max", "not less than"),
        ):
            if low in values and high in values and values[low] > values[high]:
                self.problems.append(Problem(high, values[high], f"{right} {low}, which is {values[low]}"))
