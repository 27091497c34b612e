"""The OpenAPI 3.0 document of the OGC API: written from the collections, so that it can't lag behind them."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest

from events.answers.envelope import LICENCE
from events.ogc.collections import Collection
from events.ogc.links import GEOJSON, JSON, SCHEMA
from events.ogc.schemas import of_moment

Document = dict[str, Any]
PROBLEM = "application/problem+json"
LINK = {
    "type": "object",
    "required": ["href", "rel"],
    "properties": {name: {"type": "string"} for name in ("href", "rel", "type", "title")},
}
LINKS = {"type": "array", "items": {"$ref": "#/components/schemas/link"}}
GEOMETRY = {
    "type": "object",
    "nullable": True,
    "required": ["type", "coordinates"],
    "properties": {
        "type": {"type": "string", "enum": ["Point", "Polygon", "MultiPolygon"]},
        "coordinates": {"type": "array", "items": {}},
    },
}


def document(request: HttpRequest, collections: dict[str, Collection]) -> Document:
    """The whole document for the address that the request came to."""
    paths: Document = {
        "/": get("Landing page.", "landing", JSON, "landing"),
        "/conformance": get("Conformance classes.", "conformance", JSON, "conformance"),
        "/collections": get("The collections.", "collections", JSON, "collections"),
    }
    for collection in collections.values():
        paths |= paths_of(collection)
    return {
        "openapi": "3.0.3",
        "info": {
            "title": "Sahel Conflict Tracker: OGC API Features",
            "version": "1",
            "description": "Incidents, deployments and administrative units. Every answer can be asked for again"
            " with as_of.",
            "license": LICENCE,
        },
        "servers": [{"url": request.build_absolute_uri("/ogc")}],
        "paths": paths,
        "components": {"schemas": schemas(collections), "responses": refusals()},
    }


def paths_of(collection: Collection) -> Document:
    """The paths of one collection."""
    here, name = f"/collections/{collection.id}", collection.id
    feature_id = {"name": "featureId", "in": "path", "required": True, "schema": {"type": "string"}}
    moment = [
        as_parameter(key, value) for key, value in of_moment().items() if key in collection.parameters()
    ]
    items = [as_parameter(key, value) for key, value in collection.parameters().items()]
    return {
        here: get(collection.title, f"{name}.collection", JSON, "collection"),
        f"{here}/schema": get("Properties as JSON Schema.", f"{name}.schema", SCHEMA, "jsonSchema"),
        f"{here}/items": get(collection.description, f"{name}.items", GEOJSON, f"{name}.page", items),
        f"{here}/items/{{featureId}}": get(
            "One feature.", f"{name}.item", GEOJSON, f"{name}.feature", [feature_id, *moment]
        ),
    }


def as_parameter(name: str, described: Document) -> Document:
    """One query parameter."""
    return {"name": name, "in": "query", "required": False, **described}


def get(
    summary: str, operation: str, media_type: str, schema: str, parameters: list[Document] | None = None
) -> Document:
    """One path that answers GET."""
    answer = {
        "description": summary,
        "headers": {"ETag": {"schema": {"type": "string"}}},
        "content": {media_type: {"schema": {"$ref": f"#/components/schemas/{schema}"}}},
    }
    refused = {code: {"$ref": f"#/components/responses/{code}"} for code in ("400", "404", "410")}
    return {
        "get": {
            "summary": summary,
            "operationId": operation,
            "parameters": parameters or [],
            "responses": {
                "200": answer,
                "304": {"description": "The client's copy is still good."},
                **refused,
            },
        }
    }


def refusals() -> Document:
    """The refusals, each a problem document."""
    said = {
        "400": "A parameter is unknown or its value is not valid.",
        "404": "There is no such thing.",
        "410": "Retracted.",
    }
    content = {PROBLEM: {"schema": {"$ref": "#/components/schemas/problem"}}}
    return {code: {"description": text, "content": content} for code, text in said.items()}


def schemas(collections: dict[str, Collection]) -> Document:
    """What answers look like."""
    found = {
        "link": LINK,
        "geometry": GEOMETRY,
        "landing": with_links(title={"type": "string"}, description={"type": "string"}),
        "conformance": record(conformsTo={"type": "array", "items": {"type": "string"}}),
        "collection": with_links(id={"type": "string"}, title={"type": "string"}, extent={"type": "object"}),
        "collections": with_links(
            collections={"type": "array", "items": {"$ref": "#/components/schemas/collection"}}
        ),
        "jsonSchema": {"type": "object"},
        "problem": record(title={"type": "string"}, status={"type": "integer"}),
    }
    for collection in collections.values():
        found[f"{collection.id}.feature"] = feature_schema(collection)
        found[f"{collection.id}.page"] = page_schema(collection)
    return found


def record(**properties: Document) -> Document:
    """An object that has all of these."""
    return {"type": "object", "required": list(properties), "properties": properties}


def with_links(**properties: Document) -> Document:
    """The same, with links."""
    return record(links=LINKS, **properties)


def feature_schema(collection: Collection) -> Document:
    """One feature of a collection."""
    return record(
        type={"type": "string", "enum": ["Feature"]},
        id={"type": "string"},
        geometry={"$ref": "#/components/schemas/geometry"},
        properties={"type": "object", "properties": collection.properties()},
    )


def page_schema(collection: Collection) -> Document:
    """A page of features."""
    schema = with_links(
        type={"type": "string", "enum": ["FeatureCollection"]},
        features={"type": "array", "items": {"$ref": f"#/components/schemas/{collection.id}.feature"}},
        numberReturned={"type": "integer", "minimum": 0},
    )
    schema["properties"]["numberMatched"] = {
        "type": "integer",
        "minimum": 0,
        "description": "Left out where it is not known exactly.",
    }
    return schema
