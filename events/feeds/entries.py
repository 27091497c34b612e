"""What feeds say of a query: the newest publications first, each incident with its words, time, place and address."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from django.http import HttpRequest

from conflict.kit.addresses import address_with, address_without, pairs_of
from conflict.kit.problems import Problem, Refused
from events import words
from events.answers.envelope import LICENCE, OWN_ATTRIBUTION, attributions
from events.answers.pages import read_page
from events.codes import RADIUS_KM, EventType, LocationPrecision
from events.query.incidents import WITH_ESTIMATE, BoundQuery, IncidentQuery
from events.query.words import in_words
from events.rows import Row, View, title

NEEDS = (
    "id",
    "title_en",
    "title_fr",
    "event_type",
    "date_start",
    "date_end",
    "date_precision",
    "dataset",
    "country",
    "place",
    "admin1_name",
    "admin2_name",
    "longitude",
    "latitude",
    "location_precision",
    "fatalities_low",
    "fatalities_best",
    "fatalities_high",
    "open_ended",
    "document -> 'summaries' AS summaries",
    "(SELECT at FROM record.publication WHERE number = known_from) AS published",
)
FIXED = ("order", "fields")
NEVER = datetime(1970, 1, 1, tzinfo=UTC)
# Characters that XML 1.0 cannot carry at all.
NOT_XML = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


@dataclass(frozen=True)
class Entry:
    """One incident. `point` is (longitude, latitude) in degrees, `radius` in metres."""

    address: str
    title: str
    text: str
    published: datetime
    kind: EventType
    label: str
    place: str
    point: tuple[float, float] | None
    radius: int


@dataclass(frozen=True)
class Feed:
    """The feed of a query: `here` is this page of it, `first` the newest one, `following` the older entries, `page` the
    same on the site."""

    title: str
    here: str
    first: str
    page: str
    rights: str
    following: str | None
    updated: datetime
    lang: str
    entries: Sequence[Entry]


def read(request: HttpRequest) -> BoundQuery:
    """The query of a request, newest publications first. Raises Refused."""
    pairs = pairs_of(request)
    wrong = [
        Problem(name, text, "left out: a feed has its own order and fields")
        for name, text in pairs
        if name in FIXED
    ]
    if wrong:
        raise Refused(wrong)
    return IncidentQuery.read([*pairs, ("order", "-updated")], settings=WITH_ESTIMATE).bound()


def feed(request: HttpRequest, query: BoundQuery) -> Feed:
    """A page of the query as a feed."""
    found = read_page(query, NEEDS)
    lang = query.asked.lang
    asked = query.asked.canonical
    return Feed(
        title=f"{OWN_ATTRIBUTION}: {clean(in_words(query, lang))}",
        here=request.build_absolute_uri(),
        first=address_without(request, "cursor"),
        page=request.build_absolute_uri("/incidents/") + (f"?{asked}" if asked else ""),
        rights=f"{LICENCE['name']}: {'; '.join(attributions({row['dataset'] for row in found.rows}))}",
        following=address_with(request, cursor=found.following) if found.following else None,
        updated=query.known.at or NEVER,
        lang=lang,
        entries=[entry(request, row, View(query.known.actors, lang)) for row in found.rows],
    )


def entry(request: HttpRequest, row: Row, view: View) -> Entry:
    """One incident as an entry."""
    point = None if row["longitude"] is None else (row["longitude"], row["latitude"])
    return Entry(
        address=request.build_absolute_uri(f"/incidents/{row['id']}/"),
        title=clean(title(row, view)),
        text=clean(" ".join(part for part in said(row, view.lang) if part)),
        published=row["published"],
        kind=EventType.of(row["event_type"]),
        label=EventType.of(row["event_type"]).label_in(view.lang),
        place=clean(words.where_words(row, view.lang)),
        point=point,
        radius=RADIUS_KM[LocationPrecision(row["location_precision"])] * 1000,
    )


def said(row: Row, lang: str) -> list[str]:
    """When and where, what happened, whose figure of deaths; a figure that nobody gave is not spoken of."""
    summaries: Mapping[str, Any] = row["summaries"]
    summary = summaries.get(lang) or next(iter(summaries.values()), "")
    known = row["fatalities_low"] is not None or row["fatalities_high"] is not None
    figure = words.figure_words(row, lang) if known else ""
    return [
        f"{words.when_words(row, lang)}, {words.where_words(row, lang)}.",
        summary,
        figure and f"{figure[:1].upper()}{figure[1:]}.",
    ]


def clean(text: str) -> str:
    """The text without characters that XML cannot carry."""
    return NOT_XML.sub("", text)
