"""Places in: GeoNames dumps and our own lists -> the gazetteer, set by set.

A town of our own list that cites a GeoNames row is that row under the name and the spellings that we give it:
loading the list and the dump, in whichever order and however often, ends in one place with the names of both, at
the point that the dump gives.

Official files: one zip per country at `OFFICIAL`, for example `OFFICIAL.format("ML")` (GeoNames, CC BY 4.0).
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from django.db import connection, transaction

from conflict.kit.problems import Problem
from conflict.kit.rejections import Rejections
from conflict.kit.textfiles import opened_text
from events.ingest.files import Progress, local_file, name_of
from events.ingest.gazetteer_rows import PlaceRow, RegionRow, Row, rows_of
from events.ingest.placing import place_places

OFFICIAL = "https://download.geonames.org/export/dump/{}.zip"
FOLDER = Path(__file__).parents[1] / "gazetteer"
SHIPPED = (str(FOLDER / "admin1.csv"), str(FOLDER / "towns.csv"))

STAGING = """
CREATE TEMP TABLE place_staging (
  line int, source text, external_id text, name text, name_fr text, alternates text[], country text,
  point geometry, feature text, population int, admin1 text, admin2 text, curated boolean
) ON COMMIT DROP;
CREATE TEMP TABLE region_staging (
  line int, country text, pcode text, name text, name_fr text, centre geometry, vintage text, source text
) ON COMMIT DROP
"""
TWICE = """
DELETE FROM place_staging s USING place_staging f
WHERE f.source = s.source AND f.external_id = s.external_id AND f.line < s.line
RETURNING s.line, s.external_id
"""
# Names add up and are never taken away. A curated row leaves the point and population of a row that is there, and
# units once found by position stay until they are found anew.
MERGE = """
CREATE TEMP TABLE place_merge ON COMMIT DROP AS
SELECT p.id, s.source, s.external_id, s.name, s.country, s.feature,
  coalesce(nullif(s.name_fr, ''), p.name_fr, '') AS name_fr,
  coalesce((
    SELECT array_agg(DISTINCT other COLLATE "C") FROM unnest(s.alternates || p.alternates || p.name::text) AS other
    WHERE other <> s.name
  ), '{}') AS alternates,
  CASE WHEN s.curated THEN coalesce(p.point, s.point) ELSE s.point END AS point,
  CASE WHEN s.curated THEN coalesce(p.population, s.population)
    ELSE coalesce(s.population, p.population) END AS population,
  coalesce(nullif(p.admin1, ''), s.admin1) AS admin1,
  CASE WHEN p.admin1 <> '' THEN p.admin2 ELSE s.admin2 END AS admin2
FROM place_staging s LEFT JOIN events_place p ON p.source = s.source AND p.external_id = s.external_id
"""
UPDATE = """
UPDATE events_place p SET name = m.name, name_fr = m.name_fr, alternates = m.alternates, country = m.country,
  point = m.point, feature = m.feature, population = m.population, admin1 = m.admin1, admin2 = m.admin2
FROM place_merge m WHERE m.id = p.id AND (
  (p.name, p.name_fr, p.alternates::text[], p.country, p.feature, p.population, p.admin1, p.admin2)
    IS DISTINCT FROM (m.name, m.name_fr, m.alternates, m.country, m.feature, m.population, m.admin1, m.admin2)
  OR p.point::bytea <> m.point::bytea)
"""
INSERT = """
INSERT INTO events_place (source, external_id, name, name_fr, alternates, country, point, feature, population,
  admin1, admin2, admin3)
SELECT source, external_id, name, name_fr, alternates, country, point, feature, population, admin1, admin2, ''
FROM place_merge WHERE id IS NULL ORDER BY source, external_id
"""
# A centre alone never stands beside, or in the place of, a country's shapes.
REGIONS = """
INSERT INTO events_adminunit (level, pcode, country, name, name_fr, parent, vintage, source, centre)
SELECT 1, pcode, country, name, name_fr, left(pcode, 2), vintage, source, centre FROM region_staging r
WHERE NOT EXISTS (
  SELECT FROM events_adminunit u WHERE u.country = r.country AND u.level = 1 AND u.geom IS NOT NULL)
ON CONFLICT (level, pcode) DO UPDATE SET country = excluded.country, name = excluded.name,
  name_fr = excluded.name_fr, vintage = excluded.vintage, source = excluded.source, centre = excluded.centre
WHERE (events_adminunit.name, events_adminunit.name_fr, events_adminunit.vintage, events_adminunit.source)
  IS DISTINCT FROM (excluded.name, excluded.name_fr, excluded.vintage, excluded.source)
  OR events_adminunit.centre::bytea <> excluded.centre::bytea
