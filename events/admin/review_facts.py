"""Facts about actors as the review screen shows them: in words, with what the registry has of them, and their inputs."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from actors.codes import DeploymentStatus, MilestoneKind, RelationKind
from actors.models import Agreement
from events.admin.inputs import Input, Names, coded, figure
from events.claims.codes import Quantifier
from events.countries import COUNTRIES
from events.verbs.correcting_facts import YES
from events.verbs.facts import known
from events.verbs.proposed import Entry

NEW = "New to the registry."
FACT_NAMES = {
    "milestone": "Milestone",
    "relation": "Relation",
    "deployment": "Deployment",
    "agreement": "Agreement",
    "strength": "Strength",
    "person": "Person",
}


def milestone_words(value: Entry, names: Names) -> str:
    """Whose, when, what."""
    kind = MilestoneKind(value["kind"]).en.lower()
    said = f"{names.get(value['actor'], value['actor'])}, {value['on']}: {value['title_en']} ({kind})"
    row = known("milestone", value)
    return f"{said}. {of_registry(f'{row.title_en}, {row.day}' if row else '')}"


def of_registry(row: str) -> str:
    """What accepting it does: a further source, or a new row."""
    return f"The registry has it: {row}; the report becomes a further source." if row else NEW


def relation_words(value: Entry, names: Names) -> str:
    """Who is what to whom."""
    kind = RelationKind(value["kind"]).en
    said = f"{names.get(value['subject'], value['subject'])} {kind} {names.get(value['object'], value['object'])}"
    row = known("relation", value)
    return f"{said}. {of_registry(f'since {since(row)}' if row else '')}"


def since(row: Any) -> str:
    """Since when, as far as it is known."""
    return str(row.start or "an unknown day")


def deployment_words(value: Entry, names: Names) -> str:
    """Which force, where, how far."""
    status = DeploymentStatus(value["status"]).en.lower()
    said = f"{names.get(value['force'], value['force'])} in {country_name(value['host'])}: {status}"
    row = known("deployment", value)
    has = f"{row.get_status_display().lower()}, since {since(row)}" if row else ""
    return f"{said}. {of_registry(has)}"


def country_name(code: str) -> str:
    """A country in words."""
    return COUNTRIES[code].en if code in COUNTRIES else code


def agreement_words(value: Entry, names: Names) -> str:
    """Which agreement, signed or ended, when."""
    row = known("agreement", value)
    when = f" {value['on']}" if value["on"] else ""
    if row is None:
        return f"An agreement that the registry does not name, {value['what']}{when}"
    days = f"signed {row.signed or 'on an unknown day'}" + (f", ended {row.ended}" if row.ended else "")
    return f"{row.title_en}, {value['what']}{when}. {of_registry(days)}"


def strength_words(value: Entry, names: Names) -> str:
    """How many of whom, where."""
    who = " and ".join(names.get(slug, slug) for slug in value["actors"]) or "Nobody of the registry"
    jointly = ", jointly" if len(value["actors"]) > 1 else ""
    split = ", how they are split is unknown" if value["split_unknown"] else ""
    said = f"{who}{jointly}: {figure(value)} in {country_name(value['host'])}, {value['on']}{split}"
    row = known("strength", value)
    return f"{said}. {of_registry(f'“{row.phrase}”, {row.day}' if row else '')}"


def person_words(value: Entry, names: Names) -> str:
    """Who is quoted, as what."""
    of = names.get(value["affiliation"], value["affiliation"])
    said = ", ".join(filter(None, (value["name"], value["role"], of)))
    return f"{said}. {'The registry knows this person.' if known('person', value) else NEW}"


FACT_WORDS: Mapping[str, Callable[[Entry, Names], str]] = {
    "milestone": milestone_words,
    "relation": relation_words,
    "deployment": deployment_words,
    "agreement": agreement_words,
    "strength": strength_words,
    "person": person_words,
}


def milestone_inputs(value: Entry) -> list[Input]:
    """A milestone's parts."""
    return [
        actor_input("actor", "Actor", value),
        coded("kind", "Kind", MilestoneKind, value.get("kind")),
        day_input(value),
        Input("title_en", "Title in English", value.get("title_en", "")),
        Input("title_fr", "Title in French", value.get("title_fr", "")),
        Input("anew", "If the registry has one like it", value.get("anew", ""), [("", ANEW)]),
    ]


ANEW = [("", "add the report to its sources"), (YES, "add another one")]


def actor_input(name: str, label: str, value: Entry) -> Input:
    """An actor by slug or name."""
    return Input(name, label, value.get(name, ""), listed="actors")


def day_input(value: Entry) -> Input:
    """A day as far as it is known."""
    return Input("on", "Day, month or year", value.get("on", ""))


def host_input(value: Entry) -> Input:
    """A country."""
    countries = [(code, country.en) for code, country in COUNTRIES.items()]
    return Input("host", "Country", value.get("host", ""), [("", countries)])


def relation_inputs(value: Entry) -> list[Input]:
    """Two actors and the relation."""
    return [
        actor_input("subject", "Actor", value),
        coded("kind", "is", RelationKind, value.get("kind")),
        actor_input("object", "the actor", value),
    ]


def deployment_inputs(value: Entry) -> list[Input]:
    """A force in a country."""
    return [
        actor_input("force", "Force", value),
        host_input(value),
        coded("status", "Status", DeploymentStatus, value.get("status")),
    ]


def agreement_inputs(value: Entry) -> list[Input]:
    """An agreement and its fate."""
    titles = [(row.slug, row.title_en) for row in Agreement.objects.order_by("title_en")]
    none = [] if value.get("agreement") else [("", "–")]
    return [
        Input("agreement", "Agreement", value.get("agreement", ""), [("", [*none, *titles])]),
        Input("what", "was", value.get("what", ""), [("", [("signed", "signed"), ("ended", "ended")])]),
        day_input(value),
    ]


def strength_inputs(value: Entry) -> list[Input]:
    """A figure for one or several forces."""
    split = YES if value.get("split_unknown") else ""
    return [
        Input("actors", "Of whom (slugs, commas between)", ", ".join(value.get("actors") or [])),
        host_input(value),
        day_input(value),
        coded("quantifier", "Put as", Quantifier, value.get("quantifier")),
        Input("low", "Low", plain(value.get("low")), type="number"),
        Input("high", "High", plain(value.get("high")), type="number"),
        Input("split_unknown", "Split among them", split, [("", [("", "not asked"), (YES, "unknown")])]),
        Input("phrase", "In the words", value.get("phrase", "")),
    ]


def plain(number: Any) -> str:
    """A number as an input takes it."""
    return "" if number is None else str(number)


def person_inputs(value: Entry) -> list[Input]:
    """A person quoted."""
    return [
        Input("name", "Name", value.get("name", "")),
        Input("role", "Role", value.get("role", "")),
        actor_input("affiliation", "Speaks for", value),
    ]


FACT_INPUTS: Mapping[str, Callable[[Entry], list[Input]]] = {
    "milestone": milestone_inputs,
    "relation": relation_inputs,
    "deployment": deployment_inputs,
    "agreement": agreement_inputs,
    "strength": strength_inputs,
    "person": person_inputs,
}
