"""Days, partial dates and instants: strict readers, and ranges that say which end they include.

A `PartialDate` is a year, a year and month, or a full day: what sources know, no more. Days run from 1900
to 2100.
"""

from __future__ import annotations

import calendar
import re
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from functools import total_ordering

from conflict.kit.problems import Problem, accepted

FIRST_YEAR, LAST_YEAR = 1900, 2100

_DAY = re.compile(r"([0-9]{4})-([0-9]{2})-([0-9]{2})")
_PARTIAL = re.compile(r"([0-9]{4})(?:-([0-9]{2})(?:-([0-9]{2}))?)?")
_INSTANT = re.compile(
    r"[0-9]{4}-[0-9]{2}-[0-9]{2}[Tt][0-9]{2}:[0-9]{2}:[0-9]{2}(?:\.[0-9]{1,6})?(?:[Zz]|[-+][0-9]{2}:[0-9]{2})"
)
_ENGLISH = "January February March April May June July August September October November December"
_FRENCH = "janvier février mars avril mai juin juillet août septembre octobre novembre décembre"
_MONTHS = {"en": _ENGLISH.split(), "fr": _FRENCH.split()}
_VALID_DAY = f"a date as YYYY-MM-DD, from {FIRST_YEAR} to {LAST_YEAR}"
_VALID_PARTIAL = f"a date as YYYY, YYYY-MM or YYYY-MM-DD, from {FIRST_YEAR} to {LAST_YEAR}"


@total_ordering
@dataclass(frozen=True, slots=True)
class PartialDate:
    """A date known to the year, the month or the day. Raises ValueError when there is no such date.

    `<` is an order for lists (2017 before 2017-03 before 2017-03-02); what is certain in time is asked with
    `certainly_before` and `overlaps`.
    """

    year: int
    month: int | None = None
    day: int | None = None

    def __post_init__(self) -> None:
        if self.day is not None and self.month is None:
            raise ValueError("a day needs a month")
        if not FIRST_YEAR <= self.year <= LAST_YEAR:
            raise ValueError(f"year {self.year} is outside {FIRST_YEAR} to {LAST_YEAR}")
        date(self.year, 1 if self.month is None else self.month, 1 if self.day is None else self.day)

    @classmethod
    def parse(cls, text: str) -> PartialDate:
        """Read `2017`, `2017-03` or `2017-03-02`; anything else is Refused."""
        return accepted(read_partial_date("date", text))

    @classmethod
    def of(cls, day: date) -> PartialDate:
        """A full day."""
        return cls(day.year, day.month, day.day)

    @property
    def precision(self) -> str:
        """`year`, `month` or `day`."""
        return "day" if self.day else "month" if self.month else "year"

    @property
    def first_day(self) -> date:
        """The earliest day that this date can mean."""
        return date(self.year, self.month or 1, self.day or 1)

    @property
    def last_day(self) -> date:
        """The latest day that this date can mean."""
        month = self.month or 12
        return date(self.year, month, self.day or calendar.monthrange(self.year, month)[1])

    def certainly_before(self, other: PartialDate) -> bool:
        """True when no day of this date can lie on or after any day of the other."""
        return self.last_day < other.first_day

    def overlaps(self, other: PartialDate) -> bool:
        """True when both may be the same day."""
        return self.first_day <= other.last_day and other.first_day <= self.last_day

    def covers(self, day: date) -> bool:
        """Whether this date can mean that day."""
        return self.first_day <= day <= self.last_day

    def in_words(self, lang: str = "en") -> str:
        """`2 March 2017`, `mars 2017`, `2017`; French writes the first of a month as `1er`."""
        if not self.month:
            return str(self.year)
        month = _MONTHS[lang][self.month - 1]
        day = "1er" if lang == "fr" and self.day == 1 else str(self.day or "")
        return f"{day} {month} {self.year}".strip()

    def __str__(self) -> str:
        parts = [f"{self.year:04d}"] + [f"{part:02d}" for part in (self.month, self.day) if part]
        return "-".join(parts)

    def __lt__(self, other: object) -> bool:
        if not isinstance(other, PartialDate):
            return NotImplemented
        return self._order < other._order

    @property
    def _order(self) -> tuple[int, int, int]:
        return self.year, self.month or 0, self.day or 0


def read_partial_date(field: str, text: str) -> PartialDate | Problem:
    """`YYYY`, `YYYY-MM` or `YYYY-MM-DD`, ASCII digits only."""
    match = _PARTIAL.fullmatch(text)
    if match:
        year, month, day = (int(part) if part else None for part in match.groups())
        try:
            return PartialDate(year or 0, month, day)
        except ValueError:
            pass
    return Problem(field, text, _VALID_PARTIAL)


def read_date(field: str, text: str) -> date | Problem:
    """A full ISO day, `YYYY-MM-DD`, from 1900 to 2100."""
    match = _DAY.fullmatch(text)
    if match and FIRST_YEAR <= int(match[1]) <= LAST_YEAR:
        try:
            return date(int(match[1]), int(match[2]), int(match[3]))
        except ValueError:
            pass
    return Problem(field, text, _VALID_DAY)


def read_instant(field: str, text: str) -> datetime | Problem:
    """An RFC 3339 instant with its offset (`2025-07-01T12:00:00Z`), answered in UTC."""
    if _INSTANT.fullmatch(text) and FIRST_YEAR < int(text[:4]) < LAST_YEAR:
        try:
            return datetime.fromisoformat(text.upper().replace("Z", "+00:00")).astimezone(UTC)
        except ValueError:
            pass
    return Problem(
        field, text, "an instant as YYYY-MM-DDThh:mm:ssZ (a + of an offset is written %2B in a URL)"
    )


def half_open(first: date, last: date) -> tuple[date, date]:
    """[first, last] with both days included -> [first, after) as ranges in the database want it.

    Raises ValueError when last lies before first.
    """
    if last < first:
        raise ValueError(f"the range ends on {last}, before it begins on {first}")
    return first, last + timedelta(days=1)


def both_included(first: date, after: date) -> tuple[date, date]:
    """[first, after) -> [first, last] with both days included; the inverse of `half_open`."""
    if after <= first:
        raise ValueError(f"the range [{first}, {after}) holds no day")
    return first, after - timedelta(days=1)
