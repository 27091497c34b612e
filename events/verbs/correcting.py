"""What an editor typed in place of a proposed value, read strictly into the proposal's own shape."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import timedelta

from django.contrib.auth.models import User
from django.utils import timezone

from conflict.kit.problems import Problem, Refused, not_one_of
from events.claims import model as rule_model
from events.claims.codes import (
    ClaimantKind,
    ClaimVerification,
    ItemClass,
    Measure,
    Quantifier,
    Scope,
    Stance,
)
from events.codes import SUBTYPES, DatePrecision, EventSubtype, EventType, LocationPrecision, Outcome, Role
from events.models import Proposal
from events.verbs.correcting_facts import FACT_READERS
from events.verbs.naming import actor_named, place_named, source_named
from events.verbs.proposed import Entry, ProposedField, incident_of
from events.verbs.typed import Reader, Typed

TYPE_OF = {subtype.value: kind.value for kind, subtypes in SUBTYPES.items() for subtype in subtypes}
OUTLET = "outlet"


def corrected(proposal: Proposal, field: ProposedField, typed: Typed, by: User | None) -> Entry:
    """The value that an editor gives in place of the proposed one. Raises Refused naming field, value, what is valid."""
    reader = Reader(typed)
    read_fact = FACT_READERS.get(field.kind)
    value = read_fact(reader) if read_fact else READERS[field.kind](reader, proposal, field, by)
    if reader.problems:
        raise Refused(reader.problems, title="Cannot be kept")
    return value


def read_type(reader: Reader, proposal: Proposal, field: ProposedField, by: User | None) -> Entry:
    """A type, or a sub-type with its type."""
    value = reader.text("type")
    if value in EventType.values():
        return {"event_type": value, "event_subtype": ""}
    if value not in TYPE_OF:
        reader.problems.append(not_one_of("type", value, [*EventType.values(), *EventSubtype.values()]))
    return {"event_type": TYPE_OF.get(value, ""), "event_subtype": value}


def read_days(reader: Reader, proposal: Proposal, field: ProposedField, by: User | None) -> Entry:
    """First and last day; the last is the first when it is left empty."""
    first = reader.day("first")
    last = reader.day("last") if reader.text("last") else first
    precision = reader.code("precision", DatePrecision)
    if first and last and last < first:
        reader.problems.append(Problem("last", last, f"a day not before {first}"))
    if last and last > timezone.now().date() + timedelta(days=1):
        reader.problems.append(Problem("last", last, "a day that has come"))
    return {"first": str(first), "last": str(last), "precision": precision}


def read_place(reader: Reader, proposal: Proposal, field: ProposedField, by: User | None) -> Entry:
    """A place of the gazetteer, a unit or a country, and how precisely it is meant."""
    typed = reader.text("place")
    if field.value and typed == place_typed(field.value):
        place: Entry | None = dict(field.value)
    else:
        place = reader.take(place_named("place", typed, country_of(proposal)))
    precision = reader.code("precision", LocationPrecision, optional=True)
    if place and precision and place["longitude"] is not None and place["level"] < 1:
        place["precision"] = precision
    return place or {}


def place_typed(place: Entry) -> str:
    """A place as the form shows and takes it."""
    if place["level"] < 0:
        return str(place["country"])
    number = place["key"].removeprefix("place:")
    exact = number != place["key"] or place["level"] > 0
    return f"{place['name']} #{number}" if exact else str(place["name"])


def read_outcome(reader: Reader, proposal: Proposal, field: ProposedField, by: User | None) -> Entry:
    """How it ended."""
    return {"outcome": reader.code("outcome", Outcome)}


def read_actor(reader: Reader, proposal: Proposal, field: ProposedField, by: User | None) -> Entry:
    """Who, in which role."""
    return {"slug": reader.actor("actor"), "role": reader.code("role", Role)}


def read_claim(reader: Reader, proposal: Proposal, field: ProposedField, by: User | None) -> Entry:
    """Who says how many of whom; refused when the derivation rules could not count it."""
    value = {
        "claimant": read_claimant(reader, field, by),
        "measure": reader.code("measure", Measure),
        "item_class": reader.code("item_class", ItemClass, optional=True),
        "quantifier": reader.code("quantifier", Quantifier),
        "low": reader.number("low"),
        "high": reader.number("high"),
        "about": reader.actors("about"),
        "stance": reader.code("stance", Stance),
        "scope": reader.code("scope", Scope),
        "verification": reader.code("verification", ClaimVerification),
    }
    if not reader.problems:
        reader.problems += uncountable(value)
    return value


def read_claimant(reader: Reader, field: ProposedField, by: User | None) -> Entry:
    """The proposed voice when it was left as it was; else an actor, a source, or the report's own outlet."""
    typed = reader.text("claimant")
    proposed: Entry = (field.value or {}).get("claimant") or {}
    if typed == voice(proposed):
        return proposed
    silent = {"kind": OUTLET, "slug": "", "name": "", "role": ""}
    if typed == OUTLET:
        return silent
    actor = actor_named("claimant", typed)
    if not isinstance(actor, Problem):
        return {**silent, "kind": "actor", "slug": actor.slug}
    source = source_named("claimant", typed, by)
    if isinstance(source, Problem):
        reader.problems.append(Problem("claimant", typed, source.valid, actor.nearest))
        return silent
    return {**silent, "kind": "source", "name": source.slug}


def voice(claimant: Entry) -> str:
    """A claimant as the form shows and takes it."""
    return claimant.get("name") or claimant.get("slug") or OUTLET


def uncountable(value: Entry) -> list[Problem]:
    """What the derivation rules refuse; they name the field."""
    names = ("stance", "measure", "quantifier", "low", "high", "item_class", "verification", "scope")
    try:
        rule_model.Claim(
            id=1,
            claimant="anybody",
            claimant_kind=ClaimantKind.PARTY,
            about=frozenset(value["about"]),
            **{name: value[name] for name in names},
        )
    except ValueError as refusal:
        name, _, rest = str(refusal).removeprefix("claim ").partition(": ")
        return [Problem(name, value.get(name, ""), rest.partition("; valid is ")[2] or rest)]
    return []


def read_evidence(reader: Reader, proposal: Proposal, field: ProposedField, by: User | None) -> Entry:
    """What kind of media, and whether it is verified."""
    kind = reader.text("kind")
    if not 0 < len(kind) <= 20:
        reader.problems.append(Problem("kind", kind, "one to twenty characters, for example video"))
    shown_by = (field.value or {}).get("shown_by", "")
    return {
        "kind": kind,
        "verification": reader.code("verification", ClaimVerification),
        "shown_by": shown_by,
    }


READERS: Mapping[str, Callable[[Reader, Proposal, ProposedField, User | None], Entry]] = {
    "type": read_type,
    "date": read_days,
    "place": read_place,
    "outcome": read_outcome,
    "actor": read_actor,
    "claim": read_claim,
    "evidence": read_evidence,
}


def country_of(proposal: Proposal) -> str:
    """The country that the proposal speaks of, ISO alpha-3; empty when none was read."""
    place = incident_of(proposal).get("place") or {}
    return place.get("country") or proposal.extraction.get("country") or ""
