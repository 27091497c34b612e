"""Incidents and battles on the desk."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import admin
from django.db import connection, transaction
from django.db.models import Q, QuerySet
from django.http import HttpRequest, HttpResponse
from django.urls import reverse

from conflict.kit.text import fold
from events.admin.acts import Acting, Asked, Doing, ReasonForm
from events.admin.base import Choice, DeskAdmin
from events.admin.filters import ChangedFilter, CountryFilter, DatasetFilter, MineFilter
from events.admin.following import following
from events.admin.forms import DeskForm
from events.admin.incident_forms import ClaimStack, EvidenceTable, IncidentForm, ParticipationTable
from events.admin.pages import COUNT_UP_TO
from events.admin.site import desk
from events.codes import State
from events.models import Incident, IncidentGroup, Source
from events.policy import Act, may, may_open, may_thing, readable_incidents, shown_role
from events.record.columns import CURRENT
from events.verbs.editing import approve, return_to_author, submit
from events.verbs.previewing import public_difference
from events.verbs.publishing import publish
from events.verbs.redacting import REDACTION_CODES, WITHHELD, redact
from events.verbs.tracing import trace_look
from events.verbs.withdrawing import RETRACTION_CODES, merge, retract

# Three ways to find an incident, each by an index of its own: its id; for what is published the record's index of
# words, newest first; for the few others their words on the desk.
FOUND = f"""
SELECT id FROM events_incident WHERE public_id LIKE %(id)s
UNION ALL
(SELECT incident FROM record.incident_version WHERE known_to = {CURRENT} AND search @@ to_tsquery('simple', %(words)s)
 ORDER BY date_start DESC, id DESC LIMIT {COUNT_UP_TO})
UNION ALL
SELECT i.id FROM events_incident i WHERE i.state = ANY(%(states)s) AND NOT EXISTS (
    SELECT FROM unnest(%(parts)s::text[]) AS part
    WHERE strpos(record.fold(concat_ws(' ', i.title_en, i.title_fr, i.place_name,
        (SELECT string_agg(p.label_used, ' ') FROM events_participation p WHERE p.incident_id = i.id))), part) = 0)
