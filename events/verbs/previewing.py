"""What publishing an incident would change in public: asked before, by whoever publishes."""

from __future__ import annotations

from datetime import date
from typing import Any, NamedTuple

from events.models import Incident
from events.record import reading
from events.record.columns import INCIDENT_COLUMNS
from events.verbs.documents import PREFETCH, incident_row

# Columns that follow from others, or never change.
UNSHOWN = frozenset({"incident", "id", "state", "target", "actor_roles", "document"})


class Difference(NamedTuple):
    """A public value now (None: not published) and as it would be."""

    field: str
    now: Any
    then: Any


def public_difference(incident: Incident) -> list[Difference]:
    """Every public value that publishing this incident would set or change, as it stands on the desk now."""
    row = Incident.objects.prefetch_related(*PREFETCH).get(pk=incident.pk)
    then = incident_row(row)
    now = current(row)
    columns = [name for name in INCIDENT_COLUMNS if name not in UNSHOWN]
    found = [Difference(name, shown(now.get(name)), shown(then[name])) for name in columns]
    before = now.get("document") or {}
    found += [Difference(name, before.get(name), then["document"][name]) for name in then["document"]]
    return [
        one
        for one in found
        if one.now != one.then and not (one.now is None and one.then in ("", [], None, {}))
    ]


def current(row: Incident) -> dict[str, Any]:
    """The version that is public now; empty when none is."""
    if not row.public_id:
        return {}
    version = reading.version_of(row.public_id, reading.latest_number())
    return version if version and version["state"] == "published" else {}


def shown(value: Any) -> Any:
    """Days as text, as the desk's row has them."""
    return value.isoformat() if isinstance(value, date) else value
