"""Other spellings of a name of a place, as they are met in the press: Chinagodar and Chinagodrar, Kompienbiga and Kompiembiga."""

from __future__ import annotations

from collections.abc import Iterator

from events.ingest.extract.tables import PlaceRow, Tables

_VOWELS = "aeiouy"
# Written now one way, now another.
_PAIRS = {
    "n": "m",
    "m": "n",
    "s": "z",
    "z": "s",
    "c": "k",
    "k": "c",
    "b": "p",
    "p": "b",
    "g": "k",
    "t": "d",
    "d": "t",
}
# Letters that are left out or put in beside vowels.
_LOOSE = _VOWELS + "hnmrw"
SHORTEST = 7


def alike(tables: Tables, word: str, level: int | None = None) -> tuple[PlaceRow, ...]:
    """The places whose name is one letter from `word`, where that is one name only; short words are left alone.

    With `level` only names of units of that level count.
    """
    if len(word) < SHORTEST:
        return ()
    keys = {key for key in _one_letter_off(word) if key in tables.places}
    if level is not None:
        keys = {key for key in keys if any(row.level == level for row in tables.places[key])}
    return tuple(tables.places[keys.pop()]) if len(keys) == 1 else ()


def _one_letter_off(word: str) -> Iterator[str]:
    for place, letter in enumerate(word):
        before, after = word[:place], word[place + 1 :]
        others = _VOWELS if letter in _VOWELS else _PAIRS.get(letter, "")
        yield from (before + other + after for other in others if other != letter)
        if letter in _LOOSE or word[place - 1 : place] == letter:
            yield before + after
        yield from (before + other + letter + after for other in {*_LOOSE, letter} if place)
