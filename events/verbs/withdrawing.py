"""retract and merge: published incidents that turn out wrong or double leave a tombstone, never a hole."""

from __future__ import annotations

from django.contrib.auth.models import User
from django.db import transaction
from django.db.models import F

from actors.models import Actor
from conflict.kit.problems import Problem, Refused
from events.codes import PublicationKind, State
from events.models import Incident
from events.policy import Act, refuse_unless
from events.record import ledger
from events.record.ledger import Publication
from events.verbs.documents import actor_row
from events.verbs.publishing import locked_actors, refuse_empty_reason
from events.verbs.tracing import trace

RETRACTION_CODES = ("error", "duplicate", "out_of_scope", "source_withdrew", "safety", "legal")


def retract(
    incident: Incident, *, code: str, reason: str, by: User | None = None, role: str = "chief editor"
) -> Publication:
    """Withdraw a published incident: its tombstone keeps id, date and reason code. Raises Refused."""
    refuse_empty_reason(reason)
    if code not in RETRACTION_CODES:
        raise Refused(Problem("code", code, "one of " + ", ".join(RETRACTION_CODES)))
    with transaction.atomic():
        row = published(incident.pk, "incident")
        refuse_unless(by, Act.RETRACT, row)
        number = ledger.opened()
        ledger.tombstone(number, row.public_id, "retracted", None, {"reason_code": code})
        publication = ledger.sealed(number, PublicationKind.RETRACT, role, reason)
        Incident.objects.filter(pk=row.pk).update(state=State.RETRACTED, revision=F("revision") + 1)
        trace("retract", row, by=by, role=role, reason=reason, publication=number, change={"code": code})
        return publication


def merge(
    incident: Incident, target: Incident, *, reason: str, by: User | None = None, role: str = "editor"
) -> Publication:
    """Say that `incident` is the same as `target`: its id leads to the target from now on. Raises Refused.

    The target keeps its own claims; what is worth keeping of the other is copied by an editor before.
    """
    refuse_empty_reason(reason)
    if incident.pk == target.pk:
        raise Refused(Problem("target", target.public_id, "another incident"))
    with transaction.atomic():
        rows = {
            pk: published(pk, name) for pk, name in sorted([(incident.pk, "incident"), (target.pk, "target")])
        }
        row, into = rows[incident.pk], rows[target.pk]
        refuse_unless(by, Act.MERGE, row)
        refuse_unless(by, Act.MERGE, into)
        number = ledger.opened()
        ledger.tombstone(number, row.public_id, "merged", into.public_id, {"merged_into": into.public_id})
        publication = ledger.sealed(number, PublicationKind.MERGE, role, reason)
        Incident.objects.filter(pk=row.pk).update(
            state=State.MERGED, merged_into=into, revision=F("revision") + 1
        )
        trace(
            "merge", row, by=by, role=role, reason=reason, publication=number, change={"into": into.public_id}
        )
        return publication


def merge_actors(
    actor: Actor, target: Actor, *, reason: str, by: User | None = None, role: str = "editor"
) -> Publication:
    """Say that two actors are one: the record shows the target wherever the other stands, from this publication on.

    Incidents are not rewritten: their versions carry the old id, which readers resolve. Raises Refused.
    """
    refuse_empty_reason(reason)
    if actor.pk == target.pk:
        raise Refused(Problem("target", target.slug, "another actor"))
    with transaction.atomic():
        row, into = sorted(locked_actors([actor.pk, target.pk]), key=lambda found: found.pk != actor.pk)
        refuse_unless(by, Act.MERGE, row)
        refuse_unmergeable(row, into)
        number = ledger.opened()
        ledger.add_actors(number, [{**actor_row(row), "state": "merged", "target": into.pk}])
        publication = ledger.sealed(number, PublicationKind.MERGE, role, reason)
        Actor.objects.filter(pk=row.pk).update(merged_into=into, revision=F("revision") + 1)
        trace("merge", row, by=by, role=role, reason=reason, publication=number, change={"into": into.slug})
        return publication


def refuse_unmergeable(row: Actor, into: Actor) -> None:
    """Both must be in the record, and a merged actor is not merged again (no chains)."""
    known = ledger.published_actor_ids([row.pk, into.pk])
    for actor in (row, into):
        if actor.pk not in known or actor.merged_into_id:
            raise Refused(Problem("actor", actor.slug, "an actor that is published and not merged"))
    if row.merged.exists():
        raise Refused(Problem("actor", row.slug, "an actor that others were not merged into"))


def published(pk: int, field: str) -> Incident:
    """Lock an incident and return it, if it is in the record now. Raises Refused."""
    row = Incident.objects.select_for_update().filter(pk=pk).first()
    if row is None or row.state != State.PUBLISHED:
        raise Refused(Problem(field, row.state if row else pk, "a published incident"), status=409)
    return row
