"""Feeds, reports, proposals and import runs: what comes in, and what became of it."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from django import forms
from django.contrib import admin
from django.contrib.admin import SimpleListFilter
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.text import Truncator

from events.admin.acts import Acting, Asked, ConfirmForm, Doing
from events.admin.base import DeskAdmin, ReadOnlyAdmin
from events.admin.entering import EntryForm, entry_page
from events.admin.forms import DeskForm
from events.admin.site import desk
from events.admin.spans import marked, values_of
from events.codes import Kinship, ReportState
from events.ingest.feeds import feed_kinds
from events.models import Feed, ImportRun, Proposal, Report
from events.policy import Act, may_thing, readable_incidents
from events.verbs.operating import pause, poll_now, resume
from events.verbs.reporting import NEXT_TASK, retry

LONGEST_TEXT = 60_000
MOST_KIN = 20


def for_each(verb: Any, said: str) -> Any:
    """One act on several rows."""

    def do(request: HttpRequest, rows: list[Any], asked: Asked) -> str:
        for row in rows:
            verb(row, by=request.user, reason=asked["reason"])
        return said

    return do


class FeedForm(DeskForm):
    """A feed."""

    kind = forms.ChoiceField(choices=[(code, kind.LABEL["en"]) for code, kind in feed_kinds().items()])

    class Meta:
        model = Feed
        exclude = ()
        widgets = {
            "url": forms.URLInput({"size": 90}),
            "licence_note": forms.Textarea({"rows": 2, "cols": 90}),
            "reliability_note": forms.Textarea({"rows": 2, "cols": 90}),
        }


class HealthFilter(SimpleListFilter):
    """How the last polls went."""

    title = "health"
    parameter_name = "health"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        """Well, badly, or not at all."""
        return [("failing", "failing"), ("overdue", "overdue"), ("never", "never polled")]

    def queryset(self, request: HttpRequest, queryset: QuerySet) -> QuerySet:
        """Feeds in that health."""
        if self.value() == "failing":
            return queryset.filter(failures__gt=0)
        if self.value() == "overdue":
            return queryset.filter(active=True, next_poll_at__lt=timezone.now() - timedelta(minutes=10))
        return queryset.filter(polled_at__isnull=True) if self.value() == "never" else queryset


@admin.register(Feed, site=desk)
class FeedAdmin(Acting, DeskAdmin):
    """Feeds, with their health."""

    form = FeedForm
    list_display = (
        "source",
        "kind_named",
        "address",
        "active",
        "health",
        "polled",
        "succeeded",
        "next_turn",
        "items_seen",
    )
    list_display_links = ("source", "address")
    list_filter = ("active", HealthFilter, "kind")
    list_select_related = ("source",)
    search_fields = ("url", "source__name")
    autocomplete_fields = ("source",)
    fields = (
        ("source", "kind"),
        "url",
        ("active", "interval_minutes", "country"),
        "licence_note",
        "reliability_note",
        ("health", "failures", "items_seen", "reports_kept"),
        ("polls", "polls_failed", "latency"),
        ("polled_at", "succeeded_at", "next_poll_at"),
        "problem",
    )
    readonly_fields = (
        "health",
        "failures",
        "items_seen",
        "reports_kept",
        "polls",
        "polls_failed",
        "latency",
        "polled_at",
        "succeeded_at",
        "next_poll_at",
        "problem",
    )
    doings = {
        "poll": Doing(
            Act.OPERATE, "Poll now", for_each(poll_now, "Sent to the worker."), ConfirmForm, many=True
        ),
        "pause": Doing(
            Act.OPERATE, "Pause", for_each(pause, "Paused."), many=True, when=lambda feed: bool(feed.active)
        ),
        "resume": Doing(
            Act.OPERATE, "Resume", for_each(resume, "Resumed."), many=True, when=lambda feed: not feed.active
        ),
    }

    def get_queryset(self, request: HttpRequest) -> QuerySet:
        """Feeds of sources that this person may know of."""
        rows = super().get_queryset(request)
        return rows if may_thing(request.user, Act.SEE_HIDDEN, "source") else rows.filter(source__public=True)

    @admin.display(description="kind", ordering="kind")
    def kind_named(self, feed: Feed) -> str:
        """Its kind in words."""
        return kind_named(feed)

    @admin.display(description="address", ordering="url")
    def address(self, feed: Feed) -> str:
        """Its address, cut where it is long."""
        return Truncator(feed.url).chars(48)

    @admin.display(description="health")
    def health(self, feed: Feed) -> str:
        """In words: well, failing and how often, never polled."""
        if feed.failures:
            return f"failing, {feed.failures} times: {feed.problem[:80]}"
        return "well" if feed.succeeded_at else "never polled"

    @admin.display(description="latency")
    def latency(self, feed: Feed) -> str:
        """How long its last answer took."""
        return latency(feed)

    @admin.display(description="polled", ordering="polled_at")
    def polled(self, feed: Feed) -> str:
        """How long ago it was polled."""
        return ago(feed.polled_at)

    @admin.display(description="succeeded", ordering="succeeded_at")
    def succeeded(self, feed: Feed) -> str:
        """How long ago a poll went well."""
        return ago(feed.succeeded_at)

    @admin.display(description="next", ordering="next_poll_at")
    def next_turn(self, feed: Feed) -> str:
        """When it is polled again."""
        return f"{feed.next_poll_at:%d %b %H:%M}" if feed.active and feed.next_poll_at else "–"

    def render_change_form(
        self, request: HttpRequest, context: dict[str, Any], *args: Any, **kwargs: Any
    ) -> HttpResponse:
        """What may be done, and the way to its reports."""
        row = kwargs.get("obj")
        if row is not None:
            context["buttons"] = self.buttons(request, row)
            if may_thing(request.user, Act.READ, "report"):
                address = reverse("admin:events_report_changelist")
                context["aside_links"] = [("Reports of this feed", f"{address}?feed__id__exact={row.pk}")]
        return super().render_change_form(request, context, *args, **kwargs)


def ago(moment: datetime | None) -> str:
    """How long ago, or in how long, in the largest unit that fits."""
    if moment is None:
        return "never"
    minutes = int((timezone.now() - moment).total_seconds() / 60)
    far = abs(minutes)
    span = f"{far} min" if far < 120 else f"{far // 60} h" if far < 2880 else f"{far // 1440} days"
    return f"in {span}" if minutes < 0 else f"{span} ago"


def kind_named(feed: Feed) -> str:
    """The kind of a feed in words."""
    return str(feed_kinds()[feed.kind].LABEL["en"]) if feed.kind in feed_kinds() else feed.kind


def latency(feed: Feed) -> str:
    """How long the last answer of a feed took."""
    return "–" if feed.seconds is None else f"{feed.seconds:.1f} s"


@admin.register(Report, site=desk)
class ReportAdmin(Acting, ReadOnlyAdmin):
    """Reports as they were received."""

    change_form_template = "admin/report.html"
    list_display = ("named", "source", "state", "language", "fetched_at", "published_at", "problem_short")
    list_filter = ("state", "language")
    list_select_related = ("source",)
    search_fields = ("title", "=url")
    search_help_text = "Part of the title, or the whole address."
    fields = (
        "source",
        "url_shown",
        "fetched_at",
        "published_at",
        "language",
        "state",
        "problem",
        "attempts",
        "sha256",
    )
    readonly_fields = ("url_shown",)
    doings = {
        "retry": Doing(
            Act.OPERATE,
            "Send through the machine again",
            for_each(retry, "Sent to the worker."),
            many=True,
            when=lambda report: report.state == ReportState.SET_ASIDE,
        )
    }

    def has_add_permission(self, request: HttpRequest) -> bool:
        """Editors bring reports by hand."""
        return self.allowed(request, Act.OPERATE)

    def add_view(self, request: HttpRequest, form_url: str = "", extra_context: Any = None) -> HttpResponse:
        """A text, a file or an address."""
        if not self.has_add_permission(request):
            raise Http404
        return entry_page(
            request, {"opts": self.opts, "media": self.media + EntryForm(user=request.user).media}
        )

    def get_queryset(self, request: HttpRequest) -> QuerySet:
        """Without the bytes; only of sources that this person may know of."""
        rows = super().get_queryset(request).defer("content", "headers")
        return rows if may_thing(request.user, Act.SEE_HIDDEN, "source") else rows.filter(source__public=True)

    def lookup_allowed(self, lookup: str, value: str, request: HttpRequest | None = None) -> bool:
        """By feed, from the feed's page."""
        return lookup == "feed__id__exact" or super().lookup_allowed(lookup, value, request)

    def kin(self, request: HttpRequest, row: Report) -> list[tuple[str, str, str]]:
        """(how it hangs together, title, address) of the report that it repeats and of those that repeat it."""
        rows = self.get_queryset(request).select_related("source")
        parent = [
            ("a copy of" if row.kinship == Kinship.COPY else "a later capture of", one)
            for one in rows.filter(pk=row.parent_id)
        ]
        children = [("repeated by", one) for one in rows.filter(parent=row.pk).order_by("pk")[:MOST_KIN]]
        return [
            (how, f"{one.source}: {one}", reverse("admin:events_report_change", args=[one.pk]))
            for how, one in [*parent, *children]
        ]

    @admin.display(description="report", ordering="fetched_at")
    def named(self, row: Report) -> str:
        """Its title, else its address."""
        return str(row)[:120]

    @admin.display(description="problem")
    def problem_short(self, row: Report) -> str:
        """The beginning of the problem."""
        return row.problem[:80]

    @admin.display(description="address")
    def url_shown(self, row: Report) -> str | SafeString:
        """A link only where a browser may follow it."""
        address = row.final_url or row.url
        if not address.startswith(("http://", "https://")):
            return address or "–"
        return format_html('<a href="{}" rel="noopener noreferrer nofollow">{}</a>', address, address)

    def render_change_form(
        self, request: HttpRequest, context: dict[str, Any], *args: Any, **kwargs: Any
    ) -> HttpResponse:
        """The text with its findings marked; what was proposed beside it."""
        row = kwargs.get("obj")
        if row is not None:
            proposals = list(row.proposals.select_related("incident").order_by("number"))
            extraction = proposals[0].extraction if proposals else {}
            context |= {
                "kin": self.kin(request, row),
                "waits": row.state in NEXT_TASK and row.attempts < 2,
                "pieces": marked(row.text[:LONGEST_TEXT], extraction),
                "cut": len(row.text) > LONGEST_TEXT,
                "found": values_of(extraction, row.text),
                "proposals": [proposal_entry(one, request.user) for one in proposals],
                "buttons": self.buttons(request, row),
            }
        return super().render_change_form(request, context, *args, **kwargs)


def proposal_entry(proposal: Proposal, user: Any) -> dict[str, str]:
    """One proposal with its draft, if this person may know of it."""
    draft = proposal.incident
    mine = draft and type(draft)._default_manager.filter(readable_incidents(user), pk=draft.pk).exists()
    return {
        "name": str(proposal),
        "state": proposal.get_state_display(),
        "draft": str(draft) if mine else "",
        "url": reverse("admin:events_incident_change", args=[draft.pk]) if mine else "",
        "review": reverse("admin:events_proposal_change", args=[proposal.pk]),
        "open": "yes" if proposal.state == "open" else "",
    }


@admin.register(ImportRun, site=desk)
class ImportRunAdmin(ReadOnlyAdmin):
    """Import runs: what was read and what became of it."""

    list_display = (
        "started_at",
        "dataset",
        "file",
        "release",
        "read",
        "created",
        "changed",
        "unchanged",
        "rejected",
        "publication",
    )
    list_filter = ("release",)
    list_select_related = ("dataset",)
    fields = (
        ("dataset", "file", "release", "country"),
        ("started_at", "finished_at"),
        ("read", "created", "changed", "unchanged", "rejected"),
        ("publication", "report_file", "sha256"),
    )
