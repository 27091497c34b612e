"""One sentence under analysis, and the phrases for people in it."""

from __future__ import annotations

from dataclasses import dataclass, field

from events.ingest.extract.nouns import Who
from events.ingest.extract.numbers import Quantity
from events.ingest.extract.speech_words import CLAUSES
from events.ingest.extract.words import Text


@dataclass(frozen=True, slots=True)
class Victims:
    """People counted or named: words [first, after), a quantity or None, and who is meant, jointly.

    `own` is true for "three of its own"; `part` for what follows "including"; `joined` when "and" ties it to the phrase
    before; `lead` is the word before it.
    """

    first: int
    after: int
    quantity: Quantity | None
    who: tuple[Who, ...] = ()
    own: bool = False
    part: bool = False
    joined: bool = False
    others: bool = False
    lead: str = ""
    of_them: bool = False


@dataclass(slots=True)
class Sentence:
    """One sentence under analysis: words [first, after) of the text, with quantities and mentions by first word.

    `dated`, `placed` and `harmed` are the words of dates, of places, and the first words of harm words;
    `harmed_victims` the first words of victims with a harm.
    """

    text: Text
    lang: str
    first: int
    after: int
    counts: dict[int, Quantity]
    people: dict[int, Who]
    number: int = 0
    headline: bool = False
    victims: list[Victims] = field(default_factory=list)
    dated: frozenset[int] = frozenset()
    placed: frozenset[int] = frozenset()
    harmed: frozenset[int] = frozenset()
    harmed_victims: frozenset[int] = frozenset()
    counted: frozenset[int] = frozenset()
    # Words of background by the clause they stand in (see context.background_words).
    background: dict[int, str] = field(default_factory=dict)
    _bounds: list[tuple[int, int]] | None = None
    _mentions: list[Who] | None = None
    # All words of the text, folded. No property: they are asked for thousands of times.
    words: list[str] = field(init=False, repr=False)

    def __post_init__(self) -> None:
        self.words = self.text.words

    @property
    def mentions(self) -> list[Who]:
        """The mentions that begin in the sentence, in order."""
        if self._mentions is None:
            people = self.people
            self._mentions = [people[n] for n in range(self.first, self.after) if n in people]
        return self._mentions

    def word(self, place: int) -> str:
        """The word at a place of the sentence, empty outside it."""
        return self.text.words[place] if self.first <= place < self.after else ""

    def _is_aside(self, first: int, after: int) -> bool:
        """ "Residents, however, said", "while confirming it": no clause with a subject of its own begins."""
        if self.words[first] == "while" and self.word(after).endswith("ing"):
            return True
        return self.word(first - 1) == "," == self.word(after)

    def clause(self, place: int) -> tuple[int, int]:
        """The words around a place up to "while", "but", "tandis que" and semicolons."""
        if self._bounds is None:
            found = CLAUSES[self.lang].find(self.words, self.first, self.after)
            self._bounds = [(first, after) for first, after, _ in found if not self._is_aside(first, after)]
        begin, end = self.first, self.after
        for first, after in self._bounds:
            if after <= place:
                begin = after
            elif first > place:
                return begin, first
        return begin, end
