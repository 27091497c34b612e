"""The desk's incidents in the shape in which matching compares them."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta
from typing import Any

from django.db.models import Prefetch, QuerySet

from actors.codes import LINEAGE, RelationKind
from events.claims.codes import ClaimStatus
from events.codes import State
from events.ingest.extract.found import Extraction
from events.ingest.extract.tables import Tables
from events.ingest.match import MOST_DAYS, Candidate, Figure, Known, candidates, known_incidents, proposed
from events.models import Claim, Incident

# Relations whose ends a report may name one for the other.
KIN = LINEAGE | {RelationKind.SUBORDINATE_TO}
GONE = (State.MERGED, State.RETRACTED)


def matches(extraction: Extraction, published: date | None, tables: Tables) -> list[list[dict[str, Any]]]:
    """For each incident of an extraction the desk's incidents that it may be, best first, as plain JSON."""
    return [_candidates(extraction, number, published, tables) for number in range(len(extraction.incidents))]


def _candidates(
    extraction: Extraction, number: int, published: date | None, tables: Tables
) -> list[dict[str, Any]]:
    one = proposed(extraction, number, published)
    if one is None:
        return []
    return [_plain(found) for found in candidates(one, known_incidents(near(one), kin(tables)))]


def _plain(found: Candidate) -> dict[str, Any]:
    return {
        "incident": found.key,
        "score": found.score,
        "why_en": found.explained("en"),
        "why_fr": found.explained("fr"),
        "reasons": [{"code": reason.code, "weight": round(reason.weight, 2)} for reason in found.reasons],
    }


def near(one: Known) -> list[Known]:
    """The desk's incidents of the country within the days that matching looks at, drafts included."""
    window = timedelta(days=MOST_DAYS)
    rows: QuerySet[Incident] = (
        Incident.objects.filter(
            country=one.country, date_start__lte=one.last + window, date_end__gte=one.first - window
        )
        .exclude(state__in=GONE)
        .prefetch_related(
            "participations__actor",
            Prefetch("claims", Claim.objects.exclude(status=ClaimStatus.SET_ASIDE)),
        )
    )
    return [known(row) for row in rows]


def known(row: Incident) -> Known:
    """One incident of the desk as matching compares it."""
    return Known(
        key=row.pk,
        country=row.country,
        first=row.date_start,
        last=row.date_end,
        event_type=row.event_type,
        event_subtype=row.event_subtype,
        precision=row.location_precision,
        longitude=row.point.x if row.point else None,
        latitude=row.point.y if row.point else None,
        place=row.place_name,
        actors=frozenset((part.actor.slug, part.role) for part in row.participations.all()),
        figures=tuple(Figure(c.measure, c.item_class, c.low, c.high) for c in row.claims.all()),
    )


def kin(tables: Tables) -> Mapping[str, frozenset[str]]:
    """For each actor those that a report may name in its stead."""
    found: dict[str, set[str]] = {}
    for rows in tables.relations.values():
        for row in rows:
            if row.kind in KIN:
                found.setdefault(row.slug, set()).add(row.other)
                found.setdefault(row.other, set()).add(row.slug)
    return {slug: frozenset(others) for slug, others in found.items()}
