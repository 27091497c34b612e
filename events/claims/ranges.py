"""The range for one exact set of victims: low, best, high, and whether the claimants contradict each other."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from math import inf

from events.claims.codes import GRADES, ClaimantKind, ClaimVerification, Stance
from events.claims.figures import Basis, Clause, VictimRange
from events.claims.model import Claim, ClaimId, Victims

Decision = tuple[int | None, Basis]

_VERIFIED = ClaimVerification.VERIFIED.value
_REFUTED = ClaimVerification.REFUTED.value
_PARTY = ClaimantKind.PARTY.value


def victim_range(
    about: Victims, claims: Sequence[Claim], counted: Sequence[Claim], lowest: bool
) -> VictimRange:
    """Read the range from the `counted` claims; disagreement is judged on all `claims`, whatever the rule.

    `lowest`: the best figure is the low one (the conservative rule).
    """
    numbers = [number for claim in counted for number in claim.numbers]
    # A claim of "at most 40" gives no lower end of its own, yet it says that 50 is too many.
    low = min(numbers) if any(claim.lowest is not None for claim in counted) else None
    best, basis = _lowest(low, counted) if lowest else decide(low, counted)
    denied = any(claim.denies for claim in claims)
    return VictimRange(
        tuple(sorted(about)),
        low,
        best,
        max(numbers, default=None),
        any(claim.is_open for claim in counted),
        denied or disagree(claims),
        denied,
        basis,
    )


def admissions_first(claims: Sequence[Claim]) -> Sequence[Claim]:
    """Leave out allegations where somebody admits the loss."""
    if any(claim.stance == Stance.ADMISSION and claim.numbers for claim in claims):
        return [claim for claim in claims if claim.stance != Stance.ALLEGATION]
    return claims


def decide(low: int | None, claims: Sequence[Claim]) -> Decision:
    """Find the best figure by the first clause that applies."""
    if low is None:
        return None, Basis(Clause.NO_NUMBER, ())
    if verified := [
        claim for claim in claims if claim.verification == _VERIFIED and claim.number is not None
    ]:
        return middle(Clause.VERIFIED, verified)
    if independent := best_graded(claims):
        return middle(Clause.INDEPENDENT, independent)
    return (_supported(claims) if len(claims) > 1 else None) or _lowest(low, claims)


def best_graded(claims: Iterable[Claim]) -> list[Claim]:
    """Find the outsiders' claims with a number, not refuted, that share the best grade among them."""
    outside = [
        claim
        for claim in claims
        if claim.claimant_kind != _PARTY and claim.verification != _REFUTED and claim.number is not None
    ]
    first = min(map(grade_rank, outside), default=0)
    return [claim for claim in outside if grade_rank(claim) == first]


def grade_rank(claim: Claim) -> int:
    """Order grades: 0 for A, 5 for F, 6 for none."""
    return GRADES.index(claim.grade) if claim.grade else len(GRADES)


def middle(clause: Clause, claims: Sequence[Claim]) -> Decision:
    """Choose among equals the lower median, each claimant's number once: no single outlier decides a tie."""
    voices = sorted({(claim.number or 0, claim.claimant) for claim in claims})
    number = voices[(len(voices) - 1) // 2][0]
    return number, Basis(clause, _ids([claim.id for claim in claims if claim.number == number]))


def lows_by_claimant(claims: Iterable[Claim]) -> dict[str, int]:
    """Each claimant's lowest number; who repeats himself through many sources counts once."""
    lows: dict[str, int] = {}
    for claim in claims:
        low = claim.lowest
        if low is not None and low <= lows.get(claim.claimant, low):
            lows[claim.claimant] = low
    return lows


def _supported(claims: Sequence[Claim]) -> Decision | None:
    standing = [claim for claim in claims if claim.verification != _REFUTED]
    lows = sorted(lows_by_claimant(standing).values())
    if len(lows) < 2:
        return None
    bound = lows[-2]
    return bound, Basis(
        Clause.SUPPORTED, _ids([c.id for c in standing if c.lowest is not None and c.lowest >= bound])
    )


def _lowest(low: int | None, claims: Sequence[Claim]) -> Decision:
    if low is None:
        return None, Basis(Clause.NO_NUMBER, ())
    return low, Basis(Clause.LOWEST, _ids([claim.id for claim in claims if low in claim.numbers]))


def spans(claims: Iterable[Claim]) -> dict[str, tuple[float, float]]:
    """Each claimant's own span, from the lowest to the highest it allows (infinity where it leaves the end open)."""
    found: dict[str, tuple[float, float]] = {}
    for claim in claims:
        if numbers := claim.numbers:
            low = 0 if claim.lowest is None else min(numbers)
            high = inf if claim.is_open else max(numbers)
            old = found.get(claim.claimant, (low, high))
            found[claim.claimant] = min(low, old[0]), max(high, old[1])
    return found


def disagree(claims: Sequence[Claim]) -> bool:
    """Whether the spans of two claimants do not overlap."""
    if len(claims) < 2:
        return False
    own = spans(claims).values()
    # One claimant's own low is never above its own high, so a gap is always between two.
    return max([low for low, _ in own], default=0) > min([high for _, high in own], default=0)


def _ids(ids: list[ClaimId]) -> tuple[ClaimId, ...]:
    return tuple(sorted(ids, key=str)) if len(ids) > 1 else tuple(ids)
