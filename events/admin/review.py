"""The review screen: a report's text beside what was proposed from it; each value is accepted, corrected or rejected."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.contrib import admin, messages
from django.db.models import F, QuerySet
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect, JsonResponse
from django.template.response import TemplateResponse
from django.urls import path, reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.views.decorators.http import require_POST

from conflict.kit.problems import Problem, Refused
from events.admin.base import ReadOnlyAdmin
from events.admin.fields import said
from events.admin.review_fields import actor_names, as_typed, shown_fields
from events.admin.site import desk
from events.admin.spans import segments
from events.codes import RejectedWhy
from events.models import Incident, Proposal, Trace
from events.policy import Act, may_thing, readable_incidents
from events.verbs import settling
from events.verbs.attaching import untouched
from events.verbs.correcting import country_of
from events.verbs.facts import FACTS
from events.verbs.naming import suggested
from events.verbs.proposed import proposed_fields
from events.verbs.registering import keep_facts
from events.verbs.reviewing import OPEN, Judged, decide
from events.verbs.tracing import subject_of

LONGEST_TEXT = 60_000
USUAL_REASON = "Reviewed against the report"


@admin.register(Proposal, site=desk)
class ProposalAdmin(ReadOnlyAdmin):
    """Proposals: one incident that was read in a report, or its facts about actors, to be reviewed."""

    list_display = ("created_at", "state", "report_link", "draft_link", "which")
    list_filter = ("state",)
    list_select_related = ("report__source", "incident")
    search_fields = ("report__title", "=report__url")
    search_help_text = "Part of the report's title, or its whole address."

    def get_queryset(self, request: HttpRequest) -> QuerySet:
        """Without the reports' bytes; only of sources that this person may know of."""
        rows = super().get_queryset(request).defer("report__content", "report__text", "extraction")
        if may_thing(request.user, Act.SEE_HIDDEN, "source"):
            return rows
        return rows.filter(report__source__public=True)

    @admin.display(description="report", ordering=F("report_id"))
    def report_link(self, row: Proposal) -> SafeString:
        """To the report."""
        return format_html(
            '<a href="{}">{}</a>', reverse("admin:events_report_change", args=[row.report_id]), row.report
        )

    @admin.display(description="of the report", ordering="number")
    def which(self, row: Proposal) -> str:
        """Which of its incidents, or the facts about actors."""
        return "facts about actors" if row.number == FACTS else f"incident {row.number}"

    @admin.display(description="draft")
    def draft_link(self, row: Proposal) -> str | SafeString:
        """To the draft."""
        if row.incident_id is None:
            return "–"
        address = reverse("admin:events_incident_change", args=[row.incident_id])
        return format_html('<a href="{}">{}</a>', address, row.incident)

    def get_urls(self) -> list[Any]:
        """The doors of the screen, before the page of a row."""
        views: dict[str, Callable[..., HttpResponse]] = {
            "decide": require_POST(self.decide_view),
            "settle": require_POST(self.settle_view),
            "places": self.places_view,
        }
        return [
            path(f"<int:pk>/{name}/", self.admin_site.admin_view(view), name=f"events_proposal_{name}")
            for name, view in views.items()
        ] + super().get_urls()

    def asked(self, request: HttpRequest, pk: str | int) -> Proposal:
        """The proposal, if this person may review it."""
        row = self.get_object(request, str(pk))
        if not isinstance(row, Proposal) or not may_thing(request.user, Act.REVISE, "proposal"):
            raise Http404
        return row

    def change_view(
        self, request: HttpRequest, object_id: str, form_url: str = "", extra_context: Any = None
    ) -> HttpResponse:
        """The screen."""
        return self.page(request, self.asked(request, object_id))

    def page(self, request: HttpRequest, row: Proposal, refusal: Refused | None = None) -> HttpResponse:
        """The screen; after a refusal with what was wrong, and nothing kept."""
        context = {
            **self.admin_site.each_context(request),
            **reviewed_page(row, request),
            "title": f"Review: {'facts about actors in ' if row.number == FACTS else ''}{row.report}",
            "opts": self.opts,
            "refused": refused_lines(refusal),
            "refused_field": request.POST.get("field", "") if refusal else "",
        }
        status = refusal.status if refusal else 200
        return TemplateResponse(request, "admin/review.html", context, status=status)

    def decide_view(self, request: HttpRequest, pk: int) -> HttpResponse:
        """One decision; answers in JSON when asked to."""
        row, given = self.asked(request, pk), request.POST
        judged = Judged(
            key=given.get("field", ""),
            verdict=given.get("verdict", ""),
            typed={name: str(given[name]) for name in given},
            why=given.get("why", ""),
            note=given.get("note", ""),
            remember="remember" in given,
        )
        try:
            decide(row, judged, seen=given.get("seen", ""), by=request.user)  # type: ignore[arg-type]
        except Refused as refusal:
            if wants_json(request):
                return JsonResponse({"problems": refused_lines(refusal)}, status=refusal.status)
            return self.page(request, self.asked(request, pk), refusal)
        row = self.asked(request, pk)
        if wants_json(request):
            return JsonResponse(field_now(row, judged.key))
        return HttpResponseRedirect(f"{address_of(row)}#field-{judged.key}")

    def settle_view(self, request: HttpRequest, pk: int) -> HttpResponse:
        """End the review: a draft, further claims on a known incident, or nothing."""
        row, given = self.asked(request, pk), request.POST
        act, _, target = given.get("act", "").partition(":")
        told = {"seen": given.get("seen", ""), "by": request.user, "reason": given.get("reason", "")}
        try:
            if act == "draft":
                incident: Incident | None = settling.make_draft(row, **told)
            elif act == "attach":
                incident = settling.attach(
                    row, meant(target or given.get("target", ""), request.user), **told
                )
            elif act == "keep":
                incident = None
                kept = keep_facts(row, **told)
            elif act == "reject":
                incident = settling.turn_down(row, **told)
            else:
                raise Refused(Problem("act", act, "one of draft, attach, keep, reject"))
        except Refused as refusal:
            return self.page(request, self.asked(request, pk), refusal)
        messages.success(request, kept_in_words(kept) if act == "keep" else what_became(act, incident))
        return HttpResponseRedirect(onward(row, incident))

    def places_view(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Places whose name has the letters typed, as the form takes them."""
        typed = request.GET.get("q", "")
        found = suggested(typed, country_of(self.asked(request, pk))) if len(typed.strip()) > 1 else []
        return JsonResponse({"places": found})


def reviewed_page(row: Proposal, request: HttpRequest) -> dict[str, Any]:
    """What the screen shows of a proposal."""
    text = row.report.text[:LONGEST_TEXT]
    attached, known = bool(row.match.get("attached")), candidates(row, request.user)
    refused = request.POST.get("field")
    fields = [as_typed(one, request.POST) if one.key == refused else one for one in shown_fields(row)]
    siblings = in_order(row.report.proposals.defer("extraction"))
    return {
        "proposal": row,
        "report": row.report,
        "report_url": reverse("admin:events_report_change", args=[row.report_id]),
        "fields": fields,
        "left": sum(not one.verdict for one in fields),
        "open": row.state == OPEN,
        "facts": row.number == FACTS,
        "segments": segments(text, proposed_fields(row), row.extraction),
        "cut": len(row.report.text) > LONGEST_TEXT,
        "candidates": [one for one in known if not (attached and one["pk"] == row.incident_id)],
        "why_attached": next((one["why"] for one in known if one["pk"] == row.incident_id), ""),
        "draft": linked(row.incident, request.user) if row.incident else None,
        "attached": attached,
        "draft_touched": bool(row.incident) and not untouched(row.incident),
        "siblings": [
            (f"incident {number}" if number else "facts about actors", state, pk == row.pk, address_of_pk(pk))
            for pk, number, state in ((one.pk, one.number, one.state) for one in siblings)
        ],
        "actors": sorted(actor_names().items(), key=lambda pair: pair[1]),
        "reasons": RejectedWhy.choices(),
        "reason": request.POST.get("reason", USUAL_REASON),
        "set_aside": aside(row),
        "traces": Trace.objects.filter(subject=subject_of(row)).select_related("by")[:12],
    }


def aside(row: Proposal) -> list[tuple[str, str]]:
    """Figures that were seen and not taken: (words, why)."""
    return [(one.get("phrase", ""), one.get("why", "")) for one in row.extraction.get("set_aside", [])]


def candidates(row: Proposal, user: Any) -> list[dict[str, Any]]:
    """Known incidents that it may be, with the reasons, as far as this person may know of them."""
    scored = {one["incident"]: one for one in row.match.get("candidates", [])}
    rows = Incident.objects.filter(readable_incidents(user), pk__in=list(scored))
    found = [
        {
            **(linked(one, user) or {}),
            "score": round(100 * scored[one.pk]["score"]),
            "why": scored[one.pk]["why_en"],
        }
        for one in rows
    ]
    return sorted(found, key=lambda one: -one["score"])


def linked(incident: Incident, user: Any) -> dict[str, Any] | None:
    """An incident in a line with the way to it; None when this person may not know of it."""
    if not Incident.objects.filter(readable_incidents(user), pk=incident.pk).exists():
        return None
    return {
        "pk": incident.pk,
        "name": incident.public_id or f"{incident.get_state_display().lower()} {incident.pk}",
        "title": str(incident),
        "days": str(incident.date_start),
        "state": incident.get_state_display(),
        "url": reverse("admin:events_incident_change", args=[incident.pk]),
    }


def meant(target: str, user: Any) -> Incident:
    """The incident that an editor names by its public id or its number on the desk. Raises Refused."""
    text = target.strip()
    rows = Incident.objects.filter(readable_incidents(user))
    numbered = text.isascii() and text.isdigit() and len(text) < 10
    row = (
        rows.filter(pk=int(text)).first() if numbered else rows.filter(public_id=text.upper() or None).first()
    )
    if row is None:
        raise Refused(Problem("target", text, "the public id or the number of an incident that exists"))
    return row


def wants_json(request: HttpRequest) -> bool:
    """Whether the screen's script asks."""
    return request.headers.get("Accept", "").startswith("application/json")


def refused_lines(refusal: Refused | None) -> list[str]:
    """What was wrong, a line each."""
    if refusal is None:
        return []
    return [
        p.valid.partition(": ")[2] if p.field == "seen" else f"{p.field}: {said(p)}" for p in refusal.problems
    ]


def field_now(row: Proposal, key: str) -> dict[str, Any]:
    """One field and the count of what is left, for the screen's script."""
    fields = shown_fields(row)
    one = next(one for one in fields if one.key == key)
    return {
        "seen": str(row.revision),
        "field": key,
        "verdict": one.verdict,
        "words": one.words,
        "told": one.told,
        "left": sum(not other.verdict for other in fields),
    }


def address_of(row: Proposal) -> str:
    """The screen of a proposal."""
    return address_of_pk(row.pk)


def address_of_pk(pk: int) -> str:
    """As address_of, by number."""
    return reverse("admin:events_proposal_change", args=[pk])


def what_became(act: str, incident: Incident | None) -> str:
    """What the review led to, in words."""
    if incident is None:
        return "The proposal was turned down; nothing of it is left among the drafts."
    name = incident.public_id or f"{incident.get_state_display().lower()} {incident.pk}"
    return f"{'Drafted as' if act == 'draft' else 'Attached to'} {name}: {incident}."


def in_order(rows: QuerySet) -> list[Proposal]:
    """The proposals of a report: its incidents, then the facts about actors."""
    return sorted(rows, key=lambda row: (row.number == FACTS, row.number))


def kept_in_words(number: int) -> str:
    """What became of facts about actors."""
    facts = "1 fact" if number == 1 else f"{number} facts"
    return f"{facts} kept in the registry; actors that changed wait to be published."


def onward(row: Proposal, incident: Incident | None) -> str:
    """Where a reviewer goes next: the report's next proposal, else the incident, else the list."""
    waiting = in_order(row.report.proposals.filter(state=OPEN).defer("extraction"))
    if waiting:
        return address_of(waiting[0])
    if incident is not None:
        return reverse("admin:events_incident_change", args=[incident.pk])
    return f"{reverse('admin:events_proposal_changelist')}?state__exact={OPEN}"
