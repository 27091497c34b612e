"""Why a claim gives way to another of the same report: a later toll, a sum beside its parts, a headline told better below."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from events.ingest.extract.found import ClaimFound
from events.ingest.extract.likeness import Said, is_medium, may_be_same, same, same_figure, same_voice
from events.ingest.extract.sums import is_sum

_VAGUE = ("several", "unknown", "dozens", "hundreds")
_MEASURES_OF_A_TOLL = frozenset({"killed", "wounded", "missing"})


def why_given_way(one: Said, said: Sequence[Said], headline: bool) -> str:
    """Why a claim gives way to another of the same report; empty when it stands."""
    others = [
        other for other in said if other.claim is not one.claim and other.claim.measure == one.claim.measure
    ]
    first = headline and one.sentence == 0
    return next((why for rule in _RULES if (why := rule(one, others, said, first))), "")


def _cited(one: Said, others: Sequence[Said], said: Sequence[Said], first: bool) -> str:
    told = one.claim.claimant.name == "sources" and any(
        _is_told_by_others(o.claim, one.claim) for o in others
    )
    return "told by the source that the medium cites" if told else ""


def _later(one: Said, others: Sequence[Said], said: Sequence[Said], first: bool) -> str:
    if not one.superseded:
        return ""
    if any(not o.superseded and _is_exact(o.claim) and _is_another(o.claim, one.claim) for o in others):
        return "replaced by a later toll"
    return "part of a toll that a later one replaces" if _whole_toll_replaced(one, said) else ""


def _added_to(one: Said, others: Sequence[Said], said: Sequence[Said], first: bool) -> str:
    """ "Eleven bodies", then "16 more, taking the toll to 27": the eleven are in the sum."""
    grown = any(o.added and o.claim.low == o.added + (one.claim.low or 0) for o in others)
    return "part of the sum that further ones make" if grown and one.claim.low else ""


def _is_another(one: ClaimFound, two: ClaimFound) -> bool:
    return may_be_same(one, two) and not same_figure(one, two)


def _headline(one: Said, others: Sequence[Said], said: Sequence[Said], first: bool) -> str:
    if not first:
        return ""
    claim = one.claim
    beside = [o.claim for o in others if o.sentence == 0]
    below = [o.claim for o in others if o.sentence > 0 and may_be_same(o.claim, claim) and _is_exact(o.claim)]
    # What tells another figure of the headline again says nothing of this one.
    below = [o for o in below if not any(same(o, other) for other in beside)]
    if claim.claimant.slug.startswith("government-of-") and any(_is_of_its_army(o, claim) for o in below):
        return "a headline, told more exactly below"
    if any(same(o, claim) for o in below):
        return ""
    own = [o for o in below if not claim.claimant.slug or same_voice(o.claimant, claim.claimant)]
    if own:
        return "a headline, told more exactly below"
    bare = claim.claimant.kind == "outlet" and claim.quantifier != "exact"
    return "a headline, told in figures below" if bare and below else ""


def _is_of_its_army(below: ClaimFound, claim: ClaimFound) -> bool:
    """ "Mali says 24 soldiers killed" over "Mali's army says 24 soldiers died"."""
    return same_figure(below, claim) and below.claimant.slug in claim.about


def _rough(one: Said, others: Sequence[Said], said: Sequence[Said], first: bool) -> str:
    claim = one.claim
    nobody = claim.claimant.kind == "outlet"
    if claim.quantifier in ("about", "at_least") and (nobody or is_medium(claim.claimant)):
        return "said more exactly elsewhere" if any(_is_count_within(o, claim) for o in others) else ""
    own = [o for o in others if nobody or same_voice(o.claim.claimant, claim.claimant)]
    vague = claim.quantifier in _VAGUE and any(_fits(o.claim, claim) for o in own)
    return "said more exactly elsewhere" if vague else ""


def _summed(one: Said, others: Sequence[Said], said: Sequence[Said], first: bool) -> str:
    twins = [o for o in others if o.total is None and not o.claim.about and same_figure(o.claim, one.claim)]
    made_up = is_sum(one, others) or (not one.claim.about and any(is_sum(o, others) for o in twins[:2]))
    return "the sum of the figures beside it" if made_up else ""


def _too_great(one: Said, others: Sequence[Said], said: Sequence[Said], first: bool) -> str:
    """ "More than 270 peacekeepers have died" after two that were killed: the sum of years, though no word says so."""
    claim = one.claim
    if claim.low is None or one.sentence < _LEAD or claim.measure == "displaced" or not claim.about:
        return ""
    before = [
        o.claim.low for o in others if o.sentence < one.sentence and set(o.claim.about) & set(claim.about)
    ]
    told = [low for low in before if low]
    great = bool(told) and claim.low >= _FAR * max(told) and claim.low >= _MANY
    return "far more than the report tells of its incident" if great else ""


# Sentences that tell the incident; how many times its figures are no more of it, and from where on.
_LEAD, _FAR, _MANY = 3, 10, 50
_Rule = Callable[[Said, Sequence[Said], Sequence[Said], bool], str]
_RULES: tuple[_Rule, ...] = (_cited, _later, _added_to, _headline, _too_great, _rough, _summed)


def _is_count_within(one: Said, rough: ClaimFound) -> bool:
    """Whether a named source counts what nobody in particular put roughly; the same number is no better."""
    exact = one.claim.quantifier == "exact" and not same_figure(one.claim, rough)
    return exact and _is_voiced(one) and _fits(one.claim, rough)


def _is_voiced(one: Said) -> bool:
    return one.claim.claimant.kind != "outlet" and not is_medium(one.claim.claimant)


def _is_told_by_others(one: ClaimFound, two: ClaimFound) -> bool:
    voiced = one.claimant.kind != "outlet" and not is_medium(one.claimant) and one.claimant.name != "sources"
    same = one.measure == two.measure and same_figure(one, two) and may_be_same(one, two)
    return voiced and same and len(one.about) >= len(two.about)


def _whole_toll_replaced(one: Said, said: Sequence[Said]) -> bool:
    """Whether a later toll of several measures stands against the toll that this figure was part of."""
    later = {o.claim.measure for o in said if not o.superseded and o.sentence != one.sentence}
    return len(later & _MEASURES_OF_A_TOLL) > 1 and one.claim.measure not in later


def _is_exact(claim: ClaimFound) -> bool:
    return claim.quantifier not in _VAGUE


def _fits(exact: ClaimFound, vague: ClaimFound) -> bool:
    if exact.quantifier in ("several", "unknown") or exact.quantifier == vague.quantifier:
        return False
    low, high = vague.low or 0, vague.high or 10**9
    number = exact.low if exact.low is not None else exact.high
    return (
        number is not None
        and (low <= number <= high or vague.quantifier == "several")
        and may_be_same(exact, vague)
    )
