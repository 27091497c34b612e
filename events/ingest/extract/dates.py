"""Dates in a report: absolute ones, and those told from the day of publication or from the event before.

A weekday without a date is the last such day up to the publication; "last Thursday" and "jeudi dernier" are the last
one before it. "The next day" counts from the date told before. Nights that span two days are two days.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date

from events.ingest.extract.calendar_words import (
    MONTHS,
    WEEKDAYS,
)
from events.ingest.extract.dated import Dated, one_day, real_date
from events.ingest.extract.month_dates import around_month, is_month
from events.ingest.extract.numbers import Quantity
from events.ingest.extract.relative_dates import relative_date, weekday_date, with_anchored
from events.ingest.extract.words import Text

_ISO = re.compile(r"\b(\d{4})-(\d{2})-(\d{2})\b|\b(\d{1,2})/(\d{1,2})/(\d{4})\b")


_BACK = {"en": ("ago", "earlier", "before"), "fr": ("plus", "auparavant", "avant")}


def find_dates(text: Text, lang: str, published: date | None, counts: dict[int, Quantity]) -> list[Dated]:
    """All dates in order of place; relative ones only when the day of publication is known.

    `counts` are the text's quantities by first word.
    """
    found = sorted([*_numeric(text), *_worded(text, lang, published, counts)], key=lambda dated: dated.first)
    kept: list[Dated] = []
    for dated in found:
        if not kept or dated.first >= kept[-1].after:
            kept.append(dated)
    return with_anchored(text, lang, kept, counts, published)


def _numeric(text: Text) -> Iterator[Dated]:
    for match in _ISO.finditer(text.folded):
        year, month, day, day2, month2, year2 = match.groups()
        found = real_date(int(year or year2), int(month or month2), int(day or day2))
        words = [n for n, start in enumerate(text.starts) if match.start() <= start < match.end()]
        if found and words:
            yield one_day(words[0], words[-1] + 1, found, "date in digits", 0.9)


def _worded(text: Text, lang: str, published: date | None, counts: dict[int, Quantity]) -> Iterator[Dated]:
    place, words = 0, text.words
    months, weekdays = MONTHS[lang], WEEKDAYS[lang]
    while place < len(words):
        word = words[place]
        found = None
        if word in months and is_month(text, place):
            found = around_month(text, lang, place, published)
        elif word in weekdays and published:
            found = weekday_date(text, lang, place, published)
        elif published:
            found = relative_date(text, lang, place, published, counts)
        if found is None and len(word) == 4 and word.isdigit() and 1990 <= int(word) <= 2035:
            found = _year(text, lang, place, counts)
        if found:
            yield found
        place = max(place + 1, found.after if found else 0)


def _year(text: Text, lang: str, place: int, counts: dict[int, Quantity]) -> Dated | None:
    if place in counts:
        return None
    year = int(text.words[place])
    return Dated(place, place + 1, date(year, 1, 1), date(year, 12, 31), "year", "year", 0.6)
