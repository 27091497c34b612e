"""The shapes of claims, ranges and evidence, as `events.answers.details` shows them."""

from __future__ import annotations

from events.claims.codes import ClaimVerification, ItemClass, Measure, Quantifier, Scope, Stance
from events.contract.schemas import (
    Schema,
    address,
    by_name,
    code,
    constant,
    either,
    flag,
    list_of,
    nullable,
    shape,
    text,
    thing,
    whole,
)

CLAIM_SHAPES: dict[str, Schema] = {
    "ActorName": thing("An actor by slug and name.", {"slug": text(), "name": text()}),
    "ActorAsClaimant": thing(
        "A claimant that is an actor.", {"kind": constant("actor"), "slug": text(), "name": text()}
    ),
    "PersonAsClaimant": thing(
        "A claimant that is a person.",
        {
            "kind": constant("person"),
            "name": text(),
            "role": text("Office or function."),
            "affiliation": nullable(shape("ActorName")),
        },
    ),
    "SourceAsClaimant": thing(
        "A claimant that is a source or a dataset.",
        {
            "kind": text(enum=["source", "dataset"]),
            "name": text(),
            "slug": text(),
            "grade": nullable(text("Reliability, A to F.")),
        },
    ),
    "Claimant": either(
        shape("ActorAsClaimant"), shape("PersonAsClaimant"), shape("SourceAsClaimant"), meaning="Who says it."
    ),
    "Claim": thing(
        "Who says what about whom.",
        {
            "id": whole("Its number within the incident."),
            "claimant": shape("Claimant"),
            "relayed_by": nullable(shape("Source")),
            "stance": code(Stance),
            "measure": code(Measure),
            "item_class": nullable(code(ItemClass)),
            "about": list_of(shape("ActorName"), "The victims; empty: the incident as a whole."),
            "quantifier": code(Quantifier),
            "low": nullable(whole()),
            "best": nullable(whole()),
            "high": nullable(whole()),
            "phrase": text("The words of the figure."),
            "phrase_lang": nullable(text()),
            "scope": code(Scope),
            "verification": code(ClaimVerification),
            "supersedes": nullable(whole("Number of the claim that this one replaces.")),
            "note": text(),
        },
    ),
    "Estimate": thing(
        "The range derived for one set of victims.",
        {
            "about": list_of(shape("ActorName")),
            "low": nullable(whole()),
            "best": nullable(whole()),
            "high": nullable(whole()),
            "open_ended": flag("Somebody leaves the upper end open."),
            "contested": flag("Claimants contradict each other."),
            "basis": text("The clause of the rule that applied."),
            "claims": list_of(whole(), "Numbers of the claims that count."),
        },
    ),
    "Evidence": thing(
        "One piece of media.",
        {
            "kind": text(),
            "description": text(),
            "descriptions": by_name(text(), "By language."),
            "url": nullable(address()),
            "verification": text(),
            "said_by": nullable(text("Who says whether it is verified.")),
            "relayed_by": nullable(shape("Source")),
        },
    ),
}
