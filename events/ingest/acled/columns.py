"""The columns of an ACLED export that the desk looks at, and how each is read.

The names are those of ACLED's own files (codebook of 2023). Further columns are kept as they are given.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from datetime import date
from typing import Any

from conflict.kit.dates import read_date
from conflict.kit.numbers import read_float, read_int
from conflict.kit.problems import Problem
from conflict.kit.text import read_text
from events.countries import COUNTRIES

Reading = str | int | float | date | Problem

MONTHS = [
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
]
_IN_WORDS = re.compile(rf"([0-9]{{1,2}})[ -]({'|'.join(MONTHS)})[ -]([0-9]{{4}})", re.IGNORECASE)
_ISO = re.compile(r"([0-9]{4}-[0-9]{2}-[0-9]{2})(?:[T ][0-9:.]{5,15}Z?)?")
BY_NAME = {country.en: code for code, country in COUNTRIES.items()}


def day(name: str, text: str) -> Reading:
    """A day as 2024-03-01 or 01 March 2024: exports of different years write either."""
    if words := _IN_WORDS.fullmatch(text):
        text = f"{words[3]}-{MONTHS.index(words[2].capitalize()) + 1:02d}-{int(words[1]):02d}"
    if iso := _ISO.fullmatch(text):
        text = iso[1]
    found = read_date(name, text)
    return Problem(name, text, f"{found.valid}, or as 1 March 2024") if isinstance(found, Problem) else found


def text_of(longest: int, needed: bool = False) -> Callable[[str, str], Reading]:
    """Text in one line."""

    def read(name: str, text: str) -> Reading:
        found = read_text(name, " ".join(text.split()), longest)
        return Problem(name, "", "text; it may not be empty") if needed and found == "" else found

    return read


def whole(high: int, empty: int | None = None) -> Callable[[str, str], Reading]:
    """A whole number from 0, also written `1.0`."""

    def read(name: str, text: str) -> Reading:
        if not text and empty is not None:
            return empty
        return read_int(name, re.sub(r"\.0+$", "", text), 0, high)

    return read


def degrees(limit: int) -> Callable[[str, str], Reading]:
    """A coordinate."""
    return lambda name, text: read_float(name, text, -limit, limit)


# Column of the export -> (column of the reference event, reader). All of these must be there.
NEEDED: Mapping[str, tuple[str, Callable[[str, str], Reading]]] = {
    "event_id_cnty": ("external_id", text_of(80, needed=True)),
    "event_date": ("day", day),
    "event_type": ("event_type", text_of(80, needed=True)),
    "sub_event_type": ("sub_event_type", text_of(80)),
    "actor1": ("actor1", text_of(300)),
    "country": ("country_name", text_of(100, needed=True)),
    "latitude": ("latitude", degrees(85)),
    "longitude": ("longitude", degrees(180)),
    "fatalities": ("fatalities", whole(1_000_000, 0)),
}
WELCOME: Mapping[str, tuple[str, Callable[[str, str], Reading]]] = {
    "time_precision": ("time_precision", whole(9, 1)),
    "actor2": ("actor2", text_of(300)),
    "admin1": ("admin1", text_of(200)),
    "location": ("location", text_of(300)),
    "geo_precision": ("geo_precision", whole(9, 1)),
    "source": ("source", text_of(5_000)),
    "notes": ("notes", text_of(20_000)),
}
ABSENT: Mapping[str, Any] = {"time_precision": 1, "geo_precision": 1}


def read_row(cells: Mapping[str, str]) -> dict[str, Any] | list[Problem]:
    """The values of a reference event from a row of text, or everything that is wrong with it."""
    values: dict[str, Any] = {}
    problems = []
    for name, (column, read) in {**NEEDED, **WELCOME}.items():
        found = read(name, cells[name].strip()) if name in cells else ABSENT.get(name, "")
        if isinstance(found, Problem):
            problems.append(found)
        values[column] = found
    if problems:
        return problems
    values["country"] = BY_NAME.get(values["country_name"], "")
    return values
