"""What an editor typed in place of a proposed fact about an actor, read strictly into the shapes of `facts`."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from actors.codes import DeploymentStatus, MilestoneKind, RelationKind
from actors.models import Agreement
from conflict.kit.problems import Problem, not_one_of
from events.claims.codes import Quantifier
from events.countries import COUNTRIES
from events.verbs.facts import Entry
from events.verbs.typed import Reader

YES = "yes"


def read_milestone(reader: Reader) -> Entry:
    """Who, when, what kind, its title."""
    return {
        "actor": reader.actor("actor"),
        "kind": reader.code("kind", MilestoneKind),
        "on": reader.partial_day("on"),
        "title_en": reader.line("title_en", 300),
        "title_fr": reader.line("title_fr", 300, optional=True),
        "anew": YES if reader.text("anew") == YES else "",
    }


def read_relation(reader: Reader) -> Entry:
    """Two actors and what one is to the other."""
    value = {
        "subject": reader.actor("subject"),
        "kind": reader.code("kind", RelationKind),
        "object": reader.actor("object"),
    }
    if value["subject"] and value["subject"] == value["object"]:
        reader.problems.append(Problem("object", value["object"], "another actor"))
    return value


def read_deployment(reader: Reader) -> Entry:
    """A force, the country, how far its deployment is."""
    status = reader.code("status", DeploymentStatus)
    return {"force": reader.actor("force"), "host": country(reader, "host"), "status": status}


def country(reader: Reader, name: str) -> str:
    """A country's code."""
    value = reader.text(name).upper()
    if value not in COUNTRIES:
        reader.problems.append(not_one_of(name, value, COUNTRIES))
    return value


def read_agreement(reader: Reader) -> Entry:
    """An agreement of the registry, signed or ended, and when."""
    slug, what = reader.text("agreement"), reader.text("what")
    known = list(Agreement.objects.values_list("slug", flat=True))
    if slug not in known:
        reader.problems.append(not_one_of("agreement", slug, known))
    if what not in ("signed", "ended"):
        reader.problems.append(not_one_of("what", what, ("signed", "ended")))
    return {"agreement": slug, "what": what, "on": reader.partial_day("on", optional=True)}


def read_strength(reader: Reader) -> Entry:
    """How many of whom, where, when."""
    value = {
        "actors": reader.actors("actors"),
        "host": country(reader, "host"),
        "on": reader.partial_day("on"),
        "quantifier": reader.code("quantifier", Quantifier),
        "low": reader.number("low"),
        "high": reader.number("high"),
        "split_unknown": reader.text("split_unknown") == YES,
        "phrase": reader.line("phrase", 200, optional=True),
    }
    if not value["actors"] and not reader.text("actors"):
        reader.problems.append(Problem("actors", "", "at least one actor of the registry"))
    low, high = value["low"], value["high"]
    if low is not None and high is not None and high < low:
        reader.problems.append(Problem("high", high, f"at least {low}"))
    return value


def read_person(reader: Reader) -> Entry:
    """A person quoted, their role, for whom they speak."""
    return {
        "name": reader.line("name", 200),
        "role": reader.line("role", 200, optional=True),
        "affiliation": reader.actor("affiliation", optional=True),
    }


FACT_READERS: Mapping[str, Callable[[Reader], Entry]] = {
    "milestone": read_milestone,
    "relation": read_relation,
    "deployment": read_deployment,
    "agreement": read_agreement,
    "strength": read_strength,
    "person": read_person,
}
