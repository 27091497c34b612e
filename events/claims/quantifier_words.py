"""The one versioned table of quantifiers in words, English and French.

Every reading is a default, shown beside the words it was read from and open to correction by an editor. Change a
row, and VERSION goes up. docs/claims.md shows this table; a test holds the two equal.
"""

from __future__ import annotations

from enum import Enum
from typing import NamedTuple

from events.claims.codes import Quantifier

VERSION = "1"
LANGUAGES = ("en", "fr")

Q = Quantifier


class Vague(NamedTuple):
    """How words without an exact number are read. `base`: the number they are built on, for "more than a dozen"."""

    quantifier: Quantifier
    low: int | None
    high: int | None
    base: int | None = None


class Bound(Enum):
    """What a word before or after a number N does to it."""

    AT_LEAST = "at least"
    MORE_THAN = "more than"
    AT_MOST = "at most"
    LESS_THAN = "less than"
    NEARLY = "nearly"
    ABOUT = "about"
    EXACTLY = "exactly"
    BETWEEN = "between"


def bounded(bound: Bound, number: int) -> Vague:
    """Read N with its bound; parts of a person are rounded outwards, and from one up nothing becomes nobody."""
    least = max(min(number, 1), number * 9 // 10)
    match bound:
        case Bound.AT_LEAST:
            return Vague(Q.AT_LEAST, number, None)
        case Bound.MORE_THAN:
            return Vague(Q.AT_LEAST, number + 1, None)
        case Bound.AT_MOST:
            return Vague(Q.AT_MOST, None, number)
        case Bound.LESS_THAN:
            return Vague(Q.AT_MOST, None, max(0, number - 1))
        case Bound.NEARLY:
            return Vague(Q.ABOUT, least, number)
        case Bound.ABOUT:
            return Vague(Q.ABOUT, least, -(-number * 11 // 10))
    return Vague(Q.EXACT, number, number)


# The same in words for the documentation: N is the number read.
BOUND_READINGS = {
    Bound.AT_LEAST: (Q.AT_LEAST, "N", "unknown"),
    Bound.MORE_THAN: (Q.AT_LEAST, "N + 1", "unknown"),
    Bound.AT_MOST: (Q.AT_MOST, "unknown", "N"),
    Bound.LESS_THAN: (Q.AT_MOST, "unknown", "N − 1"),
    Bound.NEARLY: (Q.ABOUT, "0.9 N", "N"),
    Bound.ABOUT: (Q.ABOUT, "0.9 N", "1.1 N"),
    Bound.EXACTLY: (Q.EXACT, "N", "N"),
    Bound.BETWEEN: (Q.BETWEEN, "first N", "second N"),
}

_NONE = Vague(Q.EXACT, 0, 0, 0)
_COUPLE = Vague(Q.ABOUT, 2, 2, 2)
_SEVERAL = Vague(Q.SEVERAL, 3, 9)
_HALF_DOZEN = Vague(Q.ABOUT, 5, 7, 6)
_DOZEN = Vague(Q.ABOUT, 10, 14, 12)
_DOZENS = Vague(Q.DOZENS, 24, 99)
_SCORES = Vague(Q.DOZENS, 40, 99)
_HUNDREDS = Vague(Q.HUNDREDS, 200, 999)
_THOUSANDS = Vague(Q.THOUSANDS, 2_000, 9_999)
_TEN_THOUSANDS = Vague(Q.THOUSANDS, 20_000, 99_999)
_HUNDRED_THOUSANDS = Vague(Q.THOUSANDS, 200_000, 999_999)
_UNKNOWN = Vague(Q.UNKNOWN, None, None)


def _rows(*groups: tuple[Vague, str]) -> dict[str, Vague]:
    return {phrase.strip(): vague for vague, phrases in groups for phrase in phrases.split(",")}


VAGUE: dict[str, dict[str, Vague]] = {
    "en": _rows(
        (
            _NONE,
            "none, nobody, no one, no casualties, no deaths, no dead, no fatalities, no losses, no victims",
        ),
        (_NONE, "no soldiers, no civilians, no fighters, no wounded, no injuries"),
        (_COUPLE, "a couple, a couple of"),
        (_SEVERAL, "several, a few, a handful"),
        (_HALF_DOZEN, "half a dozen, a half dozen, half-dozen"),
        (_DOZEN, "a dozen, dozen"),
        (_DOZENS, "dozens, several dozen, a few dozen, tens"),
        (_SCORES, "scores"),
        (_HUNDREDS, "hundreds, several hundred, a few hundred"),
        (_THOUSANDS, "thousands, several thousand, a few thousand"),
        (_TEN_THOUSANDS, "tens of thousands, dozens of thousands"),
        (_HUNDRED_THOUSANDS, "hundreds of thousands"),
        (_UNKNOWN, "an unknown number, unknown number, an unspecified number, an undetermined number"),
        (_UNKNOWN, "many, numerous, a number of"),
    ),
    "fr": _rows(
        (_NONE, "aucun, aucune, pas de victime, pas de victimes, pas de mort, pas de morts, pas de pertes"),
        (_SEVERAL, "plusieurs, quelques, une poignée"),
        (_HALF_DOZEN, "une demi-douzaine"),
        (Vague(Q.ABOUT, 8, 12, 10), "une dizaine, dizaine"),
        (_DOZEN, "une douzaine, douzaine"),
        (Vague(Q.ABOUT, 13, 18, 15), "une quinzaine, quinzaine"),
        (Vague(Q.ABOUT, 18, 24, 20), "une vingtaine, vingtaine"),
        (Vague(Q.ABOUT, 27, 36, 30), "une trentaine, trentaine"),
        (Vague(Q.ABOUT, 36, 48, 40), "une quarantaine, quarantaine"),
        (Vague(Q.ABOUT, 45, 60, 50), "une cinquantaine, cinquantaine"),
        (Vague(Q.ABOUT, 54, 72, 60), "une soixantaine, soixantaine"),
        (Vague(Q.ABOUT, 90, 120, 100), "une centaine, centaine"),
        (Vague(Q.ABOUT, 900, 1_200, 1_000), "un millier, millier"),
        (_DOZENS, "des dizaines, dizaines, plusieurs dizaines, quelques dizaines, des douzaines"),
        (_HUNDREDS, "des centaines, centaines, plusieurs centaines, quelques centaines"),
        (_THOUSANDS, "des milliers, milliers, plusieurs milliers, quelques milliers"),
        (_TEN_THOUSANDS, "des dizaines de milliers, dizaines de milliers, plusieurs dizaines de milliers"),
        (
            _HUNDRED_THOUSANDS,
            "des centaines de milliers, centaines de milliers, plusieurs centaines de milliers",
        ),
        (_UNKNOWN, "un nombre inconnu, un nombre indéterminé, nombre inconnu, nombre indéterminé"),
        (_UNKNOWN, "de nombreux, de nombreuses, un certain nombre"),
    ),
}

# What multiplies a number before it: "two dozen", "trois dizaines"; read as about N.
MULTIPLES: dict[str, dict[str, int]] = {
    "en": {"dozen": 12, "dozens": 12},
    "fr": {"douzaines": 12, "dizaines": 10, "vingtaines": 20, "centaines": 100, "milliers": 1000},
}


def _bounds(*groups: tuple[Bound, str]) -> dict[str, Bound]:
    return {phrase.strip(): bound for bound, phrases in groups for phrase in phrases.split(",")}


_SIGNS = (
    (Bound.AT_LEAST, "≥"),
    (Bound.MORE_THAN, ">"),
    (Bound.AT_MOST, "≤"),
    (Bound.LESS_THAN, "<"),
    (Bound.ABOUT, "~, ≈"),
)

BEFORE: dict[str, dict[str, Bound]] = {
    "en": _bounds(
        (
            Bound.AT_LEAST,
            "at least, at the very least, no fewer than, no less than, not less than, a minimum of, minimum",
        ),
        (Bound.MORE_THAN, "more than, over, upwards of, in excess of, exceeding"),
        (Bound.AT_MOST, "at most, up to, no more than, not more than, as many as, a maximum of, maximum"),
        (Bound.LESS_THAN, "fewer than, less than, under"),
        (Bound.NEARLY, "nearly, almost, close to, just under"),
        (Bound.ABOUT, "about, around, roughly, approximately, some, an estimated, estimated, circa"),
        (Bound.EXACTLY, "exactly, precisely"),
        (Bound.BETWEEN, "between, from"),
        *_SIGNS,
    ),
    "fr": _bounds(
        (Bound.AT_LEAST, "au moins, au minimum, un minimum de, pas moins de"),
        (Bound.MORE_THAN, "plus de"),
        (Bound.AT_MOST, "au plus, tout au plus, au maximum, un maximum de, jusqu'à, pas plus de"),
        (Bound.LESS_THAN, "moins de"),
        (Bound.NEARLY, "près de, presque, quasi, quasiment"),
        (Bound.ABOUT, "environ, autour de, quelque, à peu près, approximativement"),
        (Bound.EXACTLY, "exactement, précisément"),
        (Bound.BETWEEN, "entre, de"),
        *_SIGNS,
    ),
}

AFTER: dict[str, dict[str, Bound]] = {
    "en": _bounds(
        (Bound.AT_LEAST, "or more, and more, at least, +"),
        (Bound.AT_MOST, "or fewer, or less, at most"),
        (Bound.ABOUT, "or so"),
    ),
    "fr": _bounds(
        (Bound.AT_LEAST, "ou plus, et plus, au moins, au minimum, +"),
        (Bound.AT_MOST, "ou moins, au plus, au maximum, tout au plus"),
        (Bound.ABOUT, "environ"),
    ),
}

# Between two numbers: "3 to 5", "trois ou quatre", "3–5"; "and" and "et" only after "between" and "entre".
RANGE: dict[str, frozenset[str]] = {
    "en": frozenset({"to", "or", "-", "–", "—"}),
    "fr": frozenset({"a", "ou", "-", "–", "—"}),
}

# What makes a number something other than a count.
NO_COUNT = {"en": ("%", "percent", "per cent"), "fr": ("%", "pour cent")}


def vague_rows(lang: str) -> list[tuple[str, str, str, str]]:
    """Rows for the documentation: phrases, quantifier, low, high."""
    phrases: dict[Vague, list[str]] = {}
    for phrase, vague in VAGUE[lang].items():
        phrases.setdefault(vague, []).append(phrase)
    return [
        (", ".join(words), vague.quantifier.value, _end(vague.low), _end(vague.high))
        for vague, words in phrases.items()
    ]


def bound_rows(lang: str) -> list[tuple[str, str, str, str]]:
    """Rows for the documentation: phrases around N (before; after), quantifier, low, high."""
    rows = []
    for bound, (quantifier, low, high) in BOUND_READINGS.items():
        before = [f"{phrase} N" for phrase, found in BEFORE[lang].items() if found is bound]
        after = [f"N {phrase}" for phrase, found in AFTER[lang].items() if found is bound]
        rows.append((", ".join(before + after), quantifier.value, low, high))
    return rows


def _end(number: int | None) -> str:
    return "unknown" if number is None else f"{number:,}"
