"""/api/v1/sources: the outlets that published incidents cite, whose names the filter `source` takes."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlencode

from django.http import HttpRequest
from django.http.response import HttpResponseBase
from rest_framework.views import APIView

from conflict.kit.addresses import address_with
from events.answers.envelope import json_answer, stated, tagged, unchanged
from events.api.asking import Keyset, moment, own, pinned
from events.contract.operations import Answer, Operation, Parameter
from events.contract.parameters import CURSOR, MOMENT, number
from events.contract.schemas import shape
from events.query.conditions import Predicate
from events.query.incidents import LARGEST_LIMIT, LIMIT, IncidentQuery, joined
from events.query.readers import WORDS
from events.record.outlets import listed_outlets

INCIDENTS = "/api/v1/incidents"
OWN: dict[str, Any] = {"name": (WORDS, None)}


class Sources(APIView):
    """Outlets, page by page."""

    describes = Operation(
        tag="Sources",
        summary="Outlets that published incidents cite",
        meaning="What `source` may be, beside the slugs of datasets. `since` is the publication that first cites the outlet.",
        parameters=(
            Parameter("name", "Part of the name, accents and case folded.", WORDS.schema, "wire"),
            number("limit", "Outlets per page.", 1, LARGEST_LIMIT, LIMIT),
            CURSOR,
            *MOMENT,
        ),
        answer=Answer("Outlets by name.", shape("Outlets"), headers=("Link",)),
    )

    def get(self, request: HttpRequest) -> HttpResponseBase:
        """The page that limit and cursor name, as known at `as_of`."""
        given = own(request, OWN)
        asked = moment(request, tuple(OWN), ("as_of", "limit", "cursor", "lang"))
        keyset = Keyset("sources", asked, given)
        position = keyset.read(asked.cursor)
        at = pinned(asked, position).known
        if found := unchanged(request, at):
            return found
        where = cited(at.number, given["name"], position[1:])
        rows = listed_outlets(where.sql, where.params, asked.limit + 1)
        data = rows[: asked.limit]
        following = None
        if len(rows) > len(data):
            following = address_with(request, cursor=keyset.sign(at.number, [data[-1]["name"]]))
        body = {"data": [shown(request, row, asked) for row in data], "next": following}
        response = json_answer({**body, **stated(request, at, asked)})
        if following:
            response["Link"] = f'<{following}>; rel="next"'
        return tagged(response, request, at)


def cited(number: int, name: str | None, after: list[Any]) -> Predicate:
    """Cited up to that publication, called so, behind the last one of the page before."""
    parts = [Predicate("since <= %s", (number,))]
    if name is not None:
        parts.append(Predicate("record.fold(%s) <> '' AND strpos(folded, record.fold(%s)) > 0", (name, name)))
    if after:
        parts.append(Predicate("name > %s", tuple(after)))
    return joined(parts)


def shown(request: HttpRequest, row: dict[str, Any], asked: IncidentQuery) -> dict[str, Any]:
    """An outlet with the address of the incidents that cite it, at the same `as_of` and in the same language."""
    kept = {"as_of": asked.as_of, "lang": None if asked.lang == "en" else asked.lang}
    pairs = {"source": row["name"], **{name: text for name, text in kept.items() if text}}
    return {**row, "incidents": request.build_absolute_uri(f"{INCIDENTS}?{urlencode(pairs)}")}
