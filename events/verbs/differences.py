"""What an edit changes, field by field with the old and the new value: what a trace keeps and a colleague reads."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from django.contrib.gis.geos import Point
from django.db.models import BinaryField, Field, Model

# Columns that verbs set themselves: never typed, never compared.
GOVERNED = frozenset(
    {
        "id",
        "state",
        "public_id",
        "author",
        "approver",
        "merged_into",
        "revision",
        "published_revision",
        "registry_digest",
        "entered_with",
        "created_at",
        "updated_at",
    }
)


@dataclass(frozen=True)
class Part:
    """A row that hangs on the edited one: to be saved with its many-to-many values, or deleted.

    `name` is what a problem calls it (a form's prefix, `claims 2`).
    """

    row: Model
    links: Mapping[str, Sequence[Model]] = field(default_factory=dict)
    delete: bool = False
    name: str = ""


def typed_fields(model: type[Model]) -> list[Field]:
    """The columns that people type."""
    return [
        column
        for column in model._meta.concrete_fields
        if column.name not in GOVERNED and not isinstance(column, BinaryField)
    ]


def plain(value: Any) -> Any:
    """A column's value for JSON: days as ISO text, points as [longitude, latitude]."""
    if isinstance(value, Point):
        return [round(value.x, 6), round(value.y, 6)]
    if isinstance(value, date | datetime):
        return value.isoformat()
    if isinstance(value, str | int | float | bool | list | dict | None):
        return value
    return str(value)


def values(row: Model) -> dict[str, Any]:
    """Every typed column of a row, as JSON."""
    return {column.name: plain(getattr(row, column.attname)) for column in typed_fields(type(row))}


def changed_fields(old: Model | None, new: Model) -> dict[str, list[Any]]:
    """{column: [old, new]}; of a new row, what differs from an empty one."""
    before = values(old) if old else dict.fromkeys(values(new))
    after = values(new)
    return {
        name: [before[name], after[name]]
        for name in after
        if before[name] != after[name] and not (old is None and after[name] in ("", [], None))
    }


def linked(row: Model, name: str) -> list[int]:
    """The ids that a saved row is linked to through a many-to-many column."""
    return sorted(getattr(row, name).values_list("pk", flat=True)) if row.pk else []


def changed_links(row: Model, links: Mapping[str, Sequence[Model]]) -> dict[str, list[Any]]:
    """{many-to-many column: [old ids, new ids]} where they differ."""
    pairs = {name: [linked(row, name), sorted(other.pk for other in rows)] for name, rows in links.items()}
    return {name: pair for name, pair in pairs.items() if pair[0] != pair[1]}


def changed_part(part: Part, owner_column: str | None) -> dict[str, Any] | None:
    """What becomes of one part; None when it stays as it is."""
    old = type(part.row)._default_manager.filter(pk=part.row.pk).first() if part.row.pk else None
    if part.delete:
        return {"act": "removed", "fields": {k: [v, None] for k, v in values(part.row).items() if v}}
    fields = changed_fields(old, part.row) | changed_links(part.row, part.links)
    fields.pop(owner_column or "", None)
    if not fields and old is not None:
        return None
    return {"act": "changed" if old else "added", "fields": fields}


def stamp(row: Model, owners: Iterable[Model] = ()) -> str:
    """What an editor has seen of a row: its revision, or a digest where it has none (with its owners' revisions)."""
    if hasattr(row, "revision"):
        return str(row.revision)
    links = {column.name: linked(row, column.name) for column in row._meta.many_to_many}
    seen = [values(row), links, [[owner.pk, owner.revision] for owner in owners]]  # type: ignore[attr-defined]
    return hashlib.sha256(json.dumps(seen, sort_keys=True).encode()).hexdigest()[:16]
