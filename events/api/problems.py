"""Every refusal and failure of the API as problem+json (RFC 9457); one table from error to status."""

from __future__ import annotations

from typing import Any

import structlog
from django.db import OperationalError, connections
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from rest_framework import exceptions

from conflict.kit.problems import Problem, Refused

log = structlog.get_logger(__name__)
PROBLEM = "application/problem+json"


def problem_response(refused: Refused) -> HttpResponse:
    """The problem document of a refusal."""
    return JsonResponse(refused.as_problem_json(), status=refused.status, content_type=PROBLEM)


def answer(error: Exception, context: dict[str, Any]) -> HttpResponse | None:
    """DRF's exception handler: turn what a door raised into problem+json; unknown errors stay errors."""
    refused = as_refused(error)
    if refused is None:
        return None
    response = problem_response(refused)
    if refused.status in (429, 503):
        response["Retry-After"] = "5"
    if isinstance(error, exceptions.MethodNotAllowed):
        response["Allow"] = ", ".join(context["view"].allowed_methods)
    return response


def as_refused(error: Exception) -> Refused | None:
    """What an error means to the person who asked."""
    if isinstance(error, Refused):
        return error
    if isinstance(error, Http404):
        return Refused((), 404, "Not found")
    if isinstance(error, exceptions.APIException):
        return Refused(
            Problem("request", str(error.detail), "a request as docs/api.md describes it"), error.status_code
        )
    if isinstance(error, OperationalError) and "statement timeout" in str(error):
        connections["record"].close()
        return Refused(
            Problem("query", "", "a narrower query: this one took too long"), 503, "Query took too long"
        )
    return None


def not_found(request: HttpRequest) -> HttpResponse:
    """The answer for an address below /api that does not exist."""
    return problem_response(
        Refused(Problem("path", request.path, "an address below /api/v1/, such as /api/v1/incidents"), 404)
    )
