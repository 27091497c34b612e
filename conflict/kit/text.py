"""Text that people send: what is refused, and the forms under which names are found again.

Three forms, from strict to loose:
`fold`   lower case, no accents, no punctuation: Tinzaouatène -> tinzaouatene, Koulikoro-Ba -> koulikoro ba
`sound`  spellings of one spoken name, in French, English and Arabic romanisation, made equal:
         Tinzaouatène, Tin Zaouatine, Tinzawaten -> tinsauatin
`slug`   for addresses: Jama'at Nusrat al-Islam -> jamaat-nusrat-al-islam
`sound` finds candidates; it also makes a few different names equal, so whoever ranks them compares `fold`
too.
"""

from __future__ import annotations

import re
import unicodedata

from conflict.kit.problems import Problem

# Controls, lone surrogates, and the marks that reorder text on screen; joiners stay, Arabic and Persian
# need them.
_HARMFUL = re.compile(
    r"[\x00-\x1f\x7f-\x9f\u2028\u2029\u202a-\u202e\u2066-\u2069\ud800-\udfff\ufeff\ufffe\uffff]"
)
_HARMFUL_IN_LINES = re.compile(_HARMFUL.pattern.replace(r"\x00-\x1f", r"\x00-\x08\x0b-\x1f"))

_APOSTROPHES = "'’‘ʼʻ`´′ʾʿ‛"
# Letters that no decomposition takes apart, among them those of the Fulani, Songhay and Hausa alphabets.
_LETTERS = str.maketrans(
    {
        "œ": "oe",
        "æ": "ae",
        "ß": "ss",
        "ø": "o",
        "ł": "l",
        "đ": "d",
        "ı": "i",
        "ɓ": "b",
        "ɗ": "d",
        "ƙ": "k",
        "ƴ": "y",
    }
    | {"ŋ": "n", "ɲ": "ny", "ɛ": "e", "ɔ": "o", "ə": "e", "ǝ": "e", "ɣ": "gh", "ʔ": "", "ħ": "h", "ـ": ""}
)
# The consonants of Arabic writing as French and English writers of the region render them; short vowels are
# not written.
_CONSONANTS = (
    "ا a ب b ت t ث t ج j ح h خ k د d ذ d ر r ز z س s ش x ص s ض d ط t ظ z ع a غ g ف f ق k ك k ل l م m ن n ه h"
)
_OTHERS = "و u ي i ٱ a ى a ة a ئ i ؤ u گ g ڤ v پ p چ x ی i ک k"
_HEARD = f"{_CONSONANTS} {_OTHERS}".split()
_ARABIC = str.maketrans(dict(zip(_HEARD[::2], _HEARD[1::2], strict=True)) | {"ء": ""})
# In order: written groups of letters -> one sound. x stands for sh.
_GROUPS = [
    (re.compile(pattern), sound)
    for pattern, sound in [
        (r"x", "ks"),
        (r"t?ch|sch|sh", "x"),
        (r"dj", "j"),
        (r"gh|rh|gu(?=[eiy])", "g"),
        (r"kh|qu|q|ck", "k"),
        (r"c(?=[eiy])", "s"),
        (r"c", "k"),
        (r"ph", "f"),
        (r"([dtb])h", r"\1"),
        (r"h", ""),
        (r"ou|oo|w", "u"),
        (r"o", "u"),
        (r"y", "i"),
        (r"(?<=..)e\b", ""),
        (r"e", "i"),
        (r"z", "s"),
        (r"(.)\1+", r"\1"),
    ]
]


def read_text(field: str, text: str, longest: int = 200, lines: bool = False) -> str | Problem:
    """Text in Unicode NFC without outer blanks, at most `longest` characters.

    Tabs and line feeds are control characters too, except with `lines`.
    """
    harmful = (_HARMFUL_IN_LINES if lines else _HARMFUL).search(text)
    if harmful:
        return Problem(field, text, f"text without control characters (found U+{ord(harmful[0]):04X})")
    clean = unicodedata.normalize("NFC", text).strip()
    if len(clean) > longest:
        return Problem(field, text, f"text of at most {longest} characters")
    return clean


def fold(text: str) -> str:
    """Lower case letters and digits without accents, words parted by one blank, apostrophes gone."""
    plain = unicodedata.normalize("NFKD", text.casefold()).casefold().translate(_LETTERS)
    kept = (
        char if char.isalnum() else "" if char in _APOSTROPHES or unicodedata.combining(char) else " "
        for char in plain
    )
    return " ".join("".join(kept).split())


def parted(text: str) -> str:
    """`fold`, with apostrophes parting words: what search looks through. In SQL: `record.fold`.

    So "armée" is found in "l'armée"; that Aguel'hoc is Aguelhoc is known by `search_terms`, which joins neighbours.
    """
    plain = unicodedata.normalize("NFKD", text)
    return fold("".join(" " if char in _APOSTROPHES else char for char in plain))


def edits(one: str, other: str, most: int) -> int:
    """How many letters must be put in, left out, changed or swapped with their neighbour; more than `most`: most + 1."""
    if abs(len(one) - len(other)) > most:
        return most + 1
    before: list[int] = []
    row = list(range(len(other) + 1))
    for place, letter in enumerate(one, start=1):
        above, row = row, [place]
        for at, wanted in enumerate(other, start=1):
            cost = min(row[at - 1] + 1, above[at] + 1, above[at - 1] + (letter != wanted))
            if place > 1 and at > 1 and letter == other[at - 2] and one[place - 2] == wanted:
                cost = min(cost, before[at - 2] + 1)
            row.append(cost)
        if min(row) > most:
            return most + 1
        before = above
    return min(row[-1], most + 1)


def sound(text: str) -> str:
    """One key for the spellings of one spoken name, without blanks; see the head of this module."""
    return "".join(_sound_of_word(word) for word in fold(text).split())


def search_terms(text: str) -> list[str]:
    """The `sound` of each word, then of each two and three neighbours joined, each term once.

    Names are written in one word or several (Tinzaouatène, Tin Zaouatine; Inates, I-n-Ates; Aguel'hoc); with
    the joined terms either spelling finds the other.
    """
    words = parted(text).split()
    runs = (words[at : at + size] for size in (1, 2, 3) for at in range(len(words) - size + 1))
    return [term for term in dict.fromkeys(sound(" ".join(run)) for run in runs) if term]


def slug(text: str, longest: int = 80) -> str:
    """ASCII words joined by hyphens, Arabic letters romanised.

    At most `longest` characters, cut between words where that is possible.
    """
    ascii_text = fold(text).translate(_ARABIC).encode("ascii", "ignore").decode()
    whole = "-".join(ascii_text.split())
    if len(whole) <= longest:
        return whole
    cut = whole[: longest + 1].rpartition("-")[0]
    return cut or whole[:longest]


def _sound_of_word(word: str) -> str:
    # Arabic letters come out of the table as sounds already: x is sh there, and must not be read as ks again.
    if not word.isascii():
        heard = word.translate(_ARABIC)
        return re.sub(r"(.)\1+", r"\1", heard.replace("z", "s").replace("h", "")) if heard != word else word
    for pattern, sound_of in _GROUPS:
        word = pattern.sub(sound_of, word)
    return word
