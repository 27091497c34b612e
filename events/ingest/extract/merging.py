"""The claims of a report, each once: tolls that a later one replaces, sums beside their parts, headlines told better below."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from events.ingest.extract.found import Claimant, ClaimFound, SetAside


@dataclass(frozen=True, slots=True)
class Said:
    """A claim on its way: with the sentence it stands in, for merging."""

    claim: ClaimFound
    sentence: int
    superseded: bool = False
    total: int | None = None
    # Whether the number stood alone, so that whom it is about is told elsewhere.
    inherited: bool = False
    # Whether it points to people of a sentence before ("thirty of them", "en avoir tué 70").
    points_back: bool = False


def merged(said: Sequence[Said], headline: bool) -> tuple[list[ClaimFound], list[SetAside], list[int]]:
    """Each claim once, with the sentence it is taken from; tolls that a later one replaces are set aside.

    The report's own voice gives way to whoever is named for the same figure; a figure with more of those it is about
    gives way to none.
    """
    kept: list[Said] = []
    aside: list[SetAside] = []
    index_of: dict[int, int] = {}
    for number, one in enumerate(said):
        reason = _replaced(one, said, headline)
        same = next((n for n, other in enumerate(kept) if _same(one.claim, other.claim)), None)
        if reason:
            aside.append(SetAside(one.claim.start, one.claim.end, one.claim.phrase, reason))
        elif same is None:
            index_of[number] = len(kept)
            kept.append(one)
        else:
            index_of[number] = same
            kept[same] = _better(kept[same], one, headline)
    claims = [
        replace(one.claim, part_of=index_of.get(_global(one, said)) if one.total is not None else None)
        for one in kept
    ]
    return claims, aside, [one.sentence for one in kept]


def _global(one: Said, said: Sequence[Said]) -> int:
    """Where in the whole list the claim stands of which this is a part."""
    first = next(n for n, other in enumerate(said) if other.sentence == one.sentence)
    return first + (one.total or 0)


def _replaced(one: Said, said: Sequence[Said], headline: bool) -> str:
    """Why a claim gives way to another of the same report; empty when it stands."""
    claim = one.claim
    others = [other for other in said if other.claim is not claim and other.claim.measure == claim.measure]
    if one.superseded and any(
        not o.superseded and _may_be_same(o.claim, claim) and not _same_figure(o.claim, claim) for o in others
    ):
        return "replaced by a later toll"
    if one.superseded and _whole_toll_replaced(one, said):
        return "part of a toll that a later one replaces"
    below = [o for o in others if o.sentence > 0 and _may_be_same(o.claim, claim) and _is_exact(o.claim)]
    own_below = (
        [o for o in below if _same_voice(o.claim.claimant, claim.claimant)] if claim.claimant.slug else below
    )
    if headline and one.sentence == 0 and own_below and not any(_same(o.claim, claim) for o in below):
        return "a headline, told more exactly below"
    bare = headline and one.sentence == 0 and claim.claimant.kind == "outlet" and claim.quantifier != "exact"
    if bare and below and not any(_same(o.claim, claim) for o in below):
        return "a headline, told in figures below"
    vague = claim.quantifier in ("several", "unknown", "dozens", "hundreds")
    own = [
        o for o in others if claim.claimant.kind == "outlet" or _same_voice(o.claim.claimant, claim.claimant)
    ]
    if vague and any(_fits(o.claim, claim) for o in own):
        return "said more exactly elsewhere"
    if claim.claimant.kind != "outlet":
        others = [
            o for o in others if o.sentence == one.sentence and _same_voice(o.claim.claimant, claim.claimant)
        ]
    return "the sum of the figures beside it" if _is_sum(claim, others) else ""


def _whole_toll_replaced(one: Said, said: Sequence[Said]) -> bool:
    """Whether a later toll of several measures stands against the toll that this figure was part of."""
    later = {o.claim.measure for o in said if not o.superseded and o.sentence != one.sentence}
    return len(later & _MEASURES_OF_A_TOLL) > 1 and one.claim.measure not in later


_MEASURES_OF_A_TOLL = frozenset({"killed", "wounded", "missing"})


def _is_exact(claim: ClaimFound) -> bool:
    return claim.quantifier not in ("several", "unknown", "dozens", "hundreds")


def _fits(exact: ClaimFound, vague: ClaimFound) -> bool:
    if exact.quantifier in ("several", "unknown") or exact.quantifier == vague.quantifier:
        return False
    low, high = vague.low or 0, vague.high or 10**9
    number = exact.low if exact.low is not None else exact.high
    return (
        number is not None
        and (low <= number <= high or vague.quantifier == "several")
        and _may_be_same(exact, vague)
    )


def _is_sum(claim: ClaimFound, others: Sequence[Said]) -> bool:
    """Whether two or more figures about different people add up to this one, which is about everybody."""
    if claim.about or claim.low is None or claim.low != claim.high:
        return False
    parts = {
        other.claim.about: other.claim.low
        for other in others
        if other.claim.about and other.total is None and not other.points_back
    }
    return len(parts) > 1 and all(parts.values()) and sum(low or 0 for low in parts.values()) == claim.low


def _may_be_same(one: ClaimFound, two: ClaimFound) -> bool:
    return not one.about or not two.about or bool(set(one.about) & set(two.about))


def _same(one: ClaimFound, two: ClaimFound) -> bool:
    """Whether two claims say the same: measure, figure, and compatible victims and claimants."""
    if (one.measure, one.item_class) != (two.measure, two.item_class) or not _same_figure(one, two):
        return False
    if (
        one.claimant.kind != "outlet"
        and two.claimant.kind != "outlet"
        and not _same_voice(one.claimant, two.claimant)
    ):
        return False
    return _may_be_same(one, two)


def _same_figure(one: ClaimFound, two: ClaimFound) -> bool:
    if (one.low, one.high) == (two.low, two.high):
        return True
    # "cent" in a headline is "une centaine" in the text.
    if "about" in (one.quantifier, two.quantifier) and "exact" in (one.quantifier, two.quantifier):
        vague, exact = (one, two) if one.quantifier == "about" else (two, one)
        rounded = (
            vague.low is not None and vague.high is not None and exact.low is not None and exact.low % 10 == 0
        )
        return rounded and (vague.low or 0) <= (exact.low or 0) <= (vague.high or 0)
    # "at least ten" and "ten" are one figure told twice.
    return one.low is not None and one.low == two.low and "at_least" in (one.quantifier, two.quantifier)


def _same_voice(one: Claimant, two: Claimant) -> bool:
    if one.slug or two.slug:
        return one.slug == two.slug
    return one.kind == two.kind and one.name == two.name


def _better(old: Said, new: Said, headline: bool) -> Said:
    """Prefer a named claimant, the text to the headline, more of those it is about, then the wording given first."""
    if (
        headline
        and old.sentence == 0
        and new.sentence > 0
        and _same_voice(old.claim.claimant, new.claim.claimant)
    ):
        return replace(new, claim=replace(new.claim, about=new.claim.about or old.claim.about))
    named = new.claim.claimant.kind != "outlet" and old.claim.claimant.kind == "outlet"
    more = len(new.claim.about) > len(old.claim.about)
    if named:
        about = (
            max(new.claim.about, old.claim.about, key=len)
            if set(new.claim.about) <= set(old.claim.about)
            else new.claim.about
        )
        return replace(
            new,
            claim=replace(new.claim, about=about, stance=new.claim.stance),
            total=new.total if new.total is not None else old.total,
        )
    if more and (old.claim.claimant.kind == "outlet" or _same_voice(old.claim.claimant, new.claim.claimant)):
        return replace(
            old,
            claim=replace(
                old.claim,
                about=new.claim.about,
                label=new.claim.label,
                quote=new.claim.quote,
                start=new.claim.start,
                end=new.claim.end,
            ),
        )
    return old
