"""One GED row of text to the values that are staged, or to all that is wrong with it.

A value is read once: each column remembers what its texts mean (`Memo`), so that half a million rows cost little more
than half a million look-ups. Readers return text as PostgreSQL's COPY takes it.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Callable, Sequence
from datetime import date, timedelta
from operator import getitem, itemgetter
from typing import NamedTuple

from conflict.kit.dates import read_date
from conflict.kit.problems import Problem
from events.countries import COUNTRIES
from events.ingest.ged.columns import Positions
from events.ingest.ged.spots import Spot

# Goes up when the same row shall be written differently; every row is then a changed one at the next import.
FORMAT = b"ged/1\n"
FIRST_YEAR = 1946  # UCDP's earliest; GED itself begins in 1989.
MOST_DEAD = 10_000_000
LONGEST_LABEL = 200
REMEMBERED = 50_000

_WHOLE = re.compile(r"-?[0-9]{1,15}(?:\.0*)?")
_DECIMAL = re.compile(r"-?[0-9]{1,3}(?:\.[0-9]{1,25})?(?:[eE]-?[0-9]{1,2})?")
_ISO_DAY = re.compile(r"([0-9]{4}-[0-9]{2}-[0-9]{2})(?:[T ][0-9:]{5,8}(?:\.[0-9]+)?Z?)?")
_US_DAY = re.compile(r"([0-9]{1,2})/([0-9]{1,2})/([0-9]{4})(?: [0-9:]{4,8}(?: [AP]M)?)?")
_CONTROLS = re.compile(r"[\x01-\x08\x0e-\x1b\x7f]")

COUNTRY_BY_NUMBER = {str(country.gw): code for code, country in COUNTRIES.items()}
COUNTRY_BY_NAME = {country.en: code for code, country in COUNTRIES.items()}
IN_SCOPE = "a country of the Sahel or a neighbour of it: " + ", ".join(sorted(COUNTRY_BY_NAME))

Read = Callable[[str], str]


class Unreadable(ValueError):
    """A value that cannot be read; the message says what is valid."""


class Rejected(Exception):
    """A row that cannot be used, with each of its problems."""

    def __init__(self, *problems: Problem) -> None:
        super().__init__(problems)
        self.problems = problems


class Memo(dict[str, str]):
    """What the texts of one column mean, each worked out once."""

    def __init__(self, read: Read) -> None:
        super().__init__()
        self.read = read

    def __missing__(self, text: str) -> str:
        value = self.read(text)
        if len(self) < REMEMBERED:
            self[text] = value
        return value


def whole(low: int, high: int, otherwise: str | None = None) -> Read:
    """Read a whole number, also written `1.0`; `otherwise` stands for an empty cell, None: it may not be empty."""

    def read(text: str) -> str:
        text = text.strip()
        if not text and otherwise is not None:
            return otherwise
        if not _WHOLE.fullmatch(text) or not low <= int(text.partition(".")[0]) <= high:
            raise Unreadable(f"a whole number from {low} to {high}")
        return str(int(text.partition(".")[0]))

    return read


def degrees(limit: float) -> Read:
    """Read a coordinate within ±limit degrees; empty stays empty."""

    def read(text: str) -> str:
        text = text.strip()
        if not text:
            return ""
        if not _DECIMAL.fullmatch(text) or not -limit <= float(text) <= limit:
            raise Unreadable(f"degrees from {-limit:g} to {limit:g}, with a decimal point")
        return repr(float(text) + 0.0)

    return read


def day(text: str) -> str:
    """Read a day in ISO form (a time after it is passed over) or as MM/DD/YYYY."""
    text = text.strip()
    if iso := _ISO_DAY.fullmatch(text):
        text = iso[1]
    elif us := _US_DAY.fullmatch(text):
        text = f"{us[3]}-{us[1]:0>2}-{us[2]:0>2}"
    found = read_date("date", text)
    if isinstance(found, Problem) or found.year < FIRST_YEAR or found > date.today() + timedelta(days=1):
        raise Unreadable(f"a day as YYYY-MM-DD or MM/DD/YYYY, from {FIRST_YEAR} on, that has come")
    return found.isoformat()


def country_number(text: str) -> str:
    """Read a Gleditsch-Ward number as ISO 3166-1 alpha-3; empty stays empty, the name then decides."""
    number = text.strip().removesuffix(".0")
    if number and number not in COUNTRY_BY_NUMBER:
        raise Unreadable(IN_SCOPE)
    return COUNTRY_BY_NUMBER.get(number, "")


def country_named(text: str) -> str:
    """Read a country's English name as ISO 3166-1 alpha-3; empty where it is none of ours."""
    return COUNTRY_BY_NAME.get(text.strip(), "")


def side_id(text: str) -> str:
    """Read UCDP's id of a side; empty stays empty, the name then decides."""
    text = text.strip().removesuffix(".0")
    if len(text) > 38 or (text and not text.isalnum()):
        raise Unreadable("an id of at most 38 letters and digits")
    return text


