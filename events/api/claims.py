"""/api/v1/claims: who says what about whom, in the incidents under the filters, one flat row per claim."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator, Sequence
from typing import Any

import orjson
from django.http import HttpRequest, StreamingHttpResponse
from django.http.response import HttpResponseBase
from rest_framework.views import APIView

from conflict.kit.choices import read_choice
from conflict.kit.csvtext import csv_line
from events.answers import LICENCE, about_export, envelope, json_answer, tagged, unchanged
from events.api.asking import Keyset, filtered, own, pinned
from events.claim_rows import CLAIM_FIELDS, claim_cells, claim_row
from events.claims.codes import Measure, Stance
from events.contract.operations import Answer, Operation, Parameter
from events.contract.parameters import AS_OF, CURSOR, FILTER_PARAMETERS, LANG, LIMIT_OF_A_PAGE
from events.contract.schemas import shape, text
from events.pages import address_with
from events.query.incidents import BoundQuery
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
CHUNK = 1000
MEDIA = {"csv": "text/csv; charset=utf-8", "ndjson": "application/x-ndjson"}


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
        asked = filtered(request, tuple(OWN), ("as_of", "limit", "cursor", "lang"))
        keyset = Keyset("claims", asked, given)
        position = keyset.read(asked.cursor)
        query = pinned(asked, position)
        if found := unchanged(request, query.known):
            return found
        where, params = condition(query, given)
        rows = claims.page(where, params, position[1:], asked.limit + 1)
        shown, view = rows[: asked.limit], View(query.known.actors, asked.lang)
        following = None
        if len(rows) > len(shown):
            following = address_with(request, cursor=keyset.sign(query.known.number, place(shown[-1])))
        response = json_answer(envelope(query, [claim_row(row, view) for row in shown], next=following))
        if following:
            response["Link"] = f'<{following}>; rel="next"'
        return tagged(response, request, query.known)


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
            params.append(query.known.actors.ids([claimant]))
    return " AND ".join(f"({part})" for part in parts), params


class Export(APIView):
    """Every claim under the filters, streamed; `suffix` is set where the address is."""

    suffix = ""

    @property
    def describes(self) -> Operation:
        """What this format sends."""
        return Operation(
            tag="Claims",
            summary=f"Every claim under the query as {self.suffix.upper()}",
            parameters=(*OWN_PARAMETERS, *FILTER_PARAMETERS, AS_OF, LANG),
            answer=Answer(
                "The whole export, streamed.",
                text(),
                MEDIA[self.suffix].partition(";")[0],
                headers=("Link", "Content-Disposition"),
            ),
        )

    def get(self, request: HttpRequest) -> HttpResponseBase:
        """The whole export, named after its publication."""
        given = own(request, OWN)
        query = filtered(request, tuple(OWN), ("as_of", "lang")).bound()
        if found := unchanged(request, query.known):
            return found
        where, params = condition(query, given)
        lines = WRITERS[self.suffix](request, query, where, params)
        response = StreamingHttpResponse(lines, content_type=MEDIA[self.suffix])
        response["Content-Disposition"] = f'attachment; filename="claims-{query.known.number}.{self.suffix}"'
        response["Link"] = f'<{LICENCE["url"]}>; rel="license"'
        return tagged(response, request, query.known)


def csv(request: HttpRequest, query: BoundQuery, where: str, params: Sequence[Any]) -> Iterator[bytes]:
    """One line per claim under a header, formula cells neutralised."""
    view = View(query.known.actors, query.asked.lang)
    buffer = [csv_line(list(CLAIM_FIELDS))]
    for row in claims.stream(where, params):
        buffer.append(csv_line(claim_cells(row, view)))
        if len(buffer) >= CHUNK:
            yield "".join(buffer).encode()
            buffer = []
    yield "".join(buffer).encode()


def ndjson(request: HttpRequest, query: BoundQuery, where: str, params: Sequence[Any]) -> Iterator[bytes]:
    """What the export is, one object per claim, and how many there were with the digest of every byte before."""
    view, digest, count = View(query.known.actors, query.asked.lang), hashlib.sha256(), 0
    buffer = [orjson.dumps({"about": about_export(request, query)}) + b"\n"]
    for row in claims.stream(where, params):
        buffer.append(orjson.dumps(claim_row(row, view)) + b"\n")
        count += 1
        if len(buffer) >= CHUNK:
            chunk = b"".join(buffer)
            digest.update(chunk)
            yield chunk
            buffer = []
    chunk = b"".join(buffer)
    digest.update(chunk)
    yield chunk
    yield orjson.dumps({"end": {"rows": count, "sha256": digest.hexdigest()}}) + b"\n"


WRITERS = {"csv": csv, "ndjson": ndjson}
