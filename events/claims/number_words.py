"""Numbers written in digits or in words, English and French, read from folded tokens.

Grammar of cardinal numbers up to the millions, with the Belgian and Swiss septante, huitante, octante, nonante.
Digits may be grouped by comma, full stop, apostrophe or (narrow, no-break) space: counts of people and things
have no decimals, so "1.200" is twelve hundred in both languages.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

# Beyond this no count of people or things is meant; it also keeps hostile digits short.
LARGEST = 999_999_999

Read = tuple[int, int]  # the number, and the position after it

_TO_SIXTEEN_EN = (
    "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen"
)
_TO_SIXTEEN_FR = (
    "zero un deux trois quatre cinq six sept huit neuf dix onze douze treize quatorze quinze seize"
)
_TENS_EN = "twenty thirty forty fifty sixty seventy eighty ninety"
_TENS_FR = "vingt trente quarante cinquante soixante septante huitante nonante"


def _counted(words: str, start: int = 0, step: int = 1) -> dict[str, int]:
    return {word: start + step * number for number, word in enumerate(words.split())}


UNITS = {
    "en": _counted(f"{_TO_SIXTEEN_EN} seventeen eighteen nineteen"),
    "fr": _counted(_TO_SIXTEEN_FR) | {"une": 1},
}
TENS = {"en": _counted(_TENS_EN, 20, 10), "fr": _counted(_TENS_FR, 20, 10) | {"octante": 80}}
HUNDRED = {"en": frozenset({"hundred"}), "fr": frozenset({"cent", "cents"})}
SCALES = {
    "en": {"thousand": 1000, "million": 1_000_000},
    "fr": {"mille": 1000, "million": 1_000_000, "millions": 1_000_000},
}
AND = {"en": "and", "fr": "et"}
HYPHEN = "-"

_GROUPED = re.compile(r"[0-9]{1,3}(?:[.,'’ \u00a0\u202f][0-9]{3})+")
_DECIMAL = re.compile(r"([0-9]{1,6})[.,]([0-9]{1,3})")


def read_number(tokens: Sequence[str], at: int, lang: str, joined: bool = True) -> Read | None:
    """Read a cardinal number that starts at token `at`; None where none starts or it is too large.

    `joined`: whether "and" may join its parts ("one hundred and twenty").
    """
    found = _digits(tokens, at, lang) or _words(tokens, at, lang, joined)
    return found if found and found[0] <= LARGEST else None


def _digits(tokens: Sequence[str], at: int, lang: str) -> Read | None:
    token = tokens[at] if at < len(tokens) else ""
    if not (token[:1].isascii() and token[:1].isdigit()):
        return None
    scale = SCALES[lang].get(tokens[at + 1], 1) if at + 1 < len(tokens) else 1
    after = at + 1 if scale == 1 else at + 2
    if _GROUPED.fullmatch(token):
        token = re.sub(r"[^0-9]", "", token)
    if token.isdigit() and len(token) <= 12:
        return int(token) * scale, after
    decimal = _DECIMAL.fullmatch(token)
    if decimal is None or scale == 1:
        return None
    whole, part = decimal.groups()
    return int(whole + part) * scale // 10 ** len(part), after


def _words(tokens: Sequence[str], at: int, lang: str, joined: bool) -> Read | None:
    """Sum of groups below one thousand, each with its scale, scales falling."""
    total, position, last_scale = 0, at, LARGEST
    while group := _group(tokens, position, lang, joined):
        number, after = group
        scale = SCALES[lang].get(tokens[after], 1) if after < len(tokens) else 1
        if scale >= last_scale:
            break
        total, position, last_scale = total + number * scale, after + (scale > 1), scale
        if scale == 1:
            break
        if joined and position < len(tokens) and tokens[position] == AND[lang]:
            joined_group = _group(tokens, position + 1, lang, joined)
            position += 1 if joined_group else 0
    return (total, position) if position > at else None


def _group(tokens: Sequence[str], at: int, lang: str, joined: bool) -> Read | None:
    """Read a number below one thousand; French "mille" and "cent" may stand without a number before them."""
    if at >= len(tokens):
        return None
    if lang == "fr" and tokens[at] == "mille":
        return 1, at
    head = (
        (1, at) if lang == "fr" and tokens[at] in HUNDRED[lang] else _below_hundred(tokens, at, lang, joined)
    )
    if head is None and lang == "en" and tokens[at] == "a" and at + 1 < len(tokens):
        head = (1, at + 1) if tokens[at + 1] in HUNDRED[lang] | SCALES[lang].keys() else None
    if head is None or head[1] >= len(tokens) or tokens[head[1]] not in HUNDRED[lang]:
        return head
    return _after_hundred(tokens, head[0] * 100, head[1] + 1, lang, joined)


def _after_hundred(tokens: Sequence[str], hundreds: int, at: int, lang: str, joined: bool) -> Read:
    start = _skip_hyphen(tokens, at)
    if joined and start < len(tokens) and tokens[start] == AND[lang]:
        start += 1
    rest = _below_hundred(tokens, start, lang, joined)
    return (hundreds + rest[0], rest[1]) if rest and rest[0] else (hundreds, at)


def _below_hundred(tokens: Sequence[str], at: int, lang: str, joined: bool) -> Read | None:
    token = tokens[at] if at < len(tokens) else ""
    if lang == "fr" and token in ("dix", "soixante", "quatre"):
        return _french_tens(tokens, at, joined)
    if token in TENS[lang]:
        return _add_unit(tokens, TENS[lang][token], at + 1, lang, range(1, 10), joined)
    return (UNITS[lang][token], at + 1) if token in UNITS[lang] else None


def _french_tens(tokens: Sequence[str], at: int, joined: bool) -> Read:
    """Read what French builds on ten, sixty and four twenties: dix-sept, soixante et onze, quatre-vingt-dix-sept."""
    if tokens[at] == "dix":
        return _add_unit(tokens, 10, at + 1, "fr", range(7, 10), joined=False)
    if tokens[at] == "soixante":
        return _add_up_to_nineteen(tokens, 60, at + 1, joined)
    after = _skip_hyphen(tokens, at + 1)
    if after < len(tokens) and tokens[after] in ("vingt", "vingts"):
        return _add_up_to_nineteen(tokens, 80, after + 1, joined=False)
    return 4, at + 1


def _add_up_to_nineteen(tokens: Sequence[str], tens: int, at: int, joined: bool) -> Read:
    start = _skip_hyphen(tokens, at)
    if start < len(tokens) and tokens[start] == "dix":
        unit = _french_tens(tokens, start, joined)
        return tens + unit[0], unit[1]
    return _add_unit(tokens, tens, at, "fr", range(1, 17), joined)


def _add_unit(tokens: Sequence[str], tens: int, at: int, lang: str, units: range, joined: bool) -> Read:
    start = _skip_hyphen(tokens, at)
    if lang == "fr" and joined and start < len(tokens) and tokens[start] == "et":
        # Only "et un" and "soixante et onze": "entre vingt et trente" is no number.
        start = _skip_hyphen(tokens, start + 1)
        units = range(1, 12, 10) if tens == 60 else range(1, 2)
    unit = UNITS[lang].get(tokens[start]) if start < len(tokens) else None
    return (tens + unit, start + 1) if unit is not None and unit in units else (tens, at)


def _skip_hyphen(tokens: Sequence[str], at: int) -> int:
    return at + 1 if at < len(tokens) and tokens[at] == HYPHEN else at
