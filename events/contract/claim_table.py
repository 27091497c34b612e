"""The shape of a claim in a table: what `events.claim_rows` sends."""

from __future__ import annotations

from events.claim_rows import CLAIM_FIELDS, ClaimField
from events.contract.schemas import Schema, address, day, list_of, nullable, shape, text, thing, whole

KINDS = {"string": text, "integer": whole, "date": day}


def field_schema(field: ClaimField) -> Schema:
    """One field."""
    schema = list_of(text(), field.meaning) if field.kind == "array" else KINDS[field.kind](field.meaning)
    return nullable(schema) if field.nullable else schema


def claim_table_shapes(envelope: dict[str, Schema]) -> dict[str, Schema]:
    """The row, and a page of them in the envelope of every answer."""
    rows = {field.name: field_schema(field) for field in CLAIM_FIELDS.values()}
    page = {"data": list_of(shape("ClaimRow")), "next": nullable(address("The next page.")), **envelope}
    return {"ClaimRow": thing("A claim in a table.", rows), "ClaimsPage": thing("A page of claims.", page)}
