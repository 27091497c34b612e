"""Traces: every act on the desk, read-only."""

from __future__ import annotations

from django.contrib import admin
from django.db.models import Q, QuerySet
from django.http import HttpRequest
from django.template.loader import render_to_string
from django.utils.safestring import SafeString

from events.admin.base import ReadOnlyAdmin
from events.admin.site import desk
from events.models import Trace
from events.policy import Act, may_thing


@admin.register(Trace, site=desk)
class TraceAdmin(ReadOnlyAdmin):
    """Traces."""

    list_display = ("at", "verb", "subject", "by", "role", "reason", "publication")
    list_filter = ("verb", "role")
    list_select_related = ("by",)
    search_fields = ("=subject", "=publication")
    search_help_text = "A subject such as incident:42, or a publication's number."
    fields = ("at", "verb", "subject", "by", "role", "reason", "publication", "told")
    readonly_fields = ("told",)

    def get_queryset(self, request: HttpRequest) -> QuerySet:
        """Who may not know of a source may not read what was done with it."""
        rows = super().get_queryset(request)
        if may_thing(request.user, Act.SEE_HIDDEN, "source"):
            return rows
        return rows.exclude(Q(subject__startswith="source:") | Q(subject__startswith="user:"))

    @admin.display(description="change")
    def told(self, row: Trace) -> SafeString:
        """The change, field by field."""
        return render_to_string("admin/change.html", {"trace": row})
