"""Harm words of a sentence, active or passive."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from events.ingest.extract.harm_words import (
    AROUND,
    BE,
    FINITE_WITHOUT_ACCENT,
    HARM,
    HAVE,
    Harm,
)
from events.ingest.extract.sentence import Sentence
from events.ingest.extract.words import wordset

ADVERBS = wordset(
    "also reportedly later then least already since been being have has had allegedly officially "
    "initially instantly reported not egalement ainsi aussi ete deja notamment officiellement "
    "lachement en tout au total ensuite hier"
)


@dataclass(frozen=True, slots=True)
class Trigger:
    """A harm word at words [first, after)."""

    first: int
    after: int
    harm: Harm
    passive: bool = False
    active: bool = False


def find_triggers(sentence: Sentence) -> list[Trigger]:
    """Harm words with their voice."""
    found = []
    inside = {n for who in sentence.mentions for n in range(who.first, who.after)}
    for first, after, harm in HARM[sentence.lang].find(sentence.words, sentence.first, sentence.after):
        if first in inside or _is_figure_of_speech(sentence, first, after):
            continue
        if harm.form == "pp" and sentence.word(first - 1) in _ARTICLES and _is_noun(sentence, first, after):
            continue
        trigger = _voiced(sentence, first, after, _accent(sentence, first, after, harm))
        # "800 displaced people": who lives in a camp was not driven out by this event.
        noun = harm.measure == "displaced" and after - first == 1 and not (trigger.passive or trigger.active)
        if not (noun and trigger.harm.form == "pp"):
            found.append(trigger)
    return [*_around(sentence), *found, *_parted_death(sentence)]


# After these a participle is a noun: "the wounded were flown out", "les blessés".
_ARTICLES = wordset("the les des ses leurs ces these those their its our nos aux")


def _is_noun(sentence: Sentence, first: int, after: int) -> bool:
    """ "the wounded": people known already; "the killed soldiers" are told by their noun."""
    return after - first == 1 and after not in sentence.people


def _around(sentence: Sentence) -> Iterator[Trigger]:
    """ "cost ten soldiers their lives", "fait dix soldats prisonniers": words on both sides of whom they are about."""
    for verbs, tail, measure in AROUND[sentence.lang]:
        for victims in sentence.victims:
            after = victims.after
            if tuple(sentence.words[after : after + len(tail)]) != tail:
                continue
            verb = next(
                (n for n in range(victims.first - 1, victims.first - 4, -1) if sentence.word(n) in verbs),
                None,
            )
            if verb is not None and victims.quantity:
                yield Trigger(verb, verb + 1, Harm(measure, "verb"))


_DEATH = wordset("mort deces disparition death deaths killing")
_ITS = wordset("la le the")
_REACH = 9


def _parted_death(sentence: Sentence) -> Iterator[Trigger]:
    """ "la mort, mercredi en opération, de deux soldats": when and where stand between the death and whose it is."""
    if _DEATH.isdisjoint(sentence.words[sentence.first : sentence.after]):
        return
    for place in range(sentence.first, sentence.after):
        if sentence.words[place] not in _DEATH or sentence.word(place - 1) not in _ITS:
            continue
        for here in range(place + 2, min(place + _REACH, sentence.after)):
            word = sentence.words[here]
            if word in ("de", "d'", "of") and (here + 1) in sentence.counts:
                yield Trigger(place, here + 1, Harm("killed", "of"))
            if word in (".", ";", "de", "d'", "of", "que", "that") and (here + 1) in sentence.counts:
                break


def _is_figure_of_speech(sentence: Sentence, first: int, after: int) -> bool:
    """ "tombés dans une embuscade" are not dead yet; "missing the target" misses nobody; a known fate is no loss."""
    word, follows = sentence.words[after - 1], sentence.word(after)
    if word.startswith("tombe") and after - first == 1:
        return bool({"dans", "sur", "entre", "aux", "en", "d'", "a"} & set(sentence.words[after : after + 3]))
    if word == "fell" and after - first == 1:
        return follows not in _WHERE_THEY_FELL and after not in sentence.dated | sentence.placed
    if word == "dead" and sentence.words[max(sentence.first, first - 2) : first] == ["of", "the"]:
        return sentence.word(first - 3) != "bodies"
    if word == "missing":
        return follows == "the" and sentence.word(first - 1) not in BE["en"]
    if sentence.words[first] == "fate" or sentence.words[first : first + 2] == ["le", "sort"]:
        return not _UNKNOWN & set(sentence.words[after : after + 12])
    if word == "lives" and after - first == 1:
        return not _TAKING & set(sentence.words[max(sentence.first, first - 6) : first])
    return False


_WHERE_THEY_FELL = wordset("on in at near during when there , . while as yesterday and")
_UNKNOWN = wordset("unknown unclear uncertain inconnu incertain ignore ignorait undetermined")
_TAKING = wordset("claimed claim claims claiming cost costs costing took take takes taking loss lost")


def _accent(sentence: Sentence, first: int, after: int, harm: Harm) -> Harm:
    """Tell "tué" from "tue": headlines in capitals have no accents and mostly mean the participle."""
    word = sentence.words[first]
    if sentence.lang != "fr" or after - first > 1 or word not in FINITE_WITHOUT_ACCENT:
        return harm
    written = sentence.text.raw[sentence.text.starts[first] : sentence.text.ends[first]]
    participle = written.endswith(("é", "É")) or written.isupper()
    return Harm(FINITE_WITHOUT_ACCENT[word], "pp" if participle else "verb")


def _voiced(sentence: Sentence, first: int, after: int, harm: Harm) -> Trigger:
    if harm.form != "pp":
        return Trigger(first, after, harm)
    seen: list[str] = []
    here = first - 1
    while here >= sentence.first and len(seen) < 5:
        word = sentence.words[here]
        if word in BE[sentence.lang]:
            return Trigger(first, after, harm, passive=True)
        if word in HAVE[sentence.lang] and _is_verb_a(sentence, here):
            return Trigger(first, after, harm, active=True)
        if word not in ADVERBS and not word.endswith(("ly", "ment")):
            break
        seen.append(word)
        here -= 1
    return Trigger(first, after, harm)


def _is_verb_a(sentence: Sentence, place: int) -> bool:
    """French "a" is a verb, "à" is not."""
    return sentence.words[place] != "a" or sentence.text.raw[sentence.text.starts[place]] != "à"
