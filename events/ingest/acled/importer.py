"""import_acled: a user's own ACLED export becomes reference material of the desk, and of the desk alone.

ACLED's terms forbid a public platform built on their rows, so this importer writes no incident and no claim: its
rows have a table of their own that no verb publishes from (docs/importing.md).
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from django.contrib.auth.models import User
from django.db import connection

from conflict.kit.problems import Problem, Refused
from conflict.kit.rejections import Rejections
from events.codes import SourceKind
from events.ingest.acled.columns import NEEDED, read_row
from events.ingest.files import Progress, local_file
from events.ingest.rowfiles import Row, opened
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
KEEP = """
WITH kept AS (
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
    RETURNING xmax = 0 AS created
)
SELECT count(*) FILTER (WHERE created), count(*) FILTER (WHERE NOT created) FROM kept
"""


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
    with local_file(address) as path, opened(path) as table, Rejections(report) as rejections:
        refuse_wrong_file(table.header)
        with path.open("rb") as handle:
            sha256 = hashlib.file_digest(handle, "sha256").hexdigest()
        origin = Origin(dataset(), "ACLED export", "", path.name, sha256)
        rows = PrivateRows(table.header, table.rows, path.name, rejections, origin.dataset, progress)
        return keep_reference(rows, origin, by=by, dry_run=dry_run)


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

    def keep(self) -> Counts:
        """Stage every row, then write what is new or changed in one statement."""
        with connection.cursor() as cursor:
            cursor.execute(STAGING)
            with cursor.copy(f"COPY private_row ({', '.join(STAGED)}) FROM STDIN") as copy:
                for staged in self.staged():
                    copy.write_row(staged)
            cursor.execute(REPEATED)
            for line, event, last in cursor.fetchall():
                valid = f"an id that stands once; line {last} has it again and counts"
                self.rejections.add(self.name, line, Problem("event_id_cnty", event, valid))
            cursor.execute(KEEP, [self.dataset.pk])
            created, changed = cursor.fetchone()
        return Counts(self.read, created, changed, self.rejections.count)

    def staged(self) -> Iterator[tuple[Any, ...]]:
        """The rows that can be used, as the temporary table takes them."""
        for line, cells in self.rows:
            self.read += 1
            if self.read % 2_000 == 0:
                self.progress(2_000)
            given = self.given(line, cells)
            values = read_row(given) if given is not None else []
            if isinstance(values, list):
                if values:
                    self.rejections.add(self.name, line, *values)
                continue
            text = json.dumps(given, sort_keys=True, ensure_ascii=False)
            values |= {"line": line, "given": text, "digest": hashlib.sha256(text.encode()).digest()}
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
