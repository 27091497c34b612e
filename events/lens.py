"""What counts: tiles, timeline and facets under any filter and any `as_of`.

Every door that shows an aggregate asks here, and here alone; the answers come from SQL on the record.
"""

from __future__ import annotations

from datetime import datetime
from functools import lru_cache
from typing import Any

from conflict.kit.mercator import BITS, Tile, tile_bounds, tile_box
from events.codes import RADIUS_KM
from events.query.incidents import BoundQuery
from events.record.known import query

EXTENT = 4096
MARGIN = 1 / 8
# The most points that any one tile of a zoom may hold; above that the whole zoom shows a grid of counts.
POINTS_PER_TILE = 800
# Cells per tile side, as a power of two: 8 cells of 32 pixels.
GRID_BITS = 3
POINTS_FROM_ZOOM = 14
INTERVALS = ("day", "week", "month", "quarter", "year")
TIMELINE_BY = {
    "event_type": "event_type",
    "country": "country",
    "admin1": "admin1",
    "verification": "verification",
}
FACETS = {
    "country": "country",
    "admin1": "admin1",
    "event_type": "event_type",
    "event_subtype": "event_subtype",
    "verification": "verification",
    "contested": "contested::text",
    "dataset": "dataset",
}
FACET_VALUES = 50
SUMS = "count(*), sum(fatalities_low), sum(fatalities_best), sum(fatalities_high)"
RADII = " ".join(f"WHEN '{precision}' THEN {km}" for precision, km in RADIUS_KM.items())


def totals(asked: BoundQuery) -> dict[str, int]:
    """Incidents and deaths under the query; deaths are sums of the incidents' low, best and high."""
    where = asked.where()
    located = "count(longitude)"
    row = query(
        f"SELECT {SUMS}, {located}, min(date_start), max(date_end) FROM record.incident_version WHERE {where.sql}",
        where.params,
    )[0]
    return {
        "incidents": row[0],
        "fatalities_low": row[1] or 0,
        "fatalities_best": row[2] or 0,
        "fatalities_high": row[3] or 0,
        "located": row[4],
        "first": row[5].isoformat() if row[5] else None,
        "last": row[6].isoformat() if row[6] else None,
    }


def timeline(asked: BoundQuery, interval: str, by: str | None) -> list[dict[str, Any]]:
    """Sums per interval (of the first day) and value of `by`, in order; `interval` and `by` from the lists above."""
    where = asked.where()
    key = TIMELINE_BY[by] if by else "NULL::text"
    rows = query(
        f"SELECT date_trunc('{interval}', date_start::timestamp)::date AS period, {key} AS key, {SUMS}"
        f" FROM record.incident_version WHERE {where.sql} GROUP BY 1, 2 ORDER BY 1, 2",
        where.params,
    )
    return [
        {
            "period": period.isoformat(),
            "key": key,
            "incidents": incidents,
            "fatalities_low": low or 0,
            "fatalities_best": best or 0,
            "fatalities_high": high or 0,
        }
        for period, key, incidents, low, best, high in rows
    ]


def facets(asked: BoundQuery) -> dict[str, list[tuple[str, int]]]:
    """(value, incidents) per facet, commonest first; each facet is counted under the other filters."""
    found = {name: facet(asked, name, column) for name, column in FACETS.items()}
    found["actor"] = actor_facet(asked)
    return found


def facet(asked: BoundQuery, name: str, column: str) -> list[tuple[str, int]]:
    """Counts per value of one column."""
    where = asked.where(leave_out=name)
    return query(
        f"SELECT {column}, count(*) FROM record.incident_version WHERE {where.sql} AND {column} IS NOT NULL"
        f" GROUP BY 1 ORDER BY 2 DESC, 1 LIMIT {FACET_VALUES}",
        where.params,
    )


def actor_facet(asked: BoundQuery) -> list[tuple[str, int]]:
    """Incidents per actor, merged actors counted with what they were merged into."""
    where = asked.where(leave_out="actor")
    rows = query(
        f"SELECT role / 16, array_agg(version_id) FROM record.incident_version, unnest(actor_roles) AS role"
        f" WHERE {where.sql} AND role %% 16 = 0 GROUP BY 1",
        where.params,
    )
    incidents: dict[str, set[int]] = {}
    for actor, versions in rows:
        incidents.setdefault(asked.known.actors.resolve(actor).slug, set()).update(versions)
    counts = sorted(
        ((slug, len(found)) for slug, found in incidents.items()), key=lambda pair: (-pair[1], pair[0])
    )
    return counts[:FACET_VALUES]


