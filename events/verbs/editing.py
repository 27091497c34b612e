"""revise, submit, return, approve: how a row of the desk is changed and comes to be published.

Every edit of a person goes through `revise`: locked, checked against what was seen, saved with its parts, traced
field by field, all in one transaction.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from django.contrib.auth.models import User
from django.db import IntegrityError, transaction
from django.db.models import F, Model
from django.utils import timezone

from actors.models import Actor, Agreement, Deployment, Person, StrengthStatement
from conflict.kit.problems import Problem, Refused
from events.codes import State
from events.models import Incident, IncidentGroup, Source, Trace
from events.policy import Act, refuse_unless, shown_role
from events.verbs.differences import GOVERNED, Part, changed_fields, changed_links, changed_part, stamp
from events.verbs.fitness import CONSTRAINTS, unfit
from events.verbs.publishing import refuse_empty_reason, unready
from events.verbs.siting import place_by_point
from events.verbs.tracing import last_hand, subject_of, trace

__all__ = ["Part", "approve", "return_to_author", "revise", "seen_of", "submit"]

Links = Mapping[str, Sequence[Model]]


def revise(
    row: Model,
    parts: Iterable[Part] = (),
    *,
    links: Links | None = None,
    seen: str = "",
    by: User | None = None,
    reason: str,
) -> Trace | None:
    """Save a row as it now stands, new or changed, with the rows that hang on it; None when nothing has changed.

    `seen` is what `seen_of` said when the editor opened the row. Raises Refused with nothing saved: 404 and 403 for
    who may not, 409 when somebody changed it meanwhile (saying who changed what), 400 for what cannot be kept.
    """
    parts, links = list(parts), links or {}
    refuse_empty_reason(reason)
    try:
        with transaction.atomic():
            return revised(row, parts, links, seen, by, reason)
    except IntegrityError as error:
        raise Refused(broken_constraint(error)) from error


def revised(
    row: Model, parts: list[Part], links: Links, seen: str, by: User | None, reason: str
) -> Trace | None:
    """The work of `revise`, inside its transaction."""
    found = locked(row)
    refuse_unless(by, Act.REVISE, found or row)
    refuse_stale(found, seen)
    if found is not None:
        keep_governed(found, row)
    if isinstance(row, Incident):
        place_by_point(found, row)
        refuse_embargo(found, row, by)
    if problems := unfit(row, parts):
        raise Refused(problems, title="Cannot be kept")
    change = changes(found, row, parts, links)
    if found is not None and not change:
        return None
    touched = owners(found) if found is not None else []
    saved(found, row, parts, links, by)
    touch([*touched, *owners(row)])
    touch_incidents(row)
    change["revision"] = getattr(row, "revision", None)
    verb = "open" if found is None else "revise"
    return trace(verb, row, by=by, role=shown_role(by) if by else "editor", reason=reason, change=change)


def locked(row: Model) -> Any:
    """The row as it stands in the database, locked until the end; None for a new one."""
    if row.pk is None:
        return None
    found = type(row)._default_manager.select_for_update().filter(pk=row.pk).first()
    if found is None:
        raise Refused(Problem(row._meta.model_name or "", row.pk, "one that exists"), status=404)
    return found


def seen_of(row: Model) -> str:
    """What an editor sees of a row now: handed back with the edit, it proves that nothing changed between."""
    return stamp(row, owners(row))


def refuse_stale(found: Model | None, seen: str) -> None:
    """Nobody writes over a change that they have not seen."""
    if found is None or not seen or seen_of(found) == seen:
        return
    raise Refused(
        Problem(
            "seen", seen, f"{seen_of(found)}: {changed_meanwhile(found, seen)} Load it again to see that."
        ),
        status=409,
        title="Changed meanwhile",
    )


def changed_meanwhile(found: Model, seen: str) -> str:
    """Who changed which fields since revision `seen` (of rows without one: the last change), in words."""
    since = Trace.objects.filter(subject=subject_of(found)).exclude(change={}).select_related("by")
    if seen.isdigit():
        since = since.filter(change__revision__gt=int(seen))
    told = [
        f"{entry.by or entry.role} changed {', '.join(fields_named(entry.change)) or 'it'}"
        f" at {timezone.localtime(entry.at):%H:%M} UTC."
        for entry in since[: 5 if seen.isdigit() else 1]
    ]
    return " ".join(reversed(told)) or "What it refers to has changed."


def fields_named(change: dict[str, Any]) -> list[str]:
    """The fields and kinds of parts that a trace says were changed."""
    return [*change.get("fields", {}), *dict.fromkeys(part["kind"] for part in change.get("parts", []))]


def keep_governed(found: Model, row: Model) -> None:
    """Columns that verbs govern are those of the database, whatever the caller's copy says."""
    for column in row._meta.concrete_fields:
        if column.name in GOVERNED:
            setattr(row, column.attname, getattr(found, column.attname))


def refuse_embargo(found: Incident | None, row: Incident, by: User | None) -> None:
    """An embargo is set and lifted by those who may."""
    if row.embargo_until != (found.embargo_until if found else None):
        refuse_unless(by, Act.EMBARGO, found or row)


