"""The engine that needs no copy: SQL on the record. It serves while a copy is being made, and it is what copies are held to."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from conflict.kit.mercator import Tile, tile_bounds, tile_box
from events.lens.counts import GROUPS, MARGIN, Bar, CellPart, Point, Totals, cell_sql, sums
from events.query.conditions import Predicate
from events.query.incidents import BoundQuery
from events.record.columns import actor_role
from events.record.known import query

FIGURES = "fatalities_low, fatalities_best, fatalities_high"
# Every version with the actors that take part in it, each under the id it counts as.
TAKING_PART = (
    ", unnest(actor_roles) AS role"
    " JOIN unnest(%s::integer[], %s::integer[]) AS book(taking_part, key) ON role = taking_part"
)


class Exact:
    """SQL on the record."""

    name = "sql"

    def totals(self, asked: BoundQuery) -> Totals:
        """Sums over the whole query."""
        where = asked.where()
        columns = f"{sums()}, count(mx), min(date_start), max(date_end)"
        return Totals(
            *query(
                f"SELECT {columns} FROM {asked.source.sql} WHERE {where.sql}",
                [*asked.source.params, *where.params],
            )[0]
        )

    def bars(self, asked: BoundQuery, interval: str, by: str | None, measures: Sequence[str]) -> list[Bar]:
        """Sums per interval and value of a column."""
        where = asked.where()
        key = f"{by}::text" if by else "NULL::text"
        rows = query(
            f"SELECT {period(interval)}, {key}, {sums(measures)} FROM {asked.source.sql} WHERE {where.sql} GROUP BY 1, 2",
            [*asked.source.params, *where.params],
        )
        return [Bar(row[0], row[1], row[2:]) for row in rows]

    def actor_bars(
        self,
        asked: BoundQuery,
        interval: str,
        actors: Sequence[tuple[int, int]],
        measures: Sequence[str],
    ) -> list[Bar]:
        """Sums per interval and actor; an incident counts once for an actor, under however many of its ids."""
        where = asked.where()
        once = f"SELECT DISTINCT version_id, key, {period(interval)} AS period, {FIGURES} FROM {asked.source.sql}{TAKING_PART}"
        rows = query(
            f"SELECT period, key, {sums(measures)} FROM ({once} WHERE {where.sql}) AS once GROUP BY 1, 2",
            [*asked.source.params, *book(actors), *where.params],
        )
        return [Bar(row[0], row[1], row[2:]) for row in rows]

    def groups(self, asked: BoundQuery) -> dict[str, list[tuple[str, int]]]:
        """Incidents per value for every column."""
        return {name: self.group(asked, name) for name in GROUPS}

    def group(self, asked: BoundQuery, name: str) -> list[tuple[str, int]]:
        """Incidents per value of one column."""
        where = asked.where(leave_out=name)
        return query(
            f"SELECT {name}::text, count(*) FROM {asked.source.sql} WHERE {where.sql} AND {name} IS NOT NULL GROUP BY 1",
            [*asked.source.params, *where.params],
        )

    def actors(self, asked: BoundQuery, actors: Sequence[tuple[int, int]]) -> list[tuple[int, int]]:
        """Incidents per actor."""
        where = asked.where(leave_out="actor")
        return query(
            f"SELECT key, count(DISTINCT version_id) FROM {asked.source.sql}{TAKING_PART} WHERE {where.sql} GROUP BY 1",
            [*asked.source.params, *book(actors), *where.params],
        )

    def located(self, asked: BoundQuery, most: int) -> int:
        """How many incidents have a place, counted up to `most`."""
        where = asked.where()
        found = f"SELECT 1 FROM {asked.source.sql} WHERE {where.sql} AND mx IS NOT NULL LIMIT {most:d}"
        return query(f"SELECT count(*) FROM ({found}) AS found", [*asked.source.params, *where.params])[0][0]

    def datasets(self, asked: BoundQuery) -> list[tuple[str | None, int]]:
        """Incidents per dataset."""
        where = asked.where()
        sql = f"SELECT dataset, count(*) FROM {asked.source.sql} WHERE {where.sql} GROUP BY 1"
        return query(sql, [*asked.source.params, *where.params])

    def cells(self, asked: BoundQuery, at: Tile) -> list[CellPart]:
        """The grid of a tile with its margin."""
        where = inside(asked, at)
        rows = query(
            f"SELECT {cell_sql(at)}, event_type, count(*), sum(fatalities_best), sum(mx), sum(my)"
            f" FROM {asked.source.sql} WHERE {where.sql} GROUP BY 1, 2",
            [*asked.source.params, *where.params],
        )
        return [CellPart(*row) for row in rows]

    def points(self, asked: BoundQuery, at: Tile, cells: Sequence[int] | None) -> list[Point]:
        """The incidents of a tile with its margin, or of some of its cells."""
        where = inside(asked, at)
        only, which = ("", ()) if cells is None else (f" AND {cell_sql(at)} = ANY(%s)", (list(cells),))
        rows = query(
            "SELECT mx, my, id, event_type, fatalities_best, contested, verification, location_precision"
            f" FROM {asked.source.sql} WHERE {where.sql}{only}",
            (*asked.source.params, *where.params, *which),
        )
        return [Point(*row) for row in rows]


def book(actors: Sequence[tuple[int, int]]) -> list[list[int]]:
    """The parameters of TAKING_PART."""
    return [[actor_role(actor) for actor, _ in actors], [key for _, key in actors]]


def period(interval: str) -> str:
    """The first day of the interval in which an incident begins; `interval` is one of INTERVALS."""
    return f"date_trunc('{interval}', date_start::timestamp)::date"


def inside(asked: BoundQuery, at: Tile) -> Predicate:
    """The query's condition within a tile and its margin. The index finds candidates, the grid decides."""
    where, box = asked.where(), tile_bounds(at, MARGIN)
    west, south, east, north = tile_box(at)
    across, up = (east - west) * MARGIN, (north - south) * MARGIN * 2
    params: tuple[Any, ...] = (west - across, south - up, east + across, north + up)
    return Predicate(
        f"{where.sql} AND geom && ST_MakeEnvelope(%s, %s, %s, %s, 4326)"
        " AND mx >= %s AND mx < %s AND my >= %s AND my < %s",
        (*where.params, *params, box.x_min, box.x_end, box.y_min, box.y_end),
    )
