"""The engine on the columnar copy."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from datetime import date
from typing import Any, NamedTuple

from conflict.kit.mercator import Tile, tile_bounds
from events.lens.columns import COMBINATION_OF, SHARES
from events.lens.counts import GROUPS, MARGIN, Bar, CellPart, Point, Totals, cell_sql, sums
from events.lens.store import Store
from events.lens.where import Asking, Where
from events.query.incidents import BoundQuery
from events.record.columns import actor_role

# A day as the number of days since 1 January of the year 1, which was a Monday.
DAY = "(date_start - DATE '0001-01-01')"
PERIODS: dict[str, tuple[str, Callable[[int], date]]] = {
    "day": (DAY, lambda day: date.fromordinal(day + 1)),
    "week": (f"{DAY} // 7", lambda week: date.fromordinal(week * 7 + 1)),
    "month": ("month", lambda month: date(month // 12, month % 12 + 1, 1)),
    "quarter": ("month // 3", lambda quarter: date(quarter // 4, quarter % 4 * 3 + 1, 1)),
    "year": ("month // 12", lambda year: date(year, 1, 1)),
}


class Grouping(NamedTuple):
    """What sums are grouped by: a key in the copy's SQL, what it says, and the tables it needs with their parameters."""

    key: str
    text: Callable[[Any], Any]
    joined: str = ""
    params: Sequence[Any] = ()


