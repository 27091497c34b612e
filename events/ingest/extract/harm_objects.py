"""Victims to the right of a harm word: "killed ten soldiers and two civilians"."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from events.ingest.extract.harm_words import (
    BE,
    HARM,
)
from events.ingest.extract.numbers import Quantity
from events.ingest.extract.sentence import Sentence, Victims
from events.ingest.extract.speech_words import VERBS
from events.ingest.extract.tolls import Toll, toll_of
from events.ingest.extract.triggers import ADVERBS, Trigger
from events.ingest.extract.words import wordset


def is_counting(victims: Victims) -> bool:
    """A bare "un", "one" or "a" counts nobody unless a noun says whom."""
    return (
        bool(victims.who)
        or victims.own
        or victims.quantity is None
        or not victims.quantity.one
        or victims.others
    )


def next_victims(sentence: Sentence, place: int, taken: set[int]) -> Victims | None:
    """Victims that begin within a few words, with nothing but articles, "or wounded" and the like between."""
    for victims in sentence.victims:
        if victims.first >= place:
            between = sentence.words[place : victims.first]
            fits = len(between) <= 4 and all(word in _BEFORE_OBJECT for word in between)
            return victims if fits and victims.first not in taken else None
    return None


_BEFORE_OBJECT = wordset(
    "sur place a au aux matin soir nuit dernier the his her its their our own of or "
    'and wounded injured also at least : " ou et blesse blesses '
    "les des de ses leurs la le l' d' du en plus another other autres a an some hier monday tuesday "
    "instantly people ainsi egalement notamment lundi mardi mercredi jeudi vendredi samedi dimanche "
    "wounding injuring ( in total par ailleurs ces nos"
)


def from_right(sentence: Sentence, trigger: Trigger, taken: set[int]) -> Iterator[Toll]:
    """The objects of a harm word: the first phrase after it and those tied to it."""
    first = next_victims(sentence, trigger.after, taken)
    if first is None:
        return
    if trigger.harm.form == "lost" and not _can_be_lost(sentence, first):
        return
    for victims in counted_together(list(coordinated(sentence, first))):
        alone = sentence.word(victims.after) in ("", ",", ".", "and", "et", "in", ";", ":")
        if victims.first not in taken and (is_counting(victims) or alone):
            yield toll_of(sentence, trigger, victims, "object", inherits=not victims.who and not victims.own)


def counted_together(chain: list[Victims]) -> list[Victims]:
    """ "killed a student and a woman": single people of one class are one figure."""
    single = all(
        v.quantity
        and v.quantity.one
        and not v.part
        and v.who
        and v.who[0].kind == "civilian"
        and not v.who[0].names
        for v in chain
    )
    if len(chain) < 2 or not single:
        return chain
    first, after = chain[0].first, chain[-1].after
    return [replace(chain[0], after=after, quantity=Quantity(first, after, "exact", len(chain), len(chain)))]


def _can_be_lost(sentence: Sentence, victims: Victims) -> bool:
    if _RELATIVES & set(sentence.words[victims.first : victims.after + 1]):
        return False
    return bool(victims.who) and all(who.kind not in ("army", "government", "body") for who in victims.who)


# Whom one person lost is that person's story, no toll.
_RELATIVES = wordset(
    "relatives relative children brothers brother sisters sons son father mother parents proches freres fils enfants cousins"
)


def coordinated(sentence: Sentence, first: Victims) -> Iterator[Victims]:
    """The phrase and those tied to it by commas, "and" or "including", until a verb takes over."""
    yield first
    previous = first
    for victims in sentence.victims:
        if victims.first <= previous.first:
            continue
        gap = sentence.words[previous.after : victims.first]
        part = victims.part and len(gap) <= 4
        if (
            not (victims.joined or part)
            or takes_other_harm(sentence, victims)
            or (part and is_taken_between(sentence, previous.after, victims.first))
            or _begins_to_speak(sentence, victims)
        ):
            return
        if victims.quantity is None and not victims.part and not victims.joined:
            return
        yield victims
        previous = victims


def _begins_to_speak(sentence: Sentence, victims: Victims) -> bool:
    """ "..., a resident said", "..., un élu local a indiqué": who speaks is not among the victims."""
    if victims.quantity is not None and not victims.quantity.one:
        return False
    here = victims.after
    while sentence.word(here) in ("has", "had", "have", "a", "ont", "avait", "local", "also"):
        here += 1
    found = VERBS[sentence.lang].at(sentence.words, here) if here < sentence.after else None
    return found is not None and sentence.word(here) not in ("reported", "confirmed")


def takes_other_harm(sentence: Sentence, victims: Victims) -> bool:
    """ "ten dead and five wounded", "killed ten and five were wounded": the next phrase has a harm word of its own."""
    here = victims.after
    for _ in range(4):
        hit = HARM[sentence.lang].at(sentence.words, here) if here < sentence.after else None
        if hit and hit[1].form in ("pp", "subject", "number"):
            return True
        if sentence.word(here) not in ADVERBS | BE[sentence.lang] | {
            "others",
            "other",
            "autres",
            "people",
            "seriously",
            "grievement",
        }:
            return False
        here += 1
    return False


def is_taken_between(sentence: Sentence, first: int, after: int) -> bool:
    """Whether a harm word of its own stands between two phrases."""
    return any(HARM[sentence.lang].at(sentence.words, n) for n in range(first, after))
