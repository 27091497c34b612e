"""Administrative boundaries: files of GeoJSON -> units with p-code, name, parent, vintage and a valid shape.

All files of one call are loaded together or not at all. Within a country and level the vintage of the file
replaces every other vintage, because p-codes change meaning between vintages.

Official files: each country's COD-AB page on the Humanitarian Data Exchange (`OFFICIAL_PAGES`) links them; give
the link of the GeoJSON, plain, gzipped or zipped.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import astuple, dataclass, field, fields
from pathlib import Path
from typing import Any

from django.db import connection, transaction

from conflict.kit.problems import Problem
from conflict.kit.rejections import Rejections
from conflict.kit.textfiles import opened_text
from events.ingest.boundary_features import Given, Unit, features, read_unit
from events.ingest.files import Progress, local_file, name_of
from events.ingest.placing import Placed, place_incidents, place_places

OFFICIAL_PAGES = {
    "MLI": "https://data.humdata.org/dataset/cod-ab-mli",
    "BFA": "https://data.humdata.org/dataset/cod-ab-bfa",
    "NER": "https://data.humdata.org/dataset/cod-ab-ner",
    "TCD": "https://data.humdata.org/dataset/cod-ab-tcd",
    "MRT": "https://data.humdata.org/dataset/cod-ab-mrt",
    "NGA": "https://data.humdata.org/dataset/cod-ab-nga",
}
NOTHING_GIVEN = Given()
COLUMNS = [column.name for column in fields(Unit)]

STAGING = """
CREATE TEMP TABLE unit_staging (
  number serial, file text, line int, level smallint, pcode text, country text, name text, name_fr text,
  parent text, vintage text, source text, shape geometry
) ON COMMIT DROP
"""
REPAIR = """
UPDATE unit_staging SET shape = ST_CollectionExtract(ST_MakeValid(shape), 3) WHERE NOT ST_IsValid(shape)
"""
EMPTY = "DELETE FROM unit_staging WHERE ST_IsEmpty(shape) RETURNING file, line, pcode"
TWICE = """
DELETE FROM unit_staging s USING unit_staging f
WHERE f.level = s.level AND f.pcode = s.pcode AND f.number < s.number RETURNING s.file, s.line, s.pcode
"""
INDEX = "CREATE UNIQUE INDEX ON unit_staging (level, pcode); ANALYZE unit_staging"
# A file that only repeats the French name that we know as such does not take the English name away.
NAMES_KEPT = """
UPDATE unit_staging s SET name = u.name, name_fr = u.name_fr FROM events_adminunit u
WHERE u.level = s.level AND u.pcode = s.pcode AND s.name_fr = '' AND s.name = u.name_fr
"""
CENTRE = """
CASE WHEN ST_Contains(s.shape, ST_Centroid(s.shape)) THEN ST_Centroid(s.shape) ELSE ST_PointOnSurface(s.shape) END
"""
DIFFERS = """
(u.country, u.name, u.name_fr, u.vintage, u.source)
  IS DISTINCT FROM (s.country, s.name, s.name_fr, s.vintage, s.source)
OR s.parent NOT IN ('', u.parent) OR u.geom IS NULL OR u.geom::bytea <> ST_Multi(s.shape)::bytea
"""
UPDATE = f"""
UPDATE events_adminunit u SET country = s.country, name = s.name, name_fr = s.name_fr, vintage = s.vintage,
  source = s.source, geom = ST_Multi(s.shape), parent = CASE WHEN s.parent = '' THEN u.parent ELSE s.parent END,
  centre = {CENTRE}
FROM unit_staging s WHERE s.level = u.level AND s.pcode = u.pcode AND ({DIFFERS})
"""
INSERT = f"""
INSERT INTO events_adminunit (level, pcode, country, name, name_fr, parent, vintage, source, geom, centre)
SELECT level, pcode, country, name, name_fr, parent, vintage, source, ST_Multi(shape), {CENTRE}
FROM unit_staging s
WHERE NOT EXISTS (SELECT FROM events_adminunit u WHERE u.level = s.level AND u.pcode = s.pcode)
ORDER BY level, pcode
"""
REPLACED = """
DELETE FROM events_adminunit u
WHERE EXISTS (SELECT FROM unit_staging s WHERE s.country = u.country AND s.level = u.level)
  AND NOT EXISTS (
    SELECT FROM unit_staging s WHERE s.country = u.country AND s.level = u.level AND s.vintage = u.vintage)
