"""Vector tiles under any query: single incidents where they fit, counts per cell of a grid where they don't.

A query that finds few incidents shows all of them as points in every tile. Otherwise each cell of the grid decides for
itself: up to POINTS_PER_CELL incidents are points, more are one count. Cells are the same in neighbouring tiles, so
neighbours never disagree; no tile can hold more than its cells allow, and nothing is left out.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence

from conflict.kit.mercator import Tile, on_tile
from events.codes import RADIUS_KM
from events.lens.counts import CellPart, Engine, Point
from events.lens.mvt import EXTENT, Layer
from events.lens.remembered import Remembered
from events.query.incidents import BoundQuery

# At about 45 bytes an incident, 2,000 of them keep a tile below 100 kB; a tile with its margin has 100 cells.
POINTS_EVERYWHERE = 2000
POINTS_PER_CELL = 20
POINT_KEYS = ("id", "t", "n", "c", "v", "p", "r")
CELL_KEYS = ("n", "d", "t")
# How many incidents a query locates, counted once for all its tiles.
LOCATED: Remembered[int] = Remembered(4096)
RADII = {str(precision): km for precision, km in RADIUS_KM.items()}


def tile(engine: Engine, asked: BoundQuery, at: Tile) -> bytes:
    """One vector tile: layer `incidents` with points, layer `cells` with counts."""
    if finds_few(engine, asked):
        return points_layer(engine.points(asked, at, None), at)
    grid: dict[int, list[CellPart]] = defaultdict(list)
    for part in engine.cells(asked, at):
        grid[part.cell].append(part)
    few = [cell for cell, parts in grid.items() if incidents(parts) <= POINTS_PER_CELL]
    points = engine.points(asked, at, few) if few else []
    return points_layer(points, at) + cells_layer([grid[cell] for cell in grid.keys() - set(few)], at)


def finds_few(engine: Engine, asked: BoundQuery) -> bool:
    """Whether the query finds so few incidents with a place that every tile can show them all."""
    return LOCATED.get(asked.key, lambda: engine.located(asked, POINTS_EVERYWHERE + 1)) <= POINTS_EVERYWHERE


def incidents(parts: Iterable[CellPart]) -> int:
    """How many incidents a cell holds."""
    return sum(part.incidents for part in parts)


def points_layer(points: Iterable[Point], at: Tile) -> bytes:
    """Incidents, those with most deaths last, so that they are drawn on top."""
    layer = Layer("incidents", POINT_KEYS)
    for point in sorted(points, key=lambda point: (-1 if point.best is None else point.best, point.id)):
        x, y = on_tile(point.mx, point.my, at, EXTENT)
        details = (int(point.contested), point.verification, point.precision, RADII[point.precision])
        layer.add(x, y, (point.id, point.event_type, point.best, *details))
    return layer.encoded()


def cells_layer(cells: Sequence[Sequence[CellPart]], at: Tile) -> bytes:
    """Counts per cell, the largest last: incidents, deaths, the commonest event type (the first by name among equals).

    A cell's point is the mean place of its incidents.
    """
    layer = Layer("cells", CELL_KEYS)
    for parts in sorted(cells, key=lambda parts: (incidents(parts), parts[0].cell)):
        count = incidents(parts)
        x, y = on_tile(
            sum(part.mx for part in parts) // count, sum(part.my for part in parts) // count, at, EXTENT
        )
        commonest = min(parts, key=lambda part: (-part.incidents, part.event_type))
        layer.add(x, y, (count, sum(part.best or 0 for part in parts), commonest.event_type))
    return layer.encoded()
