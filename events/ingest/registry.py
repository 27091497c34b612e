"""The actor registry that ships with the product: YAML files in, desk rows out.

Loading again changes nothing; an entry whose file has changed is loaded anew, unless an editor has changed the actor.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from django.contrib.gis.geos import Point
from django.db import transaction
from django.db.models import Q

from actors.models import (
    Actor,
    ActorIdentifier,
    ActorName,
    ActorRelation,
    Agreement,
    Deployment,
    DeploymentPlace,
    Milestone,
    StrengthStatement,
)
from conflict.kit.dates import PartialDate
from conflict.kit.problems import Problem, Refused
from conflict.kit.yamlfiles import read_yaml
from events.models import Place, Trace

REGISTRY = Path(__file__).parents[2] / "actors" / "registry"
Entry = dict[str, Any]


def read_entries(folder: Path = REGISTRY) -> tuple[list[Entry], list[Entry]]:
    """Read (actors, agreements) from the YAML files of a folder, in the order of file names."""
    actors: list[Entry] = []
    agreements: list[Entry] = []
    for path in sorted(folder.glob("*.yaml")):
        entries = read_yaml(path)
        (agreements if path.stem == "agreements" else actors).extend(entries)
    return actors, agreements


@transaction.atomic
def load_registry(folder: Path = REGISTRY) -> list[Actor]:
    """Bring the desk up to the registry's files; return the actors that are new or changed, to be published."""
    entries, agreements = read_entries(folder)
    changed = [pair for entry in entries if (pair := load_actor(entry))]
    by_slug = {actor.slug: actor for actor in Actor.objects.all()}
    for actor, entry in changed:
        load_facts(actor, entry, by_slug)
    for agreement in agreements:
        load_agreement(agreement, by_slug)
    return [actor for actor, _ in changed]


def digest_of(entry: Any) -> str:
    """The digest by which a changed entry is known."""
    return hashlib.sha256(json.dumps(entry, sort_keys=True, default=str).encode()).hexdigest()


def load_actor(entry: Entry) -> tuple[Actor, Entry] | None:
    """Create or update the actor's own row; None when there is nothing to do."""
    digest = digest_of(entry)
    actor = Actor.objects.filter(slug=entry["slug"]).first()
    if actor and (actor.registry_digest == digest or edited(actor)):
        return None
    actor = actor or Actor(slug=entry["slug"])
    summary = entry.get("summary", {})
    actor.kind = entry["kind"]
    actor.country = entry.get("country") or ""
    actor.summary_en, actor.summary_fr = summary.get("en", ""), summary.get("fr", "")
    actor.founded, actor.founded_precision = first_day(entry.get("founded"))
    actor.dissolved, actor.dissolved_precision = last_day(entry.get("dissolved"))
    actor.sources = citations(entry)
    actor.registry_digest = digest
    actor.revision = actor.revision + 1 if actor.pk else 1
    actor.save()
    return actor, entry


def edited(actor: Actor) -> bool:
    """Whether a person has changed the actor on the desk."""
    return Trace.objects.filter(subject=f"actor:{actor.pk}", by__isnull=False).exists()


def load_facts(actor: Actor, entry: Entry, by_slug: dict[str, Actor]) -> None:
    """Replace everything that hangs on the actor by what the entry says."""
    for rows in (actor.names, actor.relations, actor.deployments, actor.milestones):
        rows.all().delete()
    actor.identifiers.filter(scheme="ucdp").delete()
    StrengthStatement.objects.filter(actors=actor, pk__in=own_statements(actor)).delete()
    ActorName.objects.bulk_create(names(actor, entry))
    ActorIdentifier.objects.bulk_create(identifiers(actor, entry))
    ActorRelation.objects.bulk_create(relations(actor, entry, by_slug))
    Milestone.objects.bulk_create(milestones(actor, entry))
    for deployment in entry.get("deployments", []):
        load_deployment(actor, deployment)
    for statement in entry.get("strength", []):
        load_strength(actor, statement, by_slug)


def own_statements(actor: Actor) -> list[int]:
    """Statements that were entered with this actor's entry."""
    return [strength.pk for strength in actor.strengths.all() if strength.entered_with_id == actor.pk]


def names(actor: Actor, entry: Entry) -> Iterator[ActorName]:
    """The names of an entry."""
    for name in entry.get("names", []):
        yield ActorName(actor=actor, text=name["text"], lang=name["lang"], kind=name["kind"], **period(name))


def identifiers(actor: Actor, entry: Entry) -> Iterator[ActorIdentifier]:
    """The ids by which UCDP knows the actor."""
    for known in entry.get("ucdp", []):
        yield ActorIdentifier(
            actor=actor,
            scheme="ucdp",
            external_id=str(known["id"]),
            label=known.get("name", ""),
            country=known.get("country", ""),
            confidence=known.get("confidence", "high"),
            note=known.get("note", ""),
            **period(known),
        )


