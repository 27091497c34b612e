"""Parts of people counted before, and whose they are: "four of them women", "of whom three", "three of its own"."""

from __future__ import annotations

from events.ingest.extract.harm_words import INCLUDING, OWN
from events.ingest.extract.numbers import Quantity
from events.ingest.extract.sentence import Sentence
from events.ingest.extract.speech_words import ACCORDING
from events.ingest.extract.words import wordset

STOPS = wordset(', . ; : ( ) " - ! ?')
ARE = wordset("were was are etaient sont had")


def number_put_before(sentence: Sentence, place: int) -> Quantity | None:
    """ "estimant à soixante le nombre de soldats tués", "the number of soldiers killed rose to 60": a count apart."""
    if sentence.words[max(sentence.first, place - 3) : place] not in _THE_NUMBER:
        return None
    before = next((q for q in sentence.counts.values() if q.after == place - 3), None)
    if before:
        return before
    for here in range(place + 1, min(place + 14, sentence.after)):
        if sentence.words[here] in (",", ";", ".", "and", "et"):
            return None
        count = sentence.counts.get(here)
        if count:
            reached = sentence.words[here - 1] in _REACHED
            return count if reached and not sentence.word(count.after).isalpha() else None
    return None


_THE_NUMBER = (["le", "nombre", "de"], ["the", "number", "of"])


_REACHED = wordset("at to is was are stands stood reached reaches a est de atteint atteignait")


def is_source(sentence: Sentence, place: int) -> bool:
    """ "according to a resident", "à en croire un habitant": who is cited suffers nothing."""
    here = place
    while sentence.word(here - 1) in (
        "a",
        "an",
        "the",
        "un",
        "une",
        "l'",
        "le",
        "la",
        "des",
        "several",
        "plusieurs",
    ):
        here -= 1
    return any(
        (found := ACCORDING[sentence.lang].at(sentence.words, here - size)) is not None and found[0] == size
        for size in (1, 2, 3)
        if here - size >= sentence.first
    )


def is_of_them(sentence: Sentence, place: int) -> bool:
    """ "14 of them", "trois d'entre eux": those of the phrase before."""
    after = sentence.words[place : place + 3]
    return after[:2] in (["of", "them"], ["of", "whom"], ["of", "these"]) or after in (
        ["d'", "entre", "eux"],
        ["d'", "entre", "elles"],
    )


def is_of_which(sentence: Sentence, after: int, place: int) -> bool:
    """Words between a part and its noun: "four of them women", "of whom four were women"."""
    if is_of_them(sentence, after):
        return place < after + 3 and sentence.words[place] not in STOPS
    return sentence.words[place] in ARE and place == after and is_of_whom(sentence, after)


def is_of_whom(sentence: Sentence, after: int) -> bool:
    """Whether a relative of parts stands before in the clause: "of whom around 20 were women and seven were children"."""
    here = after - 1
    while here > max(sentence.first, after - 14) and sentence.word(here) not in (".", ";", "-"):
        if sentence.word(here) in ("whom", "dont", "lesquels", "lesquelles"):
            return True
        here -= 1
    return False


def is_among_them(sentence: Sentence, after: int) -> bool:
    """ "four women among them": a part whose sign follows it."""
    return sentence.words[after : after + 2] in (["among", "them"], ["parmi", "eux"], ["parmi", "elles"])


def is_own(sentence: Sentence, place: int) -> bool:
    """A possessive right before: "its soldiers", "de nos soldats"; open nouns need one to be anybody's."""
    return sentence.word(place - 1) in OWN[sentence.lang] or (
        sentence.word(place - 1) in ("own", "propres") and sentence.word(place - 2) in OWN[sentence.lang]
    )


def is_part(sentence: Sentence, place: int) -> bool:
    """Whether "including", "dont", "among them" stands right before."""
    for size in (1, 2):
        found = (
            INCLUDING[sentence.lang].at(sentence.words, place - size)
            if place - size >= sentence.first
            else None
        )
        if found and found[0] == size:
            return True
    return False
