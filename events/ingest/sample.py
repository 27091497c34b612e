"""The sample incidents that ship with the product: YAML files in, published incidents out.

Compiled from public reporting, each fact with its source; marked in the record as dataset `sample`.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

from django.contrib.gis.geos import Point
from django.db import transaction

from actors.models import Actor, Person
from conflict.kit.problems import Problem, Refused
from conflict.kit.text import slug as slug_of
from conflict.kit.yamlfiles import read_yaml
from events.codes import SourceKind
from events.ingest.gazetteer import SHIPPED, load_gazetteer
from events.ingest.registry import Entry, digest_of, known_actor, load_registry
from events.models import AdminUnit, Claim, Evidence, Incident, IncidentGroup, Participation, Source, Trace
from events.record.ledger import Publication
from events.verbs.publishing import publish

SAMPLE = Path(__file__).parents[1] / "sample"
REASON = "Sample compiled from public reporting: actor registry and incidents 2012–2025"


def load_sample(folder: Path = SAMPLE) -> Publication | None:
    """Load places, registry and sample and publish what is new or changed; None when nothing is."""
    with transaction.atomic():
        load_gazetteer(SHIPPED)
        actors = load_registry()
        incidents = load_incidents(folder)
        if not actors and not incidents:
            return None
        return publish(incidents, actors, role="sample loader", reason=REASON)


def load_incidents(folder: Path = SAMPLE) -> list[Incident]:
    """Bring the desk up to the sample's files; return the incidents that are new or changed."""
    by_slug = {actor.slug: actor for actor in Actor.objects.all()}
    dataset = sample_dataset()
    groups = {entry["key"]: load_group(entry) for entry in read_yaml(folder / "groups.yaml")}
    entries = [entry for path in sorted((folder / "incidents").glob("*.yaml")) for entry in read_yaml(path)]
    changed = [incident for entry in entries if (incident := load_incident(entry, dataset, groups, by_slug))]
    link_followers(entries, dataset)
    return changed


def sample_dataset() -> Source:
    """The dataset that marks an incident as sample."""
    source, _ = Source.objects.update_or_create(
        slug="sample",
        defaults={
            "name": "Sample compiled from public reporting",
            "kind": SourceKind.DATASET,
            "licence": "CC BY 4.0",
            "attribution": "Sahel Conflict Tracker, sample compiled from public reporting",
        },
    )
    return source


def load_group(entry: Entry) -> IncidentGroup:
    """Create or update a battle."""
    texts = {
        f"{field}_{lang}": entry.get(field, {}).get(lang, "")
        for field in ("title", "summary")
        for lang in ("en", "fr")
    }
    group, _ = IncidentGroup.objects.update_or_create(key=entry["key"], defaults=texts)
    return group


def load_incident(
    entry: Entry, dataset: Source, groups: dict[str, IncidentGroup], by_slug: dict[str, Actor]
) -> Incident | None:
    """Create or update one incident with all that hangs on it; None when there is nothing to do."""
    digest = bytes.fromhex(digest_of(entry))
    found = Incident.objects.filter(dataset=dataset, external_id=entry["key"]).first()
    if found and (bytes(found.dataset_hash or b"") == digest or edited(found)):
        return None
    incident = found or Incident(dataset=dataset, external_id=entry["key"])
    for field, value in incident_fields(entry, groups).items():
        setattr(incident, field, value)
    incident.dataset_hash = digest
    incident.revision = incident.revision + 1 if incident.pk else 1
    incident.save()
    load_parts(incident, entry, by_slug)
    return incident


def edited(incident: Incident) -> bool:
    """Whether a person has changed the incident on the desk."""
    return Trace.objects.filter(subject=f"incident:{incident.pk}", by__isnull=False).exists()


def incident_fields(entry: Entry, groups: dict[str, IncidentGroup]) -> dict[str, Any]:
    """The incident's own columns."""
    return {
        **{
            f"{field}_{lang}": entry.get(field, {}).get(lang, "")
            for field in ("title", "summary")
            for lang in ("en", "fr")
        },
        "event_type": entry["event_type"],
        "event_subtype": entry.get("event_subtype", ""),
        "date_start": entry["date_start"],
        "date_end": entry.get("date_end", entry["date_start"]),
        "date_precision": entry["date_precision"],
        "country": entry["country"],
        "admin1": entry.get("admin1", ""),
        "admin1_name": region_names().get(entry.get("admin1", ""), ""),
        "place_name": entry.get("place", ""),
        "point": Point(entry["longitude"], entry["latitude"], srid=4326) if "longitude" in entry else None,
        "location_precision": entry["location_precision"],
        "verification": entry["verification"],
        "civilian_targeting": entry.get("civilian_targeting", False),
        "outcome": entry.get("outcome", ""),
        "group": group_of(entry, groups),
        "source_list": [{key: str(value) for key, value in source.items()} for source in entry["sources"]],
    }


