"""Acts on one row or several: a page that shows what will happen and asks for the reason, then one call of a verb."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from django import forms
from django.contrib import messages
from django.db.models import Model
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import path, reverse

from conflict.kit.problems import Refused
from events.admin.fields import said
from events.admin.forms import say_what_is_missing
from events.policy import Act, may

MOST_AT_ONCE = 50
Asked = dict[str, Any]


class ReasonForm(forms.Form):
    """Why, and which revisions were looked at."""

    seen = forms.CharField(widget=forms.HiddenInput)
    reason = forms.CharField(
        max_length=500,
        widget=forms.TextInput({"size": 80, "autocomplete": "off"}),
        help_text="Kept for ever, and public when this publishes: no names of sources.",
    )
    field_order: list[str] | None = None

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        # The reason is always the last before the button.
        self.order_fields([*(name for name in self.fields if name != "reason"), "reason"])
        say_what_is_missing(self)

    def clean_seen(self) -> dict[int, int]:
        """`42:3,43:1` as {row id: revision}."""
        try:
            pairs = [part.split(":") for part in self.cleaned_data["seen"].split(",")]
            return {int(pk): int(revision) for pk, revision in pairs}
        except ValueError as error:
            raise forms.ValidationError("Load the page again.") from error


class ConfirmForm(ReasonForm):
    """An act that changes nothing: it needs no reason."""

    reason = forms.CharField(
        max_length=500, required=False, widget=forms.TextInput({"size": 80}), help_text="May be left empty."
    )


@dataclass(frozen=True)
class Doing:
    """One act: its button, its form, and the call of the verb with (request, rows, form data)."""

    act: Act
    label: str
    do: Callable[[HttpRequest, list[Any], Asked], str]
    form: type[ReasonForm] = ReasonForm
    many: bool = False
    preview: Callable[[Any], list[Any]] | None = None
    when: Callable[[Any], bool] = lambda row: True

    def open_to(self, user: Any, row: Any) -> bool:
        """Whether this person may do this with this row as it stands."""
        return may(user, self.act, row) and self.when(row)


class Acting:
    """For a ModelAdmin: pages for its acts, buttons for them, and list actions for those that take several rows."""

    doings: Mapping[str, Doing] = {}
    opts: Any
    admin_site: Any

    def get_urls(self) -> list[Any]:
        """One page per act, before the page of a row."""
        view = self.admin_site.admin_view(self.act_view)
        return [path("acts/<slug:name>/", view, name=self.act_url_name()), *super().get_urls()]  # type: ignore[misc]

    def act_url_name(self) -> str:
        """The name of the act page's address."""
        return f"{self.opts.app_label}_{self.opts.model_name}_act"

    def act_url(self, name: str, ids: list[int]) -> str:
        """The page of an act on these rows."""
        address = reverse(f"admin:{self.act_url_name()}", args=[name])
        return f"{address}?ids={','.join(str(pk) for pk in ids)}"

    def buttons(self, request: HttpRequest, row: Model) -> list[dict[str, str]]:
        """What this person may do with this row now."""
        return [
            {"name": name, "label": doing.label, "url": self.act_url(name, [row.pk])}
            for name, doing in self.doings.items()
            if doing.open_to(request.user, row)
        ]

    def get_actions(self, request: HttpRequest) -> dict[str, Any]:
        """The list's actions: acts that take several rows."""
        return {
            name: (list_action(name), name, f"{doing.label} …")
            for name, doing in self.doings.items()
            if doing.many
        }

    def act_view(self, request: HttpRequest, name: str) -> HttpResponse:
        """Show what will happen and ask why; then do it."""
        doing = self.doings.get(name)
        rows = self.rows_asked(request)
        if doing is None or not rows or (len(rows) > 1 and not doing.many):
            raise Http404
        closed = sum(not doing.open_to(request.user, row) for row in rows)
        if closed:
            return self.not_open(request, rows, closed)
        form = doing.form(request.POST or None, initial={"seen": seen(rows)})
        status = 200
        if request.method == "POST" and form.is_valid():
            try:
                messages.success(request, doing.do(request, rows, form.cleaned_data))
                return HttpResponseRedirect(self.after_act(rows))
            except Refused as refusal:
                status = refusal.status
                for problem in refusal.problems:
                    form.add_error(None, f"{problem.field}: {said(problem)}")
        return self.act_page(request, name, doing, rows, form, status)

    def not_open(self, request: HttpRequest, rows: list[Any], closed: int) -> HttpResponse:
        """Of several rows some are not open to the act: say how many, and do nothing."""
        if len(rows) == 1:
            raise Http404
        messages.error(
            request, f"{closed} of the {len(rows)} rows chosen are not open to this; nothing was done."
        )
        return HttpResponseRedirect(self.after_act(rows))

    def rows_asked(self, request: HttpRequest) -> list[Any]:
        """The rows of `ids` that this person may see; none if one of them is not there."""
        ids = [
            int(text) for text in request.GET.get("ids", "").split(",") if text.isascii() and text.isdigit()
        ]
        rows = list(self.get_queryset(request).filter(pk__in=ids[: MOST_AT_ONCE + 1]))  # type: ignore[attr-defined]
        return rows if len(rows) == len(set(ids)) else []

    def act_page(
        self, request: HttpRequest, name: str, doing: Doing, rows: list[Any], form: ReasonForm, status: int
    ) -> HttpResponse:
        """The page of an act."""
        context = {
            **self.admin_site.each_context(request),
            "title": f"{doing.label}: {rows[0] if len(rows) == 1 else f'{len(rows)} rows'}",
            "name": name,
            "doing": doing,
            "rows": [(row, doing.preview(row) if doing.preview and len(rows) <= 5 else []) for row in rows],
            "form": form,
            "opts": self.opts,
            "back": self.after_act(rows),
            "media": self.media + form.media,  # type: ignore[attr-defined]
        }
        return TemplateResponse(request, "admin/act.html", context, status=status)

    def after_act(self, rows: list[Any]) -> str:
        """Back to the row, or to the list."""
        label = f"admin:{self.opts.app_label}_{self.opts.model_name}"
        return (
            reverse(f"{label}_change", args=[rows[0].pk])
            if len(rows) == 1
            else reverse(f"{label}_changelist")
        )


def seen(rows: list[Any]) -> str:
    """The revisions looked at: `42:3,43:1`."""
    return ",".join(f"{row.pk}:{getattr(row, 'revision', 0)}" for row in rows)


def list_action(name: str) -> Callable[..., HttpResponse | None]:
    """The list's action: on to the page of the act, with the rows chosen."""

    def chosen(modeladmin: Any, request: HttpRequest, queryset: Any) -> HttpResponse | None:
        ids = list(queryset.values_list("pk", flat=True)[: MOST_AT_ONCE + 1])
        if len(ids) > MOST_AT_ONCE:
            messages.error(request, f"At most {MOST_AT_ONCE} at once; more needs two people.")
            return None
        return HttpResponseRedirect(modeladmin.act_url(name, ids))

    return chosen
