"""Tables handed in at the desk: the template, a preview of what a table would do, and the import as drafts."""

from __future__ import annotations

from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse
from django.urls import reverse

from conflict.kit.rejections import Fault
from events.admin.handing_in import SHOWN, HandIn, HandInForm, View, download
from events.ingest.tables.columns import guide
from events.ingest.tables.importer import confirm, desk_tables, import_table, with_claims
from events.ingest.tables.planning import CHANGED, CREATED, HELD, Plan, Planned
from events.ingest.tables.rejected import rejected_xlsx
from events.ingest.tables.sheets import MOST_BYTES, read_sheets
from events.ingest.tables.template import template_xlsx, template_zip
from events.models import Incident, Source, TableUpload
from events.policy import readable_incidents, readable_sources
from events.verbs.differences import changed_fields
from events.verbs.drafting import Drafted, copied, incident_of
from events.verbs.uploading import keep_table

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


class TableForm(HandInForm):
    """A table to be looked at."""

    files_named = ("table", "claims")

    table = forms.FileField(
        help_text="The workbook (.xlsx), or incidents.csv, or a .zip with incidents.csv and claims.csv;"
        f" at most {MOST_BYTES // 1_000_000} MB."
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

    def read(self, *contents: bytes, name: str) -> bytes:
        """One file out of the one or two that were handed in."""
        content = with_claims(*contents) if len(contents) > 1 else contents[0]
        read_sheets(content, name)
        return content


class Tables(HandIn):
    """Tables in the product's own columns."""

    name, folder, title = "table", "tables", "Tables"
    thing, private = "importrun", False
    list_template, template = "admin/table_imports.html", "admin/table_import.html"

    def further(self) -> list[tuple[str, View, str]]:
        """The empty table, and the rejected rows of one that was handed in."""
        return [
            ("template.xlsx", template_book, "table_template_xlsx"),
            ("template.zip", template_csv, "table_template_zip"),
            ("<int:pk>/rejected.xlsx", self.rejected, "table_rejected"),
        ]

    def form(self, request: HttpRequest) -> TableForm:
        """The form, with the sources that this person may know of."""
        return TableForm(request.user, request.POST or None, request.FILES or None)

    def keep(self, form: HandInForm, user: Any) -> TableUpload:
        """The file, of the source whose table it is."""
        typed = form.cleaned_data
        return keep_table(
            typed["content"],
            typed["table"].name,
            typed["source"] or desk_tables(),
            leave_doubled=typed["leave_doubled"],
            by=user,
        )

    def told(self) -> dict[str, Any]:
        """What the columns mean."""
        return {"guide": guide()}

    def confirm(self, upload: TableUpload, user: Any) -> str:
        """Import it as drafts."""
        run, made = confirm(upload, user)
        if run is None:
            return "Nothing has changed; nothing was written."
        held = f", {made.counts.held} held" if made.counts.held else ""
        return f"{run.created} drafts opened, {run.changed} changed{held}, {run.rejected} rows rejected."

    def faults(self, upload: TableUpload) -> list[Fault]:
        """What is wrong, row by row."""
        return planned(upload).faults

    def rejected(self, request: HttpRequest, pk: int) -> HttpResponse:
        """The rejected rows as a table that can be put right and handed in."""
        return download(rejected_xlsx(planned(self.upload_of(request, pk))), XLSX, f"rejected-{pk}.xlsx")

    def looked_at(self, request: HttpRequest, upload: TableUpload) -> dict[str, Any]:
        """At most SHOWN rows of each kind."""
        made = planned(upload)
        links = links_to(request.user, made)
        return {
            "counts": made.counts,
            "doubled": [
                (one, [(found, links.get(found.key)) for found in one.doubles])
                for one in made.doubled[:SHOWN]
            ],
            "doubled_count": len(made.doubled),
            "created": made.of(CREATED)[:SHOWN],
            "changed": [
                (one, differences(one), links.get(incident_id(one))) for one in made.of(CHANGED, HELD)[:SHOWN]
            ],
            "held": HELD,
            "faults": made.faults[:SHOWN],
            "fault_count": len(made.faults),
        }


tables = Tables()


def planned(upload: TableUpload) -> Plan:
    """What the table would do now."""
    _, made = import_table(
        bytes(upload.content), upload.name, upload.source, dry_run=True, leave_doubled=upload.leave_doubled
    )
    return made


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


def template_book(request: HttpRequest) -> HttpResponse:
    """The empty workbook."""
    return download(template_xlsx(), XLSX, "incidents-template.xlsx")


def template_csv(request: HttpRequest) -> HttpResponse:
    """The empty CSV files."""
    return download(template_zip(), "application/zip", "incidents-template.zip")
