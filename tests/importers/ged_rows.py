"""Rows in the shape of UCDP GED, written for the tests: ids from 900,000,000 are not UCDP's."""

from __future__ import annotations

import csv
from pathlib import Path

HEADER = (
    "id,relid,year,active_year,code_status,type_of_violence,conflict_dset_id,conflict_new_id,conflict_name,dyad_dset_id,"
    "dyad_new_id,dyad_name,side_a_dset_id,side_a_new_id,side_a,side_b_dset_id,side_b_new_id,side_b,number_of_sources,"
    "source_article,source_office,source_date,source_headline,source_original,where_prec,where_coordinates,"
    "where_description,adm_1,adm_2,latitude,longitude,geom_wkt,priogrid_gid,country,country_id,region,event_clarity,"
    "date_prec,date_start,date_end,deaths_a,deaths_b,deaths_civilians,deaths_unknown,best,high,low,gwnoa,gwnob"
)
COLUMNS = HEADER.split(",")

PLAIN = {
    "id": "900000001",
    "relid": "MLI-2024-1-1-1",
    "year": "2024",
    "type_of_violence": "1",
    "conflict_name": "Mali: Government",
    "dyad_new_id": "14620",
    "dyad_name": "Government of Mali - JNIM",
    "side_a_new_id": "72",
    "side_a": "Government of Mali",
    "side_b_new_id": "6716",
    "side_b": "JNIM",
    "number_of_sources": "1",
    "source_article": '"Example Wire,2024-03-02,Soldiers attacked near Sévaré"',
    "source_office": "Example Wire",
    "source_date": "2024-03-02",
    "source_headline": "Soldiers attacked near Sévaré",
    "where_prec": "1",
    "where_coordinates": "Sévaré town",
    "adm_1": "Mopti region",
    "adm_2": "Mopti cercle",
    "latitude": "14.527",
    "longitude": "-4.095",
    "country": "Mali",
    "country_id": "432",
    "region": "Africa",
    "event_clarity": "1",
    "date_prec": "1",
    "date_start": "2024-03-01 00:00:00.000",
    "date_end": "2024-03-01 00:00:00.000",
    "deaths_a": "2",
    "deaths_b": "3",
    "deaths_civilians": "0",
    "deaths_unknown": "0",
    "best": "5",
    "high": "7",
    "low": "4",
}


def row(number: int, **changes: str) -> dict[str, str]:
    """A row with an id of its own and some values changed."""
    return {**PLAIN, "id": str(900_000_000 + number), **changes}


VARIED = [
    row(1),
    row(
        2,
        type_of_violence="3",
        side_b_new_id="1",
        side_b="Civilians",
        deaths_a="0",
        deaths_b="0",
        deaths_civilians="5",
    ),
    row(3, best="9", high="7", low="4"),
    row(4, date_start="03/05/2024", date_end="03/07/2024", date_prec="2"),
    row(5, id="900000005.0", best="5.0", latitude="14.5", where_prec="2"),
    row(6, where_prec="6", latitude="17.0", longitude="-4.0", adm_1="", adm_2=""),
    row(7, side_a="Government of Mali, Government of Russia (Soviet Union)", side_a_new_id="72"),
    row(8, side_b="XXX436", side_b_new_id="99436"),
    row(
        9,
        source_headline="Two lines\nof headline",
        source_article='"Example Wire,2024-03-02,Two lines\nof headline"',
    ),
    row(10, best="0", high="1", low="0", deaths_a="0", deaths_b="0"),
    row(11, where_coordinates="=cmd()", date_prec="4", event_clarity="2"),
]


def write(path: Path, rows: list[dict[str, str]], columns: list[str] = COLUMNS) -> Path:
    """Write rows as a CSV file."""
    with path.open("w", newline="", encoding="utf-8") as lines:
        writer = csv.DictWriter(lines, columns, restval="", extrasaction="ignore")
        writer.writeheader()
        writer.writerows(rows)
    return path