def region_names() -> dict[str, str]:
    """P-code -> name of the first-level units on the desk."""
    return dict(AdminUnit.objects.filter(level=1).values_list("pcode", "name"))


def group_of(entry: Entry, groups: dict[str, IncidentGroup]) -> IncidentGroup | None:
    """The battle that the entry names. Raises Refused when there is no such one."""
    key = entry.get("part_of")
    if key and key not in groups:
        raise Refused(Problem("part_of", key, "a key of groups.yaml"))
    return groups[key] if key else None


def load_parts(incident: Incident, entry: Entry, by_slug: dict[str, Actor]) -> None:
    """Replace participants, claims and evidence by what the entry says."""
    for rows in (incident.participations, incident.claims, incident.evidence):
        rows.all().delete()
    Participation.objects.bulk_create(participations(incident, entry, by_slug))
    for claim in entry.get("claims", []):
        load_claim(incident, claim, by_slug)
    Evidence.objects.bulk_create(evidence(incident, entry))


def participations(incident: Incident, entry: Entry, by_slug: dict[str, Actor]) -> Iterator[Participation]:
    """Who took part."""
    for part in entry.get("participants", []):
        yield Participation(
            incident=incident,
            actor=known_actor(part["actor"], by_slug),
            role=part["role"],
            label_used=part.get("label_used", ""),
            confidence=part.get("confidence", "high"),
        )


def load_claim(incident: Incident, entry: Entry, by_slug: dict[str, Actor]) -> None:
    """One claim, accepted: the sample is reviewed where it is written."""
    fields = (
        "relayed_by",
        "stance",
        "measure",
        "quantifier",
        "low",
        "high",
        "phrase",
        "phrase_lang",
        "verification",
    )
    claim = Claim.objects.create(
        incident=incident,
        **claimant(entry["claimant"], by_slug),
        **{field: entry[field] for field in fields if field in entry},
        item_class=entry.get("item_class", ""),
        scope=entry.get("scope", "incident"),
        note=entry.get("note", ""),
        status="accepted",
    )
    claim.about.set([known_actor(slug, by_slug) for slug in entry.get("about", [])])


def claimant(entry: Entry, by_slug: dict[str, Actor]) -> dict[str, Any]:
    """Who makes the claim: an actor, a person, or an organisation or outlet."""
    if "actor" in entry:
        return {"claimant_actor": known_actor(entry["actor"], by_slug)}
    if "person" in entry:
        return {"claimant_person": person(entry["person"], by_slug)}
    return {"claimant_source": organisation(entry["source"])}


def person(entry: Entry, by_slug: dict[str, Actor]) -> Person:
    """The person quoted, with role and affiliation."""
    affiliation = known_actor(entry["affiliation"], by_slug) if entry.get("affiliation") else None
    roles = entry.get("role", {})
    found, _ = Person.objects.get_or_create(
        name=entry["name"],
        affiliation=affiliation,
        defaults={"role_en": roles.get("en", ""), "role_fr": roles.get("fr", "")},
    )
    return found


def organisation(name: str) -> Source:
    """The organisation or outlet that itself claims."""
    source, _ = Source.objects.get_or_create(slug=slug_of(name), defaults={"name": name})
    return source


def evidence(incident: Incident, entry: Entry) -> Iterator[Evidence]:
    """The media shown for the incident."""
    for item in entry.get("evidence", []):
        yield Evidence(
            incident=incident,
            kind=item["kind"],
            description_en=item.get("description", {}).get("en", ""),
            description_fr=item.get("description", {}).get("fr", ""),
            url=item.get("url", ""),
            verification=item.get("verification", "unverified"),
            said_by=item.get("said_by", ""),
            relayed_by=item.get("source", ""),
        )


def link_followers(entries: list[Entry], dataset: Source) -> None:
    """Set `follows` once every incident has its row."""
    rows = {row.external_id: row for row in Incident.objects.filter(dataset=dataset)}
    for entry in entries:
        if "follows" in entry:
            if entry["follows"] not in rows:
                raise Refused(Problem("follows", entry["follows"], "a key of the sample"))
            Incident.objects.filter(pk=rows[entry["key"]].pk).update(follows=rows[entry["follows"]])
