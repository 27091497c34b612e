"""Rows in the shape of an ACLED export, invented for the tests: no such ids, places, groups or days are ACLED's."""

from __future__ import annotations

import csv
from pathlib import Path

HEADER = (
    "event_id_cnty,event_date,year,time_precision,disorder_type,event_type,sub_event_type,actor1,assoc_actor_1,inter1,"
    "actor2,assoc_actor_2,inter2,interaction,civilian_targeting,iso,region,country,admin1,admin2,admin3,location,latitude,"
    "longitude,geo_precision,source,source_scale,notes,fatalities,tags,timestamp"
)
COLUMNS = HEADER.split(",")
# A word that stands in every invented row and nowhere else: where it shows, a private row has got out.
MARK = "Zzinvented"

INVENTED = {
    "event_id_cnty": "ZZT1",
    "event_date": "2019-02-03",
    "year": "2019",
    "time_precision": "1",
    "disorder_type": "Political violence",
    "event_type": "Battles",
    "sub_event_type": "Armed clash",
    "actor1": f"{MARK} Brigade",
    "actor2": f"{MARK} Column",
    "country": "Mali",
    "admin1": f"{MARK} region",
    "location": f"{MARK} village",
    "latitude": "15.5",
    "longitude": "-1.5",
    "geo_precision": "1",
    "source": f"{MARK} gazette",
    "notes": f"{MARK}: two imaginary groups met; 7 imaginary people died.",
    "fatalities": "7",
    "timestamp": "1700000000",
}


def row(number: int, **changes: str) -> dict[str, str]:
    """An invented row with an id of its own and some values changed."""
    return {**INVENTED, "event_id_cnty": f"ZZT{number}", **changes}


def write(path: Path, rows: list[dict[str, str]], columns: list[str] = COLUMNS, delimiter: str = ",") -> Path:
    """Write rows as a CSV file."""
    with path.open("w", newline="", encoding="utf-8-sig") as lines:
        writer = csv.DictWriter(lines, columns, restval="", extrasaction="ignore", delimiter=delimiter)
        writer.writeheader()
        writer.writerows(rows)
    return path
