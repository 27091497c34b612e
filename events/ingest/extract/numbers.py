"""Where a report gives quantities, and how it puts them.

The readings themselves (words for numbers, "at least", "une vingtaine") are the versioned tables of
`events.claims`; this module finds them among the words of a text, and tells years, times and ordinals apart.
"""

from __future__ import annotations

from dataclasses import dataclass

from events.claims.codes import Quantifier
from events.claims.number_words import HUNDRED, SCALES, TENS, UNITS, read_number
from events.claims.quantifier_words import (
    AFTER,
    BEFORE,
    LANGUAGES,
    MULTIPLES,
    RANGE,
    VAGUE,
    Bound,
    Vague,
    bounded,
)
from events.ingest.extract.words import Phrases, Text, phrase_words

# Words of the trade that the tables leave to finders, because they hold a preposition.
_MORE_VAGUE = {
    "en": {
        "a pair": "a couple",
        "countless": "many",
        "a large number": "many",
        "a significant number": "many",
    },
    "fr": {
        "nombre de": "de nombreux",
        "nombreux": "de nombreux",
        "nombreuses": "de nombreux",
        "beaucoup": "de nombreux",
    }
    | {
        "une petite dizaine": "une dizaine",
        "une bonne dizaine": "une dizaine",
        "une bonne vingtaine": "une vingtaine",
    },
}
_VAGUE = {
    lang: Phrases({**VAGUE[lang], **{more: VAGUE[lang][same] for more, same in _MORE_VAGUE[lang].items()}})
    for lang in LANGUAGES
}
_BEFORE: dict[str, Phrases[Bound]] = {
    lang: Phrases({words: bound for words, bound in BEFORE[lang].items() if words.strip("≥≤<>~≈")})
    for lang in LANGUAGES
}
# "plus de 40" and "plus d'une dizaine"; a bare "de" or "from" before a number is no range here.
_ELIDED = Phrases({"plus d'": Bound.MORE_THAN, "moins d'": Bound.LESS_THAN, "pres d'": Bound.NEARLY})
_NO_RANGE = ("from", "de")
_AFTER = {lang: Phrases({w: b for w, b in AFTER[lang].items() if w != "+"}) for lang in LANGUAGES}
_YEARS = range(1900, 2036)


def _number_starts(lang: str) -> frozenset[str]:
    words = {*UNITS[lang], *TENS[lang], *HUNDRED[lang], *SCALES[lang]}
    return frozenset(words | {"a"} if lang == "en" else words | {"dix", "quatre", "soixante"})


_NUMBER_STARTS = {lang: _number_starts(lang) for lang in LANGUAGES}
_STARTS = {
    lang: _NUMBER_STARTS[lang]
    | {
        phrase_words(words)[0]
        for table in (VAGUE[lang], BEFORE[lang], _MORE_VAGUE[lang])
        for words in table
        if phrase_words(words)
    }
    for lang in LANGUAGES
}


@dataclass(frozen=True, slots=True)
class Quantity:
    """A number as it is put: words [first, after), quantifier code, and the range; None where an end is open."""

    first: int
    after: int
    quantifier: str
    low: int | None
    high: int | None

    @property
    def none(self) -> bool:
        """Whether nobody or nothing is counted ("no civilian")."""
        return self.low == 0 and self.high == 0

    @property
    def one(self) -> bool:
        """Whether one is counted."""
        return self.low == 1 and self.high == 1


def quantities(text: Text, lang: str) -> list[Quantity]:
    """All quantities of a text, left to right, without overlaps; `lang` is `en` or `fr`."""
    found: list[Quantity] = []
    starts, words, place = _STARTS[lang], text.words, 0
    while place < len(words):
        word = words[place]
        counts = (word in starts or word[0].isdigit()) and not _is_the_number(text, place)
        counts = counts and not (word[0].isdigit() and _is_of_a_model(text, place))
        quantity = quantity_at(text, lang, place) if counts else None
        if quantity:
            found.append(quantity)
        place = quantity.after if quantity else place + 1
    return found


def quantity_at(text: Text, lang: str, place: int) -> Quantity | None:
    """The quantity that begins with this very word, or None."""
    before = _before(text, lang, place)
    if before is None:
        return _with_end(text, lang, place, _amount(text, lang, place))
    size, bound = before
    begin = place + size
    if bound is Bound.BETWEEN:
        return _between(text, lang, place, begin)
    again = _before(text, lang, begin)
    if again and again[1] is not Bound.BETWEEN:
        begin += again[0]
    amount = _amount(text, lang, begin)
    if amount is None:
        return None
    vague, after = amount
    upper = _upper(text, lang, after, vague)
    if upper and bound is Bound.ABOUT:
        return _quantity(place, upper[1], Vague(Quantifier.BETWEEN, vague.low, upper[0]))
    return _quantity(place, upper[1] if upper else after, _apply(bound, vague))


