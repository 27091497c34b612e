"""The record's publications and releases, read-only, as a page of the desk."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.template.response import TemplateResponse

from events.admin.site import desk
from events.policy import Act, may_thing
from events.record import reading
from events.record.known import query

PAGE = 100


def publications(request: HttpRequest) -> HttpResponse:
    """Publications, newest first; `?before=N` for older ones."""
    if not may_thing(request.user, Act.READ, "publication"):
        raise Http404
    asked = request.GET.get("before", "")
    before = int(asked[:9]) - 1 if asked.isascii() and asked.isdigit() else 2**31 - 1
    rows = reading.publications(before, PAGE)
    context = {
        **desk.each_context(request),
        "title": "Publications",
        "rows": rows,
        "older": rows[-1]["number"] if len(rows) == PAGE else None,
        "releases": query(
            "SELECT name, publication, at, title FROM record.release ORDER BY at DESC LIMIT 100", []
        ),
    }
    return TemplateResponse(request, "admin/publications.html", context)
