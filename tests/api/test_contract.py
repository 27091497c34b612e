"""Every door keeps what the OpenAPI document says, whatever is sent: no 5xx, refusals in words, answers as described.

Some 6,000 requests in all phases of schemathesis. `CONTRACT_EXAMPLES` is how many are made up for each operation;
`CONTRACT_WHOLE=1` also takes the twins of a list through the phase `coverage`, which otherwise asks each set of
parameters of one of them.
"""

from __future__ import annotations

import os
from typing import Any

import pytest
from django.core.management import call_command
from werkzeug import Request, Response

from actors.models import Actor
from events.api.openapi.document import document
from tests.api.contract_run import PHASES, run
from tests.api.keys import issued

EXAMPLES = int(os.environ.get("CONTRACT_EXAMPLES", "20"))
LEAST = 5000
# The same reader of the same parameters as the list without a suffix.
TWINS = r"^/api/v1/(incidents|claims)\.[a-z]+$"


def settings(phases: tuple[str, ...] = PHASES, **more: Any) -> dict[str, Any]:
    """How schemathesis runs; the same requests each time."""
    return {
        "seed": 20251123,
        # Two workers change the recursion limit under each other: Python 3.11 then fails in ast.parse.
        "workers": 1,
        "generation": {"max-examples": EXAMPLES, "no-shrink": True, "database": "none"},
        "phases": {phase: {"enabled": phase in phases} for phase in PHASES},
        # Whether a slug or a release exists, a schema cannot say.
        "checks": {"positive_data_acceptance": {"enabled": False}},
        **more,
    }


@pytest.fixture
def answering(database: None, server: str) -> str:
    """A server with the sample; partners' reports may be written to it."""
    call_command("load_sample", verbosity=0)
    return server


def known_document() -> dict[str, Any]:
    """The document, with the slugs there are: made-up ones would all be refused."""
    found = document()
    slugs = sorted(Actor.objects.values_list("slug", flat=True))[:40]
    actor = found["components"]["parameters"]["actor"]
    actor["schema"] = {"type": "array", "minItems": 1, "items": {"type": "string", "enum": slugs}}
    return found


def test_every_door_keeps_the_contract(answering):
    _, token = issued("read", "reports:write")
    more: dict[str, Any] = {"headers": {"X-API-Key": token}}
    if not os.environ.get("CONTRACT_WHOLE"):
        more["operations"] = [{"include-path-regex": TWINS, "phases": {"coverage": {"enabled": False}}}]
    found = run(known_document(), answering, settings(**more))
    print(f"{found.cases} requests: {dict(found.phases)}, {dict(sorted(found.statuses.items()))}")
    assert found.failures == {}
    assert max(found.statuses) < 500
    assert found.cases >= LEAST
    assert all(count > 100 for count in found.phases.values()) and len(found.phases) == len(PHASES)
    asked = {f"{method.upper()} {path}" for path, item in document()["paths"].items() for method in item}
    assert asked == set(found.operations)


ANSWERS = {
    "a failure": Response("{}", 500, content_type="application/json"),
    "a refusal as a page": Response("<p>No</p>", 400, content_type="text/html"),
    "a refusal that names nothing": Response(
        '{"type":"about:blank","title":"No","status":400,"detail":"","problems":[]}',
        400,
        content_type="application/problem+json",
    ),
    "a field that is missing": Response('{"name":"x"}', 200, content_type="application/json"),
    "a field of another type": Response('{"name":"x","url":1}', 200, content_type="application/json"),
    "a field that is not described": Response(
        '{"name":"x","url":"https://example.org","more":1}', 200, content_type="application/json"
    ),
    "a status that is not described": Response("", 302, headers={"Location": "/"}),
}


@pytest.mark.parametrize("planted", ANSWERS)
def test_what_breaks_the_contract_is_noticed(httpserver, planted):
    def answer(request: Request) -> Response:
        return ANSWERS[planted]

    httpserver.expect_request("/api/v1/license").respond_with_handler(answer)
    assert run(license_document(), httpserver.url_for(""), settings(("fuzzing",))).failures


def test_an_answer_that_keeps_the_contract_passes(httpserver):
    good = Response('{"name":"x","url":"https://example.org"}', 200, content_type="application/json")
    httpserver.expect_request("/api/v1/license").respond_with_handler(lambda request: good)
    found = run(license_document(), httpserver.url_for(""), settings(("fuzzing",)))
    assert found.failures == {} and found.cases > 0


def test_a_list_of_lines_is_not_read_as_one_answer(httpserver):
    lines = Response('{"name":"x"}\n{"name":"y"}\n', 200, content_type="application/x-ndjson")
    httpserver.expect_request("/api/v1/license").respond_with_handler(lambda request: lines)
    found = run(license_document("application/x-ndjson"), httpserver.url_for(""), settings(("fuzzing",)))
    assert found.failures == {} and found.cases > 0


def license_document(kind: str = "application/json") -> dict[str, Any]:
    """A document with one address."""
    whole = document()
    schema = {"$ref": "#/components/schemas/License"}
    operation = {
        "operationId": "getLicense",
        "responses": {
            "200": {"description": "It.", "content": {kind: {"schema": schema}}},
            "400": {"$ref": "#/components/responses/BadRequest"},
        },
    }
    return whole | {"paths": {"/api/v1/license": {"get": operation}}}
