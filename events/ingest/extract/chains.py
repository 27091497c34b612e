"""Phrases for people tied to one another: "two soldiers and three civilians, including a child"."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from events.ingest.extract.harm_words import BE, HARM, HAVE
from events.ingest.extract.numbers import Quantity
from events.ingest.extract.sentence import Sentence, Victims
from events.ingest.extract.speech_words import VERBS
from events.ingest.extract.triggers import ADVERBS
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
        if sentence.word(here) not in ADVERBS | BE[sentence.lang] | HAVE[sentence.lang] | {
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


def chain_left(sentence: Sentence, head: Victims) -> list[Victims]:
    """The head with the phrases tied to it on its left: "two soldiers and three civilians were killed"."""
    before = [victims for victims in sentence.victims if victims.first < head.first]
    chain = [head]
    for victims in reversed(before):
        right = chain[0]
        if _is_aside(sentence, victims):
            continue
        gap = sentence.words[victims.after : right.first]
        tied = right.joined or (right.part and not right.of_them and len(gap) <= 4)
        if not tied or is_taken_between(sentence, victims.after, right.first):
            break
        if victims.quantity is None and not victims.who:
            break
        if victims.lead in ("by", "par", "against", "contre"):
            break
        chain.insert(0, victims)
        if victims.part:
            chain = [victims, *(replace(later, part=True) for later in chain[1:])]
    return _without_apposition(chain)


def _is_aside(sentence: Sentence, victims: Victims) -> bool:
    """ "35 civils, en grande majorité des femmes, et sept militaires": a remark between commas, no further victims."""
    before = sentence.words[max(sentence.first, victims.first - 5) : victims.first]
    return victims.quantity is None and "," in before and bool(_MOSTLY & set(before))


_MOSTLY = wordset(
    "mostly mainly largely majorite plupart essentiellement principalement majoritairement all tous toutes"
)


def _without_apposition(chain: list[Victims]) -> list[Victims]:
    """ "thirteen peacekeepers, twelve Germans and a Belgian": what follows takes the first number apart.

    Of "nineteen people, nine gendarmes and ten civilians" the parts say more than the whole.
    """
    if len(chain) > 2 and not any(victims.part for victims in chain):
        numbers = [
            victims.quantity.low if victims.quantity and victims.quantity.quantifier == "exact" else None
            for victims in chain
        ]
        first, rest = numbers[0], numbers[1:]
        if first and all(rest) and sum(number or 0 for number in rest) == first:
            open_whole = all(who.kind == "people" for who in chain[0].who)
            return chain[1:] if open_whole and all(victims.who for victims in chain[1:]) else chain[:1]
    return chain
