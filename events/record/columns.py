"""The record's columns and the arithmetic of its arrays: one definition for writers, readers and the importer."""

from __future__ import annotations

from collections.abc import Iterable

from events.codes import Role

# `known_to` of a version that nothing has replaced.
CURRENT = 2147483647

INCIDENT_COLUMNS = {
    "incident": "bigint",
    "id": "text",
    "state": "text",
    "target": "text",
    "event_type": "text",
    "event_subtype": "text",
    "date_start": "date",
    "date_end": "date",
    "date_precision": "text",
    "country": "text",
    "admin1": "text",
    "admin2": "text",
    "admin3": "text",
    "admin1_name": "text",
    "admin2_name": "text",
    "place": "text",
    "longitude": "float8",
    "latitude": "float8",
    "location_precision": "text",
    "participants": "jsonb",
    "actor_roles": "integer[]",
    "fatalities_low": "integer",
    "fatalities_best": "integer",
    "fatalities_high": "integer",
    "open_ended": "boolean",
    "contested": "boolean",
    "claims": "smallint",
    "claimants": "smallint",
    "civilian_targeting": "boolean",
    "verification": "text",
    "dataset": "text",
    "dataset_id": "text",
    "sources": "text[]",
    "part_of": "text",
    "title_en": "text",
    "title_fr": "text",
    "document": "jsonb",
}
ACTOR_COLUMNS = {
    "actor": "bigint",
    "slug": "text",
    "state": "text",
    "target": "bigint",
    "kind": "text",
    "country": "text",
    "name_en": "text",
    "name_fr": "text",
    "document": "jsonb",
}

ROLE_POSITIONS = {role.value: position for position, role in enumerate(Role, start=1)}


def actor_role(actor: int, role: str | None = None) -> int:
    """The number that stands in `actor_roles` for an actor in a role (None: in any role)."""
    return actor * 16 + (ROLE_POSITIONS[role] if role else 0)


def actor_roles(parts: Iterable[tuple[int, str]]) -> list[int]:
    """The array `actor_roles` of an incident, from its (actor id, role) pairs."""
    pairs = list(parts)
    return sorted(
        {actor_role(actor) for actor, _ in pairs} | {actor_role(actor, role) for actor, role in pairs}
    )
