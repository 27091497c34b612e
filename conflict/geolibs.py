"""Where GeoDjango finds libgdal and libgeos: in the wheels of pyogrio and shapely.

Debian 12's GDAL 3.6 raises `gis.W001` and lags behind on fixes; the wheels carry current builds of both
libraries, so a checkout behaves alike on every distribution.
"""

from __future__ import annotations

import importlib.util
from pathlib import Path


def wheel_library(package: str, name: str) -> str | None:
    """Return the path of the shared library `name` that the wheel of `package` carries, or None."""
    spec = importlib.util.find_spec(package)
    if spec is None or spec.origin is None:
        return None
    folder = Path(spec.origin).parent.parent / f"{package}.libs"
    return next((str(path) for path in sorted(folder.glob(f"{name}-*.so*"))), None)


GDAL = wheel_library("pyogrio", "libgdal")
GEOS = wheel_library("shapely", "libgeos_c")


def wheel_folder(package: str, name: str) -> str | None:
    """Return the folder `name` inside the installed `package`, or None."""
    spec = importlib.util.find_spec(package)
    if spec is None or spec.origin is None:
        return None
    folder = Path(spec.origin).parent / name
    return str(folder) if folder.is_dir() else None


PROJ_DATA = wheel_folder("pyogrio", "proj_data")
GDAL_DATA = wheel_folder("pyogrio", "gdal_data")
