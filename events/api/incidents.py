"""/api/v1/incidents: pages and exports, one incident, its versions."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.http.response import HttpResponseBase
from rest_framework.views import APIView

from conflict.kit.addresses import address_with
from conflict.kit.problems import Problem, Refused
from events.answers import estimates
from events.answers.details import incident_detail
from events.answers.envelope import envelope, json_answer, stated, tagged, unchanged
from events.answers.exports import Writer
from events.answers.pages import read_page, sized
from events.api.asking import moment
from events.api.exporting import answer_of, option_parameters, sent
from events.api.formats import FORMATS
from events.api.views import QueryView
from events.claims.rules import REPORTED
from events.contract.estimates import ESTIMATE
from events.contract.operations import Answer, Link, Operation
from events.contract.parameters import EXPORTED, LISTED, MOMENT
from events.contract.schemas import shape
from events.query.incidents import BoundQuery, IncidentQuery
from events.record import reading
from events.record.known import Known, known
from events.rows import FIELDS, JsonPage, View, chosen

PROBLEM = "application/problem+json"
PATH = {"public_id": ("The incident's public id.", "MLI-2025-00001")}
FIRST = {"public_id": "$response.body#/data/0/id"}
INSTEAD = (
    Answer("Merged into another incident.", status=308, headers=("Location",)),
    Answer("Retracted; what remains of it.", shape("Tombstone"), PROBLEM, 410),
)
LEADS = (
    Link("incident", "/api/v1/incidents/{public_id}", FIRST),
    Link("versions", "/api/v1/incidents/{public_id}/versions", FIRST),
)


class Incidents(QueryView):
    """Incidents under the filters: a page of JSON."""

    fields = tuple(FIELDS)
    describes = Operation(
        tag="Incidents",
        summary="Incidents, page by page",
        parameters=(*LISTED, ESTIMATE),
        answer=Answer("A page.", shape("Page"), headers=("Link",)),
        links=LEADS,
    )

    def answer(self, request: HttpRequest, query: BoundQuery, **kwargs: Any) -> HttpResponseBase:
        """One page as JSON."""
        return page(request, query)


class Export(QueryView):
    """Everything under the filters in one of `FORMATS`; `suffix` and `extra` are set where the address is."""

    fields = tuple(FIELDS)
    takes = ("as_of", "order", "limit", "fields", "lang", "estimate")
    suffix = ""

    @property
    def describes(self) -> Operation:
        """What this format sends."""
        form = FORMATS[self.suffix]
        return Operation(
            tag="Incidents",
            summary=f"Every incident under the query as {self.suffix.upper()}",
            meaning=(form.__doc__ or "").strip(),
            parameters=(*option_parameters(self.extra), *EXPORTED, ESTIMATE),
            answer=answer_of(form, estimates.RULE),
        )

    def answer(self, request: HttpRequest, query: BoundQuery, **kwargs: Any) -> HttpResponseBase:
        """The whole export, named after its publication."""
        response = sent(request, query, Writer(query), FORMATS[self.suffix], "incidents", self.extra)
        return estimates.in_header(response, query.asked.estimate)


def page(request: HttpRequest, query: BoundQuery) -> HttpResponse:
    """A page with the link to the next one, in the body and in the Link header."""
    asked = JsonPage(chosen(query.asked.fields), View(query.known.actors, query.asked.lang))
    found = read_page(query, [*asked.columns, "dataset AS _dataset"])
    following = address_with(request, cursor=found.following) if found.following else None
    number, exact = sized(query)
    datasets = {row["_dataset"] for row in found.rows}
    body = envelope(
        request,
        query,
        [asked.finished(row) for row in found.rows],
        datasets,
        next=following,
        estimate=estimates.named(query.asked.estimate),
        count={"value": number, "exact": exact},
    )
    response = json_answer(body)
    if following:
        response["Link"] = f'<{following}>; rel="next"'
    return response


class Incident(APIView):
    """One incident in full, as known at `as_of`."""

    describes = Operation(
        tag="Incidents",
        summary="One incident in full",
        meaning="Its fields, every claim, the ranges, evidence, sources, battle and versions.",
        path=PATH,
        parameters=(*MOMENT, ESTIMATE),
        answer=Answer("The incident as known then.", shape("IncidentDetail")),
        others=INSTEAD,
        refusals=(404,),
    )

    def get(self, request: HttpRequest, public_id: str) -> HttpResponse:
        """The incident; a merged id leads to its target, a retracted one answers 410 with its tombstone."""
        asked = moment(request, settings=("as_of", "lang", "estimate"))
        at = known(asked.as_of)
        if found := unchanged(request, at):
            return found
        row = version_called(public_id, at)
        if asked.estimate != REPORTED and row["state"] == "published":
            row = estimates.by_rule(row, asked.estimate, at.actors)
        return tagged(shown(request, row, at, asked), request, at)


def version_called(public_id: str, at: Known) -> dict[str, Any]:
    """The version of this incident that was known then. Raises Refused (404)."""
    row = reading.version_of(public_id, at.number)
    if row is None:
        raise Refused(Problem("id", public_id, "the id of a published incident"), 404, "Not found")
    return row


def shown(request: HttpRequest, row: dict[str, Any], at: Known, asked: IncidentQuery) -> HttpResponse:
    """The incident by its state."""
    if (other := elsewhere(request, row)) is not None:
        return other
    return json_answer(
        {**incident_detail(row, at, asked.lang), **stated(request, at, asked, [row["dataset"]])}
    )


def elsewhere(request: HttpRequest, row: dict[str, Any]) -> HttpResponse | None:
    """What a merged incident, or a retracted one, answers instead; None for one that stands."""
    if row["state"] == "merged":
        target = request.build_absolute_uri(request.path.replace(row["id"], row["target"]))
        return (
            HttpResponseRedirect(target, status=308)
            if not request.GET
            else HttpResponseRedirect(f"{target}?{request.GET.urlencode()}", status=308)
        )
    return gone(row) if row["state"] == "retracted" else None


def gone(row: dict[str, Any]) -> HttpResponse:
    """The tombstone: id, publication, its time, and reason code, nothing else."""
    body = {
        "type": "about:blank",
        "title": "Retracted",
        "status": 410,
        "id": row["id"],
        "publication": row["known_from"],
        "at": reading.published_at(row["known_from"]).isoformat(),
        "reason_code": row["document"].get("reason_code"),
    }
    response = json_answer(body, "application/problem+json")
    response.status_code = 410
    return response
