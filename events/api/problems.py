"""Every refusal and failure of the API as problem+json (RFC 9457); one table from error to status."""

from __future__ import annotations

import re
from functools import cache
from typing import Any

import structlog
from django.db import InterfaceError, OperationalError, connections
from django.http import Http404, HttpRequest, HttpResponse
from django.views.decorators.csrf import csrf_exempt
from rest_framework import exceptions

from conflict.kit.answering import problem_response
from conflict.kit.problems import Problem, Refused, nearest_name
from conflict.public.paths import is_data
from events.api.openapi.addresses import every_address

ROOTS = re.compile(r"^/(?:api/v1|[a-z]+)/?")
DESCRIBED_BY = {"/api": "/api/v1/openapi.json", "/tiles": "/api/v1/openapi.json", "/ogc": "/ogc/api"}
log = structlog.get_logger(__name__)


def answer(error: Exception, context: dict[str, Any]) -> HttpResponse | None:
    """DRF's exception handler: turn what a door raised into problem+json; unknown errors stay errors."""
    refused = as_refused(error)
    if refused is None:
        return None
    response = problem_response(refused)
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
    return out_of_order(error) if isinstance(error, OperationalError | InterfaceError) else None


def out_of_order(error: Exception) -> Refused:
    """A query that took too long, or a database that doesn't answer; the next request gets a new connection."""
    connections["record"].close()
    if "statement timeout" in str(error):
        return Refused(
            Problem("query", "", "a narrower query: this one took too long"), 503, "Query took too long"
        )
    log.error("record_unreachable", error=str(error))
    return Refused(Problem("record", "", "a record that answers; try again soon"), 503, "Out of order")


@csrf_exempt
def not_found(request: HttpRequest) -> HttpResponse:
    """The answer for an address of the public data doors that does not exist: which there are, and the nearest."""
    root = "/" + request.path.split("/")[1]
    here = {told_apart(path): path for path in paths() if path.split("/")[1] == root[1:]}
    valid = (
        f"an address that {DESCRIBED_BY[root]} describes"
        if root in DESCRIBED_BY
        else f"one of {', '.join(here.values())}"
    )
    nearest = here.get(nearest_name(told_apart(request.path), here), "")
    return problem_response(Refused(Problem("path", request.path, valid, nearest), 404))


def told_apart(path: str) -> str:
    """The part of an address that tells it from the others below its root."""
    return ROOTS.sub("", path, count=1)


@cache
def paths() -> list[str]:
    """Every address of the public data doors that this process answers, as OpenAPI writes it."""
    return sorted({found.path for found in every_address() if is_data(found.path)})
