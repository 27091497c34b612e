"""/api/v1/places: the administrative units that filters and incidents name by p-code."""

from __future__ import annotations

import re
from typing import Any

from django.http import HttpRequest, HttpResponse
from rest_framework.views import APIView

from conflict.kit.addresses import address_with
from conflict.kit.numbers import read_int
from events.answers.envelope import json_answer, kept, question
from events.api.asking import Keyset, filtered, own
from events.contract.operations import Answer, Operation, Parameter
from events.contract.parameters import CURSOR, FILTER_PARAMETERS, number
from events.contract.schemas import shape
from events.query.conditions import Predicate
from events.query.filters import FILTERS
from events.query.incidents import joined
from events.query.readers import WORDS, matching
from events.record.known import known
from events.record.units import listed_units

DEEPEST = 3
CODE = matching(re.compile(r"[A-Z]{2,3}[0-9A-Z]{0,12}"), "a p-code such as ML08")
OWN: dict[str, Any] = {
    "name": (WORDS, None),
    "level": (lambda field, given: read_int(field, given, 0, DEEPEST), None),
    "parent": (CODE, None),
}
CONDITIONS = {
    "name": "starts_with(record.fold(name), record.fold(%s)) OR starts_with(record.fold(name_fr), record.fold(%s))",
    "level": "level = %s",
    "parent": "parent = %s",
}


class Places(APIView):
    """Administrative units, page by page."""

    describes = Operation(
        tag="Places",
        summary="Administrative units and their p-codes",
        meaning=(
            "What `admin1`, `admin2` and `admin3` may be. Units are reference data with a vintage, so there is no `as_of`; "
            "with their shapes: `/ogc/collections/admin_units`."
        ),
        parameters=(
            Parameter(
                "name", "How the name begins, in either language, accents folded.", WORDS.schema, "Kid"
            ),
            number("level", "0 countries, 1 to 3 downwards.", 0, DEEPEST),
            Parameter("parent", "P-code of the unit above.", CODE.schema, "ML08"),
            *(item for item in FILTER_PARAMETERS if item.name == "country"),
            number("limit", "Units per page.", 1, 10_000, 100),
            CURSOR,
        ),
        answer=Answer("Units by level and p-code.", shape("Places"), headers=("Link",)),
    )

    def get(self, request: HttpRequest) -> HttpResponse:
        """The page that limit and cursor name."""
        given = own(request, OWN)
        without = [name for name in FILTERS if name != "country"]
        asked = filtered(request, tuple(OWN), ("limit", "cursor"), without)
        keyset = Keyset("places", asked, given)
        position = keyset.read(asked.cursor)[1:]
        parts = [
            Predicate(sql, (given[name],) * sql.count("%s"))
            for name, sql in CONDITIONS.items()
            if given[name] is not None
        ]
        if countries := asked.values.get("country"):
            parts.append(Predicate("country = ANY(%s::text[])", (list(countries),)))
        if position:
            parts.append(Predicate("(level, pcode) > (%s, %s)", tuple(position)))
        where = joined(parts or [Predicate("true")])
        rows = listed_units(where.sql, where.params, asked.limit + 1)
        data = rows[: asked.limit]
        following = None
        if len(rows) > len(data):
            token = keyset.sign(0, [data[-1]["level"], data[-1]["pcode"]])
            following = address_with(request, cursor=token)
        body = {
            "data": data,
            "next": following,
            "url": question(request),
            "attribution": sorted({row["source"] for row in data}),
        }
        response = json_answer(body)
        if following:
            response["Link"] = f'<{following}>; rel="next"'
        return kept(request, known(), response)
