"""The two steps of a report through the machine: read its text, then extract proposals from it."""

from __future__ import annotations

import structlog

from events.codes import ReportState
from events.ingest.desk_incidents import matches
from events.ingest.desk_tables import tables
from events.ingest.extract.report import extract
from events.ingest.read import Unreadable
from events.ingest.sandbox import read_apart
from events.verbs import reporting
from events.verbs.proposing import propose

log = structlog.get_logger(__name__)


def read_report(report_id: int) -> None:
    """Bytes to text, language and date; what cannot be read is set aside with its problem."""
    report = reporting.take(report_id, ReportState.NEW)
    if report is None:
        return
    try:
        reading = read_apart(bytes(report.content), report.content_type, report.title)
    except Unreadable as problem:
        reporting.set_aside(report, str(problem))
        return
    except Exception as problem:  # whatever a document does to a parser must end in the editors' queue
        log.exception("reading failed", report=report_id)
        reporting.try_again(report, repr(problem))
        return
    reporting.finish(
        report,
        ReportState.READ,
        text=reading.text,
        title=(report.title or reading.title)[:500],
        language=reading.lang,
        published_at=report.published_at or reading.published,
    )


def extract_report(report_id: int) -> None:
    """Text to proposals: drafts and pending claims for an editor; nothing is published."""
    report = reporting.take(report_id, ReportState.READ)
    if report is None:
        return
    published = (report.published_at or report.fetched_at).date()
    try:
        known = tables()
        extraction = extract(report.text, report.language, published, known)
        propose(report, extraction.as_json(), matches(extraction, published, known))
    except Exception as problem:  # as above: contained, counted, in the end set aside
        log.exception("extraction failed", report=report_id)
        reporting.try_again(report, repr(problem))