def relations(actor: Actor, entry: Entry, by_slug: dict[str, Actor]) -> Iterator[ActorRelation]:
    """The relations of an entry, from this actor to others."""
    for relation in entry.get("relations", []):
        yield ActorRelation(
            subject=actor,
            kind=relation["kind"],
            object=known_actor(relation["to"], by_slug),
            note=relation.get("note", ""),
            sources=citations(relation),
            **period(relation),
        )


def milestones(actor: Actor, entry: Entry) -> Iterator[Milestone]:
    """The dated facts of an entry."""
    for fact in entry.get("milestones", []):
        on, precision = first_day(fact["date"])
        yield Milestone(
            actor=actor,
            on=on,
            on_precision=precision,
            kind=fact["kind"],
            title_en=fact["title"].get("en", ""),
            title_fr=fact["title"].get("fr", ""),
            sources=citations(fact),
        )


def load_deployment(actor: Actor, entry: Entry) -> None:
    """One deployment with its places."""
    deployment = Deployment.objects.create(
        force=actor,
        host=entry["host"],
        status=entry["status"],
        note=entry.get("note", ""),
        sources=citations(entry),
        **period(entry),
    )
    DeploymentPlace.objects.bulk_create(
        DeploymentPlace(
            deployment=deployment,
            name=place["name"],
            point=point_of(place["name"], entry["host"]),
            **period(place),
        )
        for place in entry.get("places", [])
    )


def point_of(name: str, country: str) -> Point | None:
    """The point of the one place in the gazetteer that has this name in the country; none where several have it."""
    named = Place.objects.filter(Q(name=name) | Q(name_fr=name), country=country)
    points = list(named.values_list("point", flat=True)[:2])
    return points[0] if len(points) == 1 else None


def load_strength(actor: Actor, entry: Entry, by_slug: dict[str, Actor]) -> None:
    """One statement on strength, about this actor and those it names jointly."""
    on, precision = first_day(entry.get("on"))
    statement = StrengthStatement.objects.create(
        entered_with=actor,
        host=entry.get("host") or "",
        on=on,
        on_precision=precision,
        low=entry.get("low"),
        high=entry.get("high"),
        quantifier=entry.get("quantifier", "about"),
        phrase=entry.get("phrase", ""),
        split_unknown=entry.get("split_unknown", False),
        claimant=entry.get("claimant", ""),
        sources=citations(entry),
    )
    statement.actors.set([actor, *(known_actor(slug, by_slug) for slug in entry.get("with", []))])


def load_agreement(entry: Entry, by_slug: dict[str, Actor]) -> None:
    """Create or update one agreement."""
    signed, signed_precision = first_day(entry.get("signed"))
    ended, ended_precision = last_day(entry.get("ended"))
    agreement, _ = Agreement.objects.update_or_create(
        slug=entry["slug"],
        defaults={
            "title_en": entry["title"].get("en", ""),
            "title_fr": entry["title"].get("fr", ""),
            "summary_en": entry.get("summary", {}).get("en", ""),
            "summary_fr": entry.get("summary", {}).get("fr", ""),
            "signed": signed,
            "signed_precision": signed_precision,
            "ended": ended,
            "ended_precision": ended_precision,
            "sources": citations(entry),
        },
    )
    agreement.parties.set([known_actor(slug, by_slug) for slug in entry.get("parties", [])])


def known_actor(slug: str, by_slug: dict[str, Actor]) -> Actor:
    """The actor with this slug. Raises Refused naming the slug."""
    if slug not in by_slug:
        raise Refused(Problem("actor", slug, "a slug of the actor registry"))
    return by_slug[slug]


def citations(entry: Entry) -> list[Entry]:
    """The sources of an entry, dates as text."""
    return [{key: str(value) for key, value in source.items()} for source in entry.get("sources", [])]


def first_day(text: Any) -> tuple[Any, str]:
    """(first day, precision) of a partial date; (None, 'day') when unknown."""
    if not text:
        return None, "day"
    when = PartialDate.parse(str(text))
    return when.first_day, when.precision


def last_day(text: Any) -> tuple[Any, str]:
    """(last day, precision) of a partial date; (None, 'day') when unknown."""
    if not text:
        return None, "day"
    when = PartialDate.parse(str(text))
    return when.last_day, when.precision


def period(entry: Entry) -> dict[str, Any]:
    """The fields of `Dated` from `from` and `until`."""
    starts, starts_precision = first_day(entry.get("from"))
    ends, ends_precision = last_day(entry.get("until"))
    return {
        "starts": starts,
        "starts_precision": starts_precision,
        "ends": ends,
        "ends_precision": ends_precision,
    }
