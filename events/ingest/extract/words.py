"""A report as words and sentences, each word with its place in the text.

`fold_in_place` keeps the length of the text, so that every span found in the folded text is a span of the text
itself. (conflict.kit.text.fold is looser and changes lengths; it is for keys, not for spans.)
"""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_right
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from typing import Generic, TypeVar


def wordset(words: str) -> frozenset[str]:
    """The words of a list parted by blanks, as they are written."""
    return frozenset(words.split())


_LIGATURES = {
    "œ": "o",
    "æ": "a",
    "ø": "o",
    "ł": "l",
    "đ": "d",
    "ı": "i",
    "ɓ": "b",
    "ɗ": "d",
    "ƙ": "k",
    "ŋ": "n",
}
_PUNCTUATION = {
    **dict.fromkeys("’‘ʼʻ`´ʿʾ‛", "'"),
    **dict.fromkeys("“”„«»‹›", '"'),
    **dict.fromkeys("–‐‑−‒", "-"),
    **dict.fromkeys("\u00a0\u202f\u2007\u2009\t", " "),
    "…": ".",
    "―": "—",
}


class _Folding(dict[int, str]):
    """Character -> one plain character, computed once per character met."""

    def __missing__(self, code: int) -> str:
        char = chr(code)
        plain = _PUNCTUATION.get(char) or _LIGATURES.get(char.lower())
        if plain is None:
            base = unicodedata.normalize("NFKD", char)[0].lower()
            plain = base if len(base) == 1 else char
        self[code] = plain
        return plain


_FOLDING = _Folding()


def fold_in_place(text: str) -> str:
    """Lower case without accents, with plain quotes and dashes; one character for each character."""
    return text.translate(_FOLDING)


V = TypeVar("V")

_TOKEN = re.compile(
    r"aujourd'hui|(?:did|has|have|had|was|were|is|are|do|does|could|would|should)n't"
    r"|(?:[cdjlmnst]|qu|jusqu|lorsqu|puisqu|quelqu|presqu|entr)'(?=[^\W\d_])"
    r"|\d+(?:st|nd|rd|th|er|ere|eme|e)\b"
    r"|\d{1,3}(?:[ .,]\d{3})+(?![\d])|\d+[.,]\d+|\d{1,2}[h:]\d{2}|\d+"
    r"|[^\W\d_]+\d+\w*|[^\W\d_]+|'s\b"
    r"|\n\n|(?<=\s)-+(?=\s)|—|[^\w\s'-]"
)
_ENDS = frozenset(".!?")
# After these a full stop does not end the sentence.
_ABBREVIATIONS = wordset(
    "gen lt col capt cpt sgt maj cmdr adm brig mr mrs ms dr st sq no nos vs etc inc jr sr rev hon "
    "prof gov sen rep m mm mme mlle mgr cf art av env janv fevr juil sept oct nov dec jan feb aug ste "
    "al approx est"
)


@dataclass(slots=True)
class Text:
    """Words of a report (folded), their character spans in it, and sentences as ranges of words.

    `sentences[n]` is (first word, word after the last); `paragraphs[n]` is the number of its paragraph. Quotation
    marks are no words: `opens` and `closes` are the words before which one opens or closes.
    """

    raw: str
    folded: str
    words: list[str] = field(default_factory=list)
    starts: list[int] = field(default_factory=list)
    ends: list[int] = field(default_factory=list)
    sentences: list[tuple[int, int]] = field(default_factory=list)
    paragraphs: list[int] = field(default_factory=list)
    opens: set[int] = field(default_factory=set)
    closes: set[int] = field(default_factory=set)
    # First words of the sentences.
    heads: set[int] = field(default_factory=set)

    def span(self, first: int, after: int) -> tuple[int, int]:
        """Characters from the first word to the last before `after`."""
        return self.starts[first], self.ends[after - 1]

    def quote(self, first: int, after: int) -> str:
        """The words as the report has them."""
        return self.raw[self.starts[first] : self.ends[after - 1]]

    def capital(self, word: int) -> bool:
        """Whether the word is written with a capital."""
        return self.raw[self.starts[word]].isupper()

    def quoted(self, word: int) -> bool:
        """Whether a word stands within quotation marks that were opened in its paragraph."""
        first, _ = self.paragraph_of(word)
        opened = max((n for n in self.opens if first <= n <= word), default=-1)
        closed = max((n for n in self.closes if first <= n <= word), default=-1)
        return opened > closed

    def paragraph_of(self, word: int) -> tuple[int, int]:
        """First word of the paragraph that a word lies in, and the word after its last."""
        number = bisect_right(self.sentences, (word, len(self.words))) - 1
        begin = end = max(number, 0)
        while begin and self.paragraphs[begin - 1] == self.paragraphs[begin]:
            begin -= 1
        while end + 1 < len(self.sentences) and self.paragraphs[end + 1] == self.paragraphs[end]:
            end += 1
        return self.sentences[begin][0], self.sentences[end][1]

    def joined(self, word: int) -> bool:
        """True when nothing but a hyphen parts this word from the one before."""
        return (
            word > 0
            and self.ends[word - 1] + 1 == self.starts[word]
            and self.folded[self.ends[word - 1]] == "-"
        )