RETURNING (xmax = 0) AS is_new
"""


@dataclass
class Loaded:
    """What one call did: read = created + changed + unchanged + passed_over + rejected.

    `passed_over` are features of no use (rivers, dunes); `placed` counts places whose units were found anew.
    """

    read: int = 0
    created: int = 0
    changed: int = 0
    unchanged: int = 0
    passed_over: int = 0
    rejected: int = 0
    placed: int = 0


def load_gazetteer(
    addresses: Sequence[str] = SHIPPED,
    *,
    all_features: bool = False,
    report: Path | None = None,
    dry_run: bool = False,
    progress: Progress = lambda rows: None,
) -> Loaded:
    """Load gazetteer files or http(s) addresses (GeoNames .txt, .zip, .tsv.gz, our own CSV) into the gazetteer.

    Without addresses: the towns and regions that ship with the product. `report` receives the rows that could not
    be used. A dry run does everything and takes it back. Raises Refused when a file cannot be read; then nothing
    has changed.
    """
    loaded = Loaded()
    with Rejections(report) as rejections, transaction.atomic():
        for address in addresses:
            load_file(address, loaded, all_features, rejections, progress)
        loaded.rejected = rejections.count
        loaded.unchanged = (
            loaded.read - loaded.created - loaded.changed - loaded.passed_over - loaded.rejected
        )
        loaded.placed = place_places()
        transaction.set_rollback(dry_run)
    return loaded


def load_file(
    address: str, loaded: Loaded, all_features: bool, rejections: Rejections, progress: Progress
) -> None:
    """Stage one file, then bring the gazetteer up to it, one statement per step."""
    with (
        connection.cursor() as cursor,
        local_file(address) as path,
        opened_text(path, (".txt", ".tsv", ".csv")) as text,
    ):
        cursor.execute(STAGING)
        sorted_out = sort_out(rows_of(text, all_features), loaded, rejections, name_of(address), progress)
        regions = stage_places(cursor, sorted_out)
        merge_places(cursor, loaded, rejections, name_of(address))
        merge_regions(cursor, regions, loaded)
        for table in ("place_staging", "region_staging", "place_merge"):
            cursor.execute(f"DROP TABLE {table}")


def sort_out(
    rows: Iterator[tuple[int, Row]], loaded: Loaded, rejections: Rejections, file: str, progress: Progress
) -> Iterator[tuple[int, PlaceRow | RegionRow]]:
    """Count every row, report the bad ones, hand on the rest under our names."""
    ours = our_names()
    for line, row in rows:
        loaded.read += 1
        progress(1)
        if row is None:
            loaded.passed_over += 1
        elif isinstance(row, Problem):
            rejections.add(file, line, row)
        else:
            yield line, under_our_name(row, ours)


def our_names() -> Mapping[str, PlaceRow]:
    """The shipped towns that cite a GeoNames row, by its number."""
    with opened_text(Path(SHIPPED[1])) as text:
        towns = [row for _, row in rows_of(text, False) if isinstance(row, PlaceRow)]
    return {town.external_id: town for town in towns if town.source == "geonames"}


def under_our_name(row: PlaceRow | RegionRow, ours: Mapping[str, PlaceRow]) -> PlaceRow | RegionRow:
    """A GeoNames row that our list knows, with our name and spellings; its own become alternates."""
    if (
        not isinstance(row, PlaceRow)
        or row.curated
        or row.source != "geonames"
        or row.external_id not in ours
    ):
        return row
    town = ours[row.external_id]
    names = [*town.alternates, row.name, *row.alternates]
    alternates = [name for name in dict.fromkeys(names) if name != town.name]
    return replace(row, name=town.name, name_fr=town.name_fr, feature=town.feature, alternates=alternates)


def stage_places(cursor: Any, rows: Iterator[tuple[int, PlaceRow | RegionRow]]) -> list[RegionRow]:
    """Copy places into staging as they come; regions are few and come back."""
    regions = []
    with cursor.copy("COPY place_staging FROM STDIN") as copy:
        for line, row in rows:
            if isinstance(row, RegionRow):
                regions.append(row)
                continue
            names = (row.source, row.external_id, row.name, row.name_fr, row.alternates, row.country)
            rest = (row.feature, row.population, row.admin1, row.admin2, row.curated)
            copy.write_row((line, *names, ewkt(row.lon, row.lat), *rest))
    return regions


def ewkt(lon: float, lat: float) -> str:
    """A point as PostGIS reads it."""
    return f"SRID=4326;POINT({lon!r} {lat!r})"


def merge_places(cursor: Any, loaded: Loaded, rejections: Rejections, file: str) -> None:
    """From staging into the gazetteer."""
    cursor.execute("CREATE INDEX ON place_staging (source, external_id)")
    cursor.execute(TWICE)
    for line, external_id in cursor.fetchall():
        rejections.add(file, line, Problem("geonameid", external_id, "a place that stands once in the file"))
    cursor.execute(MERGE)
    cursor.execute(UPDATE)
    loaded.changed += cursor.rowcount
    cursor.execute(INSERT)
    loaded.created += cursor.rowcount


def merge_regions(cursor: Any, regions: Sequence[RegionRow], loaded: Loaded) -> None:
    """Regions known by their centre, for countries whose shapes are not loaded."""
    for line, region in enumerate(regions, start=2):
        centre = ewkt(region.lon, region.lat)
        cells = (
            region.country,
            region.pcode,
            region.name,
            region.name_fr,
            centre,
            region.vintage,
            region.source,
        )
        cursor.execute("INSERT INTO region_staging VALUES (%s, %s, %s, %s, %s, %s, %s, %s)", [line, *cells])
    cursor.execute(REGIONS)
    fresh = [is_new for (is_new,) in cursor.fetchall()]
    loaded.created += sum(fresh)
    loaded.changed += len(fresh) - sum(fresh)
