"""Refusals as responses: the problem document of RFC 9457."""

from __future__ import annotations

import orjson
from django.http import HttpResponse

from conflict.kit.problems import Refused

PROBLEM = "application/problem+json"
# Headers that belong to a status.
USUAL = {
    401: {"WWW-Authenticate": 'Bearer realm="Sahel Conflict Tracker"'},
    503: {"Retry-After": "5"},
}


def problem_response(refused: Refused, **headers: str) -> HttpResponse:
    """The problem document of a refusal; names of `headers` are written with underscores for hyphens."""
    response = HttpResponse(
        orjson.dumps(refused.as_problem_json()), status=refused.status, content_type=PROBLEM
    )
    given = {name.replace("_", "-"): value for name, value in headers.items()}
    for name, value in {**USUAL.get(refused.status, {}), **given}.items():
        response[name] = value
    return response
