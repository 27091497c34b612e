"""ACLED's columns in their order, filled from our record: each one's value, and what asking for it means.

Columns that are a function of codes (types, countries, precisions, kinds of actors) are compared here, code by code, and
asked of the record as those codes, so that its indexes serve; texts and numbers are compared by the record.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from conflict.kit.dates import read_date
from conflict.kit.numbers import read_float, read_int
from conflict.kit.text import read_text
from events.codes import SUBTYPES as SUBTYPES_OF
from events.codes import DatePrecision, LocationPrecision
from events.compat.acled import codes
from events.compat.acled.comparing import NUMBER_OPERATORS, TEXT_OPERATORS, Comparison
from events.compat.acled.sides import A, B, Side, ids_of_inter, inter
from events.countries import country_name
from events.query.conditions import Condition, Either, Predicate
from events.query.incidents import BoundQuery
from events.rows import Row, View

Asking = Callable[[Comparison, BoundQuery], Condition]
LONGEST = 2000
NEVER, ALWAYS = Predicate("false"), Predicate("true")


def read_words(name: str, text: str) -> Any:
    """Read a text; notes are longer than names."""
    return read_text(name, text, LONGEST)


@dataclass(frozen=True)
class Column:
    """One column: the record's columns that it needs, its value, what asking for it means, how asked values are read
    and which comparison is meant when none is said."""

    name: str
    needs: tuple[str, ...]
    value: Callable[[Row, View], Any]
    asked: Asking
    read: Callable[[str, str], Any] = read_words
    usual: str = "="
    operators: tuple[str, ...] = TEXT_OPERATORS


def number(low: int, high: int) -> Callable[[str, str], Any]:
    """Read a whole number."""
    return lambda name, text: read_int(name, text, low, high)


def degrees(limit: float) -> Callable[[str, str], Any]:
    """Read a coordinate."""
    return lambda name, text: read_float(name, text, -limit, limit)


def either(parts: Iterable[Condition]) -> Condition:
    """Any of these; never, when there are none."""
    found = tuple(Predicate(f"({part.sql})", part.params) for part in parts)
    return Either(found) if found else NEVER


def text_column(name: str, expression: str, usual: str = "LIKE", alias: str = "") -> Column:
    """A text of the record; a missing one is empty."""
    key = alias or expression
    needs = (f"{expression} AS {alias}",) if alias else (expression,)
    return Column(
        name,
        needs,
        lambda row, view: row[key] or "",
        lambda asked, query: asked.on_text(expression),
        usual=usual,
    )


def number_column(name: str, column: str, read: Callable[[str, str], Any]) -> Column:
    """A number of the record; a missing one stays missing."""
    return Column(
        name,
        (column,),
        lambda row, view: row[column],
        lambda asked, query: asked.on_number(column),
        read,
        operators=NUMBER_OPERATORS,
    )


def coded(
    name: str,
    needs: tuple[str, ...],
    shown: Callable[..., Any],
    domain: Iterable[tuple[Any, ...]],
    usual: str = "=",
    read: Callable[[str, str], Any] = read_words,
) -> Column:
    """A function of codes: `shown` takes the values of `needs`, `domain` has all that occur."""
    known = tuple(domain)

    def asked(comparison: Comparison, query: BoundQuery) -> Condition:
        return either(same(needs, values) for values in known if comparison.holds(shown(*values)))

    operators = TEXT_OPERATORS if read is read_words else NUMBER_OPERATORS
    return Column(
        name,
        needs,
        lambda row, view: shown(*(row[column] for column in needs)),
        asked,
        read,
        usual,
        operators,
    )


def same(columns: Sequence[str], values: Sequence[Any]) -> Predicate:
    """These columns have these values; None is missing."""
    parts = [
        f"{column} IS NULL" if value is None else f"{column} = %s"
        for column, value in zip(columns, values, strict=True)
    ]
    return Predicate(" AND ".join(parts), tuple(value for value in values if value is not None))


def year_asked(asked: Comparison, query: BoundQuery) -> Condition:
    """Years as spans of days, so that the index on days serves."""
    if asked.operator in ("=", "!="):
        spans = either(
            Predicate("date_start BETWEEN %s AND %s", (date(year, 1, 1), date(year, 12, 31)))
            for year in asked.values
        )
        return spans if asked.operator == "=" else Predicate(f"NOT {spans.sql}", spans.params)
    if asked.operator == "BETWEEN":
        first, last = asked.values
        return Predicate("date_start BETWEEN %s AND %s", (date(first, 1, 1), date(last, 12, 31)))
    edge = (1, 1) if asked.operator in ("<", ">=") else (12, 31)
    return Predicate(f"date_start {asked.operator} %s", (date(asked.values[0], *edge),))


def published_asked(asked: Comparison, query: BoundQuery) -> Condition:
    """The time of a version is that of its publication."""
    numbers = asked.on_number("floor(extract(epoch FROM at))::bigint")
    return Predicate(
        f"known_from IN (SELECT number FROM record.publication WHERE {numbers.sql})", numbers.params
    )


def actor_column(name: str, side: Side) -> Column:
    """The leader of a side, by name."""

    def value(row: Row, view: View) -> str:
        actor = side.actor(row, view.actors)
        return actor.name(view.lang) if actor else ""

    def asked(comparison: Comparison, query: BoundQuery) -> Condition:
        nobody = [side.led_by_nobody()] if comparison.holds("") else []
        return either([side.led_by(named(comparison, query)), *nobody])

    return Column(name, ("participants",), value, asked, usual="LIKE")


def associates_column(name: str, side: Side) -> Column:
    """The associates of a side, by name, joined by semicolons; what is asked is asked of each of them."""

    def value(row: Row, view: View) -> str:
        return "; ".join(dict.fromkeys(actor.name(view.lang) for actor in side.others(row, view.actors)))

    def asked(comparison: Comparison, query: BoundQuery) -> Condition:
        if comparison.operator == "!=":
            same = side.joined_by(named(Comparison("=", comparison.values), query))
            return Predicate(f"NOT ({same.sql})", same.params)
        return side.joined_by(named(comparison, query))

    return Column(name, ("participants",), value, asked, usual="LIKE")


def named(comparison: Comparison, query: BoundQuery) -> list[int]:
    """The actors whose name, as known then, fulfils a comparison."""
    book, lang = query.known.actors, query.asked.lang
    return sorted(actor for actor in book.by_id if comparison.holds(book.resolve(actor).name(lang)))


def inter_column(name: str, side: Side) -> Column:
    """The code of a side's kind."""

    def asked(comparison: Comparison, query: BoundQuery) -> Condition:
        return either(led_by_kind(side, code, query) for code in INTERS if comparison.holds(code))

    return Column(
        name,
        ("participants",),
        lambda row, view: inter(side.actor(row, view.actors)),
        asked,
        number(0, 8),
        operators=NUMBER_OPERATORS,
    )


