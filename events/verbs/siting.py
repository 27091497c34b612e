"""Which administrative units an incident lies in, filled in from its point when an editor leaves them open."""

from __future__ import annotations

from typing import Any

from django.db import connection

from events.codes import LocationPrecision
from events.models import Incident

# How many levels down a point of this precision can be trusted.
DEPTH = {
    LocationPrecision.EXACT: 3,
    LocationPrecision.NEAR: 2,
    LocationPrecision.ADMIN3: 3,
    LocationPrecision.ADMIN2: 2,
    LocationPrecision.ADMIN1: 1,
}
UNITS = ("admin1", "admin2", "admin3", "admin1_name", "admin2_name")
# A point up to about five kilometres outside belongs to the nearest unit: shapes are simplified, towns lie on borders.
COVERING = """
SELECT DISTINCT ON (level) level, pcode, name, vintage FROM events_adminunit
WHERE country = %s AND level BETWEEN 1 AND %s AND ST_DWithin(geom, ST_SetSRID(ST_MakePoint(%s, %s), 4326), 0.05)
ORDER BY level, ST_Distance(geom, ST_SetSRID(ST_MakePoint(%s, %s), 4326)), pcode
"""


def place_by_point(found: Incident | None, row: Incident) -> None:
    """Fill the units from the point when the point, country or precision is new and the editor typed no units."""
    if row.point is None or row.location_precision not in DEPTH:
        return
    if found is None:
        open_to_fill = not (row.admin1 or row.admin2 or row.admin3)
    else:
        moved = placing(found) != placing(row)
        open_to_fill = not row.admin1 or (moved and unit_values(found) == unit_values(row))
    if not open_to_fill:
        return
    units = covering(row)
    if 1 in units:
        take(row, units)


def placing(row: Incident) -> tuple[Any, ...]:
    """What decides which units an incident lies in."""
    return row.country, row.location_precision, tuple(row.point) if row.point else None


def unit_values(row: Incident) -> list[str]:
    """The units as they stand."""
    return [getattr(row, name) for name in UNITS]


def covering(row: Incident) -> dict[int, tuple[str, str, str]]:
    """{level: (p-code, name, vintage)} of the units at the point, as deep as the precision bears."""
    x, y = row.point.x, row.point.y
    with connection.cursor() as cursor:
        cursor.execute(COVERING, [row.country, DEPTH[LocationPrecision(row.location_precision)], x, y, x, y])
        return {level: (pcode, name, vintage) for level, pcode, name, vintage in cursor.fetchall()}


def take(row: Incident, units: dict[int, tuple[str, str, str]]) -> None:
    """Write the units into the incident; levels that are not known become empty."""
    nothing = ("", "", "")
    row.admin1, row.admin1_name, row.boundary_vintage = units[1]
    row.admin2, row.admin2_name, _ = units.get(2, nothing)
    row.admin3 = units.get(3, nothing)[0]
