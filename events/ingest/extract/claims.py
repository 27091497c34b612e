"""From tolls, speakers and context to claims: who says what about whom, once each."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from events.ingest.extract.composition import RULE
from events.ingest.extract.found import Claimant, ClaimFound, SetAside
from events.ingest.extract.likeness import Said
from events.ingest.extract.resolve import Meant, Resolver
from events.ingest.extract.sentence import Sentence, Victims
from events.ingest.extract.speakers import OUTLET
from events.ingest.extract.speech import Speech, speaker_of
from events.ingest.extract.speech_words import HEARSAY, SUPERSEDED, VERBS
from events.ingest.extract.tolls import Toll, is_apposed
from events.ingest.extract.whose import victims_meant
from events.ingest.extract.words import one_of, wordset

_OWN_LOSSES = wordset("killed wounded captured missing abducted materiel_lost")


# A party meant by a pronoun tells of its own deeds: "It killed 20 militants".
_IT = ("it", "elle", "il")
# What a party says of others is an allegation; outsiders and the report itself observe.
_PARTIES = wordset(
    "state_force government rebel jihadist self_defence_militia communal_militia foreign_state_force "
    "private_military alliance"
)


def claims_of_sentence(
    sentence: Sentence,
    tolls: Sequence[Toll],
    speeches: list[Speech],
    resolver: Resolver,
    current: Claimant | None,
    why: dict[int, str],
    house: Claimant = OUTLET,
) -> tuple[list[Said], list[SetAside]]:
    """Claims of one sentence in order, and the figures that are none.

    `why` gives the reason by first word; `house` is whose voice the report has where nobody is named.
    """
    said: list[Said] = []
    aside: list[SetAside] = []
    before: Meant | None = None
    label = gone = ""
    added = 0
    for toll in sorted(tolls, key=lambda toll: toll.victims.first):
        gone = why.get(toll.victims.first, "") or (gone if toll.victims.of_them else "")
        reason = gone or _no_claim(toll)
        if reason:
            added = _low(toll) if toll.increment else added
            aside.append(_set_aside(sentence, toll, reason))
            continue
        speech = speaker_of(speeches, toll.victims.first, sentence)
        goes_on = (
            current
            if sentence.first in sentence.text.opens
            or sentence.text.quoted(toll.victims.first)
            or sentence.words[sentence.first] in _IT
            else None
        )
        claimant = speech.claimant if speech else goes_on or house
        shared = None if toll.inherits and _is_told_anew(sentence, toll) else before
        meant = victims_meant(sentence, toll, resolver, claimant, shared)
        if (toll.victims.who or toll.victims.own or meant.slugs) and not is_apposed(sentence, toll):
            before = meant
            label = sentence.text.quote(toll.victims.first, toll.victims.after)
        claim = _claim(sentence, toll, speech, claimant, meant, resolver, label)
        total = _whole_of(said, toll, sentence)
        said.append(
            Said(
                claim,
                sentence.number,
                _superseded(sentence, toll.victims) or _had_been_said(sentence, speech),
                total,
                not toll.victims.who,
                _points_back(sentence, toll, said),
                toll.victims.others and not toll.victims.who,
                added,
            )
        )
    return [_of_everybody(one, number, said) for number, one in enumerate(said)], aside


def _is_told_anew(sentence: Sentence, toll: Toll) -> bool:
    """ "..., ajoute le texte, qui fait état de quatre blessés": figures told in a further saying share no victims."""
    for place in range(toll.victims.first - 1, max(sentence.first, toll.victims.first - 7), -1):
        if sentence.words[place] in ("qui", "which", "who") and sentence.words[place - 1] == ",":
            return VERBS[sentence.lang].at(sentence.words, place + 1) is not None
    return False


def _points_back(sentence: Sentence, toll: Toll, said: Sequence[Said]) -> bool:
    """Whether the people counted are those of a sentence before: "thirty of them", French "en avoir tué 70"."""
    if toll.rule.startswith(RULE):
        return True
    if not toll.victims.who and not said and _is_bare_subject(sentence, toll):
        return True
    clitic = (
        sentence.lang == "fr"
        and "en" in sentence.words[max(sentence.first, toll.trigger.first - 3) : toll.trigger.first]
    )
    return not toll.victims.who and not said and (toll.victims.of_them or clitic)


def _is_bare_subject(sentence: Sentence, toll: Toll) -> bool:
    """ "Thirty-one were killed at A": a number alone opens the sentence, of people told of before."""
    opens = toll.victims.first - sentence.first <= 1 and toll.rule.startswith("subject")
    return opens and not toll.victims.others and not toll.victims.own


def _of_everybody(one: Said, number: int, said: Sequence[Said]) -> Said:
    """ "28 wounded, among them 20 soldiers and 7 civilians": a bare number is about nobody more than its parts are."""
    parts = {other.claim.about for other in said if other.total == number and other.claim.about}
    bare = one.claim.rule.startswith(("subject", "number", "object", "toll")) and one.inherited
    return replace(one, claim=replace(one.claim, about=())) if bare and len(parts) > 1 else one


def _no_claim(toll: Toll) -> str:
    if toll.negated:
        return "negated"
    if toll.mixed:
        return "killed, wounded or missing in one figure"
    if toll.accident:
        return "an accident"
    if toll.increment:
        return "added to the toll beside it"
    if toll.unreal:
        return "intended or possible, not said to have happened"
    quantity = toll.victims.quantity
    if toll.measure == "displaced" and quantity is not None and quantity.one:
        return "the flight of one person"
    if quantity is None and not toll.victims.own:
        return "no number is given"
    return "" if quantity is not None else "no number is given"


def _low(toll: Toll) -> int:
    return (toll.victims.quantity.low or 0) if toll.victims.quantity else 0


def _set_aside(sentence: Sentence, toll: Toll, reason: str) -> SetAside:
    start, end = sentence.text.span(toll.victims.first, toll.victims.after)
    return SetAside(start, end, sentence.text.raw[start:end], reason)


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
    end = min(victims.after + 3, sentence.after)
    near = any(
        sentence.words[begin] not in _FIRST or _is_of_saying(sentence, begin, after)
        for begin, after, _ in SUPERSEDED[sentence.lang].find(sentence.words, first, end)
    )
    near = near or _came_down(sentence, victims) or _holds_no_longer(sentence, victims)
    return near or sentence.word(victims.first - 1) == "contre"


def _holds_no_longer(sentence: Sentence, victims: Victims) -> bool:
    """ "The figure of 28 dead, put forward on Friday, no longer holds"."""
    end = sentence.clause(victims.first)[1]
    return next(_WITHDRAWN[sentence.lang].find(sentence.words, victims.after, end), None) is not None


_WITHDRAWN = {
    "en": one_of("no longer holds, no longer stands, has been withdrawn, was withdrawn, proved wrong"),
    "fr": one_of(
        "n'a plus cours, n'est plus valable, n'est plus d'actualité, a été retiré, s'est révélé faux"
    ),
}


def _came_down(sentence: Sentence, victims: Victims) -> bool:
    """ "ramené d'une centaine de morts à 35", "raised from six to nine": the figure before the change."""
    before = sentence.words[max(sentence.first, victims.first - 4) : victims.first]
    return before[-1:] in (["d'"], ["de"], ["from"]) and bool(_CHANGED & set(before[:-1]))


_CHANGED = wordset(
    "ramene ramenee passe passee revu revise reduced lowered raised revised rose risen climbed"
)
# What came first may be a deed ("they first shot at the convoy") as well as a toll.
_FIRST = wordset("d' at tout au initially originally initialement")


def _is_of_saying(sentence: Sentence, begin: int, after: int) -> bool:
    around = range(max(sentence.first, begin - 4), min(after + 4, sentence.after))
    told = any(VERBS[sentence.lang].at(sentence.words, place) for place in around)
    return told or bool(
        {"bilan", "toll", "figure", "chiffre"} & set(sentence.words[around.start : around.stop])
    )


def _had_been_said(sentence: Sentence, speech: Speech | None) -> bool:
    """ "a local source had spoken of twenty": said before what the report says now."""
    if speech is None or speech.kind == "according":
        return False
    near = sentence.words[max(sentence.first, speech.first - 3) : speech.first + 1]
    return bool(_HAD & set(near)) or sentence.word(speech.after) in ("earlier", "previously", "auparavant")


_HAD = wordset("had avait avaient earlier previously")


def _whole_of(said: Sequence[Said], toll: Toll, sentence: Sentence) -> int | None:
    """Index of the claim that this one is a part of ("including three children")."""
    if not toll.victims.part:
        return None
    for index in range(len(said) - 1, -1, -1):
        if said[index].claim.measure == toll.measure and said[index].total is None:
            return index
    return None
