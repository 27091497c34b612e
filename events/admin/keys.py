"""API keys: issued here, shown once, revoked at once."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import admin
from django.db.models import Model
from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.urls import reverse

from events.admin.acts import Acting, Asked, Doing
from events.admin.base import DeskAdmin
from events.admin.forms import DeskForm
from events.admin.site import desk
from events.codes import KeyScope
from events.models import ApiKey
from events.policy import Act
from events.verbs.keys import issue_key, revoke_key


def revoke(request: HttpRequest, rows: list[Any], asked: Asked) -> str:
    """Revoke keys."""
    for row in rows:
        revoke_key(row, by=request.user, reason=asked["reason"])
    return "Revoked. From now on the key is refused."


class KeyForm(DeskForm):
    """A key to be issued."""

    scopes = forms.MultipleChoiceField(
        choices=[(scope.value, f"{scope.value}: {scope.en}") for scope in KeyScope],
        initial=[KeyScope.READ.value],
        widget=forms.CheckboxSelectMultiple,
    )

    class Meta:
        model = ApiKey
        fields = ("holder", "scopes", "source")

    def clean_scopes(self) -> str:
        """As the table keeps them."""
        return " ".join(self.cleaned_data["scopes"])


@admin.register(ApiKey, site=desk)
class ApiKeyAdmin(Acting, DeskAdmin):
    """API keys."""

    form = KeyForm
    list_display = ("holder", "prefix", "scopes", "source", "standing", "created_at", "last_used_at")
    list_select_related = ("source",)
    search_fields = ("holder", "=prefix")
    autocomplete_fields = ("source",)
    fields = ("holder", "scopes", "source")
    doings = {
        "revoke": Doing(Act.REVISE, "Revoke", revoke, many=True, when=lambda key: key.revoked_at is None)
    }

    def has_change_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        """A key is issued and revoked; between that nothing about it changes."""
        return False

    def get_fields(self, request: HttpRequest, obj: ApiKey | None = None) -> Any:
        """Of a key that was issued, everything that is known."""
        if obj is None:
            return self.fields
        return (*self.fields, "prefix", "standing", "created_at", "revoked_at", "last_used_at")

    def get_readonly_fields(self, request: HttpRequest, obj: ApiKey | None = None) -> Any:
        """All of them, once it is issued."""
        return self.get_fields(request, obj) if obj else ()

    @admin.display(description="standing")
    def standing(self, key: ApiKey) -> str:
        """In words."""
        return "active" if key.revoked_at is None else "revoked"

    def save_related(self, request: HttpRequest, form: Any, formsets: list[Any], change: bool) -> None:
        """Hand the key to its verb."""
        typed = form.cleaned_data
        key, token = issue_key(
            typed["holder"],
            typed["scopes"].split(),
            source=typed["source"],
            by=request.user,
            reason=typed["reason"],
        )
        form.instance.pk = key.pk
        request.issued = (key, token)  # type: ignore[attr-defined]

    def response_add(
        self, request: HttpRequest, obj: Model, post_url_continue: str | None = None
    ) -> HttpResponse:
        """The key itself, on this page and never again: in no session, no message, no cache."""
        key, token = request.issued  # type: ignore[attr-defined]
        context = {
            **self.admin_site.each_context(request),
            "title": f"Key for {key.holder}",
            "token": token,
            "back": reverse("admin:events_apikey_change", args=[key.pk]),
            "opts": self.opts,
        }
        return TemplateResponse(
            request, "admin/issued_key.html", context, headers={"Cache-Control": "no-store"}
        )

    def render_change_form(
        self, request: HttpRequest, context: dict[str, Any], *args: Any, **kwargs: Any
    ) -> HttpResponse:
        """What may be done."""
        if row := kwargs.get("obj"):
            context["buttons"] = self.buttons(request, row)
        return super().render_change_form(request, context, *args, **kwargs)
