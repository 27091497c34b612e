"""POST /api/v1/reports, and what became of a report: for partners with a key of that scope."""

from __future__ import annotations

from typing import Any

import orjson
from django.http import HttpRequest, HttpResponse
from rest_framework.views import APIView

from conflict.kit.addresses import pairs_of
from conflict.kit.problems import Problem, Refused, unknown_field
from events.contract.reports import HAND_IN, SCOPE, STATUS
from events.handin.reading import read_document, read_idempotency_key
from events.models import HandedIn
from events.verbs.handing_in import hand_in, handed_in, told


class Reports(APIView):
    """Hand in a report."""

    describes = HAND_IN

    def post(self, request: Any) -> HttpResponse:
        """Keep it; 202 and where to ask what becomes of it."""
        asked: HttpRequest = request._request
        prefix = partner(asked)
        kept = hand_in(prefix, read_idempotency_key(asked), read_document(asked))
        response = receipt(asked, kept, 202)
        response["Location"] = address_of(asked, kept)
        return response


class Report(APIView):
    """What became of a report."""

    describes = STATUS

    def get(self, request: Any, report_id: str) -> HttpResponse:
        """Its state; 404 for everybody else's."""
        asked: HttpRequest = request._request
        one = handed_in(partner(asked), report_id)
        if one is None:
            raise Refused(Problem("id", report_id, "the id from a receipt of this key"), 404, "Not found")
        return receipt(asked, one, 200)


def partner(request: HttpRequest) -> str:
    """The prefix of the partner's key. Raises Refused (400, 401, 403)."""
    caller = getattr(request, "caller", None)
    if caller is None:
        raise Refused(
            Problem("key", "", f"an API key of scope {SCOPE}, as `Authorization: Bearer <key>`"), 401
        )
    if SCOPE not in caller.scopes:
        raise Refused(Problem("key", caller.prefix, f"a key of scope {SCOPE}"), 403)
    unknown = [unknown_field(name, text, ()) for name, text in pairs_of(request)]
    if unknown:
        raise Refused(unknown)
    return caller.prefix


def receipt(request: HttpRequest, one: HandedIn, status: int) -> HttpResponse:
    """What a partner is told."""
    body = {
        "id": str(one.public_id),
        "state": told(one).value,
        "received_at": one.received_at.isoformat(),
        "sha256": one.report.sha256,
        "url": address_of(request, one),
    }
    headers = {"Cache-Control": "private, no-store"}
    return HttpResponse(orjson.dumps(body), "application/json", status, headers=headers)


def address_of(request: HttpRequest, one: HandedIn) -> str:
    """Where to ask again."""
    return request.build_absolute_uri(f"/api/v1/reports/{one.public_id}")
