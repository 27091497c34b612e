"""Whether two reports are one text: wire copy that many outlets print, with another headline, cut or touched up.

Words in threes are compared. To find the few texts worth comparing among all, each text is sketched by MinHash
(Broder, "On the resemblance and containment of documents", 1997): the chance that two sketches agree in one place is
the share of threes that both texts have of all that either has. Places are taken together in bands, and two texts
meet when one band agrees wholly; with 24 bands of 3 a pair meets with a chance of 0.97 at a share of a half, and of
0.02 at a tenth. Where texts meet, the threes themselves decide.

Agencies write about the next incident in the same town with the same sentences. So numbers and days must agree too.
"""

from __future__ import annotations

import re
import zlib
from dataclasses import dataclass
from hashlib import blake2b

import numpy as np

from events.ingest.extract.words import wordset

BANDS = 24
ROWS = 3
# So much of the shorter text must stand in the longer one.
LEAST_SHARED = 0.6
# A text twice as long as what it shares with another is a report of its own.
MOST_TIMES = 2.0
# So many of the numbers and days of the text that has fewer must stand in the other.
LEAST_FIGURES = 0.6
FEWEST_THREES = 20

_WORD = re.compile(r"\w+")
_PRIME = np.uint64(4_294_967_311)
_SEEDS = np.random.default_rng(1997).integers(1, 2**31, size=(2, BANDS * ROWS), dtype=np.uint64)
_COUNTED = wordset(
    """one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen
    eighteen nineteen twenty thirty forty fifty sixty seventy eighty ninety hundred dozen dozens scores
    un une deux trois quatre cinq sept huit neuf dix onze douze treize quatorze quinze seize vingt trente quarante
    cinquante soixante cent cents dizaine dizaines vingtaine trentaine centaine centaines
    monday tuesday wednesday thursday friday saturday sunday lundi mardi mercredi jeudi vendredi samedi dimanche
    january february march april may june july august september october november december
    janvier février mars avril mai juin juillet août septembre octobre novembre décembre"""
) - {"one", "un", "une", "may", "mars"}  # which are articles and names more often than numbers and months


@dataclass(frozen=True, slots=True)
class Sketch:
    """A text as it is compared: its threes of words, and its numbers and days."""

    threes: frozenset[tuple[str, str, str]]
    figures: frozenset[str]


def sketch(text: str) -> Sketch:
    """What is compared of a text."""
    words = _WORD.findall(text.lower())
    threes = frozenset(zip(words, words[1:], words[2:], strict=False))
    return Sketch(threes, frozenset(word for word in set(words) if word in _COUNTED or word.isdecimal()))


def bands(one: Sketch) -> list[int]:
    """Numbers of 64 bits with sign, one per band: texts that share one are worth comparing. Empty for short texts."""
    if len(one.threes) < FEWEST_THREES:
        return []
    # Numbers only here: most texts are sketched to be compared with one other, and tuples are made faster.
    threes = np.fromiter({zlib.crc32(" ".join(three).encode()) for three in one.threes}, dtype=np.uint64)
    least = ((_SEEDS[0][:, None] * threes + _SEEDS[1][:, None]) % _PRIME).min(axis=1).reshape(BANDS, ROWS)
    return [_number(band, row.tobytes()) for band, row in enumerate(least)]


def _number(band: int, values: bytes) -> int:
    digest = blake2b(values, digest_size=8, salt=band.to_bytes(2, "big")).digest()
    return int.from_bytes(digest, "big", signed=True)


def alike(one: Sketch, other: Sketch) -> bool:
    """Whether two texts are one, touched up or cut."""
    shorter, longer = sorted((len(one.threes), len(other.threes)))
    if shorter < FEWEST_THREES:
        return one == other
    shared = len(one.threes & other.threes) / shorter
    return shared >= LEAST_SHARED and longer <= MOST_TIMES * shorter and _figures_agree(one, other)


def _figures_agree(one: Sketch, other: Sketch) -> bool:
    fewer = min(len(one.figures), len(other.figures))
    return not fewer or len(one.figures & other.figures) / fewer >= LEAST_FIGURES
