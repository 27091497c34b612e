"""/api/v1/timeline and /api/v1/facets: what the lens counts."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse

from actors.codes import ActorKind
from events import lens
from events.answers.envelope import datasets_at, envelope, json_answer
from events.answers.estimates import named
from events.api.asking import own
from events.api.views import QueryView
from events.codes import EventSubtype, EventType, IncidentVerification
from events.contract.estimates import ESTIMATE
from events.contract.operations import Answer, Operation
from events.contract.parameters import COUNTED, choice
from events.contract.schemas import shape
from events.countries import country_name
from events.query.incidents import BoundQuery
from events.query.readers import one_of
from events.record.units import unit_name

MEASURES = ("all", *lens.MEASURES)
# The timeline's own parameters: (values, the usual one).
GROUPED = {
    name: (one_of(valid), usual)
    for name, valid, usual in (
        ("interval", lens.INTERVALS, "month"),
        ("by", tuple(lens.TIMELINE_BY), "event_type"),
        ("measure", MEASURES, "all"),
    )
}
LABELS = {
    "event_type": EventType,
    "event_subtype": EventSubtype,
    "verification": IncidentVerification,
    "actor_kind": ActorKind,
}


class Timeline(QueryView):
    """Incidents and deaths per interval."""

    extra = tuple(GROUPED)
    takes = ("as_of", "lang", "estimate")
    describes = Operation(
        tag="Counts",
        summary="Incidents and deaths over time",
        parameters=(
            choice("interval", lens.INTERVALS, "month", "Length of an interval."),
            choice(
                "by",
                lens.TIMELINE_BY,
                "event_type",
                f"What each interval is split by. By actor: the {lens.VALUES} that take part most often.",
            ),
            choice("measure", MEASURES, "all", "Which figure each row has: one, or all of them."),
            *COUNTED,
            ESTIMATE,
        ),
        answer=Answer("One row per interval and value.", shape("Timeline")),
    )

    def answer(self, request: HttpRequest, query: BoundQuery, **kwargs: Any) -> HttpResponse:
        """Sums per interval, by type unless another grouping is asked."""
        given = own(request, GROUPED)
        measure = given["measure"]
        rows = lens.timeline(query, given["interval"], given["by"], None if measure == "all" else measure)
        return json_answer(
            envelope(
                request,
                query,
                rows,
                datasets_at(query.known),
                estimate=named(query.asked.estimate),
                **given,
            )
        )


class Facets(QueryView):
    """Counts per filter value, each under the other filters."""

    takes = ("as_of", "lang", "estimate")
    describes = Operation(
        tag="Counts",
        summary="Counts per filter value",
        meaning="Each filter is counted under all the others, so that a count says what choosing the value would give.",
        parameters=(*COUNTED, ESTIMATE),
        answer=Answer("Values by filter, commonest first, and the totals.", shape("Facets")),
    )

    def answer(self, request: HttpRequest, query: BoundQuery, **kwargs: Any) -> HttpResponse:
        """Facets with labels in the language asked, and the totals of the query."""
        found = {
            name: [
                {"value": value, "label": label(name, value, query), "incidents": count}
                for value, count in values
            ]
            for name, values in lens.facets(query).items()
        }
        return json_answer(
            envelope(
                request,
                query,
                found,
                datasets_at(query.known),
                estimate=named(query.asked.estimate),
                totals=lens.totals(query),
            )
        )


def label(name: str, value: str, query: BoundQuery) -> str:
    """What a facet value is called."""
    lang = query.asked.lang
    if name == "actor":
        return query.known.actors.by_name_of(value).name(lang)
    if name == "country":
        return country_name(value, lang)
    if name == "admin1":
        return unit_name(value, lang)
    codes = LABELS.get(name)
    return codes(value).label_in(lang) if codes else value
