"""Dates in a report: absolute ones, and those told from the day of publication or from the event before.

A weekday without a date is the last such day up to the publication; "last Thursday" and "jeudi dernier" are the last
one before it. "The next day" counts from the date told before. Nights that span two days are two days.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta

from events.ingest.extract.calendar_words import (
    MONTHS,
    WEEKDAYS,
)
from events.ingest.extract.dated import Dated, one_day, precision_of, real_date
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
    return with_anchored(text, lang, _ranges(text, kept), counts, published)


def _ranges(text: Text, dates: list[Dated]) -> list[Dated]:
    """ "from March 27 to March 31", "du 30 septembre au 2 octobre": two days that bound one span of time."""
    done: list[Dated] = []
    for dated in dates:
        before = done[-1] if done else None
        bounds = (
            before is not None
            and before.precision == dated.precision == "day"
            and "day and month" == before.rule == dated.rule
            and _bounds(text.words, before, dated)
            and timedelta(0) < dated.begin - before.begin <= LONGEST_SPAN
        )
        if before is not None and bounds:
            done[-1] = replace(
                before, after=dated.after, end=dated.end, precision=precision_of(before.begin, dated.end)
            )
        else:
            done.append(dated)
    return done


LONGEST_SPAN = timedelta(days=30)


def _bounds(words: list[str], one: Dated, two: Dated) -> bool:
    between = " ".join(words[one.after : two.first])
    lead = words[max(0, one.first - 1) : one.first]
    return (lead, between) in (
        (["from"], "to"), (["between"], "and"), (["du"], "au"), (["entre"], "et le"), (["le"], "et le"), (["from"], "until"),
    )  # fmt: skip


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
