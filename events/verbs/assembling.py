"""What an editor decided about a proposal, put together: an extraction of one incident with only that in it, and the
rows that it makes of a draft or adds to a known incident."""

from __future__ import annotations

from typing import Any

from conflict.kit.problems import Problem, Refused
from events.claims.codes import ClaimStatus
from events.codes import RejectedWhy, Verdict
from events.models import Claim, Incident, Proposal, Report
from events.verbs.attaching import said
from events.verbs.differences import Part, typed_fields
from events.verbs.proposed import Entry, ProposedField, incident_of, newest, proposed_fields
from events.verbs.proposing import (
    cast_of,
    citation,
    claim_row,
    evidence,
    participants,
    titles,
    what,
    when,
    where,
)
from events.verbs.siting import place_by_point

Chosen = dict[str, tuple[ProposedField, Entry]]
Known = dict[tuple[Any, ...], list[Claim]]


def reviewed(row: Proposal, needs_type: bool = True) -> Entry:
    """The extraction of this one incident with accepted and corrected values only. Raises Refused without a type."""
    chosen = decided_fields(row)
    found = {**incident_of(row), "date": None, "place": None, "outcome": "", "actors": [], "follows": None}
    if "type" not in chosen and needs_type:
        raise Refused(Problem("type", "undecided", "accepted or corrected, before it can become a draft"))
    for name in ("type", "outcome"):
        found |= chosen[name][1] if name in chosen else {}
    for name in ("date", "place"):
        if name in chosen:
            found[name] = chosen[name][1]
    claims = of_kind(chosen, "claim")
    found["claims"] = list(range(len(claims)))
    people = of_kind(chosen, "actor")
    found["actors"] = [(value["slug"], value["role"]) for _, value in people]
    entries = row.extraction.get("claims", [])
    return {
        "country": row.extraction.get("country")
        or (incident_of(row).get("place") or {}).get("country")
        or "",
        "incidents": [found],
        "actors": [
            {"slug": value["slug"], "label": field.label, "confidence": 1.0} for field, value in people
        ],
        "claims": [{**entries[number_of(field)], **value} for field, value in claims],
        "evidence": [value for _, value in of_kind(chosen, "evidence")],
    }


def decided_fields(row: Proposal) -> Chosen:
    """The fields that were accepted or corrected, with what counts."""
    decisions = newest(row)
    return {
        field.key: (field, decisions[field.key].decided)
        for field in proposed_fields(row)
        if field.key in decisions and decisions[field.key].decided
    }


def of_kind(chosen: Chosen, kind: str) -> list[tuple[ProposedField, Entry]]:
    """Those of one kind, in order."""
    return [pair for key, pair in chosen.items() if key.startswith(f"{kind}-")]


def number_of(field: ProposedField) -> int:
    """The number in a field's key: its place in the extraction's list."""
    return int(field.key.rpartition("-")[2])


def fill(draft: Incident, report: Report, extraction: Entry) -> None:
    """Give a draft that no person has worked on the values decided; not saved. Raises Refused without a country."""
    (found,) = extraction["incidents"]
    country = (found["place"] or {}).get("country") or extraction["country"]
    if not country:
        raise Refused(Problem("place", "undecided", "a place or country, before it can become a draft"))
    open_place = {
        "place_name": "",
        "point": None,
        "admin1": "",
        "admin1_name": "",
        "admin2": "",
        "admin2_name": "",
    }
    values = {
        "internal_note": "",
        **what(found),
        **titles(found),
        **when(report, found),
        **open_place,
        **where(found),
    }
    for name, value in {**values, "admin3": "", "boundary_vintage": "", "country": country}.items():
        setattr(draft, name, value)
    named, draft.admin1 = draft.admin1, ""
    place_by_point(None, draft)
    draft.admin1 = draft.admin1 or named


def cited(incident: Incident, report: Report) -> str:
    """The key of the citation of this report in an incident, which is added where it is missing; not saved."""
    entry, key = citation(report), f"report-{report.pk}"
    told = ("outlet", "title", "date")
    for known in incident.source_list:
        same = entry["url"] and known.get("url") == entry["url"]
        if same or known.get("key") == key or all(known.get(name) == entry[name] for name in told):
            return str(known["key"])
    incident.source_list = [*incident.source_list, {**entry, "key": key}]
    return key


