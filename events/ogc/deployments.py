"""The collection of deployments: where foreign and other forces are or were stationed, one feature per place.

The actors' published documents say it; there are few, so they are read whole and filtered here.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from typing import Any

import shapely
from django.http import HttpRequest

from actors.codes import ActorKind, DeploymentStatus
from conflict.kit.addresses import pairs_of
from conflict.kit.choices import read_choice
from conflict.kit.cursors import read_cursor, sign_cursor
from conflict.kit.problems import Problem, Refused, accepted, unknown_field
from conflict.kit.text import slug
from events.countries import country_name
from events.deployments import FILTERS, actors_wanted, meets, stays, touches
from events.ogc.collections import Asked, Features
from events.ogc.parameters import read_moment, read_parameters
from events.ogc.schemas import TEXTS, of_filters, of_settings
from events.query.incidents import IncidentQuery
from events.record.known import Known, known
from events.record.units import country_centres

NOTHING: Mapping[str, Any] = {}
TEXT = {"type": "string"}
PARTIAL = {"type": "string", "nullable": True, "description": "YYYY, YYYY-MM or YYYY-MM-DD; null: not known."}
Properties = Mapping[str, Any]


class Deployments:
    """Deployments of actors, one feature per place; without known places one at the middle of the host country."""

    id = "deployments"
    title = "Deployments"
    description = (
        "Where forces are or were deployed, one feature per place. location_precision: place, or country where the"
        " point only stands for the host country."
    )

    def parameters(self) -> dict[str, dict[str, Any]]:
        """The filters that make sense for deployments."""
        status = {
            "description": "How far the deployment is.",
            "schema": {"type": "string", "enum": DeploymentStatus.values()},
        }
        return {**of_settings(), **of_filters(FILTERS), "status": status}

    def properties(self) -> dict[str, dict[str, Any]]:
        """What a deployment says."""
        return {
            "id": TEXT,
            "actor": {**TEXT, "description": "Slug of the actor."},
            "actor_name": TEXT,
            "actor_kind": {**TEXT, "enum": ActorKind.values()},
            "country": {**TEXT, "description": "Host country, ISO 3166-1 alpha-3."},
            "country_name": TEXT,
            "status": {**TEXT, "enum": DeploymentStatus.values()},
            "from": PARTIAL,
            "to": PARTIAL,
            "place": {**TEXT, "nullable": True},
            "location_precision": {**TEXT, "enum": ["place", "country"]},
            "note": TEXT,
            "sources": {**TEXTS, "description": "Outlets cited."},
            "known_from": {"type": "integer", "description": "Publication that published this."},
        }

    def interval(self, at: Known) -> tuple[str | None, str | None]:
        """Open on both sides: of some deployments the beginning is not known, some go on."""
        return None, None

    def items(self, request: HttpRequest) -> Asked:
        """A page of deployments under the filters."""
        status, query = read(request)
        subject = f"deployments&{query.canonical}&status={status}"
        number, start = position(subject, query.cursor)
        at = known(number or query.as_of)
        wanted = actors_wanted(query, at)

        def page() -> Features:
            found = [
                entry
                for entry in features(at, query.lang, query.values, wanted)
                if matches(entry, query.values, status)
            ]
            end = start + query.limit
            following = sign_cursor(subject, [at.number, end]) if end < len(found) else None
            return Features(found[start:end], len(found), following)

        return Asked(str(at.latest), at.number, page)

    def item(self, request: HttpRequest, feature_id: str) -> Asked:
        """One deployment at one place."""
        query = read_moment(pairs_of(request))
        at = known(query.as_of)
        return Asked(str(at.latest), at.number, lambda: one(feature_id, at, query.lang))


def read(request: HttpRequest) -> tuple[str | None, IncidentQuery]:
    """(status asked for, the rest as a query); filters that say nothing of deployments are refused."""
    valid = Deployments().parameters()
    pairs = pairs_of(request)
    statuses = [text for name, text in pairs if name == "status"]
    problems = [unknown_field(name, text, valid) for name, text in pairs if name not in valid]
    problems += [Problem("status", ", ".join(statuses), "given once")] if len(statuses) > 1 else []
    if problems:
        raise Refused(problems)
    status = accepted(read_choice("status", statuses[0], DeploymentStatus.values())) if statuses else None
    return status, read_parameters([pair for pair in pairs if pair[0] != "status"])


def position(subject: str, cursor: str | None) -> tuple[str | None, int]:
    """(publication, first feature) that a cursor names; without one (None, 0)."""
    if cursor is None:
        return None, 0
    values = accepted(read_cursor(subject, cursor))
    return str(values[0]), int(values[1] or 0)


def matches(entry: Mapping[str, Any], values: Mapping[str, Any], status: str | None) -> bool:
    """Whether a feature, whose deployment meets the other filters, fulfils those on status, time and place."""
    shown = entry["properties"]
    return status in (None, shown["status"]) and touches(shown, values) and inside(entry["geometry"], values)


def inside(geometry: Mapping[str, Any] | None, values: Mapping[str, Any]) -> bool:
    """Whether the point lies in the box or the area asked for, edges included."""
    box, area = values.get("bbox"), values.get("polygon")
    if box is None and area is None:
        return True
    if geometry is None:
        return False
    lon, lat = geometry["coordinates"]
    in_box = box is None or (box.west <= lon <= box.east and box.south <= lat <= box.north)
    return in_box and (area is None or area.covers(shapely.Point(lon, lat)))


def features(
    at: Known, lang: str, values: Mapping[str, Any] = NOTHING, wanted: Collection[str] | None = None
) -> Iterator[dict[str, Any]]:
    """Deployments that meet the filters, at every place, by actor, host country and beginning."""
    centres = country_centres()
    used: dict[str, int] = {}
    for row, stay in stays(at):
        for place in stay["places"] or [None]:
            # A feature's id counts those that are filtered out too.
            made = feature(row, stay, place, centres, lang, used)
            if meets(row, stay, values, wanted):
                yield made


def feature(
    row: Mapping[str, Any],
    stay: Mapping[str, Any],
    place: Mapping[str, Any] | None,
    centres: Mapping[str, tuple[float, float]],
    lang: str,
    used: dict[str, int],
) -> dict[str, Any]:
    """One deployment at one place (None: no place is known)."""
    own = (place["longitude"], place["latitude"]) if place and place["longitude"] is not None else None
    point = own or centres.get(stay["host"])
    known_id = identity(row["slug"], stay, place, used)
    return {
        "type": "Feature",
        "id": known_id,
        "geometry": {"type": "Point", "coordinates": list(point)} if point else None,
        "properties": {
            "id": known_id,
            "actor": row["slug"],
            "actor_name": row[f"name_{lang}"],
            "actor_kind": row["kind"],
            "country": stay["host"],
            "country_name": country_name(stay["host"], lang),
            "status": stay["status"],
            **period(stay, place),
            "place": place["name"] if place else None,
            "location_precision": "place" if own else "country",
            "note": stay["note"],
            "sources": list(dict.fromkeys(source["outlet"] for source in stay["sources"])),
            "known_from": row["known_from"],
        },
    }


def period(stay: Mapping[str, Any], place: Mapping[str, Any] | None) -> dict[str, str | None]:
    """When: at the place if that is known, else the deployment's own dates."""
    return {end: (place or {}).get(end) or stay[end] for end in ("from", "to")}


def identity(
    actor: str, stay: Mapping[str, Any], place: Mapping[str, Any] | None, used: dict[str, int]
) -> str:
    """A feature's id: actor, host, beginning and place; the same in every publication that says the same."""
    named = [actor, stay["host"], stay["from"] or "unknown", slug(place["name"]) if place else "country"]
    plain = ".".join(named)
    used[plain] = used.get(plain, 0) + 1
    return plain if used[plain] == 1 else f"{plain}.{used[plain]}"


def one(feature_id: str, at: Known, lang: str) -> dict[str, Any]:
    """The feature with this id. Raises Refused (404)."""
    for entry in features(at, lang):
        if entry["id"] == feature_id:
            return entry
    raise Refused(Problem("featureId", feature_id, "the id of a published deployment"), 404)