INTERS = sorted({codes.NOBODY, *codes.INTER.values()})


def led_by_kind(side: Side, code: int, query: BoundQuery) -> Predicate:
    """A side is led by an actor with this code."""
    return (
        side.led_by_nobody() if code == codes.NOBODY else side.led_by(ids_of_inter(query.known.actors, code))
    )


def interaction_asked(asked: Comparison, query: BoundQuery) -> Condition:
    """Every pair of codes that the two-digit code can stand for."""
    return either(
        Predicate(f"{one.sql} AND {two.sql}", one.params + two.params)
        for first in INTERS
        for second in INTERS
        if asked.holds(codes.interaction(first, second))
        for one, two in [(led_by_kind(A, first, query), led_by_kind(B, second, query))]
    )


def interaction_of(row: Row, view: View) -> int:
    """The two-digit code of both sides."""
    return codes.interaction(inter(A.actor(row, view.actors)), inter(B.actor(row, view.actors)))


KINDS = ("event_type", "event_subtype")
ALL_KINDS = [(kind.value, None) for kind in SUBTYPES_OF] + [
    (kind.value, subtype.value) for kind, subtypes in SUBTYPES_OF.items() for subtype in subtypes
]
ALL_COUNTRIES = [(code,) for code in codes.COUNTRIES]
NOTES = "coalesce(document #>> '{summaries,en}', document #>> '{summaries,fr}', '')"
ADMIN3 = "coalesce((SELECT unit.name FROM record.admin_unit AS unit WHERE level = 3 AND pcode = admin3), admin3, '')"
# What has no column in ACLED: range, dispute, verification, version.
TAGS = (
    "concat_ws('; ', 'verification=' || verification, 'fatalities_low=' || fatalities_low,"
    " 'fatalities_high=' || fatalities_high, CASE WHEN contested THEN 'contested' END,"
    " 'version=' || version, 'dataset=' || dataset)"
)
PUBLISHED = "(SELECT floor(extract(epoch FROM at))::bigint FROM record.publication WHERE number = known_from)"

