"""How the values of filters are read, and what each reader takes as JSON Schema: both said once, in one place.

The schema may be wider than the reader (a pattern can't know which days a month has), never narrower.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from typing import Any

from conflict.kit.choices import read_choice, read_flag
from conflict.kit.codes import Code
from conflict.kit.dates import read_date
from conflict.kit.geometry import LONGEST_KM, SHORTEST_KM, read_box, read_geometry, read_near
from conflict.kit.numbers import read_float, read_int
from conflict.kit.problems import Problem
from conflict.kit.text import read_text

NUMBER = r" *-?[0-9]+(\.[0-9]+)?([eE][-+]?[0-9]+)? *"
LONGEST_WORDS = 200


@dataclass(frozen=True)
class Reader:
    """`reader(name, text)` gives a value or a Problem; `schema` is what it takes, as JSON Schema."""

    read: Callable[[str, str], Any]
    schema: Mapping[str, Any]

    def __call__(self, name: str, text: str) -> Any:
        """Read one value."""
        return self.read(name, text)


def one_of(values: Collection[str]) -> Reader:
    """Read one of these values."""
    return Reader(
        lambda name, text: read_choice(name, text, values), {"type": "string", "enum": list(values)}
    )


def code_of(codes: type[Code]) -> Reader:
    """Read one code of a list."""
    return one_of(codes.values())


def matching(pattern: re.Pattern[str], valid: str) -> Reader:
    """Read text of a fixed form."""

    def read(name: str, text: str) -> str | Problem:
        return text if pattern.fullmatch(text) else Problem(name, text, valid)

    return Reader(read, {"type": "string", "pattern": f"^{pattern.pattern}$"})


def number_between(low: int, high: int) -> Reader:
    """Read a whole number in a range."""
    return Reader(
        lambda name, text: read_int(name, text, low, high),
        {"type": "integer", "minimum": low, "maximum": high},
    )


def read_words(name: str, text: str) -> str | Problem:
    """Text that says something."""
    return read_text(name, text, LONGEST_WORDS) if text.strip() else Problem(name, text, "text, not empty")


def read_polygon(name: str, text: str) -> Any:
    """An area as GeoJSON or WKT."""
    return read_geometry(name, text, kinds=("Polygon", "MultiPolygon"))


def read_middle(name: str, text: str) -> Any:
    """A point; its radius is `within_km`, 25 when left out."""
    return read_near(text, "25", field=name)


def list_of_numbers(count: int) -> dict[str, Any]:
    """The schema of so many numbers with commas between them."""
    return {"type": "string", "pattern": f"^{','.join([NUMBER] * count)}$"}


WORDS = Reader(read_words, {"type": "string", "minLength": 1})
# Any words are read: the book of actors refuses those that are no slug of its own, with the nearest one.
SLUG = Reader(read_words, {"type": "string", "pattern": "^[a-z0-9-]{1,80}$"})
FLAG = Reader(read_flag, {"type": "boolean"})
DAY = Reader(
    read_date, {"type": "string", "format": "date", "pattern": "^(19|20|21)[0-9]{2}-[0-9]{2}-[0-9]{2}$"}
)
BOX = Reader(read_box, list_of_numbers(4))
POINT = Reader(read_middle, list_of_numbers(2))
KILOMETRES = Reader(
    lambda name, text: read_float(name, text, SHORTEST_KM, LONGEST_KM),
    {"type": "number", "minimum": SHORTEST_KM, "maximum": LONGEST_KM},
)
POLYGON = Reader(read_polygon, {"type": "string", "minLength": 1})
