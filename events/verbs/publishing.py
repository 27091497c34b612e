"""publish and correct: the way from the desk to the record, each call one publication in one transaction."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from datetime import UTC, datetime
from typing import Any

from django.contrib.auth.models import User
from django.db import connection, transaction
from django.utils import timezone

from actors.models import Actor
from conflict.kit.problems import Problem, Refused
from events.claims.codes import ClaimStatus
from events.codes import PublicationKind, State
from events.models import Incident, IncidentGroup
from events.policy import Act, refuse_unless
from events.record import ledger
from events.record.ledger import Publication
from events.verbs.documents import PREFETCH, actor_row, incident_row
from events.verbs.tracing import last_hand, trace

OPEN_STATES = (State.DRAFT, State.IN_REVIEW, State.APPROVED, State.EMBARGOED, State.PUBLISHED)
CHUNK = 500


def publish(
    incidents: Iterable[Incident] = (),
    actors: Iterable[Actor] = (),
    *,
    by: User | None = None,
    role: str = "editor",
    reason: str,
    kind: str | None = None,
    seen: dict[int, int] | None = None,
) -> Publication:
    """Publish desk incidents and actors as one publication; those published before get a new version.

    `seen` maps incident ids to the revision the editor looked at. Raises Refused, with nothing changed: 400 for what
    is missing, 403 when the author publishes alone, 409 when somebody changed an incident meanwhile.
    """
    refuse_empty_reason(reason)
    with transaction.atomic():
        chosen = locked_incidents([incident.pk for incident in incidents])
        people = locked_actors([actor.pk for actor in actors])
        refuse_nothing(chosen, people)
        for row in [*chosen, *people]:
            refuse_unless(by, Act.PUBLISH, row)
        refuse_unseen(chosen, seen or {})
        refuse_unready(chosen, {actor.pk for actor in people}, by)
        refuse_own_changes(people, by)
        if kind is None:
            published_before = any(row.published_revision for row in [*chosen, *people])
            kind = PublicationKind.CORRECT if published_before else PublicationKind.PUBLISH
        return written(chosen, people, by, role, reason, kind)


def written(
    incidents: Sequence[Incident], actors: Sequence[Actor], by: User | None, role: str, reason: str, kind: str
) -> Publication:
    """Give ids, add the versions, seal, mark the desk rows, leave the traces."""
    give_public_ids(incidents)
    number = ledger.opened()
    ledger.add_actors(number, [actor_row(actor) for actor in actors])
    for start in range(0, len(incidents), CHUNK):
        ledger.add_incidents(
            number, [incident_row(incident) for incident in incidents[start : start + CHUNK]]
        )
    publication = ledger.sealed(number, kind, role, reason)
    mark_published(incidents, actors)
    for row in [*incidents, *actors]:
        trace(kind, row, by=by, role=role, reason=reason, publication=number)
    return publication


def locked_incidents(ids: Sequence[int]) -> list[Incident]:
    """Lock these incidents in order of id, then read them with all that a version says."""
    list(Incident.objects.select_for_update().filter(pk__in=ids).order_by("pk").values_list("pk"))
    return list(Incident.objects.filter(pk__in=ids).order_by("date_start", "pk").prefetch_related(*PREFETCH))


def locked_actors(ids: Sequence[int]) -> list[Actor]:
    """Lock these actors in order of id and read them."""
    list(Actor.objects.select_for_update().filter(pk__in=ids).order_by("pk").values_list("pk"))
    names = (
        "names",
        "relations",
        "deployments__places",
        "strengths__actors",
        "milestones",
        "agreements__parties",
        "identifiers",
    )
    return list(Actor.objects.filter(pk__in=ids).order_by("pk").prefetch_related(*names))


def refuse_empty_reason(reason: str) -> None:
    """Every act says why."""
    if not reason.strip():
        raise Refused(Problem("reason", reason, "a sentence that says why"))


def refuse_nothing(incidents: Sequence[Incident], actors: Sequence[Actor]) -> None:
    """A publication carries something."""
    if not incidents and not actors:
        raise Refused(Problem("incidents", "", "at least one incident or actor that exists on the desk"))


def refuse_unseen(incidents: Sequence[Incident], seen: dict[int, int]) -> None:
    """Nobody publishes over a change that they have not seen."""
    problems = [
        Problem(
            f"incident {row.pk}",
            f"revision {seen[row.pk]}",
            f"revision {row.revision}, changed meanwhile: reload",
        )
        for row in incidents
        if row.pk in seen and seen[row.pk] != row.revision
    ]
    if problems:
        raise Refused(problems, status=409, title="Changed meanwhile")


def refuse_unready(incidents: Sequence[Incident], publishing: set[int], by: User | None) -> None:
    """The rule of publishing: complete, attributable, redistributable, and seen by a second person."""
    problems = [problem for incident in incidents for problem in unready(incident, by)]
    if problems:
        raise Refused(problems, title="Not ready to publish")
    refuse_unpublished_actors(incidents, publishing)


def refuse_own_changes(actors: Sequence[Actor], by: User | None) -> None:
    """Nobody publishes what they changed last themselves."""
    own = [actor for actor in actors if by is not None and last_hand(actor) == by.pk]
    if own:
        raise Refused(
            [
                Problem(f"actor {actor.slug} by", by, "somebody other than who changed it last")
                for actor in own
            ],
            title="Not ready to publish",
        )


def unready(incident: Incident, by: User | None) -> list[Problem]:
    """What keeps one incident from being published."""
    name = f"incident {incident.pk}"
    checks = [
        (incident.state in OPEN_STATES, "state", incident.state, "an open state: " + ", ".join(OPEN_STATES)),
        (incident.title_en or incident.title_fr, "title", "", "a sentence of fact in English or French"),
        (incident.source_list, "source_list", [], "at least one citation with outlet, date and address"),
        (
            incident.merged_into_id is None,
            "merged_into",
            incident.merged_into_id,
            "empty: publish its target",
        ),
        (
            incident.dataset is None or incident.dataset.redistributable,
            "dataset",
            incident.dataset,
            "a dataset whose licence allows it to be published",
        ),
        (
            not (private := private_voices(incident)),
            "claims",
            ", ".join(private),
            "no accepted claim by a source whose licence forbids passing its figures on",
        ),
        (
            incident.embargo_until is None or incident.embargo_until <= datetime.now(UTC),
            "embargo_until",
            incident.embargo_until,
            "a time that has passed, or none",
        ),
        (
            by is None or (last_hand(incident) or incident.author_id) != by.pk,
            "by",
            by,
            "somebody other than the author of the last change",
        ),
    ]
    return [Problem(f"{name} {field}", value, valid) for good, field, value, valid in checks if not good]


def private_voices(incident: Incident) -> list[str]:
    """Sources that are not redistributable and that accepted claims of this incident are by."""
    voices = [c.claimant_source for c in incident.claims.all() if c.status == ClaimStatus.ACCEPTED]
    return sorted({voice.slug for voice in voices if voice and not voice.redistributable})


def refuse_unpublished_actors(incidents: Sequence[Incident], publishing: set[int]) -> None:
    """A version may only name actors that the record knows."""
    named = Counter(actor for incident in incidents for actor in named_actors(incident))
    missing = set(named) - publishing - ledger.published_actor_ids(named)
    if missing:
        slugs = Actor.objects.filter(pk__in=missing).order_by("slug").values_list("slug", flat=True)
        raise Refused(
            [Problem("actor", slug, "an actor that has been published: publish it first") for slug in slugs]
        )


def named_actors(incident: Incident) -> set[int]:
    """Every actor id that a version of this incident would carry."""
    ids: set[Any] = {part.actor_id for part in incident.participations.all()}
    for claim in incident.claims.all():
        ids |= {victim.pk for victim in claim.about.all()} | {claim.claimant_actor_id}
        if claim.claimant_person:
            ids.add(claim.claimant_person.affiliation_id)
    return ids - {None}


def give_public_ids(incidents: Sequence[Incident]) -> None:
    """Number those that were never published: country, year, sequence; stable for ever."""
    for group in {
        incident.group for incident in incidents if incident.group and not incident.group.public_id
    }:
        group.public_id = next_public_ids(f"{group.incidents.order_by('date_start').first().country}-G", 1)[0]
        IncidentGroup.objects.filter(pk=group.pk).update(public_id=group.public_id)
        for incident in incidents:
            if incident.group_id == group.pk:
                incident.group = group
    wanted = Counter(id_prefix(incident) for incident in incidents if not incident.public_id)
    free = {prefix: iter(next_public_ids(prefix, count)) for prefix, count in sorted(wanted.items())}
    for incident in incidents:
        if not incident.public_id:
            incident.public_id = next(free[id_prefix(incident)])
    for incident in incidents:
        carry_follows(incident, incidents)


def carry_follows(incident: Incident, incidents: Sequence[Incident]) -> None:
    """`follows` may have got its public id in this very publication."""
    for other in incidents:
        if other.pk == incident.follows_id:
            incident.follows = other


def id_prefix(incident: Incident) -> str:
    """Country and year of a public id, for example `MLI-2025`."""
    return f"{incident.country}-{incident.date_start.year}"


def next_public_ids(prefix: str, count: int) -> list[str]:
    """Take the next `count` ids of a prefix; the counter's row is locked until commit."""
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO events_publicidcounter (prefix, last) VALUES (%s, %s)"
            " ON CONFLICT (prefix) DO UPDATE SET last = events_publicidcounter.last + excluded.last RETURNING last",
            [prefix, count],
        )
        last = cursor.fetchone()[0]
    return [f"{prefix}-{sequence:05d}" for sequence in range(last - count + 1, last + 1)]


def mark_published(incidents: Sequence[Incident], actors: Sequence[Actor]) -> None:
    """The desk remembers which revision is out."""
    for incident in incidents:
        incident.state = State.PUBLISHED
        incident.published_revision = incident.revision
        incident.updated_at = timezone.now()
    Incident.objects.bulk_update(
        incidents, ["public_id", "state", "published_revision", "updated_at"], batch_size=CHUNK
    )
    for actor in actors:
        actor.published_revision = actor.revision
    Actor.objects.bulk_update(actors, ["published_revision"], batch_size=CHUNK)