COLUMNS: dict[str, Column] = {
    column.name: column
    for column in (
        text_column("event_id_cnty", "id", usual="LIKE"),
        Column(
            "event_date",
            ("date_start",),
            lambda row, view: row["date_start"].isoformat(),
            lambda asked, query: asked.on_number("date_start"),
            read_date,
            operators=NUMBER_OPERATORS,
        ),
        Column(
            "year",
            ("date_start",),
            lambda row, view: row["date_start"].year,
            year_asked,
            number(1900, 2100),
            operators=NUMBER_OPERATORS,
        ),
        coded(
            "time_precision",
            ("date_precision",),
            lambda precision: codes.TIME_PRECISION[DatePrecision(precision)],
            [(precision.value,) for precision in DatePrecision],
            read=number(1, 3),
        ),
        coded("disorder_type", KINDS, lambda *kind: codes.kind_of(*kind).disorder_type, ALL_KINDS, "LIKE"),
        coded("event_type", KINDS, lambda *kind: codes.kind_of(*kind).event_type, ALL_KINDS, "LIKE"),
        coded("sub_event_type", KINDS, lambda *kind: codes.kind_of(*kind).sub_event_type, ALL_KINDS, "LIKE"),
        actor_column("actor1", A),
        associates_column("assoc_actor_1", A),
        inter_column("inter1", A),
        actor_column("actor2", B),
        associates_column("assoc_actor_2", B),
        inter_column("inter2", B),
        Column(
            "interaction",
            ("participants",),
            interaction_of,
            interaction_asked,
            number(0, 88),
            operators=NUMBER_OPERATORS,
        ),
        coded(
            "civilian_targeting",
            ("civilian_targeting",),
            lambda targeted: codes.CIVILIAN_TARGETING[targeted],
            [(True,), (False,)],
            "LIKE",
        ),
        coded("iso", ("country",), lambda code: codes.COUNTRIES[code][0], ALL_COUNTRIES, read=number(0, 999)),
        coded("region", ("country",), lambda code: codes.COUNTRIES[code][1], ALL_COUNTRIES),
        coded("country", ("country",), lambda code: country_name(code, "en"), ALL_COUNTRIES),
        text_column("admin1", "admin1_name"),
        text_column("admin2", "admin2_name"),
        text_column("admin3", ADMIN3, alias="admin3_name"),
        text_column("location", "place"),
        number_column("latitude", "latitude", degrees(90)),
        number_column("longitude", "longitude", degrees(180)),
        coded(
            "geo_precision",
            ("location_precision",),
            lambda precision: codes.GEO_PRECISION[LocationPrecision(precision)],
            [(precision.value,) for precision in LocationPrecision],
            read=number(1, 3),
        ),
        text_column("source", "array_to_string(sources, '; ')", alias="cited"),
        Column(
            "source_scale",
            (),
            lambda row, view: "",
            lambda asked, query: ALWAYS if asked.holds("") else NEVER,
            usual="LIKE",
        ),
        text_column("notes", NOTES, alias="notes"),
        number_column("fatalities", "fatalities_best", number(0, 10**6)),
        text_column("tags", TAGS, alias="tags"),
        Column(
            "timestamp",
            (f"{PUBLISHED} AS published",),
            lambda row, view: row["published"],
            published_asked,
            number(0, 10**11),
            usual=">=",
            operators=NUMBER_OPERATORS,
        ),
    )
}
