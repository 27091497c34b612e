"""/api/v1/actors: who there is, under which names, related to whom."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from rest_framework.views import APIView

from conflict.kit.problems import Problem, Refused
from events.answers import LICENCE, json_answer, tagged, unchanged
from events.contract.operations import Answer, Link, Operation
from events.contract.parameters import MOMENT
from events.contract.schemas import shape
from events.details import actor_detail, actor_summary
from events.pages import settings_of
from events.record import reading
from events.record.known import known

ACTOR = "/api/v1/actors/{slug}"


class Actors(APIView):
    """Every actor in the record."""

    describes = Operation(
        tag="Actors",
        summary="Every actor in the record",
        parameters=MOMENT,
        answer=Answer("Actors by slug.", shape("Actors")),
        links=(Link("actor", ACTOR, {"slug": "$response.body#/data/0/slug"}),),
    )

    def get(self, request: HttpRequest) -> HttpResponse:
        """All actors by slug, as known at `as_of`."""
        asked = settings_of(request)
        at = known(asked.as_of)
        if found := unchanged(request, at):
            return found
        data = [actor_summary(row, asked.lang) for row in reading.actor_documents(at.number)]
        return tagged(json_answer({"data": data, "publication": at.number, "license": LICENCE}), request, at)


class Actor(APIView):
    """One actor in full."""

    describes = Operation(
        tag="Actors",
        summary="One actor in full",
        meaning="Names, dated relations, deployments, statements on strength, milestones, agreements.",
        path={"slug": ("The actor's slug.", "africa-corps")},
        parameters=MOMENT,
        answer=Answer("The actor as known then.", shape("Actor")),
        others=(Answer("Merged into another actor.", status=308, headers=("Location",)),),
        refusals=(404,),
    )

    def get(self, request: HttpRequest, slug: str) -> HttpResponse:
        """The actor as known at `as_of`; a merged one leads to its target."""
        asked = settings_of(request)
        at = known(asked.as_of)
        if found := unchanged(request, at):
            return found
        if slug not in at.actors.by_slug:
            raise Refused(Problem("slug", slug, "the slug of a published actor"), 404, "Not found")
        actor = at.actors.by_name_of(slug)
        if actor.slug != slug:
            return HttpResponseRedirect(
                request.build_absolute_uri(request.path.replace(slug, actor.slug)), status=308
            )
        row = reading.actor_document(actor.id, at.number)
        assert row is not None
        return tagged(json_answer(actor_detail(row, at, asked.lang)), request, at)
