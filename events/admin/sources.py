"""Sources on the desk. Those that are not public are for chief editors, and each look at one is traced."""

from __future__ import annotations

from typing import Any

from django.contrib import admin
from django.db.models import Model, QuerySet
from django.http import HttpRequest, HttpResponse

from events.admin.base import DeskAdmin
from events.admin.forms import DeskForm
from events.admin.site import desk
from events.models import Source
from events.policy import readable_sources, shown_role
from events.verbs.tracing import trace_look


class SourceForm(DeskForm):
    """A source."""

    class Meta:
        model = Source
        exclude = ()


@admin.register(Source, site=desk)
class SourceAdmin(DeskAdmin):
    """Sources."""

    form = SourceForm
    list_display = ("named", "kind", "grade", "language", "public", "redistributable")
    list_filter = ("kind", "grade", "public", "redistributable")
    search_fields = ("name", "slug")
    fields = (
        ("name", "slug"),
        ("kind", "grade", "language"),
        "url",
        ("licence", "attribution"),
        ("public", "redistributable"),
    )

    @admin.display(description="name", ordering="name")
    def named(self, row: Source) -> str:
        """The name; one that is not public is shown on its own page, where looking leaves a trace."""
        return row.name if row.public else f"not public, no. {row.pk}"

    def get_queryset(self, request: HttpRequest) -> QuerySet:
        """Sources that this person may know of."""
        return super().get_queryset(request).filter(readable_sources(request.user))

    def get_readonly_fields(self, request: HttpRequest, obj: Model | None = None) -> tuple[str, ...]:
        """A slug that claims are published under stays."""
        return ("slug",) if obj else ()

    def render_change_form(
        self, request: HttpRequest, context: dict[str, Any], *args: Any, **kwargs: Any
    ) -> HttpResponse:
        """Looking at a source that is not public leaves a trace."""
        row = kwargs.get("obj")
        if row is not None and request.method == "GET":
            trace_look(row, request.user, shown_role(request.user))
        return super().render_change_form(request, context, *args, **kwargs)
