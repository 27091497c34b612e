"""What the rules answer: a range for each set of victims, and the total."""

from __future__ import annotations

from typing import NamedTuple

from conflict.kit.codes import Code
from events.claims.model import ClaimId


class Clause(Code):
    """Which clause of the rule decided the best figure, strongest first."""

    VERIFIED = "verified", "a verified claim", "une affirmation vérifiée"
    INDEPENDENT = "independent", "the best-graded independent source", "la source indépendante la mieux notée"
    SUPPORTED = (
        "supported",
        "the lower bound that at least two claimants support",
        "la borne basse que soutiennent au moins deux auteurs d'affirmations",
    )
    LOWEST = "lowest", "the lowest number claimed", "le nombre le plus bas affirmé"
    NO_NUMBER = "no_number", "nobody gave a number", "personne n'a donné de nombre"


class Basis(NamedTuple):
    """Why the best figure is what it is: the clause, and the ids of the claims it rests on."""

    clause: Clause
    claims: tuple[ClaimId, ...]


class VictimRange(NamedTuple):
    """The range for one exact set of victims; numbers are None where nobody gave one.

    `about` is sorted; empty = whole incident, victims not specified. `open_ended`: someone leaves the upper end
    open, so `high` is the highest number given and not a limit.
    """

    about: tuple[str, ...]
    low: int | None
    best: int | None
    high: int | None
    open_ended: bool
    contested: bool
    denied: bool
    basis: Basis


class Estimate(NamedTuple):
    """Low, best and high of one measure over all victims, and how they came about.

    low <= best <= high wherever all three are given. `claims` counts distinct statements, `claimants` distinct
    voices. `victims` holds one range for each exact set of victims: whole incident first, then in order of key.
    """

    rule: str
    version: str
    low: int | None
    best: int | None
    high: int | None
    open_ended: bool
    contested: bool
    denied: bool
    claimants: int
    claims: int
    victims: tuple[VictimRange, ...]
    measure: str
    item_class: str
    scope: str
