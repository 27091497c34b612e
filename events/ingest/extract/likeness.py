"""A claim on its way to being merged, and when two claims of a report may be one."""

from __future__ import annotations

from dataclasses import dataclass

from events.ingest.extract.found import Claimant, ClaimFound


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
    # Whether it counts "others" without a noun: more of those told of in the sentence before.
    others: bool = False
    # What the words beside it add to an earlier toll to make this one ("16 more bodies, taking the toll to 27").
    added: int = 0


# News agencies and outlets: what they report, whoever told them tells as well.
_MEDIA = frozenset(
    {"AFP", "SITE", "Reuters", "Associated Press", "Xinhua", "Anadolu", "media", "RFI", "BBC", "AIB", "ANP"}
)


def is_medium(claimant: Claimant) -> bool:
    """Whether a news agency or outlet is the claimant."""
    return claimant.kind == "source" and claimant.name in _MEDIA


def is_voice(claimant: Claimant) -> bool:
    """Whether somebody tells what happened, not the report itself or a medium it cites."""
    return claimant.kind != "outlet" and not is_medium(claimant)


def may_be_same(one: ClaimFound, two: ClaimFound) -> bool:
    """Whether two claims may be about the same people."""
    return not one.about or not two.about or bool(set(one.about) & set(two.about))


def same(one: ClaimFound, two: ClaimFound) -> bool:
    """Whether two claims say the same: measure, figure, and compatible victims and claimants."""
    if (one.measure, one.item_class) != (two.measure, two.item_class) or not same_figure(one, two):
        return False
    if is_voice(one.claimant) and is_voice(two.claimant) and not same_voice(one.claimant, two.claimant):
        return False
    return may_be_same(one, two)


def same_figure(one: ClaimFound, two: ClaimFound) -> bool:
    """Whether two claims give one figure, once put roughly or with "at least"."""
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


def same_voice(one: Claimant, two: Claimant) -> bool:
    """Whether two claimants are one."""
    if one.slug or two.slug:
        return one.slug == two.slug
    return one.kind == two.kind and one.name == two.name
