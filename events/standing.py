"""Where an actor that speaks stands towards an incident: one rule for what is published and what is worked out again."""

from __future__ import annotations

from actors.codes import ActorKind
from events.claims.codes import ClaimantKind
from events.codes import Role

# Kinds of actors that may report of an incident without being a party to it.
OUTSIDERS = {ActorKind.MULTINATIONAL_FORCE, ActorKind.CIVILIANS, ActorKind.ALLIANCE}
# Roles by which an actor takes part.
SIDES = {
    Role.SIDE_A,
    Role.SIDE_B,
    Role.ALLY_A,
    Role.ALLY_B,
    Role.VICTIM,
    Role.ALLEGED,
    Role.CLAIMED_RESPONSIBILITY,
}


def standing(kind: str, taking_part: bool) -> ClaimantKind:
    """An actor that takes part is a party; an outside force or body that only reports is independent."""
    outside = kind in OUTSIDERS and not taking_part
    return ClaimantKind.INDEPENDENT if outside else ClaimantKind.PARTY
