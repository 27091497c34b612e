"""An actor's public document, built from the desk: what one version in the record says.

Other actors are named by id, never by name, so that a renamed or merged actor shows everywhere at once.
"""

from __future__ import annotations

from typing import Any

from actors.codes import NameKind
from actors.dated import partial
from actors.models import Actor, ActorName


def actor_document(actor: Actor) -> dict[str, Any]:
    """The JSON document of one actor; dates are partial ISO dates (`2017`, `2017-03`, `2017-03-02`)."""
    return {
        "names": [name_entry(name) for name in actor.names.all()],
        "summaries": by_language(actor.summary_en, actor.summary_fr),
        "founded": iso(actor.founded_on),
        "dissolved": iso(actor.dissolved_on),
        "relations": [relation_entry(relation) for relation in actor.relations.all()],
        "deployments": [deployment_entry(deployment) for deployment in actor.deployments.all()],
        "strength": [strength_entry(actor, strength) for strength in actor.strengths.all()],
        "milestones": [milestone_entry(milestone) for milestone in actor.milestones.all()],
        "agreements": [agreement_entry(agreement) for agreement in actor.agreements.all()],
        "identifiers": [
            {"scheme": known.scheme, "id": known.external_id, "label": known.label}
            for known in actor.identifiers.all()
        ],
        "sources": actor.sources,
    }


def display_name(actor: Actor, lang: str) -> str:
    """The name to show: the official one of today in that language, else in English, else any, else the slug."""
    names = sorted(
        actor.names.all(), key=lambda name: (name.kind != NameKind.OFFICIAL, name.ends is not None, name.pk)
    )
    for wanted in (lang, "en"):
        for name in names:
            if name.lang == wanted and name.kind in (NameKind.OFFICIAL, NameKind.ACRONYM):
                return name.text
    return names[0].text if names else actor.slug


def iso(day: Any) -> str | None:
    """A partial date as text."""
    return None if day is None else str(day)


def by_language(en: str, fr: str) -> dict[str, str]:
    """Texts by language, without the empty ones."""
    return {lang: text for lang, text in (("en", en), ("fr", fr)) if text}


def name_entry(name: ActorName) -> dict[str, Any]:
    """One name with its validity."""
    return {
        "text": name.text,
        "lang": name.lang,
        "kind": name.kind,
        "from": iso(name.start),
        "to": iso(name.end),
    }


def relation_entry(relation: Any) -> dict[str, Any]:
    """One relation from this actor to another."""
    return {
        "kind": relation.kind,
        "actor": relation.object_id,
        "from": iso(relation.start),
        "to": iso(relation.end),
        "note": relation.note,
        "sources": relation.sources,
    }


def deployment_entry(deployment: Any) -> dict[str, Any]:
    """One deployment with its places; points are (longitude, latitude)."""
    return {
        "host": deployment.host,
        "status": deployment.status,
        "from": iso(deployment.start),
        "to": iso(deployment.end),
        "note": deployment.note,
        "places": [
            {
                "name": place.name,
                "longitude": place.point.x if place.point else None,
                "latitude": place.point.y if place.point else None,
                "from": iso(place.start),
                "to": iso(place.end),
            }
            for place in deployment.places.all()
        ],
        "sources": deployment.sources,
    }


def strength_entry(actor: Actor, strength: Any) -> dict[str, Any]:
    """One statement on strength; `with` lists the other actors it is about jointly."""
    return {
        "with": sorted(other.pk for other in strength.actors.all() if other.pk != actor.pk),
        "host": strength.host or None,
        "on": iso(strength.day),
        "low": strength.low,
        "high": strength.high,
        "quantifier": strength.quantifier,
        "phrase": strength.phrase,
        "split_unknown": strength.split_unknown,
        "claimant": strength.claimant,
        "sources": strength.sources,
    }


def milestone_entry(milestone: Any) -> dict[str, Any]:
    """One dated fact."""
    return {
        "date": iso(milestone.day),
        "kind": milestone.kind,
        "titles": by_language(milestone.title_en, milestone.title_fr),
        "sources": milestone.sources,
    }


def agreement_entry(agreement: Any) -> dict[str, Any]:
    """One agreement that this actor is party to."""
    return {
        "slug": agreement.slug,
        "titles": by_language(agreement.title_en, agreement.title_fr),
        "signed": iso(partial_of(agreement, "signed")),
        "ended": iso(partial_of(agreement, "ended")),
        "parties": sorted(party.pk for party in agreement.parties.all()),
        "sources": agreement.sources,
    }


def partial_of(row: Any, field: str) -> Any:
    """The partial date kept in `field` and `field_precision`."""
    return partial(getattr(row, field), getattr(row, f"{field}_precision"))
