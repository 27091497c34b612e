"""The collection of administrative units: shapes by p-code, as the incidents' admin1 to admin3 name them.

Units are reference data with a vintage of their own; they are not published by the record, so `as_of` means nothing
here. Nor are they dated: every `datetime` finds them all, as the standard wants it of features without a time.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any

import orjson
from django.http import HttpRequest

from conflict.kit.addresses import pairs_of
from conflict.kit.cursors import read_cursor, sign_cursor
from conflict.kit.numbers import read_int
from conflict.kit.problems import Problem, Refused, accepted, unknown_field
from events.ogc.collections import Asked, Features
from events.ogc.parameters import read_parameters
from events.ogc.schemas import STANDARD, of_filters, of_moment
from events.query.conditions import Predicate
from events.query.incidents import IncidentQuery, joined
from events.record.known import Known
from events.record.units import count_units, stamp, units

DEEPEST_LEVEL, DEEPEST_ZOOM = 3, 16
PCODE = re.compile(r"[A-Z]{2,3}[0-9A-Z]{0,12}")
TEXT = {"type": "string"}
OWN = ("level", "parent", "zoom")
MOMENT = {name: parameter for name, parameter in of_moment().items() if name == "crs"}


class Units:
    """Countries, regions, districts, communes: the units that incidents are placed in."""

    id = "admin_units"
    title = "Administrative units"
    description = (
        "Administrative units by p-code with their boundary's vintage. Where no boundary is loaded, the geometry is"
        " the unit's centre."
    )

    def parameters(self) -> dict[str, dict[str, Any]]:
        """Which units, and how fine their shapes."""
        return {**STANDARD, **MOMENT, **of_filters(["country"]), **own_parameters()}

    def properties(self) -> dict[str, dict[str, Any]]:
        """What a unit says."""
        return {
            "pcode": TEXT,
            "name": TEXT,
            "name_fr": TEXT,
            "level": {"type": "integer", "minimum": 0, "maximum": DEEPEST_LEVEL},
            "country": {**TEXT, "description": "ISO 3166-1 alpha-3."},
            "parent": {**TEXT, "nullable": True, "description": "P-code of the unit above."},
            "vintage": TEXT,
            "source": TEXT,
            "geometry_is": {**TEXT, "enum": ["boundary", "centre"]},
        }

    def interval(self, at: Known) -> tuple[str | None, str | None]:
        """Units are not dated; their vintage says which boundaries they are."""
        return None, None

    def items(self, request: HttpRequest) -> Asked:
        """A page of units by level and p-code."""
        own, query = read(request)
        where = joined(conditions(query, own))
        subject = "&".join(["admin_units", query.canonical, *(f"{name}={own[name]}" for name in sorted(own))])
        after = accepted(read_cursor(subject, query.cursor)) if query.cursor else []

        def page() -> Features:
            behind = [Predicate("(level, pcode) > (%s, %s)", tuple(after))] if after else []
            place = joined([where, *behind])
            found = units(place.sql, place.params, query.limit + 1, own.get("zoom"))
            shown = found[: query.limit]
            more = len(found) > query.limit
            following = sign_cursor(subject, [shown[-1]["level"], shown[-1]["pcode"]]) if more else None
            sources = sorted({row["source"] for row in shown})
            matched = count_units(where.sql, where.params)
            return Features([feature(row) for row in shown], matched, following, sources, ours=False)

        return Asked(state(), None, page)

    def item(self, request: HttpRequest, feature_id: str) -> Asked:
        """One unit with its whole shape, or at a zoom."""
        pairs = pairs_of(request)
        zoom = read_own([pair for pair in pairs if pair[0] == "zoom"]).get("zoom")
        rest = [pair for pair in pairs if pair[0] != "zoom"]
        refuse_unknown(rest, (*MOMENT, "zoom"))
        read_parameters(rest)
        return Asked(state(), None, lambda: one(feature_id, zoom))


def own_parameters() -> dict[str, dict[str, Any]]:
    """What only this collection takes."""
    return {
        "level": {
            "description": "0 countries, 1 to 3 downwards.",
            "schema": {"type": "integer", "minimum": 0, "maximum": DEEPEST_LEVEL},
        },
        "parent": {
            "description": "P-code of the unit above.",
            "schema": {**TEXT, "pattern": f"^{PCODE.pattern}$"},
        },
        "zoom": {
            "description": "Simplify shapes to half a pixel at this zoom of a web map.",
            "schema": {"type": "integer", "minimum": 0, "maximum": DEEPEST_ZOOM},
        },
    }


def state() -> str:
    """What answers depend on: the boundaries that are loaded."""
    count, vintage = stamp()
    return f"{count}-{vintage}"


def read(request: HttpRequest) -> tuple[dict[str, Any], IncidentQuery]:
    """(own parameters, the rest as a query); filters that say nothing of units are refused."""
    pairs = pairs_of(request)
    refuse_unknown(pairs, Units().parameters())
    own = [pair for pair in pairs if pair[0] in OWN]
    return read_own(own), read_parameters([pair for pair in pairs if pair[0] not in OWN])


def refuse_unknown(pairs: Sequence[tuple[str, str]], valid: Any) -> None:
    """Raises Refused for parameters that are not among the valid ones."""
    problems = [unknown_field(name, text, valid) for name, text in pairs if name not in valid]
    if problems:
        raise Refused(problems)


def read_own(pairs: Sequence[tuple[str, str]]) -> dict[str, Any]:
    """The values of level, parent and zoom. Raises Refused."""
    found: dict[str, Any] = {}
    for name, text in pairs:
        if name in found:
            raise Refused(Problem(name, text, "given once"))
        found[name] = accepted(read_parent(text) if name == "parent" else read_number(name, text))
    return found


def read_parent(text: str) -> str | Problem:
    """A p-code; the country above a first-level unit is named by its own."""
    return text if PCODE.fullmatch(text) else Problem("parent", text, "a p-code such as ML08")


def read_number(name: str, text: str) -> int | Problem:
    """A level or a zoom."""
    return read_int(name, text, 0, DEEPEST_LEVEL if name == "level" else DEEPEST_ZOOM)


def conditions(query: IncidentQuery, own: dict[str, Any]) -> list[Predicate]:
    """What the parameters ask of the view."""
    found = [Predicate(f"{name} = %s", (own[name],)) for name in ("level", "parent") if name in own]
    if "country" in query.values:
        found.append(Predicate("country = ANY(%s::text[])", (list(query.values["country"]),)))
    if "bbox" in query.values:
        found.append(
            Predicate(
                f"ST_Intersects({PLACE}, ST_MakeEnvelope(%s, %s, %s, %s, 4326))", tuple(query.values["bbox"])
            )
        )
    if "polygon" in query.values:
        area = query.values["polygon"].wkb_hex
        found.append(Predicate(f"ST_Intersects({PLACE}, ST_SetSRID(%s::geometry, 4326))", (area,)))
    return found or [Predicate("true")]


PLACE = "coalesce(geom, centre)"


def one(pcode: str, zoom: int | None) -> dict[str, Any]:
    """The unit with this p-code. Raises Refused (404)."""
    found = units("pcode = %s", [pcode], 1, zoom)
    if not found:
        raise Refused(Problem("featureId", pcode, "the p-code of a unit"), 404)
    return feature(found[0])


def feature(row: dict[str, Any]) -> dict[str, Any]:
    """One unit."""
    return {
        "type": "Feature",
        "id": row["pcode"],
        "geometry": orjson.Fragment(row["geometry"]),
        "properties": {
            **{name: row[name] for name in ("pcode", "name", "name_fr", "level", "country")},
            "parent": row["parent"] or None,
            "vintage": row["vintage"],
            "source": row["source"],
            "geometry_is": "boundary" if row["has_shape"] else "centre",
        },
    }