def split_text(raw: str) -> Text:
    """Words and sentences of `raw`; a blank line always ends a sentence."""
    text = Text(raw, fold_in_place(raw))
    first, paragraph, within = 0, 0, False
    for match in _TOKEN.finditer(text.folded):
        word = match[0]
        if word == "\n\n":
            first = _close(text, first, paragraph)
            paragraph, within = paragraph + 1, False
            continue
        if word == '"':
            within = _opens(raw[match.start()], within)
            (text.opens if within else text.closes).add(len(text.words))
            continue
        text.words.append("-" if word == "—" or word.startswith("--") else word)
        text.starts.append(match.start())
        text.ends.append(match.end())
        if word in _ENDS and _ends_sentence(text, match.end()):
            first = _close(text, first, paragraph)
    _close(text, first, paragraph)
    return text


def _opens(mark: str, within: bool) -> bool:
    """Whether a quotation mark opens; straight ones take turns."""
    return mark in "“«‹„" if mark in "“”«»‹›„" else not within


def _close(text: Text, first: int, paragraph: int) -> int:
    after = len(text.words)
    if after > first:
        text.sentences.append((first, after))
        text.heads.add(first)
        text.paragraphs.append(paragraph)
    return after


_NEXT = re.compile(r"[\"')\]\s]*")


def _ends_sentence(text: Text, end: int) -> bool:
    before = text.words[-2] if len(text.words) > 1 else ""
    if text.words[-1] == ".":
        if before in _ABBREVIATIONS:
            return False
        if len(before) == 1 and before.isalpha() and text.capital(-2):
            return False
    match = _NEXT.match(text.folded, end)
    after = match.end() if match else end
    if after >= len(text.raw):
        return True
    return after > end and not text.raw[after].islower()


class Phrases(Generic[V]):
    """Words and phrases with a value each, found longest first.

    `table` maps a phrase (folded, words parted by one blank, as `split_text` parts them) to its value.
    """

    def __init__(self, table: Mapping[str, V]) -> None:
        # First word -> number of words, most first -> phrase -> what is found.
        self._by_first: dict[str, dict[int, dict[tuple[str, ...], tuple[int, V]]]] = {}
        for words, value in sorted(
            ((phrase_words(phrase), value) for phrase, value in table.items()), key=lambda one: -len(one[0])
        ):
            sizes = self._by_first.setdefault(words[0], {})
            sizes.setdefault(len(words), {}).setdefault(words, (len(words), value))

    def begins(self, word: str) -> bool:
        """Whether a phrase begins with a word."""
        return word in self._by_first

    def at(self, words: Sequence[str], place: int) -> tuple[int, V] | None:
        """(number of words, value) of the longest phrase that begins at `place`, or None."""
        sizes = self._by_first.get(words[place]) if place < len(words) else None
        if sizes is None:
            return None
        for size, phrases in sizes.items():
            found = phrases.get(tuple(words[place : place + size]))
            if found is not None:
                return found
        return None

    def find(self, words: Sequence[str], first: int, after: int) -> Iterator[tuple[int, int, V]]:
        """(first word, word after the last, value) for each phrase met, without overlaps."""
        known = self._by_first
        if known.keys().isdisjoint(words[first:after]):
            return
        place = first
        while place < after:
            if words[place] not in known:
                place += 1
                continue
            found = self.at(words, place)
            if found is None or place + found[0] > after:
                place += 1
                continue
            yield place, place + found[0], found[1]
            place += found[0]


@cache
def phrase_words(phrase: str) -> tuple[str, ...]:
    """The words of a phrase of a word list, parted as the words of a text are."""
    # An elided word is one only before another ("plus d'" + "une").
    elided = phrase.endswith(("'", "’"))
    words = tuple(match[0] for match in _TOKEN.finditer(fold_in_place(phrase) + "x" * elided))
    return words[:-1] if elided else words


def listed(words: str) -> list[str]:
    """The entries of a word list: one per comma or line end, folded.

    >>> listed("soldat, armée\\nporte-parole")
    ['soldat', 'armee', 'porte-parole']
    """
    entries = re.split(r"[,\n]", fold_in_place(words))
    return [" ".join(entry.split()) for entry in entries if entry.strip()]


def one_of(words: str) -> Phrases[bool]:
    """The phrases of a word list, for asking only whether one of them stands somewhere."""
    return Phrases(dict.fromkeys(listed(words), True))
