"""The page on which an editor brings a report by hand: a text that is pasted, a file, or an address to fetch."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import reverse

from conflict.kit.dates import read_instant, read_partial_date
from conflict.kit.problems import Problem, Refused
from events.admin.choices import Choice
from events.admin.fields import said
from events.admin.forms import add_problem, say_what_is_missing
from events.admin.site import desk
from events.ingest.documents import document_formats, type_of
from events.models import Report, Source
from events.policy import readable_sources
from events.verbs.entering import LARGEST_FILE, LONGEST_TEXT, enter_file, enter_text, want_address

WAYS = ("text", "file", "url")


class EntryForm(forms.Form):
    """One report. A text or file may come with the address it was found at; an address alone is fetched."""

    source = forms.ModelChoiceField(
        Source.objects.none(),
        widget=Choice(Report._meta.get_field("source"), desk),
        help_text="Whose report it is: the outlet, agency or organisation.",
    )
    text = forms.CharField(
        required=False,
        strip=False,
        widget=forms.Textarea({"rows": 12, "cols": 90}),
        help_text=f"Paste it as it is, with its title; at most {LONGEST_TEXT:,} characters.",
    )
    file = forms.FileField(required=False)
    url = forms.CharField(
        required=False,
        label="Address",
        widget=forms.TextInput({"size": 90, "inputmode": "url", "placeholder": "https://"}),
        help_text="Alone, the worker fetches it. With a text or file it says where that was found.",
    )
    title = forms.CharField(required=False, max_length=500, widget=forms.TextInput({"size": 90}))
    published_at = forms.CharField(
        required=False,
        label="Published",
        widget=forms.TextInput({"size": 24, "placeholder": "YYYY-MM-DD"}),
        help_text="A day, or an instant such as 2025-06-14T10:00:00Z. Days such as “Thursday” are counted from it.",
    )

    def __init__(self, *args: Any, user: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        say_what_is_missing(self)
        self.fields["source"].queryset = Source.objects.filter(readable_sources(user))  # type: ignore[attr-defined]
        self.fields["file"].help_text = f"{endings()}, at most {LARGEST_FILE // 1_000_000} MB."
        self.fields["file"].widget.attrs["accept"] = endings().replace(" ", "")

    def clean_published_at(self) -> datetime | None:
        """A day begins at midnight UTC."""
        text = self.cleaned_data["published_at"].strip()
        day = read_partial_date("published_at", text) if text and "T" not in text.upper() else None
        if not text:
            return None
        whole = not isinstance(day, Problem) and day is not None and day.precision == "day"
        reading = read_instant("published_at", f"{text}T00:00:00Z" if whole else text)
        if isinstance(reading, Problem):
            raise forms.ValidationError(
                said(Problem("published_at", text, "YYYY-MM-DD or YYYY-MM-DDThh:mm:ssZ"))
            )
        return reading

    def clean_file(self) -> Any:
        """A file of a known format that is not too large; nothing of it is parsed here."""
        file = self.cleaned_data["file"]
        if file and not type_of(file.name):
            raise forms.ValidationError(said(Problem("file", file.name, f"a file that ends in {endings()}")))
        if file and file.size > LARGEST_FILE:
            valid = f"a file of at most {LARGEST_FILE:,} bytes; it has {file.size:,}"
            raise forms.ValidationError(said(Problem("file", file.name, valid)))
        return file

    def clean(self) -> dict[str, Any]:
        """A text or a file or an address: not text and file together, and not nothing."""
        given = [name for name in WAYS if self.cleaned_data.get(name)]
        failed = any(name in self.errors for name in WAYS)
        if "text" in given and "file" in given:
            self.add_error("file", "A text and a file were given; valid: one of them.")
        if not given and not failed:
            self.add_error(None, "Nothing was given; valid: a text, a file or an address.")
        return self.cleaned_data


def endings() -> str:
    """The endings of files that can be read."""
    return ", ".join(sorted({ending for form in document_formats().values() for ending in form.ENDINGS}))


def enter(form: EntryForm, user: Any) -> tuple[Report, bool]:
    """Call the verb for what was given. Raises Refused."""
    given = form.cleaned_data
    told = {name: given[name] for name in ("title", "published_at")}
    if given["file"]:
        name = given["file"].name
        content = given["file"].read(LARGEST_FILE + 1)
        return enter_file(
            given["source"], content, type_of(name), name=name, url=given["url"].strip(), by=user, **told
        )
    if given["text"].strip():
        return enter_text(given["source"], given["text"], url=given["url"].strip(), by=user, **told)
    return want_address(given["source"], given["url"].strip(), by=user, **told)


def entry_page(request: HttpRequest, context: dict[str, Any]) -> HttpResponse:
    """Show the form; keep the report and go to it."""
    form = EntryForm(request.POST or None, request.FILES or None, user=request.user)
    status = 200
    if request.method == "POST" and form.is_valid():
        try:
            report, new = enter(form, request.user)
        except Refused as refusal:
            status = refusal.status
            for problem in refusal.problems:
                add_problem(form, problem)
        else:
            words = "Kept; the worker reads it now." if new else "This report is here already."
            (messages.success if new else messages.warning)(request, words)
            return HttpResponseRedirect(reverse("admin:events_report_change", args=[report.pk]))
    page = {**desk.each_context(request), **context, "title": "Bring a report", "form": form}
    return TemplateResponse(request, "admin/report_entry.html", page, status=status)
