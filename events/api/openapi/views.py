"""/api/v1/openapi.json and /api/docs: what can be asked, for machines and for people."""

from __future__ import annotations

import hashlib

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.cache import get_conditional_response
from django.utils.decorators import method_decorator
from django.views import View
from django.views.decorators.csrf import csrf_exempt
from rest_framework.views import APIView

from events.api.asking import refuse_others
from events.api.openapi.document import document_bytes
from events.contract.operations import Answer, Operation
from events.contract.schemas import by_name, list_of, text, thing

DOCUMENT = thing(
    "An OpenAPI 3.1 document.",
    {
        "openapi": text(),
        "info": by_name({}),
        "servers": list_of({}),
        "tags": list_of({}),
        "paths": by_name({}),
        "components": by_name({}),
    },
)


class Document(APIView):
    """The OpenAPI document."""

    describes = Operation(
        tag="About",
        summary="This document",
        answer=Answer("OpenAPI 3.1.", DOCUMENT),
        fixed=True,
    )

    def get(self, request: HttpRequest) -> HttpResponse:
        """The document, or 304."""
        refuse_others(request, ())
        body = document_bytes()
        response = HttpResponse(body, content_type="application/json")
        response["ETag"] = f'W/"{hashlib.sha256(body).hexdigest()[:16]}"'
        response["Cache-Control"] = "public, no-cache"
        return get_conditional_response(request, etag=response["ETag"], response=response)


# A page without forms: what is sent to it is refused as at every data door, not as a forged form.
@method_decorator(csrf_exempt, name="dispatch")
class Docs(View):
    """The document as a page. Scripts and styles are ours to serve; nothing is fetched from elsewhere."""

    def get(self, request: HttpRequest) -> HttpResponse:
        """The page."""
        return render(request, "api_docs.html", {"document": "/api/v1/openapi.json"})
