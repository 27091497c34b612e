"""What a visitor sees when there is no such page, or when something failed."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.template import loader

from events.web.page import frame


def not_found(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """404, in the visitor's language. It works without the record."""
    return render(request, "404.html", frame(request), status=404)


def failed(request: HttpRequest) -> HttpResponse:
    """500, in both languages, without touching anything that may have failed."""
    return HttpResponse(loader.get_template("500.html").template.source, status=500)
