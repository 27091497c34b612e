"""The base of every JSON door: read the query, answer 304 if nothing changed, else shape the answer."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest
from django.http.response import HttpResponseBase
from rest_framework.views import APIView

from events.answers import read_query, tagged, unchanged
from events.api.asking import own
from events.claims.rules import REPORTED
from events.estimates import read_estimate, refuse_elsewhere, refuse_mixed
from events.query.incidents import SETTINGS, BoundQuery


class QueryView(APIView):
    """A GET door under the query language. Subclasses say which further parameters they read, and `answer`.

    `takes` are those of `SETTINGS` that mean something here; any other parameter is refused. `estimates` says whether
    the door can show figures by any rule; the others take `estimate=reported` alone and say where the rest is.
    """

    extra: tuple[str, ...] = ()
    fields: tuple[str, ...] = ()
    takes: tuple[str, ...] = SETTINGS
    estimates = False

    def get(self, request: HttpRequest, **kwargs: Any) -> HttpResponseBase:
        """Answer the query, or 304."""
        asked = read_query(request, (*self.extra, "estimate"), self.fields, self.takes)
        rule = rule_asked(request)
        if not self.estimates:
            refuse_elsewhere(rule)
        refuse_mixed(rule, asked)
        bound = asked.bound()
        found = unchanged(request, bound.known)
        return found or tagged(self.answer(request, bound, **kwargs), request, bound.known)

    def answer(self, request: HttpRequest, query: BoundQuery, **kwargs: Any) -> HttpResponseBase:
        """Shape the answer."""
        raise NotImplementedError


def rule_asked(request: HttpRequest) -> str:
    """The rule of `estimate=`, `reported` when left out. Raises Refused."""
    return own(request, {"estimate": (read_estimate, REPORTED)})["estimate"]
