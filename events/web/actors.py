"""Actors: the list, and one actor."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_safe

from actors.codes import LINEAGE, ActorKind, DeploymentStatus, MilestoneKind, NameKind, RelationKind
from conflict.kit.messages import number, say
from events import lens
from events.answers.details import actor_detail, actor_summary
from events.claims.codes import Quantifier
from events.countries import country_name
from events.query.incidents import BoundQuery, IncidentQuery
from events.record import reading
from events.record.known import Known
from events.web import charts
from events.web.areas import PARAMETER, areas
from events.web.claims import safe
from events.web.page import carried, frame, language, moment, only, page
from events.words import day_words, label, years_words

# How far the lineage chart follows relations from the actor.
HOPS = 2
ANNOUNCED = (MilestoneKind.ANNOUNCEMENT, MilestoneKind.FOUNDING, MilestoneKind.DISSOLUTION)


@require_safe
@page
def index(request: HttpRequest) -> HttpResponse:
    """All actors by kind."""
    only(request)
    at, lang = moment(request), language(request)
    kinds: dict[str, list[dict[str, Any]]] = {kind: [] for kind in ActorKind.values()}
    for row in reading.actor_documents(at.number):
        kinds[row["kind"]].append(listed(actor_summary(row, lang), request, lang))
    groups = [
        {"title": label(ActorKind, kind, lang), "actors": by_name(found)}
        for kind, found in kinds.items()
        if found
    ]
    return render(request, "actors.html", {**frame(request, at), "groups": groups})


def by_name(actors: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """In the order of names."""
    return sorted(actors, key=lambda entry: str(entry["name"]).casefold())


def listed(actor: dict[str, Any], request: HttpRequest, lang: str) -> dict[str, Any]:
    """An actor in the list: name, acronyms, years."""
    short = [name["text"] for name in actor["names"] if name["kind"] == NameKind.ACRONYM]
    return {
        "name": actor["name"],
        "short": ", ".join(dict.fromkeys(text for text in short if text != actor["name"])),
        "years": years_words(actor["founded"], actor["dissolved"], lang),
        "url": actor_url(actor["slug"], request),
    }


def actor_url(slug: str, request: HttpRequest) -> str:
    """The address of an actor's page."""
    return reverse("web:actor", args=[slug]) + carried(request)


@require_safe
@page
def actor(request: HttpRequest, slug: str) -> HttpResponse:
    """One actor. A merged one leads to what it was merged into."""
    only(request, PARAMETER)
    at, lang = moment(request), language(request)
    known = at.actors.by_slug.get(slug)
    if known is None:
        raise Http404(slug)
    if (now := at.actors.resolve(known.id)).slug != slug:
        return redirect(actor_url(now.slug, request), permanent=False)
    row = reading.actor_document(known.id, at.number)
    if row is None:
        raise Http404(slug)
    detail = actor_detail(row, at, lang)
    return render(request, "actor.html", {**frame(request, at), **described(detail, at, request, lang)})


def described(detail: dict[str, Any], at: Known, request: HttpRequest, lang: str) -> dict[str, Any]:
    """The context of an actor's page."""
    today = datetime.now(UTC).date()
    asked = incidents_of(detail["slug"], request)
    by_year = lens.timeline(asked, "year", None)
    map_url = dashboard_url(detail["slug"], request)
    return {
        "actor": {
            **detail,
            "kind_words": label(ActorKind, detail["kind"], lang),
            "country_words": country_name(detail["country"], lang) if detail["country"] else "",
            "founded_words": day_words(detail["founded"], lang) if detail["founded"] else "",
            "dissolved_words": day_words(detail["dissolved"], lang) if detail["dissolved"] else "",
            "map_url": map_url,
            "incidents_words": say(lang, "actors.incidents", name=detail["name"]),
        },
        "names": [name_words(name, lang) for name in detail["names"]],
        "lineage": charts.lifelines(kin(detail["slug"], at, request, lang), detail["slug"], today),
        "relations": relations(detail, request, lang),
        "stays": charts.deployments([force(detail, lang)], today),
        "deployments": [stay_words(stay, lang) for stay in detail["deployments"]],
        "strength": [strength_words(said, lang) for said in detail["strength"]],
        "milestones": [
            milestone_words(fact, lang) for fact in sorted(detail["milestones"], key=lambda m: m["date"])
        ],
        "areas": areas(asked, request, map_url, lang),
        "years": charts.years(by_year, "incidents", "incidents", lang),
        "deaths": charts.years(
            [row for row in by_year if row["fatalities_high"]], "fatalities_low", "fatalities_high", lang
        ),
        "sources": [source_words(entry, lang) for entry in detail["sources"]],
    }


def incidents_of(slug: str, request: HttpRequest) -> BoundQuery:
    """The incidents with this actor, as known at the time that the address names."""
    asked = [("actor", slug)] + ([("as_of", request.GET["as_of"])] if request.GET.get("as_of") else [])
    return IncidentQuery.read(asked).bound()


def dashboard_url(slug: str, request: HttpRequest) -> str:
    """The dashboard with this actor chosen."""
    kept = carried(request)
    return f"{reverse('web:dashboard')}{kept}{'&' if kept else '?'}actor={slug}"


def name_words(name: dict[str, Any], lang: str) -> dict[str, str]:
    """One name with its kind and years."""
    return {
        "text": name["text"],
        "lang": name["lang"],
        "kind": label(NameKind, name["kind"], lang),
        "years": years_words(name["from"], name["to"], lang),
    }


