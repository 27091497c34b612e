"""/api/v1/claims: who says what about whom, in the incidents under the filters, one flat row per claim."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import Any

from django.http import HttpRequest
from django.http.response import HttpResponseBase
from rest_framework.views import APIView

from conflict.kit.addresses import address_with
from conflict.kit.choices import read_choice, read_flag
from conflict.kit.problems import Refused
from events.answers.claim_exports import ClaimTable
from events.answers.envelope import envelope, json_answer, tagged, unchanged
from events.api.asking import Keyset, filtered, own, pinned
from events.api.exporting import answer_of, option_parameters, options_of, sent
from events.api.formats import FORMATS as ALL_FORMATS
from events.api.incidents import INSTEAD, PATH, elsewhere, version_called
from events.claim_rows import claim_row
from events.claims.codes import Measure, Stance
from events.contract.operations import Answer, Operation, Parameter
from events.contract.parameters import AS_OF, CURSOR, FILTER_PARAMETERS, LANG, LIMIT_OF_A_PAGE
from events.contract.schemas import shape
from events.query.filters import FILTERS
from events.query.incidents import BoundQuery, IncidentQuery
from events.query.readers import matching
from events.record import claims
from events.rows import View

SOURCE = "source:"


CLAIMANT = matching(re.compile(r"(?:source:)?[a-z0-9-]{1,80}"), "an actor's slug, or source:<slug>")
OWN: dict[str, Any] = {
    "measure": (lambda name, given: read_choice(name, given, Measure.values()), None),
    "stance": (lambda name, given: read_choice(name, given, Stance.values()), None),
    "claimant": (CLAIMANT, None),
}
OWN_PARAMETERS = (
    Parameter(
        "measure", "Claims of this measure.", {"type": "string", "enum": list(Measure.values())}, "killed"
    ),
    Parameter(
        "stance", "Claims of this stance.", {"type": "string", "enum": list(Stance.values())}, "admission"
    ),
    Parameter(
        "claimant",
        "Claims by this actor (slug), or source (`source:` and its slug).",
        CLAIMANT.schema,
        "africa-corps",
    ),
)
PAGED = ("as_of", "limit", "cursor", "lang")
# Claims are no places: every format but those of maps.
FORMATS = {suffix: form for suffix, form in ALL_FORMATS.items() if not form.LOCATED}


class Claims(APIView):
    """A page of claims."""

    describes = Operation(
        tag="Claims",
        summary="Claims, page by page",
        meaning="The claims of every incident under the filters; incidents newest first.",
        parameters=(*OWN_PARAMETERS, *FILTER_PARAMETERS, AS_OF, LIMIT_OF_A_PAGE, CURSOR, LANG),
        answer=Answer("A page.", shape("ClaimsPage"), headers=("Link",)),
    )

    def get(self, request: HttpRequest) -> HttpResponseBase:
        """The page that limit and cursor name."""
        given = own(request, OWN)
        return Paged(request, filtered(request, tuple(OWN), PAGED), given).answer()


class ClaimsOfIncident(APIView):
    """A page of the claims of one incident."""

    describes = Operation(
        tag="Claims",
        summary="The claims of one incident",
        meaning="The same rows as `/api/v1/claims?id=…`; a merged or retracted incident answers as it does itself.",
        path=PATH,
        parameters=(*OWN_PARAMETERS, AS_OF, LIMIT_OF_A_PAGE, CURSOR, LANG),
        answer=Answer("A page.", shape("ClaimsPage"), headers=("Link",)),
        others=INSTEAD,
        refusals=(404,),
    )

    def get(self, request: HttpRequest, public_id: str) -> HttpResponseBase:
        """The page that limit and cursor name."""
        given = own(request, OWN)
        asked = filtered(request, tuple(OWN), PAGED, tuple(FILTERS))
        paged = Paged(request, replace(asked, values={"id": (public_id,)}, texts=(("id", public_id),)), given)
        row = version_called(public_id, paged.query.known)
        gone = elsewhere(request, row)
        return paged.answer() if gone is None else tagged(gone, request, paged.query.known)


class Paged:
    """One page of claims: what is asked, at the publication that its cursor names."""

    def __init__(self, request: HttpRequest, asked: IncidentQuery, given: dict[str, Any]) -> None:
        self.request, self.given = request, given
        self.keyset = Keyset("claims", asked, given)
        self.position = self.keyset.read(asked.cursor)
        self.query = pinned(asked, self.position)

    def answer(self) -> HttpResponseBase:
        """The page, or 304."""
        query, asked = self.query, self.query.asked
        if found := unchanged(self.request, query.known):
            return found
        where, params = condition(query, self.given)
        rows = claims.page(where, params, self.position[1:], asked.limit + 1)
        shown, view = rows[: asked.limit], View(query.known.actors, asked.lang)
        following = None
        if len(rows) > len(shown):
            token = self.keyset.sign(query.known.number, place(shown[-1]))
            following = address_with(self.request, cursor=token)
        datasets = {row["dataset"] for row in shown}
        data = [claim_row(row, view) for row in shown]
        response = json_answer(envelope(self.request, query, data, datasets, next=following))
        if following:
            response["Link"] = f'<{following}>; rel="next"'
        return tagged(response, self.request, query.known)


def place(row: dict[str, Any]) -> list[Any]:
    """Where a claim stands in the order."""
    return [row["date_start"].isoformat(), row["incident"], row["number"]]


def condition(query: BoundQuery, given: dict[str, Any]) -> tuple[str, list[Any]]:
    """The incident's filters, and those of the claim itself."""
    where = query.where()
    parts, params = [where.sql], list(where.params)
    for name in ("measure", "stance"):
        if given[name]:
            parts.append(f"claim.entry ->> '{name}' = %s")
            params.append(given[name])
    if claimant := given["claimant"]:
        if claimant.startswith(SOURCE):
            parts.append("claim.entry -> 'claimant' ->> 'slug' = %s")
            params.append(claimant.removeprefix(SOURCE))
        else:
            parts.append("(claim.entry -> 'claimant' ->> 'actor')::bigint = ANY(%s)")
            params.append(ids_of(claimant, query))
    return " AND ".join(f"({part})" for part in parts), params


