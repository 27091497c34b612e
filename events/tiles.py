"""/tiles: vector tiles of incidents under the query language, and their TileJSON."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse, JsonResponse

from conflict.kit.mercator import read_tile
from conflict.kit.problems import Refused, accepted
from events import lens
from events.query.incidents import IncidentQuery
from events.record.known import Known

DEEPEST = 14
MVT = "application/vnd.mapbox-vector-tile"
NOT_HERE = ("limit", "cursor", "fields", "order", "lang")


def tile(request: HttpRequest, z: str, x: str, y: str) -> HttpResponse:
    """One tile; an empty one has no bytes and status 200, so that maps do not log errors."""
    try:
        at = accepted(read_tile(z, x, y, DEEPEST))
        query = IncidentQuery.read(
            [(name, text) for name, texts in request.GET.lists() for text in texts]
        ).bound()
    except Refused as refused:
        return JsonResponse(
            refused.as_problem_json(), status=refused.status, content_type="application/problem+json"
        )
    tag = f'W/"{query.known.latest}-{query.asked.canonical}"'
    if request.headers.get("If-None-Match") == tag:
        return kept(HttpResponse(status=304), tag, query.known)
    return kept(HttpResponse(lens.tile(query, at), content_type=MVT), tag, query.known)


def kept(response: HttpResponse, tag: str, at: Known) -> HttpResponse:
    """Let browsers keep the tile and ask whether it still holds."""
    response["ETag"] = tag
    response["Cache-Control"] = "public, no-cache"
    response["X-Publication"] = str(at.number)
    return response


def tilejson(request: HttpRequest) -> HttpResponse:
    """TileJSON 3.0.0 for the tiles under the same filters."""
    suffix = f"?{request.GET.urlencode()}" if request.GET else ""
    address = request.build_absolute_uri("/tiles/incidents/") + "{z}/{x}/{y}.mvt" + suffix
    point_fields = {
        "id": "Public id",
        "t": "Event type",
        "n": "Deaths, best",
        "c": "Contested",
        "v": "Verification",
    }
    body = {
        "tilejson": "3.0.0",
        "name": "Sahel Conflict Tracker: incidents",
        "tiles": [address],
        "minzoom": 0,
        "maxzoom": DEEPEST,
        "bounds": [-18.0, 0.0, 36.0, 28.0],
        "attribution": "Sahel Conflict Tracker, CC BY 4.0",
        "vector_layers": [
            {"id": "incidents", "fields": {**point_fields, "p": "Location precision", "r": "Radius in km"}},
            {"id": "cells", "fields": {"n": "Incidents", "d": "Deaths, best", "t": "Commonest event type"}},
        ],
    }
    return JsonResponse(body)
