"""propose: what extraction read in a report becomes drafts with pending claims, and proposals for an editor.

Takes the extraction as plain JSON (`Extraction.as_json`). Nothing here publishes, and nothing an editor has set is
touched: every incident opened here is a new draft. What a further report adds to a known one: `attaching`.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from django.contrib.gis.geos import Point
from django.db import transaction
from django.utils import timezone

from actors.documents import display_name
from actors.models import Actor, Person
from conflict.kit.text import slug as slug_of
from events.codes import Confidence, EventSubtype, LocationPrecision, ReportState, Role
from events.models import (
    Claim,
    Evidence,
    Incident,
    IncidentGroup,
    Participation,
    Proposal,
    Report,
    Source,
    Trace,
)
from events.verbs.facts import FACTS, tells_facts
from events.verbs.reporting import finish
from events.verbs.tracing import trace, traced

Entry = dict[str, Any]
Cast = Mapping[str, Actor]
CITATION = "report"


@transaction.atomic(savepoint=False)
def propose(
    report: Report,
    extraction: Entry,
    cast: Cast,
    matches: Sequence[Sequence[Entry]] = (),
    known: Sequence[Incident | None] = (),
) -> list[Proposal]:
    """Open a draft per incident found, each with its proposal, and one for the facts about actors that the report
    tells beside; a report without any is kept as such.

    `cast` as `cast_of` gives it. `matches` are for each incident the known incidents that it may be, best first;
    `known` the one that it is, which then gets the proposal instead of a draft.
    """
    tells = bool(extraction["incidents"]) or tells_facts(extraction)
    if not finish(report, ReportState.PROPOSED if tells else ReportState.NOTHING):
        return []
    group = None if any(known) else open_group(report, extraction)
    incidents: list[Incident | None] = []
    proposals = []
    for number, found in enumerate(extraction["incidents"]):
        attached = known[number] if number < len(known) else None
        incidents.append(attached or open_draft(report, extraction, found, group, incidents, cast))
        match = {"candidates": list(matches[number]) if number < len(matches) else []}
        match |= {"attached": True} if attached else {}
        row = Proposal(
            report=report, number=number + 1, incident=incidents[-1], extraction=extraction, match=match
        )
        proposals.append(row)
    if tells_facts(extraction):
        proposals.append(Proposal(report=report, number=FACTS, extraction=extraction, match={}))
    keep_proposals(proposals)
    return proposals


def keep_proposals(proposals: Sequence[Proposal]) -> None:
    """Save the proposals of a report, each with everything that was found in it and what its incident may be already."""
    Proposal.objects.bulk_create(proposals)
    Trace.objects.bulk_create(
        traced("propose", row, role="worker", change={"incident": row.incident_id}) for row in proposals
    )


def cast_of(extraction: Entry) -> Cast:
    """Every actor that an extraction names and the desk knows, by slug."""
    slugs = {slug for found in extraction["incidents"] for slug, _ in found["actors"]}
    for claim in extraction["claims"]:
        slugs |= {*claim["about"], claim["claimant"]["slug"]}
    return {actor.slug: actor for actor in Actor.objects.filter(slug__in=slugs - {""})}


def open_group(report: Report, extraction: Entry) -> IncidentGroup | None:
    """One battle for incidents that belong together."""
    if not extraction["group"] or len(extraction["incidents"]) < 2:
        return None
    field = "title_fr" if report.language == "fr" else "title_en"
    titles = {"title_en": report.title[:300]} | {field: report.title[:300]}
    return IncidentGroup.objects.create(**titles)


def open_draft(
    report: Report,
    extraction: Entry,
    found: Entry,
    group: IncidentGroup | None,
    drafts: list[Incident | None],
    cast: Cast,
) -> Incident | None:
    """The draft of one incident with participants, pending claims and evidence; None without a country to put it in."""
    country = (found["place"] or {}).get("country") or extraction["country"]
    if not country:
        return None
    follows = (
        drafts[found["follows"]] if found["follows"] is not None and found["follows"] < len(drafts) else None
    )
    draft = Incident.objects.create(
        country=country,
        group=group,
        follows=follows,
        source_list=[citation(report)],
        **what(found),
        **titles(found),
        **when(report, found),
        **where(found),
    )
    Participation.objects.bulk_create(participants(draft, extraction, found, cast))
    entries = [extraction["claims"][index] for index in found["claims"]]
    add_claims([(claim_row(draft, report, entry, cast), entry) for entry in entries], cast)
    if not any(drafts):
        Evidence.objects.bulk_create(evidence(draft, extraction))
    trace("draft", draft, role="worker", reason=f"proposed from report {report.pk}")
    return draft


def what(found: Entry) -> Entry:
    """What happened, and how it ended."""
    return {name: found[name] for name in ("event_type", "event_subtype", "outcome")}


def citation(report: Report) -> Entry:
    """How the incident cites this report."""
    return {
        "key": CITATION,
        "outlet": report.source.name,
        "title": report.title,
        # A folder's or mailbox's own address is nothing that a reader could open.
        "url": report.url if report.url.startswith(("http://", "https://")) else "",
        "date": (report.published_at or report.fetched_at).date().isoformat(),
        "language": report.language,
    }


def titles(found: Entry) -> Entry:
    """Working titles: kind and place; an editor writes the sentence."""
    place = (found["place"] or {}).get("name", "")
    kind = EventSubtype.of(found["event_subtype"]) if found["event_subtype"] else None
    en, fr = (kind.en, kind.fr) if kind else ("Incident", "Incident")
    return {
        "title_en": f"{en} near {place}" if place else en,
        "title_fr": f"{fr} près de {place}" if place else fr,
    }


def when(report: Report, found: Entry) -> Entry:
    """The days found, else the report's own day with a note."""
    day = found["date"]
    if day:
        return {"date_start": day["first"], "date_end": day["last"], "date_precision": day["precision"]}
    told = (report.published_at or report.fetched_at or timezone.now()).date()
    note = "No date was found in the report; its own date stands here."
    return {"date_start": told, "date_end": told, "date_precision": "week", "internal_note": note}


