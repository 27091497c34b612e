"""import_acled: a user's own ACLED export becomes reference material of the desk, and of the desk alone.

ACLED's terms forbid a public platform built on their rows, so this importer writes no incident and no claim: its
rows have a table of their own that no verb publishes from (docs/importing.md).
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from hashlib import file_digest, sha256
from pathlib import Path
from typing import Any

from django.contrib.auth.models import User
from django.db import connection

from conflict.kit.problems import Problem, Refused
from conflict.kit.rejections import Rejections
from conflict.kit.textfiles import Limits
from events.codes import SourceKind
from events.ingest.acled.columns import NEEDED, read_row
from events.ingest.files import Progress, local_file
from events.ingest.rowfiles import LIMITS, Row, opened
from events.models import Source
from events.models.sources import ACLED
from events.verbs.importing import Counts, Imported, Origin
from events.verbs.referencing import keep_reference

STAGING = """
CREATE TEMP TABLE private_row (
    line integer, external_id text, day date, time_precision smallint, event_type text, sub_event_type text, actor1 text,
    actor2 text, country text, country_name text, admin1 text, location text, latitude float8, longitude float8,
    geo_precision smallint, fatalities integer, source text, notes text, given jsonb, digest bytea
) ON COMMIT DROP
"""
STAGED = (
    "line", "external_id", "day", "time_precision", "event_type", "sub_event_type", "actor1", "actor2", "country",
    "country_name", "admin1", "location", "latitude", "longitude", "geo_precision", "fatalities", "source", "notes",
    "given", "digest",
)  # fmt: skip
REPEATED = """
DELETE FROM private_row one USING (
    SELECT external_id, max(line) AS line FROM private_row GROUP BY external_id HAVING count(*) > 1
) last
WHERE one.external_id = last.external_id AND one.line < last.line
RETURNING one.line, one.external_id, last.line
"""
COMPARED = """
FROM private_row LEFT JOIN events_referenceevent event
    ON event.dataset_id = %s AND event.external_id = private_row.external_id
"""
COUNTED = f"""
SELECT count(*) FILTER (WHERE event.id IS NULL), count(*) FILTER (WHERE event.digest <> private_row.digest)
{COMPARED}
"""
NEWS = f"""
SELECT line, private_row.external_id, private_row.day, concat_ws(', ', private_row.location, private_row.country_name),
    private_row.sub_event_type, private_row.fatalities
{COMPARED} WHERE event.id IS NULL ORDER BY line LIMIT %s
"""
CHANGES = f"""
SELECT line, external_id, column_name, coalesce(was ->> column_name, ''), coalesce(given ->> column_name, '')
FROM (
    SELECT line, private_row.external_id, event.row AS was, given {COMPARED}
    WHERE event.digest <> private_row.digest ORDER BY line LIMIT %s
) changed
CROSS JOIN LATERAL jsonb_object_keys(was || given) column_name
WHERE was ->> column_name IS DISTINCT FROM given ->> column_name
ORDER BY line, column_name
"""
KEEP = """
    INSERT INTO events_referenceevent AS event (
        dataset_id, external_id, day, time_precision, event_type, sub_event_type, actor1, actor2, country, country_name,
        admin1, location, point, geo_precision, fatalities, source, notes, row, digest, updated_at)
    SELECT %s, external_id, day, time_precision, event_type, sub_event_type, actor1, actor2, country, country_name,
        admin1, location, ST_SetSRID(ST_MakePoint(longitude, latitude), 4326), geo_precision, fatalities, source, notes,
        given, digest, now()
    FROM private_row
    ORDER BY line
    ON CONFLICT (dataset_id, external_id) DO UPDATE SET
        day = excluded.day, time_precision = excluded.time_precision, event_type = excluded.event_type,
        sub_event_type = excluded.sub_event_type, actor1 = excluded.actor1, actor2 = excluded.actor2,
        country = excluded.country, country_name = excluded.country_name, admin1 = excluded.admin1,
        location = excluded.location, point = excluded.point, geo_precision = excluded.geo_precision,
        fatalities = excluded.fatalities, source = excluded.source, notes = excluded.notes, row = excluded.row,
        digest = excluded.digest, updated_at = now()
    WHERE event.digest <> excluded.digest
"""


@dataclass(frozen=True)
class News:
    """A row that the desk does not have yet."""

    line: int
    external_id: str
    day: date
    where: str
    kind: str
    fatalities: int


@dataclass(frozen=True)
class Change:
    """A column that says something else than the desk's row."""

    line: int
    external_id: str
    column: str
    now: str
    then: str


def import_acled(
    address: str,
    *,
    report: Path | None = None,
    by: User | None = None,
    dry_run: bool = False,
    progress: Progress = lambda rows: None,
) -> Imported:
    """Keep the rows of an ACLED export (csv, csv.gz, zip, xlsx) on the desk; `report` receives what could not be used.

    Raises Refused, with nothing changed, for a file that is no ACLED export.
    """
    with local_file(address) as path, Rejections(report) as rejections:
        done, _ = keep_export(path, path.name, rejections, by=by, dry_run=dry_run, progress=progress)
        return done


