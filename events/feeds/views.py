"""/feeds/incidents.rss and .atom: what was published last, under every filter of the query language."""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple

from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from rest_framework.views import APIView

from conflict.kit.negotiation import AnyAccept
from events.answers.envelope import tagged, unchanged
from events.answers.estimates import in_header
from events.feeds import writing
from events.feeds.entries import Feed, feed, read


class Form(NamedTuple):
    """How a feed is written."""

    write: Callable[[Feed], bytes]
    media_type: str


FORMS = {
    "rss": Form(writing.rss, writing.RSS_TYPE),
    "atom": Form(writing.atom, writing.ATOM_TYPE),
}


class Incidents(APIView):
    """The feed in one of `FORMS`."""

    content_negotiation_class = AnyAccept
    form = "rss"

    def get(self, request: HttpRequest) -> HttpResponseBase:
        """The page of the feed, or 304."""
        query = read(request)
        if found := unchanged(request, query.known):
            return found
        write, media_type = FORMS[self.form]
        response = HttpResponse(write(feed(request, query)), content_type=f"{media_type}; charset=utf-8")
        return tagged(in_header(response, query.asked.estimate), request, query.known)
