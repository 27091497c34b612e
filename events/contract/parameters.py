"""The parameters that doors share, taken from where each is defined: `FILTERS`, the settings of a query, `FIELDS`."""

from __future__ import annotations

from collections.abc import Collection
from typing import Any

from events.contract.operations import Parameter
from events.contract.schemas import Schema
from events.query.filters import FILTERS, Filter
from events.query.incidents import LANGUAGES, LARGEST_LIMIT, LIMIT, ORDERS
from events.record.known import AS_OF_VALID
from events.rows import FIELDS


def parameter_of(item: Filter) -> Parameter:
    """A filter as a parameter."""
    example = (
        item.read("", item.example)
        if item.schema.get("type") in ("integer", "number", "boolean")
        else item.example
    )
    return Parameter(item.name, item.meaning, item.schema, [example] if item.repeatable else example)


def choice(name: str, values: Collection[str], default: str, meaning: str) -> Parameter:
    """A parameter with a closed list of values."""
    return Parameter(name, meaning, {"type": "string", "enum": list(values), "default": default}, default)


def number(name: str, meaning: str, low: int, high: int, default: int | None = None) -> Parameter:
    """A whole number in a range."""
    schema: dict[str, Any] = {"type": "integer", "minimum": low, "maximum": high}
    return Parameter(
        name, meaning, schema if default is None else {**schema, "default": default}, default or low
    )


def flag(name: str, meaning: str, default: bool = False) -> Parameter:
    """Yes or no."""
    return Parameter(name, meaning, {"type": "boolean", "default": default}, True)


def words(name: str, meaning: str, example: str, longest: int = 200) -> Parameter:
    """Text."""
    return Parameter(name, meaning, {"type": "string", "minLength": 1, "maxLength": longest}, example)


def list_of_names(names: Collection[str]) -> Schema:
    """Some of these names."""
    return {"type": "array", "items": {"type": "string", "enum": list(names)}, "minItems": 1}


AS_OF = Parameter(
    "as_of", f"The record as known then: {AS_OF_VALID}.", {"type": "string", "minLength": 1}, "1"
)
LANG = choice("lang", LANGUAGES, "en", "Language of names, titles and the query in words.")
ORDER = choice("order", ORDERS, "-date", "Order of the incidents.")
LIMIT_OF_A_PAGE = number("limit", "Incidents per page.", 1, LARGEST_LIMIT, LIMIT)
LIMIT_OF_AN_EXPORT = number("limit", "Incidents at most; all of them when left out.", 1, LARGEST_LIMIT)
CURSOR = Parameter("cursor", "From `next` of the page before.", {"type": "string", "minLength": 1})
FIELDS_SHOWN = Parameter(
    "fields", "Public fields to show.", list_of_names(FIELDS), ["id", "title", "date_start"], listed=True
)
FILTER_PARAMETERS = tuple(parameter_of(item) for item in FILTERS.values())
# A door that shows one thing, or all things of a kind.
MOMENT = (AS_OF, LANG)
# A door that counts incidents.
COUNTED = (*FILTER_PARAMETERS, AS_OF, LANG)
# A door that lists incidents page by page.
LISTED = (*FILTER_PARAMETERS, AS_OF, ORDER, LIMIT_OF_A_PAGE, CURSOR, FIELDS_SHOWN, LANG)
# A door that hands all of them out at once.
EXPORTED = (*FILTER_PARAMETERS, AS_OF, ORDER, LIMIT_OF_AN_EXPORT, FIELDS_SHOWN, LANG)
