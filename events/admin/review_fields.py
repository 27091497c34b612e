"""The proposed values as the review screen shows them: in words, with what was decided, and the inputs to correct them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace

from django.utils import timezone

from actors.documents import display_name
from actors.models import Actor
from events.admin.inputs import Input, Names, coded, figure
from events.admin.review_facts import FACT_INPUTS, FACT_NAMES, FACT_WORDS
from events.claims.codes import ClaimVerification, ItemClass, Measure, Quantifier, Scope, Stance
from events.codes import (
    SUBTYPES,
    DatePrecision,
    EventSubtype,
    EventType,
    LocationPrecision,
    Outcome,
    RejectedWhy,
    Role,
    Verdict,
)
from events.models import Decision, Proposal
from events.verbs.correcting import OUTLET, place_typed, voice
from events.verbs.proposed import Entry, ProposedField, newest, proposed_fields
from events.verbs.remembering import LANGUAGES, Offer, offer

NAMES = {
    "type": "What",
    "date": "When",
    "place": "Where",
    "outcome": "Outcome",
    "actor": "Who",
    "claim": "Claim",
    "evidence": "Evidence",
    **FACT_NAMES,
}


@dataclass(frozen=True)
class Shown:
    """One field of the screen."""

    key: str
    name: str
    words: str
    label: str
    how: str
    note: str
    verdict: str
    told: str
    why: str
    said: str
    complete: bool
    inputs: list[Input] = field(default_factory=list)
    offer: Offer | None = None
    language: str = ""


def shown_fields(proposal: Proposal) -> list[Shown]:
    """Every field of a proposal."""
    names, decisions = actor_names(), newest(proposal)
    return [shown(one, decisions.get(one.key), names, proposal) for one in proposed_fields(proposal)]


def as_typed(one: Shown, typed: Mapping[str, str]) -> Shown:
    """The field with what an editor typed, after it was refused."""
    kept = [item._replace(value=typed.get(item.name, item.value)) for item in one.inputs]
    return replace(one, inputs=kept, why=typed.get("why", one.why), said=typed.get("note", one.said))


def shown(one: ProposedField, decision: Decision | None, names: Names, proposal: Proposal) -> Shown:
    """One field with what counts now: what was decided, else what was proposed."""
    value = decision.decided if decision and decision.decided else one.value
    return Shown(
        key=one.key,
        name=NAMES[one.kind],
        words=in_words(one.kind, value, names),
        label=one.label,
        how=how(one),
        note=one.note,
        verdict=decision.verdict if decision else "",
        told=told(decision, one, names),
        why=decision.why if decision else "",
        said=decision.note if decision else "",
        complete=one.complete,
        inputs=inputs(one.kind, value or {}),
        offer=offer(one),
        language=proposal.report.language or LANGUAGES[0],
    )


def actor_names() -> dict[str, str]:
    """Names by slug of everybody in the registry."""
    rows = Actor.objects.filter(merged_into__isnull=True).prefetch_related("names")
    return {row.slug: display_name(row, "en") for row in rows}


def how(one: ProposedField) -> str:
    """By which rule it was read, how surely."""
    sure = f"{one.confidence:.0%} sure" if one.confidence is not None else ""
    return ", ".join(part for part in (one.rule, sure) if part)


def told(decision: Decision | None, one: ProposedField, names: Names) -> str:
    """Who decided what, when, in place of what, why."""
    if decision is None:
        return ""
    verdict = Verdict(decision.verdict)
    said = f"{verdict.en} by {decision.by or 'an editor'}, {timezone.localtime(decision.at):%d %b %H:%M} UTC"
    if verdict == Verdict.CORRECTED:
        said += f"; proposed was: {in_words(one.kind, one.value, names)}"
    if decision.why:
        said += f": {RejectedWhy(decision.why).en}"
    return f"{said}. {decision.note}".strip() if decision.note else f"{said}."


def in_words(kind: str, value: Entry | None, names: Names) -> str:
    """A value as an editor reads it."""
    if not value:
        return {
            "date": "No date was read: the report's own day would stand",
            "place": "No place was read",
        }.get(kind, "–")
    return WORDS[kind](value, names)


def type_words(value: Entry, names: Names) -> str:
    """Sub-type and type."""
    kind = EventType(value["event_type"]).en
    return f"{EventSubtype(value['event_subtype']).en} ({kind})" if value["event_subtype"] else kind


def day_words(value: Entry, names: Names) -> str:
    """The days and how precisely they are known."""
    first, last = value["first"], value["last"]
    days = first if first == last else f"{first} to {last}"
    return f"{days} ({DatePrecision(value['precision']).en.lower()})"


def place_words(value: Entry, names: Names) -> str:
    """Name, unit, country, and how precisely it is meant."""
    where = ", ".join(filter(None, (value["name"], value.get("admin1"), value["country"])))
    return f"{where} ({LocationPrecision(value['precision']).en.lower()})"


def actor_words(value: Entry, names: Names) -> str:
    """Who, in which role."""
    role = Role(value["role"]).en.lower() if value["role"] in Role.values() else value["role"]
    return f"{names.get(value['slug'], value['slug']) or 'Nobody of the registry'}, {role}"


def claim_words(value: Entry, names: Names) -> str:
    """Who says how many of whom."""
    spoken = voice(value["claimant"])
    who = "The outlet itself" if spoken == OUTLET else names.get(spoken, spoken)
    what = Measure(value["measure"]).en.lower()
    item = f" ({ItemClass(value['item_class']).en.lower()})" if value["item_class"] else ""
    about = " and ".join(names.get(slug, slug) for slug in value["about"]) or "the whole incident"
    stance = "" if value["stance"] == Stance.ALLEGATION else f", {Stance(value['stance']).en.lower()}"
    scope = ", the whole battle" if value["scope"] == Scope.GROUP else ""
    return f"{who}: {what}{item} {figure(value)}, of {about}{stance}{scope}"


def evidence_words(value: Entry, names: Names) -> str:
    """What kind of media, how far verified, who showed it."""
    by = f", shown by {names.get(value['shown_by'], value['shown_by'])}" if value["shown_by"] else ""
    return f"{value['kind']}, {ClaimVerification(value['verification']).en.lower()}{by}"


WORDS = {
    "type": type_words,
    "date": day_words,
    "place": place_words,
    "outcome": lambda value, names: Outcome(value["outcome"]).en,
    "actor": actor_words,
    "claim": claim_words,
    "evidence": evidence_words,
    **FACT_WORDS,
}


def inputs(kind: str, value: Entry) -> list[Input]:
    """What a correction of this kind asks for, filled in with what counts now."""
    return INPUTS[kind](value)


def type_inputs(value: Entry) -> list[Input]:
    """Types with their sub-types."""
    groups = [
        (kind.en, [(kind.value, f"{kind.en}, no sub-type"), *((one.value, one.en) for one in subtypes)])
        for kind, subtypes in SUBTYPES.items()
    ]
    return [Input("type", "Type", value.get("event_subtype") or value.get("event_type", ""), groups)]


def day_inputs(value: Entry) -> list[Input]:
    """First and last day."""
    return [
        Input("first", "First day", value.get("first", ""), type="date"),
        Input("last", "Last day", value.get("last", ""), type="date"),
        coded("precision", "Known to the", DatePrecision, value.get("precision", DatePrecision.DAY.value)),
    ]


def place_inputs(value: Entry) -> list[Input]:
    """A place by name or number."""
    return [
        Input(
            "place",
            "Place, #number, #p-code or country code",
            place_typed(value) if value else "",
            listed="places",
        ),
        coded("precision", "Precision", LocationPrecision, value.get("precision", ""), optional=True),
    ]


def actor_inputs(value: Entry) -> list[Input]:
    """An actor of the registry."""
    return [
        Input("actor", "Actor", value.get("slug", ""), listed="actors"),
        coded("role", "Role", Role, value.get("role", "")),
    ]


def claim_inputs(value: Entry) -> list[Input]:
    """A claim's parts."""
    low, high = (value.get(name) for name in ("low", "high"))
    return [
        Input("claimant", "Who says it", voice(value.get("claimant") or {}), listed="actors"),
        coded("measure", "What is counted", Measure, value.get("measure")),
        coded("item_class", "Of materiel", ItemClass, value.get("item_class"), optional=True),
        coded("quantifier", "Put as", Quantifier, value.get("quantifier")),
        Input("low", "Low", "" if low is None else str(low), type="number"),
        Input("high", "High", "" if high is None else str(high), type="number"),
        Input(
            "about",
            "Of whom (slugs, commas between; empty: whole incident)",
            ", ".join(value.get("about") or []),
        ),
        coded("stance", "Stance", Stance, value.get("stance")),
        coded("scope", "Speaks of", Scope, value.get("scope")),
        coded("verification", "Verification", ClaimVerification, value.get("verification")),
    ]


def evidence_inputs(value: Entry) -> list[Input]:
    """A kind of media."""
    return [
        Input("kind", "Kind", value.get("kind", "")),
        coded("verification", "Verification", ClaimVerification, value.get("verification")),
    ]


INPUTS = {
    "type": type_inputs,
    "date": day_inputs,
    "place": place_inputs,
    "outcome": lambda value: [coded("outcome", "Outcome", Outcome, value.get("outcome"))],
    "actor": actor_inputs,
    "claim": claim_inputs,
    "evidence": evidence_inputs,
    **FACT_INPUTS,
}
