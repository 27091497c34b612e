"""The trace that every verb leaves, in the same transaction as its effect."""

from __future__ import annotations

from typing import Any

from django.contrib.auth.models import User
from django.db.models import Model

from events.models import Trace


def trace(
    verb: str,
    subject: Model,
    *,
    by: User | None = None,
    role: str = "editor",
    reason: str = "",
    publication: int | None = None,
    change: dict[str, Any] | None = None,
) -> Trace:
    """Write one trace: which verb on which row, by whom, why, under which publication."""
    return Trace.objects.create(
        verb=verb,
        subject=f"{subject._meta.model_name}:{subject.pk}",
        by=by,
        role=role,
        reason=reason,
        publication=publication,
        change=change or {},
    )
