"""The right column of the incident form: what follows from what was typed."""

from __future__ import annotations

from typing import Any, NamedTuple

from django.db.models import QuerySet
from django.urls import reverse

from actors.documents import display_name
from actors.models import Actor
from events.admin.spans import Piece, marked
from events.claims.codes import ClaimStatus
from events.claims.explain import explain
from events.claims.rules import estimate
from events.codes import GRID_DEGREES, RADIUS_KM, LocationPrecision, Sensitivity
from events.models import Incident, Report, Trace
from events.policy import Act, may_thing
from events.record import ledger, reading
from events.verbs.documents import PREFETCH, as_rule_claim, public_point
from events.verbs.publishing import named_actors, unready
from events.verbs.tracing import subject_of

LONGEST_TEXT = 12_000


class Shown(NamedTuple):
    """A report beside the form."""

    title: str
    url: str
    pieces: list[Piece]
    cut: bool


def following(incident: Incident, user: Any) -> dict[str, Any]:
    """Derived range, point, warnings, source texts and traces of one saved incident."""
    row = Incident.objects.prefetch_related(*PREFETCH, "proposals").get(pk=incident.pk)
    figures = estimate([as_rule_claim(claim, row) for claim in row.claims.all()])
    return {
        "figures": figures,
        "sentences": explain(figures, "en", victim_names(figures)),
        "warnings": warnings(row, user),
        "point": point_in_words(row),
        "reports": reports(row, user),
        "versions": versions(row),
        "traces": Trace.objects.filter(subject=subject_of(row)).select_related("by")[:8],
        "history_url": reverse("admin:events_incident_history", args=[row.pk]),
    }


def victim_names(figures: Any) -> dict[str, str]:
    """Names of the victims of an estimate, by key."""
    keys = {key for victims in figures.victims for key in victims.about}
    actors = Actor.objects.filter(pk__in=[int(key) for key in keys]).prefetch_related("names")
    return {str(actor.pk): display_name(actor, "en") for actor in actors}


def warnings(row: Incident, user: Any) -> list[str]:
    """What keeps it from being published, and what an editor would want to know."""
    said = [
        f"{problem.field.partition(' ')[2].split(' ', 1)[-1]}: needs {problem.valid}"
        for problem in unready(row, user)
    ]
    named = named_actors(row)
    missing = named - ledger.published_actor_ids(named)
    slugs = Actor.objects.filter(pk__in=missing).order_by("slug").values_list("slug", flat=True)
    said += [f"actor {slug} is not published yet" for slug in slugs]
    pending = sum(claim.status == ClaimStatus.PENDING for claim in row.claims.all())
    if pending:
        said.append(f"{pending} claims are pending: they do not count and are not published")
    if not row.participations.all():
        said.append("nobody takes part")
    hidden = hidden_claims(row, user)
    if hidden:
        said.append(f"{hidden} claims by sources that only chief editors see are not shown here")
    return said


def hidden_claims(row: Incident, user: Any) -> int:
    """How many claims are by sources that this person may not know of."""
    if may_thing(user, Act.SEE_HIDDEN, "source"):
        return 0
    return sum(
        claim.claimant_source is not None and not claim.claimant_source.public for claim in row.claims.all()
    )


def visible_claims(claims: QuerySet, user: Any) -> QuerySet:
    """Claims whose source this person may know of."""
    if may_thing(user, Act.SEE_HIDDEN, "source"):
        return claims
    return claims.exclude(claimant_source__public=False)


def point_in_words(row: Incident) -> dict[str, str]:
    """The exact point, and what the public sees of it."""
    longitude, latitude = public_point(row)
    exact = degrees(row.point.x, row.point.y, 5) if row.point else "none"
    if longitude is None:
        return {"exact": exact, "public": "no point", "why": why_no_point(row)}
    cell = GRID_DEGREES.get(Sensitivity(row.sensitivity), 0)
    radius = RADIUS_KM[LocationPrecision(row.location_precision)]
    why = "as its dataset gives it" if row.dataset_id else f"rounded to {cell}°"
    if radius:
        why += f", drawn with a radius of {radius} km"
    return {"exact": exact, "public": degrees(longitude, latitude, 4), "why": why}


def degrees(longitude: float, latitude: float, places: int) -> str:
    """A point in words: 19.46 N, 0.86 E."""
    north, east = "N" if latitude >= 0 else "S", "E" if longitude >= 0 else "W"
    shown = (f"{abs(number):.{places}f}".rstrip("0").rstrip(".") for number in (latitude, longitude))
    return f"{next(shown)} {north}, {next(shown)} {east}"


def why_no_point(row: Incident) -> str:
    """Why the public sees no point."""
    if row.point is None:
        return "none is given"
    if row.sensitivity == Sensitivity.UNIT:
        return "by its sensitivity: the administrative unit only"
    return "only the country is known"


def reports(row: Incident, user: Any) -> list[Shown]:
    """The texts that the incident was read from, with what was found in them."""
    if not may_thing(user, Act.READ, "report"):
        return []
    ids = {claim.report_id for claim in row.claims.all()} | {one.report_id for one in row.proposals.all()}
    found = Report.objects.filter(pk__in=ids - {None}).defer("content")
    if not may_thing(user, Act.SEE_HIDDEN, "source"):
        found = found.filter(source__public=True)
    return [shown(report) for report in found.prefetch_related("proposals")]


def shown(report: Report) -> Shown:
    """One report with its spans marked."""
    extraction = next((one.extraction for one in report.proposals.all()), {})
    text = report.text[:LONGEST_TEXT]
    return Shown(
        str(report),
        reverse("admin:events_report_change", args=[report.pk]),
        marked(text, extraction),
        len(report.text) > LONGEST_TEXT,
    )


def versions(row: Incident) -> list[dict[str, Any]]:
    """What the record has of it, newest first."""
    if not row.public_id:
        return []
    return list(reversed(reading.history(row.public_id, reading.latest_number())))
