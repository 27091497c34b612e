"""Keeps Django's own tables out of the record's database alias."""

from __future__ import annotations

from typing import Any


class RecordRouter:
    """Models live on the desk (`default`); `record` is read with SQL alone and never migrated."""

    def allow_migrate(self, db: str, app_label: str, **hints: Any) -> bool | None:
        """Refuse to migrate through the read-only alias."""
        return False if db == "record" else None