def _before(text: Text, lang: str, place: int) -> tuple[int, Bound] | None:
    if place >= len(text.words) or text.words[place] in _NO_RANGE:
        return None
    if text.words[place] == "plus" and place and text.words[place - 1] == "en":
        # "en plus d'une dizaine de motos": besides them, not more than them.
        return None
    found = _BEFORE[lang].at(text.words, place)
    return found or (_ELIDED.at(text.words, place) if lang == "fr" else None)


def _amount(text: Text, lang: str, place: int) -> tuple[Vague, int] | None:
    """Vague words or a number, whichever goes on for longer, and the word after."""
    words = text.words
    if place >= len(words):
        return None
    vague = _VAGUE[lang].at(words, place)
    number = (
        read_number(words, place, lang)
        if words[place] in _NUMBER_STARTS[lang] or words[place][0].isdigit()
        else None
    )
    if number is None or (vague and place + vague[0] >= number[1]):
        return (vague[1], place + vague[0]) if vague else None
    value, after = number
    if after < len(words) and text.joined(after) and words[after].endswith(("ieme", "iemes", "th")):
        return None
    follows = words[after] if after < len(words) else ""
    if follows in ("%", "percent", "per", "pour") or _is_year(words[place], value, after - place):
        return None
    multiple = MULTIPLES[lang].get(follows)
    if multiple:
        return bounded(Bound.ABOUT, value * multiple)._replace(base=value * multiple), after + 1
    return Vague(Quantifier.EXACT, value, value, value), _past_repetition(words, value, after)


def _past_repetition(words: list[str], value: int, after: int) -> int:
    """French communiqués write a number twice: neuf (09) personnes."""
    again = words[after : after + 3]
    repeated = (
        len(again) == 3
        and again[0] == "("
        and again[2] == ")"
        and again[1].isdigit()
        and int(again[1]) == value
    )
    return after + 3 if repeated else after


def _is_year(word: str, value: int, size: int) -> bool:
    return size == 1 and len(word) == 4 and word.isdigit() and value in _YEARS


def _with_end(text: Text, lang: str, place: int, amount: tuple[Vague, int] | None) -> Quantity | None:
    if amount is None:
        return None
    vague, after = amount
    upper = _upper(text, lang, after, vague)
    if upper:
        return _quantity(place, upper[1], Vague(Quantifier.BETWEEN, vague.low, upper[0]))
    bound = _AFTER[lang].at(text.words, after) if after < len(text.words) else None
    if bound and _amount(text, lang, after + bound[0]) is None:
        return _quantity(place, after + bound[0], _apply(bound[1], vague))
    return _quantity(place, after, vague)


def _upper(text: Text, lang: str, after: int, lower: Vague) -> tuple[int, int] | None:
    """(upper end, word after) of "10 to 15", "dix ou douze", "10-15", or None."""
    if after >= len(text.words) or lower.base is None:
        return None
    begin = (
        after if text.joined(after) else after + 1 if text.words[after] in RANGE[lang] else len(text.words)
    )
    upper = _amount(text, lang, begin)
    if upper is None or upper[0].base is None or not lower.base < upper[0].base <= 10 * lower.base:
        return None
    return upper[0].high, upper[1]  # type: ignore[return-value]


def _between(text: Text, lang: str, place: int, begin: int) -> Quantity | None:
    low = _amount(text, lang, begin)
    if low is None or low[1] >= len(text.words) or text.words[low[1]] not in ("and", "et", "to", "a"):
        return None
    high = _amount(text, lang, low[1] + 1)
    if high is None or low[0].low is None or high[0].high is None or high[0].high < low[0].low:
        return None
    return _quantity(place, high[1], Vague(Quantifier.BETWEEN, low[0].low, high[0].high))


def _apply(bound: Bound, amount: Vague) -> Vague:
    """Bound an amount; words for many ("dozens") are bounded at their own ends, "about a dozen" stays a dozen."""
    lower = amount.low if amount.base is None else amount.base
    upper = amount.high if amount.base is None else amount.base
    if bound in (Bound.AT_LEAST, Bound.MORE_THAN):
        return amount if lower is None else bounded(bound, lower)
    if bound in (Bound.AT_MOST, Bound.LESS_THAN):
        return amount if upper is None else bounded(bound, upper)
    if amount.base is None or (bound is Bound.ABOUT and amount.quantifier != Quantifier.EXACT):
        return amount
    return bounded(bound, amount.base)


def _quantity(first: int, after: int, vague: Vague) -> Quantity:
    return Quantity(first, after, str(vague.quantifier.value), vague.low, vague.high)


def _is_of_a_model(text: Text, place: int) -> bool:
    """ "AK-47", "RPG-7": letters and a hyphen before a number make it a name."""
    return text.joined(place) and text.words[place - 1].isalpha() and text.capital(place - 1)


def _is_the_number(text: Text, place: int) -> bool:
    """ "le nombre de soldats tués" and "how many" give no number, "nombre de soldats" does."""
    return (
        text.words[place] in ("nombre", "number")
        and place > 0
        and text.words[place - 1] in ("le", "the", "ce", "du", "au")
    ) or (place > 0 and text.words[place - 1] == "how")
