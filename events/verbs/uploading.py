"""keep_table: a table as it was handed in, kept byte for byte until somebody confirms what it would do."""

from __future__ import annotations

import hashlib

from django.contrib.auth.models import User
from django.db import transaction

from events.models import Source, TableUpload
from events.policy import shown_role
from events.verbs.tracing import trace


@transaction.atomic
def keep_table(
    content: bytes, name: str, source: Source, *, leave_doubled: bool = False, by: User | None = None
) -> TableUpload:
    """Keep the bytes of a table; nothing of it is on the desk before `confirm`."""
    upload = TableUpload.objects.create(
        source=source,
        name=name[:200],
        sha256=hashlib.sha256(content).hexdigest(),
        content=content,
        leave_doubled=leave_doubled,
        by=by,
    )
    trace("upload", upload, by=by, role=shown_role(by) if by else "importer", reason=name[:200])
    return upload
