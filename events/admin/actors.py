"""Actors on the desk, with what hangs on them: names, relations, deployments, strength, milestones, agreements, people."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.urls import reverse

from actors.codes import NameKind
from actors.documents import display_name
from actors.models import (
    Actor,
    ActorIdentifier,
    ActorName,
    ActorRelation,
    Agreement,
    Deployment,
    DeploymentPlace,
    Milestone,
    Person,
    StrengthStatement,
)
from events.admin.acts import Acting, Asked, Doing, ReasonForm
from events.admin.base import Choice, DeskAdmin, DeskTable
from events.admin.fields import UNKEYED, CitationsField, PartialDateField
from events.admin.filters import ChangedFilter
from events.admin.forms import DeskForm, PartialDates, PeriodForm, SourcedPeriodForm
from events.admin.site import desk
from events.models import Trace
from events.policy import Act, shown_role
from events.verbs.publishing import publish
from events.verbs.tracing import subject_of
from events.verbs.withdrawing import merge_actors

PERIOD = ("starts", "ends")


def do_publish(request: HttpRequest, rows: list[Actor], asked: Asked) -> str:
    """All rows as one publication."""
    done = publish(actors=rows, by=request.user, role=shown_role(request.user), reason=asked["reason"])
    return f"Publication {done.number}: {done.versions} versions, {done.digest[:12]}…"


def do_merge(request: HttpRequest, rows: list[Actor], asked: Asked) -> str:
    """The record shows the target wherever the other stands."""
    role = shown_role(request.user)
    done = merge_actors(rows[0], asked["target"], by=request.user, role=role, reason=asked["reason"])
    return f"Merged into {asked['target']} in publication {done.number}."


class MergeForm(ReasonForm):
    """Merging: which actor stays."""

    target = forms.ModelChoiceField(
        Actor.objects.filter(merged_into__isnull=True),
        widget=Choice(Actor._meta.get_field("merged_into"), desk),
        help_text="The actor that stays. Incidents keep the label that their sources used.",
    )


class ActorForm(DeskForm):
    """What is typed about an actor."""

    partial_dates = {"founded": "first", "dissolved": "last"}
    founded = PartialDateField()
    dissolved = PartialDateField()
    sources = CitationsField(parts=UNKEYED)

    class Meta:
        model = Actor
        exclude = ()
        widgets = {
            "summary_en": forms.Textarea({"rows": 3, "cols": 90}),
            "summary_fr": forms.Textarea({"rows": 3, "cols": 90, "lang": "fr"}),
            "internal_note": forms.Textarea({"rows": 2, "cols": 90}),
            "slug": forms.TextInput({"size": 40}),
            "country": forms.TextInput({"size": 4}),
        }


class NameTable(DeskTable):
    """Names through time."""

    model = ActorName
    form = PeriodForm
    fields = ("text", "lang", "kind", *PERIOD)


class RelationTable(DeskTable):
    """Relations from this actor to others."""

    model = ActorRelation
    fk_name = "subject"
    form = SourcedPeriodForm
    fields = ("kind", "object", *PERIOD, "note", "sources")
    autocomplete_fields = ("object",)


class DeploymentTable(DeskTable):
    """Deployments; their places are on a page of their own."""

    model = Deployment
    form = SourcedPeriodForm
    fields = ("host", "status", *PERIOD, "note", "sources")
    show_change_link = True


class MilestoneForm(PartialDates):
    """One dated fact."""

    partial_dates = {"on": "first"}
    on = PartialDateField(required=True)
    sources = CitationsField(parts=UNKEYED)


class MilestoneTable(DeskTable):
    """Dated facts."""

    model = Milestone
    form = MilestoneForm
    fields = ("on", "kind", "title_en", "title_fr", "sources")


class IdentifierTable(DeskTable):
    """Which ids of datasets mean this actor."""

    model = ActorIdentifier
    form = PeriodForm
    fields = ("scheme", "external_id", "label", "country", *PERIOD, "confidence", "note")


@admin.register(Actor, site=desk)
class ActorAdmin(Acting, DeskAdmin):
    """Actors."""

    form = ActorForm
    inlines = (NameTable, RelationTable, DeploymentTable, MilestoneTable, IdentifierTable)
    list_display = ("name", "slug", "kind", "country", "standing", "changed_at")
    list_filter = ("kind", ChangedFilter)
    search_fields = ("slug", "names__text")
    search_help_text = "Slug, or any name in any language."
    fields = (
        ("slug", "kind", "country"),
        ("founded", "dissolved"),
        "summary_en",
        "summary_fr",
        "sources",
        "internal_note",
    )
    doings = {
        "publish": Doing(
            Act.PUBLISH,
            "Publish",
            do_publish,
            many=True,
            when=lambda row: not row.merged_into_id and row.revision != row.published_revision,
        ),
        "merge": Doing(
            Act.MERGE,
            "Merge into another",
            do_merge,
            MergeForm,
            when=lambda row: not row.merged_into_id and row.published_revision is not None,
        ),
    }

    def get_queryset(self, request: HttpRequest) -> QuerySet:
        """With names, for their display."""
        return super().get_queryset(request).prefetch_related("names")

    def get_readonly_fields(self, request: HttpRequest, obj: Actor | None = None) -> tuple[str, ...]:
        """A slug that is public stays."""
        return ("slug",) if obj and obj.published_revision else ()

    def label_of(self, row: Any) -> str:
        """Name and acronym."""
        short = next((name.text for name in row.names.all() if name.kind == NameKind.ACRONYM), "")
        return f"{display_name(row, 'en')} ({short})" if short else display_name(row, "en")

    @admin.display(description="name", ordering="slug")
    def name(self, row: Actor) -> str:
        """The name that readers see."""
        return display_name(row, "en")

    @admin.display(description="state")
    def standing(self, row: Actor) -> str:
        """How desk and record stand to each other."""
        if row.merged_into_id:
            return "Merged"
        if row.published_revision is None:
            return "Not published"
        return "Published" if row.published_revision == row.revision else "Published, changed since"

    def render_change_form(
        self, request: HttpRequest, context: dict[str, Any], *args: Any, **kwargs: Any
    ) -> HttpResponse:
        """What may be done, and what else hangs on the actor."""
        row = kwargs.get("obj")
        if row is not None:
            context["buttons"] = self.buttons(request, row)
            context["aside_links"] = hanging_on(row)
            context["traces"] = Trace.objects.filter(subject=subject_of(row)).select_related("by")[:8]
            context["standing"] = self.standing(row)
        return super().render_change_form(request, context, *args, **kwargs)


def hanging_on(row: Actor) -> list[tuple[str, str]]:
    """Strength statements, agreements, people and incidents of an actor: (words, address)."""
    query = f"?actors__id__exact={row.pk}"
    return [
        ("Strength statements", reverse("admin:actors_strengthstatement_changelist") + query),
        ("Agreements", reverse("admin:actors_agreement_changelist") + f"?parties__id__exact={row.pk}"),
        ("People quoted", reverse("admin:actors_person_changelist") + f"?affiliation__id__exact={row.pk}"),
        (
            "Incidents",
            reverse("admin:events_incident_changelist") + f"?participations__actor__id__exact={row.pk}",
        ),
    ]


class PlaceTable(DeskTable):
    """Bases and towns of a deployment."""

    model = DeploymentPlace
    form = PeriodForm
    fields = ("name", *PERIOD)


class DeploymentForm(SourcedPeriodForm, DeskForm):
    """A deployment with its places."""

    partial_dates = {"starts": "first", "ends": "last"}

    class Meta:
        model = Deployment
        exclude = ()


@admin.register(Deployment, site=desk)
class DeploymentAdmin(DeskAdmin):
    """Deployments of foreign forces; a change here is a change of the force."""

    form = DeploymentForm
    inlines = (PlaceTable,)
    list_display = ("force", "host", "status", "starts", "ends")
    list_filter = ("status", "host")
    list_select_related = ("force",)
    search_fields = ("force__slug", "force__names__text", "host", "places__name")
    autocomplete_fields = ("force",)
    fields = (("force", "host", "status"), PERIOD, "note", "sources")


class StrengthForm(DeskForm):
    """A statement on strength."""

    partial_dates = {"on": "first"}
    on = PartialDateField()
    sources = CitationsField(parts=UNKEYED)

    class Meta:
        model = StrengthStatement
        exclude = ()


@admin.register(StrengthStatement, site=desk)
class StrengthAdmin(DeskAdmin):
    """Statements on strength, about one actor or several jointly."""

    form = StrengthForm
    list_display = ("about", "host", "on", "low", "high", "phrase")
    search_fields = ("actors__slug", "phrase", "claimant")
    autocomplete_fields = ("actors",)
    fields = (
        "actors",
        ("host", "on"),
        ("quantifier", "low", "high", "phrase"),
        "split_unknown",
        "claimant",
        "sources",
    )

    def get_queryset(self, request: HttpRequest) -> QuerySet:
        """With the actors."""
        return super().get_queryset(request).prefetch_related("actors")

    def lookup_allowed(self, lookup: str, value: str, request: HttpRequest | None = None) -> bool:
        """By actor, from the actor's page."""
        return lookup == "actors__id__exact" or super().lookup_allowed(lookup, value, request)

    @admin.display(description="about")
    def about(self, row: StrengthStatement) -> str:
        """Whom it is about."""
        return ", ".join(actor.slug for actor in row.actors.all())


