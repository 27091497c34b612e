"""The desk's incidents in the shape in which matching compares them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from functools import lru_cache
from typing import Any

from django.db import connection

from actors.codes import LINEAGE, RelationKind
from events.claims.codes import ClaimStatus
from events.codes import State
from events.ingest.extract.found import Extraction
from events.ingest.extract.tables import Tables
from events.ingest.match import MOST_DAYS, Candidate, Figure, Known, candidates, known_incidents, proposed

# Relations whose ends a report may name one for the other.
KIN = LINEAGE | {RelationKind.SUBORDINATE_TO}
GONE = [State.MERGED.value, State.RETRACTED.value]
WINDOW = timedelta(days=MOST_DAYS)

# One row per incident, whatever hangs on it: models and their prefetches took ten times as long.
NEAR = """
SELECT i.id, i.country, i.date_start, i.date_end, i.event_type, i.event_subtype, i.location_precision,
       ST_X(i.point), ST_Y(i.point), i.place_name,
       ARRAY(SELECT a.slug || ' ' || p.role FROM events_participation p JOIN actors_actor a ON a.id = p.actor_id
             WHERE p.incident_id = i.id),
       ARRAY(SELECT concat_ws(' ', c.measure, coalesce(nullif(c.item_class, ''), '-'),
                              coalesce(c.low::text, '-'), coalesce(c.high::text, '-'))
             FROM events_claim c WHERE c.incident_id = i.id AND c.status <> %(aside)s)
FROM events_incident i
WHERE i.country = %(country)s
  AND daterange(i.date_start, i.date_end, '[]') && daterange(%(first)s, %(last)s, '[]')
  AND NOT i.state = ANY(%(gone)s)
"""


def matches(extraction: Extraction, published: date | None, tables: Tables) -> list[list[dict[str, Any]]]:
    """For each incident of an extraction the desk's incidents that it may be, best first, as plain JSON."""
    ones = [proposed(extraction, number, published) for number in range(len(extraction.incidents))]
    known = known_incidents(near([one for one in ones if one]), kin(tables))
    return [[_plain(found) for found in candidates(one, known)] if one else [] for one in ones]


def _plain(found: Candidate) -> dict[str, Any]:
    return {
        "incident": found.key,
        "score": found.score,
        "why_en": found.explained("en"),
        "why_fr": found.explained("fr"),
        "reasons": [{"code": reason.code, "weight": round(reason.weight, 2)} for reason in found.reasons],
    }


def near(ones: Sequence[Known]) -> list[Known]:
    """The desk's incidents of their countries within the days that matching looks at, drafts included."""
    found: dict[int, Known] = {}
    with connection.cursor() as cursor:
        for country, first, last in windows(ones):
            aside = ClaimStatus.SET_ASIDE.value
            bounds: dict[str, Any] = {
                "country": country,
                "first": first,
                "last": last,
                "gone": GONE,
                "aside": aside,
            }
            cursor.execute(NEAR, bounds)
            found |= {row[0]: known(row) for row in cursor.fetchall()}
    return list(found.values())


def windows(ones: Sequence[Known]) -> list[tuple[str, date, date]]:
    """(country, first day, last day) to look at; windows of one country that touch are one."""
    wide = sorted((one.country, one.first - WINDOW, one.last + WINDOW) for one in ones)
    joined: list[tuple[str, date, date]] = []
    for country, first, last in wide:
        if joined and joined[-1][0] == country and first <= joined[-1][2]:
            joined[-1] = (country, joined[-1][1], max(last, joined[-1][2]))
        else:
            joined.append((country, first, last))
    return joined


def known(row: tuple[Any, ...]) -> Known:
    """One row of NEAR as matching compares it."""
    pairs = (actor.split(" ") for actor in row[10])
    actors = frozenset((slug, role) for slug, role in pairs)
    figures = tuple(_figure(*figure.split(" ")) for figure in row[11])
    return Known(*(*row[:10], actors, figures))


def _figure(measure: str, item_class: str, low: str, high: str) -> Figure:
    return Figure(measure, "" if item_class == "-" else item_class, _number(low), _number(high))


def _number(text: str) -> int | None:
    return None if text == "-" else int(text)


def kin(tables: Tables) -> Mapping[str, frozenset[str]]:
    """For each actor those that a report may name in its stead."""
    return _kin(tuple(row for rows in tables.relations.values() for row in rows))


@lru_cache(maxsize=1)
def _kin(relations: tuple[Any, ...]) -> Mapping[str, frozenset[str]]:
    found: dict[str, set[str]] = {}
    for row in relations:
        if row.kind in KIN:
            found.setdefault(row.slug, set()).add(row.other)
            found.setdefault(row.other, set()).add(row.slug)
    return {slug: frozenset(others) for slug, others in found.items()}
