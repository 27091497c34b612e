"""The two steps of a report through the machine: read its text, then extract proposals from it."""

from __future__ import annotations

from datetime import date

import structlog
from django.db import transaction

from events.codes import ReportState
from events.ingest.adapter import add_readings
from events.ingest.copies import place_among_others
from events.ingest.deadline import TookTooLong, within
from events.ingest.desk_incidents import matches
from events.ingest.desk_tables import tables
from events.ingest.extract.found import Extraction
from events.ingest.extract.report import extract
from events.ingest.extract.tables import Tables
from events.ingest.match import Figure
from events.ingest.read import Reading, Unreadable
from events.ingest.sandbox import read_apart
from events.models import Report
from events.verbs import reporting
from events.verbs.attaching import propose_or_attach

log = structlog.get_logger(__name__)
# A thousand times what a report of a page takes.
EXTRACTION_SECONDS = 20.0
UNFINISHED = (ReportState.WANTED, ReportState.NEW, ReportState.READ)


def read_report(report_id: int) -> Report | None:
    """Bytes to text, language and date; what cannot be read is set aside with its problem.

    Returns the report where there is something to extract from it; it is held for that.
    """
    report = reporting.take(report_id, ReportState.NEW)
    if report is None:
        return None
    try:
        keep_reading(report, read_apart(bytes(report.content), report.content_type, report.title))
    except Unreadable as problem:
        reporting.set_aside(report, str(problem))
    except Exception as problem:  # whatever a document does to a parser must end in the editors' queue
        log.exception("reading failed", report=report_id)
        reporting.try_again(report, repr(problem))
    return report if report.state == ReportState.READ else None


@transaction.atomic
def keep_reading(report: Report, reading: Reading) -> None:
    """Keep what a report says and what it belongs to; one that only repeats its parent is done."""
    reporting.one_reader_at_a_time()
    report.published_at = report.published_at or reading.published
    kin, repeated = place_among_others(report, reading.text, reading.lang)
    reporting.finish(
        report,
        ReportState.COPY if repeated else ReportState.READ,
        go_on=not repeated,
        text=reading.text,
        title=(report.title or reading.title)[:500],
        language=reading.lang,
        published_at=report.published_at,
        **kin,
    )


def extract_report(report_id: int) -> None:
    """As `extract_from`, for a report that nobody holds."""
    report = reporting.take(report_id, ReportState.READ)
    if report is not None:
        extract_from(report)


def extract_from(report: Report) -> None:
    """Text to proposals: drafts and pending claims for an editor; nothing is published. The report is held."""
    if report.parent and report.parent.state in UNFINISHED:
        reporting.wait_for(report, report.parent)
        return
    try:
        propose_from(report)
    except TookTooLong as problem:  # the rules give the same again: no second try
        reporting.set_aside(report, str(problem))
    except Exception as problem:  # as above: contained, counted, in the end set aside
        log.exception("extraction failed", report=report.pk)
        reporting.try_again(report, repr(problem))


def propose_from(report: Report) -> None:
    """Extract, match and propose; a copy or capture that says nothing beyond its parent is done."""
    known = tables()
    extraction = extraction_of(report, known)
    if report.parent and not says_more(extraction, extraction_of(report.parent, known)):
        reporting.finish(report, ReportState.COPY)
        return
    extraction = add_readings(extraction, report)
    propose_or_attach(report, extraction.as_json(), matches(extraction, day_of(report), known))


def extraction_of(report: Report, known: Tables) -> Extraction:
    """What the rules find in a report."""
    home = report.feed.country if report.feed else ""
    with within(EXTRACTION_SECONDS, "extraction"):
        return extract(report.text, report.language, day_of(report), known, home)


def day_of(report: Report) -> date:
    """The day that a report's own "today" is."""
    return (report.published_at or report.fetched_at).date()


def says_more(one: Extraction, parent: Extraction) -> bool:
    """Whether an extraction has a figure or an incident that its parent's has not."""
    mine, known = figures(one), figures(parent)
    return bool(mine - known) or len(one.incidents) > len(parent.incidents)


def figures(extraction: Extraction) -> set[Figure]:
    """The figures claimed."""
    return {Figure(claim.measure, claim.item_class, claim.low, claim.high) for claim in extraction.claims}
