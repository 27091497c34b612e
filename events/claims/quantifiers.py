"""Read a figure in words: `read_phrase("au moins une dizaine", "fr")` is at least 10, upper end unknown.

The readings are the table of `quantifier_words`. Everything reads left to right, once, so the time grows with the
length of the text and no faster.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple, TypeVar

from events.claims.codes import Quantifier
from events.claims.number_words import read_number
from events.claims.quantifier_words import (
    AFTER,
    BEFORE,
    LANGUAGES,
    MULTIPLES,
    NO_COUNT,
    RANGE,
    VAGUE,
    VERSION,
    Bound,
    Vague,
    bounded,
)

__all__ = ["VERSION", "Reading", "find_readings", "read_phrase"]

T = TypeVar("T")
Phrases = dict[str, list[tuple[tuple[str, ...], T]]]


@dataclass(frozen=True, slots=True)
class Reading:
    """What the words say: quantifier, low and high (None = that end is unknown), and the words themselves.

    `start` and `end` are the characters of the text that `phrase` stands at.
    """

    quantifier: Quantifier
    low: int | None
    high: int | None
    phrase: str
    start: int = field(default=0, compare=False)
    end: int = field(default=0, compare=False)


class Amount(NamedTuple):
    """A number, or words for one, and the token after it."""

    reading: Vague
    after: int


def read_phrase(text: str, lang: str) -> Reading | None:
    """Read the first figure in `text` (`en` or `fr`); None where there is no number and no word for one.

    Meant for the words of a figure ("près de 40 morts"), not for whole articles: a year or a calibre is a number
    too. French "un" and "une" are read as 1. Raises ValueError for another language.
    """
    return next(find_readings(text, lang), None)


def find_readings(text: str, lang: str) -> Iterator[Reading]:
    """Read every figure in `text`, in order, without overlaps."""
    if lang not in LANGUAGES:
        raise ValueError(f"lang: {lang!r} is not valid; valid is one of {', '.join(LANGUAGES)}")
    tokens, places = _tokens(text)
    at = 0
    while at < len(tokens):
        found = _read(tokens, at, lang)
        if found is None:
            no_count = _longest(_NO_COUNT[lang], tokens, at)
            at = no_count[1] if no_count else at + 1
            continue
        start, end = places[at][0], places[found.after - 1][1]
        quantifier, low, high, _ = found.reading
        yield Reading(quantifier, low, high, text[start:end], start, end)
        at = found.after


def _read(tokens: Sequence[str], at: int, lang: str) -> Amount | None:
    before = _longest(_BEFORE[lang], tokens, at)
    bounded_amount = _after_bound(*before, tokens, lang) if before else None
    # "de" may begin "de 3 à 5" and also "de nombreux".
    return bounded_amount or _amount_and_after(tokens, at, lang)


def _after_bound(bound: Bound, start: int, tokens: Sequence[str], lang: str) -> Amount | None:
    if bound is Bound.BETWEEN:
        return _between(tokens, start, lang)
    amount = _amount(tokens, start, lang)
    if amount is None:
        return None
    if span := _span(tokens, amount, lang):
        return _bound_span(bound, amount, span)
    after = _longest(_AFTER[lang], tokens, amount.after)
    return Amount(_apply(bound, amount.reading), after[1] if after else amount.after)


def _amount_and_after(tokens: Sequence[str], at: int, lang: str) -> Amount | None:
    amount = _amount(tokens, at, lang)
    if amount is None:
        return None
    if span := _span(tokens, amount, lang):
        return span
    after = _after(tokens, amount.after, lang)
    return Amount(_apply(after[0], amount.reading), after[1]) if after else amount


def _amount(tokens: Sequence[str], at: int, lang: str, joined: bool = True) -> Amount | None:
    """Words from the table or a number, whichever goes on for longer."""
    vague = _longest(_VAGUE[lang], tokens, at)
    number = read_number(tokens, at, lang, joined)
    if number is None or (vague and vague[1] >= number[1]):
        return Amount(*vague) if vague else None
    value, after = number
    if _longest(_NO_COUNT[lang], tokens, after):
        return None
    multiple = MULTIPLES[lang].get(tokens[after]) if after < len(tokens) else None
    if multiple:
        about = bounded(Bound.ABOUT, value * multiple)
        return Amount(about._replace(base=value * multiple), after + 1)
    return Amount(Vague(Quantifier.EXACT, value, value, value), after)


def _apply(bound: Bound, amount: Vague) -> Vague:
    """Bound an amount; words for many ("dozens") are bounded at their own ends."""
    lower = amount.low if amount.base is None else amount.base
    upper = amount.high if amount.base is None else amount.base
    if bound in (Bound.AT_LEAST, Bound.MORE_THAN) and lower is not None:
        return bounded(bound, lower)
    if bound in (Bound.AT_MOST, Bound.LESS_THAN) and upper is not None:
        return bounded(bound, upper)
    if bound is Bound.NEARLY and amount.base is not None:
        return bounded(bound, amount.base)
    if bound is Bound.ABOUT and amount.base is not None and amount.quantifier == Quantifier.EXACT:
        return bounded(bound, amount.base)
    return amount


def _span(tokens: Sequence[str], first: Amount, lang: str) -> Amount | None:
    """Read "3 to 5" from its first number on; None where no larger second number follows."""
    if first.after >= len(tokens) or tokens[first.after] not in RANGE[lang]:
        return None
    second = _amount(tokens, first.after + 1, lang)
    ends = _ends(first, second)
    return (
        Amount(Vague(Quantifier.BETWEEN, *ends), second.after)
        if second and ends and ends[0] < ends[1]
        else None
    )


def _bound_span(bound: Bound, first: Amount, span: Amount) -> Amount:
    """Bound "at least 10 to 15" at its lower, "up to 10 or 15" at its upper number; "about 10 to 15" stays."""
    if bound in (Bound.AT_LEAST, Bound.MORE_THAN):
        return Amount(_apply(bound, first.reading), span.after)
    if bound in (Bound.AT_MOST, Bound.LESS_THAN):
        return Amount(bounded(bound, span.reading.high or 0), span.after)
    return span


def _between(tokens: Sequence[str], at: int, lang: str) -> Amount | None:
    """Read "3 and 5" after "between"; "and" may also stand inside a number, so both ways are tried."""
    unordered = None
    for joined in (False, True):
        first = _amount(tokens, at, lang, joined)
        if first is None or first.after >= len(tokens):
            continue
        if tokens[first.after] not in RANGE[lang] | {_AND[lang]}:
            continue
        second = _amount(tokens, first.after + 1, lang)
        ends = _ends(first, second)
        if second is None or ends is None:
            continue
        found = Amount(Vague(Quantifier.BETWEEN, min(ends), max(ends)), second.after)
        if ends[0] <= ends[1]:
            return found
        unordered = found
    return unordered


def _ends(first: Amount, second: Amount | None) -> tuple[int, int] | None:
    if second is None:
        return None
    low = first.reading.low if first.reading.base is None else first.reading.base
    high = second.reading.high if second.reading.base is None else second.reading.base
    return None if low is None or high is None else (low, high)


def _after(tokens: Sequence[str], at: int, lang: str) -> tuple[Bound, int] | None:
    """Find a bound after the number, with up to two plain words between: "dix soldats au moins"."""
    for start in range(at, min(at + 3, len(tokens))):
        if found := _longest(_AFTER[lang], tokens, start):
            # "ten soldiers, at least five civilians": the bound belongs to what follows it.
            return None if _amount(tokens, found[1], lang) else found
        if not tokens[start].isalpha() or tokens[start] in ("and", "or", "et", "ou"):
            return None
    return None


def _longest(phrases: Phrases[T], tokens: Sequence[str], at: int) -> tuple[T, int] | None:
    if at >= len(tokens):
        return None
    for words, value in phrases.get(tokens[at], ()):
        if tuple(tokens[at : at + len(words)]) == words:
            return value, at + len(words)
    return None


_AND = {"en": "and", "fr": "et"}
_ELIDED = {"d": "de", "jusqu": "jusque", "l": "le"}

# In order: digits grouped by threes, digits with decimals, digits glued to letters ("10th": no count), digits,
# words (an apostrophe ends one), and every other character by itself.
_TOKEN = re.compile(
    r"[0-9]{1,3}(?:[.,'’ \u00a0\u202f][0-9]{3})+(?![0-9a-z])"
    r"|[0-9]+[.,][0-9]+(?![0-9a-z])"
    r"|[0-9]+[a-z][0-9a-z]*"
    r"|[0-9]+"
    r"|[a-z][a-z0-9]*['’]?"
    r"|\S"
)


def _tokens(text: str) -> tuple[list[str], list[tuple[int, int]]]:
    """Cut the folded text into tokens, each with its place in the text as it was given."""
    folded, origin = _fold(text)
    tokens, places = [], []
    for match in _TOKEN.finditer(folded):
        token = match.group()
        if token[-1] in "'’" and len(token) > 1:
            token = _ELIDED.get(token[:-1], token[:-1])
        tokens.append(token)
        places.append((origin[match.start()], origin[match.end()]))
    return tokens, places


def _fold(text: str) -> tuple[str, list[int]]:
    """Lower case without accents, one character for one; the list says where each stood, and the end of the text."""
    folded, origin = [], []
    for place, character in enumerate(text):
        base = unicodedata.normalize("NFD", character)[0]
        if not unicodedata.combining(base):
            folded.append("-" if base == "\N{NON-BREAKING HYPHEN}" else base.lower()[0])
            origin.append(place)
    return "".join(folded), [*origin, len(text)]


def _by_first_word(rows: Mapping[str, T]) -> Phrases[T]:
    phrases: Phrases[T] = {}
    for phrase, value in rows.items():
        words = tuple(_tokens(phrase)[0])
        phrases.setdefault(words[0], []).append((words, value))
    for choices in phrases.values():
        choices.sort(key=lambda choice: -len(choice[0]))
    return phrases


_VAGUE = {lang: _by_first_word(VAGUE[lang]) for lang in LANGUAGES}
_BEFORE = {lang: _by_first_word(BEFORE[lang]) for lang in LANGUAGES}
_AFTER = {lang: _by_first_word(AFTER[lang]) for lang in LANGUAGES}
_NO_COUNT = {lang: _by_first_word(dict.fromkeys(NO_COUNT[lang], True)) for lang in LANGUAGES}
