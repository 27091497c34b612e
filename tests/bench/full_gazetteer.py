"""Extraction's tables with the gazetteer and the units beside the repository, as a desk has them that has loaded both."""

from __future__ import annotations

import gzip
import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import shapely.geometry

from events.ingest.boundary_features import Given, texts_of
from events.ingest.extract.shipped import GAZETTEER as TOWNS
from events.ingest.extract.shipped import gazetteer_places, registry_entries, tables_of
from events.ingest.extract.tables import PlaceRow, Tables
from events.ingest.gazetteer_rows import PlaceRow as GazetteerRow
from events.ingest.gazetteer_rows import rows_of

GAZETTEER = Path(__file__).parents[3] / "shared" / "data" / "gazetteer_sahel.tsv.gz"
LEVELS = (1, 2)
# A town of ours that cites a GeoNames row is that row.
_CITED = re.compile(r"GeoNames ([0-9]+)")


def full_tables(path: Path = GAZETTEER) -> Tables:
    """Shipped towns, every further populated place of the file, and the units of the boundary files beside it."""
    units = {unit.key: unit for level in LEVELS for unit in _units(path, level)}
    shipped = [place for place in gazetteer_places() if place.key not in units]
    known = {(place.name.casefold(), place.country) for place in shipped}
    cited = set(_CITED.findall((TOWNS / "towns.csv").read_text(encoding="utf-8")))
    places = [*shipped, *units.values()]
    with gzip.open(path, "rt", encoding="utf-8", newline="") as lines:
        for _, row in rows_of(lines, all_features=False):
            if (
                isinstance(row, GazetteerRow)
                and row.external_id not in cited
                and (row.name.casefold(), row.country) not in known
            ):
                places.append(_place(row))
    return tables_of(list(registry_entries()), places)


def _units(gazetteer: Path, level: int) -> Iterator[PlaceRow]:
    path = gazetteer.with_name(f"boundaries_sahel_adm{level}.geojson.gz")
    if not path.exists():
        return
    with gzip.open(path, "rt", encoding="utf-8") as text:
        for feature in json.load(text)["features"]:
            unit = _unit(feature, level)
            if unit is not None:
                yield unit


def _unit(feature: dict[str, Any], level: int) -> PlaceRow | None:
    properties = {key.casefold(): value for key, value in feature["properties"].items()}
    texts = texts_of(properties, level, properties["_iso3"], Given())
    if not isinstance(texts, dict):
        return None
    centre = shapely.geometry.shape(feature["geometry"]).centroid
    return PlaceRow(
        texts["pcode"],
        texts["name"],
        tuple(filter(None, (texts["name_fr"],))),
        properties["_iso3"],
        centre.x,
        centre.y,
        level=level,
        admin1=texts["pcode"] if level == 1 else texts["parent"],
        admin2=texts["pcode"] if level == 2 else "",
    )


def _place(row: GazetteerRow) -> PlaceRow:
    names = tuple(dict.fromkeys([row.name_fr, *row.alternates]))
    return PlaceRow(
        row.external_id,
        row.name,
        tuple(name for name in names if name),
        row.country,
        row.lon,
        row.lat,
        admin1=row.admin1,
        admin2=row.admin2,
        population=row.population or 0,
        feature=row.feature,
    )