class Copied:
    """Counts on one copy; good for queries at publications that the copy holds."""

    name = "copy"

    def __init__(self, store: Store) -> None:
        self.store = store

    def run(
        self, sql: str, where: Where, before: Sequence[Any] = (), after: Sequence[Any] = ()
    ) -> list[tuple[Any, ...]]:
        """Run one statement; parameters that stand before and after those of the condition."""
        return self.store.rows(sql, [*before, *where.params, *after], where.sets)

    def count(self, asked: BoundQuery) -> int:
        """Incidents under the query; several times cheaper than `totals`."""
        return self.counted(Asking(self.store, asked).where())

    def nearly(self, asked: BoundQuery) -> int:
        """How many they are by the first share of them; a fifth of the cost of `count`, or less."""
        return SHARES * self.counted(Asking(self.store, asked).where(), "share = 0 AND ")

    def counted(self, where: Where, among: str = "") -> int:
        """Versions under a condition."""
        found: int = self.run(f"SELECT count(*) FROM {where.table} WHERE {among}{where.sql}", where)[0][0]
        return found

    def totals(self, asked: BoundQuery) -> Totals:
        """Sums over the whole query."""
        where = Asking(self.store, asked).where()
        columns = f"{sums()}, count(mx), min(date_start), max(date_end)"
        return Totals(*self.run(f"SELECT {columns} FROM {where.table} WHERE {where.sql}", where)[0])

    def bars(self, asked: BoundQuery, interval: str, by: str | None, measures: Sequence[str]) -> list[Bar]:
        """Sums per interval and value of a column."""
        if by is None:
            grouping = Grouping("NULL", lambda key: None)
        elif by == "event_type":
            grouping = Grouping("event_type", self.store.types.__getitem__)
        else:
            grouping = self.by_column(asked, by)
        return self.grouped_bars(asked, interval, grouping, measures)

    def grouped_bars(
        self, asked: BoundQuery, interval: str, by: Grouping, measures: Sequence[str]
    ) -> list[Bar]:
        """Sums per interval and key."""
        where = Asking(self.store, asked).where()
        period, first_day = PERIODS[interval]
        rows = self.run(
            f"SELECT {period}, {by.key}, {sums(measures)} FROM {where.table} {by.joined} WHERE {where.sql} GROUP BY 1, 2",
            where,
            by.params,
        )
        days = {number: first_day(number) for number in {row[0] for row in rows}}
        return [Bar(days[row[0]], by.text(row[1]), row[2:]) for row in rows]

    def by_column(self, asked: BoundQuery, by: str) -> Grouping:
        """One column of a combination: its codes are joined with the number of the column's text."""
        name = COMBINATION_OF[by]
        column = Asking(self.store, asked).combinations(name).column(by)
        texts = list(dict.fromkeys(column))
        place = {text: number for number, text in enumerate(texts)}
        joined = f"JOIN (SELECT unnest(?::USMALLINT[]) AS {name}, unnest(?::USMALLINT[]) AS key) AS texts USING ({name})"
        params = [list(range(len(column))), [place[text] for text in column]]
        return Grouping("key", texts.__getitem__, joined, params)

    def actor_bars(
        self,
        asked: BoundQuery,
        interval: str,
        actors: Sequence[tuple[int, int]],
        measures: Sequence[str],
    ) -> list[Bar]:
        """Sums per interval and actor."""
        joined = f"JOIN ({casts(actors)}) AS casts USING (casting)"
        return self.grouped_bars(
            asked, interval, Grouping("key", lambda key: key, joined, book(actors)), measures
        )

    def groups(self, asked: BoundQuery) -> dict[str, list[tuple[str, int]]]:
        """Incidents per value for every column: one pass per combination, whatever is filtered.

        A pass counts codes under the conditions on everything else; which of its codes a facet admits, given the
        other filters on the same combination, is decided afterwards.
        """
        asking = Asking(self.store, asked)
        passes: dict[Any, list[tuple[int, int]]] = {}
        found = {}
        for column in GROUPS:
            name = COMBINATION_OF[column]
            where = asking.where(leave_out=column, without=name)
            if (name, where.key) not in passes:
                sql = f"SELECT {name}, count(*) FROM {where.table} WHERE {where.sql} GROUP BY 1"
                passes[name, where.key] = self.run(sql, where)
            admitted = asking.admitted(name, leave_out=column)
            found[column] = summed(
                asking.combinations(name).column(column), admitted, passes[name, where.key]
            )
        return found

    def actors(self, asked: BoundQuery, actors: Sequence[tuple[int, int]]) -> list[tuple[int, int]]:
        """Incidents per actor: casts are counted first, then everybody in them."""
        where = Asking(self.store, asked).where(leave_out="actor")
        return self.run(
            f"SELECT key, sum(many)::BIGINT FROM ({casts(actors)}) AS casts JOIN"
            f" (SELECT casting, count(*) AS many FROM {where.table} WHERE {where.sql} GROUP BY 1) AS counted"
            " USING (casting) GROUP BY 1",
            where,
            book(actors),
        )

    def located(self, asked: BoundQuery, most: int) -> int:
        """How many incidents have a place."""
        where = Asking(self.store, asked).where()
        return self.run(f"SELECT count(mx) FROM {where.table} WHERE {where.sql}", where)[0][0]

    def datasets(self, asked: BoundQuery) -> list[tuple[str | None, int]]:
        """Incidents per dataset: kinds are counted, then added up."""
        where = Asking(self.store, asked).where()
        counts = self.run(f"SELECT kind, count(*) FROM {where.table} WHERE {where.sql} GROUP BY 1", where)
        found: Counter[str | None] = Counter()
        for kind, many in counts:
            found[self.store.kinds.text(kind, "dataset")] += many
        return list(found.items())

    def cells(self, asked: BoundQuery, at: Tile) -> list[CellPart]:
        """The grid of a tile with its margin."""
        where = self.inside(asked, at)
        rows = self.run(
            f"SELECT {cell_sql(at)}, event_type, count(*), sum(fatalities_best), sum(mx), sum(my)"
            f" FROM {where.table} WHERE {where.sql} GROUP BY 1, 2",
            where,
        )
        return [CellPart(cell, self.store.types[kind], *sums) for cell, kind, *sums in rows]

    def points(self, asked: BoundQuery, at: Tile, cells: Sequence[int] | None) -> list[Point]:
        """The incidents of a tile with its margin, or of some of its cells."""
        where = self.inside(asked, at)
        if cells is not None:
            where.sql += f" AND {cell_sql(at)} IN ({', '.join(map(str, cells)) or 'NULL'})"
        rows = self.run(
            f"SELECT mx, my, series, sequence, kind, fatalities_best FROM {where.table} WHERE {where.sql}",
            where,
        )
        return [self.point(*row) for row in rows]

    def point(self, mx: int, my: int, series: int, sequence: int, kind: int, best: int | None) -> Point:
        """One row as a point."""
        event_type, _, verification, precision, _, contested, _ = map(str, self.store.kinds.known[kind])
        public_id = self.store.public_id(series, sequence)
        return Point(mx, my, public_id, event_type, best, contested == "true", verification, precision)

    def inside(self, asked: BoundQuery, at: Tile) -> Where:
        """The query's condition within a tile and its margin."""
        where, box = Asking(self.store, asked).where(), tile_bounds(at, MARGIN)
        where.sql += f" AND mx >= {box.x_min} AND mx < {box.x_end} AND my >= {box.y_min} AND my < {box.y_end}"
        return where


def casts(actors: Sequence[tuple[int, int]]) -> str:
    """Every cast with the actors that take part in it, each under the id it counts as, once; parameters from `book`."""
    # A cast names an actor once; only actors that count as one another can make doubles.
    once = "" if len({key for _, key in actors}) == len(actors) else "DISTINCT"
    return (
        f"SELECT {once} casting, key FROM copy.casting_role"
        " JOIN (SELECT unnest(?::INTEGER[]) AS role, unnest(?::INTEGER[]) AS key) AS book USING (role)"
    )


def book(actors: Sequence[tuple[int, int]]) -> list[list[int]]:
    """The parameters of `casts`."""
    return [[actor_role(actor) for actor, _ in actors], [key for _, key in actors]]


def summed(
    texts: Sequence[str | None], admitted: frozenset[int], counts: Sequence[tuple[int, int]]
) -> list[tuple[str, int]]:
    """Counts per code, added up per text."""
    found: Counter[str] = Counter()
    for code, many in counts:
        text = texts[code]
        if text is not None and code in admitted:
            found[text] += many
    return list(found.items())
