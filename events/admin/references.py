"""Reference events: rows of private datasets, to be looked at beside one's own work and nothing else."""

from __future__ import annotations

import json
from typing import Any

from django.contrib import admin
from django.http import HttpRequest, HttpResponse
from django.utils.html import format_html
from django.utils.safestring import SafeString

from events.admin.base import ReadOnlyAdmin
from events.admin.filters import CountryFilter
from events.admin.site import desk
from events.models import ReferenceEvent
from events.policy import Act


@admin.register(ReferenceEvent, site=desk)
class ReferenceEventAdmin(ReadOnlyAdmin):
    """Reference events. There is no act here: none of them can be published."""

    change_list_template = "admin/reference_events.html"
    list_display = ("day", "external_id", "country_name", "where", "sub_event_type", "sides", "fatalities")
    list_display_links = ("day", "external_id")
    list_filter = (CountryFilter, "event_type")
    search_fields = ("=external_id", "location", "actor1", "actor2")
    search_help_text = "Its id in the dataset, or part of a place or of an actor's name."
    date_hierarchy = "day"
    fields = (
        ("dataset", "external_id", "day"),
        ("event_type", "sub_event_type", "fatalities"),
        ("actor1", "actor2"),
        ("country_name", "admin1", "location"),
        "notes",
        "given",
    )
    readonly_fields = ("given",)

    @admin.display(description="where")
    def where(self, row: ReferenceEvent) -> str:
        """Place and first-level unit."""
        return ", ".join(filter(None, (row.location, row.admin1)))

    @admin.display(description="who")
    def sides(self, row: ReferenceEvent) -> str:
        """Both actors as the dataset names them."""
        return " – ".join(filter(None, (row.actor1, row.actor2)))

    @admin.display(description="as it was given")
    def given(self, row: ReferenceEvent) -> SafeString:
        """Every column."""
        text = json.dumps(row.row, ensure_ascii=False, indent=1)
        return format_html('<pre class="given">{}</pre>', text)

    def changelist_view(
        self, request: HttpRequest, extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        """The list, with the way to where exports are handed in."""
        may = self.allowed(request, Act.OPERATE)
        return super().changelist_view(request, {**(extra_context or {}), "may_export": may})

    def get_search_results(self, request: HttpRequest, queryset: Any, search_term: str) -> Any:
        """Text that no search can take finds nothing."""
        return super().get_search_results(request, queryset, search_term.replace("\0", ""))
