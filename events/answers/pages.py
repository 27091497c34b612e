"""A page of incidents: its rows, the cursor of the page behind it, and how many there are in all.

Every door that hands incidents out page by page reads them here, so that no two doors page differently.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest

from conflict.kit.addresses import pairs_of
from conflict.kit.problems import Refused, unknown_field
from events import lens
from events.query.estimating import FIGURES
from events.query.incidents import BoundQuery, IncidentQuery
from events.record import reading


@dataclass(frozen=True)
class Page:
    """Rows as mappings of the record's columns, in the order asked; `following` is the next page's cursor."""

    rows: list[dict[str, Any]]
    following: str | None


def read_page(query: BoundQuery, columns: Sequence[str]) -> Page:
    """The page that the query's limit and cursor name."""
    where, limit = query.page(), query.asked.limit
    sort = ", ".join(f"({expression})::text" for expression, _ in query.order)
    as_stored = query.figures is not None and not query.by_figures
    needed = ("version_id", "dataset", *FIGURES) if as_stored else ()
    wanted = list(dict.fromkeys([*columns, *needed, f"ARRAY[{sort}] AS _sort"]))
    found = reading.rows(
        wanted, where.sql, where.params, query.order_by(), limit + 1, source=query.page_source
    )
    rows = found[:limit]
    if as_stored and query.figures is not None:
        rows = [{**row, **query.figures.of(row)} for row in rows]
    return Page(rows, query.cursor_behind(rows[-1]["_sort"]) if len(found) > limit else None)


def sized(query: BoundQuery) -> tuple[int, bool]:
    """(number of incidents under the query, exact). Many are reckoned from a share of them (`lens.size`).

    What the lens can't tell at once is counted up to `reading.COUNT_UP_TO`; beyond it the number is a lower bound.
    """
    found = lens.size(query)
    return tuple(found) if found is not None else counted_to_a_bound(query)


def counted(query: BoundQuery) -> tuple[int, bool]:
    """The same, counted exactly where the lens can."""
    found = lens.count(query)
    return (found, True) if found is not None else counted_to_a_bound(query)


def counted_to_a_bound(query: BoundQuery) -> tuple[int, bool]:
    """(number, exact), counted on the record."""
    where = query.where()
    return reading.count(where.sql, where.params, query.page_source)


def settings_of(request: HttpRequest, valid: Iterable[str] = ("as_of", "lang")) -> IncidentQuery:
    """`as_of` and `lang` of a door that shows one thing; filters make no sense there and are refused."""
    names = tuple(valid)
    wrong = [unknown_field(name, text, names) for name, text in pairs_of(request) if name not in names]
    if wrong:
        raise Refused(wrong)
    return IncidentQuery.read(pairs_of(request))
