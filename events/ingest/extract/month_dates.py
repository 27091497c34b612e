"""Dates that name their month: "4 June", "du 4 au 6 juin", "early June 2025"."""

from __future__ import annotations

import calendar
import re
from datetime import date, timedelta

from events.ingest.extract.calendar_words import (
    MONTHS,
    PARTS,
    WEEKDAYS,
)
from events.ingest.extract.dated import Dated, one_day, precision_of, real_date
from events.ingest.extract.words import Text

_DAY = re.compile(r"(\d{1,2})(?:st|nd|rd|th|er|e)?")


_AND = ("and", "to", "et", "au", "a", "through", "until", "-")


def is_month(text: Text, place: int) -> bool:
    """ "may", "march", "mars", "sept" are other words too: they need a capital, or a number beside them."""
    word = text.words[place]
    near = [text.words[n] for n in (place - 1, place + 1, place + 2) if 0 <= n < len(text.words)]
    if word in ("may", "march", "sept", "mai", "mars", "dec", "mar"):
        numbered = any(_DAY.fullmatch(other) or (len(other) == 4 and other.isdigit()) for other in near)
        introduced = place > 0 and text.words[place - 1] in (
            "in",
            "en",
            "early",
            "late",
            "mid",
            "debut",
            "fin",
            "mi",
            "last",
            "since",
        )
        return numbered or (
            introduced and (text.capital(place) or text.words[place - 1] in ("en", "debut", "fin", "mi"))
        )
    return True


def around_month(text: Text, lang: str, place: int, published: date | None) -> Dated | None:
    """The whole date around the name of a month."""
    month = MONTHS[lang][text.words[place]]
    days, first, after = _days_beside(text, lang, place)
    year, after = _year_after(text, after, month, days, published)
    if year is None:
        return None
    first = _with_weekday(text, lang, first)
    if not days:
        return _month(text, lang, place, after, year, month)
    dates = [found for day in days if (found := real_date(year, month, day))]
    if not dates:
        return None
    begin, end = min(dates), max(dates)
    if len(dates) == 1 and len(days) == 1:
        return one_day(first, after, begin, "day and month", 0.95)
    return Dated(first, after, begin, end, precision_of(begin, end), "days of a month", 0.9)


def _days_beside(text: Text, lang: str, place: int) -> tuple[list[int], int, int]:
    """Day numbers beside a month: "4 June", "du 4 au 6 juin", "June 4-6", "4 and 5 June"; first word and word after."""
    words = text.words
    last = day_number(words, place - 1)
    if last:
        earlier, first = _pair_before(text, place - 1)
        return ([earlier, last] if earlier else [last]), first, place + 1
    # "Sept. 30": the full stop belongs to the month.
    place += place + 2 < len(words) and words[place + 1] == "." and day_number(words, place + 2) is not None
    if lang == "en" and day_number(words, place + 1) and len(words[place + 1]) <= 4:
        first_day = day_number(words, place + 1)
        after = place + 2
        second = day_number(words, after) if after < len(words) and text.joined(after) else None
        if second is None and after + 1 < len(words) and words[after] in ("and", "to"):
            second = day_number(words, after + 1)
            after += 1 if second and not _is_count(words, after + 1) else 0
            second = second if words[after - 1] in ("and", "to") else None
        return (
            ([first_day, second], place, after + 1)
            if second and first_day
            else ([first_day or 1], place, after)
        )
    return [], place, place + 1


def _is_count(words: list[str], place: int) -> bool:
    follows = words[place + 1] if place + 1 < len(words) else "."
    return follows.isalpha()


def _pair_before(text: Text, place: int) -> tuple[int | None, int]:
    words = text.words
    if place > 0 and text.joined(place):
        earlier = day_number(words, place - 1)
        return (earlier, place - 1) if earlier else (None, place)
    if place > 1 and words[place - 1] in _AND:
        earlier = day_number(words, place - 2)
        if earlier:
            return earlier, place - 2
    # "du samedi 4 au dimanche 5 juin", "entre le 4 et le 6 juin"
    if (
        place > 3
        and words[place - 2] in _AND
        and (words[place - 1] == "le" or words[place - 1] in WEEKDAYS["fr"])
    ):
        earlier = day_number(words, place - 3)
        if earlier:
            return earlier, place - 3
    return None, place


def day_number(words: list[str], place: int) -> int | None:
    """The day of a month that a word gives ("4", "1er", "premier"), or None."""
    if not 0 <= place < len(words):
        return None
    if words[place] == "premier":
        return 1
    match = _DAY.fullmatch(words[place])
    return int(match[1]) if match and 1 <= int(match[1]) <= 31 else None


def _year_after(
    text: Text, after: int, month: int, days: list[int], published: date | None
) -> tuple[int | None, int]:
    """The year written after, or the one that puts the date nearest before the publication."""
    words = text.words
    here = after + 1 if after < len(words) and words[after] in (",", "of", "de") else after
    if (
        here < len(words)
        and len(words[here]) == 4
        and words[here].isdigit()
        and 1990 <= int(words[here]) <= 2035
    ):
        return int(words[here]), here + 1
    if (
        here + 1 < len(words)
        and words[here] in ("last", "this", "dernier", "derniere")
        and words[here + 1] in ("year", "annee")
    ):
        after = here + 2
    elif here < len(words) and words[here] in ("dernier", "last"):
        after = here + 1
    if published is None:
        return None, after
    day = min(days[0] if days else 1, calendar.monthrange(published.year, month)[1])
    # A feed's clock may run a little behind the place it reports from.
    ahead = date(published.year, month, day) > published + timedelta(days=2)
    return published.year - ahead, after


def _with_weekday(text: Text, lang: str, first: int) -> int:
    for place in (first - 1, first - 2):
        if place >= 0 and text.words[place] in WEEKDAYS[lang]:
            return place
    return first


def _month(text: Text, lang: str, place: int, after: int, year: int, month: int) -> Dated:
    last = calendar.monthrange(year, month)[1]
    for back in (1, 2, 3, 4, 5):
        part = PARTS[lang].at(text.words, place - back) if place >= back else None
        if part and part[0] == back:
            low, high = part[1]
            return Dated(
                place - back,
                after,
                date(year, month, low),
                date(year, month, high or last),
                "week",
                "part of a month",
                0.7,
            )
    return Dated(place, after, date(year, month, 1), date(year, month, last), "month", "month", 0.7)
