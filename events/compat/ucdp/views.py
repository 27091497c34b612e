"""/compat/ucdp/gedevents/<version>: our record in UCDP's envelope and columns; the version is a publication of ours."""

from __future__ import annotations

from functools import lru_cache
from typing import Any
from urllib.parse import urlencode

from django.http import HttpRequest
from django.http.response import HttpResponseBase
from rest_framework.views import APIView

from conflict.kit.addresses import pairs_of
from conflict.kit.negotiation import AnyAccept
from conflict.kit.problems import Problem, Refused
from events.answers.envelope import LICENCE, attributions, json_answer, tagged, unchanged
from events.answers.estimates import in_header
from events.claims.rules import REPORTED
from events.compat.ucdp import codes
from events.compat.ucdp.columns import NEEDS, SIDES, Viewed, event
from events.compat.ucdp.parameters import Request, read_request
from events.query.conditions import Predicate
from events.query.incidents import BoundQuery, joined
from events.record import reading
from events.record.columns import actor_role
from events.record.identifiers import identifiers
from events.record.known import Known, known, query

LATEST = "latest"
VERSIONS = "latest, the name of a release, or the number of a publication"


# The one member of the envelope that UCDP's does not have.
NOTICE = "The Sahel Conflict Tracker's record in UCDP's columns, publication {number}, CC BY 4.0."


class Events(APIView):
    """Violent incidents as GED would hand them out."""

    content_negotiation_class = AnyAccept

    def get(self, request: HttpRequest, version: str) -> HttpResponseBase:
        """A page of events of one version."""
        asked = read_request(pairs_of(request))
        bound = BoundQuery(asked.query, version_of(version))
        if found := unchanged(request, bound.known):
            return found
        response = json_answer(page(request, asked, bound))
        response["Link"] = f'<{LICENCE["url"]}>; rel="license"'
        return tagged(in_header(response, REPORTED), request, bound.known)


def version_of(version: str) -> Known:
    """The publication that a version means. Raises Refused (404)."""
    try:
        return known(None if version == LATEST else version)
    except Refused:
        raise Refused(Problem("version", version, VERSIONS), 404) from None


def page(request: HttpRequest, asked: Request, bound: BoundQuery) -> dict[str, Any]:
    """The envelope."""
    where = condition(asked, bound)
    total = count(where, bound.known)
    pages = -(-total // asked.size)
    skip = asked.page * asked.size
    rows = (
        reading.rows(NEEDS, where.sql, where.params, bound.order_by(), asked.size, skip)
        if skip < total
        else []
    )
    viewed = Viewed(bound.known.actors, ucdp_ids(bound.known), asked.query.lang)
    return {
        "TotalCount": total,
        "TotalPages": pages,
        "PreviousPageUrl": address(request, bound, asked.page - 1) if 0 < asked.page <= pages else "",
        "NextPageUrl": address(request, bound, asked.page + 1) if asked.page + 1 < pages else "",
        "Result": [event(row, viewed) for row in rows],
        "Notice": [NOTICE.format(number=bound.known.number), *attributions({row["dataset"] for row in rows})],
    }


def address(request: HttpRequest, bound: BoundQuery, number: int) -> str:
    """Another page of the same publication, whatever is published meanwhile."""
    kept = [pair for pair in pairs_of(request) if pair[0] != "page"]
    path = request.path.rsplit("/", 1)[0]
    return request.build_absolute_uri(f"{path}/{bound.known.number}?{urlencode([*kept, ('page', number)])}")


def condition(asked: Request, bound: BoundQuery) -> Predicate:
    """What is asked, in SQL; only what UCDP counts as violence."""
    parts = [bound.where(), Predicate("event_type = ANY(%s)", ([kind.value for kind in codes.VIOLENT],))]
    if asked.ids:
        parts.append(ids_condition(asked.ids))
    if asked.types:
        parts.append(types_condition(asked.types, bound.known))
    if asked.actors:
        parts.append(actors_condition(asked.actors, bound.known))
    return joined(parts)


def ids_condition(numbers: tuple[int, ...]) -> Predicate:
    """Numbers of GED's own and of ours."""
    own = [public for number in numbers if (public := codes.public_id_of(number)) is not None]
    return Predicate(
        "id = ANY(%s) OR (dataset = %s AND dataset_id = ANY(%s))",
        (own, codes.DATASET, [str(number) for number in numbers]),
    )


def types_condition(types: tuple[int, ...], at: Known) -> Predicate:
    """The same rule as `columns.type_of_violence`, in SQL."""
    states = [
        actor_role(actor, role) for actor in at.actors.ids_of_kinds(sorted(codes.STATES)) for role in SIDES
    ]
    return Predicate(
        "CASE WHEN civilian_targeting OR event_type = 'violence_against_civilians' THEN 3"
        " WHEN actor_roles && %s::integer[] THEN 1 ELSE 2 END = ANY(%s)",
        (states, list(types)),
    )


def actors_condition(numbers: tuple[int, ...], at: Known) -> Predicate:
    """One of UCDP's actors stands on a side; its number may mean several of ours."""
    wanted = {str(number) for number in numbers}
    ours = {at.actors.resolve(actor).id for actor, known_as in identifiers_of(at) if known_as in wanted}
    members = [actor for actor in at.actors.all_ids() if at.actors.resolve(actor).id in ours]
    return Predicate(
        "actor_roles && %s::integer[]",
        ([actor_role(actor, role) for actor in members for role in SIDES],),
    )


def identifiers_of(at: Known) -> tuple[tuple[int, str], ...]:
    """(actor, UCDP's number) pairs known then."""
    return identifiers(codes.SCHEME, at.number, at.stamp)


def ucdp_ids(at: Known) -> dict[int, str]:
    """Actor -> its number at UCDP; none where it has several there, as one would be a guess."""
    found: dict[int, set[str]] = {}
    for actor, known_as in identifiers_of(at):
        found.setdefault(at.actors.resolve(actor).id, set()).add(known_as)
    return {actor: next(iter(numbers)) for actor, numbers in found.items() if len(numbers) == 1}


def count(where: Predicate, at: Known) -> int:
    """How many events there are; counted once per question and publication, as pages are asked for in turn."""
    hashable = tuple(tuple(value) if isinstance(value, list) else value for value in where.params)
    return counted(where.sql, hashable, at.number, at.stamp)


@lru_cache(maxsize=256)
def counted(where: str, params: tuple[Any, ...], number: int, stamp: Any) -> int:
    """The count; the publication and its stamp are there for the cache."""
    plain = [list(value) if isinstance(value, tuple) else value for value in params]
    return query(f"SELECT count(*) FROM record.incident_version WHERE {where}", plain)[0][0]
