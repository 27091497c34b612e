"""What was done to whom: figures for people killed, wounded, abducted, captured, missing, displaced.

Each harm word takes its victims by its form (see `harm_words`): from the left, from the right, or from the number it
follows. The result says nothing yet about who claims it.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from events.ingest.extract.harm_objects import from_right, next_victims
from events.ingest.extract.harm_subjects import from_left
from events.ingest.extract.harm_words import AMONG, HARM
from events.ingest.extract.sentence import Sentence, Victims
from events.ingest.extract.sides import SIDES
from events.ingest.extract.toll_numbers import from_number, from_toll
from events.ingest.extract.tolls import BODIES, Toll, toll_of
from events.ingest.extract.triggers import Trigger, find_triggers
from events.ingest.extract.victims import NOT_PEOPLE
from events.ingest.extract.words import wordset

_REACH = 24


def find_tolls(sentence: Sentence) -> list[Toll]:
    """All tolls of a sentence whose victims have been found, in order of their victims."""
    tolls: list[Toll] = []
    taken: set[int] = set()
    for trigger in find_triggers(sentence):
        for toll in _tolls_of(sentence, trigger, taken):
            tolls.append(toll)
            taken.add(toll.victims.first)
    return [*tolls, *_gapped(sentence, tolls, taken)]


def _gapped(sentence: Sentence, tolls: list[Toll], taken: set[int]) -> Iterator[Toll]:
    """ "70 died in A and 30 in B", "47 were killed in the morning and 23 others at night", "A counted 31 dead and B 13"."""
    for victims in sentence.victims:
        before = [toll for toll in tolls if toll.trigger.after <= victims.first]
        quantity = victims.quantity
        if not before or victims.first in taken or victims.who or not quantity or quantity.one:
            continue
        if sentence.word(victims.after) in NOT_PEOPLE or HARM[sentence.lang].at(
            sentence.words, victims.after
        ):
            continue
        if _shares_verb(sentence, victims, before[-1]):
            yield _in_gap(sentence, before[-1], victims)


def _in_gap(sentence: Sentence, before: Toll, victims: Victims) -> Toll:
    """The toll of a number that shares the verb before it; a side named with it is its own."""
    rule = "number that shares a verb"
    if _side_follows(sentence, victims):
        return toll_of(sentence, before.trigger, victims, rule)
    return replace(before, victims=victims, rule=rule, inherits=True)


def _side_follows(sentence: Sentence, victims: Victims) -> bool:
    tables = (AMONG[sentence.lang], SIDES[sentence.lang])
    return victims.after < sentence.after and any(table.at(sentence.words, victims.after) for table in tables)


def _shares_verb(sentence: Sentence, victims: Victims, before: Toll) -> bool:
    """Whether a bare number goes on with the verb before: tied by "and", and in another place or of others."""
    place = victims.first - (2 if sentence.word(victims.first - 1) == "another" else 1)
    tied = sentence.word(place) in ("and", "et", ",", "then", "puis")
    follows = sentence.word(victims.after)
    placed = follows in _AT and any(
        n in sentence.placed or _is_name(sentence, n) for n in range(victims.after + 1, victims.after + 7)
    )
    elsewhere = any(
        (n in sentence.placed or _is_name(sentence, n)) and sentence.word(n - 1) in _AT
        for n in (
            *range(sentence.first + 1, before.victims.first),
            *range(before.trigger.after, victims.first),
        )
    )
    if tied and _side_follows(sentence, victims):
        return True
    if tied and ((placed and elsewhere) or (victims.others and follows in _AT)):
        return True
    # "Kourakou counted 31 dead and Tondobi 13"
    here = victims.first - 1
    while here in sentence.placed:
        here -= 1
    return (
        here < victims.first - 1
        and sentence.word(here) in ("and", "et", ",")
        and follows in ("", ".", ",", ";", "and", "et")
    )


def _is_name(sentence: Sentence, place: int) -> bool:
    """ "in Nondin": a village that no gazetteer lists."""
    named = place < sentence.after and sentence.text.capital(place) and sentence.words[place].isalpha()
    return (
        named and sentence.word(place - 1) in ("in", "at", "a", "near", "of") and place not in sentence.dated
    )


_AT = wordset("in at a au aux dans near pres on during lors later elsewhere ailleurs le la")


def _tolls_of(sentence: Sentence, trigger: Trigger, taken: set[int]) -> Iterator[Toll]:
    form = trigger.harm.form
    bodies = next((v for v in sentence.victims if v.after == trigger.first and v.quantity), None)
    if form == "of" and bodies and sentence.words[trigger.first] in BODIES:
        yield from from_number(sentence, trigger, taken)
        return
    if form in ("verb", "of", "lost") or trigger.active:
        yield from from_right(sentence, trigger, taken)
    elif form == "number":
        yield from from_number(sentence, trigger, taken)
    elif form == "toll":
        yield from from_toll(sentence, trigger, taken)
    elif form == "subject" or trigger.passive:
        yield from _passive(sentence, trigger, taken)
    else:
        yield from _bare_participle(sentence, trigger, taken)


def _passive(sentence: Sentence, trigger: Trigger, taken: set[int]) -> Iterator[Toll]:
    found = list(from_left(sentence, trigger, taken, _REACH))
    if found:
        yield from found
    elif sentence.lang == "fr":
        # "ont été tués dix soldats"
        yield from from_right(sentence, trigger, taken)


def _bare_participle(sentence: Sentence, trigger: Trigger, taken: set[int]) -> Iterator[Toll]:
    """ "killed ten" takes what follows, "ten killed" what goes before; French participles take what goes before."""
    right = next_victims(sentence, trigger.after, taken)
    if (
        right
        and sentence.lang == "en"
        and right.first - trigger.after == 0
        and not _is_after_number(sentence, trigger)
    ):
        yield from from_right(sentence, trigger, taken)
        return
    if (
        right
        and sentence.lang == "en"
        and sentence.word(trigger.after) in ("the", "his", "their", "our", "its")
        and right.quantity is None
    ):
        yield from from_right(sentence, trigger, taken)
        return
    left = list(from_left(sentence, trigger, taken, 9))
    if not left and right and right.first == trigger.after and right.quantity:
        # "a neutralisé trois terroristes et blessé deux autres": the auxiliary stands before the first verb.
        yield from from_right(sentence, trigger, taken)
    yield from left


def _is_after_number(sentence: Sentence, trigger: Trigger) -> bool:
    """ "10 killed three missing" hardly occurs; "two killed soldiers" neither."""
    return any(v.after == trigger.first and v.quantity and not v.who for v in sentence.victims)
