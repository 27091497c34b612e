"""What Django itself refuses or fails at, said on the public data doors as everything else there: problem+json."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils.module_loading import import_string
from django.views import defaults

from conflict.kit.answering import problem_response
from conflict.kit.problems import Problem, Refused
from conflict.public.paths import is_data


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    """400: a host that is not ours, more parameters than anybody needs."""
    if is_data(request.path):
        valid = "a request as the documentation describes it"
        return problem_response(Refused(Problem("request", type(exception).__name__, valid)))
    return defaults.bad_request(request, exception)


def failed(request: HttpRequest) -> HttpResponse:
    """500: our fault, without details."""
    if is_data(request.path):
        return problem_response(Refused((), 500))
    return page_of_failure()(request)


def page_of_failure() -> Any:
    """The page for people: the site's own, or the framework's where only the desk is open."""
    return defaults.server_error if settings.DOORS == "desk" else import_string("events.web.errors.failed")
