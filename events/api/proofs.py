"""What outsiders check versions with: the text a version's digest is over, and the digests a publication is made of."""

from __future__ import annotations

from collections.abc import Iterator

import orjson
from django.http import HttpRequest, StreamingHttpResponse
from django.http.response import HttpResponseBase
from rest_framework.views import APIView

from conflict.kit.problems import Problem, Refused
from events.answers.envelope import json_answer, tagged, unchanged
from events.api.asking import LARGEST, moment, refuse_others
from events.contract.operations import Answer, Operation
from events.contract.parameters import AS_OF
from events.contract.schemas import shape, text
from events.record import history, sealing
from events.record.known import known

NDJSON = "application/x-ndjson"
LINES_AT_ONCE = 500


class Version(APIView):
    """One version of an incident as it was hashed."""

    describes = Operation(
        tag="History",
        summary="One version of an incident as it is hashed",
        meaning=(
            "`digest` is SHA-256 over the UTF-8 text `sealed`, or was before a redaction: then `redacted_digest` is over it, and "
            "the publication `redacted_by` holds both digests."
        ),
        path={
            "public_id": ("The incident's public id.", "MLI-2025-00001"),
            "version": ("Number of the version.", "1"),
        },
        parameters=(AS_OF,),
        answer=Answer("The version.", shape("SealedVersion")),
        refusals=(404,),
    )

    def get(self, request: HttpRequest, public_id: str, version: str) -> HttpResponseBase:
        """The version, if it was known at `as_of`."""
        at = known(moment(request, settings=("as_of",)).as_of)
        if found := unchanged(request, at):
            return found
        row = sealing.sealed(public_id, min(int(version[:10]), LARGEST), at.number)
        if row is None:
            wrong = Problem("version", f"{public_id} {version}", "a version of a published incident")
            raise Refused(wrong, 404, "Not found")
        return tagged(json_answer(row), request, at)


class Contents(APIView):
    """The digests that a publication's content digest is over."""

    describes = Operation(
        tag="History",
        summary="The digests of everything that one publication brought, in the order of its content digest",
        meaning=(
            "One JSON object per line: incident versions, actor versions, redactions. `content` of the publication is SHA-256 over "
            "the bytes of all incident digests, then SHA-256 over those of all actor digests, then SHA-256 over all redactions "
            "(UTF-8 of `id` and `reason_code`, then the bytes of `digest` and `new_digest`). The last line says how many there were."
        ),
        path={"number": ("The publication's number.", "1")},
        answer=Answer("The digests, streamed.", text(), NDJSON),
        refusals=(404,),
    )

    def get(self, request: HttpRequest, number: str) -> HttpResponseBase:
        """Every line."""
        refuse_others(request, ())
        at = known()
        if found := unchanged(request, at):
            return found
        publication = history.publication(min(int(number[:10]), LARGEST))
        if publication is None:
            raise Refused(Problem("number", number, f"a publication from 1 to {at.latest}"), 404, "Not found")
        response = StreamingHttpResponse(
            lines(publication["number"], publication["content"]), content_type=NDJSON
        )
        return tagged(response, request, at)


def lines(number: int, content: str) -> Iterator[bytes]:
    """One line each, sent some hundreds at a time."""
    held: list[bytes] = []
    count = 0
    for row in sealing.contents(number):
        count += 1
        said = {
            name: value
            for name, value in row.items()
            if name not in ("part", "position") and value is not None
        }
        held.append(orjson.dumps(said) + b"\n")
        if len(held) == LINES_AT_ONCE:
            yield b"".join(held)
            held = []
    yield b"".join(held) + orjson.dumps({"end": {"rows": count, "content": content}}) + b"\n"
