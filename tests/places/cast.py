"""The ground of these tests: squares of two degrees that bear the names of real units.

lat 20 ┌────────┬────────┐
       │ Kidal  │        │   Mali: Kidal (ML08) over Gao (ML07), each with a west and an east half on
lat 18 ├────────┤        │   level 2; Niger: Tahoua (NE005) to the east of Gao.
       │ Gao    │ Tahoua │
lat 16 └────────┴────────┘
  lon  0        2        4
"""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path

from django.contrib.gis.geos import Point

from events.models import Incident


def box(west: float, south: float, east: float, north: float) -> dict:
    """A rectangle as GeoJSON."""
    ring = [[west, south], [east, south], [east, north], [west, north], [west, south]]
    return {"type": "Polygon", "coordinates": [ring]}


def unit(
    level: int, pcode: str, name: str, geometry: object, vintage: str = "2019-08-02", **more: object
) -> dict:
    """A feature in the spelling of OCHA COD-AB with our marks."""
    marks = {
        "_iso3": {"ML": "MLI", "NE": "NER", "BF": "BFA"}.get(pcode[:2], "XXX"),
        "_level": level,
        "_source": "test",
        "_vintage": vintage,
    }
    names = {f"admin{level}Pcode": pcode, f"admin{level}Name": name}
    return {"type": "Feature", "properties": {**marks, **names, **more}, "geometry": geometry}


KIDAL = unit(1, "ML08", "Kidal", box(0, 18, 2, 20))
GAO = unit(1, "ML07", "Gao", box(0, 16, 2, 18))
TAHOUA = unit(1, "NE005", "Tahoua", box(2, 16, 4, 18))
HALVES = [
    unit(2, "ML0802", "Kidal", box(0, 18, 1, 20), admin1Pcode="ML08"),
    unit(2, "ML0801", "Abeïbara", box(1, 18, 2, 20)),
    unit(2, "ML0703", "Gao", box(0, 16, 1, 18)),
    unit(2, "ML0704", "Ménaka", box(1, 16, 2, 18)),
]
WORLD = [KIDAL, GAO, TAHOUA, *HALVES]


def collection(features: list) -> str:
    """The text of a FeatureCollection."""
    return json.dumps({"type": "FeatureCollection", "crs": {"type": "name"}, "features": features})


def write(folder: Path, features: list, name: str = "units.geojson") -> str:
    """A file of boundaries; returns its path."""
    path = folder / name
    path.write_text(collection(features), encoding="utf-8")
    return str(path)


def incident(lon: float, lat: float, country: str = "MLI", **more: object) -> Incident:
    """A draft with a point, near enough for the second level."""
    known: dict[str, object] = {
        "title_en": "Clash near a well",
        "event_type": "battle",
        "event_subtype": "clash",
        "date_start": date(2025, 6, 13),
        "date_end": date(2025, 6, 13),
        "country": country,
        "point": Point(lon, lat, srid=4326),
        "location_precision": "near",
        "source_list": [
            {"outlet": "Radio", "title": "Clash", "url": "https://example.org/1", "date": "2025-06-14"}
        ],
    }
    return Incident.objects.create(**(known | more))
