"""keep_facts: what an editor accepted of the facts about actors goes into the registry, each with the report as its source.

A fact that the registry has already gets a further source and nothing else; a new one is added. Everything is saved by
`revise`, as an edit of the reviewer: actors that changed wait for a chief editor to publish them.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from django.contrib.auth.models import User
from django.db import transaction

from actors.models import Actor, ActorRelation, Deployment, Milestone, Person, StrengthStatement
from conflict.kit.dates import PartialDate
from conflict.kit.problems import Problem, Refused
from events.models import Proposal, Report
from events.verbs.assembling import decided_fields
from events.verbs.differences import Part
from events.verbs.editing import revise
from events.verbs.facts import FACTS, Entry, known
from events.verbs.proposing import citation
from events.verbs.publishing import refuse_empty_reason
from events.verbs.reviewing import locked_open
from events.verbs.settling import ACCEPTED, close


@dataclass(frozen=True)
class Keeping:
    """By whom, why, and from which report a fact is kept."""

    report: Report
    by: User | None
    reason: str

    def sourced(self, sources: list[Entry]) -> list[Entry]:
        """The sources of a fact with this report among them, once; sources that few may know of are not named."""
        if not self.report.source.public:
            return sources
        cited = citation(self.report)
        entry = {name: cited[name] for name in ("outlet", "title", "url", "date", "language") if cited[name]}
        same = any(
            (entry.get("url") and one.get("url") == entry["url"])
            or all(one.get(name) == entry.get(name) for name in ("outlet", "title", "date"))
            for one in sources
        )
        return sources if same else [*sources, entry]

    def revise(self, row: Any, parts: tuple[Part, ...] = (), **more: Any) -> None:
        """Save by the verb of every edit."""
        revise(row, parts, by=self.by, reason=self.reason, **more)


@transaction.atomic
def keep_facts(proposal: Proposal, *, seen: str, by: User | None, reason: str) -> int:
    """Keep what was decided and close the proposal; how many facts. Raises Refused with nothing kept."""
    refuse_empty_reason(reason)
    row = locked_open(proposal, seen, by)
    if row.number != FACTS:
        raise Refused(Problem("act", "keep", "one of draft, attach, reject: this proposal is of an incident"))
    chosen = decided_fields(row)
    if not chosen:
        raise Refused(Problem("act", "keep", "reject, or at least one value accepted or corrected before"))
    keeping = Keeping(row.report, by, reason)
    for field, value in chosen.values():
        KEEP[field.kind](value, known(field.kind, value), keeping)
    close(row, ACCEPTED, None, by, reason)
    return len(chosen)


def actor(slug: str) -> Actor:
    """The actor of that slug. Raises Refused when it was merged or renamed meanwhile."""
    row = Actor.objects.filter(slug=slug, merged_into__isnull=True).first()
    if row is None:
        raise Refused(Problem("actor", slug, "the slug of an actor of the registry"))
    return row


def keep_milestone(value: Entry, row: Milestone | None, keeping: Keeping) -> None:
    """A milestone of its actor."""
    owner, day = actor(value["actor"]), PartialDate.parse(value["on"])
    told = {name: value[name] for name in ("kind", "title_en", "title_fr")}
    row = row or Milestone(on=day.first_day, on_precision=day.precision, **told)
    row.actor, row.sources = owner, keeping.sourced(row.sources)
    keeping.revise(owner, (Part(row, name="milestones"),))


def keep_relation(value: Entry, row: ActorRelation | None, keeping: Keeping) -> None:
    """A relation of its subject; since when is for an editor to say."""
    subject = actor(value["subject"])
    row = row or ActorRelation(kind=value["kind"], object=actor(value["object"]))
    row.subject, row.sources = subject, keeping.sourced(row.sources)
    keeping.revise(subject, (Part(row, name="relations"),))


def keep_deployment(value: Entry, row: Deployment | None, keeping: Keeping) -> None:
    """A force in a country, and how far its deployment is."""
    row = row or Deployment(force=actor(value["force"]), host=value["host"])
    row.status, row.sources = value["status"], keeping.sourced(row.sources)
    keeping.revise(row)


def keep_agreement(value: Entry, row: Any, keeping: Keeping) -> None:
    """Signed or ended: the day only where the registry has none."""
    if row is None:
        raise Refused(Problem("agreement", value["agreement"], "an agreement of the registry"))
    name = value["what"]
    if value["on"] and getattr(row, name) is None:
        day = PartialDate.parse(value["on"])
        setattr(row, name, day.first_day)
        setattr(row, f"{name}_precision", day.precision)
    row.sources = keeping.sourced(row.sources)
    keeping.revise(row)


def keep_strength(value: Entry, row: StrengthStatement | None, keeping: Keeping) -> None:
    """Somebody's figure for one or several forces jointly."""
    actors = [actor(slug) for slug in value["actors"]]
    if row is None:
        day = PartialDate.parse(value["on"])
        names = ("host", "quantifier", "low", "high", "phrase", "split_unknown")
        told = {name: value[name] for name in names}
        outlet = keeping.report.source.name if keeping.report.source.public else ""
        row = StrengthStatement(on=day.first_day, on_precision=day.precision, claimant=outlet, **told)
    row.sources = keeping.sourced(row.sources)
    keeping.revise(row, links={"actors": actors})


def keep_person(value: Entry, row: Person | None, keeping: Keeping) -> None:
    """A person quoted, with the role that the report gives."""
    role = "role_fr" if keeping.report.language == "fr" else "role_en"
    affiliation = actor(value["affiliation"]) if value["affiliation"] else None
    row = row or Person(name=value["name"], affiliation=affiliation)
    if value["role"] and not getattr(row, role):
        setattr(row, role, value["role"])
    keeping.revise(row)


KEEP: Mapping[str, Callable[[Entry, Any, Keeping], None]] = {
    "milestone": keep_milestone,
    "relation": keep_relation,
    "deployment": keep_deployment,
    "agreement": keep_agreement,
    "strength": keep_strength,
    "person": keep_person,
}
