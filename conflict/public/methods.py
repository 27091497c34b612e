"""HEAD, OPTIONS and methods that a door does not have: answered alike on every public data door."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase

from conflict.kit.answering import problem_response
from conflict.kit.problems import Problem, Refused
from conflict.public.paths import is_data


class Methods:
    """The middleware."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """Leave the body out where only the headers are asked for."""
        response = self.get_response(request)
        return bodiless(response) if request.method == "HEAD" and is_data(request.path) else response

    def process_view(
        self, request: HttpRequest, view: Any, args: tuple[Any, ...], named: dict[str, Any]
    ) -> HttpResponse | None:
        """Answer OPTIONS, and refuse what the door does not do."""
        door = getattr(view, "view_class", None)
        if door is None or not is_data(request.path):
            return None
        allowed = methods_of(door)
        if request.method == "OPTIONS":
            return HttpResponse(status=204, headers={"Allow": ", ".join(allowed)})
        if request.method in allowed:
            return None
        valid = "one of " + ", ".join(allowed)
        return problem_response(
            Refused(Problem("method", request.method, valid), 405), Allow=", ".join(allowed)
        )


def methods_of(door: type[Any]) -> list[str]:
    """What a door's class can do; who can GET can HEAD."""
    own = [name.upper() for name in ("get", "post", "put", "patch", "delete") if hasattr(door, name)]
    return [*own, *(["HEAD"] if "GET" in own else []), "OPTIONS"]


def bodiless(response: Any) -> HttpResponseBase:
    """The headers alone. A stream is not begun, so that an export costs nothing."""
    if response.streaming:
        response.streaming_content = iter(())
    else:
        length = response.get("Content-Length") or str(len(response.content))
        response.content = b""
        response["Content-Length"] = length
    return response
