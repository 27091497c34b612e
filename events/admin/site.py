"""The desk's site: Django's admin with the house's roles. What a person may not see answers as if it did not exist."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.contrib.admin import AdminSite
from django.contrib.admin.views.autocomplete import AutocompleteJsonView
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import translation

from events.admin.waiting import waiting
from events.policy import Act, DeskRole, may_thing, roles_of, shown_role
from events.verbs.tracing import trace_look


class DeskSite(AdminSite):
    """The admin under /admin/."""

    site_header = "Sahel Conflict Tracker: the desk"
    site_title = "Desk"
    index_title = "What waits"
    index_template = "admin/desk_index.html"
    enable_nav_sidebar = False

    def has_permission(self, request: HttpRequest) -> bool:
        """Whoever is staff and holds a role of the desk."""
        user = request.user
        return bool(user.is_active and user.is_staff and roles_of(user))  # type: ignore[union-attr]

    def admin_view(
        self, view: Callable[..., HttpResponse], cacheable: bool = False
    ) -> Callable[..., HttpResponse]:
        """Every page: refusals and gaps look the same."""

        @wraps(view)
        def hidden(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
            speak(request)
            try:
                return view(request, *args, **kwargs)
            except (PermissionDenied, Http404):
                return render(request, "admin/404.html", self.each_context(request), status=404)

        return super().admin_view(hidden, cacheable)

    def login(self, request: HttpRequest, extra_context: dict[str, Any] | None = None) -> HttpResponse:
        """The door."""
        speak(request)
        return super().login(request, extra_context)

    def each_context(self, request: HttpRequest) -> dict[str, Any]:
        """What every page of the desk shows: the role in whose name its reader acts."""
        held = roles_of(request.user)
        name = DeskRole(shown_role(request.user)).en if held else ""
        return {**super().each_context(request), "desk_role": name}

    def index(self, request: HttpRequest, extra_context: dict[str, Any] | None = None) -> HttpResponse:
        """The first page: what waits for this person."""
        return super().index(
            request,
            {
                **(extra_context or {}),
                "queues": waiting(request.user),
                "may_import": may_thing(request.user, Act.OPERATE, "importrun"),
                "may_export": may_thing(request.user, Act.OPERATE, "referenceevent"),
                "may_feeds": may_thing(request.user, Act.READ, "feed"),
            },
        )

    def autocomplete_view(self, request: HttpRequest) -> HttpResponse:
        """Choices by the names that readers see."""
        return Choices.as_view(admin_site=self)(request)


def speak(request: HttpRequest) -> None:
    """The desk is written in English; half of it in the browser's language would be no help."""
    translation.activate("en")
    request.LANGUAGE_CODE = "en"  # type: ignore[attr-defined]


class Choices(AutocompleteJsonView):
    """Answers the choice fields of forms."""

    def serialize_result(self, obj: Any, to_field_name: str) -> dict[str, str]:
        """One choice; looking at a source that is not public leaves a trace."""
        trace_look(obj, self.request.user, shown_role(self.request.user))
        return {"id": str(getattr(obj, to_field_name)), "text": self.model_admin.label_of(obj)}


desk = DeskSite(name="admin")
