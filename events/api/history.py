"""/api/v1/incidents/<id>/versions, /publications and /releases: the record's own history."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from rest_framework.negotiation import BaseContentNegotiation
from rest_framework.views import APIView

from conflict.kit.addresses import address_with
from conflict.kit.choices import read_choice
from conflict.kit.numbers import read_int
from conflict.kit.problems import Problem, Refused
from events.answers.citing import CITATIONS, cite
from events.answers.differences import Books, between
from events.answers.envelope import LICENCE, json_answer, kept, stated, tagged, unchanged
from events.answers.estimates import named
from events.answers.pages import settings_of
from events.api.asking import LARGEST, own, refuse_others
from events.claims.rules import REPORTED
from events.contract.operations import Answer, Operation
from events.contract.parameters import MOMENT, choice, number
from events.contract.schemas import shape
from events.record import history, reading, releases
from events.record.known import Known, known
from events.rows import Row

PATH = {"public_id": ("The incident's public id.", "MLI-2025-00001")}


class Versions(APIView):
    """The versions of one incident: what each changed, when, why."""

    describes = Operation(
        tag="History",
        summary="The versions of one incident, with what each changed",
        meaning="Public fields and claims with old and new values; actors are named as known at each version.",
        path=PATH,
        parameters=MOMENT,
        answer=Answer("Versions, oldest first.", shape("Versions")),
        refusals=(404,),
    )

    def get(self, request: HttpRequest, public_id: str) -> HttpResponseBase:
        """Every version up to `as_of`."""
        asked = settings_of(request)
        at = known(asked.as_of)
        if found := unchanged(request, at):
            return found
        rows = history.versions_of(public_id, at.number)
        if not rows:
            raise Refused(Problem("id", public_id, "the id of a published incident"), 404, "Not found")
        body = {
            "data": versions(rows, at, asked.lang),
            "redactions": history.redactions_of(public_id, at.number),
            "estimate": named(REPORTED),
            **stated(request, at, asked, {row["dataset"] for row in rows}),
        }
        return tagged(json_answer(body), request, at)


def versions(rows: list[dict[str, Any]], at: Known, lang: str) -> list[dict[str, Any]]:
    """Every version with its differences from the one before; the first, and tombstones, have none."""
    books = Books(at.number, at.stamp)
    return [
        {**about(row), "changed": compared(old, row, books, lang)}
        for old, row in zip([None, *rows], rows, strict=False)
    ]


def compared(old: Row | None, new: Row, books: Books, lang: str) -> list[dict[str, Any]] | None:
    """The differences between two versions that both say something."""
    if old is None or old["state"] != "published" or new["state"] != "published":
        return None
    return between(old, new, books, lang)


def about(row: Row) -> dict[str, Any]:
    """One version: what brought it, when and why."""
    return {
        "version": row["version"],
        "state": row["state"],
        "publication": row["known_from"],
        "at": row["brought_at"].isoformat(),
        "kind": row["act"],
        "reason": row["reason"],
        "target": row["target"],
        "digest": row["digest"].hex(),
        "redacted_by": row["redacted_by"],
        "reason_code": row["document"].get("reason_code") if row["state"] == "retracted" else None,
    }


class Publications(APIView):
    """The publications, newest first."""

    describes = Operation(
        tag="History",
        summary="The publications, newest first",
        parameters=(
            number("before", "The newest one to show.", 1, LARGEST),
            number("limit", "Publications per page.", 1, 1000, 100),
        ),
        answer=Answer("Publications.", shape("Publications"), headers=("Link",)),
    )

    def get(self, request: HttpRequest) -> HttpResponseBase:
        """A page of publications up to number `before`."""
        refuse_others(request, ("before", "limit"))
        given = own(
            request,
            {
                "before": (lambda name, given: read_int(name, given, 1, LARGEST), LARGEST),
                "limit": (lambda name, given: read_int(name, given, 1, 1000), 100),
            },
        )
        at = known()
        if found := unchanged(request, at):
            return found
        rows = reading.publications(given["before"], given["limit"] + 1)
        shown = rows[: given["limit"]]
        following = address_with(request, before=str(rows[-1]["number"])) if len(rows) > len(shown) else None
        data = [{**row, "at": row["at"].isoformat()} for row in shown]
        response = json_answer({"data": data, "next": following, "publication": at.number})
        if following:
            response["Link"] = f'<{following}>; rel="next"'
        return tagged(response, request, at)


class Publication(APIView):
    """One publication with the values of its hash chain."""

    describes = Operation(
        tag="History",
        summary="One publication, with the values of its hash chain",
        meaning=(
            "`digest` is SHA-256 over the bytes of `previous`, the bytes of `content` and the UTF-8 text `sealed`; "
            "`previous` is the digest of the publication before. Whoever wrote down a digest can check that nothing "
            "up to it was changed."
        ),
        path={"number": ("The publication's number.", "1")},
        answer=Answer("The publication.", shape("PublicationDetail")),
        refusals=(404,),
    )

    def get(self, request: HttpRequest, number: str) -> HttpResponseBase:
        """The publication with this number."""
        refuse_others(request, ())
        at = known()
        if found := unchanged(request, at):
            return found
        row = history.publication(min(int(number[:10]), LARGEST))
        if row is None:
            raise Refused(Problem("number", number, f"a publication from 1 to {at.latest}"), 404, "Not found")
        return tagged(json_answer({**row, "at": row["at"].isoformat()}), request, at)


class OwnFormats(BaseContentNegotiation):
    """Leaves `format` to the door: its formats are not those of a renderer."""

    def select_parser(self, request: Any, parsers: Any) -> Any:
        """The first parser."""
        return parsers[0]

    def select_renderer(self, request: Any, renderers: Any, format_suffix: Any = None) -> Any:
        """The first renderer."""
        return renderers[0], renderers[0].media_type


class Releases(APIView):
    """Every release."""

    describes = Operation(
        tag="History",
        summary="Named publications that can be cited and asked for with `as_of`",
        answer=Answer("Releases, newest publication first.", shape("Releases")),
    )

    def get(self, request: HttpRequest) -> HttpResponseBase:
        """All of them: a release is a rare act."""
        refuse_others(request, ())
        at = known()
        data = [shown(request, row) for row in releases.releases(at.number)]
        return kept(request, at, json_answer({"data": data, "publication": at.number, "license": LICENCE}))


class Release(APIView):
    """One release, with how to cite it."""

    content_negotiation_class = OwnFormats
    describes = Operation(
        tag="History",
        summary="One release, with how to cite it",
        meaning="`format=apa`, `bibtex` or `cff` answers the citation alone, as text.",
        path={"name": ("The release's name.", "2026.1")},
        parameters=(choice("format", ("json", *CITATIONS), "json", "What is answered."),),
        answer=Answer("The release.", shape("Release")),
        others=(),
        refusals=(404,),
    )

    def get(self, request: HttpRequest, name: str) -> HttpResponseBase:
        """The release as JSON, or one citation."""
        refuse_others(request, ("format",))
        formats = ("json", *CITATIONS)
        wanted = own(request, {"format": (lambda field, given: read_choice(field, given, formats), "json")})
        at = known()
        row = releases.release_named(name)
        if row is None:
            raise Refused(
                Problem("name", name, "the name of a release: see /api/v1/releases"), 404, "Not found"
            )
        if wanted["format"] == "json":
            return kept(request, at, json_answer(shown(request, row)))
        citation = cite(wanted["format"], row, address(request, row))
        return kept(request, at, HttpResponse(citation, content_type=CITATIONS[wanted["format"]]))


def shown(request: HttpRequest, row: dict[str, Any]) -> dict[str, Any]:
    """A release with its citations."""
    url = address(request, row)
    return {
        **row,
        "at": row["at"].isoformat(),
        "published_at": row["published_at"].isoformat(),
        "url": url,
        "license": LICENCE,
        "citations": {form: cite(form, row, url) for form in CITATIONS},
    }


def address(request: HttpRequest, row: dict[str, Any]) -> str:
    """Where the release is found."""
    return request.build_absolute_uri(f"/api/v1/releases/{row['name']}")
