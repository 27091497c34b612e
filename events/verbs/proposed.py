"""The values of one proposal, one by one, as an editor decides them: each with its words in the text."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Any, NamedTuple

from events.models import Decision, Proposal
from events.verbs.facts import FACTS, facts_of

Entry = dict[str, Any]
PLACE = ("key", "name", "country", "level", "precision", "longitude", "latitude", "admin1")
CLAIM = (
    "claimant",
    "measure",
    "item_class",
    "quantifier",
    "low",
    "high",
    "about",
    "stance",
    "scope",
    "verification",
)


# What a value must have to be accepted as it was read.
NEEDED = {"actor": ("slug",), "agreement": ("agreement",), "strength": ("actors", "host")}


class Span(NamedTuple):
    """Characters of the report's text, end excluded."""

    start: int
    end: int


@dataclass(frozen=True, slots=True)
class ProposedField:
    """One value. `value` is plain JSON, None where nothing was found; `label` are the report's own words.

    `kind` is the key without its number: type, date, place, outcome, actor, claim, evidence; or one of a fact.
    """

    key: str
    value: Entry | None
    spans: tuple[Span, ...] = ()
    label: str = ""
    rule: str = ""
    confidence: float | None = None
    note: str = ""

    @property
    def kind(self) -> str:
        """What the value is."""
        return self.key.partition("-")[0]

    @property
    def complete(self) -> bool:
        """Whether it can be accepted as it stands; a name that means nobody cannot, nor a fact about nothing."""
        value = self.value or {}
        return bool(value) and all(value[name] for name in NEEDED.get(self.kind, ()))


def incident_of(proposal: Proposal) -> Entry:
    """What extraction found of this proposal's incident; empty when the extraction has no such incident."""
    found = proposal.extraction.get("incidents") or []
    return found[proposal.number - 1] if 0 < proposal.number <= len(found) else {}


def proposed_fields(proposal: Proposal) -> list[ProposedField]:
    """Every value that an editor decides, in the order of the form."""
    if proposal.number == FACTS:
        return list(facts_found(proposal))
    found = incident_of(proposal)
    return list(values_found(proposal, found)) if found else []


def facts_found(proposal: Proposal) -> Iterator[ProposedField]:
    """What the report tells of actors beside its incidents."""
    for fact in facts_of(proposal.report, proposal.extraction):
        found = one(fact.key, fact.value, fact.entry, proposal.report.text)
        yield replace(found, note=fact.note)


def values_found(proposal: Proposal, found: Entry) -> Iterator[ProposedField]:
    """What, when, where, who, and who says what."""
    extraction, text = proposal.extraction, proposal.report.text
    yield one("type", {name: found[name] for name in ("event_type", "event_subtype")}, found, text)
    yield one("date", part(found["date"], ("first", "last", "precision")), found["date"], text)
    yield one("place", part(found["place"], PLACE), found["place"], text)
    if found["outcome"]:
        yield ProposedField("outcome", {"outcome": found["outcome"]})
    yield from actors(extraction, found, text)
    for index in found["claims"]:
        claim = extraction["claims"][index]
        yield one(f"claim-{index}", part(claim, CLAIM), claim, text)
    if proposal.number == 1:
        for index, item in enumerate(extraction.get("evidence", [])):
            yield one(f"evidence-{index}", part(item, ("kind", "verification", "shown_by")), item, text)


def actors(extraction: Entry, found: Entry, text: str) -> Iterator[ProposedField]:
    """Who took part; after them the names that were read and mean nobody on the desk."""
    mentions = {actor["slug"]: actor for actor in reversed(extraction.get("actors", []))}
    for index, (slug, role) in enumerate(found["actors"]):
        yield one(f"actor-{index}", {"slug": slug, "role": role}, mentions.get(slug), text)
    unknown = [actor for actor in extraction.get("actors", []) if not actor["slug"]]
    for index, actor in enumerate(unknown, start=len(found["actors"])):
        yield one(f"actor-{index}", {"slug": "", "role": actor["role"]}, actor, text)


def part(entry: Entry | None, names: tuple[str, ...]) -> Entry | None:
    """The named values of an entry."""
    return {name: entry.get(name) for name in names} if entry else None


def one(key: str, value: Entry | None, entry: Entry | None, text: str) -> ProposedField:
    """A field with what its entry says of where and how it was read."""
    if not entry:
        return ProposedField(key, value)
    spans = tuple(Span(*span) for span in entry.get("spans") or ((entry["start"], entry["end"]),))
    label = entry.get("label") or entry.get("phrase") or text[slice(*spans[0])]
    return ProposedField(
        key, value, spans, label, entry.get("rule", ""), entry.get("confidence"), entry.get("note", "")
    )


def newest(proposal: Proposal) -> dict[str, Decision]:
    """The decision that counts for each field decided so far."""
    return {one.field: one for one in proposal.decisions.select_related("by").order_by("revision")}


def undecided(proposal: Proposal) -> list[ProposedField]:
    """The fields that nobody has decided."""
    decided = newest(proposal)
    return [field for field in proposed_fields(proposal) if field.key not in decided]
