"""The dashboard, the plain list and the page of one incident."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_safe

from conflict.kit.messages import flat, say, texts
from events import words
from events.answers.details import incident_detail
from events.claims.codes import ClaimVerification
from events.codes import (
    DatePrecision,
    EventType,
    IncidentVerification,
    LocationPrecision,
    Outcome,
    PublicationKind,
    Role,
)
from events.record import reading
from events.web.claims import safe, side_by_side
from events.web.listing import listing, row_words
from events.web.locator import locator
from events.web.page import carried, frame, language, moment, only, page

# Sections of the texts that the dashboard's scripts say.
SPOKEN = ("timeline", "sheet", "state", "map", "list", "tracks")


@require_safe
@page
def dashboard(request: HttpRequest) -> HttpResponse:
    """Map, timeline, filters and list of one query."""
    context = {**listing(request), **for_scripts(request)}
    return render(request, "dashboard.html", context, status=context.get("status", 200))


@require_safe
@page
def plain_list(request: HttpRequest) -> HttpResponse:
    """The same query as a plain page, without scripts."""
    context = listing(request)
    return render(request, "incidents.html", context, status=context.get("status", 200))


def for_scripts(request: HttpRequest) -> dict[str, Any]:
    """What the dashboard's scripts need: where tiles and timeline are, texts, the legend's types."""
    lang = language(request)
    return {
        "tiles_url": "/tiles/incidents/{z}/{x}/{y}.mvt",
        "timeline_url": "/api/v1/timeline",
        "raster": settings.TILE_URL,
        "raster_credit": settings.TILE_ATTRIBUTION,
        "words": flat(lang, *SPOKEN),
        "types": [{"value": kind.value, "label": kind.label_in(lang)} for kind in EventType],
    }


@require_safe
@page
def incident(request: HttpRequest, public_id: str) -> HttpResponse:
    """One incident: who says what, side by side. A merged one leads to what it was merged into; a retracted one is gone."""
    only(request)
    at, lang = moment(request), language(request)
    row = reading.version_of(public_id, at.number)
    if row is None:
        raise Http404(public_id)
    if row["state"] == "merged":
        return redirect(reverse("web:incident", args=[row["target"]]) + carried(request), permanent=False)
    if row["state"] != "published":
        return render(request, "gone.html", {**frame(request, at), "public_id": public_id}, status=410)
    detail = incident_detail(row, at, lang)
    return render(request, "incident.html", {**frame(request, at), **full(detail, request, lang)})


def full(detail: dict[str, Any], request: HttpRequest, lang: str) -> dict[str, Any]:
    """The context of an incident's page."""
    return {
        "incident": heading(detail, request, lang),
        "locator": locator(detail),
        "sides": [side(part, request, lang) for part in detail["actors"]],
        "groups": side_by_side(detail, lang),
        "evidence": [evidence(item, lang) for item in detail["evidence"]],
        "group": battle(detail, request, lang),
        "sources": [source(entry, lang) for entry in detail["source_list"]],
        "versions": [version(entry, lang) for entry in detail["versions"]],
        "json_url": f"/api/v1/incidents/{detail['id']}{carried(request)}",
    }


def heading(detail: dict[str, Any], request: HttpRequest, lang: str) -> dict[str, Any]:
    """The incident's own facts in words."""
    where, precision = words.where_words(detail, lang), words.precision_words(detail, lang)
    summaries = detail["summaries"]
    dataset = detail["dataset"] if words.is_coded(detail) else None
    return {
        **row_words(detail, request, lang),
        "summary_lang": lang if lang in summaries else next(iter(summaries), lang),
        "date_words": ""
        if detail["date_precision"] == DatePrecision.DAY
        else words.label(DatePrecision, detail["date_precision"], lang),
        "precision": precision,
        "verification_words": words.label(IncidentVerification, detail["verification"], lang),
        "outcome_words": words.label(Outcome, detail["outcome"], lang),
        "dataset_words": say(lang, "incident.imported", dataset=words.DATASETS.get(dataset, dataset))
        if dataset
        else "",
        "map_alt": say(
            lang,
            "incident.map_alt",
            place=where,
            precision=precision or words.label(LocationPrecision, "exact", lang),
        ),
        "rule_words": say(lang, "incident.rule", rule=detail["rule"]),
        "cite": cite(detail, request, lang),
    }


def side(part: dict[str, Any], request: HttpRequest, lang: str) -> dict[str, Any]:
    """One participant and what the sources called it."""
    same = part["label_used"] in ("", part["name"])
    return {
        "name": part["name"],
        "url": reverse("web:actor", args=[part["slug"]]) + carried(request),
        "role_words": words.label(Role, part["role"], lang),
        "said_as": "" if same else say(lang, "incident.said_as", label=part["label_used"]),
    }


def evidence(item: dict[str, Any], lang: str) -> dict[str, Any]:
    """One piece of media; who says how far it is verified."""
    said = [words.label(ClaimVerification, item["verification"], lang)]
    said += [say(lang, "incident.said_by", who=item["said_by"])] if item["said_by"] else []
    return {"words": item["description"] or item["kind"], "url": safe(item["url"]), "said": " · ".join(said)}


def battle(detail: dict[str, Any], request: HttpRequest, lang: str) -> dict[str, Any] | None:
    """The battle in its sequence."""
    found = detail["group"]
    if found is None:
        return None
    steps = [
        {
            "title": step["title"],
            "when": words.span_words(step["date_start"], step["date_end"], lang),
            "url": reverse("web:incident", args=[step["id"]]) + carried(request),
            "here": step["id"] == detail["id"],
        }
        for step in found["incidents"]
    ]
    return {**found, "steps": steps}


def source(entry: dict[str, Any], lang: str) -> dict[str, Any]:
    """One source as it is listed."""
    return {
        "outlet": entry["outlet"],
        "title": entry.get("title") or entry["outlet"],
        "url": safe(entry.get("url")),
        "when": words.day_words(entry["date"], lang) if entry.get("date") else "",
        "language": entry.get("language", ""),
        "grade": say(lang, "incident.grade", grade=entry["grade"]) if entry.get("grade") else "",
    }


def version(entry: dict[str, Any], lang: str) -> dict[str, str]:
    """One version: number, day, kind and reason of its publication."""
    parts = [
        say(lang, "incident.version", n=entry["version"]),
        words.day_words(entry["at"][:10], lang),
        words.label(PublicationKind, entry["kind"], lang).lower(),
        say(lang, "incident.publication", n=entry["publication"]),
    ]
    return {"words": " · ".join(parts), "reason": entry["reason"]}


def cite(detail: dict[str, Any], request: HttpRequest, lang: str) -> str:
    """A citation of this version: title, id, version, publication, address."""
    address = request.build_absolute_uri(reverse("web:incident", args=[detail["id"]]))
    known = detail["versions"][-1]
    parts = [
        f"“{detail['title']}”",
        detail["id"],
        say(lang, "incident.version", n=detail["version"]).lower(),
        say(lang, "incident.publication", n=known["publication"]),
    ]
    name, day = texts(lang)["site"]["name"], words.day_words(known["at"][:10], lang)
    return f"{name}. {', '.join(parts)} ({day}). {address}?as_of={known['publication']}"