def where(found: Entry) -> Entry:
    """The place found, else the country alone."""
    place = found["place"]
    if not place:
        return {"location_precision": LocationPrecision.COUNTRY}
    located = place["longitude"] is not None
    return {
        "place_name": place["name"],
        "admin1": place["admin1"],
        "location_precision": place["precision"] if located else LocationPrecision.COUNTRY,
        "point": Point(place["longitude"], place["latitude"], srid=4326) if located else None,
    }


def participants(incident: Incident, extraction: Entry, found: Entry, cast: Cast) -> list[Participation]:
    """Everybody resolved to an actor, with the label the report used; not saved."""
    labels = {actor["slug"]: actor for actor in reversed(extraction["actors"])}
    return [
        Participation(
            incident=incident,
            actor=cast[slug],
            role=role,
            label_used=labels.get(slug, {}).get("label", "")[:300],
            confidence=confidence(labels.get(slug, {}).get("confidence", 0.5)),
        )
        for slug, role in dict.fromkeys(tuple(pair) for pair in found["actors"])
        if slug in cast and role in Role.values()
    ]


def confidence(share: float) -> str:
    """A share from 0 to 1 in three words."""
    return Confidence.HIGH if share >= 0.8 else Confidence.MEDIUM if share >= 0.5 else Confidence.LOW


def add_claims(claims: Sequence[tuple[Claim, Entry]], cast: Cast) -> None:
    """Save pending claims, each with the actors whom its entry is about."""
    Claim.objects.bulk_create([claim for claim, _ in claims])
    through = Claim.about.through
    through.objects.bulk_create(
        through(claim=claim, actor=cast[slug])
        for claim, entry in claims
        for slug in dict.fromkeys(entry["about"])
        if slug in cast
    )


def claim_row(incident: Incident, report: Report, entry: Entry, cast: Cast, key: str = CITATION) -> Claim:
    """A claim as the report has it, not saved; `key` is the citation of the incident that relays it."""
    return Claim(
        incident=incident,
        **claimant(report, entry["claimant"], cast),
        relayed_by=key,
        report=report,
        span_start=entry["start"],
        span_end=entry["end"],
        stance=entry["stance"],
        measure=entry["measure"],
        item_class=entry["item_class"],
        quantifier=entry["quantifier"],
        low=entry["low"],
        high=entry["high"],
        phrase=entry["phrase"][:300],
        phrase_lang=report.language,
        scope=entry["scope"],
        verification=entry["verification"],
        note=entry["note"][:500],
    )


def claimant(report: Report, entry: Entry, cast: Cast) -> Entry:
    """Who says it; the report's own outlet when nobody else is named."""
    actor = cast.get(entry["slug"])
    if entry["kind"] == "person" and entry["name"]:
        person, _ = Person.objects.get_or_create(
            name=entry["name"][:200], affiliation=actor, defaults={"role_en": entry["role"][:200]}
        )
        return {"claimant_person": person}
    if actor is not None:
        return {"claimant_actor": actor}
    if entry["kind"] == "source" and entry["name"] and slug_of(entry["name"]):
        source, _ = Source.objects.get_or_create(
            slug=slug_of(entry["name"]), defaults={"name": entry["name"][:200]}
        )
        return {"claimant_source": source}
    return {"claimant_source": report.source}


def evidence(draft: Incident, extraction: Entry, key: str = CITATION) -> list[Evidence]:
    """Media that the report speaks of; `key` as in `claim_row`."""
    shown_by = {item["shown_by"] for item in extraction["evidence"]}
    rows = Actor.objects.filter(slug__in=shown_by).prefetch_related("names")
    names = {row.slug: display_name(row, "en") for row in rows}
    return [
        Evidence(
            incident=draft,
            kind=item["kind"][:20],
            verification=item["verification"],
            said_by=names.get(item["shown_by"], item["shown_by"])[:200],
            relayed_by=key,
        )
        for item in extraction["evidence"]
    ]
