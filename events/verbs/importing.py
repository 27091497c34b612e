"""import: rows of a dataset become published incidents, in one transaction, as one publication.

An importer brings its rows as an `Incoming`; this verb owns what all importers share: that nothing is written when nothing
changed, that the sum of the rows is right, the publication, the trace and the row that remembers the run.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Protocol

from django.contrib.auth.models import User
from django.db import connection, transaction
from django.utils import timezone

from actors.models import Actor
from conflict.kit.problems import Problem, Refused
from events.codes import PublicationKind
from events.models import ImportRun, Source
from events.record import ledger
from events.verbs.documents import actor_row
from events.verbs.publishing import locked_actors, mark_published
from events.verbs.tracing import trace

ROLE = "importer"
Tell = Callable[[str], None]


@dataclass(frozen=True)
class Counts:
    """What became of the rows: read = created + changed + unchanged + rejected. `held` of the changed wait for an editor."""

    read: int
    created: int
    changed: int
    rejected: int
    held: int = 0

    @property
    def unchanged(self) -> int:
        """The rows that were there already, just so."""
        return self.read - self.created - self.changed - self.rejected


@dataclass(frozen=True)
class Imported:
    """The outcome of a run. `publication` is None where nothing was published; `run` where nothing was written."""

    counts: Counts
    publication: ledger.Publication | None = None
    run: ImportRun | None = None
    remarks: tuple[str, ...] = ()


@dataclass(frozen=True)
class Origin:
    """Where the rows come from: a dataset, its release, the file and its SHA-256, a country if only one was asked for."""

    dataset: Source
    label: str
    release: str
    file: str
    sha256: str
    country: str = ""


class Incoming(Protocol):
    """Rows on their way in. Every method works in the verb's transaction, on the desk's connection."""

    def sort(self, tell: Tell) -> Counts:
        """Read the rows and find what becomes of each; write nothing but temporary tables."""

    def write_desk(self, tell: Tell) -> set[int]:
        """Write the desk's rows; return the ids of the actors that the new versions name."""

    def write_record(self, number: int, tell: Tell) -> int:
        """Add the incident versions of publication `number`; return how many."""

    def report_file(self) -> str:
        """The name of the report file, empty when there is none."""

    def remarks(self) -> list[str]:
        """Sentences for the summary about rows that were used although something in them is odd."""


def import_rows(
    incoming: Incoming,
    origin: Origin,
    *,
    by: User | None = None,
    dry_run: bool = False,
    tell: Tell = lambda step: None,
) -> Imported:
    """Import, or with `dry_run` find out what an import would do. Raises Refused, with nothing changed."""
    with transaction.atomic():
        refuse_private(origin.dataset)
        prepare_session()
        counts = incoming.sort(tell)
        done = Imported(counts)
        if counts.created or counts.changed:
            done = written(incoming, origin, counts, by, tell)
        if dry_run:
            transaction.set_rollback(True)
            done = replace(done, publication=None, run=None)
    return done


def refuse_private(dataset: Source) -> None:
    """Rows that may not be passed on never reach the record."""
    if not dataset.redistributable:
        raise Refused(
            Problem("dataset", dataset.slug, "a dataset whose licence allows it to be published"), status=403
        )


def prepare_session() -> None:
    """Settings of this transaction: room for sorting, the quicker compression where the server has it, foreign keys
    checked statement by statement.

    Left to the commit, millions of checks would queue in the server's memory.
    """
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        cursor.execute("SET LOCAL work_mem = '64MB'")
        cursor.execute("SET LOCAL jit = off")
        cursor.execute(
            "SELECT set_config(name, 'lz4', true) FROM pg_settings"
            " WHERE name = 'default_toast_compression' AND 'lz4' = ANY(enumvals)"
        )


def defer_constraints() -> None:
    """Versions come before the publication they belong to; the commit checks that it is there."""
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL DEFERRED")


def written(incoming: Incoming, origin: Origin, counts: Counts, by: User | None, tell: Tell) -> Imported:
    """Desk, record, run and trace."""
    named = incoming.write_desk(tell)
    run = remember(origin, counts, incoming.report_file())
    publication = (
        published(incoming, origin, counts, named, tell)
        if counts.created + counts.changed > counts.held
        else None
    )
    if publication:
        ImportRun.objects.filter(pk=run.pk).update(publication=publication.number)
        run.publication = publication.number
    number = publication.number if publication else None
    change = {"created": counts.created, "changed": counts.changed, "held": counts.held}
    trace(
        "import", run, by=by, role=ROLE, reason=reason_of(origin, counts), publication=number, change=change
    )
    return Imported(counts, publication, run, tuple(incoming.remarks()))


def published(
    incoming: Incoming, origin: Origin, counts: Counts, named: set[int], tell: Tell
) -> ledger.Publication:
    """One publication; its lock is taken only now, so that editors wait for the record part alone."""
    unknown = named - ledger.published_actor_ids(named)
    actors: list[Actor] = locked_actors(sorted(unknown))
    defer_constraints()
    number = ledger.opened()
    ledger.add_actors(number, [actor_row(actor) for actor in actors])
    incoming.write_record(number, tell)
    tell("sealing the publication")
    publication = ledger.sealed(number, PublicationKind.IMPORT, ROLE, reason_of(origin, counts))
    mark_published([], actors)
    return publication


def reason_of(origin: Origin, counts: Counts) -> str:
    """What the publication says of itself."""
    published_changes = counts.changed - counts.held
    return f"{origin.label} imported from {origin.file}: {counts.created} new, {published_changes} changed"


def remember(origin: Origin, counts: Counts, report_file: str) -> ImportRun:
    """The row of this run."""
    return ImportRun.objects.create(
        dataset=origin.dataset,
        file=origin.file,
        sha256=origin.sha256,
        release=origin.release,
        country=origin.country,
        finished_at=timezone.now(),
        read=counts.read,
        created=counts.created,
        changed=counts.changed,
        unchanged=counts.unchanged,
        rejected=counts.rejected,
        report_file=report_file,
    )
