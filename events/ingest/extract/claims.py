"""From tolls, speakers and context to claims: who says what about whom, once each."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from events.ingest.extract.casualties import Toll
from events.ingest.extract.found import Claimant, ClaimFound, SetAside
from events.ingest.extract.mentions import Who
from events.ingest.extract.resolve import CIVILIANS, UNIDENTIFIED, Meant, Resolver
from events.ingest.extract.speakers import OUTLET, Speech, speaker_of
from events.ingest.extract.speech_words import HEARSAY, SUPERSEDED
from events.ingest.extract.victims import Sentence, Victims
from events.ingest.extract.words import wordset

_OWN_LOSSES = wordset("killed wounded captured missing abducted materiel_lost")
# What a party says of others is an allegation; outsiders and the report itself observe.
_PARTIES = wordset(
    "state_force government rebel jihadist self_defence_militia communal_militia foreign_state_force "
    "private_military alliance"
)


@dataclass(frozen=True, slots=True)
class Said:
    """A claim on its way: with the sentence it stands in, for merging."""

    claim: ClaimFound
    sentence: int
    superseded: bool = False
    total: int | None = None


def claims_of_sentence(
    sentence: Sentence,
    tolls: Sequence[Toll],
    speeches: list[Speech],
    resolver: Resolver,
    current: Claimant | None,
    why: dict[int, str],
) -> tuple[list[Said], list[SetAside]]:
    """Claims of one sentence in order, and the figures that are none. `why` gives the reason by first word."""
    said: list[Said] = []
    aside: list[SetAside] = []
    before: Meant | None = None
    label = ""
    for toll in sorted(tolls, key=lambda toll: toll.victims.first):
        reason = why.get(toll.victims.first, "") or _no_claim(toll)
        if reason:
            aside.append(_set_aside(sentence, toll, reason))
            continue
        speech = speaker_of(speeches, toll.victims.first, sentence)
        goes_on = (
            current
            if sentence.first in sentence.text.opens or sentence.text.quoted(toll.victims.first)
            else None
        )
        claimant = speech.claimant if speech else goes_on or OUTLET
        meant = _meant(sentence, toll, resolver, claimant, before)
        if toll.victims.who or toll.victims.own or meant.slugs:
            before = meant
            label = sentence.text.quote(toll.victims.first, toll.victims.after)
        claim = _claim(sentence, toll, speech, claimant, meant, resolver, label)
        total = _whole_of(said, toll, sentence)
        said.append(Said(claim, sentence.number, _superseded(sentence, toll.victims), total))
    return said, aside


def _no_claim(toll: Toll) -> str:
    if toll.negated:
        return "negated"
    if toll.mixed:
        return "killed, wounded or missing in one figure"
    if toll.accident:
        return "an accident"
    if toll.unreal:
        return "intended or possible, not said to have happened"
    quantity = toll.victims.quantity
    if quantity is None and not toll.victims.own:
        return "no number is given"
    return "" if quantity is not None else "no number is given"


def _set_aside(sentence: Sentence, toll: Toll, reason: str) -> SetAside:
    start, end = sentence.text.span(toll.victims.first, toll.victims.after)
    return SetAside(start, end, sentence.text.raw[start:end], reason)


def _meant(
    sentence: Sentence, toll: Toll, resolver: Resolver, claimant: Claimant, before: Meant | None
) -> Meant:
    """Whom the figure is about."""
    victims = toll.victims
    if toll.own_ranks and not victims.who:
        owner = _owner(sentence, victims, resolver, claimant)
        if owner:
            return Meant((owner,), "in the speaker's own ranks", 0.8)
    if victims.own and (
        not victims.who
        or all(who.kind in ("fighter", "soldier", "body") and not who.names for who in victims.who)
    ):
        owner = _owner(sentence, victims, resolver, claimant)
        if owner:
            return Meant((owner,), "own people of the speaker", 0.8)
    if toll.trigger.harm.form == "lost" and victims.who:
        return _lost(sentence, toll, resolver, claimant)
    if toll.subject is not None and (
        not victims.who or all(who.kind in ("fighter", "people") for who in victims.who)
    ):
        return resolver.meant(toll.subject)
    if (
        len(victims.who) == 1
        and victims.who[0].kind == "national"
        and _beside_soldiers(sentence, victims, resolver)
    ):
        return resolver.force_of(victims.who[0].country)
    meant = (
        _jointly([_one(who, resolver, claimant, sentence) for who in victims.who]) if victims.who else None
    )
    if meant and (meant.slugs or not victims.part or victims.who[0].kind == "people"):
        return meant
    if victims.of_them or victims.part:
        earlier = [other for other in sentence.victims if other.first < victims.first and other.who]
        if earlier:
            return _jointly([_one(who, resolver, claimant, sentence) for who in earlier[-1].who])
    if before is not None and (toll.inherits or victims.others):
        return before
    return Meant((), "everybody", 0.7)


def _beside_soldiers(sentence: Sentence, victims: Victims, resolver: Resolver) -> bool:
    """ "eight soldiers and two Americans": the nationals are soldiers too."""
    beside = [who for other in sentence.victims if other is not victims for who in other.who]
    forces = set(resolver.tables.state_forces.values())
    return any(who.kind == "soldier" or forces & set(resolver.meant(who).slugs) for who in beside)


def _lost(sentence: Sentence, toll: Toll, resolver: Resolver, claimant: Claimant) -> Meant:
    """ "the army lost ten soldiers", "nous avons perdu six hommes": nouns of their own, or those of whoever lost them."""
    own = [_one(who, resolver, claimant, sentence) for who in toll.victims.who]
    if all(meant.slugs for meant in own):
        return _jointly(own)
    if toll.subject is not None:
        return resolver.meant(toll.subject)
    if claimant.slug:
        return Meant((resolver.fighters_of(claimant.slug),), "own people of the speaker", 0.7)
    return own[0]


def _owner(sentence: Sentence, victims: Victims, resolver: Resolver, claimant: Claimant) -> str:
    if claimant.slug:
        return resolver.fighters_of(claimant.slug)
    if claimant.name == "security sources" and resolver.country in resolver.tables.state_forces:
        return resolver.tables.state_forces[resolver.country]
    left = [
        who for who in sentence.people.values() if who.after <= victims.first and sentence.first <= who.first
    ]
    for who in reversed(sorted(left, key=lambda who: who.first)):
        meant = resolver.meant(who)
        if meant.slugs and meant.slugs[0] not in (CIVILIANS, UNIDENTIFIED):
            return meant.slugs[0]
    return ""


def _one(who: Who, resolver: Resolver, claimant: Claimant, sentence: Sentence) -> Meant:
    meant = resolver.meant(who)
    if meant.slugs or who.kind not in ("fighter", "body", "gunman"):
        return meant
    # "our men" without a possessive: first-person speech of a party is about its own people.
    words = set(sentence.words[max(sentence.first, who.first - 8) : who.first])
    army = (
        resolver.tables.state_forces.get(resolver.country, "") if claimant.name == "security sources" else ""
    )
    speaker = resolver.fighters_of(claimant.slug) or army
    if speaker and words & {"we", "us", "nous", "our", "nos"} and words & {"lost", "perdu", "lose", "losing"}:
        return Meant((speaker,), "first person", 0.7)
    return meant


def _jointly(each: list[Meant]) -> Meant:
    slugs = tuple(dict.fromkeys(slug for meant in each for slug in meant.slugs))
    notes = "; ".join(dict.fromkeys(meant.note for meant in each if meant.note))
    return Meant(slugs, each[0].rule, min(meant.confidence for meant in each), notes)


def _claim(
    sentence: Sentence,
    toll: Toll,
    speech: Speech | None,
    claimant: Claimant,
    meant: Meant,
    resolver: Resolver,
    label: str,
) -> ClaimFound:
    victims, quantity = toll.victims, toll.victims.quantity
    assert quantity is not None
    start, end = sentence.text.span(quantity.first, quantity.after)
    quote = sentence.text.span(min(victims.first, toll.trigger.first), max(victims.after, toll.trigger.after))
    return ClaimFound(
        claimant=claimant,
        stance=stance(speech, claimant, meant.slugs, toll.measure, resolver),
        measure=toll.measure,
        about=meant.slugs,
        label=label,
        quantifier=quantity.quantifier,
        low=quantity.low,
        high=quantity.high,
        phrase=sentence.text.raw[start:end],
        start=start,
        end=end,
        quote=quote,
        rule=f"{toll.rule}; {meant.rule}",
        confidence=round(min(0.9, meant.confidence + 0.05) * (1.0 if speech else 0.9), 2),
        hearsay=_hearsay(sentence, toll),
        note=meant.note,
    )


def with_voice(one: Said, claimant: Claimant, resolver: Resolver) -> Said:
    """The claim as made by another claimant."""
    told = stance(None, claimant, one.claim.about, one.claim.measure, resolver)
    return replace(one, claim=replace(one.claim, claimant=claimant, stance=told))


def stance(
    speech: Speech | None, claimant: Claimant, about: Sequence[str], measure: str, resolver: Resolver
) -> str:
    """The Stance code: an admission is of one's own loss, an allegation of a party's about others."""
    if speech is not None and speech.kind in ("deny", "denying"):
        return "denial"
    if claimant.slug and claimant.slug in about and measure in _OWN_LOSSES:
        return "admission"
    actor = resolver.tables.actors.get(claimant.slug)
    return "allegation" if actor is not None and actor.kind in _PARTIES else "observation"


def _hearsay(sentence: Sentence, toll: Toll) -> bool:
    first = max(sentence.first, toll.trigger.first - 8)
    return next(HEARSAY[sentence.lang].find(sentence.words, first, toll.trigger.after), None) is not None


def _superseded(sentence: Sentence, victims: Victims) -> bool:
    """ "an earlier toll of six", "contre six auparavant", "up from six"."""
    first = max(sentence.first, victims.first - 20)
    near = [
        name
        for _, _, name in SUPERSEDED[sentence.lang].find(
            sentence.words, first, min(victims.after + 3, sentence.after)
        )
    ]
    return bool(near) or sentence.word(victims.first - 1) == "contre"


def _whole_of(said: Sequence[Said], toll: Toll, sentence: Sentence) -> int | None:
    """Index of the claim that this one is a part of ("including three children")."""
    if not toll.victims.part:
        return None
    for index in range(len(said) - 1, -1, -1):
        if said[index].claim.measure == toll.measure and said[index].total is None:
            return index
    return None


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
    below = [o for o in others if o.sentence > 0 and _may_be_same(o.claim, claim) and _is_exact(o.claim)]
    own_below = (
        [o for o in below if _same_voice(o.claim.claimant, claim.claimant)] if claim.claimant.slug else below
    )
    if headline and one.sentence == 0 and own_below and not any(_same(o.claim, claim) for o in below):
        return "a headline, told more exactly below"
    vague = claim.quantifier in ("several", "unknown", "dozens", "hundreds")
    own = [
        o for o in others if claim.claimant.kind == "outlet" or _same_voice(o.claim.claimant, claim.claimant)
    ]
    if vague and any(_fits(o.claim, claim) for o in own):
        return "said more exactly elsewhere"
    if claim.claimant.kind != "outlet":
        return ""
    return "the sum of the figures beside it" if _is_sum(claim, others) else ""


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
        other.claim.about: other.claim.low for other in others if other.claim.about and other.total is None
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
