"""decide: an editor accepts, corrects or rejects one proposed value; the decision and its trace are one act."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from django.contrib.auth.models import User
from django.db import transaction
from django.utils import timezone

from conflict.kit.problems import Problem, Refused, not_one_of
from events.codes import RejectedWhy, Verdict
from events.models import Decision, Proposal, Source, Trace
from events.policy import Act, readable_sources, refuse_unless, shown_role
from events.verbs.correcting import corrected
from events.verbs.proposed import ProposedField, newest, proposed_fields
from events.verbs.remembering import remember
from events.verbs.tracing import subject_of, trace
from events.verbs.typed import Typed

OPEN = "open"


@dataclass(frozen=True)
class Judged:
    """What an editor says of one field: `typed` are the values of a correction, `remember` what to keep of it."""

    key: str
    verdict: str
    typed: Typed = field(default_factory=dict)
    why: str = ""
    note: str = ""
    remember: bool = False


@transaction.atomic
def decide(proposal: Proposal, judged: Judged, *, seen: str, by: User | None) -> Decision:
    """Keep one decision. `seen` is the proposal's revision as the editor saw it.

    Raises Refused with nothing kept: 404 and 403 for who may not, 409 when a colleague decided something meanwhile
    or the review is over, 400 naming field, value and what is valid.
    """
    row = locked_open(proposal, seen, by)
    proposed = field_of(row, judged.key)
    value = decided_value(row, proposed, judged, by)
    before = newest(row).get(proposed.key)
    row.revision += 1
    row.save(update_fields=["revision"])
    decision = Decision.objects.create(
        proposal=row,
        field=proposed.key,
        verdict=judged.verdict,
        proposed=proposed.value,
        decided=value,
        why=judged.why if judged.verdict == Verdict.REJECTED else "",
        note=judged.note.strip(),
        revision=row.revision,
        by=by,
    )
    # Reports can be by sources that few may know of, traces are read by all editors: the words stay in the decision.
    change = {"fields": {proposed.key: [before.verdict if before else None, judged.verdict]}}
    trace("decide", row, by=by, role=shown_role(by) if by else "editor", change=change)
    if judged.remember:
        remember(row, proposed, value or {}, judged.typed, by)
    return decision


def locked_open(proposal: Proposal, seen: str, by: User | None) -> Proposal:
    """The proposal as it stands, locked; refused when its review is over or somebody decided meanwhile."""
    row = locked(proposal, by)
    if row.state != OPEN:
        told = last_words(row) or "Its review is over."
        raise Refused(Problem("proposal", row.state, f"one that is open. {told}"), 409, "Changed meanwhile")
    if seen != str(row.revision):
        told = meanwhile(row, seen)
        problem = Problem("seen", seen, f"{row.revision}: {told} Load it again to see that.")
        raise Refused(problem, 409, "Changed meanwhile")
    return row


def locked(proposal: Proposal, by: User | None) -> Proposal:
    """The proposal, locked until the end, if this person may review it."""
    row = (
        Proposal.objects.select_for_update(of=("self",)).select_related("report__source").get(pk=proposal.pk)
    )
    refuse_unless(by, Act.REVISE, row)
    if by is not None and not Source.objects.filter(readable_sources(by), pk=row.report.source_id).exists():
        raise Refused(Problem("proposal", row.pk, "one that exists"), status=404)
    return row


def meanwhile(row: Proposal, seen: str) -> str:
    """Who decided what since revision `seen`, in words."""
    since = row.decisions.select_related("by").order_by("revision")
    if seen.isascii() and seen.isdigit():
        since = since.filter(revision__gt=int(seen))
    told = [
        f"{one.by or 'an editor'} {one.get_verdict_display().lower()} {one.field}"
        f" at {timezone.localtime(one.at):%H:%M} UTC."
        for one in list(since)[-5:]
    ]
    return " ".join(told) or "It has changed."


def last_words(row: Proposal) -> str:
    """Who ended the review."""
    last = Trace.objects.filter(subject=subject_of(row), verb="review").select_related("by").first()
    return (
        f"{last.by or last.role} ended its review at {timezone.localtime(last.at):%H:%M} UTC." if last else ""
    )


def field_of(row: Proposal, key: str) -> ProposedField:
    """The proposed value of that key."""
    fields = {one.key: one for one in proposed_fields(row)}
    if key not in fields:
        raise Refused(not_one_of("field", key, fields))
    return fields[key]


def decided_value(
    row: Proposal, proposed: ProposedField, judged: Judged, by: User | None
) -> dict[str, Any] | None:
    """What counts from now on; None when it was rejected."""
    if len(judged.note) > 300:
        raise Refused(Problem("note", judged.note, "at most 300 characters"))
    if judged.verdict == Verdict.CORRECTED:
        return corrected(row, proposed, judged.typed, by)
    if judged.verdict == Verdict.ACCEPTED:
        if not proposed.complete:
            valid = "a correction or a rejection: nothing was read that could be accepted"
            raise Refused(Problem(proposed.key, proposed.label, valid))
        return proposed.value
    if judged.verdict == Verdict.REJECTED:
        refuse_no_reason(judged)
        return None
    raise Refused(not_one_of("verdict", judged.verdict, Verdict.values()))


def refuse_no_reason(judged: Judged) -> None:
    """A rejection says why; the reason that says "other" needs words."""
    if judged.why not in RejectedWhy.values():
        raise Refused(not_one_of("why", judged.why, RejectedWhy.values()))
    if judged.why == RejectedWhy.OTHER and not judged.note.strip():
        raise Refused(Problem("note", "", "the reason in words, because “another reason” was chosen"))
