"""Victims to the left of a harm word: "ten soldiers and two civilians were killed"."""

from __future__ import annotations

from collections.abc import Iterator

from events.ingest.extract.chains import chain_left, counted_together, is_counting
from events.ingest.extract.harm_words import BE, HAVE
from events.ingest.extract.sentence import Sentence, Victims
from events.ingest.extract.toll_numbers import parts_after
from events.ingest.extract.tolls import Toll, toll_of
from events.ingest.extract.triggers import ADVERBS, Trigger
from events.ingest.extract.words import wordset

_PEOPLE_PREPOSITIONS = wordset(
    "in of by on at from with against near to for de dans par sur contre a aux au du des d' en avec "
    "pour le lors between entre after apres"
)


_BREAKS = wordset("; but while whereas although mais tandis alors pendant")


def from_left(sentence: Sentence, trigger: Trigger, taken: set[int], reach: int) -> Iterator[Toll]:
    """The subjects of a harm word: the nearest phrase that may suffer it, and those tied to it."""
    head = _subject(sentence, trigger, reach)
    if head is not None and "whose" in sentence.words[max(sentence.first, head.first - 6) : head.first]:
        # "A resident, whose uncle and two children were abducted, said": the story of who speaks.
        return
    if head is None or (trigger.harm.measure == "displaced" and not _can_flee(head)):
        return
    chain = counted_together(chain_left(sentence, head))
    for victims in chain:
        counts = is_counting(victims) or victims.after == trigger.first or _stands_alone(sentence, victims)
        if victims.first not in taken and counts:
            inherits = not victims.who and not victims.own
            yield toll_of(sentence, trigger, victims, "subject", inherits=inherits)
    yield from parts_after(sentence, trigger, taken)


def _stands_alone(sentence: Sentence, victims: Victims) -> bool:
    """ "one was wounded", "un a été tué": a bare one that is the subject itself."""
    return sentence.word(victims.after) in BE[sentence.lang] | HAVE[sentence.lang]


def _can_flee(victims: Victims) -> bool:
    """Displaced are civilians; assailants who fled are not."""
    if victims.who:
        return all(who.kind in ("civilian", "people") for who in victims.who)
    quantity = victims.quantity
    return quantity is not None and quantity.quantifier != "unknown" and (quantity.low or 0) >= 1000


def _subject(sentence: Sentence, trigger: Trigger, reach: int) -> Victims | None:
    """The nearest phrase to the left that is no part of a prepositional phrase; numbers are preferred to bare nouns."""
    fallback: Victims | None = None
    relative = _relative_before(sentence, trigger)
    for victims in reversed(sentence.victims):
        if victims.after > trigger.first:
            continue
        if relative is not None and victims.after < relative - (sentence.word(relative - 1) == ","):
            break
        if trigger.first - victims.after > reach or _parted(sentence, victims.after, trigger.first):
            break
        adjacent = trigger.first == victims.after and victims.lead in (
            "after",
            "among",
            "apres",
            "as",
            "when",
            "parmi",
            "with",
            "avec",
        )
        close = (
            sentence.lang == "fr"
            and trigger.first - victims.after <= 1
            and not trigger.passive
            and bool(victims.quantity)
        )
        opens = victims.lead in ("of", "sur", "parmi") and victims.first - sentence.first <= 3
        close = (
            close
            or (opens and trigger.first == victims.after and bool(victims.quantity))
            or (adjacent and bool(victims.quantity))
        )
        if not (close and victims.lead not in ("par", "contre", "sur")):
            if victims.lead in _PEOPLE_PREPOSITIONS and not (
                victims.quantity and victims.lead in _PARTITIVES
            ):
                continue
            if victims.lead in _PARTITIVES and not _is_partitive(sentence, victims):
                continue
        if victims.quantity or victims.own:
            return victims
        fallback = fallback or victims
        beside = trigger.first - victims.after <= 1 and not victims.part
        if beside and not _in_relative(sentence, victims) and not _in_complement(sentence, victims):
            return victims
    return fallback


def _relative_before(sentence: Sentence, trigger: Trigger) -> int | None:
    """The place of "who" right before the verb: "those who had fled", whom nothing else in the sentence counts."""
    here = trigger.first - 1
    while sentence.word(here) in BE[sentence.lang] | HAVE[sentence.lang] | ADVERBS:
        here -= 1
    return here if sentence.word(here) in ("who", "qui") else None


def _in_complement(sentence: Sentence, victims: Victims) -> bool:
    """ "a peacekeeper on a security patrol died": the noun beside the verb says where the one counted belongs."""
    before = [other for other in sentence.victims if other.quantity and other.after <= victims.first]
    between = sentence.words[before[-1].after : victims.first] if before else []
    return (
        bool(between)
        and between[0] in ("on", "in", "from", "with", "at", "of", "de", "du", "dans")
        and len(between) < 6
    )


def _in_relative(sentence: Sentence, victims: Victims) -> bool:
    """ "seven volunteers who support the army were killed": the nearest noun stands in the clause about the counted one."""
    return any(
        other.quantity
        and other.after <= victims.first
        and sentence.word(other.after) in ("who", "that", "which", "qui", "que", "dont")
        for other in sentence.victims
    )


_PARTITIVES = wordset("of de d' des a le to for")


def _is_partitive(sentence: Sentence, victims: Victims) -> bool:
    """ "the bodies of ten", "a total of ten", "un total de dix"."""
    place = victims.first - 1
    while sentence.word(place) in ("the", "des", "les", "de", "of", "d'"):
        place -= 1
    return sentence.word(place) in (
        "total",
        "bodies",
        "group",
        "groupe",
        "corps",
        "excess",
        "number",
        "moins",
        "plus",
        "least",
        "least",
        "toll",
        "bilan",
    )


def _parted(sentence: Sentence, first: int, after: int) -> bool:
    """Whether another clause begins between, or another harm word stands there that takes the phrase itself."""
    words = sentence.words[first:after]
    return bool(any(word in _BREAKS for word in words))
