"""Who stands in actor1, actor2 and their associates: one rule, in Python for showing and in SQL for asking.

actor1 is the first participant on side A, else the first who claimed responsibility or is alleged; actor2 the first on side
B, else the first victim. The others of a side, and its allies, are associates.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from actors.codes import ActorKind
from events.codes import Role
from events.compat.acled.codes import INTER, NOBODY
from events.query.conditions import Predicate
from events.record.columns import actor_role
from events.record.known import ActorBook, KnownActor
from events.rows import Row

# One participant of `participants`, the first in the order of these roles: its actor's id, or its place in the list.
FIRST = (
    "(SELECT {what} FROM jsonb_array_elements(participants) WITH ORDINALITY AS taking(part, place)"
    " WHERE part ->> 1 = ANY(%s) ORDER BY array_position(%s, part ->> 1), place LIMIT 1)"
)
ACTOR = FIRST.format(what="(part ->> 0)::bigint")
PLACE = FIRST.format(what="place")


@dataclass(frozen=True)
class Side:
    """The roles whose first bearer leads a side, in order, and those of its associates."""

    leads: tuple[Role, ...]
    associates: tuple[Role, ...]

    @property
    def roles(self) -> tuple[list[str], list[str]]:
        """The parameters of ACTOR and PLACE."""
        leads = [role.value for role in self.leads]
        return leads, leads

    def place(self, row: Row) -> int | None:
        """Where the leader stands in the row's participants."""
        for role in self.leads:
            for place, part in enumerate(row["participants"]):
                if part[1] == role:
                    return place
        return None

    def actor(self, row: Row, book: ActorBook) -> KnownActor | None:
        """The leader."""
        place = self.place(row)
        return None if place is None else book.resolve(row["participants"][place][0])

    def others(self, row: Row, book: ActorBook) -> list[KnownActor]:
        """The associates, in the order of the row."""
        leader = self.place(row)
        return [
            book.resolve(part[0])
            for place, part in enumerate(row["participants"])
            if part[1] in self.associates and place != leader
        ]

    def led_by(self, actors: Sequence[int]) -> Predicate:
        """One of these actors leads; the index on participants finds candidates."""
        return Predicate(f"{taking_part()} AND {ACTOR} = ANY(%s)", (marks(actors), *self.roles, list(actors)))

    def led_by_nobody(self) -> Predicate:
        """Nobody leads."""
        return Predicate(f"{ACTOR} IS NULL", self.roles)

    def joined_by(self, actors: Sequence[int]) -> Predicate:
        """One of these actors is an associate."""
        return Predicate(
            f"{taking_part()} AND EXISTS (SELECT 1 FROM jsonb_array_elements(participants) WITH ORDINALITY AS other(said, at)"
            f" WHERE said ->> 1 = ANY(%s) AND (said ->> 0)::bigint = ANY(%s) AND at IS DISTINCT FROM {PLACE})",
            (marks(actors), [role.value for role in self.associates], list(actors), *self.roles),
        )


A = Side((Role.SIDE_A, Role.CLAIMED_RESPONSIBILITY, Role.ALLEGED), (Role.SIDE_A, Role.ALLY_A))
B = Side((Role.SIDE_B, Role.VICTIM), (Role.SIDE_B, Role.ALLY_B, Role.VICTIM))


def taking_part() -> str:
    """Any of the actors whose marks are the parameter takes part in whatever role."""
    return "actor_roles && %s::integer[]"


def marks(actors: Iterable[int]) -> list[int]:
    """The marks of actors in `actor_roles`."""
    return [actor_role(actor) for actor in actors]


def inter(actor: KnownActor | None) -> int:
    """ACLED's code of the actor's kind."""
    return NOBODY if actor is None else INTER[ActorKind(actor.kind)]


def ids_of_inter(book: ActorBook, code: int) -> list[int]:
    """The actors whose kind has this code."""
    return sorted(actor for actor in book.by_id if inter(book.resolve(actor)) == code)
