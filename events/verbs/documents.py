"""What one version of an incident or actor says in the record, built from the desk.

`incident_row` is the one builder; the bulk importer writes the same shape in SQL, and a test holds the two equal.
Actors stand in it by id and the label used, never by name.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from actors.documents import actor_document, by_language, display_name
from actors.models import Actor
from events.claims import model as rule_model
from events.claims.codes import ClaimantKind, ClaimStatus, Scope
from events.claims.figures import Estimate
from events.claims.rules import estimate
from events.codes import GRID_DEGREES, LocationPrecision, Sensitivity, SourceKind
from events.models import Claim, Evidence, Incident
from events.record.columns import actor_roles
from events.standing import SIDES, standing

PREFETCH = (
    "participations__actor",
    "claims__about",
    "claims__claimant_actor",
    "claims__claimant_person__affiliation",
    "claims__claimant_source",
    "evidence",
    "group",
    "follows",
    "dataset",
)
# How the record names a source whose identity stays on the desk.
NOT_NAMED = {"name": "A source known to the editors", "slug": "not-named"}


def actor_row(actor: Actor) -> dict[str, Any]:
    """The columns of one actor version (keys of `ACTOR_COLUMNS`)."""
    return {
        "actor": actor.pk,
        "slug": actor.slug,
        "state": "published",
        "target": None,
        "kind": actor.kind,
        "country": actor.country or None,
        "name_en": display_name(actor, "en"),
        "name_fr": display_name(actor, "fr"),
        "document": actor_document(actor),
    }


def incident_row(incident: Incident) -> dict[str, Any]:
    """The columns of one incident version (keys of `INCIDENT_COLUMNS`, and the texts that search looks through)."""
    claims = accepted_claims(incident)
    figures = estimate([as_rule_claim(claim, incident) for claim in claims])
    parts = [(part.actor_id, part.role) for part in incident.participations.all()]
    longitude, latitude = public_point(incident)
    return {
        "incident": incident.pk,
        "id": incident.public_id,
        "state": "published",
        "target": None,
        "event_type": incident.event_type,
        "event_subtype": incident.event_subtype or None,
        "date_start": incident.date_start.isoformat(),
        "date_end": incident.date_end.isoformat(),
        "date_precision": incident.date_precision,
        **place_columns(incident),
        "longitude": longitude,
        "latitude": latitude,
        "participants": participants(incident),
        "actor_roles": actor_roles(parts),
        **figure_columns(figures),
        "civilian_targeting": incident.civilian_targeting,
        "verification": incident.verification,
        "dataset": incident.dataset.slug if incident.dataset else None,
        "dataset_id": incident.external_id or None,
        "sources": sorted({source["outlet"] for source in incident.source_list}),
        "part_of": incident.group.public_id if incident.group else None,
        "title_en": incident.title_en,
        "title_fr": incident.title_fr,
        "document": incident_document(incident, claims, figures),
        **search_texts(incident),
    }


def accepted_claims(incident: Incident) -> list[Claim]:
    """The claims that count: accepted ones, in the order they were entered."""
    return sorted(
        (claim for claim in incident.claims.all() if claim.status == ClaimStatus.ACCEPTED), key=lambda c: c.pk
    )


def place_columns(incident: Incident) -> dict[str, Any]:
    """Country, units and place; empty texts become null."""
    names = ("admin1", "admin2", "admin3", "admin1_name", "admin2_name")
    return {
        "country": incident.country,
        **{name: getattr(incident, name) or None for name in names},
        "place": incident.place_name or None,
        "location_precision": incident.location_precision,
    }


def public_point(incident: Incident) -> tuple[float | None, float | None]:
    """(longitude, latitude) as the record shows it: a fixed grid cell by sensitivity; none where only the country is known.

    A dataset's own point is public already and stays as its publisher gives it.
    """
    if incident.point is None or incident.location_precision == LocationPrecision.COUNTRY:
        return None, None
    if incident.sensitivity == Sensitivity.UNIT:
        return None, None
    if incident.dataset_id is not None:
        return incident.point.x, incident.point.y
    cell = GRID_DEGREES[Sensitivity(incident.sensitivity)]
    return round(round(incident.point.x / cell) * cell, 4), round(round(incident.point.y / cell) * cell, 4)


def participants(incident: Incident) -> list[list[Any]]:
    """[[actor id, role, label used, confidence], …] in the order of entry."""
    parts = sorted(incident.participations.all(), key=lambda part: part.pk)
    return [[part.actor_id, part.role, part.label_used, part.confidence] for part in parts]


def figure_columns(figures: Estimate) -> dict[str, Any]:
    """Deaths by the rule `reported`."""
    return {
        "fatalities_low": figures.low,
        "fatalities_best": figures.best,
        "fatalities_high": figures.high,
        "open_ended": figures.open_ended,
        "contested": figures.contested,
        "claims": figures.claims,
        "claimants": figures.claimants,
    }


def search_texts(incident: Incident) -> dict[str, str]:
    """What full-text search looks through, by weight."""
    labels = [part.label_used for part in incident.participations.all()]
    return {
        "search_title": f"{incident.title_en} {incident.title_fr}",
        "search_place": f"{incident.place_name} {incident.admin1_name} {incident.admin2_name}",
        "search_text": " ".join([*labels, incident.summary_en, incident.summary_fr]),
    }


def incident_document(incident: Incident, claims: list[Claim], figures: Estimate) -> dict[str, Any]:
    """Everything about an incident that has no column of its own."""
    numbers = {claim.pk: number for number, claim in enumerate(claims, start=1)}
    return {
        "titles": by_language(incident.title_en, incident.title_fr),
        "summaries": by_language(incident.summary_en, incident.summary_fr),
        "outcome": incident.outcome or None,
        "claims": [claim_entry(claim, numbers) for claim in claims],
        "estimates": {
            "rule": figures.rule,
            "version": figures.version,
            "victims": [victim_entry(victims, numbers) for victims in figures.victims],
        },
        "evidence": [evidence_entry(item) for item in incident.evidence.all()],
        "sources": incident.source_list,
        "group": group_entry(incident),
        "follows": incident.follows.public_id if incident.follows else None,
        "dataset": dataset_entry(incident),
        "boundary_vintage": incident.boundary_vintage or None,
    }


def claim_entry(claim: Claim, numbers: dict[int, int]) -> dict[str, Any]:
    """One claim; `id` is its number within the incident, `about` the victims' actor ids (empty: whole incident)."""
    return {
        "id": numbers[claim.pk],
        "claimant": claimant_entry(claim),
        "relayed_by": claim.relayed_by or None,
        "stance": claim.stance,
        "measure": claim.measure,
        "item_class": claim.item_class or None,
        "about": sorted(victim.pk for victim in claim.about.all()),
        "quantifier": claim.quantifier,
        "low": claim.low,
        "best": claim.best,
        "high": claim.high,
        "phrase": claim.phrase,
        "phrase_lang": claim.phrase_lang or None,
        "scope": claim.scope,
        "verification": claim.verification,
        "supersedes": numbers.get(claim.supersedes_id) if claim.supersedes_id else None,
        "note": claim.note,
    }


