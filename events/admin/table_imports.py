"""Tables handed in at the desk: the template, a preview of what a table would do, and the import as drafts."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any

from django import forms
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.template.response import TemplateResponse
from django.urls import path, reverse

from conflict.kit.problems import Refused
from events.admin.fields import said
from events.admin.site import desk
from events.ingest.tables.columns import guide
from events.ingest.tables.importer import confirm, desk_tables, fault_lines, import_table, with_claims
from events.ingest.tables.planning import CHANGED, CREATED, HELD, UNCHANGED, Plan, Planned
from events.ingest.tables.rejected import rejected_xlsx
from events.ingest.tables.sheets import MOST_BYTES, read_sheets
from events.ingest.tables.template import template_xlsx, template_zip
from events.models import Incident, Source, TableUpload
from events.policy import Act, may_thing, readable_incidents, readable_sources
from events.verbs.differences import changed_fields
from events.verbs.drafting import Drafted, copied, incident_of
from events.verbs.uploading import keep_table

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
SHOWN = 100
UPLOADS = 25

View = Callable[..., HttpResponse]


def addresses() -> list[Any]:
    """The pages of tables, under /admin/tables/."""
    pages: list[tuple[str, View, str]] = [
        ("", tables, "tables"),
        ("template.xlsx", template_book, "table_template_xlsx"),
        ("template.zip", template_csv, "table_template_zip"),
        ("<int:pk>/", preview, "table"),
        ("<int:pk>/rejected.xlsx", rejected, "table_rejected"),
        ("<int:pk>/problems.csv", problems, "table_problems"),
    ]
    return [
        path(f"tables/{route}", desk.admin_view(importing(view)), name=name) for route, view, name in pages
    ]


def importing(view: View) -> View:
    """For whoever may import; to others the page does not exist."""

    @wraps(view)
    def checked(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if not may_thing(request.user, Act.OPERATE, "importrun"):
            raise Http404
        return view(request, *args, **kwargs)

    return checked


class TableForm(forms.Form):
    """A table to be looked at."""

    table = forms.FileField(
        help_text="The workbook (.xlsx), or incidents.csv, or a .zip with incidents.csv and claims.csv; at most 20 MB."
    )
    claims = forms.FileField(required=False, help_text="claims.csv, when the table is an incidents.csv.")
    source = forms.ModelChoiceField(
        Source.objects.none(),
        required=False,
        empty_label="the desk itself",
        help_text="Whose table it is. Keys of incidents are the source's own: the same key later is the same incident.",
    )
    leave_doubled = forms.BooleanField(
        required=False,
        label="leave out what may be known already",
        help_text="Otherwise such rows become drafts with a note that says which incident they may be.",
    )

    def __init__(self, user: Any, *args: Any) -> None:
        super().__init__(*args)
        known: Any = self.fields["source"]
        known.queryset = Source.objects.filter(readable_sources(user), redistributable=True).order_by("name")

    def clean(self) -> dict[str, Any] | None:
        """The bytes, read once so that a file of another kind is refused here."""
        cleaned = super().clean() or self.cleaned_data
        files = [cleaned[name] for name in ("table", "claims") if cleaned.get(name)]
        if any(file.size > MOST_BYTES for file in files):
            raise forms.ValidationError(f"table: valid is a file of at most {MOST_BYTES:,} bytes")
        if cleaned.get("table"):
            try:
                cleaned["content"] = packed(*(file.read() for file in files))
                read_sheets(cleaned["content"], cleaned["table"].name)
            except Refused as refusal:
                raise forms.ValidationError(
                    [f"{one.field}: {said(one)}" for one in refusal.problems]
                ) from refusal
        return cleaned


def packed(table: bytes, claims: bytes = b"") -> bytes:
    """One file out of the one or two that were handed in."""
    return with_claims(table, claims) if claims else table


def tables(request: HttpRequest) -> HttpResponse:
    """Template, form, and the tables handed in last."""
    form = TableForm(request.user, request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        typed = form.cleaned_data
        upload = keep_table(
            typed["content"],
            typed["table"].name,
            typed["source"] or desk_tables(),
            leave_doubled=typed["leave_doubled"],
            by=request.user,  # type: ignore[arg-type]
        )
        return HttpResponseRedirect(reverse("admin:table", args=[upload.pk]))
    context = {
        **desk.each_context(request),
        "title": "Tables",
        "form": form,
        "guide": guide(),
        "uploads": handed_in(request.user)[:UPLOADS],
    }
    return TemplateResponse(request, "admin/table_imports.html", context, status=400 if form.errors else 200)


def handed_in(user: Any) -> Any:
    """The tables of sources that this person may know of, without their bytes."""
    sources = Source.objects.filter(readable_sources(user))
    return (
        TableUpload.objects.filter(source__in=sources).defer("content").select_related("source", "by", "run")
    )


def upload_of(request: HttpRequest, pk: int) -> TableUpload:
    """One of them, with its bytes."""
    return get_object_or_404(handed_in(request.user).defer(None).select_related(None), pk=pk)


def planned(upload: TableUpload) -> Plan:
    """What the table would do now."""
    _, made = import_table(
        bytes(upload.content), upload.name, upload.source, dry_run=True, leave_doubled=upload.leave_doubled
    )
    return made


def preview(request: HttpRequest, pk: int) -> HttpResponse:
    """What the table would do, row by row; sent, it is done."""
    upload = upload_of(request, pk)
    status = 200
    if request.method == "POST":
        try:
            run, made = confirm(upload, request.user)  # type: ignore[arg-type]
            messages.success(request, told(run, made))
            return HttpResponseRedirect(reverse("admin:table", args=[pk]))
        except Refused as refusal:
            status = refusal.status
            messages.error(request, "; ".join(f"{one.field}: {said(one)}" for one in refusal.problems))
    return TemplateResponse(request, "admin/table_import.html", page_of(request, upload), status=status)


def told(run: Any, made: Plan) -> str:
    """What was done, in words."""
    if run is None:
        return "Nothing has changed; nothing was written."
    held = f", {made.counts.held} held" if made.counts.held else ""
    return f"{run.created} drafts opened, {run.changed} changed{held}, {run.rejected} rows rejected."


def page_of(request: HttpRequest, upload: TableUpload) -> dict[str, Any]:
    """What the preview shows: at most SHOWN rows of each kind."""
    made = planned(upload)
    links = links_to(request.user, made)
    return {
        **desk.each_context(request),
        "title": upload.name,
        "upload": upload,
        "counts": made.counts,
        "doubled": [
            (one, [(found, links.get(found.key)) for found in one.doubles]) for one in made.doubled[:SHOWN]
        ],
        "doubled_count": len(made.doubled),
        "created": made.of(CREATED)[:SHOWN],
        "changed": [
            (one, differences(one), links.get(incident_id(one))) for one in made.of(CHANGED, HELD)[:SHOWN]
        ],
        "held": HELD,
        "unchanged": len(made.of(UNCHANGED)),
        "faults": made.faults[:SHOWN],
        "fault_count": len(made.faults),
        "shown": SHOWN,
    }


def incident_id(one: Planned) -> int:
    """The incident that a row became before; 0 where there is none."""
    return one.known.incident_id if one.known else 0


def links_to(user: Any, made: Plan) -> dict[int, tuple[str, str]]:
    """{incident: (title, address)} of those that the page names and this person may know of."""
    wanted = {found.key for one in made.doubled[:SHOWN] for found in one.doubles}
    wanted |= {incident_id(one) for one in made.of(CHANGED, HELD)[:SHOWN]}
    rows = Incident.objects.filter(readable_incidents(user), pk__in=wanted)
    return {row.pk: (str(row), reverse("admin:events_incident_change", args=[row.pk])) for row in rows}


def differences(one: Planned) -> list[tuple[str, Any, Any]]:
    """(field, now, then) of a row that says something else than its incident; claims are told by their number."""
    if one.known is None or one.row.entry is None:
        return []
    row = one.known.incident
    then = incident_of(one.row.entry, copied(row), Drafted(one.row.entry, b"", one.row.line, one.units))
    changed = [(name, old, new) for name, (old, new) in changed_fields(row, then).items()]
    return changed or [
        ("participants or claims", f"{row.claims.count()} claims", f"{len(one.row.claims)} claims")
    ]


def download(content: bytes | str, kind: str, name: str) -> HttpResponse:
    """A file to be kept."""
    return HttpResponse(
        content,
        content_type=kind,
        headers={"Content-Disposition": f'attachment; filename="{name}"', "Cache-Control": "no-store"},
    )


def template_book(request: HttpRequest) -> HttpResponse:
    """The empty workbook."""
    return download(template_xlsx(), XLSX, "incidents-template.xlsx")


def template_csv(request: HttpRequest) -> HttpResponse:
    """The empty CSV files."""
    return download(template_zip(), "application/zip", "incidents-template.zip")


def rejected(request: HttpRequest, pk: int) -> HttpResponse:
    """The rejected rows as a table that can be put right and handed in."""
    return download(rejected_xlsx(planned(upload_of(request, pk))), XLSX, f"rejected-{pk}.xlsx")


def problems(request: HttpRequest, pk: int) -> HttpResponse:
    """Everything wrong with the table, a line each."""
    made = planned(upload_of(request, pk))
    return download("".join(fault_lines(made.faults)), "text/csv; charset=utf-8", f"problems-{pk}.csv")
