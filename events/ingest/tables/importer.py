"""import_table: a table in the product's own columns becomes drafts on the desk. It never publishes."""

from __future__ import annotations

import hashlib
import io
import zipfile
from pathlib import Path

from django.contrib.auth.models import User
from django.db import transaction

from conflict.kit.problems import Problem, Refused
from events.codes import SourceKind
from events.ingest.files import local_file
from events.ingest.tables.columns import CLAIMS, INCIDENTS
from events.ingest.tables.planning import CHANGED, CREATED, HELD, Plan, Planned, plan
from events.models import ImportRun, Source, TableUpload
from events.verbs.drafting import Drafted, Drafting
from events.verbs.importing import ROLE, Imported, Origin, remember
from events.verbs.tracing import trace
from events.verbs.uploading import confirmed


def import_table(
    content: bytes,
    name: str,
    source: Source,
    *,
    by: User | None = None,
    dry_run: bool = False,
    leave_doubled: bool = False,
) -> tuple[Imported, Plan]:
    """Import a table handed in by `source`, or with `dry_run` find out what an import would do; one transaction.

    New rows become drafts, changed ones change their draft, as long as nobody has worked on it; the others are held.
    Raises Refused, with nothing changed, for a file that is no such table or a source that is private.
    """
    refuse_private(source)
    with transaction.atomic():
        # Two people who confirm the same table at once: the second finds the first one's rows.
        list(Source.objects.select_for_update().filter(pk=source.pk).values_list("pk"))
        made = plan(content, name, source, leave_doubled)
        counts = made.counts
        if dry_run or not (counts.created or counts.changed):
            return Imported(counts), made
        origin = Origin(
            source, f"Table of {source.name}", "", name[:200], hashlib.sha256(content).hexdigest()
        )
        run = remember(origin, counts, "")
        drafting = Drafting(source, run, by, name[:200])
        drafting.open([drafted(one) for one in made.of(CREATED)])
        drafting.change([drafted(one) for one in made.of(CHANGED)])
        drafting.hold([drafted(one) for one in made.of(HELD)])
        change = {"created": counts.created, "changed": counts.changed, "held": counts.held}
        trace("import", run, by=by, role=ROLE, reason=f"{origin.label}: drafts", change=change)
        return Imported(counts, run=run), made


def confirm(upload: TableUpload, by: User | None) -> tuple[ImportRun | None, Plan]:
    """Import an upload that was looked at. Raises Refused when it has been imported already."""
    with confirmed(upload) as row:
        done, made = import_table(
            bytes(row.content), row.name, row.source, by=by, leave_doubled=row.leave_doubled
        )
        row.run = done.run
    return done.run, made


def drafted(one: Planned) -> Drafted:
    """A planned row for the verb; what it may be already stands in the note for colleagues."""
    assert one.row.entry is not None
    told = "; ".join(f"incident {found.key} ({found.explained()})" for found in one.doubles)
    note = f"May be known already: {told}." if told else ""
    return Drafted(one.row.entry, one.row.digest, one.row.line, one.units, note, one.known)


def refuse_private(source: Source) -> None:
    """What may not be passed on does not come in as drafts of incidents."""
    if not source.redistributable:
        valid = "a source whose licence allows its rows to be published"
        raise Refused(Problem("source", source.slug, valid), status=403)


def desk_tables() -> Source:
    """The source of tables that name no other: filled in by the desk itself."""
    source, _ = Source.objects.get_or_create(
        slug="desk-tables", defaults={"name": "The desk's own tables", "kind": SourceKind.REFERENCE}
    )
    return source


def content_of(address: str, claims: Path | None = None) -> tuple[bytes, str]:
    """The bytes and name of a table at a path or http(s) address, with a second CSV of its claims packed to it."""
    with local_file(address) as path:
        if not path.is_file():
            raise Refused(Problem("file", address, "a file that can be read"))
        content, name = path.read_bytes(), path.name
    return (with_claims(content, claims.read_bytes()), name) if claims else (content, name)


def with_claims(incidents: bytes, claims: bytes) -> bytes:
    """Two CSV files as one zip, as the template has them. Raises Refused for a workbook, which has its own claims."""
    if incidents.startswith(b"PK\x03\x04"):
        raise Refused(Problem("claims", "", "nothing: a workbook or zip brings its claims itself"))
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(f"{INCIDENTS}.csv", incidents)
        archive.writestr(f"{CLAIMS}.csv", claims)
    return packed.getvalue()
