"""Text pages: data, methodology, changes."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from conflict.kit.messages import number
from conflict.kit.numbers import read_int
from conflict.kit.problems import accepted
from events.claims.rules import VERSION
from events.codes import PublicationKind
from events.query.filters import FILTERS
from events.record import reading
from events.web.page import address, frame, language, moment, only, page
from events.words import day_words, label

PUBLICATIONS = 50


@require_safe
@page
def data(request: HttpRequest) -> HttpResponse:
    """How to get the data, and under which licence."""
    only(request)
    filters = [
        {"name": item.name, "meaning": item.meaning, "example": item.example} for item in FILTERS.values()
    ]
    return text_page(
        request, "data", {"filters": filters, "host": request.build_absolute_uri("/").rstrip("/")}
    )


@require_safe
@page
def methodology(request: HttpRequest) -> HttpResponse:
    """What is recorded, how figures come about, what the marks mean."""
    only(request)
    return text_page(request, "methodology", {"rule": f"reported/{VERSION}"})


def text_page(request: HttpRequest, name: str, context: dict[str, Any]) -> HttpResponse:
    """A page whose text stands in one file per language."""
    at = moment(request)
    body = f"text/{name}.{language(request)}.html"
    return render(request, f"{name}.html", {**frame(request, at), "body": body, **context})


@require_safe
@page
def changes(request: HttpRequest) -> HttpResponse:
    """Every publication, newest first."""
    only(request, "before")
    at, lang = moment(request), language(request)
    last = (
        accepted(read_int("before", request.GET["before"], 1, 2**31 - 1)) - 1
        if "before" in request.GET
        else at.number
    )
    found = reading.publications(min(last, at.number), PUBLICATIONS)
    older = found[-1]["number"] if len(found) == PUBLICATIONS and found[-1]["number"] > 1 else None
    context = {
        "publications": [publication_words(row, lang) for row in found],
        "older_url": address(request, before=str(older)) if older else "",
        "feed_url": reverse("web:dashboard") + "api/v1/changes",
    }
    return render(request, "changes.html", {**frame(request, at), **context})


def publication_words(row: dict[str, Any], lang: str) -> dict[str, Any]:
    """A publication as the table shows it."""
    return {
        **row,
        "kind_words": label(PublicationKind, row["kind"], lang),
        "when": f"{day_words(row['at'].date(), lang)}, {row['at']:%H:%M} UTC",
        "versions_words": number(lang, row["versions"]),
        "short": row["digest"][:16],
    }
