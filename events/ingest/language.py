"""Which language a text is in: English and French by their small words, others by py3langid."""

from __future__ import annotations

import re

from events.ingest.extract.words import wordset

ENGLISH = wordset(
    "the of and to in was were is are that for on with as by at from it they their this which who has "
    "have had been said after near an its but not least more than also while when"
)
FRENCH = wordset(
    "le la les des du de et en dans est sont ont été a au aux par pour sur une un qui que selon avec "
    "plus ce cette ces se sa son ses leur dont mais pas près ainsi après lors d l qu s n"
)
_WORD = re.compile(r"[^\W\d_]+")
LONGEST_LOOK = 5_000


def language_of(text: str) -> str:
    """`en`, `fr`, another ISO 639-1 code, or an empty string when the text has no words.

    >>> language_of("Au moins dix soldats ont été tués dans une embuscade")
    'fr'
    """
    words = [word.lower() for word in _WORD.findall(text[:LONGEST_LOOK])]
    if not words:
        return ""
    english = sum(word in ENGLISH for word in words) / len(words)
    french = sum(word in FRENCH for word in words) / len(words)
    if max(english, french) >= 0.12 and abs(english - french) >= 0.06:
        return "en" if english > french else "fr"
    return _statistical(text[:LONGEST_LOOK])


def load_model() -> None:
    """Load the model of `py3langid` now: where files can't be written, it can't be loaded later."""
    _statistical("a")


def _statistical(text: str) -> str:
    # Loaded on first need: its model takes 0.7 s and some 30 MB.
    import py3langid

    return str(py3langid.classify(text)[0])
