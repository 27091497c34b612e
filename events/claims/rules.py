"""Claims in, low / best / high out, by a named and versioned rule. Pure: no database, no clock.

Rules: `reported` (what is claimed, from the lowest to the highest), `conservative` (the lowest everywhere; an
admission of own loss outranks allegations), `claimant:<key>` (one voice alone). The method in words, with
examples: docs/claims.md. Change what any figure comes out as, and VERSION goes up.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

from events.claims.codes import COUNTED, ClaimStatus, Measure, Scope
from events.claims.explain import explain
from events.claims.figures import Basis, Clause, Estimate, VictimRange
from events.claims.model import Claim, ClaimId, Victims
from events.claims.overlap import apart, highest_total, low_and_best, parts_exceed
from events.claims.ranges import admissions_first, victim_range

__all__ = ["Basis", "Claim", "Clause", "Estimate", "VictimRange", "estimate", "explain", "ready_made"]

VERSION = "1"
REPORTED = "reported"
CONSERVATIVE = "conservative"
CLAIMANT = "claimant:"

_ACCEPTED = ClaimStatus.ACCEPTED.value

Ranges = dict[Victims, VictimRange]


class Rule(NamedTuple):
    """A rule as asked for; `claimant` is the key that `claimant:<key>` names, else empty."""

    name: str
    claimant: str = ""

    @classmethod
    def read(cls, text: str) -> Rule:
        """Read a rule's name; ValueError names the valid ones."""
        if text in (REPORTED, CONSERVATIVE):
            return cls(text)
        if text.startswith(CLAIMANT) and len(text) > len(CLAIMANT):
            return cls(text, text[len(CLAIMANT) :])
        raise ValueError(
            f"rule: {text!r} is not valid; valid is {REPORTED}, {CONSERVATIVE} or {CLAIMANT}<key>"
        )


def estimate(
    claims: Iterable[Claim],
    rule: str = REPORTED,
    measure: str = Measure.KILLED,
    *,
    scope: str = Scope.INCIDENT,
    item_class: str = "",
) -> Estimate:
    """Derive low, best and high of one measure from the accepted claims of one scope.

    Materiel is counted one `item_class` at a time. The order of the claims is of no consequence. Raises
    ValueError for an unknown rule, a measure that is not counted, or two different claims with one id.
    """
    asked = Rule.read(rule)
    if measure not in COUNTED:
        raise ValueError(f"measure: {measure!r} is not valid; valid is one of {', '.join(COUNTED)}")
    heard = standing(
        claim
        for claim in claims
        if (claim.measure, claim.status, claim.scope, claim.item_class)
        == (measure, _ACCEPTED, scope, item_class)
        and (not asked.claimant or claim.claimant == asked.claimant)
    )
    totals, victims = _figures(heard, asked.name == CONSERVATIVE)
    return Estimate(
        rule,
        VERSION,
        *totals,
        any(found.open_ended for found in victims),
        any(found.contested for found in victims),
        any(found.denied for found in victims),
        len({claim.claimant for claim in heard}),
        len({_statement(claim) for claim in heard}),
        victims,
        measure,
        item_class,
        scope,
    )


def ready_made(low: int, best: int, high: int) -> tuple[int, int, int]:
    """The total under `reported` and `claimant:` where one dataset alone gives low, best and high.

    The closed form of the rule for imports; in SQL: least(low, best, high), best, greatest(low, best, high).
    Released files hold rows whose best lies outside low and high; the range is widened to every number given.
    """
    return min(low, best, high), best, max(low, best, high)


def standing(claims: Iterable[Claim]) -> list[Claim]:
    """Leave out repeated ids, and claims that their own claimant replaced by a later one about the same victims."""
    by_id: dict[ClaimId, Claim] = {}
    for claim in claims:
        kept = by_id.setdefault(claim.id, claim)
        if kept is not claim and kept != claim:
            raise ValueError(
                f"claim id: {claim.id!r} is not valid; valid is one id for one claim, here it is two"
            )
    replaced = {claim.supersedes for claim in by_id.values() if claim.supersedes and _replaces(claim, by_id)}
    return [claim for claim in by_id.values() if claim.id not in replaced]


def _replaces(claim: Claim, by_id: dict[ClaimId, Claim]) -> bool:
    old = by_id.get(claim.supersedes) if claim.supersedes is not None else None
    if old is None or (old.claimant, old.about) != (claim.claimant, claim.about):
        return False
    # A ring of claims that replace each other would make all of them vanish without a word: it replaces nothing.
    seen = {claim.id}
    while old is not None:
        if old.id in seen:
            return False
        seen.add(old.id)
        old = by_id.get(old.supersedes) if old.supersedes is not None else None
    return True


def _statement(claim: Claim) -> tuple[object, ...]:
    """What makes two claims the same statement, whoever relays it."""
    return claim.claimant, claim.about, claim.stance, claim.quantifier, claim.low, claim.best, claim.high


def _figures(
    heard: list[Claim], lowest: bool
) -> tuple[tuple[int | None, int | None, int | None], tuple[VictimRange, ...]]:
    """Total (low, best, high) and the range of each exact set of victims."""
    said: dict[Victims, list[Claim]] = {}
    for claim in heard:
        said.setdefault(claim.about, []).append(claim)
    counted = {about: admissions_first(claims) if lowest else claims for about, claims in said.items()}
    ranges = {about: victim_range(about, said[about], counted[about], lowest) for about in said}
    if apart(ranges):
        return _added_up(ranges), _in_order(ranges)
    for about, found in ranges.items():
        if not found.contested and parts_exceed(about, said):
            ranges[about] = found._replace(contested=True)
    return (*low_and_best(counted, ranges, lowest), highest_total(ranges)), _in_order(ranges)


def _added_up(ranges: Ranges) -> tuple[int | None, int | None, int | None]:
    if len(ranges) == 1:
        ((_, low, best, high, *_rest),) = ranges.values()
        return low, best, high
    return (
        _sum(found.low for found in ranges.values()),
        _sum(found.best for found in ranges.values()),
        _sum(found.high for found in ranges.values()),
    )


def _sum(numbers: Iterable[int | None]) -> int | None:
    """Add the numbers that somebody gave; None where nobody gave any."""
    given = [number for number in numbers if number is not None]
    return sum(given) if given else None


def _in_order(ranges: Ranges) -> tuple[VictimRange, ...]:
    return tuple(sorted(ranges.values(), key=lambda found: found.about))
