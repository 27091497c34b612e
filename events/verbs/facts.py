"""Facts about actors that a report tells beside its incidents: milestones, relations, deployments, agreements, strength,
persons quoted. What is proposed of them, and which row of the registry a fact is already.

They have a proposal of their own, number 0 of the report: an editor decides each, and what was accepted is kept in the
registry (`registering`).
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from datetime import date, timedelta
from typing import Any, NamedTuple

from django.db.models import Model

from actors.codes import ActorKind, DeploymentStatus, RelationKind
from actors.models import Actor, ActorRelation, Agreement, Deployment, Milestone, Person, StrengthStatement
from conflict.kit.dates import PartialDate
from events.countries import COUNTRIES
from events.models import Report

Entry = dict[str, Any]
FACTS = 0
FOREIGN = frozenset(
    {ActorKind.PRIVATE_MILITARY, ActorKind.FOREIGN_STATE_FORCE, ActorKind.MULTINATIONAL_FORCE}
)
# What extraction calls a fact: (title in English, in French), with the country where one belongs in it.
TITLES = {
    "departure announced": ("Announces its departure from {en}", "Annonce son départ ({fr})"),
    "stays": ("Announces that it stays in {en}", "Annonce son maintien ({fr})"),
    "founded": ("Founded", "Fondation"),
    "merged": ("Merges with others", "Fusionne avec d'autres"),
    "dissolved": ("Dissolved", "Dissolution"),
}
STATUS = {"departure announced": DeploymentStatus.DRAWDOWN, "stays": DeploymentStatus.CONFIRMED}
# The registry's own fact is the same when its day is this near.
NEAR = timedelta(days=31)
NEAR_FIGURE = timedelta(days=92)
NO_DAY = "No day was read: the month of the report is proposed."


class Fact(NamedTuple):
    """One fact: the key and value of its field, the entry of the extraction it was read from, a warning."""

    key: str
    value: Entry
    entry: Entry
    note: str = ""


def tells_facts(extraction: Entry) -> bool:
    """Whether a report says something of actors that is worth an editor's look; a person quoted alone is not."""
    return bool(extraction.get("strength")) or any(
        one["actors"] or one["kind"] == "agreement" for one in extraction.get("milestones", [])
    )


def facts_of(report: Report, extraction: Entry) -> list[Fact]:
    """Every fact, in the order of the form."""
    told = (report.published_at or report.fetched_at).date()
    slugs = {slug for one in extraction.get("milestones", []) for slug in one["actors"]}
    kinds = dict(Actor.objects.filter(slug__in=slugs).values_list("slug", "kind"))
    found = [
        fact
        for number, one in enumerate(extraction.get("milestones", []))
        for fact in of_milestone(number, one, extraction, kinds, told)
    ]
    found += [of_strength(number, one, told) for number, one in enumerate(extraction.get("strength", []))]
    return found + list(persons(extraction))


def of_milestone(
    number: int, one: Entry, extraction: Entry, kinds: Mapping[str, str], told: date
) -> Iterator[Fact]:
    """A milestone of an actor, what it says of a relation or a deployment, or the fate of an agreement."""
    country = extraction.get("country") or ""
    if one["kind"] == "agreement":
        yield Fact(f"agreement-{number}", of_agreement(one, extraction), one)
        return
    actors = [slug for slug in one["actors"] if slug in kinds]
    if one["what"] == "subordinate":
        if len(actors) == 2:
            subject, superior = actors
            value = {"subject": subject, "kind": RelationKind.SUBORDINATE_TO.value, "object": superior}
            yield Fact(f"relation-{number}", value, one)
        return
    for slug in actors[:1]:
        day = one["when"] or f"{told:%Y-%m}"
        title = {"title_en": titled(one["what"], country, 0), "title_fr": titled(one["what"], country, 1)}
        value = {"actor": slug, "kind": one["kind"], "on": day, **title, "anew": ""}
        yield Fact(f"milestone-{number}", value, one, "" if one["when"] else NO_DAY)
        if one["what"] in STATUS and country and kinds[slug] in FOREIGN:
            deployment = {"force": slug, "host": country, "status": STATUS[one["what"]].value}
            known = known_deployment(deployment)
            yield Fact(f"deployment-{number}", deployment | ({"status": known.status} if known else {}), one)


