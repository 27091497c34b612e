"""Who the dead were, told after their number: "Fifty-nine of them were civilians, 15 were gendarmes", "il s'agit de ..."."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from events.ingest.extract.harm_words import Harm
from events.ingest.extract.sentence import Sentence, Victims
from events.ingest.extract.tolls import Toll
from events.ingest.extract.triggers import Trigger
from events.ingest.extract.victims import NOT_PEOPLE
from events.ingest.extract.words import one_of, wordset

RULE = "part told after the whole of "
# What a sentence opens with that goes on to say who they were.
_OPENINGS = {
    "en": one_of(
        """they were, they are, they include, they included, among them were, among them are, the victims are, the victims were
        they comprise, they comprised, these were, these are, these include, these included, among those killed are"""
    ),
    "fr": one_of(
        """il s'agit de, il s'agit d', il s'agirait de, ce sont, parmi eux figurent, parmi elles figurent, parmi eux se trouvent
        parmi eux on compte, parmi elles on compte, parmi eux on dénombre, on compte parmi eux, elles comprennent, ils comprennent"""
    ),
}
_OF_THEM = {
    "en": one_of(
        "of them, of the dead, of the victims, of those killed, of these, of the deceased, of the casualties"
    ),
    "fr": one_of("d'entre eux, d'entre elles, des victimes, des morts, des tués, de ces victimes"),
}
_ARE = wordset("were was are is sont etaient est etait all tous toutes des de d' the")
_LINKS = wordset(", and et ainsi que the les were are etaient sont others other autres as well")


def compositions(sentence: Sentence, told: Sequence[Toll], measure: str) -> Iterator[Toll]:
    """Parts of a toll of `measure` that the sentence before, or this one, has told; `told` are the sentence's own tolls."""
    taken = {toll.victims.first for toll in told}
    yield from _bracketed(sentence, told, taken)
    yield from _after_colon(sentence, told, taken)
    measure = next((toll.measure for toll in told), measure)
    if not measure or (any(not toll.victims.part for toll in told) and not _opens_of(sentence)):
        return
    chain = _chain(sentence)
    if any(victims.first in taken for victims in chain):
        return
    for victims in chain:
        trigger = Trigger(victims.first, victims.first, Harm(measure, "number"))
        yield Toll(trigger, victims, measure, f"{RULE}{measure}")


def _bracketed(sentence: Sentence, told: Sequence[Toll], taken: set[int]) -> Iterator[Toll]:
    """ "four wounded (three soldiers and one volunteer)": who they were, in brackets right after."""
    for toll in told:
        after = max(toll.trigger.after, toll.victims.after)
        close = next(
            (n for n in range(after, min(after + 24, sentence.after)) if sentence.words[n] == ")"), 0
        )
        if sentence.word(after) != "(" or not close:
            continue
        inside = [
            v for v in sentence.victims if after < v.first < close and v.quantity and v.first not in taken
        ]
        if not inside or not all(victims.who for victims in inside):
            continue
        for victims in inside:
            trigger = Trigger(victims.first, victims.first, Harm(toll.measure, "number"))
            yield Toll(
                trigger, replace(victims, part=True), toll.measure, f"part in brackets of {toll.measure}"
            )


def _after_colon(sentence: Sentence, told: Sequence[Toll], taken: set[int]) -> Iterator[Toll]:
    """ "nine dead: four soldiers, three attackers and two traders": figures after a colon that make up the one before."""
    colon = next((n for n in range(sentence.first, sentence.after) if sentence.words[n] == ":"), 0)
    whole = next((toll for toll in reversed(told) if colon and toll.victims.after <= colon), None)
    counted = [v for v in sentence.victims if v.first > colon and v.quantity and v.quantity.low]
    if whole is None or len(counted) < 2 or not whole.victims.quantity:
        return
    if sum((v.quantity.low or 0) for v in counted if v.quantity) != whole.victims.quantity.low:
        return
    for victims in counted:
        if victims.first not in taken:
            part = replace(victims, who=victims.who or whole.victims.who, part=True)
            trigger = Trigger(victims.first, victims.first, Harm(whole.measure, "number"))
            yield Toll(trigger, part, whole.measure, f"part after a colon of {whole.measure}")


def _opens_of(sentence: Sentence) -> bool:
    """ "Of the 20 killed, 12 were children"."""
    return sentence.words[sentence.first] in ("of", "sur", "parmi", "among")


def _chain(sentence: Sentence) -> list[Victims]:
    chain: list[Victims] = []
    for victims in sentence.victims:
        read = _read(sentence, victims, chain[-1] if chain else None)
        if read is not None:
            chain.append(read)
        elif chain and victims.quantity is not None:
            break
    return chain


def _read(sentence: Sentence, victims: Victims, before: Victims | None) -> Victims | None:
    """The phrase with whom it is of, where it begins or goes on with the list of who they were."""
    quantity = victims.quantity
    if quantity is None or quantity.low is None or sentence.word(victims.after) in NOT_PEOPLE:
        return None
    end, begins = quantity.after, _begins(sentence, victims)
    of_them = _OF_THEM[sentence.lang].at(sentence.words, end)
    if of_them:
        end, begins = end + of_them[0], True
    goes_on = before is not None and set(sentence.words[before.after : victims.first]) <= _LINKS
    if not (begins or goes_on):
        return None
    here = end
    while sentence.word(here) in _ARE:
        here += 1
    who = sentence.people.get(here) or (victims.who[0] if victims.who and here < victims.after else None)
    if who is None or who.after > sentence.after or (here == end and of_them):
        return None
    return replace(victims, who=(who,), after=max(who.after, victims.after), part=True, of_them=False)


def _begins(sentence: Sentence, victims: Victims) -> bool:
    found = _OPENINGS[sentence.lang].at(sentence.words, sentence.first)
    if found and victims.first - sentence.first - found[0] <= 1:
        return True
    were = sentence.word(victims.after) in ("were", "are", "etaient", "sont")
    comma = sentence.word(victims.first - 1) == ","
    return _opens_of(sentence) and were and comma
