"""Refusals as responses: the problem document of RFC 9457."""

from __future__ import annotations

import orjson
from django.http import HttpResponse

from conflict.kit.problems import Refused

PROBLEM = "application/problem+json"


def problem_response(refused: Refused, **headers: str) -> HttpResponse:
    """The problem document of a refusal; names of `headers` are written with underscores for hyphens."""
    response = HttpResponse(
        orjson.dumps(refused.as_problem_json()), status=refused.status, content_type=PROBLEM
    )
    for name, value in headers.items():
        response[name.replace("_", "-")] = value
    return response
