"""Private ACLED exports handed in at the desk: a preview of what an export would do, then rows that stay on the desk."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django import forms
from django.http import HttpRequest

from conflict.kit.rejections import Fault
from events.admin.handing_in import FAULTS, SHOWN, HandIn, HandInForm
from events.ingest.acled.columns import NEEDED, WELCOME
from events.ingest.acled.uploads import MOST_ROWS, confirm, hand_in, look
from events.ingest.tables.sheets import MOST_BYTES
from events.models import TableUpload


class ExportForm(HandInForm):
    """An export, and the word of whoever brings it."""

    files_named = ("export",)

    export = forms.FileField(
        help_text=f"As ACLED gives it: .csv, .csv.gz, .xlsx, or a .zip with one of them; at most {MOST_BYTES // 1_000_000} MB"
        f" and {MOST_ROWS:,} rows.",
        widget=forms.ClearableFileInput({"accept": ".csv,.gz,.zip,.xlsx"}),
    )
    licence = forms.BooleanField(
        label="We may use this export",
        help_text="Needed. We have it from ACLED under an account or licence of our own, and its terms let us keep it to look things up.",
    )

    def read(self, *contents: bytes, name: str) -> bytes:
        """The export's bytes."""
        look(contents[0], name)
        return contents[0]


class PrivateExports(HandIn):
    """Exports whose rows are never passed on."""

    name, folder, title = "private_export", "private-exports", "Private exports"
    thing, private = "referenceevent", True
    list_template, template = "admin/private_exports.html", "admin/private_export.html"

    def form(self, request: HttpRequest) -> ExportForm:
        """The form."""
        return ExportForm(request.POST or None, request.FILES or None)

    def keep(self, form: HandInForm, user: Any) -> TableUpload:
        """The file, of ACLED."""
        return hand_in(form.cleaned_data["content"], form.cleaned_data["export"].name, user)

    def told(self) -> dict[str, Any]:
        """Which columns are needed, and which are shown where they are there."""
        return {"needed": list(NEEDED), "welcome": list(WELCOME)}

    def confirm(self, upload: TableUpload, user: Any) -> str:
        """Keep its rows."""
        counts = confirm(upload, user).done.counts
        if not counts.created and not counts.changed:
            return "Nothing has changed; nothing was written."
        return f"{counts.created} reference events kept, {counts.changed} changed, {counts.rejected} rows rejected."

    def faults(self, upload: TableUpload) -> Iterable[Fault]:
        """What is wrong, row by row."""
        return look(bytes(upload.content), upload.name, FAULTS).rejections.kept

    def looked_at(self, request: HttpRequest, upload: TableUpload) -> dict[str, Any]:
        """At most SHOWN rows of each kind."""
        made = look(bytes(upload.content), upload.name, SHOWN)
        return {
            "counts": made.done.counts,
            "faults": made.rejections.kept,
            "fault_count": made.rejections.problems,
            "news": made.rows.news,
            "changes": made.rows.changes,
        }


private_exports = PrivateExports()
