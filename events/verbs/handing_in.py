"""A partner hands in a report over the API: kept once for each idempotency key, whatever is sent how often."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from django.db import IntegrityError, transaction

from conflict.kit.problems import Problem, Refused
from events.codes import HandedInState, ReportState
from events.models import ApiKey, HandedIn
from events.verbs.reporting import keep_report

TOLD: Mapping[ReportState, HandedInState] = {
    ReportState.WANTED: HandedInState.RECEIVED,
    ReportState.NEW: HandedInState.RECEIVED,
    ReportState.READ: HandedInState.RECEIVED,
    ReportState.PROPOSED: HandedInState.IN_REVIEW,
    ReportState.REVIEWED: HandedInState.REVIEWED,
    ReportState.NOTHING: HandedInState.NOTHING_FOUND,
    # What it says is with the editors already.
    ReportState.COPY: HandedInState.IN_REVIEW,
    ReportState.SET_ASIDE: HandedInState.SET_ASIDE,
}


@dataclass(frozen=True)
class Document:
    """What is handed in; `sha256` is the digest of the request's body, by which a repetition is known."""

    content: bytes
    content_type: str
    sha256: str
    title: str = ""
    url: str = ""
    published_at: datetime | None = None


def hand_in(prefix: str, idempotency_key: str, document: Document) -> HandedIn:
    """Keep a partner's report, or find the one that the same idempotency key has brought already.

    Raises Refused: 401 for a key that was revoked meanwhile, 422 when the idempotency key has brought another body.
    """
    key = ApiKey.objects.select_related("source").filter(prefix=prefix, revoked_at=None).first()
    if key is None or key.source is None:
        raise Refused(Problem("key", prefix, "a key for reports that was not revoked"), 401)
    try:
        return found(key, idempotency_key, document) or kept(key, idempotency_key, document)
    except IntegrityError:
        # The same request came twice at once, and the other one was first.
        again = found(key, idempotency_key, document)
        if again is None:
            raise
        return again


def found(key: ApiKey, idempotency_key: str, document: Document) -> HandedIn | None:
    """What this idempotency key has brought already."""
    earlier = (
        HandedIn.objects.select_related("report").filter(key=key, idempotency_key=idempotency_key).first()
    )
    if earlier and earlier.body_sha256 != document.sha256:
        valid = "a new one for each report: this one came with another body before"
        raise Refused(Problem("Idempotency-Key", idempotency_key, valid), 422)
    return earlier


@transaction.atomic
def kept(key: ApiKey, idempotency_key: str, document: Document) -> HandedIn:
    """Keep the report, and that it came with this idempotency key."""
    assert key.source is not None
    report, _ = keep_report(
        source=key.source,
        content=document.content,
        content_type=document.content_type,
        url=document.url,
        published_at=document.published_at,
        title=document.title,
        role="partner",
    )
    return HandedIn.objects.create(
        key=key, idempotency_key=idempotency_key, body_sha256=document.sha256, report=report
    )


def handed_in(prefix: str, public_id: str) -> HandedIn | None:
    """What this key handed in under this id; None also when another key did."""
    return HandedIn.objects.select_related("report").filter(public_id=public_id, key__prefix=prefix).first()


def told(one: HandedIn) -> HandedInState:
    """What the partner is told of the report's state."""
    return TOLD[ReportState(one.report.state)]
