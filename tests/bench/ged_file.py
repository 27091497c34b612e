"""A UCDP GED file of any length: rows of a real file drawn again with new ids and dates, or made up where none is at hand.

python tests/bench/ged_file.py 500000 out.csv [real.csv.gz]
"""

from __future__ import annotations

import csv
import gzip
import random
import sys
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path

from events.ingest.ged.columns import STANDARD

FIRST_ID = 10_000_000
FIRST_DAY = date(1990, 1, 1)
DAYS = 13_000


def write_file(target: Path, count: int, real: Path | None = None, seed: int = 42) -> None:
    """Write `count` rows to `target`; the same arguments give the same bytes."""
    chance = random.Random(seed)
    rows = list(real_rows(real) if real and real.exists() else made_up_rows(chance))
    with open(target, "w", encoding="utf-8", newline="") as handle:
        writer = csv.writer(handle)
        writer.writerow(STANDARD)
        for number in range(count):
            writer.writerow(drawn(rows[chance.randrange(len(rows))], FIRST_ID + number, chance))


def real_rows(path: Path) -> Iterator[dict[str, str]]:
    """The rows of a GED file (csv.gz), by column."""
    with gzip.open(path, "rt", encoding="utf-8", newline="") as handle:
        yield from csv.DictReader(handle)


def drawn(row: dict[str, str], number: int, chance: random.Random) -> list[str]:
    """One row again: new id, other days, everything else as it is."""
    first = date.fromisoformat(row["date_start"][:10])
    length = date.fromisoformat(row["date_end"][:10]) - first
    start = FIRST_DAY + timedelta(days=chance.randrange(DAYS))
    new = {
        "id": str(number),
        "year": str(start.year),
        "date_start": f"{start} 00:00:00.000",
        "date_end": f"{start + length} 00:00:00.000",
    }
    return [new.get(name, row[name]) for name in STANDARD]


SIDES = [("72", "Government of Mali"), ("78", "Government of Burkina Faso"), ("75", "Government of Niger")]
GROUPS = [(str(9_900_000 + number), f"Fictional group {number}") for number in range(80)]


def made_up_rows(chance: random.Random, count: int = 2_000) -> Iterator[dict[str, str]]:
    """Fictional rows of the same shape and about the same width."""
    for number in range(count):
        yield made_up(number, chance)


def made_up(number: int, chance: random.Random) -> dict[str, str]:
    """One fictional row."""
    kind = chance.choice("1123")
    a_id, a = chance.choice(SIDES if kind == "1" else GROUPS)
    b_id, b = ("1", "Civilians") if kind == "3" else chance.choice(GROUPS)
    dead = [chance.randrange(6) for _ in range(3)]
    lon, lat = round(chance.uniform(-12, 14), 6), round(chance.uniform(5, 22), 6)
    day = FIRST_DAY + timedelta(days=chance.randrange(DAYS))
    outlet = f"Fictional Outlet {number % 50}"
    headline = f"Fictional headline number {number} about fighting near a fictional village of the bench"
    values = {
        "type_of_violence": kind, "side_a_new_id": a_id, "side_a": a, "side_b_new_id": b_id, "side_b": b,
        "conflict_name": f"{a} - {b}", "dyad_name": f"{a} - {b}", "number_of_sources": "1", "code_status": "Clear",
        "source_article": f'"{outlet},{day},{headline}";"{outlet},{day},{headline} again"',
        "source_office": outlet, "source_date": str(day), "source_headline": headline, "source_original": "officials",
        "where_prec": chance.choice("1112345"), "where_coordinates": f"Fictional village {number % 700}",
        "where_description": f"Fictional village {number % 700}, some distance from a fictional town", "adm_1": "Gao region",
        "adm_2": "Ansongo cercle", "latitude": f"{lat:.6f}", "longitude": f"{lon:.6f}", "geom_wkt": f"POINT ({lon} {lat})",
        "priogrid_gid": "150121", "country": "Mali", "country_id": "432", "region": "Africa", "event_clarity": "1",
        "date_prec": "1", "date_start": f"{day} 00:00:00.000", "date_end": f"{day} 00:00:00.000", "deaths_a": str(dead[0]),
        "deaths_b": str(dead[1]), "deaths_civilians": str(dead[2]), "deaths_unknown": "0", "best": str(sum(dead)),
        "high": str(sum(dead) + 2), "low": str(sum(dead)), "year": str(day.year), "active_year": "True",
        "relid": f"FIC-{day.year}-{number}", "gwnoa": "432",
    }  # fmt: skip
    return {name: values.get(name, "") for name in STANDARD}


if __name__ == "__main__":
    write_file(Path(sys.argv[2]), int(sys.argv[1]), Path(sys.argv[3]) if len(sys.argv) > 3 else None)
