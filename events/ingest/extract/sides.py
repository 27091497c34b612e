"""Whose losses a figure is about where words for a side say it: "on our side", "côté ennemi", "in its ranks"."""

from __future__ import annotations

from collections.abc import Iterator

from events.ingest.extract.countries import DEMONYM
from events.ingest.extract.harm_words import AMONG, BE, HAVE
from events.ingest.extract.sentence import Sentence
from events.ingest.extract.speech_words import VERBS
from events.ingest.extract.words import Phrases, listed, wordset

OWN, ENEMY = "own", "enemy"
_SIDES_EN = {
    OWN: """its losses at, their losses at, its casualties at, its own losses at
    on our side, on the friendly side, on its side, on their side, on the army side, in our ranks, in its ranks
    in their ranks, among our ranks, from its ranks, from their ranks, among its ranks, among their ranks, friendly side
    among our troops, among its troops, among its own, on their own side, on its own side, friendly losses, own losses
    friendly casualties, own casualties, within its ranks, within their ranks, in its own ranks, in their own ranks
    among its men, among our men, among their men, on the friendly forces' side, friendly forces""",
    ENEMY: """on the enemy side, on the enemy's side, in the enemy's ranks, in enemy ranks, in the enemy ranks, enemy side
    on the side of the enemy, on the attackers' side, on the assailants' side, on the terrorist side, enemy losses
    enemy casualties, among the enemy, on the side of the attackers, on the side of the assailants""",
}
_SIDES_FR = {
    OWN: """ses pertes à, leurs pertes à, ses propres pertes à
    côté ami, du côté ami, côté amis, de notre côté, dans nos rangs, dans ses rangs, dans leurs rangs, pertes amies
    au sein de ses troupes, au sein de nos troupes, dans les rangs amis, parmi ses hommes, parmi nos hommes, parmi ses troupes
    dans nos propres rangs, dans ses propres rangs, parmi nos soldats, parmi ses soldats, du côté des forces amies
    coté ami, du coté ami, forces amies, au sein de nos forces, au sein de ses forces, chez les amis, en notre sein""",
    ENEMY: """côté ennemi, du côté ennemi, du côté de l'ennemi, dans les rangs ennemis, dans les rangs de l'ennemi
    côté ennemis, pertes ennemies, côté terroriste, du côté terroriste, chez l'ennemi, côté assaillants, coté ennemi
    du côté des assaillants, du coté ennemi, camp ennemi, côté adverse, dans les rangs adverses, côté terroristes
    dans le camp ennemi, dans le camp adverse, du côté adverse, dans les rangs des assaillants""",
}
SIDES: dict[str, Phrases[str]] = {
    lang: Phrases({phrase: side for side, phrases in table.items() for phrase in listed(phrases)})
    for lang, table in (("en", _SIDES_EN), ("fr", _SIDES_FR))
}
# A side named at the head of a list holds for all of the list ("on our side: two dead, five wounded").
_HEAD = 3


def side_of(sentence: Sentence, place: int) -> str:
    """The side that a figure at `place` is of: OWN, ENEMY, the code of a country, or empty.

    Sides that lead ("on our side, two dead") hold up to the next one; sides that follow ("two dead on our side") hold
    for what stands before them.
    """
    marks = sorted(
        [*SIDES[sentence.lang].find(sentence.words, sentence.first, sentence.after), *_of_a_nation(sentence)]
    )
    before = [mark for mark in marks if mark[1] <= place]
    after = [mark for mark in marks if mark[0] > place]
    if before and (
        _leads(sentence, before[-1][0])
        or place - before[-1][1] <= 1
        or _is_subject(sentence, before[-1][1], place)
    ):
        return before[-1][2]
    follows = (
        bool(after)
        and not _leads(sentence, after[0][0])
        and _reaches(sentence, place, after[0][0])
        and not any(AMONG[sentence.lang].at(sentence.words, n) for n in range(place, after[0][0]))
    )
    return after[0][2] if follows else ""


def _is_subject(sentence: Sentence, mark: int, place: int) -> bool:
    """ "the toll on our side stands at two": a verb of counting between the side and the figure."""
    between = sentence.words[mark:place]
    return bool(_COUNTING & set(between)) and not {",", ";", "and"} & set(between)


_COUNTING = wordset(
    "fait est etait deplore deplorent compte enregistre recense is was stands stood deplores counted"
)
_REACH = 10


def _of_a_nation(sentence: Sentence) -> Iterator[tuple[int, int, str]]:
    """ "côté malien", "on the Malian side": the forces of a country, by its code."""
    for place in range(sentence.first, sentence.after):
        code = DEMONYM.get(sentence.words[place], "")
        if code and sentence.word(place - 1) in ("cote", "camp") and sentence.lang == "fr":
            yield place - 1, place + 1, code
        elif (
            code
            and sentence.words[max(sentence.first, place - 2) : place] == ["on", "the"]
            and sentence.word(place + 1) == "side"
        ):
            yield place - 2, place + 2, code


def _reaches(sentence: Sentence, place: int, mark: int) -> bool:
    """Whether nothing but a list of figures stands between a figure and the side named after it."""
    verbs = BE[sentence.lang] | HAVE[sentence.lang]
    return mark - place <= _REACH and not any(
        (word in verbs and word != "a") or VERBS[sentence.lang].at(sentence.words, n)
        for n, word in enumerate(sentence.words[place:mark], place)
    )


def _leads(sentence: Sentence, place: int) -> bool:
    """Whether a side opens what it is said of: at the head, or after a comma, a semicolon or "and"."""
    here = place - 1
    while sentence.word(here) in (
        "du",
        "de",
        "est",
        "is",
        "was",
        "a",
        "sont",
        "bilan",
        "provisional",
        "the",
        "toll",
        "le",
    ):
        here -= 1
    return place - sentence.first <= _HEAD or sentence.word(here) in (",", ";", ":", "-", "")
