"""The filters: each is defined once, here: its name, how it is read, what it asks of the record, what it is for.

A filter builds a condition (`events.query.conditions`): SQL on the columns of `record.incident_version`, and what it
means, so that the lens can ask its columnar copy the same. What only PostgreSQL can answer reaches the lens as a set of
version ids.
"""

from __future__ import annotations

import math
import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Protocol

from actors.codes import ActorKind
from conflict.kit.codes import Code
from conflict.kit.problems import Refused
from events.codes import EventSubtype, EventType, IncidentVerification, Role
from events.countries import COUNTRIES
from events.query.conditions import (
    Always,
    AnyOf,
    Compared,
    Condition,
    Either,
    Every,
    InBox,
    Overlaps,
    Predicate,
)
from events.query.readers import (
    BOX,
    DAY,
    FLAG,
    KILOMETRES,
    POINT,
    POLYGON,
    SLUG,
    WORDS,
    Reader,
    code_of,
    matching,
    number_between,
    one_of,
)
from events.query.searching import text_condition
from events.record.columns import CURRENT, actor_role
from events.record.known import Known, query
from events.record.lineage import ALWAYS, Days
from events.record.outlets import uncited

PCODE = re.compile(r"[A-Z]{2}[0-9A-Z]{1,12}")
BY_NAME = "/api/v1/places has them by name"
PUBLIC_ID = re.compile(r"[A-Z]{3}-(?:[0-9]{4}|G)-[0-9]{5,8}")


class Asked(Protocol):
    """What a predicate may look at: the values of all filters, and what was known."""

    values: dict[str, Any]
    known: Known


Builder = Callable[[Any, Any], Condition]


@dataclass(frozen=True)
class Filter:
    """One filter. `read(name, text)` gives a value or a Problem; `build(value, asked)` gives its condition.

    `repeatable` filters take several values, meaning any of them. A filter without `build` only changes how another
    one is meant (`lineage`, `role`, `within_km`).
    """

    name: str
    read: Reader
    meaning: str
    build: Builder | None = None
    repeatable: bool = False
    example: str = ""
    codes: type[Code] | None = field(default=None, compare=False)

    @property
    def schema(self) -> Mapping[str, Any]:
        """What the parameter takes, as JSON Schema."""
        one = self.read.schema
        return {"type": "array", "items": one, "minItems": 1} if self.repeatable else one


def any_of(column: str) -> Builder:
    """The column is one of the values."""
    return lambda values, asked: AnyOf(column, tuple(values))


def compared(column: str, operator: str) -> Builder:
    """The column stands in a relation to the value."""
    return lambda value, asked: Compared(column, operator, value)


def taking_part(actors: Sequence[int], roles: Sequence[str | None]) -> Overlaps:
    """Any of these actors takes part in any of these roles (None: in whatever role)."""
    return Overlaps(
        "actor_roles", tuple(actor_role(actor, role) for actor in actors for role in roles), "integer"
    )


def actors_condition(slugs: Sequence[str], asked: Asked) -> Condition:
    """Any of these actors takes part, in one of the asked roles if roles are asked; with lineage in the days it holds for."""
    roles = asked.values.get("role") or [None]
    by_days = asked.known.actors.ids_by_days(slugs, lineage=asked.values.get("lineage", False))
    parts = [during(days, taking_part(actors, roles)) for days, actors in by_days.items()]
    return parts[0] if len(parts) == 1 else Either(tuple(parts))


def during(days: Days, condition: Condition) -> Condition:
    """The condition, of incidents that touch these days."""
    parts = [condition]
    if days.first != ALWAYS.first:
        parts.append(Compared("date_end", ">=", days.first))
    if days.last != ALWAYS.last:
        parts.append(Compared("date_start", "<=", days.last))
    return condition if len(parts) == 1 else Every(tuple(parts))


