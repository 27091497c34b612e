"""Fetch one document that an editor gave the address of; what stands in the way ends in the editors' queue."""

from __future__ import annotations

import structlog

from events.codes import ReportState
from events.ingest.fetch import FetchProblem, Refused
from events.ingest.pulling import guarded
from events.verbs import reporting
from events.verbs.entering import got

log = structlog.get_logger(__name__)
# Answers that do not change by waiting.
FINAL = frozenset(
    {"http_400", "http_401", "http_403", "http_404", "http_410", "http_451", "too_large", "redirects"}
)


def fetch_wanted(report_id: int) -> None:
    """Address to bytes, through the guard. A refusal is final; a server that is down is asked again."""
    report = reporting.take(report_id, ReportState.WANTED)
    if report is None:
        return
    try:
        page = guarded(report.url)
    except FetchProblem as problem:
        final = isinstance(problem, Refused) or problem.code in FINAL
        (reporting.set_aside if final else reporting.try_again)(report, f"not fetched: {problem}")
        return
    except Exception as problem:  # whatever a server does must end in the editors' queue
        log.exception("fetching failed", report=report_id)
        reporting.try_again(report, repr(problem))
        return
    kind = page.headers.get("content-type", "")
    got(report, page.content, kind, page.final_url, page.headers, page.fetched_at)
