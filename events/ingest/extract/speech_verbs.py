"""Verbs of saying where they stand in a sentence, those in one piece and those with words in between.

"fait état" may be parted ("faisant pour sa part état de"), and so may "put the toll at" ("put Thursday's toll at").
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from events.ingest.extract.harm_words import HARM
from events.ingest.extract.sentence import Sentence
from events.ingest.extract.speech_words import PRONOUNS, VERBS
from events.ingest.extract.words import wordset


class Parted(NamedTuple):
    """A verb in two pieces: its forms and their kind, what must stand between (if anything), what closes it."""

    forms: frozenset[str]
    kind: str
    between: frozenset[str]
    last: str


_FIGURES = wordset("toll number figure count losses dead casualties wounded injured deaths tally")
_PARTED = {
    "en": (
        Parted(wordset("put puts placed places"), "say", _FIGURES, "at"),
        Parted(wordset("putting placing"), "add", _FIGURES, "at"),
        Parted(wordset("spoke speaks speak spoken talks talked tells told"), "say", frozenset(), "of"),
    ),
    "fr": (
        Parted(wordset("fait font faisait faisaient fit firent faire"), "say", frozenset(), "etat"),
        Parted(wordset("faisant"), "add", frozenset(), "etat"),
        Parted(wordset("parle parlent parlait parlaient"), "say", frozenset(), "de"),
        Parted(wordset("parlant"), "add", frozenset(), "de"),
    ),
}
_REACH = 24
_ENDS = frozenset({".", ";", ":", "that", "que", "qu'"})


def saying_verbs(sentence: Sentence) -> list[tuple[int, int, str]]:
    """(first word, word after the last, kind) of each verb of saying, in order.

    Of a parted verb the first word alone: what stands in between is said already.
    """
    parted = list(_parted(sentence))
    taken = {place for first, last, _ in parted for place in range(first, last + 1)}
    whole = VERBS[sentence.lang].find(sentence.words, sentence.first, sentence.after)
    left = [
        verb
        for verb in whole
        if taken.isdisjoint(range(verb[0], verb[1]))
        and not _harms(sentence, verb[0])
        and not _is_noun(sentence, verb[0])
    ]
    left = [
        (first, after, "claim" if kind == "say" and _is_negated(sentence, first, after) else kind)
        for first, after, kind in left
    ]
    return sorted([*((first, first + 1, kind) for first, _, kind in parted), *left])


def _is_negated(sentence: Sentence, first: int, after: int) -> bool:
    """ "did not say how many", "ne donne pas de bilan": nothing is told, but who is silent may go on as "it"."""
    if sentence.lang == "en":
        return sentence.word(first - 1) in ("not", "didn't", "hasn't", "haven't", "doesn't")
    return "pas" in (sentence.word(after), sentence.word(first - 1)) and bool(
        {"ne", "n'"} & set(sentence.words[max(sentence.first, first - 4) : first])
    )


def _harms(sentence: Sentence, place: int) -> bool:
    """ "has claimed the lives of ten": the verb is one of harm there."""
    found = HARM[sentence.lang].at(sentence.words, place)
    return found is not None and found[0] > 1


def _parted(sentence: Sentence) -> Iterator[tuple[int, int, str]]:
    for verb in _PARTED[sentence.lang]:
        if verb.forms.isdisjoint(sentence.words[sentence.first : sentence.after]):
            continue
        for place in range(sentence.first, sentence.after):
            if sentence.words[place] in verb.forms:
                last = _last(sentence, place, verb)
                if last:
                    yield place, last, verb.kind


def _last(sentence: Sentence, place: int, verb: Parted) -> int:
    """Where the verb that begins at a place closes, or 0."""
    for here in range(place + 1, min(place + _REACH, sentence.after)):
        word = sentence.words[here]
        if word in _ENDS or here in sentence.counts:
            return 0
        if word == verb.last:
            between = sentence.words[place + 1 : here]
            return here if not verb.between or verb.between & set(between) else 0
    return 0


def _is_noun(sentence: Sentence, place: int) -> bool:
    """ "the police claim on Friday", "reports of": a noun where a preposition or a stop follows."""
    told = sentence.words[place] in _NOUNS and sentence.word(place + 1) in _AFTER_NOUN
    return told and sentence.lang == "en"


_NOUNS = wordset("claim claims count counts talk reports")
_AFTER_NOUN = wordset("on of in about by from , . ; as and or at")


def pronoun_follows(sentence: Sentence, after: int) -> bool:
    """ "précise-t-il", "dit-elle": a pronoun tied to the verb by a hyphen."""
    here = after + (sentence.word(after) == "t")
    return sentence.word(here) in PRONOUNS["fr"] and sentence.lang == "fr" and sentence.text.joined(here)