def keep_export(
    path: Path,
    name: str,
    rejections: Rejections,
    *,
    by: User | None = None,
    dry_run: bool = False,
    progress: Progress = lambda rows: None,
    limits: Limits = LIMITS,
    most_rows: int = 0,
    shown: int = 0,
) -> tuple[Imported, PrivateRows]:
    """Keep the rows of a file at `path` that was handed in as `name`; `shown` rows of each kind are there to be looked at."""
    with opened(path, limits) as table, path.open("rb") as handle:
        refuse_wrong_file(table.header)
        origin = Origin(dataset(), "ACLED export", "", name, file_digest(handle, "sha256").hexdigest())
        rows = PrivateRows(table.header, table.rows, name, rejections, origin.dataset, progress)
        rows.most, rows.shown = most_rows, shown
        return keep_reference(rows, origin, by=by, dry_run=dry_run), rows


def refuse_wrong_file(header: Sequence[str]) -> None:
    """Raise Refused naming the missing columns."""
    missing = [name for name in NEEDED if name not in {cell.strip().lower() for cell in header}]
    if missing:
        found = ", ".join(list(header)[:12])
        raise Refused(
            Problem("columns", found, f"an ACLED export; these columns are missing: {', '.join(missing)}")
        )


def dataset() -> Source:
    """ACLED as a source of the desk: not redistributable, which the database holds."""
    source, _ = Source.objects.get_or_create(
        slug=ACLED,
        defaults={
            "name": "ACLED (private export)",
            "kind": SourceKind.DATASET,
            "language": "en",
            "url": "https://acleddata.com/",
            "licence": "ACLED terms of use: for the licence holder alone, not to be passed on",
            "redistributable": False,
        },
    )
    return source


class PrivateRows:
    """The rows of one export on their way to the desk (`verbs.referencing.Reference`)."""

    def __init__(
        self,
        header: Sequence[str],
        rows: Iterator[Row],
        name: str,
        rejections: Rejections,
        dataset: Source,
        progress: Progress,
    ) -> None:
        self.names = [cell.strip().lower() for cell in header]
        self.rows, self.name, self.rejections = rows, name, rejections
        self.dataset, self.progress = dataset, progress
        self.read = 0
        self.most = self.shown = 0
        self.news: list[News] = []
        self.changes: list[Change] = []

    def sort(self) -> Counts:
        """Stage every row, then compare them all with the desk's."""
        with connection.cursor() as cursor:
            cursor.execute(STAGING)
            with cursor.copy(f"COPY private_row ({', '.join(STAGED)}) FROM STDIN") as copy:
                for staged in self.staged():
                    copy.write_row(staged)
            cursor.execute(REPEATED)
            for line, event, last in cursor.fetchall():
                valid = f"an id that stands once; line {last} has it again and counts"
                self.rejections.add(self.name, line, Problem("event_id_cnty", event, valid))
            cursor.execute(COUNTED, [self.dataset.pk])
            created, changed = cursor.fetchone()
            self.look(cursor)
        return Counts(self.read, created, changed, self.rejections.count)

    def look(self, cursor: Any) -> None:
        """Take down the first rows of each kind."""
        cursor.execute(NEWS, [self.dataset.pk, self.shown])
        self.news = [News(*row) for row in cursor.fetchall()]
        cursor.execute(CHANGES, [self.dataset.pk, self.shown])
        self.changes = [Change(*row) for row in cursor.fetchall()]

    def write(self) -> None:
        """What is new or changed, in one statement."""
        with connection.cursor() as cursor:
            cursor.execute(KEEP, [self.dataset.pk])

    def staged(self) -> Iterator[tuple[Any, ...]]:
        """The rows that can be used, as the temporary table takes them."""
        for line, cells in self.rows:
            self.read += 1
            if self.most and self.read > self.most:
                raise Refused(Problem("file", self.name, f"at most {self.most:,} rows; hand it in by parts"))
            if self.read % 2_000 == 0:
                self.progress(2_000)
            given = self.given(line, cells)
            values = read_row(given) if given is not None else []
            if isinstance(values, list):
                if values:
                    self.rejections.add(self.name, line, *values)
                continue
            text = json.dumps(given, sort_keys=True, ensure_ascii=False)
            values |= {"line": line, "given": text, "digest": sha256(text.encode()).digest()}
            yield tuple(values[name] for name in STAGED)

    def given(self, line: int, cells: list[str]) -> Mapping[str, str] | None:
        """The row by column, as it stands; None for one of another width or with bytes that are no text."""
        if len(cells) != len(self.names):
            valid = f"{len(self.names)} cells, as in the header"
            self.rejections.add(self.name, line, Problem("row", f"{len(cells)} cells", valid))
            return None
        text = "".join(cells)
        if "\0" in text or any("\ud800" <= char <= "\udfff" for char in text if char > "\ud7ff"):
            self.rejections.add(self.name, line, Problem("row", text[:60], "text in UTF-8 without NUL"))
            return None
        return dict(zip(self.names, cells, strict=True))

    def report_file(self) -> str:
        """The report's name, empty when no row was rejected."""
        path = self.rejections.path
        return path.name if path and self.rejections.count else ""
