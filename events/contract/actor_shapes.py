"""The shapes of actors, as `events.answers.details` shows them."""

from __future__ import annotations

from actors.codes import ActorKind, DeploymentStatus, MilestoneKind, NameKind, RelationKind
from events.claims.codes import Quantifier
from events.contract.schemas import (
    STATED,
    Schema,
    by_name,
    code,
    decimal,
    flag,
    list_of,
    nullable,
    partial_day,
    shape,
    text,
    thing,
    whole,
)

SINCE_UNTIL = {"from": nullable(partial_day()), "to": nullable(partial_day())}
SOURCES = {"sources": list_of(shape("Source"))}
SUMMARY = {
    "slug": text("Stable name in addresses."),
    "name": text("In the language asked."),
    "kind": code(ActorKind),
    "country": nullable(text("Home country, ISO 3166-1 alpha-3.")),
    "names": list_of(shape("NameEntry")),
    "founded": nullable(partial_day()),
    "dissolved": nullable(partial_day()),
    "known_from": whole("Publication that published this version."),
}
DEPLOYMENT = {
    "host": text("ISO 3166-1 alpha-3."),
    "status": code(DeploymentStatus),
    **SINCE_UNTIL,
    "note": text(),
    "places": list_of(shape("DeployedPlace")),
    **SOURCES,
}

ACTOR_SHAPES: dict[str, Schema] = {
    "NameEntry": thing(
        "One name with its validity.", {"text": text(), "lang": text(), "kind": code(NameKind), **SINCE_UNTIL}
    ),
    "Relation": thing(
        "A directed relation between two actors; `actor` is the other one.",
        {"kind": code(RelationKind), "actor": shape("ActorName"), **SINCE_UNTIL, "note": text(), **SOURCES},
    ),
    "DeployedPlace": thing(
        "A place of a deployment.",
        {"name": text(), "longitude": nullable(decimal()), "latitude": nullable(decimal()), **SINCE_UNTIL},
    ),
    "Deployment": thing("A force in a host country.", DEPLOYMENT),
    "Strength": thing(
        "A statement on strength.",
        {
            "with": list_of(shape("ActorName"), "Other actors it is about jointly."),
            "host": nullable(text("ISO 3166-1 alpha-3.")),
            "on": nullable(partial_day()),
            "low": nullable(whole()),
            "high": nullable(whole()),
            "quantifier": code(Quantifier),
            "phrase": text(),
            "split_unknown": flag("The share of each actor is not known."),
            "claimant": text(),
            **SOURCES,
        },
    ),
    "Milestone": thing(
        "A dated fact.",
        {
            "date": nullable(partial_day()),
            "kind": code(MilestoneKind),
            "title": text(),
            "titles": by_name(text(), "By language."),
            **SOURCES,
        },
    ),
    "Agreement": thing(
        "An agreement that the actor is party to.",
        {
            "slug": text(),
            "title": text(),
            "titles": by_name(text(), "By language."),
            "signed": nullable(partial_day()),
            "ended": nullable(partial_day()),
            "parties": list_of(shape("ActorName")),
            **SOURCES,
        },
    ),
    "Identifier": thing(
        "The actor's id in another scheme.", {"scheme": text(), "id": text(), "label": text()}
    ),
    "Deployments": thing(
        "Where forces are or were deployed.",
        {
            "data": list_of(
                thing(
                    "A force in a host country.",
                    {
                        "actor": text("Slug of the force."),
                        "actor_name": text("In the language asked."),
                        "actor_kind": code(ActorKind),
                        **DEPLOYMENT,
                    },
                )
            ),
            **STATED,
        },
    ),
    "ActorSummary": thing("An actor in a list.", SUMMARY),
    "Actors": thing(
        "Every actor in the record.",
        {"data": list_of(shape("ActorSummary")), **STATED},
    ),
    "Actor": thing(
        "One actor in full.",
        {
            **SUMMARY,
            "summary": text(),
            "summaries": by_name(text(), "By language."),
            "relations": list_of(shape("Relation"), "From this actor to others."),
            "relations_to": list_of(shape("Relation"), "From others to this actor."),
            "deployments": list_of(shape("Deployment")),
            "strength": list_of(shape("Strength")),
            "milestones": list_of(shape("Milestone")),
            "agreements": list_of(shape("Agreement")),
            "identifiers": list_of(shape("Identifier")),
            "years": list_of(shape("YearOfActor"), "Incidents it took part in."),
            "estimate": shape("EstimateRule"),
            **SOURCES,
            **STATED,
        },
    ),
}
