"""propose_or_attach: what a further report says of a known incident becomes pending claims beside those that are there.

Only claims are added, for an editor to accept. What a person has set is not touched: date, place, participants and
titles stay, and the list of citations grows only on a draft that no person has worked on.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.db import transaction
from django.db.models import F

from events.claims.codes import ClaimStatus
from events.codes import State
from events.models import Claim, Incident, Proposal, Report, Trace
from events.verbs.proposing import Cast, add_claims, cast_of, citation, claim_row, propose
from events.verbs.tracing import subject_of, trace

Entry = dict[str, Any]
# A candidate is taken without a person only when it is as good as certain and no other comes near.
CERTAIN = 0.93
MARGIN = 0.05
# Reasons without which, and with which, nothing is attached whatever the score.
SAME_TIME = frozenset({"same_day", "days_overlap"})
SAME_PLACE = frozenset({"same_place", "near", "same_name"})
AGAINST = frozenset({"other_actors", "other_type"})
GONE = (State.MERGED, State.RETRACTED)


@transaction.atomic
def propose_or_attach(
    report: Report, extraction: Entry, matches: Sequence[Sequence[Entry]] = ()
) -> list[Proposal]:
    """As `propose`, but an incident found that is as good as certainly a known one gets no draft: it adds its claims."""
    known: list[Incident | None] = []
    for number in range(len(extraction["incidents"])):
        candidates = matches[number] if number < len(matches) else ()
        known.append(target_of(candidates, [one.pk for one in known if one]))
    cast = cast_of(extraction)
    proposals = propose(report, extraction, cast, matches, known)
    for proposal, incident in zip(proposals, known, strict=False):
        if incident is not None:
            attach_claims(incident, report, extraction, extraction["incidents"][proposal.number - 1], cast)
    return proposals


def target_of(candidates: Sequence[Entry], taken: Sequence[int] = ()) -> Incident | None:
    """The known incident that a proposed one is, locked; None when that is not as good as certain.

    `candidates` are best first, as matching gives them; `taken` are incidents that others of the same report are.
    """
    open_ones = [one for one in candidates if one["incident"] not in taken]
    if not open_ones or not certain(open_ones[0], open_ones[1:]):
        return None
    rows = Incident.objects.select_for_update().exclude(state__in=GONE)
    return rows.filter(pk=open_ones[0]["incident"]).first()


def certain(best: Entry, others: Sequence[Entry]) -> bool:
    """Whether a candidate may be taken without a person: same place and time, nothing against it, no near second."""
    codes = {reason["code"] for reason in best["reasons"]}
    in_time = bool(codes & SAME_TIME) or {"days_apart", "figures_equal"} <= codes
    clear = not others or best["score"] - others[0]["score"] >= MARGIN
    return best["score"] >= CERTAIN and clear and in_time and bool(codes & SAME_PLACE) and not codes & AGAINST


def attach_claims(
    incident: Incident, report: Report, extraction: Entry, found: Entry, cast: Cast
) -> list[Claim]:
    """Add the claims of one incident found that the known one lacks, pending; return them."""
    known = {said(claim) for claim in incident.claims.exclude(status=ClaimStatus.SET_ASIDE)}
    key = cite(incident, report)
    lacking: dict[tuple[Any, ...], tuple[Claim, Entry]] = {}
    for index in found["claims"]:
        entry = extraction["claims"][index]
        claim = claim_row(incident, report, entry, cast, key)
        if said(claim) not in known:
            lacking.setdefault(said(claim), (claim, entry))
    add_claims(list(lacking.values()), cast)
    added = [claim for claim, _ in lacking.values()]
    trace(
        "attach",
        incident,
        role="worker",
        reason=f"from report {report.pk}",
        change={"claims": [claim.pk for claim in added], "revision": incident.revision},
    )
    return added


def said(claim: Claim) -> tuple[Any, ...]:
    """Who says what: two claims that are equal in this are one, whichever report relays them."""
    voice = (claim.claimant_actor_id, claim.claimant_person_id, claim.claimant_source_id)
    return (*voice, claim.measure, claim.item_class, claim.scope, claim.quantifier, claim.low, claim.high)


def cite(incident: Incident, report: Report) -> str:
    """The key under which the incident cites a report; empty where a person has worked on it and must add it.

    A new citation counts as a revision, so that an editor with the draft open is told of it.
    """
    entry = citation(report)
    for known in incident.source_list:
        if entry["url"] and known.get("url") == entry["url"]:
            return str(known["key"])
    if not untouched(incident):
        return ""
    key = f"report-{report.pk}"
    incident.source_list = [*incident.source_list, {**entry, "key": key}]
    Incident.objects.filter(pk=incident.pk).update(
        source_list=incident.source_list, revision=F("revision") + 1
    )
    incident.revision += 1
    return key


def untouched(incident: Incident) -> bool:
    """Whether an incident is a draft of the machine that no person has done anything with."""
    return (
        incident.state == State.DRAFT
        and incident.author_id is None
        and incident.dataset_id is None
        and not Trace.objects.filter(subject=subject_of(incident), by__isnull=False).exists()
    )
