"""keep_reference, forget_reference: rows of a private dataset, kept on the desk to be looked at and never published."""

from __future__ import annotations

from typing import Protocol

from django.contrib.auth.models import User
from django.db import transaction

from conflict.kit.problems import Problem, Refused
from events.models import ReferenceEvent, Source, TableUpload
from events.verbs.importing import ROLE, Counts, Imported, Origin, prepare_session, remember
from events.verbs.publishing import refuse_empty_reason
from events.verbs.tracing import trace


class Reference(Protocol):
    """Private rows on their way to the desk. Every method works in the verb's transaction."""

    def sort(self) -> Counts:
        """Read the rows and find what becomes of each; write nothing but temporary tables."""

    def write(self) -> None:
        """Write new and changed rows as reference events."""

    def report_file(self) -> str:
        """The name of the report file, empty when there is none."""


def keep_reference(
    incoming: Reference, origin: Origin, *, by: User | None = None, dry_run: bool = False
) -> Imported:
    """Keep the rows, or with `dry_run` find out what would be kept. Raises Refused, with nothing changed."""
    refuse_open(origin.dataset)
    with transaction.atomic():
        prepare_session()
        # Two exports brought at once: the second finds the first one's rows.
        list(Source.objects.select_for_update().filter(pk=origin.dataset.pk).values_list("pk"))
        counts = incoming.sort()
        done = Imported(counts)
        if not dry_run and (counts.created or counts.changed):
            incoming.write()
            run = remember(origin, counts, incoming.report_file())
            change = {"created": counts.created, "changed": counts.changed}
            trace("import", run, by=by, role=ROLE, reason=f"{origin.label}, kept on the desk", change=change)
            done = Imported(counts, run=run)
        if dry_run:
            transaction.set_rollback(True)
    return done


def forget_reference(dataset: Source, *, reason: str, by: User | None = None) -> int:
    """Delete every row kept of a private dataset and every file it came in, as its terms may ask when a licence ends;
    how many rows there were."""
    refuse_empty_reason(reason)
    with transaction.atomic():
        gone, _ = ReferenceEvent.objects.filter(dataset=dataset).delete()
        files, _ = TableUpload.objects.filter(source=dataset).delete()
        trace("forget", dataset, by=by, role=ROLE, reason=reason, change={"rows": gone, "files": files})
    return gone


def refuse_open(dataset: Source) -> None:
    """What may be passed on is imported and published; only what may not is kept here."""
    if dataset.redistributable:
        raise Refused(Problem("dataset", dataset.slug, "a dataset that is not redistributable"))
