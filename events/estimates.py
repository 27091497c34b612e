"""Figures by another rule than the one the record stores, worked out from the claims of a published version.

`reported` is stored; `conservative` and `claimant:<slug>` are derived here, row by row, with `events.claims.rules`.
A claimant is an actor's slug, or `source:` and a source's. Actors that were merged are one voice.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from actors.codes import ActorKind
from conflict.kit.problems import Problem, Refused
from events.claims.codes import ClaimantKind, ClaimStatus
from events.claims.figures import Estimate
from events.claims.model import Claim
from events.claims.rules import CLAIMANT, REPORTED, VERSION, Rule, estimate
from events.codes import Role
from events.query.incidents import IncidentQuery
from events.record.known import ActorBook
from events.rows import Row

COLUMNS = ("participants", "document")
FIGURES = ("low", "best", "high")
DERIVED = frozenset(
    {*(f"fatalities_{name}" for name in FIGURES), "open_ended", "contested", "claims", "claimants"}
)
# Filters and orders that go by the stored figures.
BY_STORED_FIGURES = ("fatalities_min", "fatalities_max", "contested")
FORM = re.compile(r"reported|conservative|claimant:(?:source:)?[a-z0-9-]{1,80}")
SOURCE = "source:"
VALID = "reported, conservative, or claimant: and an actor's slug or source:<slug>"
OUTSIDERS = {ActorKind.MULTINATIONAL_FORCE, ActorKind.CIVILIANS, ActorKind.ALLIANCE}
SIDES = {
    Role.SIDE_A,
    Role.SIDE_B,
    Role.ALLY_A,
    Role.ALLY_B,
    Role.VICTIM,
    Role.ALLEGED,
    Role.CLAIMED_RESPONSIBILITY,
}


def read_estimate(name: str, text: str) -> str | Problem:
    """The rule's name as it was given, if it can be one; whether its claimant is known is asked later."""
    return text if FORM.fullmatch(text) else Problem(name, text, VALID)


def rule_of(text: str, book: ActorBook) -> str:
    """The rule with its claimant's key (`claimant:actor:<slug>`). Raises Refused for an actor that is not known."""
    claimant = Rule.read(text).claimant
    if not claimant or claimant.startswith(SOURCE):
        return text
    try:
        return f"{CLAIMANT}actor:{book.by_name_of(claimant).slug}"
    except Refused as refused:
        nearest = refused.problems[0].nearest
        hint = CLAIMANT + nearest if nearest else ""
        raise Refused(Problem("estimate", text, VALID, hint)) from None


def refuse_elsewhere(text: str) -> None:
    """Refuse another rule than the stored one at a door that adds up or hands out stored figures."""
    if text != REPORTED:
        valid = (
            f"{REPORTED} here, since this door's figures are stored or added up; other rules on"
            " /api/v1/incidents (JSON) and /api/v1/incidents/<id>"
        )
        raise Refused(Problem("estimate", text, valid))


def refuse_mixed(text: str, query: IncidentQuery) -> None:
    """Refuse filters and orders by stored figures beside figures of another rule: the answer would contradict itself."""
    if text == REPORTED:
        return
    valid = f"without estimate={text}: it goes by the figures of the rule {REPORTED}"
    problems = [
        Problem(name, str(query.values[name]), valid) for name in BY_STORED_FIGURES if name in query.values
    ]
    if query.order == "-fatalities":
        problems.append(Problem("order", query.order, valid))
    if problems:
        raise Refused(problems)


def named(text: str) -> dict[str, str]:
    """The rule and its version, as answers name them."""
    return {"rule": text, "version": VERSION}


def with_figures(row: Row, rule: str, book: ActorBook) -> dict[str, Any]:
    """The row with its figures by a rule from `rule_of`."""
    return {**row, **columns(figures(row, rule, book))}


def by_rule(row: Row, text: str, book: ActorBook) -> dict[str, Any]:
    """The row with figures and ranges by a rule as it was asked for, ready to be shown in full."""
    found = figures(row, rule_of(text, book), book)
    ranges = {"rule": text, "version": VERSION, "victims": victims(found)}
    return {**row, **columns(found), "document": {**row["document"], "estimates": ranges}}


def columns(found: Estimate) -> dict[str, Any]:
    """An estimate as the record's columns."""
    return {
        **{f"fatalities_{name}": getattr(found, name) for name in FIGURES},
        "open_ended": found.open_ended,
        "contested": found.contested,
        "claims": found.claims,
        "claimants": found.claimants,
    }


def figures(row: Row, rule: str, book: ActorBook) -> Estimate:
    """Deaths in one incident by a rule."""
    return estimate(rule_claims(row["document"]["claims"], row["participants"], book), rule)


def victims(found: Estimate) -> list[dict[str, Any]]:
    """The range of each set of victims, as a version's document keeps them."""
    return [
        {
            "about": sorted(int(key) for key in one.about),
            **{name: getattr(one, name) for name in FIGURES},
            "open_ended": one.open_ended,
            "contested": one.contested,
            "basis": one.basis.clause.value,
            "claims": sorted(one.basis.claims),  # type: ignore[type-var]
        }
        for one in found.victims
    ]


def rule_claims(
    entries: Iterable[Mapping[str, Any]], participants: Sequence[Sequence[Any]], book: ActorBook
) -> list[Claim]:
    """The stored claims of one incident as the rules see them; all that are stored were accepted."""
    parties = {book.resolve(part[0]).id for part in participants if part[1] in SIDES}
    return [rule_claim(entry, parties, book) for entry in entries]


def rule_claim(entry: Mapping[str, Any], parties: set[int], book: ActorBook) -> Claim:
    """One stored claim."""
    key, kind, grade = voice(entry["claimant"], parties, book)
    return Claim(
        id=entry["id"],
        claimant=key,
        claimant_kind=kind,
        stance=entry["stance"],
        measure=entry["measure"],
        about=frozenset(str(book.resolve(actor).id) for actor in entry["about"]),
        quantifier=entry["quantifier"],
        low=entry["low"],
        high=entry["high"],
        verification=entry["verification"],
        grade=grade,
        status=ClaimStatus.ACCEPTED,
        scope=entry["scope"],
        best=entry["best"],
        item_class=entry["item_class"] or "",
        supersedes=entry["supersedes"],
    )


def voice(claimant: Mapping[str, Any], parties: set[int], book: ActorBook) -> tuple[str, str, str]:
    """(key, kind, grade) of who speaks: a spokesman is the voice of the actor he speaks for."""
    if claimant["kind"] in ("source", "dataset"):
        kind = ClaimantKind.DATASET if claimant["kind"] == "dataset" else ClaimantKind.INDEPENDENT
        return f"{SOURCE}{claimant['slug']}", kind, claimant["grade"] or ""
    if claimant["actor"] is None:
        return f"person:{claimant['name']}", ClaimantKind.INDEPENDENT, ""
    actor = book.resolve(claimant["actor"])
    outside = actor.kind in OUTSIDERS and actor.id not in parties
    return f"actor:{actor.slug}", ClaimantKind.INDEPENDENT if outside else ClaimantKind.PARTY, ""
