"""The collection of incidents: points with every public field, under every filter of the query language."""

from __future__ import annotations

from functools import lru_cache
from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect

from conflict.kit.addresses import pairs_of
from conflict.kit.problems import Problem, Refused
from events.answers.envelope import attributions
from events.answers.estimates import by_rule, named
from events.answers.pages import counted, read_page
from events.claims.rules import REPORTED
from events.ogc.collections import Asked, Features
from events.ogc.parameters import MOMENT, read_moment, read_parameters
from events.ogc.schemas import FIELD_SCHEMAS, of_filters, of_settings
from events.query.incidents import ESTIMATE, WITH_ESTIMATE, BoundQuery, IncidentQuery
from events.record import reading
from events.record.known import Known, known, query
from events.rows import FIELDS, View, chosen, columns_of, feature

NEEDED = ("id", "longitude", "latitude", "dataset")


class Incidents:
    """Incidents as published; what a place is known by roughly is a point with a radius, or has no geometry."""

    id = "incidents"
    title = "Incidents"
    description = (
        "Incidents of armed conflict in the Sahel as published. The point is the public one; radius_km says how"
        " roughly it is known. Without geometry: known by country or unit only."
    )

    def parameters(self) -> dict[str, dict[str, Any]]:
        """Every filter, and the settings of a query."""
        return {**of_settings(list(FIELDS)), **of_filters()}

    def properties(self) -> dict[str, dict[str, Any]]:
        """Every public field."""
        return FIELD_SCHEMAS

    def interval(self, at: Known) -> tuple[str | None, str | None]:
        """From the first day of the first incident, open towards today."""
        return first_day(at.number, at.stamp), None

    def items(self, request: HttpRequest) -> Asked:
        """A page under the query."""
        bound = read_parameters(pairs_of(request), tuple(FIELDS), WITH_ESTIMATE).bound()
        return Asked(str(bound.known.latest), bound.known.number, lambda: page(bound))

    def item(self, request: HttpRequest, feature_id: str) -> Asked:
        """One incident; a merged id leads to its target."""
        asked = read_moment(pairs_of(request), (*MOMENT, ESTIMATE))
        at = known(asked.as_of)
        return Asked(str(at.latest), at.number, lambda: one(request, feature_id, at, asked))


def page(bound: BoundQuery) -> Features:
    """The page that the query names."""
    fields, view = chosen(bound.asked.fields), View(bound.known.actors, bound.asked.lang)
    found = read_page(bound, list(dict.fromkeys([*NEEDED, *columns_of(fields)])))
    number, exact = counted(bound)
    features = [feature(row, fields, view) for row in found.rows]
    credited = attributions({row["dataset"] for row in found.rows})
    rule = named(bound.asked.estimate)
    return Features(features, number if exact else None, found.following, credited, estimate=rule)


def one(
    request: HttpRequest, public_id: str, at: Known, asked: IncidentQuery
) -> dict[str, Any] | HttpResponse:
    """The incident by its state."""
    row = reading.version_of(public_id, at.number)
    if row is None:
        raise Refused(Problem("featureId", public_id, "the id of a published incident"), 404)
    if row["state"] == "merged":
        return HttpResponseRedirect(request.get_full_path().replace(public_id, row["target"], 1), status=308)
    if row["state"] == "retracted":
        code = row["document"].get("reason_code") or "not given"
        raise Refused(
            Problem("featureId", public_id, f"an incident that stands; this one: {code}"), 410, "Retracted"
        )
    if asked.estimate != REPORTED:
        row = by_rule(row, asked.estimate, at.actors)
    return feature(row, chosen(()), View(at.actors, asked.lang))


@lru_cache(maxsize=8)
def first_day(number: int, stamp: Any) -> str | None:
    """The first day of any incident known at a publication, as an instant. Only a redaction could change it; that
    brings a new stamp."""
    found = query(
        "SELECT date_start FROM record.incident_version WHERE known_from <= %s AND known_to > %s"
        " AND state = 'published' ORDER BY date_start, id LIMIT 1",
        [number, number],
    )
    return f"{found[0][0].isoformat()}T00:00:00Z" if found else None