class AgreementForm(DeskForm):
    """An agreement."""

    partial_dates = {"signed": "first", "ended": "last"}
    signed = PartialDateField()
    ended = PartialDateField()
    sources = CitationsField(parts=UNKEYED)

    class Meta:
        model = Agreement
        exclude = ()


@admin.register(Agreement, site=desk)
class AgreementAdmin(DeskAdmin):
    """Agreements; a change here is a change of their parties."""

    form = AgreementForm
    list_display = ("title_en", "signed", "ended")
    search_fields = ("slug", "title_en", "title_fr", "parties__slug")
    autocomplete_fields = ("parties",)
    fields = (
        "slug",
        "title_en",
        "title_fr",
        ("signed", "ended"),
        "parties",
        "summary_en",
        "summary_fr",
        "sources",
    )

    def lookup_allowed(self, lookup: str, value: str, request: HttpRequest | None = None) -> bool:
        """By party, from the actor's page."""
        return lookup == "parties__id__exact" or super().lookup_allowed(lookup, value, request)


class IdentifierForm(PeriodForm, DeskForm):
    """Which actor a dataset means."""

    partial_dates = {"starts": "first", "ends": "last"}

    class Meta:
        model = ActorIdentifier
        exclude = ()


@admin.register(ActorIdentifier, site=desk)
class IdentifierAdmin(DeskAdmin):
    """The table from ids of datasets to actors: the importer reads it."""

    form = IdentifierForm
    list_display = ("scheme", "external_id", "label", "actor", "country", "starts", "ends", "confidence")
    list_filter = ("scheme", "confidence")
    list_select_related = ("actor",)
    search_fields = ("=external_id", "label", "actor__slug")
    autocomplete_fields = ("actor",)
    fields = (("scheme", "external_id", "label"), ("actor", "confidence"), ("country", *PERIOD), "note")


class PersonForm(DeskForm):
    """A person quoted."""

    class Meta:
        model = Person
        exclude = ()


@admin.register(Person, site=desk)
class PersonAdmin(DeskAdmin):
    """People quoted; published incidents that quote them are changed with them."""

    form = PersonForm
    list_display = ("name", "role_en", "affiliation")
    list_select_related = ("affiliation",)
    search_fields = ("name", "role_en", "role_fr", "affiliation__slug")
    autocomplete_fields = ("affiliation",)
    fields = ("name", "role_en", "role_fr", "affiliation")

    def lookup_allowed(self, lookup: str, value: str, request: HttpRequest | None = None) -> bool:
        """By affiliation, from the actor's page."""
        return lookup == "affiliation__id__exact" or super().lookup_allowed(lookup, value, request)
