"""What publishing an incident would change in public: asked before, by whoever publishes."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from itertools import groupby
from typing import Any, NamedTuple

from actors.documents import display_name
from actors.models import Actor
from events.models import Incident
from events.record import reading
from events.record.columns import INCIDENT_COLUMNS
from events.verbs.documents import PREFETCH, incident_row

# Columns that follow from others or never change; parts of the document that columns show already.
UNSHOWN = frozenset({"incident", "id", "state", "target", "actor_roles", "document"})
SHOWN_BY_COLUMNS = frozenset({"titles", "group", "dataset"})
NOTHING = (None, "", [], {})
PARTS = ("claims", "sources", "evidence")


class Difference(NamedTuple):
    """A public value now (None: there is none) and as it would be, both as text."""

    field: str
    now: str | None
    then: str | None


def public_difference(incident: Incident) -> list[Difference]:
    """Every public value that publishing this incident would set, change or take away, as the desk has it now."""
    row = Incident.objects.prefetch_related(*PREFETCH).get(pk=incident.pk)
    now, then = current(row), incident_row(row)
    names = actor_names(now, then)
    before, after = (dict(values(version, names)) for version in (now, then))
    fields = [*after, *(field for field in before if field not in after)]
    pairs = [Difference(field, before.get(field), after.get(field)) for field in fields]
    return list(gathered([one for one in pairs if one.now != one.then], before, after))


def gathered(
    found: list[Difference], before: Mapping[str, str], after: Mapping[str, str]
) -> Iterator[Difference]:
    """A claim, citation or piece of evidence that is new or gone as one difference, and not value by value."""
    there = [{part_of(field) for field in fields} for fields in (before, after)]
    for part, values in groupby(found, key=lambda one: part_of(one.field)):
        ones = list(values)
        if not part or all(part in fields for fields in there):
            yield from ones
        else:
            yield Difference(part, *(joined(part, ones, side) for side in ("now", "then")))


def part_of(field: str) -> str:
    """`claims 42` of `claims 42 low`; empty for what is no part."""
    words = field.split()
    return " ".join(words[:2]) if words[0] in PARTS and len(words) > 2 else ""


def joined(part: str, ones: list[Difference], side: str) -> str | None:
    """All values of a part on one side, in a line."""
    told = [(one.field.removeprefix(part).strip(), getattr(one, side)) for one in ones]
    return (
        "; ".join(f"{name.replace('_', ' ')}: {value}" for name, value in told if value is not None) or None
    )


def current(row: Incident) -> dict[str, Any]:
    """The version that is public now; empty when none is."""
    if not row.public_id:
        return {}
    version = reading.version_of(row.public_id, reading.latest_number())
    return version if version and version["state"] == "published" else {}


def values(version: dict[str, Any], names: dict[int, str]) -> Iterator[tuple[str, str]]:
    """(field, text) of every value of a version, lists and maps taken apart: `claims 2 low`."""
    columns = {name: version.get(name) for name in INCIDENT_COLUMNS if name not in UNSHOWN}
    columns["participants"] = [named_part(part, names) for part in columns["participants"] or []]
    document = version.get("document") or {}
    parts = {name: value for name, value in document.items() if name not in SHOWN_BY_COLUMNS}
    for field, value in taken_apart({**columns, **parts}):
        yield field, said(field, value, names)


def named_part(part: list[Any], names: dict[int, str]) -> str:
    """Who took part, in words."""
    actor, role, label, confidence = part
    return (
        f"{names.get(actor, actor)}, {role}" + (f", called “{label}”" if label else "") + f" ({confidence})"
    )


def taken_apart(value: Any, path: str = "") -> Iterator[tuple[str, Any]]:
    """(path, scalar or list of scalars) of a JSON value; empty values are left out."""
    if isinstance(value, dict):
        for name, inner in value.items():
            yield from taken_apart(inner, f"{path} {name}".strip())
    elif isinstance(value, list) and any(isinstance(inner, dict) for inner in value):
        for position, inner in enumerate(value, start=1):
            yield from taken_apart(inner, f"{path} {inner.get('id') or inner.get('key') or position}")
    elif value not in NOTHING:
        yield path, value


def said(field: str, value: Any, names: dict[int, str]) -> str:
    """A value as text, actors by name."""
    if field.split()[-1] in ("about", "actor"):
        ids = value if isinstance(value, list) else [value]
        return ", ".join(names.get(actor, str(actor)) for actor in ids)
    if isinstance(value, list):
        return "; ".join(str(inner) for inner in value)
    return value.isoformat() if isinstance(value, date) else str(value)


def actor_names(*versions: dict[str, Any]) -> dict[int, str]:
    """Names of all actors that the versions carry."""
    ids: set[int] = set()
    for version in versions:
        document = version.get("document") or {}
        ids |= {part[0] for part in version.get("participants") or []}
        for claim in document.get("claims", []):
            ids |= {*claim["about"], claim["claimant"].get("actor")}
    found = Actor.objects.filter(pk__in=ids - {None}).prefetch_related("names")
    return {actor.pk: display_name(actor, "en") for actor in found}
