"""What was known: a publication number, and the actors as they were published up to it.

`as_of` is a publication number, a release's name, a day or an instant; nothing means the latest publication.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, time, timedelta
from functools import cached_property, lru_cache
from typing import Any

from django.db import connections

from actors.codes import LINEAGE
from conflict.kit.dates import read_date, read_instant
from conflict.kit.problems import Problem, Refused, nearest_name
from conflict.kit.text import slug as slug_of
from events.record.lineage import ALWAYS, Days, Relation, Steps, kin, steps_of

VALID_ACTOR = "the slug of a published actor; /api/v1/actors/resolve finds it by name"
AS_OF_VALID = (
    "a publication number, a release's name, a day (YYYY-MM-DD) or an instant (YYYY-MM-DDThh:mm:ssZ)"
)


@dataclass(frozen=True)
class KnownActor:
    """An actor as published: slug, names, kind, country, and the actor it was merged into (itself if none)."""

    id: int
    slug: str
    name_en: str
    name_fr: str
    kind: str
    country: str | None
    target: int
    lineage: tuple[Relation, ...]

    def name(self, lang: str) -> str:
        """The name in `lang`."""
        return self.name_fr if lang == "fr" else self.name_en


class ActorBook:
    """Every actor known at one publication; names and merges are looked up here, never stored in incidents."""

    def __init__(self, actors: Iterable[KnownActor]) -> None:
        self.by_id = {actor.id: actor for actor in actors}
        self.by_slug = {actor.slug: actor for actor in self.by_id.values()}
        self.members: dict[int, list[int]] = {}
        for actor in self.by_id.values():
            self.members.setdefault(self.resolve(actor.id).id, []).append(actor.id)

    def resolve(self, actor_id: int) -> KnownActor:
        """The actor that stands for this id now: itself, or what it was merged into, however often."""
        actor = self.by_id[actor_id]
        for _ in range(len(self.by_id)):
            if actor.target == actor.id:
                break
            actor = self.by_id[actor.target]
        return actor

    def by_name_of(self, slug: str) -> KnownActor:
        """The actor with this slug. Raises Refused naming the nearest slug."""
        if slug not in self.by_slug:
            raise Refused(Problem("actor", slug, VALID_ACTOR, nearest_name(slug_of(slug), self.by_slug)))
        return self.resolve(self.by_slug[slug].id)

    def ids(self, slugs: Sequence[str], lineage: bool = False) -> list[int]:
        """All ids under which these actors stand in incidents, merged ones included; with lineage also their kin."""
        return sorted({one for ids in self.ids_by_days(slugs, lineage).values() for one in ids})

    def ids_by_days(self, slugs: Sequence[str], lineage: bool = False) -> dict[Days, list[int]]:
        """The same ids by the days of which their incidents count: always, but for kin whose relation is dated."""
        wanted = {self.by_name_of(slug).id for slug in slugs}
        spans = [kin(one, self.steps) if lineage else {one: [ALWAYS]} for one in sorted(wanted)]
        found: dict[Days, set[int]] = {}
        for actor, days in (
            (actor, days) for by_actor in spans for actor, all_days in by_actor.items() for days in all_days
        ):
            found.setdefault(days, set()).update(self.members[actor])
        always = found.get(ALWAYS, set())
        left = {days: ids if days == ALWAYS else ids - always for days, ids in found.items()}
        return {days: sorted(ids) for days, ids in sorted(left.items()) if ids}

    @cached_property
    def steps(self) -> Steps:
        """Lineage between actors, merged ones put together."""
        return steps_of(
            (self.resolve(actor.id).id, one._replace(other=self.resolve(one.other).id))
            for actor in self.by_id.values()
            for one in actor.lineage
        )

    def all_ids(self) -> list[int]:
        """The ids of all actors."""
        return sorted(self.by_id)

    def ids_of_kinds(self, kinds: Sequence[str]) -> list[int]:
        """The ids of all actors of these kinds."""
        return sorted(actor.id for actor in self.by_id.values() if self.resolve(actor.id).kind in kinds)


@dataclass(frozen=True)
class Known:
    """What was known at publication `number`; `latest` is the newest publication there is, `stamp` its time.

    The stamp is what caches go by: it changes with every publication, a redaction of the past included.
    """

    number: int
    at: datetime | None
    latest: int
    stamp: datetime | None

    @property
    def actors(self) -> ActorBook:
        """The actors as known then."""
        return actor_book(self.number, self.stamp)


def known(as_of: str | None = None) -> Known:
    """Find the publication that `as_of` means. Raises Refused for one that does not exist."""
    newest = query("SELECT number, at FROM record.publication ORDER BY number DESC LIMIT 1", [])
    latest, latest_at = newest[0] if newest else (0, None)
    if as_of is None:
        return Known(latest, latest_at, latest, latest_at)
    number, at = meant(as_of)
    return Known(number, at, latest, latest_at)


def meant(as_of: str) -> tuple[int, datetime | None]:
    """(number, time) of the publication meant; the time before the first publication is publication 0, empty."""
    if as_of.isascii() and as_of.isdigit():
        found = query(
            "SELECT number, at FROM record.publication WHERE number = %s", [min(int(as_of[:10]), 2**31 - 1)]
        )
        return found[0] if found else refuse(as_of)
    moment = instant(as_of)
    if moment is not None:
        refuse_ahead(as_of, moment)
        found = query(
            "SELECT number, at FROM record.publication WHERE at < %s ORDER BY number DESC LIMIT 1", [moment]
        )
        return found[0] if found else (0, None)
    found = query(
        "SELECT p.number, p.at FROM record.release r JOIN record.publication p ON p.number = r.publication"
        " WHERE r.name = %s",
        [as_of],
    )
    return found[0] if found else refuse(as_of)


def instant(as_of: str) -> datetime | None:
    """The first instant that is no longer meant: a whole day counts to its end (UTC), an instant is included."""
    day = read_date("as_of", as_of)
    if not isinstance(day, Problem):
        return datetime.combine(day + timedelta(days=1), time(), UTC)
    moment = read_instant("as_of", as_of)
    return None if isinstance(moment, Problem) else moment + timedelta(microseconds=1)


def refuse_ahead(as_of: str, moment: datetime) -> None:
    """Refuse a time after today: what will be known then is not known, so the answer would not stay the same."""
    if moment > datetime.combine(datetime.now(UTC).date() + timedelta(days=1), time(), UTC):
        raise Refused(Problem("as_of", as_of, "today (UTC) or earlier; left out for what is known now"))


def refuse(as_of: str) -> Any:
    """Say what `as_of` may be: which publications there are, and the release that was probably meant."""
    latest = query("SELECT coalesce(max(number), 0) FROM record.publication", [])[0][0]
    names = [name for (name,) in query("SELECT name FROM record.release", [])]
    valid = f"{AS_OF_VALID}; publications go up to {latest}"
    raise Refused(Problem("as_of", as_of, valid, nearest_name(as_of, names)))


@lru_cache(maxsize=8)
def actor_book(number: int, stamp: datetime | None) -> ActorBook:
    """The actors known at a publication. Only a redaction changes what it says; that brings a new stamp."""
    rows = query(
        "SELECT actor, slug, name_en, name_fr, kind, country, coalesce(target, actor),"
        " coalesce((SELECT jsonb_agg(jsonb_build_array(r ->> 'kind', (r ->> 'actor')::bigint, r ->> 'from', r ->> 'to'))"
        "           FROM jsonb_array_elements(document -> 'relations') r WHERE r ->> 'kind' = ANY(%s)), '[]')"
        " FROM record.actor_version WHERE known_from <= %s AND known_to > %s",
        [sorted(LINEAGE), number, number],
    )
    return ActorBook(
        KnownActor(actor, slug, name_en, name_fr, kind, country, target, relations_of(pairs))
        for actor, slug, name_en, name_fr, kind, country, target, pairs in rows
    )


def relations_of(listed: str) -> tuple[Relation, ...]:
    """The lineage of one actor."""
    return tuple(Relation(*one) for one in json.loads(listed))


def query(sql: str, params: Sequence[Any]) -> list[tuple[Any, ...]]:
    """Run one statement on the record with the public role."""
    with connections["record"].cursor() as cursor:
        cursor.execute(sql, params)
        return cursor.fetchall()