# The first `STAGED` are staged in this order, the others are numbered as spots and pairs. The second value of each tuple
# stands where the file has no such column.
CODED: dict[str, tuple[Read, str]] = {
    "id": (whole(1, 10**12), ""),
    "event_clarity": (whole(0, 9, "1"), "1"),
    "date_prec": (whole(0, 9, "0"), "0"),
    "date_start": (day, ""),
    "date_end": (day, ""),
    "deaths_a": (whole(0, MOST_DEAD, "0"), "0"),
    "deaths_b": (whole(0, MOST_DEAD, "0"), "0"),
    "deaths_civilians": (whole(0, MOST_DEAD, "0"), "0"),
    "deaths_unknown": (whole(0, MOST_DEAD, "0"), "0"),
    "best": (whole(0, MOST_DEAD), ""),
    "low": (whole(0, MOST_DEAD), ""),
    "high": (whole(0, MOST_DEAD), ""),
    "where_prec": (whole(1, 7), ""),
    "latitude": (degrees(85), ""),
    "longitude": (degrees(180), ""),
    "country_id": (country_number, ""),
    "country": (country_named, ""),
    "type_of_violence": (whole(1, 3), ""),
    "side_a_new_id": (side_id, ""),
    "side_b_new_id": (side_id, ""),
}
STAGED = 12
WRITTEN = (
    "side_a", "side_b", "where_coordinates", "adm_1", "adm_2", "code_status", "source_article", "source_original",
    "where_description",
)  # fmt: skip
NAMES = list(CODED)
START, END = NAMES.index("date_start"), NAMES.index("date_end")


class Meeting(NamedTuple):
    """Who met whom: what the actors of a row are resolved from. `day` only tells periods of identifiers apart."""

    day: str
    kind: str
    a_id: str
    a: str
    b_id: str
    b: str
    country: str


class Values(NamedTuple):
    """A row that can be used: what is staged of it, already joined and escaped for COPY, and what is numbered."""

    coded: str
    texts: str
    digest: str
    meeting: Meeting
    spot: Spot


class RowReader:
    """Reads the rows of one file."""

    def __init__(self, positions: Positions, width: int, countries: frozenset[str] = frozenset()) -> None:
        self.width = width
        self.countries = countries
        # One more cell at the end stands for columns that the file does not have.
        self.coded = itemgetter(*(positions.get(name, width) for name in CODED))
        self.texts = itemgetter(*(positions.get(name, width) for name in WRITTEN))
        self.memos = [Memo(self.reader(name, positions)) for name in CODED]

    @staticmethod
    def reader(name: str, positions: Positions) -> Read:
        """The reader of a column, or the constant of a column that the file lacks."""
        read, absent = CODED[name]
        return read if name in positions else lambda text: absent

    def read(self, cells: list[str]) -> Values:
        """Read one row. Raises Rejected with every problem."""
        if len(cells) != self.width:
            raise Rejected(Problem("row", f"{len(cells)} cells", f"{self.width} cells, as in the first row"))
        cells.append("")
        coded_cells = self.coded(cells)
        try:
            values = list(map(getitem, self.memos, coded_cells))
        except Unreadable:
            raise Rejected(*self.problems(coded_cells)) from None
        return self.checked(values, self.texts(cells))

    def problems(self, cells: Sequence[str]) -> list[Problem]:
        """Everything unreadable in a row."""
        found = []
        for name, memo, cell in zip(NAMES, self.memos, cells, strict=True):
            try:
                memo.read(cell)
            except Unreadable as problem:
                found.append(Problem(name, cell, str(problem)))
        return found

    def checked(self, values: list[str], cells: Sequence[str]) -> Values:
        """Check what only several cells together tell, and join."""
        precision, latitude, longitude, number, name, kind, a_id, b_id = values[STAGED:]
        country = number or name
        self.refuse_country(country)
        if values[END] < values[START]:
            raise Rejected(Problem("date_end", values[END], f"a day not before date_start, {values[START]}"))
        texts = joined(cells)
        a, b, place, adm_1, adm_2, rest = texts.split("\t", 5)
        a, b = unescaped(a), unescaped(b)
        for column, label in (("side_a", a), ("side_b", b)):
            if not label or len(label) > LONGEST_LABEL:
                raise Rejected(Problem(column, label, f"a name of at most {LONGEST_LABEL} letters"))
        coded = "\t".join(values[:STAGED])
        where = f"{precision}\t{latitude}\t{longitude}\t{country}"
        digest = digest_of(f"{coded}\t{where}\t{kind}\t{a_id}\t{b_id}\t{texts}")
        spot = Spot(
            precision, latitude, longitude, unescaped(place), unescaped(adm_1), unescaped(adm_2), country
        )
        return Values(coded, rest, digest, Meeting(values[START], kind, a_id, a, b_id, b, country), spot)

    def refuse_country(self, country: str) -> None:
        """Countries out of scope, or outside the ones asked for, are rejected by name."""
        if not country:
            raise Rejected(Problem("country", "", IN_SCOPE))
        if self.countries and country not in self.countries:
            raise Rejected(
                Problem(
                    "country", country, "one of the countries asked for: " + ", ".join(sorted(self.countries))
                )
            )


def joined(cells: Sequence[str]) -> str:
    """Texts with blanks, tabs and line breaks made single blanks, joined by tabs and escaped for COPY."""
    text = "\x00".join(cells)
    if text.count("\x00") != len(cells) - 1:
        raise Rejected(Problem("row", "NUL", "text without NUL characters"))
    text = " ".join(text.split()).replace(" \x00", "\x00").replace("\x00 ", "\x00")
    if _CONTROLS.search(text):
        text = _CONTROLS.sub("", text)
    return text.replace("\\", "\\\\").replace("\x00", "\t")


def unescaped(text: str) -> str:
    """A text as it was before it was made ready for COPY."""
    return text.replace("\\\\", "\\") if "\\" in text else text


def digest_of(said: str) -> str:
    """The digest by which a changed row is known, in hexadecimal."""
    try:
        return hashlib.sha256(FORMAT + said.encode()).hexdigest()
    except UnicodeEncodeError:
        raise Rejected(Problem("row", bad_bytes(said), "text in UTF-8")) from None


def bad_bytes(text: str) -> str:
    """The first place that is not UTF-8, with what stands around it."""
    at = next(position for position, char in enumerate(text) if "\udc80" <= char <= "\udcff")
    return text[max(at - 20, 0) : at + 20].encode(errors="backslashreplace").decode()
