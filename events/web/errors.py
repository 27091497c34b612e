"""What a visitor sees when something failed."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.template import loader


def failed(request: HttpRequest) -> HttpResponse:
    """500, in both languages, without touching anything that may have failed."""
    return HttpResponse(loader.render_to_string("500.html"), status=500)