def changes(found: Model | None, row: Model, parts: list[Part], links: Links) -> dict[str, Any]:
    """The change as the trace keeps it: {"fields": {name: [old, new]}, "parts": [...]}; empty when there is none."""
    fields = changed_fields(found, row) | changed_links(row, links)
    entries = [(part, changed_part(part, owner_column(part.row, row))) for part in parts]
    rows = [
        {"kind": part.row._meta.model_name, "id": part.row.pk, **entry} for part, entry in entries if entry
    ]
    return {name: value for name, value in (("fields", fields), ("parts", rows)) if value}


def owner_column(part: Model, owner: Model) -> str | None:
    """The column by which a part points to its owner."""
    return next(
        (
            column.name
            for column in part._meta.concrete_fields
            if column.remote_field and getattr(part, column.name, None) is owner
        ),
        None,
    )


def saved(found: Any, row: Any, parts: list[Part], links: Links, by: User | None) -> None:
    """Write the row, then its parts; a row that has revisions gets the next one."""
    if hasattr(row, "revision"):
        row.revision = found.revision + 1 if found else 1
    if isinstance(row, Incident):
        row.author = row.author or by
        if row.state in (State.APPROVED, State.EMBARGOED):
            # What was approved is no longer what stands here; so it takes two people to lift an embargo.
            row.state, row.approver = State.IN_REVIEW, None
    row.save()
    set_links(row, links)
    for part in parts:
        save_part(part)


def save_part(part: Part) -> None:
    """Write or delete one part."""
    if part.delete:
        part.row.delete()
        return
    part.row.save()
    set_links(part.row, part.links)


def set_links(row: Model, links: Links) -> None:
    """Set many-to-many values."""
    for name, others in links.items():
        getattr(row, name).set(others)


def owners(row: Model | None) -> list[Actor]:
    """The actors whose public document this row is a part of."""
    if isinstance(row, Deployment):
        return [row.force]
    if row is None or row.pk is None:
        return []
    if isinstance(row, StrengthStatement):
        return list(row.actors.order_by("pk"))
    return list(row.parties.order_by("pk")) if isinstance(row, Agreement) else []


def touch(actors: Iterable[Actor]) -> None:
    """What else is now out of date in the record: owners get a new revision."""
    ids = sorted({actor.pk for actor in actors})
    Actor.objects.filter(pk__in=ids).update(revision=F("revision") + 1, updated_at=timezone.now())


def touch_incidents(row: Model) -> None:
    """Published incidents that show this battle, person or source count as changed."""
    published = Incident.objects.filter(state=State.PUBLISHED)
    if isinstance(row, IncidentGroup):
        shown = published.filter(group=row)
    elif isinstance(row, Person):
        shown = published.filter(pk__in=row.claims_made.values("incident"))
    elif isinstance(row, Source):
        shown = published.filter(pk__in=row.claims_made.values("incident"), dataset__isnull=True)
    else:
        return
    shown.update(revision=F("revision") + 1, updated_at=timezone.now())


def broken_constraint(error: IntegrityError) -> Problem:
    """What the database refused at the last moment, in words."""
    name = getattr(getattr(error.__cause__, "diag", None), "constraint_name", "") or ""
    field, valid = CONSTRAINTS.get(name, ("", f"what the database accepts ({name or 'integrity'})"))
    return Problem(field, "", valid)


def submit(incident: Incident, *, by: User | None, reason: str, seen: str = "") -> Trace:
    """Hand a draft over for review. Raises Refused when it lacks what a published incident needs."""
    return moved(incident, Act.SUBMIT, State.IN_REVIEW, by, reason, seen, complete=True)


def return_to_author(incident: Incident, *, by: User | None, reason: str, seen: str = "") -> Trace:
    """Send an incident back: it is a draft again."""
    return moved(incident, Act.RETURN, State.DRAFT, by, reason, seen)


def approve(incident: Incident, *, by: User | None, reason: str, seen: str = "") -> Trace:
    """Approve an incident for publication; with an embargo that is still running, it waits. Author ≠ approver."""
    return moved(incident, Act.APPROVE, State.APPROVED, by, reason, seen, complete=True)


@transaction.atomic
def moved(
    incident: Incident,
    act: Act,
    state: State,
    by: User | None,
    reason: str,
    seen: str,
    complete: bool = False,
) -> Trace:
    """Change an incident's state, if the policy has it and nobody changed the incident meanwhile."""
    refuse_empty_reason(reason)
    row = locked(incident)
    refuse_unless(by, act, row)
    refuse_stale(row, seen)
    refuse_incomplete(row, act, by, complete)
    if act == Act.APPROVE and row.embargo_until and row.embargo_until > timezone.now():
        state = State.EMBARGOED
    before, row.state = row.state, state.value
    row.author = row.author or by
    row.approver = by if act == Act.APPROVE else None
    row.save(update_fields=["state", "author", "approver", "updated_at"])
    change = {"fields": {"state": [before, row.state]}}
    role = shown_role(by) if by else "editor"
    return trace(act.value, row, by=by, role=role, reason=reason, change=change)


def refuse_incomplete(row: Incident, act: Act, by: User | None, complete: bool) -> None:
    """Review begins with what is complete, and ends with somebody other than who changed it last."""
    missing = unready(row, None) if complete else []
    problems = [problem for problem in missing if not problem.field.endswith(" embargo_until")]
    if act == Act.APPROVE and by is not None and last_hand(row) == by.pk:
        problems.append(Problem("by", by, "somebody other than who changed it last"))
    if problems:
        raise Refused(problems, title="Not ready for review")
