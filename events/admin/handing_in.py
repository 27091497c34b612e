"""What all pages have in common on which a file is handed in, looked at, and confirmed once."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from functools import wraps
from typing import Any, ClassVar

from django import forms
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.template.response import TemplateResponse
from django.urls import path, reverse

from conflict.kit.problems import Problem, Refused
from conflict.kit.rejections import Fault, fault_lines
from events.admin.fields import said
from events.admin.forms import say_what_is_missing
from events.admin.site import desk
from events.ingest.tables.sheets import MOST_BYTES
from events.models import Source, TableUpload
from events.policy import Act, may_thing, readable_sources

SHOWN = 100
UPLOADS = 25
# Whoever downloads what is wrong gets this much of it.
FAULTS = 100_000

View = Callable[..., HttpResponse]


class HandIn:
    """The pages of one kind of file: the form with what was handed in last, the preview, and the problems as CSV.

    A subclass says what is kept, looked at and done; the rest is here.
    """

    name: ClassVar[str]
    folder: ClassVar[str]
    title: ClassVar[str]
    thing: ClassVar[str]
    private: ClassVar[bool]
    list_template: ClassVar[str]
    template: ClassVar[str]

    def addresses(self) -> list[Any]:
        """The pages, under /admin/."""
        pages: list[tuple[str, View, str]] = [
            ("", self.hand_in, f"{self.name}s"),
            ("<int:pk>/", self.preview, self.name),
            ("<int:pk>/problems.csv", self.problems, f"{self.name}_problems"),
            *self.further(),
        ]
        return [
            path(f"{self.folder}/{route}", desk.admin_view(self.guarded(view)), name=name)
            for route, view, name in pages
        ]

    def further(self) -> list[tuple[str, View, str]]:
        """Pages that this kind alone has."""
        return []

    def guarded(self, view: View) -> View:
        """For whoever may bring such files; to others the page does not exist."""

        @wraps(view)
        def checked(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
            if not may_thing(request.user, Act.OPERATE, self.thing):
                raise Http404
            return view(request, *args, **kwargs)

        return checked

    def form(self, request: HttpRequest) -> HandInForm:
        """The form, filled with what was sent."""
        raise NotImplementedError

    def keep(self, form: HandInForm, user: Any) -> TableUpload:
        """Keep what the form has until it is confirmed."""
        raise NotImplementedError

    def confirm(self, upload: TableUpload, user: Any) -> str:
        """Do it, and say in words what was done. Raises Refused."""
        raise NotImplementedError

    def faults(self, upload: TableUpload) -> Iterable[Fault]:
        """Everything wrong with it."""
        raise NotImplementedError

    def told(self) -> dict[str, Any]:
        """What the form's page says besides."""
        return {}

    def looked_at(self, request: HttpRequest, upload: TableUpload) -> dict[str, Any]:
        """What the preview shows: `counts`, `faults`, `fault_count` and what this kind has besides."""
        raise NotImplementedError

    def hand_in(self, request: HttpRequest) -> HttpResponse:
        """The form, and the files handed in last."""
        form = self.form(request)
        if request.method == "POST" and form.is_valid():
            upload = self.keep(form, request.user)
            return HttpResponseRedirect(reverse(f"admin:{self.name}", args=[upload.pk]))
        uploads = self.handed_in(request.user)[:UPLOADS]
        context = {
            **desk.each_context(request),
            "title": self.title,
            "form": form,
            "uploads": [(upload, reverse(f"admin:{self.name}", args=[upload.pk])) for upload in uploads],
            **self.told(),
        }
        return TemplateResponse(request, self.list_template, context, status=400 if form.errors else 200)

    def handed_in(self, user: Any) -> Any:
        """The files of this kind by sources that this person may know of, without their bytes."""
        sources = Source.objects.filter(readable_sources(user), redistributable=not self.private)
        uploads = TableUpload.objects.filter(source__in=sources)
        return uploads.defer("content").select_related("source", "by", "run")

    def upload_of(self, request: HttpRequest, pk: int) -> TableUpload:
        """One of them, with its bytes."""
        return get_object_or_404(self.handed_in(request.user).defer(None), pk=pk)

    def preview(self, request: HttpRequest, pk: int) -> HttpResponse:
        """What the file would do, row by row; sent, it is done."""
        upload = self.upload_of(request, pk)
        status = 200
        if request.method == "POST":
            try:
                messages.success(request, self.confirm(upload, request.user))
                return HttpResponseRedirect(reverse(f"admin:{self.name}", args=[pk]))
            except Refused as refusal:
                status = refusal.status
                messages.error(request, "; ".join(lines_of(refusal)))
        context = {
            **desk.each_context(request),
            "title": upload.name,
            "above": (self.title, reverse(f"admin:{self.name}s")),
            "problems": reverse(f"admin:{self.name}_problems", args=[pk]),
            "upload": upload,
            "shown": SHOWN,
            **self.looked_at(request, upload),
        }
        return TemplateResponse(request, self.template, context, status=status)

    def problems(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Everything wrong with the file, a line each."""
        lines = fault_lines(self.faults(self.upload_of(request, pk)))
        return download("".join(lines), "text/csv; charset=utf-8", f"problems-{pk}.csv")


class HandInForm(forms.Form):
    """A file to be looked at. `files_named` are its fields that hold files, the first of them the one that counts."""

    files_named: ClassVar[tuple[str, ...]]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        say_what_is_missing(self)

    def clean(self) -> dict[str, Any]:
        """The bytes, read once so that a file of another kind is refused here."""
        cleaned = super().clean() or self.cleaned_data
        given = [cleaned[name] for name in self.files_named if cleaned.get(name)]
        try:
            for file in given:
                refuse_large(file)
            if cleaned.get(self.files_named[0]):
                cleaned["content"] = self.read(*(file.read() for file in given), name=given[0].name)
        except Refused as refusal:
            raise forms.ValidationError(lines_of(refusal)) from refusal
        return cleaned

    def read(self, *contents: bytes, name: str) -> bytes:
        """One file out of what was handed in. Raises Refused for what is none of its kind."""
        raise NotImplementedError


def refuse_large(file: Any) -> None:
    """A file is read in one piece, so its size has a limit."""
    if file.size > MOST_BYTES:
        valid = f"a file of at most {MOST_BYTES:,} bytes; it has {file.size:,}"
        raise Refused(Problem("file", file.name, valid))


def lines_of(refusal: Refused) -> list[str]:
    """A refusal in the words of forms, a line each problem."""
    return [f"{problem.field}: {said(problem)}" for problem in refusal.problems]


def download(content: bytes | str, kind: str, name: str) -> HttpResponse:
    """A file to be kept."""
    return HttpResponse(
        content,
        content_type=kind,
        headers={"Content-Disposition": f'attachment; filename="{name}"', "Cache-Control": "no-store"},
    )
