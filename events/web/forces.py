"""Foreign forces, and the page of milestones that the dashboard draws as tracks under its timeline."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, date, datetime
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import conditional_page, require_safe

from actors.codes import ActorKind, MilestoneKind, NameKind
from conflict.kit.messages import say
from events import lens
from events.answers.details import actor_detail, text_in
from events.countries import country_name
from events.record import reading
from events.record.known import Known
from events.web import force_chart
from events.web.actors import (
    actor_url,
    dashboard_url,
    incidents_of,
    milestone_words,
    stay_words,
    strength_words,
)
from events.web.charts import partial
from events.web.page import frame, language, moment, only, page
from events.words import day_words, label, years_words

# Milestones of actors that are no foreign force: only what changes who there is and who governs.
TURNING_POINTS = frozenset(MilestoneKind) - {
    MilestoneKind.LEADER_CHANGE,
    MilestoneKind.DESIGNATION,
    MilestoneKind.OTHER,
}
# Longer names are drawn as their acronym where they have one.
LONG_NAME = 24
Row = dict[str, Any]
Span = tuple[str | None, str | None]


def stays_abroad(row: Row) -> list[Row]:
    """An actor's deployments outside its home country."""
    return [stay for stay in row["document"]["deployments"] if stay["host"] != row["country"]]


def last_day(at: Known, request: HttpRequest) -> date:
    """The day that open bars reach: today, or the day the record is rewound to."""
    return at.at.date() if at.at and request.GET.get("as_of") else datetime.now(UTC).date()


@require_safe
@page
def foreign_forces(request: HttpRequest) -> HttpResponse:
    """Foreign forces: who came when, where, left when, and how many they were said to be."""
    only(request)
    at, lang = moment(request), language(request)
    found = [
        {**actor_detail(row, at, lang), "deployments": stays_abroad(row)}
        for row in reading.actor_documents(at.number)
        if stays_abroad(row)
    ]
    found.sort(key=lambda detail: min((stay["from"] or "9999" for stay in detail["deployments"]), default=""))
    forces = [force(detail, request, lang) for detail in found]
    chart = force_chart.drawn(forces, last_day(at, request), lang)
    return render(request, "foreign_forces.html", {**frame(request, at), "chart": chart, "forces": forces})


def force(detail: Row, request: HttpRequest, lang: str) -> Row:
    """One force in words and as its chart needs it."""
    stays = sorted(detail["deployments"], key=lambda stay: stay["from"] or "")
    facts = sorted(detail["milestones"], key=lambda fact: fact["date"])
    months = lens.timeline(incidents_of(detail["slug"], request), "month", None, "incidents")
    incidents = sum(month["incidents"] for month in months)
    return {
        "slug": detail["slug"],
        "name": detail["name"],
        "url": actor_url(detail["slug"], request),
        "kind_words": label(ActorKind, detail["kind"], lang),
        "deployments": [{**stay_words(stay, lang), "from": stay["from"], "to": stay["to"]} for stay in stays],
        "strength": [{**strength_words(said, lang), "when": said["on"]} for said in detail["strength"]],
        "milestones": [{**milestone_words(fact, lang), "when": fact["date"]} for fact in facts],
        "months": months,
        "incidents": say(lang, "list.incidents", n=incidents) if incidents else "",
        "map_url": dashboard_url(detail["slug"], request),
    }


# --- milestones ---


@require_safe
@conditional_page
@page
def milestones(request: HttpRequest) -> HttpResponse:
    """Milestones and deployments as plain lists; the dashboard lays them along its timeline."""
    only(request)
    at, lang = moment(request), language(request)
    rows = reading.actor_documents(at.number)
    context = {
        "facts": facts_of(rows, request, lang),
        "forces": [spans_of(row, request, lang) for row in by_arrival(rows)],
    }
    return render(request, "milestones.html", {**frame(request, at), **context})


