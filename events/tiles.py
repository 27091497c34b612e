"""/tiles: vector tiles of incidents under the query language, and their TileJSON."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from rest_framework.views import APIView

from conflict.kit.mercator import read_tile
from conflict.kit.problems import accepted
from events import lens
from events.answers.envelope import json_answer, read_query, tagged, unchanged
from events.answers.estimates import RULE, in_header, named
from events.contract.estimates import ESTIMATE
from events.contract.operations import Answer, Operation
from events.contract.parameters import COUNTED
from events.contract.schemas import shape
from events.countries import AREA

DEEPEST = 14
MVT = "application/vnd.mapbox-vector-tile"
POINT_FIELDS = {
    "id": "Public id",
    "t": "Event type",
    "n": "Deaths, best",
    "c": "Contested",
    "v": "Verification",
    "p": "Location precision",
    "r": "Radius in km",
}
CELL_FIELDS = {"n": "Incidents", "d": "Deaths, best", "t": "Commonest event type"}
TAKEN = ("as_of", "estimate")
# A tile has no words, so no language; a map asks for as many as it shows, so no pages.
FILTERED = (*(item for item in COUNTED if item.name != "lang"), ESTIMATE)


class Tile(APIView):
    """One tile."""

    describes = Operation(
        tag="Tiles",
        summary="One vector tile",
        meaning=(
            "Layer `incidents` with points, or layer `cells` with counts on zooms whose fullest tile would hold too many "
            "points; the TileJSON names the properties."
        ),
        path={
            "z": (f"Zoom, 0 to {DEEPEST}.", "4"),
            "x": ("Column from the west.", "8"),
            "y": ("Row from the north.", "7"),
        },
        parameters=FILTERED,
        answer=Answer("The tile; no bytes where there is nothing.", {}, MVT, headers=(RULE,)),
        refusals=(404,),
    )

    def get(self, request: HttpRequest, z: str, x: str, y: str) -> HttpResponseBase:
        """An empty tile has no bytes and status 200, so that maps do not log errors."""
        at = accepted(read_tile(z, x, y, DEEPEST))
        query = read_query(request, settings=TAKEN).bound()
        if found := unchanged(request, query.known):
            return found
        response = HttpResponse(lens.tile(query, at), content_type=MVT)
        return tagged(in_header(response, query.asked.estimate), request, query.known)


class TileJson(APIView):
    """Where the tiles are and what is in them."""

    describes = Operation(
        tag="Tiles",
        summary="TileJSON of the vector tiles",
        meaning="Its tiles carry the same filters.",
        parameters=FILTERED,
        answer=Answer("TileJSON 3.0.0.", shape("TileJSON")),
    )

    def get(self, request: HttpRequest) -> HttpResponseBase:
        """TileJSON 3.0.0 for the tiles under the same filters."""
        query = read_query(request, settings=TAKEN).bound()
        if found := unchanged(request, query.known):
            return found
        return tagged(json_answer(tilejson(request, query.asked.estimate)), request, query.known)


def tilejson(request: HttpRequest, rule: str) -> dict[str, object]:
    """The document; its tiles' address carries the query as it was asked."""
    suffix = f"?{request.GET.urlencode()}" if request.GET else ""
    return {
        "tilejson": "3.0.0",
        "name": "Sahel Conflict Tracker: incidents",
        "tiles": [request.build_absolute_uri("/tiles/incidents/") + "{z}/{x}/{y}.mvt" + suffix],
        "minzoom": 0,
        "maxzoom": DEEPEST,
        "bounds": list(AREA),
        "attribution": "Sahel Conflict Tracker, CC BY 4.0",
        "estimate": named(rule),
        "vector_layers": [
            {"id": "incidents", "fields": POINT_FIELDS},
            {"id": "cells", "fields": CELL_FIELDS},
        ],
    }