def kin(slug: str, at: Known, request: HttpRequest, lang: str) -> list[dict[str, Any]]:
    """The actor and those that lineage joins to it within a few steps, with their links to each other."""
    rows = {row["slug"]: row for row in reading.actor_documents(at.number)}
    steps = {name: lineage_steps(row, at, lang) for name, row in rows.items()}
    near = {slug}
    for _ in range(HOPS):
        near |= {step["to"] for name in near for step in steps.get(name, [])} | {
            name for name, found in steps.items() for step in found if step["to"] in near
        }
    return [
        {
            "slug": name,
            "name": rows[name][f"name_{lang}"],
            "url": actor_url(name, request),
            "founded": rows[name]["document"]["founded"],
            "dissolved": rows[name]["document"]["dissolved"],
            "links": [step for step in steps[name] if step["to"] in near and step["to"] in rows],
        }
        for name in sorted(near)
        if name in rows
    ]


def lineage_steps(row: dict[str, Any], at: Known, lang: str) -> list[dict[str, Any]]:
    """An actor's own lineage relations."""
    return [
        {
            "to": at.actors.resolve(entry["actor"]).slug,
            "from": entry["from"],
            "words": f"{row[f'name_{lang}']}: {label(RelationKind, entry['kind'], lang)} {at.actors.resolve(entry['actor']).name(lang)}",
        }
        for entry in row["document"]["relations"]
        if entry["kind"] in LINEAGE and entry["actor"] in at.actors.by_id
    ]


def relations(detail: dict[str, Any], request: HttpRequest, lang: str) -> list[dict[str, Any]]:
    """All relations, from this actor and to it, in order of their beginning."""
    found = [(entry, True) for entry in detail["relations"]] + [
        (entry, False) for entry in detail["relations_to"]
    ]
    return [
        {
            "from_here": outward,
            "kind": label(RelationKind, entry["kind"], lang),
            "name": entry["actor"]["name"],
            "url": actor_url(entry["actor"]["slug"], request),
            "years": years_words(entry["from"], entry["to"], lang),
            "note": entry["note"],
            "sources": [source_words(source, lang) for source in entry["sources"]],
        }
        for entry, outward in sorted(found, key=lambda pair: pair[0]["from"] or "")
    ]


def force(detail: dict[str, Any], lang: str) -> dict[str, Any]:
    """What the deployment chart needs of one force."""
    return {
        "slug": detail["slug"],
        "name": detail["name"],
        "stays": [
            {
                "host": country_name(stay["host"], lang),
                "from": stay["from"],
                "to": stay["to"],
                "words": stay_words(stay, lang)["words"],
            }
            for stay in sorted(detail["deployments"], key=lambda stay: stay["from"] or "")
        ],
        "ticks": [fact for fact in detail["milestones"] if fact["kind"] in ANNOUNCED],
    }


def stay_words(stay: dict[str, Any], lang: str) -> dict[str, Any]:
    """One deployment in words."""
    host, years = country_name(stay["host"], lang), years_words(stay["from"], stay["to"], lang)
    status = label(DeploymentStatus, stay["status"], lang)
    return {
        "host": host,
        "years": years,
        "status": status,
        "words": ", ".join(text for text in (host, years, status.lower()) if text),
        "places": ", ".join(place["name"] for place in stay["places"]),
        "note": stay["note"],
        "sources": [source_words(source, lang) for source in stay["sources"]],
    }


def strength_words(said: dict[str, Any], lang: str) -> dict[str, Any]:
    """One statement on strength: the number as it was put, by whom, about whom jointly."""
    given = [number(lang, n) for n in dict.fromkeys((said["low"], said["high"])) if n is not None]
    quantifier = (
        ""
        if said["quantifier"] in (Quantifier.EXACT, Quantifier.BETWEEN)
        else label(Quantifier, said["quantifier"], lang)
    )
    names = ", ".join(other["name"] for other in said["with"])
    return {
        "number": " ".join(text for text in (quantifier, "–".join(given)) if text),
        "phrase": said["phrase"],
        "on": day_words(said["on"], lang) if said["on"] else "",
        "host": country_name(said["host"], lang) if said["host"] else "",
        "claimant": said["claimant"],
        "who": said["claimant"] or reported_by(said, lang),
        "jointly": say(lang, "actors.strength_jointly", names=names) if names else "",
        "split": say(lang, "actors.split_unknown") if said["split_unknown"] else "",
        "sources": [source_words(source, lang) for source in said["sources"]],
    }


def reported_by(said: dict[str, Any], lang: str) -> str:
    """The outlet whose own figure it is, where nobody is quoted: no number stands without who says it."""
    outlets = [source["outlet"] for source in said["sources"]]
    return say(lang, "actors.reported_by", outlet=outlets[0]) if outlets else say(lang, "actors.unknown")


def milestone_words(fact: dict[str, Any], lang: str) -> dict[str, Any]:
    """One dated fact."""
    return {
        "date": day_words(fact["date"], lang),
        "kind": label(MilestoneKind, fact["kind"], lang),
        "title": fact["title"],
        "sources": [source_words(source, lang) for source in fact["sources"]],
    }


def source_words(entry: dict[str, Any], lang: str) -> dict[str, str]:
    """A source: outlet, day, title, address."""
    day = day_words(entry["date"], lang) if entry.get("date") else ""
    return {
        "words": ", ".join(text for text in (entry["outlet"], day) if text),
        "title": entry.get("title", ""),
        "url": safe(entry.get("url")),
        "language": entry.get("language", ""),
    }
