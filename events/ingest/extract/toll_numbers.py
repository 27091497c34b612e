"""Numbers without a verb: "ten dead, two of them children", "the toll has risen to ten"."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from events.ingest.extract.chains import chain_left, coordinated, takes_other_harm
from events.ingest.extract.harm_words import (
    HARM,
)
from events.ingest.extract.parts import is_of_them
from events.ingest.extract.sentence import Sentence, Victims
from events.ingest.extract.tolls import Toll, toll_of
from events.ingest.extract.triggers import Trigger
from events.ingest.extract.victims import NOT_PEOPLE
from events.ingest.extract.words import wordset


def from_number(sentence: Sentence, trigger: Trigger, taken: set[int]) -> Iterator[Toll]:
    """ "ten dead", "24 soldiers dead", "dix morts parmi les soldats"."""
    for victims in reversed(sentence.victims):
        if victims.after > trigger.first or victims.quantity is None:
            continue
        if victims.quantity.one and trigger.first > victims.after and victims.who:
            return
        between = sentence.words[victims.after : trigger.first]
        if len(between) > 2 or any(word in ("and", "et", ",", "by", "par") for word in between):
            return
        if victims.first in taken:
            return
        if trigger.harm.measure == "killed" and between and not victims.who and between[-1] in NOT_PEOPLE:
            return
        for each in (
            chain_left(sentence, victims) if victims.who and victims.after == trigger.first else (victims,)
        ):
            if each.first not in taken:
                yield toll_of(sentence, trigger, each, "number", inherits=False)
        yield from parts_after(sentence, trigger, taken)
        return


def parts_after(sentence: Sentence, trigger: Trigger, taken: set[int]) -> Iterator[Toll]:
    """ "ten dead, including two children"; "ten dead, namely eight soldiers and two civilians" are parts by themselves."""
    for victims in sentence.victims:
        of_them = (
            victims.part
            and bool(victims.who)
            and is_of_them(sentence, victims.quantity.after if victims.quantity else 0)
        )
        if victims.first >= trigger.after and victims.first - trigger.after <= (18 if of_them else 4):
            namely = bool(_NAMELY & set(sentence.words[trigger.after : victims.first]))
            if (
                (victims.part or namely)
                and victims.first not in taken
                and not takes_other_harm(sentence, victims)
            ):
                for each in coordinated(sentence, victims):
                    yield toll_of(sentence, trigger, replace(each, part=not namely), "part")
            return


_NAMELY = wordset("soit savoir namely ie")


def from_toll(sentence: Sentence, trigger: Trigger, taken: set[int]) -> Iterator[Toll]:
    """ "the death toll of 25", "the toll in the attack rose to 25", "le bilan s'élève à 14": numbers without a noun."""
    before = _counted_before(sentence, trigger) or _put_at(sentence, trigger)
    if before:
        yield toll_of(sentence, trigger, before, "toll")
        return
    reached = _come_down_to(sentence, trigger)
    if reached:
        yield toll_of(sentence, trigger, reached, "toll")
        return
    start: int | None = trigger.after
    for victims in sentence.victims:
        if victims.first < trigger.after or start is None:
            continue
        gap = sentence.words[start : victims.first]
        if not all(word in _TOLL_LINKS for word in gap):
            start = _after_rise(sentence, start, victims.first)
            if start is None or not all(
                word in _TOLL_LINKS for word in sentence.words[start : victims.first]
            ):
                start = trigger.after if start is None else start
                continue
        follows = (
            HARM[sentence.lang].at(sentence.words, victims.after) if victims.after < sentence.after else None
        )
        if victims.quantity is not None and victims.quantity.one and not victims.who:
            # "le bilan d'une tuerie": what the toll is of.
            continue
        if (
            follows
            or victims.quantity is None
            or sentence.word(victims.after) in NOT_PEOPLE
            or victims.quantity.none
        ):
            return
        if (
            sentence.word(victims.first - 1) in ("from", "de")
            and sentence.word(victims.first - 2) not in _OF_SO_MANY
            and "de" not in sentence.words[trigger.first : trigger.after + 1]
        ):
            start = victims.after
            continue
        yield toll_of(sentence, trigger, _risen(sentence, victims), "toll")
        return


_OF_SO_MANY = wordset(
    "est etait serait reste demeure bilan ordre provisoire fait etat humain definitif actuel total"
)


def _risen(sentence: Sentence, victims: Victims) -> Victims:
    """ "has gone up to 80" has reached 80: the "up to" is the verb's."""
    quantity = victims.quantity
    if quantity is None or quantity.high is None or sentence.words[quantity.first] != "up":
        return victims
    exact = replace(quantity, quantifier="exact", low=quantity.high)
    return replace(victims, quantity=exact) if sentence.word(quantity.first - 1) in _RISES else victims


def _counted_before(sentence: Sentence, trigger: Trigger) -> Victims | None:
    """ "portant à 28 le nombre de tués", "putting at 28 the number of dead"."""
    place = trigger.first - (sentence.word(trigger.first - 1) in ("le", "the"))
    if sentence.words[trigger.first] not in ("nombre", "number") or place == trigger.first:
        return None
    count = next((v for v in sentence.victims if v.after == place and v.quantity and not v.who), None)
    return count if count and sentence.word(count.first - 1) in ("a", "at", "to") else None


def _come_down_to(sentence: Sentence, trigger: Trigger) -> Victims | None:
    """ "ramené d'une centaine de morts à 35", "lowered from 95 to 35": the later of two figures, whatever stands between."""
    verbs = [n for n in range(trigger.after, sentence.after) if sentence.words[n] in _CHANGES]
    if not verbs or verbs[0] - trigger.after > 12:
        return None
    counted = [v for v in sentence.victims if v.first > verbs[0] and v.quantity and v.first - verbs[0] < 14]
    later = [v for v in counted if sentence.word(v.first - 1) in ("a", "to")]
    return later[0] if later and len(counted) > 1 and counted[0] is not later[0] else None


_CHANGES = wordset("ramene ramenee revu revise reduced lowered raised revised")


def _put_at(sentence: Sentence, trigger: Trigger) -> Victims | None:
    """ "put the death toll from the attack on a camp in the north at 23": the number may stand far behind."""
    if not _PUT & set(sentence.words[max(sentence.first, trigger.first - 5) : trigger.first]):
        return None
    for victims in sentence.victims:
        if victims.first > trigger.after and victims.quantity and sentence.word(victims.first - 1) == "at":
            return victims if victims.first - trigger.after < 24 else None
    return None


_PUT = wordset("put puts putting placed")


_TOLL_LINKS = wordset(
    "to at of stands stood now is has been have was put the a about : s' eleve est de d' provisoire "
    "provisional official passe grimpe monte atteint desormais porte rose risen climbed reached "
    "increased officially gone went up jumped soared grew grown swelled mounted revised upward "
    "upwards settled settles currently still remains reste demeure etabli etablit etablirait serait "
    "fixe fixee arrete revu hausse les la"
)


_RISES = wordset(
    "gone went jumped jumps soared soars grown grew swelled swollen mounted revised settled settles "
    "ramene ramenee reduced lowered now rises rose risen climbs climbed increased reached stands stood passe grimpe monte eleve "
    "atteint alourdi alourdit s'"
)


def _after_rise(sentence: Sentence, first: int, after: int) -> int | None:
    """The word after the verb by which a toll reaches its number, or None when there is none before the number."""
    places = [place for place in range(first, after) if sentence.words[place] in _RISES]
    return places[-1] + 1 if places else None
