"""The one number parser for text that people send: ASCII digits, finite, in range, or a problem.

Python's own int() and float() accept `1_000`, `NaN`, `Infinity`, `1e400`, blanks and the digits of every
script; each of these has broken a query or a cache somewhere.
"""

from __future__ import annotations

import math
import re

from conflict.kit.problems import Problem

_INT = re.compile(r"-?[0-9]{1,18}")
# Browsers write very small coordinates with an exponent (5e-8); two digits of it are enough for any honest
# number.
_FLOAT = re.compile(r"-?[0-9]{1,20}(?:\.[0-9]{1,25})?(?:[eE][-+]?[0-9]{1,2})?")

# The widest whole number that a browser's JSON keeps exactly.
LARGEST = 2**53 - 1


def read_int(field: str, text: str, low: int = 0, high: int = LARGEST) -> int | Problem:
    """A whole number from `low` to `high`, both included."""
    if _INT.fullmatch(text):
        number = int(text)
        if low <= number <= high:
            return number
    return Problem(field, text, f"a whole number from {low} to {high}")


def read_float(field: str, text: str, low: float, high: float) -> float | Problem:
    """A finite decimal number from `low` to `high`, both included; minus zero is read as zero."""
    if _FLOAT.fullmatch(text):
        number = float(text) + 0.0
        if math.isfinite(number) and low <= number <= high:
            return number
    return Problem(field, text, f"a number from {low:g} to {high:g}, with a decimal point")


class WholeNumbers:
    """A serializer for Django's cache in Redis that keeps whole numbers alone.

    Django's own pickles whatever else it is given; whoever can write to that Redis could then run code in every
    process that reads from it.
    """

    def dumps(self, value: object) -> int:
        """The number as Redis counts with it. Raises TypeError for anything else."""
        if type(value) is not int:
            raise TypeError(f"only whole numbers are kept, not {type(value).__name__}")
        return value

    def loads(self, data: bytes) -> int:
        """The number that Redis holds. Raises ValueError for anything else."""
        return int(data)
