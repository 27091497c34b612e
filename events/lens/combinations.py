"""The combinations of texts that occur, by number: what a code means, and which codes a condition admits."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterable

from events.lens.columns import BETWEEN, COMBINED, MISSING

Texts = tuple[str | None, ...]


class Combinations:
    """The combinations of one column of the copy. It only grows: a code that a reader has seen stays what it is."""

    def __init__(self, name: str) -> None:
        self.name, self.columns = name, COMBINED[name]
        self.known: list[Texts] = []
        self.growing = threading.Lock()

    def add(self, texts: Iterable[str]) -> list[int]:
        """Give codes to combinations that arrive for the first time. Raises ValueError for one that is none."""
        return [self.add_one(text) for text in texts]

    def add_one(self, text: str) -> int:
        """Give a code to one combination."""
        parts = tuple(None if part == MISSING else part for part in text.split(BETWEEN))
        if len(parts) != len(self.columns):
            raise ValueError(
                f"{self.name} {text!r}: valid are {len(self.columns)} texts without control characters"
            )
        return self.append(parts)

    def append(self, parts: Texts) -> int:
        """The next code. A reader may need a combination while the loader adds others."""
        with self.growing:
            self.known.append(parts)
            return len(self.known) - 1

    def with_text(self, code: int, column: str, text: str) -> int:
        """The code of the same combination but for one column; a new one if no version has it yet."""
        place = self.columns.index(column)
        parts = (*self.known[code][:place], text, *self.known[code][place + 1 :])
        return self.known.index(parts) if parts in self.known else self.append(parts)

    def text(self, code: int, column: str) -> str | None:
        """What a code says about one column."""
        return self.known[code][self.columns.index(column)]

    def column(self, column: str) -> list[str | None]:
        """One column's text for every code."""
        place = self.columns.index(column)
        return [parts[place] for parts in self.known]

    def codes(self, column: str, admits: Callable[[str | None], bool]) -> frozenset[int]:
        """The codes whose text in a column is admitted."""
        return frozenset(code for code, text in enumerate(self.column(column)) if admits(text))
