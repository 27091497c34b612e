"""List filters that ask for no distinct values of half a million rows."""

from __future__ import annotations

from typing import Any

from django.contrib.admin import SimpleListFilter
from django.db.models import Exists, F, OuterRef, QuerySet
from django.http import HttpRequest

from events.admin.pages import COUNT_UP_TO
from events.codes import SourceKind
from events.countries import COUNTRIES
from events.models import Incident, Source
from events.models.incidents import CHANGED_SINCE


class CountryFilter(SimpleListFilter):
    """By country, from the list of the record's countries."""

    title = "country"
    parameter_name = "country"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        """All countries of the record."""
        return [(code, country.en) for code, country in COUNTRIES.items()]

    def queryset(self, request: HttpRequest, queryset: QuerySet) -> QuerySet:
        """Rows of that country."""
        return queryset.filter(country=self.value()) if self.value() else queryset


class DatasetFilter(SimpleListFilter):
    """By the dataset that incidents came from; `own` are those entered here."""

    title = "dataset"
    parameter_name = "dataset"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        """Datasets by slug."""
        used = Exists(Incident.objects.filter(dataset=OuterRef("pk")))
        named = Source.objects.filter(used, kind=SourceKind.DATASET).values_list("slug", "name")
        return [("own", "entered here"), *named]

    def queryset(self, request: HttpRequest, queryset: QuerySet) -> QuerySet:
        """Rows of that dataset."""
        if self.value() == "own":
            return queryset.filter(dataset__isnull=True)
        # By key: a join with the sources would keep the list from its index.
        known = Source.objects.filter(slug=self.value()).values_list("pk", flat=True)
        return queryset.filter(dataset_id__in=list(known)) if self.value() else queryset


class ChangedFilter(SimpleListFilter):
    """Published, but changed on the desk since."""

    title = "publication"
    parameter_name = "publication"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        """How the desk and the record stand to each other."""
        return [
            ("changed", "published, changed since"),
            ("current", "published, unchanged"),
            ("never", "never published"),
        ]

    def queryset(self, request: HttpRequest, queryset: QuerySet) -> QuerySet:
        """Rows that stand so."""
        if self.value() == "changed":
            # By their keys, found through the index of their own: the planner cannot know how few they are.
            few = changed_since(queryset.model._default_manager.order_by(*queryset.model._meta.ordering))[
                :COUNT_UP_TO
            ]
            return queryset.filter(pk__in=list(few.values_list("pk", flat=True)))
        if self.value() == "current":
            return queryset.filter(published_revision=F("revision"))
        return queryset.filter(published_revision__isnull=True) if self.value() == "never" else queryset


def changed_since(queryset: QuerySet) -> QuerySet:
    """Published rows whose desk revision is not the one that is out."""
    if queryset.model is Incident:
        return queryset.filter(CHANGED_SINCE)
    return queryset.filter(published_revision__isnull=False).exclude(published_revision=F("revision"))


class MineFilter(SimpleListFilter):
    """Incidents by who opened them."""

    title = "author"
    parameter_name = "mine"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        """Oneself, anybody, nobody."""
        return [
            ("author", "I am the author"),
            ("people", "opened by people"),
            ("machine", "opened by the machine"),
        ]

    def queryset(self, request: HttpRequest, queryset: QuerySet) -> QuerySet:
        """Rows of that kind."""
        if self.value() == "author":
            return queryset.filter(author=request.user)
        if self.value() in ("people", "machine"):
            return queryset.filter(author__isnull=self.value() == "machine")
        return queryset
