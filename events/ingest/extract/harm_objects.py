"""Victims to the right of a harm word: "killed ten soldiers and two civilians"."""

from __future__ import annotations

from collections.abc import Iterator

from events.ingest.extract.chains import coordinated, counted_together, is_counting
from events.ingest.extract.sentence import Sentence, Victims
from events.ingest.extract.tolls import Toll, toll_of
from events.ingest.extract.triggers import Trigger
from events.ingest.extract.words import wordset


def next_victims(sentence: Sentence, place: int, taken: set[int]) -> Victims | None:
    """Victims that begin within a few words, with nothing but articles, "or wounded" and the like between."""
    for victims in sentence.victims:
        if victims.first >= place:
            between = sentence.words[place : victims.first]
            fits = len(between) <= 4 and all(
                word in _BEFORE_OBJECT or word.endswith(("ment", "ly")) for word in between
            )
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


def _can_be_lost(sentence: Sentence, victims: Victims) -> bool:
    if _RELATIVES & set(sentence.words[victims.first : victims.after + 1]):
        return False
    return bool(victims.who) and all(who.kind not in ("army", "government", "body") for who in victims.who)


# Whom one person lost is that person's story, no toll.
_RELATIVES = wordset(
    "relatives relative children brothers brother sisters sons son father mother parents proches freres fils enfants cousins"
)
