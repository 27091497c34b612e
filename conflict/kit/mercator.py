"""Web Mercator (EPSG:3857) on a grid of whole numbers, and the tiles cut from it.

A position is (x, y), each from 0 to 2**30 - 1, x eastward from 180° W, y southward from about 85.0511° N.
At the equator one step is 3.7 cm. The same formula in SQL:

    floor((lon + 180) / 360 * 1073741824)::int
    floor((1 - ln(tan(radians(lat)) + 1 / cos(radians(lat))) / pi()) / 2 * 1073741824)::int

Source of the projection: EPSG method 1024, "Popular Visualisation Pseudo Mercator", on the unit square.
"""

from __future__ import annotations

import math
from typing import NamedTuple

from conflict.kit.numbers import read_int
from conflict.kit.problems import Problem

BITS = 30
SIZE = 1 << BITS
# The latitude at which the projected world becomes a square.
LAT_LIMIT = math.degrees(math.atan(math.sinh(math.pi)))
DEEPEST_ZOOM = 22


class Tile(NamedTuple):
    """A tile of the usual XYZ scheme: zoom, column from the west, row from the north."""

    z: int
    x: int
    y: int


class Bounds(NamedTuple):
    """Half-open box on the grid: x_min <= x < x_end and y_min <= y < y_end."""

    x_min: int
    y_min: int
    x_end: int
    y_end: int


def to_grid(lon: float, lat: float) -> tuple[int, int]:
    """(lon, lat) in degrees -> (x, y) on the grid; latitudes beyond the square are moved to its edge."""
    radians = math.radians(min(max(lat, -LAT_LIMIT), LAT_LIMIT))
    across = (lon + 180) / 360
    down = (1 - math.log(math.tan(radians) + 1 / math.cos(radians)) / math.pi) / 2
    return _step(across), _step(down)


def from_grid(x: int, y: int) -> tuple[float, float]:
    """(x, y) on the grid -> (lon, lat) in degrees of the middle of that step; `to_grid` leads back to (x,
    y)."""
    lon = (x + 0.5) / SIZE * 360 - 180
    lat = math.degrees(math.atan(math.sinh(math.pi * (1 - 2 * (y + 0.5) / SIZE))))
    return lon, lat


def tile_bounds(tile: Tile, margin: float = 0.0) -> Bounds:
    """The part of the grid that a tile covers, widened on each side by `margin` tile widths.

    A symbol whose point lies just outside a tile still reaches into it; the margin keeps it from being cut.
    The widened box stops at the edge of the world.
    """
    width = SIZE >> tile.z
    extra = math.ceil(width * margin)
    left, top = tile.x * width, tile.y * width
    return Bounds(
        max(left - extra, 0),
        max(top - extra, 0),
        min(left + width + extra, SIZE),
        min(top + width + extra, SIZE),
    )


def tile_of(x: int, y: int, z: int) -> Tile:
    """The tile of zoom z in which a grid position lies."""
    return Tile(z, x >> (BITS - z), y >> (BITS - z))


def on_tile(x: int, y: int, tile: Tile, extent: int = 4096) -> tuple[int, int]:
    """Grid position -> position on a vector tile of that extent; outside 0..extent in the margin."""
    width = SIZE >> tile.z
    return (x - tile.x * width) * extent // width, (y - tile.y * width) * extent // width


def tile_box(tile: Tile) -> tuple[float, float, float, float]:
    """(west, south, east, north) of a tile in degrees."""
    count = 1 << tile.z
    west, east = (column / count * 360 - 180 for column in (tile.x, tile.x + 1))
    north, south = (
        math.degrees(math.atan(math.sinh(math.pi * (1 - 2 * row / count)))) for row in (tile.y, tile.y + 1)
    )
    return west, south, east, north


def read_tile(z: str, x: str, y: str, deepest: int = DEEPEST_ZOOM) -> Tile | Problem:
    """A tile address as text, within its zoom."""
    zoom = read_int("z", z, 0, deepest)
    if isinstance(zoom, Problem):
        return zoom
    last = (1 << zoom) - 1
    column, row = read_int("x", x, 0, last), read_int("y", y, 0, last)
    if isinstance(column, Problem):
        return column
    return row if isinstance(row, Problem) else Tile(zoom, column, row)


def _step(share: float) -> int:
    return min(max(math.floor(share * SIZE), 0), SIZE - 1)
