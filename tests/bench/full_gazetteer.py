"""Extraction's tables with the whole gazetteer beside the repository, as a desk has them that has loaded it."""

from __future__ import annotations

import gzip
from pathlib import Path

from events.ingest.extract.shipped import gazetteer_places, registry_entries, tables_of
from events.ingest.extract.tables import PlaceRow, Tables
from events.ingest.gazetteer_rows import PlaceRow as GazetteerRow
from events.ingest.gazetteer_rows import rows_of

GAZETTEER = Path(__file__).parents[3] / "shared" / "data" / "gazetteer_sahel.tsv.gz"


def full_tables(path: Path = GAZETTEER) -> Tables:
    """Shipped towns and units, and every further populated place of the file."""
    shipped = list(gazetteer_places())
    known = {(place.name.casefold(), place.country) for place in shipped}
    places = [*shipped]
    with gzip.open(path, "rt", encoding="utf-8", newline="") as lines:
        for _, row in rows_of(lines, all_features=False):
            if isinstance(row, GazetteerRow) and (row.name.casefold(), row.country) not in known:
                places.append(_place(row))
    return tables_of(list(registry_entries()), places)


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
