"""What a collection of the OGC API is: its description, its properties, and how its features are read.

The collections themselves are modules of this package (`incidents`, `deployments`, `units`), each with a class below.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any, Protocol

from django.http import HttpRequest, HttpResponse

from events.countries import AREA
from events.ogc.links import GEOJSON, JSON, SCHEMA, address, link
from events.record.known import Known

CRS84 = "http://www.opengis.net/def/crs/OGC/1.3/CRS84"
GREGORIAN = "http://www.opengis.net/def/uom/ISO-8601/0/Gregorian"


@dataclass(frozen=True)
class Features:
    """A page of features. `matched` is how many there are in all (None: not known exactly), `following` the cursor
    of the next page, `attribution` whom to name; `ours` is false for reference data, whose licence their sources have;
    `estimate` is the rule of their figures.
    """

    found: list[dict[str, Any]]
    matched: int | None
    following: str | None
    attribution: list[str] = field(default_factory=list)
    ours: bool = True
    estimate: dict[str, str] | None = None


@dataclass(frozen=True)
class Asked:
    """A request that was understood but not answered yet: `state` is what the answer depends on beside the address
    (so that a client's copy can be told to be good before anything is read), `publication` the one it speaks of."""

    state: str
    publication: int | None
    answer: Callable[[], Features | dict[str, Any] | HttpResponse]


class Collection(Protocol):
    """One collection."""

    id: str
    title: str
    description: str

    def parameters(self) -> dict[str, dict[str, Any]]:
        """Query parameters of its items: name -> OpenAPI 3.0 parameter object without name and place."""
        ...

    def properties(self) -> dict[str, dict[str, Any]]:
        """Properties of its features: name -> JSON Schema."""
        ...

    def interval(self, at: Known) -> tuple[str | None, str | None]:
        """First and last instant of its features; None is open."""
        ...

    def items(self, request: HttpRequest) -> Asked:
        """What the request asks for; the answer is `Features`. Raises Refused."""
        ...

    def item(self, request: HttpRequest, feature_id: str) -> Asked:
        """One feature. Asking or answering raises Refused; 404 for an unknown one, 410 for a retracted one."""
        ...


def described(collection: Collection, request: HttpRequest, at: Known) -> dict[str, Any]:
    """The collection's document."""
    here = f"collections/{collection.id}"
    return {
        "id": collection.id,
        "title": collection.title,
        "description": collection.description,
        "itemType": "feature",
        "extent": {
            "spatial": {"bbox": [list(AREA)], "crs": CRS84},
            "temporal": {"interval": [list(collection.interval(at))], "trs": GREGORIAN},
        },
        "crs": [CRS84],
        "storageCrs": CRS84,
        "links": [
            link("self", address(request, here), JSON, collection.title),
            link("items", address(request, f"{here}/items"), GEOJSON, f"{collection.title}: features"),
            link(
                "describedby", address(request, f"{here}/schema"), SCHEMA, f"{collection.title}: properties"
            ),
        ],
    }


def schema(collection: Collection, request: HttpRequest) -> Mapping[str, Any]:
    """The properties of a collection's features as JSON Schema."""
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "$id": request.build_absolute_uri(request.path),
        "title": collection.title,
        "type": "object",
        "properties": {name: with_null(kind) for name, kind in collection.properties().items()},
    }


def with_null(kind: Mapping[str, Any]) -> dict[str, Any]:
    """A property as JSON Schema says it: OpenAPI 3.0's `nullable` is a second type there."""
    plain = {key: value for key, value in kind.items() if key != "nullable"}
    return {**plain, "type": [kind["type"], "null"]} if kind.get("nullable") else plain