def role_condition(roles: Sequence[str], asked: Asked) -> Condition:
    """Roles narrow the filter `actor`; alone they ask for incidents in which anybody has that role."""
    if asked.values.get("actor") or asked.values.get("actor_kind"):
        return Always()
    return taking_part(asked.known.actors.all_ids(), roles)


def actor_kind_condition(kinds: Sequence[str], asked: Asked) -> Condition:
    """An actor of one of these kinds takes part."""
    actors = asked.known.actors.ids_of_kinds(kinds)
    return taking_part(actors, asked.values.get("role") or [None])


def box_condition(box: Any, asked: Asked) -> Condition:
    """The public point lies in the box, edges included."""
    return InBox(*box)


def near_condition(place: Any, asked: Asked) -> Condition:
    """The public point lies within the radius, measured on the spheroid."""
    radius = asked.values.get("within_km", place.km)
    return Predicate(
        "ST_DWithin(geom::geography, ST_SetSRID(ST_MakePoint(%s, %s), 4326)::geography, %s)"
        " AND geom && ST_Expand(ST_SetSRID(ST_MakePoint(%s, %s), 4326), %s, %s)",
        (place.lon, place.lat, radius * 1000, place.lon, place.lat, *degrees_around(place.lat, radius)),
    )


def degrees_around(lat: float, km: float) -> tuple[float, float]:
    """(degrees of longitude, degrees of latitude) that surely contain a circle of `km` around that latitude."""
    up = km / 110.0
    farthest = min(abs(lat) + up, 89.9)
    return min(km / (110.0 * math.cos(math.radians(farthest))), 360.0), up


def polygon_condition(area: Any, asked: Asked) -> Condition:
    """The public point lies in the area, edge included."""
    return Predicate("ST_Intersects(geom, ST_SetSRID(%s::geometry, 4326))", (area.wkb_hex,))


def place_condition(name: str, asked: Asked) -> Condition:
    """The place, or an administrative unit, is called so; accents and case are folded."""
    return Predicate(
        "(record.fold(place) = record.fold(%s) OR record.fold(admin1_name) = record.fold(%s)"
        " OR record.fold(admin2_name) = record.fold(%s))",
        (name, name, name),
    )


def updated_condition(day: Any, asked: Asked) -> Condition:
    """The version was published on that day or later."""
    first = query("SELECT coalesce(min(number), %s) FROM record.publication WHERE at >= %s", [CURRENT, day])
    return Compared("known_from", ">=", first[0][0])


def source_condition(outlets: Sequence[str], asked: Asked) -> Condition:
    """An outlet is cited, or the dataset has that slug. Raises Refused for what is neither then."""
    names = tuple(outlets)
    if problems := uncited(names, asked.known):
        raise Refused(problems)
    return Either((Overlaps("sources", names, "text"), AnyOf("dataset", names)))


