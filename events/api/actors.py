"""/api/v1/actors: who there is, under which names, related to whom."""

from __future__ import annotations

from dataclasses import replace

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from rest_framework.views import APIView

from conflict.kit.problems import Problem, Refused
from events.answers.actor_names import Resolver, shown
from events.answers.actor_network import network
from events.answers.details import actor_detail, actor_summary
from events.answers.envelope import datasets_at, envelope, json_answer, stated, tagged, unchanged
from events.answers.estimates import named
from events.answers.pages import settings_of
from events.api.asking import filtered, moment, own
from events.contract.estimates import ESTIMATE
from events.contract.operations import Answer, Link, Operation, Parameter
from events.contract.parameters import COUNTED, MOMENT
from events.contract.schemas import shape
from events.query.incidents import BoundQuery
from events.query.readers import DAY, WORDS
from events.record import reading
from events.record.actors import totals_by_year
from events.record.known import Known, KnownActor, known

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
        return tagged(json_answer({"data": data, **stated(request, at, asked)}), request, at)


class Actor(APIView):
    """One actor in full."""

    describes = Operation(
        tag="Actors",
        summary="One actor in full",
        meaning="Names, dated relations, deployments, statements on strength, milestones, agreements, incidents by year.",
        path={"slug": ("The actor's slug.", "africa-corps")},
        parameters=(*MOMENT, ESTIMATE),
        answer=Answer("The actor as known then.", shape("Actor")),
        others=(Answer("Merged into another actor.", status=308, headers=("Location",)),),
        refusals=(404,),
    )

    def get(self, request: HttpRequest, slug: str) -> HttpResponse:
        """The actor as known at `as_of`; a merged one leads to its target."""
        asked = moment(request, settings=("as_of", "lang", "estimate"))
        at = known(asked.as_of)
        if found := unchanged(request, at):
            return found
        actor = actor_called(slug, at)
        if actor.slug != slug:
            return moved(request, slug, actor.slug)
        row = reading.actor_document(actor.id, at.number)
        assert row is not None
        bound = BoundQuery(asked, at)
        where = bound.where()
        body = {
            **actor_detail(row, at, asked.lang),
            "years": totals_by_year(at.actors.members[actor.id], where.sql, where.params, bound.source),
            "estimate": named(asked.estimate),
            **stated(request, at, asked, datasets_at(at)),
        }
        return tagged(json_answer(body), request, at)


def actor_called(slug: str, at: Known) -> KnownActor:
    """The actor with this slug, or what it was merged into. Raises Refused (404)."""
    try:
        return at.actors.by_name_of(slug)
    except Refused as refused:
        problems = [replace(problem, field="slug") for problem in refused.problems]
        raise Refused(problems, 404, "Not found") from None


def moved(request: HttpRequest, slug: str, target: str) -> HttpResponse:
    """The same address and question for the actor that this one was merged into."""
    before, _, behind = request.path.rpartition(slug)
    asked = request.META.get("QUERY_STRING", "")
    address = f"{before}{target}{behind}" + (f"?{asked}" if asked else "")
    return HttpResponseRedirect(request.build_absolute_uri(address), status=308)


class Network(APIView):
    """Who an actor has to do with."""

    describes = Operation(
        tag="Actors",
        summary="Who an actor has to do with",
        meaning=(
            "`relations` are declared in the record, dated and sourced. `shared` follow from incidents under the filters: "
            "on one side (`ally_in`) or on opposite sides (`opponent_in`); an actor can be both, in different incidents."
        ),
        path={"slug": ("The actor's slug.", "africa-corps")},
        parameters=COUNTED,
        answer=Answer("Nodes and edges.", shape("Network")),
        others=(Answer("Merged into another actor.", status=308, headers=("Location",)),),
        refusals=(404,),
    )

    def get(self, request: HttpRequest, slug: str) -> HttpResponse:
        """Nodes and edges around the actor as known at `as_of`, counted under the filters."""
        query = filtered(request, (), ("as_of", "lang")).bound()
        if found := unchanged(request, query.known):
            return found
        actor = actor_called(slug, query.known)
        if actor.slug != slug:
            return moved(request, slug, actor.slug)
        found = network(actor, reading.actor_documents(query.known.number), query)
        return tagged(
            json_answer(envelope(request, query, found, datasets_at(query.known))), request, query.known
        )


class Resolve(APIView):
    """Which actor a name means on a day."""

    describes = Operation(
        tag="Actors",
        summary="Which actor a name means on a day",
        meaning=(
            "Candidates with a score from 0 to 1, and warnings: the name or the actor did not exist on that day, who took "
            "over, another spelling, several actors with the name."
        ),
        parameters=(
            Parameter("name", "The name as a source has it.", WORDS.schema, "CMA", required=True),
            Parameter("on", "The day it is about.", DAY.schema, "2025-06-13"),
            *MOMENT,
        ),
        answer=Answer("Candidates, best first; none when no name is like it.", shape("Resolved")),
    )

    def get(self, request: HttpRequest) -> HttpResponse:
        """Candidates among the actors known at `as_of`."""
        given = own(request, {"name": (WORDS, None), "on": (DAY, None)})
        asked = moment(request, ("name", "on"))
        if given["name"] is None:
            raise Refused(Problem("name", "", "the name to resolve"))
        at = known(asked.as_of)
        if found := unchanged(request, at):
            return found
        resolver = Resolver(reading.actor_documents(at.number), at.actors)
        data = [shown(one, asked.lang) for one in resolver.candidates(given["name"], given["on"])]
        on = given["on"].isoformat() if given["on"] else None
        body = {"data": data, "name": given["name"], "on": on, **stated(request, at, asked)}
        return tagged(json_answer(body), request, at)
