"""Sums told beside the figures that make them up: "ten people, among them seven civilians and three soldiers"."""

from __future__ import annotations

from collections.abc import Sequence

from events.ingest.extract.likeness import Said, may_be_same, same_figure, same_voice

# Sentences from a sum to figures of its parts, and characters to parts named after "including".
_NEAR, _REACH = 3, 200
# Two deaths told one by one are no sum of two figures.
_SMALLEST = 3
_COUNTS = frozenset({"exact", "at_least"})
Figure = tuple[tuple[str, ...], int]


def is_sum(one: Said, others: Sequence[Said]) -> bool:
    """Whether other figures of the same measure and voice add up to this one; `others` are of the measure."""
    claim = one.claim
    if claim.low is None or claim.quantifier not in _COUNTS or one.total is not None:
        return False
    parts = [other for other in others if _may_be_part(other, one)]
    included = [part for part in parts if part.total is not None]
    whole = [part for part in parts if part.total is None]
    groups = [
        included,
        *(_near(parts, one, reach) for reach in (1, _NEAR)),
        *(_near(whole, one, reach) for reach in (1, _NEAR)),
    ]
    return any(_adds_up(group, claim.low) for group in groups) or (
        not claim.about and _adds_up([part for part in parts if part.claim.about], claim.low, mixed=True)
    )


def _may_be_part(other: Said, one: Said) -> bool:
    claim = one.claim
    if other.claim.low is None or same_figure(other.claim, claim):
        return False
    # "Ten soldiers, among them three gendarmes": what the words call a part may be of a force with a name of its own.
    if not may_be_same(other.claim, claim) and not (
        other.total is not None and other.sentence == one.sentence
    ):
        return False
    if other.total is not None and not 0 < other.claim.start - claim.start < _REACH:
        return False
    return claim.claimant.kind == "outlet" or same_voice(other.claim.claimant, claim.claimant)


def _near(parts: Sequence[Said], one: Said, reach: int) -> list[Said]:
    return [part for part in parts if abs(part.sentence - one.sentence) <= reach]


def _adds_up(parts: Sequence[Said], total: int, mixed: bool = False) -> bool:
    """Whether two figures or more add up, each counted once: of different people, or told together of two places."""
    figures: set[Figure] = {(part.claim.about, part.claim.low or 0) for part in parts}
    about = {people for people, _ in figures}
    if len(figures) < 2 or sum(low for _, low in figures) != total or total < _SMALLEST:
        return False
    together = parts[-1].sentence - parts[0].sentence <= 1
    return len(about) > 1 or (together and not mixed)