FILTERS: dict[str, Filter] = {
    item.name: item
    for item in (
        Filter(
            "country",
            one_of(COUNTRIES),
            "Country, ISO 3166-1 alpha-3.",
            any_of("country"),
            True,
            example="MLI",
        ),
        Filter(
            "admin1",
            matching(PCODE, f"a p-code such as ML08; {BY_NAME}"),
            "First-level unit, p-code.",
            any_of("admin1"),
            True,
            example="ML08",
        ),
        Filter(
            "admin2",
            matching(PCODE, f"a p-code such as ML0801; {BY_NAME}"),
            "Second-level unit, p-code.",
            any_of("admin2"),
            True,
            example="ML0801",
        ),
        Filter(
            "admin3",
            matching(PCODE, f"a p-code such as ML080101; {BY_NAME}"),
            "Third-level unit, p-code.",
            any_of("admin3"),
            True,
            example="ML080101",
        ),
        Filter(
            "place",
            WORDS,
            "Name of the place or of its unit, accents folded.",
            place_condition,
            example="Aguelhok",
        ),
        Filter(
            "bbox",
            BOX,
            "Box west,south,east,north in degrees.",
            box_condition,
            example="-5,14,2,20",
        ),
        Filter(
            "near",
            POINT,
            "Point longitude,latitude; with `within_km`.",
            near_condition,
            example="0.85,19.46",
        ),
        Filter(
            "within_km", KILOMETRES, "Radius around `near` in kilometres (25 when left out).", example="50"
        ),
        Filter(
            "polygon",
            POLYGON,
            "Area as GeoJSON or WKT, at most 500 vertices.",
            polygon_condition,
            example="POLYGON((-5 14,2 14,2 20,-5 20,-5 14))",
        ),
        Filter(
            "since",
            DAY,
            "Incidents that end on that day or later.",
            compared("date_end", ">="),
            example="2025-06-01",
        ),
        Filter(
            "until",
            DAY,
            "Incidents that begin on that day or earlier; the day is included.",
            compared("date_start", "<="),
            example="2025-06-30",
        ),
        Filter(
            "actor",
            SLUG,
            "Actor by slug.",
            actors_condition,
            True,
            example="africa-corps",
        ),
        Filter(
            "lineage",
            FLAG,
            "With `actor`: also its components, predecessors and successors, each in the days that the record's relations say.",
            example="true",
        ),
        Filter(
            "role",
            code_of(Role),
            "Role of the actor asked for, or of anybody.",
            role_condition,
            True,
            example="side_a",
            codes=Role,
        ),
        Filter(
            "actor_kind",
            code_of(ActorKind),
            "Kind of an actor taking part.",
            actor_kind_condition,
            True,
            example="private_military",
            codes=ActorKind,
        ),
        Filter(
            "event_type",
            code_of(EventType),
            "Event type.",
            any_of("event_type"),
            True,
            example="battle",
            codes=EventType,
        ),
        Filter(
            "event_subtype",
            code_of(EventSubtype),
            "Event sub-type.",
            any_of("event_subtype"),
            True,
            example="ambush",
            codes=EventSubtype,
        ),
        Filter(
            "verification",
            code_of(IncidentVerification),
            "How far the incident is verified.",
            any_of("verification"),
            True,
            example="verified",
            codes=IncidentVerification,
        ),
        Filter(
            "contested",
            FLAG,
            "Claimants' figures contradict each other.",
            compared("contested", "="),
            example="true",
        ),
        Filter(
            "fatalities_min",
            number_between(0, 10**6),
            "Deaths (best) at least.",
            compared("fatalities_best", ">="),
            example="10",
        ),
        Filter(
            "fatalities_max",
            number_between(0, 10**6),
            "Deaths (best) at most.",
            compared("fatalities_best", "<="),
            example="100",
        ),
        Filter(
            "civilian_targeting",
            FLAG,
            "Civilians were the target.",
            compared("civilian_targeting", "="),
            example="true",
        ),
        Filter(
            "source",
            WORDS,
            "Outlet cited, by name, or dataset, by slug.",
            source_condition,
            True,
            example="sample",
        ),
        Filter(
            "q",
            WORDS,
            "Words in title, place, actors’ names, summary: beginnings count, accents and spellings (French, English, Arabic)"
            " are folded, typing errors forgiven.",
            text_condition,
            example="convoi kidal",
        ),
        Filter(
            "id",
            matching(PUBLIC_ID, "a public id such as MLI-2025-00042"),
            "Public id.",
            any_of("id"),
            True,
            example="MLI-2025-00001",
        ),
        Filter(
            "part_of",
            matching(PUBLIC_ID, "a battle's id such as MLI-G-00001"),
            "Battle the incident belongs to.",
            any_of("part_of"),
            True,
            example="MLI-G-00001",
        ),
        Filter(
            "updated_since",
            DAY,
            "Versions published on that day or later.",
            updated_condition,
            example="2026-01-01",
        ),
    )
}