def ids_of(claimant: str, query: BoundQuery) -> list[int]:
    """The ids of an actor that claims. Raises Refused."""
    try:
        return query.known.actors.ids([claimant])
    except Refused as refused:
        raise Refused([replace(problem, field="claimant") for problem in refused.problems]) from None


class Export(APIView):
    """Every claim under the filters, streamed; `suffix` is set where the address is."""

    suffix = ""

    @property
    def extra(self) -> tuple[str, ...]:
        """The yes-or-no parameters of the format; claims have no hashtags."""
        return options_of(FORMATS[self.suffix], without=("hxl",))

    @property
    def describes(self) -> Operation:
        """What this format sends."""
        own = (*option_parameters(self.extra), *OWN_PARAMETERS)
        return Operation(
            tag="Claims",
            summary=f"Every claim under the query as {self.suffix.upper()}",
            parameters=(*own, *FILTER_PARAMETERS, AS_OF, LANG),
            answer=answer_of(FORMATS[self.suffix]),
        )

    def get(self, request: HttpRequest) -> HttpResponseBase:
        """The whole export, named after its publication."""
        given = own(request, {**OWN, **dict.fromkeys(self.extra, (read_flag, False))})
        query = filtered(request, (*OWN, *self.extra), ("as_of", "lang")).bound()
        if found := unchanged(request, query.known):
            return found
        table = ClaimTable(query, *condition(query, given))
        response = sent(request, query, table, FORMATS[self.suffix], "claims", self.extra)
        return tagged(response, request, query.known)
