"""Tiles as GDAL reads them: an implementation of the specification that is not ours."""

from __future__ import annotations

import math
from pathlib import Path
from typing import Any

import pyogrio
import shapely

from conflict.kit.mercator import SIZE, Tile

HALF_WORLD = math.pi * 6378137


def read(tile: bytes, at: Tile, folder: Path) -> dict[str, list[dict[str, Any]]]:
    """Layer -> features: their properties, and `x`, `y` on the grid of `conflict.kit.mercator`."""
    path = folder / str(at.z) / str(at.x) / f"{at.y}.mvt"
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(tile)
    if not tile:
        return {}
    return {name: features(path, name) for name in pyogrio.list_layers(path)[:, 0]}


def features(path: Path, layer: str) -> list[dict[str, Any]]:
    """The features of one layer; GDAL places them by the folders' names, in metres of EPSG:3857."""
    about, _, shapes, columns = pyogrio.raw.read(path, layer=layer, CLIP="NO")
    names = list(about["fields"])
    rows = zip(*columns, strict=True) if names else ()
    return [
        {**dict(zip(names, row, strict=True)), **on_grid(shape)}
        for row, shape in zip(rows, shapes, strict=True)
    ]


def on_grid(wkb: bytes) -> dict[str, float]:
    """A point in metres as a position on the grid; a layer of points comes as single points in a collection."""
    point = shapely.from_wkb(wkb)
    middle = point.geoms[0] if hasattr(point, "geoms") else point
    return {
        "x": (middle.x + HALF_WORLD) / (2 * HALF_WORLD) * SIZE,
        "y": (HALF_WORLD - middle.y) / (2 * HALF_WORLD) * SIZE,
    }