def replaced_parts(draft: Incident, report: Report, extraction: Entry) -> list[Part]:
    """The rows of a machine's draft: what was decided stays or is corrected, the rest of this report goes."""
    mine = claims_of(draft, report)
    key = cited(draft, report)
    wanted = [*participations(draft, extraction), *claims(draft, report, extraction, key, mine)]
    parts = [*wanted, *(Part(item, name="evidence") for item in evidence(draft, extraction, key))]
    if draft.pk is None:
        return parts
    kept = [part.row for part in wanted]
    old = [*draft.claims.filter(report=report), *draft.participations.all(), *draft.evidence.all()]
    # Django holds rows equal that are of one table and have one key.
    return [*(Part(row, delete=True, name="gone") for row in old if row not in kept), *parts]


def added_parts(target: Incident, row: Proposal, extraction: Entry) -> list[Part]:
    """What a known incident lacks: claims, actors that it does not name, kinds of evidence; and its citation of the report.

    Claims of the report that the machine has left there pending are accepted, corrected or set aside; nothing else
    that the incident has is touched.
    """
    report, key = row.report, cited(target, row.report)
    named = set(target.participations.values_list("actor", flat=True))
    shown = set(target.evidence.filter(relayed_by=key).values_list("kind", flat=True))
    mine = claims_of(target, report)
    pending = {
        words: [one for one in rows if one.status == ClaimStatus.PENDING] for words, rows in mine.items()
    }
    others = {said(one) for one in target.claims.exclude(status=ClaimStatus.SET_ASIDE)}
    told = [
        part
        for part in claims(target, report, extraction, key, pending)
        if part.row.pk or (words_of(part.row) not in mine and said(part.row) not in others)
    ]
    return [
        *(part for part in participations(target, extraction) if part.row.actor_id not in named),
        *told,
        *(
            Part(item, name="evidence")
            for item in evidence(target, extraction, key)
            if item.kind not in shown
        ),
        *(Part(one, name="claims") for one in rejected_claims(row, pending)),
    ]


def rejected_claims(row: Proposal, pending: Known) -> list[Claim]:
    """Pending claims of the report that were rejected, set aside with the reason; not saved."""
    decisions, entries = newest(row), row.extraction.get("claims", [])
    found = []
    for field in proposed_fields(row):
        decision = decisions.get(field.key)
        if field.kind != "claim" or decision is None or decision.verdict != Verdict.REJECTED:
            continue
        entry = entries[number_of(field)]
        for claim in pending.pop((entry["start"], entry["end"], entry["item_class"]), []):
            why = RejectedWhy(decision.why).en
            claim.status, claim.set_aside_why = ClaimStatus.SET_ASIDE, f"{why}. {decision.note}".strip()[:300]
            found.append(claim)
    return found


def participations(incident: Incident, extraction: Entry) -> list[Part]:
    """Who took part; a row that the incident has already is that row."""
    known = {(row.actor_id, row.role): row for row in incident.participations.all()} if incident.pk else {}
    wanted = participants(incident, extraction, extraction["incidents"][0], cast_of(extraction))
    return [Part(known.get((row.actor_id, row.role), row), name="participations") for row in wanted]


def claims(incident: Incident, report: Report, extraction: Entry, key: str, known: Known) -> list[Part]:
    """Who says what, accepted; a claim among `known` that was read from the same words is that row, corrected."""
    parts, cast = [], cast_of(extraction)
    for entry in extraction["claims"]:
        row = claim_row(incident, report, entry, cast, key)
        row.status = ClaimStatus.ACCEPTED
        same = known.get(words_of(row))
        row = told_again(same.pop(0), row) if same else row
        parts.append(
            Part(row, {"about": [cast[slug] for slug in entry["about"] if slug in cast]}, name="claims")
        )
    return parts


def claims_of(incident: Incident, report: Report) -> Known:
    """The claims of an incident that a report relays, by their words."""
    known: Known = {}
    for row in incident.claims.filter(report=report).order_by("pk") if incident.pk else ():
        known.setdefault(words_of(row), []).append(row)
    return known


def told_again(old: Claim, new: Claim) -> Claim:
    """The row of a claim with what is said of it now; not saved."""
    for column in typed_fields(Claim):
        setattr(old, column.attname, getattr(new, column.attname))
    return old


def words_of(claim: Claim) -> tuple[Any, ...]:
    """By what a claim of a report is known again: its words and what they count."""
    return claim.span_start, claim.span_end, claim.item_class