def titled(what: str, country: str, language: int) -> str:
    """The working title of a milestone; an editor may write a better one."""
    names = COUNTRIES.get(country)
    title = TITLES.get(what, (what.capitalize(), ""))[language]
    return title.format(en=names.en if names else "the country", fr=names.fr if names else "pays")


def of_agreement(one: Entry, extraction: Entry) -> Entry:
    """Which agreement is meant: the country's only one signed in the year that the report names beside it."""
    signed = next(
        (other["when"] for other in extraction["milestones"] if other["what"] == "agreement signed"), ""
    )
    found = Agreement.objects.filter(parties__country=extraction.get("country") or "").distinct()
    rows = list(found.filter(signed__year=int(signed[:4]))[:2]) if signed else []
    what = "ended" if one["what"] == "agreement ended" else "signed"
    return {"agreement": rows[0].slug if len(rows) == 1 else "", "what": what, "on": one["when"]}


def of_strength(number: int, one: Entry, told: date) -> Fact:
    """How many of a force, or of several jointly, are said to be somewhere."""
    names = ("actors", "quantifier", "low", "high", "split_unknown", "phrase")
    value = {name: one[name] for name in names} | {"host": one["country"], "on": told.isoformat()}
    return Fact(f"strength-{number}", value, one)


def persons(extraction: Entry) -> Iterator[Fact]:
    """Persons quoted who make no claim: those who do, come with it."""
    speak = {claim["claimant"]["name"] for claim in extraction.get("claims", [])}
    for number, one in enumerate(extraction.get("persons", [])):
        if one["name"] not in speak:
            yield Fact(f"person-{number}", {name: one[name] for name in ("name", "role", "affiliation")}, one)


def known(kind: str, value: Entry) -> Any:
    """The registry's row that a fact is already; None when it is new."""
    return None if value.get("anew") else KNOWN[kind](value)


def known_milestone(value: Entry) -> Milestone | None:
    """A milestone of the same kind, near in time: the nearest."""
    day = PartialDate.parse(value["on"])
    rows = Milestone.objects.filter(
        actor__slug=value["actor"],
        kind=value["kind"],
        on__gte=day.first_day - NEAR,
        on__lte=day.last_day + NEAR,
    )
    return min(rows, key=lambda row: abs((row.on - day.first_day).days), default=None)


def known_relation(value: Entry) -> ActorRelation | None:
    """A relation of that kind between the two, the latest."""
    rows = ActorRelation.objects.filter(
        subject__slug=value["subject"], kind=value["kind"], object__slug=value["object"]
    )
    return rows.order_by("starts", "pk").last()


def known_deployment(value: Entry) -> Deployment | None:
    """The latest deployment of the force in the country."""
    rows = Deployment.objects.filter(force__slug=value["force"], host=value["host"])
    return rows.order_by("starts", "pk").last()


def known_agreement(value: Entry) -> Agreement | None:
    """The agreement itself."""
    return Agreement.objects.filter(slug=value["agreement"]).first()


def known_strength(value: Entry) -> StrengthStatement | None:
    """A statement on the same forces in the country, near in time, whose range meets this one."""
    day = PartialDate.parse(value["on"])
    rows = StrengthStatement.objects.filter(
        host=value["host"], on__gte=day.first_day - NEAR_FIGURE, on__lte=day.last_day + NEAR_FIGURE
    ).prefetch_related("actors")
    wanted = set(value["actors"])
    return next(
        (row for row in rows if {one.slug for one in row.actors.all()} == wanted and meets(row, value)), None
    )


def meets(row: StrengthStatement, value: Entry) -> bool:
    """Whether two ranges overlap; an open end is no end."""
    low, high = value["low"] or 0, value["high"] if value["high"] is not None else float("inf")
    return (row.low or 0) <= high and low <= (row.high if row.high is not None else float("inf"))


def known_person(value: Entry) -> Person | None:
    """The person of that name and affiliation."""
    rows = Person.objects.filter(name__iexact=value["name"])
    if value["affiliation"]:
        return rows.filter(affiliation__slug=value["affiliation"]).first()
    return rows.filter(affiliation=None).first()


KNOWN: Mapping[str, Callable[[Entry], Model | None]] = {
    "milestone": known_milestone,
    "relation": known_relation,
    "deployment": known_deployment,
    "agreement": known_agreement,
    "strength": known_strength,
    "person": known_person,
}
