"""Filters, settings and public fields as OpenAPI 3.0 parameters and JSON Schemas, all from their one definition."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from events.codes import Role
from events.contract.estimates import ESTIMATE
from events.ogc.collections import CRS84
from events.query.filters import FILTERS, Filter
from events.query.incidents import LANGUAGES, LARGEST_LIMIT, LIMIT, ORDERS
from events.rows import FIELDS, Field

Schema = dict[str, Any]
# How a public field's kind is said in JSON Schema.
KINDS: dict[str, Schema] = {
    "string": {"type": "string"},
    "date": {"type": "string", "format": "date"},
    "number": {"type": "number"},
    "integer": {"type": "integer"},
    "boolean": {"type": "boolean"},
}
TEXTS = {"type": "array", "items": {"type": "string"}}
ACTORS = {
    "type": "array",
    "items": {
        "type": "object",
        "properties": {
            **{name: {"type": "string"} for name in ("slug", "name", "kind", "label_used", "confidence")},
            "role": {"type": "string", "enum": Role.values()},
        },
    },
}


def of_filters(names: Iterable[str] = tuple(FILTERS)) -> dict[str, Schema]:
    """These filters as parameters; the box is described by the standard's own `bbox`."""
    return {name: of_filter(FILTERS[name]) for name in names if name != "bbox"}


def of_filter(item: Filter) -> Schema:
    """One filter; a repeatable one is an array whose values stand one by one in the address."""
    schema = dict(item.read.schema)
    if item.repeatable:
        return {
            "description": f"{item.meaning} Repeatable: any of them.",
            "schema": {"type": "array", "items": schema},
            "style": "form",
            "explode": True,
        }
    return {"description": item.meaning, "schema": schema}


def of_settings(fields: Sequence[str] = ()) -> dict[str, Schema]:
    """The standard's own parameters and the settings of a query that a page of features takes."""
    found = {**STANDARD, **of_moment()}
    if fields:
        found["order"] = {"description": "Order of incidents.", "schema": choice(list(ORDERS), "-date")}
        found["estimate"] = {
            "description": ESTIMATE.meaning,
            "schema": dict(ESTIMATE.schema),
        }
        found["fields"] = {
            "description": "Properties to show.",
            "schema": {"type": "array", "items": {"type": "string", "enum": list(fields)}},
            "style": "form",
            "explode": False,
        }
    return found


def of_moment() -> dict[str, Schema]:
    """When and in which language: what one feature takes too."""
    return {
        "as_of": {
            "description": "Publication number, release name, day or instant: the answer as known then.",
            "schema": {"type": "string", "maxLength": 40},
        },
        "lang": {"description": "Language of titles and names.", "schema": choice(list(LANGUAGES), "en")},
        "crs": {
            "description": "Coordinate reference system of the answer.",
            "schema": {"type": "string", "format": "uri", "enum": [CRS84], "default": CRS84},
        },
    }


def choice(values: Sequence[str], default: str) -> Schema:
    """One of a list of words."""
    return {"type": "string", "enum": list(values), "default": default}


STANDARD: dict[str, Schema] = {
    "limit": {
        "description": "Features per page; above the largest, the largest is taken.",
        "schema": {"type": "integer", "minimum": 1, "maximum": LARGEST_LIMIT, "default": LIMIT},
    },
    "bbox": {
        "description": "minx,miny,maxx,maxy in degrees (CRS 84); with heights, which are ignored, six numbers.",
        "schema": {
            "type": "array",
            "oneOf": [{"minItems": 4, "maxItems": 4}, {"minItems": 6, "maxItems": 6}],
            "items": {"type": "number"},
        },
        "style": "form",
        "explode": False,
    },
    "bbox-crs": {
        "description": "Coordinate reference system of bbox.",
        "schema": {"type": "string", "format": "uri", "enum": [CRS84], "default": CRS84},
    },
    "datetime": {
        "description": "A day or an instant, or an interval a/b, a/.. or ../b: features that touch it.",
        "schema": {"type": "string", "pattern": "^([0-9]{4}-|/|\\.\\.).*$"},
        "style": "form",
        "explode": False,
    },
    "cursor": {
        "description": "From the link `next` of the page before.",
        "schema": {"type": "string", "minLength": 1},
    },
}


def of_field(field: Field) -> Schema:
    """One public field."""
    kind = (ACTORS if field.name == "actors" else TEXTS) if field.kind == "array" else KINDS[field.kind]
    found = {"title": field.name, "description": field.meaning, **kind}
    if field.codes:
        found["enum"] = [*field.codes.values(), *([None] if field.nullable else [])]
    return {**found, "nullable": True} if field.nullable else found


FIELD_SCHEMAS: dict[str, Schema] = {name: of_field(field) for name, field in FIELDS.items()}
