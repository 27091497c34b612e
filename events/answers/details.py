"""One incident or actor in full, as every public door shows it: the stored document with actors named as known then."""

from __future__ import annotations

from typing import Any

from events.record import reading
from events.record.known import Known
from events.rows import Row, View, chosen, json_row, title_in

ALL = chosen(())
EXPORT_ONLY = ("side_a", "side_b", "actor_slugs")


def text_in(texts: dict[str, str], lang: str) -> str:
    """The text in `lang`, else in any other language, else empty."""
    return texts.get(lang) or next(iter(texts.values()), "")


def incident_detail(row: Row, at: Known, lang: str) -> dict[str, Any]:
    """Everything the record says about one incident: its public fields, claims, ranges, sources, battle, versions."""
    view = View(at.actors, lang)
    document = row["document"]
    sources = document["sources"]
    return {
        **{name: value for name, value in json_row(row, ALL, view).items() if name not in EXPORT_ONLY},
        "titles": document["titles"],
        "summary": text_in(document["summaries"], lang),
        "summaries": document["summaries"],
        "outcome": document["outcome"],
        "claim_list": [claim(entry, sources, view) for entry in document["claims"]],
        "estimates": [estimate(entry, view) for entry in document["estimates"]["victims"]],
        "rule": f"{document['estimates']['rule']}/{document['estimates']['version']}",
        "evidence": [evidence(entry, sources, lang) for entry in document["evidence"]],
        "source_list": sources,
        "group": group(document, at, lang),
        "follows": document["follows"],
        "dataset_detail": document["dataset"],
        "boundary_vintage": document["boundary_vintage"],
        "versions": [version(entry) for entry in reading.history(row["id"], at.number)],
    }


def claim(entry: dict[str, Any], sources: list[dict[str, Any]], view: View) -> dict[str, Any]:
    """One claim with its claimant, victims and relaying source named."""
    return {
        **entry,
        "claimant": claimant(entry["claimant"], view),
        "relayed_by": cited(entry["relayed_by"], sources),
        "about": [actor_name(actor, view) for actor in entry["about"]],
    }


def claimant(entry: dict[str, Any], view: View) -> dict[str, Any]:
    """Who says it."""
    if entry["kind"] == "actor":
        return {"kind": "actor", **actor_name(entry["actor"], view)}
    if entry["kind"] == "person":
        affiliation = actor_name(entry["actor"], view) if entry["actor"] else None
        return {
            "kind": "person",
            "name": entry["name"],
            "role": text_in(entry["roles"], view.lang),
            "affiliation": affiliation,
        }
    return entry


def cited(key: str | None, sources: list[dict[str, Any]]) -> dict[str, Any] | None:
    """The citation with this key in the incident's list."""
    return next((source for source in sources if source.get("key") == key), None)


def actor_name(actor_id: int, view: View) -> dict[str, str]:
    """An actor by slug and name."""
    actor = view.actors.resolve(actor_id)
    return {"slug": actor.slug, "name": actor.name(view.lang)}


def estimate(entry: dict[str, Any], view: View) -> dict[str, Any]:
    """One derived range with the victims it is about."""
    return {**entry, "about": [actor_name(actor, view) for actor in entry["about"]]}


def evidence(entry: dict[str, Any], sources: list[dict[str, Any]], lang: str) -> dict[str, Any]:
    """One piece of media."""
    return {
        **entry,
        "description": text_in(entry["descriptions"], lang),
        "relayed_by": cited(entry["relayed_by"], sources),
    }


def group(document: dict[str, Any], at: Known, lang: str) -> dict[str, Any] | None:
    """The battle, with its incidents in sequence."""
    entry = document["group"]
    if entry is None:
        return None
    return {
        "id": entry["id"],
        "title": text_in(entry["titles"], lang),
        "summary": text_in(entry["summaries"], lang),
        "incidents": [sequence_entry(row, lang) for row in reading.siblings(entry["id"], at.number)],
    }


def sequence_entry(row: dict[str, Any], lang: str) -> dict[str, Any]:
    """One incident of a battle."""
    return {
        "id": row["id"],
        "title": title_in(row, lang),
        "date_start": row["date_start"].isoformat(),
        "date_end": row["date_end"].isoformat(),
        "event_type": row["event_type"],
        "event_subtype": row["event_subtype"],
        "follows": row["follows"],
    }


def version(entry: dict[str, Any]) -> dict[str, Any]:
    """One version: what brought it, when and why."""
    return {
        "version": entry["version"],
        "state": entry["state"],
        "publication": entry["known_from"],
        "at": entry["at"].isoformat(),
        "kind": entry["kind"],
        "reason": entry["reason"],
    }


def actor_summary(row: dict[str, Any], lang: str) -> dict[str, Any]:
    """An actor in lists."""
    document = row["document"]
    return {
        "slug": row["slug"],
        "name": row[f"name_{lang}"],
        "kind": row["kind"],
        "country": row["country"],
        "names": document["names"],
        "founded": document["founded"],
        "dissolved": document["dissolved"],
        "known_from": row["known_from"],
    }


def actor_detail(row: dict[str, Any], at: Known, lang: str) -> dict[str, Any]:
    """An actor in full, with relations from and to others."""
    view = View(at.actors, lang)
    return {**actor_said(row, view), "relations_to": relations_to(row["actor"], at, view)}


def actor_said(row: dict[str, Any], view: View) -> dict[str, Any]:
    """What the actor's own document says; others that were not published yet are left out."""
    document, lang = row["document"], view.lang
    return {
        **actor_summary(row, lang),
        "summary": text_in(document["summaries"], lang),
        "summaries": document["summaries"],
        "relations": [
            {**entry, "actor": actor_name(entry["actor"], view)}
            for entry in document["relations"]
            if entry["actor"] in view.actors.by_id
        ],
        "deployments": document["deployments"],
        "strength": [{**entry, "with": names_of(entry["with"], view)} for entry in document["strength"]],
        "milestones": [
            {**entry, "title": text_in(entry["titles"], lang)} for entry in document["milestones"]
        ],
        "agreements": [
            {**entry, "title": text_in(entry["titles"], lang), "parties": names_of(entry["parties"], view)}
            for entry in document["agreements"]
        ],
        "identifiers": document["identifiers"],
        "sources": document["sources"],
    }


def names_of(ids: list[int], view: View) -> list[dict[str, str]]:
    """Those of these actors that were published then, by slug and name."""
    return [actor_name(actor, view) for actor in ids if actor in view.actors.by_id]


def relations_to(actor: int, at: Known, view: View) -> list[dict[str, Any]]:
    """Relations that other actors' documents declare towards this one."""
    return [
        {**entry, "actor": actor_name(other["actor"], view)}
        for other in reading.actor_documents(at.number)
        for entry in other["document"]["relations"]
        if at.actors.resolve(entry["actor"]).id == actor
    ]
