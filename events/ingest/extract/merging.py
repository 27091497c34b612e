"""The claims of a report, each once: tolls that a later one replaces, sums beside their parts, headlines told better below."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from events.ingest.extract.found import ClaimFound, SetAside
from events.ingest.extract.giving_way import why_given_way
from events.ingest.extract.likeness import Said, is_voice, same, same_voice


def merged(said: Sequence[Said], headline: bool) -> tuple[list[ClaimFound], list[SetAside], list[int]]:
    """Each claim once, with the sentence it is taken from; tolls that a later one replaces are set aside.

    The report's own voice gives way to whoever is named for the same figure; a figure with more of those it is about
    gives way to none.
    """
    kept: list[Said] = []
    aside: list[SetAside] = []
    index_of: dict[int, int] = {}
    for number, one in enumerate(said):
        reason = why_given_way(one, said, headline)
        twin = next((n for n, other in enumerate(kept) if same(one.claim, other.claim)), None)
        if reason:
            aside.append(SetAside(one.claim.start, one.claim.end, one.claim.phrase, reason))
        elif twin is None:
            index_of[number] = len(kept)
            kept.append(one)
        else:
            index_of[number] = twin
            kept[twin] = _better(kept[twin], one, headline)
    claims = [
        replace(one.claim, part_of=index_of.get(_global(one, said)) if one.total is not None else None)
        for one in kept
    ]
    claims = [
        _about_whole(claim, claims) if one.inherited else claim
        for claim, one in zip(claims, kept, strict=True)
    ]
    return claims, aside, [one.sentence for one in kept]


def _about_whole(claim: ClaimFound, claims: Sequence[ClaimFound]) -> ClaimFound:
    """ "14 civilians, nine of whom were at work": a part without a noun is of those whom the whole is about."""
    whole = claims[claim.part_of] if claim.part_of is not None else None
    return replace(claim, about=whole.about) if whole and not claim.about else claim


def _global(one: Said, said: Sequence[Said]) -> int:
    """Where in the whole list the claim stands of which this is a part."""
    first = next(n for n, other in enumerate(said) if other.sentence == one.sentence)
    return first + (one.total or 0)


def _better(old: Said, new: Said, headline: bool) -> Said:
    """Prefer a named claimant, the text to the headline, more of those it is about, then the wording given first."""
    if (
        headline
        and old.sentence == 0
        and new.sentence > 0
        and same_voice(old.claim.claimant, new.claim.claimant)
    ):
        return replace(new, claim=replace(new.claim, about=new.claim.about or old.claim.about))
    named = is_voice(new.claim.claimant) and not is_voice(old.claim.claimant)
    named = named or (old.claim.claimant.kind == "outlet" and new.claim.claimant.kind != "outlet")
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
    if more and (old.claim.claimant.kind == "outlet" or same_voice(old.claim.claimant, new.claim.claimant)):
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