"""
# Some releases name no parent: it is the unit of the level above that holds a point inside this one.
PARENTS = """
UPDATE events_adminunit u SET parent = above.pcode
FROM (
  SELECT DISTINCT ON (c.id) c.id, p.pcode FROM events_adminunit c JOIN events_adminunit p
    ON p.level = c.level - 1 AND p.country = c.country AND ST_Covers(p.geom, ST_PointOnSurface(c.geom))
  WHERE c.parent = '' AND c.level > 1 ORDER BY c.id, p.pcode
) AS above WHERE above.id = u.id
"""


@dataclass
class Loaded:
    """What one call did: read = created + changed + unchanged + rejected; the others tell more about them."""

    read: int = 0
    created: int = 0
    changed: int = 0
    unchanged: int = 0
    rejected: int = 0
    repaired: int = 0
    replaced: int = 0
    parents_found: int = 0
    places: int = 0
    by_level: Counter[tuple[str, int]] = field(default_factory=Counter)
    incidents: Placed = field(default_factory=Placed)


def load_boundaries(
    addresses: Sequence[str],
    *,
    given: Given = NOTHING_GIVEN,
    report: Path | None = None,
    dry_run: bool = False,
    republish: bool = False,
    progress: Progress = lambda rows: None,
) -> Loaded:
    """Load GeoJSON files or http(s) addresses, then give incidents and places their units.

    `report` receives the features that could not be used. A dry run does everything and takes it back. Raises
    Refused when a file cannot be read; then nothing has changed.
    """
    loaded = Loaded()
    with Rejections(report) as rejections, transaction.atomic():
        with connection.cursor() as cursor:
            cursor.execute(STAGING)
            for address in addresses:
                loaded.read += stage(cursor, address, given, rejections, progress)
            merge(cursor, loaded, rejections)
        loaded.rejected = rejections.count
        loaded.places = place_places()
        loaded.incidents = place_incidents(republish)
        transaction.set_rollback(dry_run)
    return loaded


def stage(cursor: Any, address: str, given: Given, rejections: Rejections, progress: Progress) -> int:
    """Copy the units of one file into staging; returns how many features it has."""
    name, read = name_of(address), 0
    with (
        local_file(address) as path,
        opened_text(path, (".geojson", ".json")) as text,
        cursor.copy(f"COPY unit_staging (file, line, {', '.join(COLUMNS)}) FROM STDIN") as copy,
    ):
        for line, feature in features(text):
            read += 1
            unit = feature if isinstance(feature, Problem) else read_unit(feature, given)
            if isinstance(unit, Problem):
                rejections.add(name, line, unit)
            else:
                copy.write_row((name, line, *astuple(unit)))
            progress(1)
    return read


def merge(cursor: Any, loaded: Loaded, rejections: Rejections) -> None:
    """Repair, refuse what cannot be repaired, and bring the units up to date, one statement per step."""
    loaded.repaired = changed_by(cursor, REPAIR)
    refuse(cursor, EMPTY, "geometry", "a shape with an area", rejections)
    refuse(cursor, TWICE, "pcode", "a p-code that stands once on its level", rejections)
    cursor.execute(INDEX)
    cursor.execute(NAMES_KEPT)
    cursor.execute("SELECT country, level, count(*) FROM unit_staging GROUP BY 1, 2")
    loaded.by_level = Counter({(country, level): count for country, level, count in cursor.fetchall()})
    loaded.changed = changed_by(cursor, UPDATE)
    loaded.created = changed_by(cursor, INSERT)
    loaded.unchanged = loaded.by_level.total() - loaded.changed - loaded.created
    loaded.replaced = changed_by(cursor, REPLACED)
    loaded.parents_found = changed_by(cursor, PARENTS)
    cursor.execute("DROP TABLE unit_staging")


def refuse(cursor: Any, statement: str, column: str, valid: str, rejections: Rejections) -> None:
    """Take rows out of staging and report each."""
    cursor.execute(statement)
    for file, line, pcode in cursor.fetchall():
        rejections.add(file, line, Problem(column, pcode, valid))


def changed_by(cursor: Any, statement: str) -> int:
    """Run one statement and count its rows."""
    cursor.execute(statement)
    count: int = cursor.rowcount
    return count
