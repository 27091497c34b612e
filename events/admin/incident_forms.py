"""The forms of an incident: what is typed about it, who took part, who says what, which media are shown."""

from __future__ import annotations

from typing import Any

from django import forms
from django.db.models import QuerySet
from django.http import HttpRequest

from events.admin.base import DeskStack, DeskTable
from events.admin.fields import CitationsField
from events.admin.following import visible_claims
from events.admin.forms import DeskForm, KeptByVerb
from events.codes import SUBTYPES
from events.countries import COUNTRIES
from events.models import Claim, Evidence, Incident, Participation

SUBTYPE_CHOICES = [
    ("", "not said"),
    *((kind.en, [(code.value, code.en) for code in codes]) for kind, codes in SUBTYPES.items()),
]
COUNTRY_CHOICES = [("", "choose"), *((code, f"{country.en} ({code})") for code, country in COUNTRIES.items())]
DATE = forms.DateInput({"type": "date"}, format="%Y-%m-%d")


class IncidentForm(DeskForm):
    """What is typed about an incident."""

    event_subtype = forms.ChoiceField(choices=SUBTYPE_CHOICES, required=False)
    country = forms.ChoiceField(choices=COUNTRY_CHOICES)
    source_list = CitationsField(label="Citations")

    class Meta:
        model = Incident
        exclude = ()
        widgets = {
            "title_en": forms.TextInput({"size": 90}),
            "title_fr": forms.TextInput({"size": 90, "lang": "fr"}),
            "summary_en": forms.Textarea({"rows": 4, "cols": 90}),
            "summary_fr": forms.Textarea({"rows": 4, "cols": 90, "lang": "fr"}),
            "internal_note": forms.Textarea({"rows": 2, "cols": 90}),
            "date_start": DATE,
            "date_end": DATE,
        }


class ParticipationTable(DeskTable):
    """Who took part."""

    model = Participation
    form = KeptByVerb
    fields = ("actor", "role", "label_used", "confidence")
    autocomplete_fields = ("actor",)


class ClaimForm(KeptByVerb):
    """One claim."""

    class Meta:
        model = Claim
        exclude = ()
        labels = {
            "claimant_actor": "Says: actor",
            "claimant_person": "or person",
            "claimant_source": "or source",
            "phrase_lang": "in",
            "item_class": "of",
            "set_aside_why": "set aside because",
        }
        widgets = {
            "phrase": forms.TextInput({"size": 34}),
            "phrase_lang": forms.TextInput({"size": 3}),
            "relayed_by": forms.TextInput({"size": 10}),
            "note": forms.TextInput({"size": 60}),
            "set_aside_why": forms.TextInput({"size": 40}),
            "low": forms.NumberInput({"min": 0}),
            "high": forms.NumberInput({"min": 0}),
            "best": forms.NumberInput({"min": 0}),
        }


class ClaimStack(DeskStack):
    """Who says what about whom."""

    model = Claim
    form = ClaimForm
    classes = ("claims",)
    autocomplete_fields = ("claimant_actor", "claimant_person", "claimant_source", "about")
    raw_id_fields = ("supersedes",)
    addable = ("claimant_person", "claimant_source")
    fieldsets = (
        (
            None,
            {
                "fields": (
                    ("status", "stance", "measure", "item_class"),
                    ("quantifier", "low", "best", "high", "phrase", "phrase_lang"),
                    ("claimant_actor", "claimant_person", "claimant_source"),
                    ("about", "scope", "verification", "relayed_by"),
                    ("note", "supersedes", "set_aside_why"),
                )
            },
        ),
    )

    def get_queryset(self, request: HttpRequest) -> QuerySet:
        """Claims whose source this person may know of."""
        rows = super().get_queryset(request).prefetch_related("about")
        return visible_claims(rows, request.user)

    def get_field_queryset(self, db: Any, db_field: Any, request: HttpRequest) -> QuerySet | None:
        """A claim replaces one of the same incident; the verb checks that it does."""
        if db_field.name == "supersedes":
            return visible_claims(Claim.objects.all(), request.user)
        return super().get_field_queryset(db, db_field, request)


class EvidenceTable(DeskTable):
    """Media shown for the incident."""

    model = Evidence
    form = KeptByVerb
    fields = ("kind", "description_en", "description_fr", "url", "verification", "said_by", "relayed_by")
