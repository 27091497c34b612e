"""The trace that every verb leaves, in the same transaction as its effect."""

from __future__ import annotations

from typing import Any

from django.contrib.auth.models import User
from django.db.models import Model

from events.models import Source, Trace

# The verbs by which a person changes what an incident says.
HANDS = ("open", "revise")


def subject_of(row: Model) -> str:
    """How traces name a row, for example `incident:42`."""
    return f"{row._meta.model_name}:{row.pk}"


def last_hand(row: Model) -> int | None:
    """The id of the person who changed a row last, as far as traces tell; None when no person has."""
    last = Trace.objects.filter(subject=subject_of(row), verb__in=HANDS).order_by("-id").first()
    return last.by_id if last else None


def trace(verb: str, subject: Model, **told: Any) -> Trace:
    """Write one trace, as `traced` describes it."""
    row = traced(verb, subject, **told)
    row.save(force_insert=True)
    return row


def traced(
    verb: str,
    subject: Model,
    *,
    by: User | None = None,
    role: str = "editor",
    reason: str = "",
    publication: int | None = None,
    change: dict[str, Any] | None = None,
) -> Trace:
    """One trace, not saved: which verb on which row, by whom, why, under which publication."""
    return Trace(
        verb=verb,
        subject=subject_of(subject),
        by=by,
        role=role,
        reason=reason,
        publication=publication,
        change=change or {},
    )


def trace_look(row: Model, by: User, role: str) -> None:
    """Note that somebody looked at a source that is not public; of anything else, looking leaves no trace."""
    if isinstance(row, Source) and not row.public:
        trace("read", row, by=by, role=role)