"""
UNPUBLISHED = [state.value for state in State if state != State.PUBLISHED]


def found(term: str) -> Q:
    """The ids of incidents that a search means; every word counts, from its beginning."""
    words = fold(term).split()
    asked = {
        "id": term.upper().replace("\\", "").replace("%", "").replace("_", "") + "%",
        "words": " & ".join(f"{word}:*" for word in words),
        "states": UNPUBLISHED if words else [],
        "parts": words,
    }
    with connection.cursor() as cursor:
        cursor.execute(FOUND, asked)
        return Q(pk__in=[pk for (pk,) in cursor.fetchall()])


def each(verb: Any, became: str) -> Any:
    """One act on several rows, all or none; `became` says what they are then."""

    def do(request: HttpRequest, rows: list[Incident], asked: Asked) -> str:
        with transaction.atomic():
            for row in rows:
                verb(row, by=request.user, reason=asked["reason"], seen=str(asked["seen"].get(row.pk, 0)))
        return f"{rows[0] if len(rows) == 1 else f'{len(rows)} incidents'}: {became}."

    return do


def do_publish(request: HttpRequest, rows: list[Incident], asked: Asked) -> str:
    """All rows as one publication."""
    role = shown_role(request.user)
    done = publish(rows, by=request.user, role=role, reason=asked["reason"], seen=asked["seen"])
    return f"Publication {done.number}: {done.versions} versions, {done.digest[:12]}…"


def do_retract(request: HttpRequest, rows: list[Incident], asked: Asked) -> str:
    """A tombstone with its code."""
    role = shown_role(request.user)
    done = retract(rows[0], code=asked["code"], by=request.user, role=role, reason=asked["reason"])
    return f"Retracted in publication {done.number}."


def do_merge(request: HttpRequest, rows: list[Incident], asked: Asked) -> str:
    """The id leads to the target from now on."""
    role = shown_role(request.user)
    done = merge(rows[0], asked["target"], by=request.user, role=role, reason=asked["reason"])
    return f"Merged into {asked['target'].public_id} in publication {done.number}."


def do_redact(request: HttpRequest, rows: list[Incident], asked: Asked) -> str:
    """Words and values out of every version."""
    done = redact(
        rows[0],
        words=asked["words"].splitlines(),
        withhold=asked["withhold"],
        code=asked["code"],
        by=request.user,
        role=shown_role(request.user),
        reason=asked["reason"],
    )
    return f"Redacted in publication {done.number}."


class RetractForm(ReasonForm):
    """Retraction: its code is public."""

    code = forms.ChoiceField(choices=[(code, code.replace("_", " ")) for code in RETRACTION_CODES])


class MergeForm(ReasonForm):
    """Merging: which incident stays."""

    target = forms.ModelChoiceField(
        Incident.objects.filter(state=State.PUBLISHED),
        widget=Choice(Incident._meta.get_field("merged_into"), desk),
        help_text="The incident that stays. It keeps its own claims: copy what is worth keeping before.",
    )


class RedactForm(ReasonForm):
    """Redaction: words, whole values, and the public code of why."""

    words = forms.CharField(
        required=False,
        widget=forms.Textarea({"rows": 4, "cols": 60}),
        help_text="One a line, each spelling of its own. Not kept anywhere.",
    )
    withhold = forms.MultipleChoiceField(
        choices=[(name, name) for name in WITHHELD], required=False, widget=forms.CheckboxSelectMultiple
    )
    code = forms.ChoiceField(choices=[(code, code.replace("_", " ")) for code in REDACTION_CODES])


@admin.register(Incident, site=desk)
class IncidentAdmin(Acting, DeskAdmin):
    """Incidents."""

    form = IncidentForm
    change_form_template = "admin/incident_form.html"
    inlines = (ParticipationTable, ClaimStack, EvidenceTable)
    list_display = ("title", "identity", "standing", "kind", "days", "where", "author", "changed_at")
    list_display_links = ("title",)
    list_filter = (
        "state",
        ChangedFilter,
        MineFilter,
        "event_type",
        CountryFilter,
        DatasetFilter,
        "verification",
        "sensitivity",
    )
    list_select_related = ("author",)
    search_fields = ("title_en",)
    search_help_text = "Title, place, public id, or a label used for an actor; the newest ten thousand."
    date_hierarchy = "date_start"
    autocomplete_fields = ("group", "follows")
    fieldsets = (
        (
            "What",
            {
                "fields": (
                    "title_en",
                    "title_fr",
                    ("event_type", "event_subtype"),
                    ("verification", "outcome", "civilian_targeting"),
                )
            },
        ),
        ("When", {"fields": (("date_start", "date_end", "date_precision"),)}),
        (
            "Where",
            {
                "fields": (
                    ("country", "place_name"),
                    ("location_precision", "sensitivity"),
                    "point",
                    ("admin1", "admin1_name"),
                    ("admin2", "admin2_name", "admin3"),
                )
            },
        ),
        ("Told as", {"fields": ("summary_en", "summary_fr", ("group", "follows"))}),
        ("Sources", {"fields": ("source_list",)}),
        ("On the desk", {"fields": ("internal_note", "embargo_until")}),
    )
    doings = {
        "submit": Doing(Act.SUBMIT, "Submit for review", each(submit, "submitted for review"), many=True),
        "return": Doing(
            Act.RETURN, "Return to the author", each(return_to_author, "a draft again"), many=True
        ),
        "approve": Doing(
            Act.APPROVE, "Approve", each(approve, "approved"), many=True, preview=public_difference
        ),
        "publish": Doing(
            Act.PUBLISH,
            "Publish",
            do_publish,
            many=True,
            preview=public_difference,
            when=lambda row: row.state != State.PUBLISHED or row.changed_since_published,
        ),
        "retract": Doing(Act.RETRACT, "Retract", do_retract, RetractForm),
        "merge": Doing(Act.MERGE, "Merge into another", do_merge, MergeForm),
        "redact": Doing(Act.REDACT, "Redact", do_redact, RedactForm),
    }

    def allowed(self, request: HttpRequest, act: Act, row: Any = None) -> bool:
        """The policy of incidents goes by state and author."""
        if row is not None:
            return may(request.user, act, row)
        return may_open(request.user) if act == Act.REVISE else bool(shown_role(request.user) != "nobody")

    def lookup_allowed(self, lookup: str, value: str, request: HttpRequest | None = None) -> bool:
        """By actor, from the actor's page."""
        return lookup == "participations__actor__id__exact" or super().lookup_allowed(lookup, value, request)

    def get_queryset(self, request: HttpRequest) -> QuerySet:
        """Incidents that this person may know of."""
        return super().get_queryset(request).filter(readable_incidents(request.user))

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> tuple[str, ...]:
        """An embargo is typed by those who may set one."""
        allowed = obj is not None and may(request.user, Act.EMBARGO, obj)
        return () if allowed else ("embargo_until",)

    def get_search_results(
        self, request: HttpRequest, queryset: QuerySet, search_term: str
    ) -> tuple[QuerySet, bool]:
        """By the record's index for what is published, by its own text for what is not."""
        term = search_term.strip()
        return (queryset.filter(found(term)) if term else queryset), False

    def trace_looks(self, request: HttpRequest, row: Incident) -> None:
        """The form shows a chief editor which sources that are not public make claims."""
        if request.method == "GET" and may_thing(request.user, Act.SEE_HIDDEN, "source"):
            for source in Source.objects.filter(claims_made__incident=row, public=False).distinct():
                trace_look(source, request.user, shown_role(request.user))

    @admin.display(description="title")
    def title(self, row: Incident) -> str:
        """The title, with a word for those that have none."""
        return str(row)

    @admin.display(description="id", ordering="public_id")
    def identity(self, row: Incident) -> str:
        """The public id."""
        return row.public_id or "–"

    @admin.display(description="state", ordering="state")
    def standing(self, row: Incident) -> str:
        """The state; what is public but changed since says so."""
        return "Published, changed since" if row.changed_since_published else row.get_state_display()

    @admin.display(description="kind")
    def kind(self, row: Incident) -> str:
        """Sub-type, or type."""
        return row.get_event_subtype_display() or row.get_event_type_display()

    @admin.display(description="date", ordering="date_start")
    def days(self, row: Incident) -> str:
        """The day, or the first and the last."""
        return f"{row.date_start}" if row.date_start == row.date_end else f"{row.date_start} – {row.date_end}"

    @admin.display(description="where")
    def where(self, row: Incident) -> str:
        """Country and place."""
        return f"{row.country} {row.place_name or row.admin1_name}"

    def render_change_form(
        self, request: HttpRequest, context: dict[str, Any], *args: Any, **kwargs: Any
    ) -> HttpResponse:
        """Beside the form: what follows, and what may be done."""
        row = kwargs.get("obj")
        if row is not None:
            context["following"] = following(row, request.user)
            self.trace_looks(request, row)
            context["buttons"] = self.buttons(request, row)
            context["public_url"] = f"/incidents/{row.public_id}/" if row.published_revision else ""
        return super().render_change_form(request, context, *args, **kwargs)


class GroupForm(DeskForm):
    """What is typed about a battle."""

    class Meta:
        model = IncidentGroup
        exclude = ()


@admin.register(IncidentGroup, site=desk)
class IncidentGroupAdmin(DeskAdmin):
    """Battles: incidents told as one."""

    form = GroupForm
    list_display = ("title_en", "public_id", "key")
    search_fields = ("title_en", "title_fr", "public_id", "key")
    fields = ("title_en", "title_fr", "summary_en", "summary_fr", "key")

    def render_change_form(
        self, request: HttpRequest, context: dict[str, Any], *args: Any, **kwargs: Any
    ) -> HttpResponse:
        """Its incidents in order of date, those that the reader may know of."""
        row = kwargs.get("obj")
        if row is not None:
            mine = row.incidents.filter(readable_incidents(request.user)).order_by("date_start", "pk")
            context["listed"] = [
                (str(one), one.date_start, reverse("admin:events_incident_change", args=[one.pk]))
                for one in mine
            ]
        return super().render_change_form(request, context, *args, **kwargs)