def by_arrival(rows: Iterable[Row]) -> list[Row]:
    """Foreign forces in the order in which they came."""
    abroad = [row for row in rows if stays_abroad(row)]
    return sorted(abroad, key=lambda row: min(stay["from"] or "9999" for stay in stays_abroad(row)))


def facts_of(rows: Iterable[Row], request: HttpRequest, lang: str) -> list[Row]:
    """Dated facts in order: milestones of foreign forces, turning points of others, agreements."""
    found = {}
    for row in rows:
        for fact in row["document"]["milestones"]:
            if stays_abroad(row) or fact["kind"] in TURNING_POINTS:
                known = dated(fact["date"], text_in(fact["titles"], lang), row, request, lang)
                found[row["slug"], fact["date"], known["title"]] = known
        for agreement in row["document"]["agreements"]:
            for fact in signed_and_ended(agreement, row, request, lang):
                # Every party's document tells of it; the first party's page is where the tick leads.
                found.setdefault(("", fact["from"], fact["title"]), {**fact, "who": ""})
    return sorted(found.values(), key=lambda fact: (fact["from"], fact["title"]))


def signed_and_ended(agreement: Row, row: Row, request: HttpRequest, lang: str) -> list[Row]:
    """The beginning and the end of an agreement, as far as they are known."""
    title = text_in(agreement["titles"], lang)
    return [
        dated(agreement[end], say(lang, f"tracks.{end}", title=title), row, request, lang)
        for end in ("signed", "ended")
        if agreement[end]
    ]


def dated(when: str, title: str, row: Row, request: HttpRequest, lang: str) -> Row:
    """One fact: the days it can mean, its words, whose it is."""
    day = partial(when)
    assert day is not None
    return {
        "from": day.first_day.isoformat(),
        "to": day.last_day.isoformat(),
        "when": day_words(when, lang),
        "title": title,
        "who": row[f"name_{lang}"],
        "url": actor_url(row["slug"], request),
    }


def spans_of(row: Row, request: HttpRequest, lang: str) -> Row:
    """One force: name, stays in words, and the spans of time in which it was anywhere."""
    stays = sorted(stays_abroad(row), key=lambda stay: stay["from"] or "")
    return {
        "name": row[f"name_{lang}"],
        "short": short_name(row, lang),
        "url": actor_url(row["slug"], request),
        "words": "; ".join(
            f"{country_name(stay['host'], lang)} {years_words(stay['from'], stay['to'], lang)}".strip()
            for stay in stays
        ),
        "spans": " ".join(f"{start or ''}/{end or ''}" for start, end in joined(stays)),
    }


def short_name(row: Row, lang: str) -> str:
    """The name as a bar bears it: the acronym of a long one, where there is one."""
    name = str(row[f"name_{lang}"])
    if len(name) <= LONG_NAME:
        return name
    acronyms = [known for known in row["document"]["names"] if known["kind"] == NameKind.ACRONYM]
    acronyms.sort(key=lambda known: known["lang"] != lang)
    return acronyms[0]["text"] if acronyms else name


def joined(stays: Iterable[Row]) -> list[Span]:
    """[(first day or None, last day or None)] of stays, those that touch as one; None: not known, or still there.

    Stays whose beginnings are not known are one: they say nothing of the time before their ends.
    """
    spans: list[Span] = []
    for stay in stays:
        start, end = partial(stay["from"]), partial(stay["to"])
        span = (
            start.first_day.isoformat() if start else None,
            end.last_day.isoformat() if end else None,
        )
        before = spans[-1] if spans else None
        if before and touches(before, span):
            ends = (before[1], span[1])
            spans[-1] = (before[0], None if None in ends else max(end for end in ends if end))
        else:
            spans.append(span)
    return spans


def touches(before: Span, span: Span) -> bool:
    """Whether a span goes on from the one before; those whose beginnings are not known are one."""
    if before[0] is None or span[0] is None:
        return before[0] is span[0]
    return before[1] is None or span[0] <= before[1]