def tile(asked: BoundQuery, at: Tile) -> bytes:
    """One vector tile: layer `incidents` with points, or layer `cells` with counts where points would not fit."""
    return points(asked, at) if shows_points(asked, at.z) else cells(asked, at)


def shows_points(asked: BoundQuery, zoom: int) -> bool:
    """Whether every tile of this zoom can show all its points: one answer per zoom, so that neighbours agree."""
    if zoom >= POINTS_FROM_ZOOM:
        return True
    key = (asked.asked.canonical, asked.known.number, asked.known.stamp)
    return densest(key, zoom, Hashless(asked)) <= POINTS_PER_TILE


class Hashless:
    """Carries the query past `lru_cache`, whose key is the query's canonical text and its publication."""

    def __init__(self, asked: BoundQuery) -> None:
        self.asked = asked

    def __hash__(self) -> int:
        return 0

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Hashless)


@lru_cache(maxsize=4096)
def densest(key: tuple[str, int, datetime | None], zoom: int, asked: Hashless) -> int:
    """The number of incidents in the fullest tile of a zoom."""
    where = asked.asked.where()
    shift = BITS - zoom
    return query(
        f"SELECT coalesce(max(n), 0) FROM (SELECT count(*) AS n FROM record.incident_version"
        f" WHERE {where.sql} AND mx IS NOT NULL GROUP BY mx >> {shift}, my >> {shift}) AS tiles",
        where.params,
    )[0][0]


def inside(asked: BoundQuery, at: Tile) -> tuple[str, tuple[Any, ...]]:
    """The query's condition within a tile and its margin."""
    where = asked.where()
    box = tile_bounds(at, MARGIN)
    west, south, east, north = tile_box(at)
    across, up = (east - west) * MARGIN, (north - south) * MARGIN * 2
    return (
        f"{where.sql} AND geom && ST_MakeEnvelope(%s, %s, %s, %s, 4326)"
        " AND mx >= %s AND mx < %s AND my >= %s AND my < %s",
        (
            *where.params,
            west - across,
            south - up,
            east + across,
            north + up,
            box.x_min,
            box.x_end,
            box.y_min,
            box.y_end,
        ),
    )


def points(asked: BoundQuery, at: Tile) -> bytes:
    """A tile of single incidents."""
    sql, params = inside(asked, at)
    width = 1 << (BITS - at.z)
    place = f"ST_MakePoint((mx - {at.x * width})::float8 * {EXTENT} / {width}, (my - {at.y * width})::float8 * {EXTENT} / {width})"
    return query(
        f"SELECT ST_AsMVT(points, 'incidents', {EXTENT}, 'at') FROM (SELECT {place} AS at, id, event_type AS t,"
        f" fatalities_best AS n, contested::int AS c, verification AS v, location_precision AS p,"
        f" CASE location_precision {RADII} END AS r"
        f" FROM record.incident_version WHERE {sql} ORDER BY fatalities_best NULLS FIRST, id) AS points",
        params,
    )[0][0]


def cells(asked: BoundQuery, at: Tile) -> bytes:
    """A tile of counts per grid cell; a cell's point is the mean place of its incidents."""
    sql, params = inside(asked, at)
    width = 1 << (BITS - at.z)
    shift = BITS - at.z - GRID_BITS
    place = f"ST_MakePoint((avg(mx) - {at.x * width}) * {EXTENT} / {width}, (avg(my) - {at.y * width}) * {EXTENT} / {width})"
    return query(
        f"SELECT ST_AsMVT(cells, 'cells', {EXTENT}, 'at') FROM (SELECT {place} AS at, count(*)::int AS n,"
        f" coalesce(sum(fatalities_best), 0)::int AS d, mode() WITHIN GROUP (ORDER BY event_type) AS t"
        f" FROM record.incident_version WHERE {sql} GROUP BY mx >> {shift}, my >> {shift} ORDER BY 2) AS cells",
        params,
    )[0][0]