def claimant_entry(claim: Claim) -> dict[str, Any]:
    """Who makes the claim: an actor, a person with role and affiliation, or a source."""
    if claim.claimant_actor_id:
        return {"kind": "actor", "actor": claim.claimant_actor_id}
    if claim.claimant_person:
        person = claim.claimant_person
        roles = by_language(person.role_en, person.role_fr)
        return {"kind": "person", "name": person.name, "roles": roles, "actor": person.affiliation_id}
    source = claim.claimant_source
    kind = "dataset" if source.kind == SourceKind.DATASET else "source"
    if not source.public:
        return {"kind": kind, **NOT_NAMED, "grade": source.grade or None}
    return {"kind": kind, "name": source.name, "slug": source.slug, "grade": source.grade or None}


def victim_entry(victims: Any, numbers: dict[int, int]) -> dict[str, Any]:
    """The derived range of one set of victims."""
    return {
        "about": sorted(int(key) for key in victims.about),
        "low": victims.low,
        "best": victims.best,
        "high": victims.high,
        "open_ended": victims.open_ended,
        "contested": victims.contested,
        "basis": victims.basis.clause.value,
        "claims": sorted(numbers[claim] for claim in victims.basis.claims),
    }


def evidence_entry(item: Evidence) -> dict[str, Any]:
    """One piece of media, with who said whether it is verified."""
    return {
        "kind": item.kind,
        "descriptions": by_language(item.description_en, item.description_fr),
        "url": item.url or None,
        "verification": item.verification,
        "said_by": item.said_by or None,
        "relayed_by": item.relayed_by or None,
    }


def group_entry(incident: Incident) -> dict[str, Any] | None:
    """The battle this incident belongs to."""
    group = incident.group
    if group is None:
        return None
    return {
        "id": group.public_id,
        "titles": by_language(group.title_en, group.title_fr),
        "summaries": by_language(group.summary_en, group.summary_fr),
    }


def dataset_entry(incident: Incident) -> dict[str, Any] | None:
    """The dataset the incident came from, with its licence and attribution."""
    source = incident.dataset
    if source is None:
        return None
    return {
        "slug": source.slug,
        "id": incident.external_id,
        "release": incident.dataset_release or None,
        "licence": source.licence,
        "attribution": source.attribution,
    }


def as_rule_claim(claim: Claim, incident: Incident) -> rule_model.Claim:
    """The claim as the derivation rules see it; victims and claimants by key."""
    key, kind, grade = voice(claim, incident)
    return rule_model.Claim(
        id=claim.pk,
        claimant=key,
        claimant_kind=kind,
        stance=claim.stance,
        measure=claim.measure,
        about=frozenset(str(victim.pk) for victim in claim.about.all()),
        quantifier=claim.quantifier,
        low=claim.low,
        high=claim.high,
        verification=claim.verification,
        grade=grade,
        status=claim.status,
        scope=Scope(claim.scope),
        best=claim.best,
        item_class=claim.item_class,
        supersedes=claim.supersedes_id,
    )


def voice(claim: Claim, incident: Incident) -> tuple[str, str, str]:
    """(key, kind, grade) of who speaks: a spokesman is the voice of the actor he speaks for."""
    if claim.claimant_source:
        kind = (
            ClaimantKind.DATASET
            if claim.claimant_source.kind == SourceKind.DATASET
            else ClaimantKind.INDEPENDENT
        )
        return f"source:{claim.claimant_source.slug}", kind, claim.claimant_source.grade
    person = claim.claimant_person
    actor = person.affiliation if person else claim.claimant_actor
    if actor is None:
        return f"person:{person.name}", ClaimantKind.INDEPENDENT, ""
    return f"actor:{actor.slug}", actor_stands(actor, incident.participations.all()), ""


def actor_stands(actor: Actor, parts: Iterable[Any]) -> str:
    """Where the actor stands towards an incident with these participations."""
    taking_part = any(part.actor_id == actor.pk and part.role in SIDES for part in parts)
    return standing(actor.kind, taking_part)
