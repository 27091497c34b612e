"""Words for JSON Schema (2020-12, as OpenAPI 3.1 has it), so that shapes read like lists of fields."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from conflict.kit.codes import Code

Schema = Mapping[str, Any]
COMPONENTS = "#/components/schemas/"


def text(meaning: str = "", **more: Any) -> Schema:
    """Text."""
    return said({"type": "string", **more}, meaning)


def whole(meaning: str = "", **more: Any) -> Schema:
    """A whole number."""
    return said({"type": "integer", **more}, meaning)


def decimal(meaning: str = "", **more: Any) -> Schema:
    """A number."""
    return said({"type": "number", **more}, meaning)


def flag(meaning: str = "") -> Schema:
    """True or false."""
    return said({"type": "boolean"}, meaning)


def day(meaning: str = "") -> Schema:
    """A full day."""
    return said({"type": "string", "format": "date"}, meaning)


def instant(meaning: str = "") -> Schema:
    """A moment with its offset (RFC 3339)."""
    return said({"type": "string", "format": "date-time"}, meaning)


def partial_day(meaning: str = "") -> Schema:
    """A date as far as it is known: `2017`, `2017-03` or `2017-03-02`."""
    return said({"type": "string", "pattern": "^[0-9]{4}(-[0-9]{2}(-[0-9]{2})?)?$"}, meaning)


def address(meaning: str = "") -> Schema:
    """A web address."""
    return said({"type": "string", "format": "uri"}, meaning)


def code(codes: type[Code], meaning: str = "") -> Schema:
    """One code of a list; the list is a component of its own."""
    return said({"$ref": COMPONENTS + codes.__name__}, meaning)


def codes_schema(codes: type[Code]) -> Schema:
    """The component of a list of codes."""
    words = "; ".join(f"`{member.value}`: {member.en}" for member in codes)
    return {"type": "string", "enum": codes.values(), "description": f"{words}."}


def shape(name: str) -> Schema:
    """A shape of `events.contract.shapes` by its name."""
    return {"$ref": COMPONENTS + name}


def constant(value: Any) -> Schema:
    """This value and no other."""
    return {"const": value}


def nullable(schema: Schema) -> Schema:
    """The same, or null."""
    if "type" in schema and "enum" not in schema:
        return {**schema, "type": [schema["type"], "null"]}
    inner = {name: value for name, value in schema.items() if name != "description"}
    return said({"anyOf": [inner, {"type": "null"}]}, schema.get("description", ""))


def list_of(items: Schema, meaning: str = "", **more: Any) -> Schema:
    """A list of these."""
    return said({"type": "array", "items": items, **more}, meaning)


def either(*schemas: Schema, meaning: str = "") -> Schema:
    """One of several shapes."""
    return said({"anyOf": list(schemas)}, meaning)


def by_name(values: Schema, meaning: str = "") -> Schema:
    """An object whose names are open and whose values are these."""
    return said({"type": "object", "additionalProperties": values}, meaning)


def thing(meaning: str, properties: Mapping[str, Schema], optional: tuple[str, ...] = ()) -> Schema:
    """An object: every property is there, except those named in `optional`."""
    required = [name for name in properties if name not in optional]
    return said({"type": "object", "properties": dict(properties), "required": required}, meaning)


def said(schema: Schema, meaning: str) -> Schema:
    """The schema with its meaning in words, if there are any."""
    return {**schema, "description": meaning} if meaning else schema


# What every JSON answer says of itself: `events.answers.envelope.stated`.
STATED: Mapping[str, Schema] = {
    "url": address("What was asked, in one spelling."),
    "publication": whole("The publication that the answer is as of."),
    "as_of": nullable(text("As asked; null for the latest publication.")),
    "license": shape("License"),
    "attribution": list_of(text(), "Whom to name."),
}
