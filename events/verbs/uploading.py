"""keep_table, confirmed: a table as it was handed in, kept byte for byte, and imported once when somebody confirms."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from contextlib import contextmanager

from django.contrib.auth.models import User
from django.db import transaction

from conflict.kit.problems import Problem, Refused
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


@contextmanager
def confirmed(upload: TableUpload) -> Iterator[TableUpload]:
    """The upload, locked while it is imported; the `run` that it is given stays. Raises Refused the second time."""
    with transaction.atomic():
        row = TableUpload.objects.select_for_update(of=("self",)).select_related("source").get(pk=upload.pk)
        if row.run_id:
            raise Refused(Problem("table", row.name, "a table that was not imported yet"), status=409)
        yield row
        row.save(update_fields=["run"])
