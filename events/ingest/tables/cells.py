"""One cell of the table to its value, or to what would be valid there. Every text of a column is read once (`Memo`)."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date, timedelta

from conflict.kit.codes import Code
from conflict.kit.dates import read_date, read_partial_date
from conflict.kit.numbers import read_float, read_int
from conflict.kit.problems import Problem, nearest_name
from conflict.kit.text import fold, read_text
from events.countries import COUNTRIES

Value = str | int | float | bool | date | None
Read = Callable[[str, str], Value | Problem]

MOST_PEOPLE = 100_000_000
REMEMBERED = 50_000
_BLANKS = re.compile(r"[\s\u00a0\u202f]")
_NAUGHT = re.compile(r"[.,]0+$")
_SLASHED = re.compile(r"([0-9]{1,2})[/.]([0-9]{1,2})[/.]([0-9]{4})")
_TIME = re.compile(r"([0-9]{4}-[0-9]{2}-[0-9]{2})[T ][0-9:.]{4,15}Z?")
_SERIAL = re.compile(r"[1-9][0-9]{4}")
# Day nought of spreadsheets, which believe in a 29 February 1900.
SERIAL_START = date(1899, 12, 30)
YES = frozenset({"true", "yes", "oui", "vrai", "1"})
NO = frozenset({"", "false", "no", "non", "faux", "0"})


class Memo:
    """A reader that remembers: half a million cells hold few different texts."""

    def __init__(self, name: str, read: Read) -> None:
        self.name, self.read = name, read
        self.known: dict[str, Value | Problem] = {}

    def __call__(self, text: str) -> Value | Problem:
        """The value of a text, or its problem."""
        if text not in self.known:
            if len(self.known) > REMEMBERED:
                self.known.clear()
            self.known[text] = self.read(self.name, text)
        return self.known[text]


def text_of(longest: int, lines: bool = False) -> Read:
    """Text, empty allowed."""
    return lambda name, text: read_text(name, text, longest, lines)


def code_of(codes: type[Code], empty: str = "") -> Read:
    """A code, also by its English or French label; `empty` stands for an empty cell."""
    known = {fold(word): code.value for code in codes for word in (code.fr, code.en, code.value)}

    def read(name: str, text: str) -> Value | Problem:
        if not text:
            return empty
        found = known.get(fold(text))
        if found is not None:
            return found
        nearest = nearest_name(text, codes.values())
        return Problem(name, text, "one of " + ", ".join(codes.values()), nearest)

    return read


def day_of(day_first: bool, needed: bool = False) -> Read:
    """A day; None for an empty cell unless it is needed."""

    def read(name: str, text: str) -> Value | Problem:
        if not text and not needed:
            return None
        if with_time := _TIME.fullmatch(text):
            text = with_time[1]
        if slashed := _SLASHED.fullmatch(text):
            return of_slashes(name, text, slashed, day_first)
        found = read_date(name, text)
        return of_serial(found, text) if isinstance(found, Problem) else found

    return read


def of_slashes(name: str, text: str, parts: re.Match[str], day_first: bool) -> Value | Problem:
    """31/01/2025 or 01/31/2025; 03/04/2025 only where the file says which comes first."""
    first, second, year = int(parts[1]), int(parts[2]), parts[3]
    if first <= 12 and second <= 12 and first != second and not day_first:
        return Problem(name, text, "a date as YYYY-MM-DD; this one can be read in two ways")
    day, month = (first, second) if second <= 12 and (first > 12 or day_first) else (second, first)
    found = read_date(name, f"{year}-{month:02d}-{day:02d}")
    return Problem(name, text, found.valid) if isinstance(found, Problem) else found


def of_serial(problem: Problem, text: str) -> Problem:
    """A spreadsheet's number of a day is no date, but says which one was meant."""
    if not _SERIAL.fullmatch(text):
        return problem
    meant = SERIAL_START + timedelta(days=int(text))
    return Problem(problem.field, text, f"{problem.valid}; format the cell as a date", meant.isoformat())


def partial_day(name: str, text: str) -> Value | Problem:
    """The day, month or year of a citation, as text."""
    day = day_of(False)(name, text)
    if not isinstance(day, Problem):
        return "" if day is None else str(day)
    found = read_partial_date(name, text)
    return day if isinstance(found, Problem) else str(found)


def degrees(limit: int) -> Read:
    """A coordinate, with a decimal point or comma; None for an empty cell."""

    def read(name: str, text: str) -> Value | Problem:
        if not text:
            return None
        found = read_float(name, _BLANKS.sub("", text).replace(",", "."), -limit, limit)
        return Problem(name, text, found.valid) if isinstance(found, Problem) else found

    return read


def number(name: str, text: str) -> Value | Problem:
    """A whole number, also as `1 200` or `12,0`; None for an empty cell."""
    if not text:
        return None
    found = read_int(name, _NAUGHT.sub("", _BLANKS.sub("", text)), 0, MOST_PEOPLE)
    return Problem(name, text, found.valid) if isinstance(found, Problem) else found


def flag(name: str, text: str) -> Value | Problem:
    """Yes or no, in English or French."""
    word = text.casefold()
    return word in YES if word in YES | NO else Problem(name, text, "true or false (yes, no, oui, non)")


COUNTRY_NAMES = {fold(name): code for code, known in COUNTRIES.items() for name in (known.fr, known.en, code)}


def country(name: str, text: str) -> Value | Problem:
    """A country by code or name."""
    found = COUNTRY_NAMES.get(fold(text))
    if found:
        return found
    nearest = nearest_name(text, [*COUNTRIES, *(known.en for known in COUNTRIES.values())])
    return Problem(name, text, "one of " + ", ".join(COUNTRIES), nearest)


def address(name: str, text: str) -> Value | Problem:
    """An http(s) address, or nothing."""
    if not text or re.fullmatch(r"https?://[^\s/]+\S*", text):
        return text if len(text) <= 1000 else Problem(name, text, "an address of at most 1000 characters")
    return Problem(name, text, "an address that begins with http:// or https://")
