"""Places of the gazetteer and administrative units."""

from __future__ import annotations

from typing import Any

from django.contrib import admin
from django.db.models import Q, QuerySet
from django.http import HttpRequest

from events.admin.base import DeskAdmin, ReadOnlyAdmin
from events.admin.filters import CountryFilter
from events.admin.forms import DeskForm
from events.admin.site import desk
from events.models import AdminUnit, Place


class PlaceForm(DeskForm):
    """A place."""

    class Meta:
        model = Place
        exclude = ()


@admin.register(Place, site=desk)
class PlaceAdmin(DeskAdmin):
    """Places."""

    form = PlaceForm
    list_display = ("name", "country", "feature", "population", "admin1", "source")
    list_filter = (CountryFilter,)
    search_fields = ("name",)
    search_help_text = "Part of the name."
    fields = (
        ("name", "name_fr"),
        "alternates",
        ("country", "feature", "population"),
        "point",
        ("admin1", "admin2", "admin3"),
        ("source", "external_id"),
    )

    def get_search_results(
        self, request: HttpRequest, queryset: QuerySet, search_term: str
    ) -> tuple[QuerySet, bool]:
        """By name, with the trigram index."""
        term = search_term.strip()
        return (queryset.filter(Q(name__icontains=term)) if term else queryset), False


@admin.register(AdminUnit, site=desk)
class AdminUnitAdmin(ReadOnlyAdmin):
    """Administrative units, as the boundary files gave them."""

    list_display = ("name", "pcode", "level", "country", "parent", "vintage")
    list_filter = ("level", CountryFilter)
    search_fields = ("pcode", "name", "name_fr")
    fields = (
        "name",
        "name_fr",
        "pcode",
        "level",
        "country",
        "parent",
        "vintage",
        "source",
        "middle",
        "has_shape",
    )
    readonly_fields = ("middle", "has_shape")

    def get_queryset(self, request: HttpRequest) -> QuerySet:
        """Without shapes: a coastline of megabytes is not for a list."""
        return super().get_queryset(request).defer("geom")

    @admin.display(description="centre")
    def middle(self, row: Any) -> str:
        """The centre in words."""
        return f"{row.centre.y:.4f} N, {row.centre.x:.4f} E"

    @admin.display(description="shape", boolean=True)
    def has_shape(self, row: Any) -> bool:
        """Whether the boundary itself is loaded."""
        return AdminUnit.objects.filter(pk=row.pk, geom__isnull=False).exists()
