"""The small map of an incident as numbers for an SVG drawing over the base shapes of the front end.

Units are those of `static/base-shapes.mjs`: Web Mercator on a plane of 65,536 units, x eastward from 180° W,
y southward; the equator is 65,536 units long.
"""

from __future__ import annotations

import math

from conflict.kit.mercator import SIZE, to_grid
from events.words import Row

PLANE = 65536
EQUATOR_KM = 40075.017
# Half the width of what is shown, in kilometres: enough to see the borders around a place.
LEAST_KM = 400
RADII_SHOWN = 2.2
SHAPE = 0.62


def locator(row: Row) -> dict[str, str] | None:
    """{view_box, x, y, radius, dot, longitude, latitude} of a map around a place, as text; None where it has no point."""
    if row.get("longitude") is None or row.get("latitude") is None:
        return None
    x, y = (value / SIZE * PLANE for value in to_grid(row["longitude"], row["latitude"]))
    scale = PLANE / EQUATOR_KM / math.cos(math.radians(row["latitude"]))
    radius = (row.get("radius_km") or 0) * scale
    half = max(LEAST_KM * scale, radius * RADII_SHOWN)
    box = (x - half, y - half * SHAPE, 2 * half, 2 * half * SHAPE)
    return {
        "view_box": " ".join(f"{value:.1f}" for value in box),
        "x": f"{x:.2f}",
        "y": f"{y:.2f}",
        "radius": f"{radius:.2f}" if radius else "",
        "dot": f"{half / 42:.2f}",
        "longitude": f"{row['longitude']:.4f}",
        "latitude": f"{row['latitude']:.4f}",
    }
