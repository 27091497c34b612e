"""settle: after the review, a proposal becomes a draft, further claims on a known incident, or nothing.

Only values that an editor accepted or corrected are used. Everything is saved by `revise`, as an edit of the
reviewer: nothing is published, and to what a person has set only something new is added.
"""

from __future__ import annotations

from django.contrib.auth.models import User
from django.db import transaction

from conflict.kit.problems import Problem, Refused
from events.claims.codes import ClaimStatus
from events.codes import ReportState, State
from events.models import Incident, Proposal, Report
from events.policy import shown_role
from events.verbs.assembling import added_parts, fill, replaced_parts, reviewed
from events.verbs.attaching import untouched
from events.verbs.editing import revise
from events.verbs.facts import FACTS
from events.verbs.publishing import refuse_empty_reason
from events.verbs.reviewing import OPEN, locked_open
from events.verbs.tracing import trace

ACCEPTED, REJECTED = "accepted", "rejected"


@transaction.atomic
def make_draft(proposal: Proposal, *, seen: str, by: User | None, reason: str) -> Incident:
    """The draft that the machine opened, with what was decided and nothing else; a new one where there is none.

    Where a person has worked on the draft meanwhile, its own values stay and only what it lacks is added. Where the
    machine had added to a known incident instead, that one gives its pending claims up. Raises Refused.
    """
    refuse_empty_reason(reason)
    row = locked_open(proposal, seen, by)
    refuse_facts(row)
    known = row.incident and Incident.objects.select_for_update().get(pk=row.incident_id)
    own = known if known is not None and not row.match.get("attached") else None
    if own is not None and not untouched(own):
        return attached(row, own, by, reason)
    extraction = reviewed(row)
    draft = own or Incident()
    fill(draft, row.report, extraction)
    revise(draft, replaced_parts(draft, row.report, extraction), by=by, reason=reason)
    close(row, ACCEPTED, draft, by, reason)
    if known is not None and known.pk != draft.pk:
        give_up(known, row, f"told of incident {draft.pk} instead", by, reason)
    return draft


@transaction.atomic
def attach(proposal: Proposal, incident: Incident, *, seen: str, by: User | None, reason: str) -> Incident:
    """Add what was decided to a known incident: a citation, claims, participants and evidence that it lacks.

    The draft that the machine had opened for the proposal is merged into it, if no person has worked on it.
    """
    refuse_empty_reason(reason)
    row = locked_open(proposal, seen, by)
    refuse_facts(row)
    target = Incident.objects.select_for_update().filter(pk=incident.pk).first()
    if target is None:
        raise Refused(Problem("incident", incident.pk, "one that exists"), status=404)
    return attached(row, target, by, reason)


def refuse_facts(row: Proposal) -> None:
    """Facts about actors are no incident."""
    if row.number == FACTS:
        raise Refused(
            Problem("act", "an incident", "one of keep, reject: this proposal is of facts about actors")
        )


def attached(row: Proposal, target: Incident, by: User | None, reason: str) -> Incident:
    """The work of `attach`, inside its transaction."""
    before = row.incident
    parts = added_parts(target, row, reviewed(row, needs_type=False))
    revise(target, parts, by=by, reason=reason)
    close(row, ACCEPTED, target, by, reason)
    if before is not None and before.pk != target.pk:
        leave(before, row, target, by, reason)
    return target


@transaction.atomic
def turn_down(proposal: Proposal, *, seen: str, by: User | None, reason: str) -> None:
    """There is no incident in it: the proposal is rejected, and the untouched draft of the machine taken away."""
    refuse_empty_reason(reason)
    row = locked_open(proposal, seen, by)
    before = row.incident
    close(row, REJECTED, None, by, reason)
    if before is not None:
        leave(before, row, None, by, reason)


def leave(before: Incident, row: Proposal, into: Incident | None, by: User | None, reason: str) -> None:
    """What becomes of the incident that a proposal stood at, when it goes elsewhere or nowhere."""
    mine = not row.match.get("attached") and not before.proposals.exclude(pk=row.pk).exists()
    if not (mine and take_away(before, into, by, reason)):
        where = f"told of incident {into.pk} instead" if into else "turned down in review"
        give_up(before, row, where, by, reason)


def give_up(known: Incident, row: Proposal, why: str, by: User | None, reason: str) -> None:
    """Claims of the report that the machine left pending at an incident are set aside: they never counted."""
    pending = known.claims.filter(report=row.report_id, status=ClaimStatus.PENDING)
    ids = list(pending.values_list("pk", flat=True))
    if ids:
        pending.update(status=ClaimStatus.SET_ASIDE, set_aside_why=why)
        role = shown_role(by) if by else "editor"
        trace("set_aside", known, by=by, role=role, reason=reason, change={"claims": ids, "why": why})


def close(row: Proposal, state: str, incident: Incident | None, by: User | None, reason: str) -> None:
    """End the review of one proposal, and that of the report with its last one."""
    row.state, row.revision = state, row.revision + 1
    if incident is not None:
        row.incident = incident
    row.save(update_fields=["state", "revision", "incident"])
    role = shown_role(by) if by else "editor"
    change = {"verdict": state, "incident": incident.pk if incident else None}
    trace("review", row, by=by, role=role, reason=reason, change=change)
    if row.report.proposals.filter(state=OPEN).exists():
        return
    reports = Report.objects.filter(pk=row.report_id, state=ReportState.PROPOSED)
    if reports.update(state=ReportState.REVIEWED):
        trace("report_reviewed", row.report, by=by, role=role)


def take_away(draft: Incident, into: Incident | None, by: User | None, reason: str) -> bool:
    """A machine's draft that is not needed is kept as merged, or deleted when it was nothing; False when it stays.

    It stays when a person has worked on it or on an incident that follows it.
    """
    row = Incident.objects.select_for_update().get(pk=draft.pk)
    followers = list(row.followed_by.select_for_update())
    if not untouched(row) or row.merged.exists() or not all(untouched(one) for one in followers):
        return False
    role = shown_role(by) if by else "editor"
    heir = into if into and into.pk not in {one.pk for one in followers} else row.follows
    Incident.objects.filter(pk__in=[one.pk for one in followers]).update(follows=heir)
    if into is not None:
        Incident.objects.filter(pk=row.pk).update(state=State.MERGED, merged_into=into)
        trace("merge", row, by=by, role=role, reason=reason, change={"into": into.pk})
        return True
    trace("discard", row, by=by, role=role, reason=reason, change={"title": str(row)})
    row.delete()
    return True
