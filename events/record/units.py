"""Administrative units as the public sees them: names, centres and shapes by p-code, from the record's view."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from typing import Any

from events.record.known import query
from events.record.reading import mappings

Stamp = tuple[int, str]
# A shape at a zoom is true to half a pixel of a map with tiles of 256 pixels; degrees.
HALF_PIXEL = "180 / 256.0 / 2 ^ %s"
GEOMETRY = "coalesce({shape}, centre)"


def stamp() -> Stamp:
    """(number of units, newest vintage): changes when other boundaries are loaded."""
    count, vintage = query("SELECT count(*), coalesce(max(vintage), '') FROM record.admin_unit", [])[0]
    return count, vintage


def unit_name(pcode: str, lang: str) -> str:
    """The unit's name in `lang`, or the p-code itself while no boundaries are loaded that know it."""
    names = unit_names().get(pcode)
    return pcode if names is None else names[lang == "fr"] or names[0]


def unit_names() -> dict[str, tuple[str, str]]:
    """P-code -> (English or local name, French name). Read again when boundaries of another vintage are loaded."""
    return _names(stamp())


@lru_cache(maxsize=2)
def _names(loaded: Stamp) -> dict[str, tuple[str, str]]:
    return {
        pcode: (name, name_fr)
        for pcode, name, name_fr in query("SELECT pcode, name, name_fr FROM record.admin_unit", [])
    }


def country_centres() -> dict[str, tuple[float, float]]:
    """Country -> (longitude, latitude) of its middle: its own centre, else the mean of its first-level units'."""
    return _centres(stamp())


@lru_cache(maxsize=2)
def _centres(loaded: Stamp) -> dict[str, tuple[float, float]]:
    rows = query(
        "SELECT DISTINCT ON (country) country, round(avg(ST_X(centre))::numeric, 2)::float8,"
        " round(avg(ST_Y(centre))::numeric, 2)::float8"
        " FROM record.admin_unit WHERE level <= 1 GROUP BY country, level ORDER BY country, level",
        [],
    )
    return {country: (lon, lat) for country, lon, lat in rows}


def units(where: str, params: Sequence[Any], limit: int, zoom: int | None = None) -> list[dict[str, Any]]:
    """Units under a condition on the view's columns, by level and p-code; `geometry` is GeoJSON text.

    The geometry is the shape, simplified as far as `zoom` allows, or the centre while no shape is loaded.
    """
    shape = "geom" if zoom is None else f"ST_Multi(ST_SimplifyPreserveTopology(geom, {HALF_PIXEL}))"
    return mappings(
        "SELECT pcode, level, country, name, name_fr, parent, vintage, source, geom IS NOT NULL AS has_shape,"
        f" ST_AsGeoJSON({GEOMETRY.format(shape=shape)}, 6) AS geometry"
        f" FROM record.admin_unit WHERE {where} ORDER BY level, pcode LIMIT {limit:d}",
        [*([] if zoom is None else [zoom]), *params],
    )


def listed_units(where: str, params: Sequence[Any], limit: int) -> list[dict[str, Any]]:
    """Units under a condition on the view's columns, by level and p-code, with their centres."""
    return mappings(
        "SELECT pcode, name, name_fr, level, country, nullif(parent, '') AS parent,"
        " round(ST_X(centre)::numeric, 5)::float8 AS longitude, round(ST_Y(centre)::numeric, 5)::float8 AS latitude,"
        f" vintage, source FROM record.admin_unit WHERE {where} ORDER BY level, pcode LIMIT {limit:d}",
        params,
    )


def count_units(where: str, params: Sequence[Any]) -> int:
    """How many units fulfil a condition on the view's columns."""
    return query(f"SELECT count(*) FROM record.admin_unit WHERE {where}", params)[0][0]
