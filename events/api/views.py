"""The base of every JSON door: read the query, answer 304 if nothing changed, else shape the answer."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest
from django.http.response import HttpResponseBase
from rest_framework.views import APIView

from events.answers.envelope import read_query, tagged, unchanged
from events.query.incidents import WITH_ESTIMATE, BoundQuery


class QueryView(APIView):
    """A GET door under the query language. Subclasses say which further parameters they read, and `answer`.

    `takes` are those of `WITH_ESTIMATE` that mean something here; any other parameter is refused.
    """

    extra: tuple[str, ...] = ()
    fields: tuple[str, ...] = ()
    takes: tuple[str, ...] = WITH_ESTIMATE

    def get(self, request: HttpRequest, **kwargs: Any) -> HttpResponseBase:
        """Answer the query, or 304."""
        bound = read_query(request, self.extra, self.fields, self.takes).bound()
        found = unchanged(request, bound.known)
        return found or tagged(self.answer(request, bound, **kwargs), request, bound.known)

    def answer(self, request: HttpRequest, query: BoundQuery, **kwargs: Any) -> HttpResponseBase:
        """Shape the answer."""
        raise NotImplementedError
