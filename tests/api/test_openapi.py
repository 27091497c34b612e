"""The OpenAPI document says what the doors do: every address, every parameter, every field of every answer."""

from __future__ import annotations

import json
from typing import Any
from urllib.parse import urlencode

import jsonschema
import pytest
import schemathesis
from django.test import Client
from django.urls import path
from referencing import Registry, Resource
from referencing.jsonschema import DRAFT202012

from events.api.openapi import addresses
from events.api.openapi.document import document
from events.contract.schemas import thing, whole
from events.record.releases import release_named
from events.verbs.releasing import release

DOCUMENT = document()
GETS = {
    address: operation
    for address, item in DOCUMENT["paths"].items()
    if (operation := item.get("get")) and "reports" not in address
}


@pytest.fixture
def api(world: None) -> Client:
    # The sample has no release; the example of that address needs one.
    if release_named("2026.1") is None:
        release("2026.1", "First release", reason="For the document's example")
    return Client(headers={"host": "localhost"})


def parameters(operation: dict[str, Any]) -> list[dict[str, Any]]:
    """The parameters of an operation, references followed."""
    shared = DOCUMENT["components"]["parameters"]
    return [
        shared[item["$ref"].rpartition("/")[2]] if "$ref" in item else item
        for item in operation["parameters"]
    ]


def filled(address: str, operation: dict[str, Any]) -> str:
    """The address with the examples of its path parameters, and of those it can't do without."""
    for item in parameters(operation):
        if item["in"] == "path":
            address = address.replace("{" + item["name"] + "}", str(item["example"]))
    needed = {
        item["name"]: item["example"]
        for item in parameters(operation)
        if item["in"] == "query" and item["required"]
    }
    return address + (f"?{urlencode(needed)}" if needed else "")


def body(response: Any) -> bytes:
    return b"".join(response.streaming_content) if response.streaming else response.content


def closed(schema: Any) -> Any:
    """The schema without room for what it does not describe."""
    if isinstance(schema, list):
        return [closed(item) for item in schema]
    if not isinstance(schema, dict):
        return schema
    found = {name: closed(value) for name, value in schema.items()}
    return found | {"additionalProperties": False} if "properties" in schema and "type" in schema else found


def problems(value: Any, schema: Any) -> list[str]:
    """Where a value does not fit a schema of the document, closed."""
    whole_document = Resource(closed(DOCUMENT), DRAFT202012)
    registry = Registry().with_resource("urn:document", whole_document)
    validator = (
        jsonschema.Draft202012Validator(
            {"$id": "urn:document", **closed(schema)},
            registry=Registry().with_resource("urn:document", whole_document),
        )
        if "$ref" not in schema
        else jsonschema.Draft202012Validator({"$ref": "urn:document" + schema["$ref"]}, registry=registry)
    )
    return [f"{error.json_path}: {error.message[:200]}" for error in validator.iter_errors(value)]


def test_every_public_address_is_described():
    assert addresses.undescribed() == []


def test_an_address_that_says_nothing_of_itself_is_noticed(monkeypatch):
    silent = [path("api/v1/silent", lambda request: None)]
    monkeypatch.setattr(addresses, "get_resolver", lambda: type("Resolver", (), {"url_patterns": silent}))
    assert addresses.undescribed() == ["/api/v1/silent"]


def test_the_document_is_valid_openapi():
    schemathesis.openapi.from_dict(DOCUMENT).validate()


def test_every_name_in_the_document_leads_somewhere():
    text = json.dumps(DOCUMENT)
    for kind in ("schemas", "parameters", "responses", "headers"):
        named = {part.split('"')[0] for part in text.split(f"#/components/{kind}/")[1:]}
        assert named == set(DOCUMENT["components"][kind])


@pytest.mark.parametrize("address", GETS)
def test_what_a_door_reads_is_what_is_described(api, address):
    operation = GETS[address]
    asked = filled(address, operation)
    refused = api.get(f"{asked}{'&' if '?' in asked else '?'}no_such_name=1")
    assert refused.status_code == 400, refused.content
    problem = refused.json()["problems"][0]
    names, nothing = (
        problem["valid"].removeprefix("a known name: "),
        "left out: nothing can be asked for here",
    )
    read = [] if names == nothing else names.split(", ")
    described = [item["name"] for item in parameters(operation) if item["in"] == "query"]
    assert problem["field"] == "no_such_name"
    assert sorted(read) == sorted(described)


@pytest.mark.parametrize("address", GETS)
def test_every_answer_has_the_fields_that_are_described_and_no_others(api, address):
    operation = GETS[address]
    response = api.get(filled(address, operation))
    assert response.status_code == 200, response.content
    media, content = response["Content-Type"].partition(";")[0], operation["responses"]["200"]["content"]
    assert next(iter(content)) == media
    if media.endswith("json") and not media.endswith("ndjson"):
        assert problems(json.loads(body(response)), content[media]["schema"]) == []


def test_every_incident_and_actor_has_the_fields_that_are_described(api):
    for listed, name, shape in (
        ("incidents?limit=1000", "id", "IncidentDetail"),
        ("actors", "slug", "Actor"),
    ):
        rows = api.get(f"/api/v1/{listed}").json()["data"]
        for row in rows:
            found = api.get(f"/api/v1/{listed.partition('?')[0]}/{row[name]}").json()
            assert problems(found, {"$ref": f"#/components/schemas/{shape}"}) == [], row[name]


def test_a_field_that_is_not_described_would_be_noticed():
    license = {"$ref": "#/components/schemas/License"}
    assert problems({"name": "CC BY 4.0", "url": "https://example.org"}, license) == []
    assert problems({"name": "CC BY 4.0", "url": "https://example.org", "more": 1}, license)
    assert problems({"name": "CC BY 4.0"}, license)
    assert problems({"n": 1, "m": 2}, thing("", {"n": whole()}))


EXAMPLES = [
    pytest.param(address, item, id=f"{address} {item['name']}")
    for address, operation in GETS.items()
    for item in parameters(operation)
    if item["in"] == "query" and "example" in item and address in ("/api/v1/incidents", "/api/v1/timeline")
]


@pytest.mark.parametrize(("address", "item"), EXAMPLES)
def test_every_example_of_a_parameter_is_accepted(api, address, item):
    together = {"within_km": {"near": "0.85,19.46"}, "lineage": {"actor": "africa-corps"}}
    example = item["example"]
    if item.get("explode") is False:
        example = ",".join(example)
    value = str(example).lower() if isinstance(example, bool) else example
    response = api.get(address, {item["name"]: value, **together.get(item["name"], {})})
    assert response.status_code == 200, response.content


def test_every_filter_without_an_example_is_the_cursor_alone():
    shared = DOCUMENT["components"]["parameters"].values()
    assert [item["name"] for item in shared if "example" not in item] == ["cursor"]


def test_the_document_is_served_and_kept(api):
    first = api.get("/api/v1/openapi.json")
    assert first.json() == json.loads(json.dumps(DOCUMENT))
    again = api.get("/api/v1/openapi.json", headers={"if-none-match": first["ETag"]})
    assert (again.status_code, again.content) == (304, b"")
