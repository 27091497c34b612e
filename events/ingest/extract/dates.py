"""Dates in a report: absolute ones, and those told from the day of publication or from the event before.

A weekday without a date is the last such day up to the publication; "last Thursday" and "jeudi dernier" are the last
one before it. "The next day" counts from the date told before. Nights that span two days are two days.
"""

from __future__ import annotations

import calendar
import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, timedelta

from events.ingest.extract.calendar_words import (
    FROM_EVENT,
    FROM_PUBLICATION,
    MONTHS,
    PARTS,
    PERIODS,
    UNITS,
    WEEKDAYS,
)
from events.ingest.extract.numbers import Quantity
from events.ingest.extract.words import Text

_ISO = re.compile(r"\b(\d{4})-(\d{2})-(\d{2})\b|\b(\d{1,2})/(\d{1,2})/(\d{4})\b")
_DAY = re.compile(r"(\d{1,2})(?:st|nd|rd|th|er|e)?")
_LAST = {"en": ("last", "past"), "fr": ("dernier", "derniere", "passe")}
_BACK = {"en": ("ago", "earlier", "before"), "fr": ("plus", "auparavant", "avant")}
_AND = ("and", "to", "et", "au", "a", "through", "until", "-")


@dataclass(frozen=True, slots=True)
class Dated:
    """A date at words [first, after): days `begin` to `end`, both included.

    `precision` is a DatePrecision code or `year`; `anchor` says what it was counted from: none, publication, event.
    """

    first: int
    after: int
    begin: date
    end: date
    precision: str
    rule: str
    confidence: float
    anchor: str = ""


def find_dates(text: Text, lang: str, published: date | None, counts: dict[int, Quantity]) -> list[Dated]:
    """All dates in order of place; relative ones only when the day of publication is known.

    `counts` are the text's quantities by first word.
    """
    found = sorted([*_numeric(text), *_worded(text, lang, published, counts)], key=lambda dated: dated.first)
    kept: list[Dated] = []
    for dated in found:
        if not kept or dated.first >= kept[-1].after:
            kept.append(dated)
    return _with_anchored(text, lang, kept, counts, published)


def _numeric(text: Text) -> Iterator[Dated]:
    for match in _ISO.finditer(text.folded):
        year, month, day, day2, month2, year2 = match.groups()
        found = _date(int(year or year2), int(month or month2), int(day or day2))
        words = [n for n, start in enumerate(text.starts) if match.start() <= start < match.end()]
        if found and words:
            yield _day(words[0], words[-1] + 1, found, "date in digits", 0.9)


def _worded(text: Text, lang: str, published: date | None, counts: dict[int, Quantity]) -> Iterator[Dated]:
    place, words = 0, text.words
    months, weekdays = MONTHS[lang], WEEKDAYS[lang]
    while place < len(words):
        word = words[place]
        found = None
        if word in months and _is_month(text, place):
            found = _around_month(text, lang, place, published)
        elif word in weekdays and published:
            found = _weekday(text, lang, place, published)
        elif published:
            found = _relative(text, lang, place, published, counts)
        if found is None and len(word) == 4 and word.isdigit() and 1990 <= int(word) <= 2035:
            found = _year(text, lang, place, counts)
        if found:
            yield found
        place = max(place + 1, found.after if found else 0)


def _is_month(text: Text, place: int) -> bool:
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


def _around_month(text: Text, lang: str, place: int, published: date | None) -> Dated | None:
    """The whole date around the name of a month."""
    month = MONTHS[lang][text.words[place]]
    days, first, after = _days_beside(text, lang, place)
    year, after = _year_after(text, after, month, days, published)
    if year is None:
        return None
    first = _with_weekday(text, lang, first)
    if not days:
        return _month(text, lang, place, after, year, month)
    dates = [found for day in days if (found := _date(year, month, day))]
    if not dates:
        return None
    begin, end = min(dates), max(dates)
    if len(dates) == 1 and len(days) == 1:
        return _day(first, after, begin, "day and month", 0.95)
    return Dated(first, after, begin, end, _precision(begin, end), "days of a month", 0.9)


def _days_beside(text: Text, lang: str, place: int) -> tuple[list[int], int, int]:
    """Day numbers beside a month: "4 June", "du 4 au 6 juin", "June 4-6", "4 and 5 June"; first word and word after."""
    words = text.words
    last = _day_number(words, place - 1)
    if last:
        earlier, first = _pair_before(text, place - 1)
        return ([earlier, last] if earlier else [last]), first, place + 1
    # "Sept. 30": the full stop belongs to the month.
    place += place + 2 < len(words) and words[place + 1] == "." and _day_number(words, place + 2) is not None
    if lang == "en" and _day_number(words, place + 1) and len(words[place + 1]) <= 4:
        first_day = _day_number(words, place + 1)
        after = place + 2
        second = _day_number(words, after) if after < len(words) and text.joined(after) else None
        if second is None and after + 1 < len(words) and words[after] in ("and", "to"):
            second = _day_number(words, after + 1)
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
        earlier = _day_number(words, place - 1)
        return (earlier, place - 1) if earlier else (None, place)
    if place > 1 and words[place - 1] in _AND:
        earlier = _day_number(words, place - 2)
        if earlier:
            return earlier, place - 2
    # "du samedi 4 au dimanche 5 juin", "entre le 4 et le 6 juin"
    if (
        place > 3
        and words[place - 2] in _AND
        and (words[place - 1] == "le" or words[place - 1] in WEEKDAYS["fr"])
    ):
        earlier = _day_number(words, place - 3)
        if earlier:
            return earlier, place - 3
    return None, place


def _day_number(words: list[str], place: int) -> int | None:
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


def _weekday(text: Text, lang: str, place: int, published: date) -> Dated | None:
    words = text.words
    if _day_number(words, place + 1) and place + 2 < len(words) and words[place + 2] in MONTHS[lang]:
        return None
    if place + 3 < len(words) and words[place + 1] == "," and words[place + 2] in MONTHS[lang]:
        return None
    if place + 2 < len(words) and words[place + 1] in MONTHS[lang] and _day_number(words, place + 2):
        return None
    if (
        _day_number(words, place + 1)
        and lang == "fr"
        and place + 2 < len(words)
        and words[place + 2] in ("au", "a", "et")
    ):
        return None
    first, after, strictly = place, place + 1, False
    if place and words[place - 1] in ("last", "next"):
        first, strictly = place - 1, True
    if after < len(words) and words[after] in _LAST["fr"]:
        after, strictly = after + 1, True
    day = _last_weekday(WEEKDAYS[lang][words[place]], published, strictly)
    second = _second_weekday(text, lang, place, day)
    if second:
        return Dated(
            first, second[0], day, second[1], "days", "night between two weekdays", 0.9, "publication"
        )
    return _day(first, after, day, "weekday before publication", 0.9, "publication")


def _second_weekday(text: Text, lang: str, place: int, day: date) -> tuple[int, date] | None:
    """ "de jeudi à vendredi", "from Thursday to Friday", "between Thursday and Friday": the day after, where it is one."""
    words = text.words
    if (
        place + 2 < len(words)
        and words[place + 1] in ("to", "and", "a", "et", "au")
        and words[place + 2] in WEEKDAYS[lang]
    ):
        apart = (WEEKDAYS[lang][words[place + 2]] - day.weekday()) % 7
        before = " ".join(words[max(0, place - 3) : place])
        if 0 < apart <= 3 and any(
            word in before for word in ("nuit", "from", "between", "entre", "night", "de ", "du ")
        ):
            return place + 3, day + timedelta(days=apart)
    return None


def _last_weekday(weekday: int, published: date, strictly: bool) -> date:
    back = (published.weekday() - weekday) % 7
    return published - timedelta(days=back or (7 if strictly else 0))


def _relative(
    text: Text, lang: str, place: int, published: date, counts: dict[int, Quantity]
) -> Dated | None:
    words = text.words
    near = FROM_PUBLICATION[lang].at(words, place)
    if near:
        day = published + timedelta(days=near[1])
        return _day(place, place + near[0], day, "counted from publication", 0.9, "publication")
    period = PERIODS[lang].at(words, place)
    if period:
        begin, end = _period(period[1], published)
        return Dated(
            place,
            place + period[0],
            begin,
            end,
            _precision(begin, end),
            "period before publication",
            0.6,
            "publication",
        )
    return _ago(text, lang, place, published, counts)


def _period(name: str, published: date) -> tuple[date, date]:
    """First and last day of a period told from the day of publication."""
    monday = published - timedelta(days=published.weekday())
    first = published.replace(day=1)
    if name == "weekend":
        saturday = published - timedelta(days=(published.weekday() - 5) % 7)
        return saturday, min(saturday + timedelta(days=1), max(published, saturday))
    periods = {
        "week before": (monday - timedelta(days=7), monday - timedelta(days=1)),
        "this week": (monday, published),
        "month before": ((first - timedelta(days=1)).replace(day=1), first - timedelta(days=1)),
        "this month": (first, published),
        "recent days": (published - timedelta(days=6), published),
    }
    return periods[name]


def _ago(text: Text, lang: str, place: int, published: date, counts: dict[int, Quantity]) -> Dated | None:
    """ "two days ago", "il y a deux jours"; with "earlier" and "plus tôt" it counts from the event (see below)."""
    words = text.words
    if lang == "fr":
        begin = place + 3
        if words[place : place + 3] != ["il", "y", "a"] or begin not in counts:
            return None
        count = counts[begin]
        unit = UNITS["fr"].get(words[count.after]) if count.after < len(words) else None
        after = count.after + 1
    else:
        if place not in counts:
            return None
        count = counts[place]
        unit = UNITS["en"].get(words[count.after]) if count.after < len(words) else None
        after = count.after + 2
        if unit is None or after > len(words) or words[after - 1] != "ago":
            return None
    if unit is None or count.low is None or count.low * unit > 20_000:
        return None
    day = published - timedelta(days=count.low * unit)
    return _distant(place, after, day, unit, count, "publication")


def _distant(first: int, after: int, day: date, unit: int, count: Quantity, anchor: str) -> Dated:
    if unit == 1 and count.quantifier == "exact":
        return _day(first, after, day, f"counted from {anchor}", 0.85, anchor)
    slack = timedelta(days=max(2, unit // 2))
    precision = "year" if unit == 365 else _precision(day - slack, day + slack)
    return Dated(
        first, after, day - slack, day + slack, precision, f"about, counted from {anchor}", 0.5, anchor
    )


def _year(text: Text, lang: str, place: int, counts: dict[int, Quantity]) -> Dated | None:
    if place in counts:
        return None
    year = int(text.words[place])
    return Dated(place, place + 1, date(year, 1, 1), date(year, 12, 31), "year", "year", 0.6)


def _with_anchored(
    text: Text, lang: str, dates: list[Dated], counts: dict[int, Quantity], published: date | None
) -> list[Dated]:
    """Add the dates that are told from an event before: "the next day", "two days earlier", "deux jours plus tôt"."""
    found = list(dates)
    for first, after, days in FROM_EVENT[lang].find(text.words, 0, len(text.words)):
        anchor = _anchor(found, first)
        if anchor and not _overlaps(dates, first, after):
            found.append(
                _day(
                    first,
                    after,
                    anchor.end + timedelta(days=days),
                    "counted from the event before",
                    0.8,
                    "event",
                )
            )
            found.sort(key=lambda dated: dated.first)
    for first, count in counts.items():
        dated = _earlier(text, lang, first, count, found, published)
        if dated:
            found.append(dated)
    return sorted(found, key=lambda dated: dated.first)


def _earlier(
    text: Text, lang: str, first: int, count: Quantity, found: list[Dated], published: date | None
) -> Dated | None:
    words = text.words
    unit = UNITS[lang].get(words[count.after]) if count.after < len(words) else None
    follows = words[count.after + 1 : count.after + 3]
    back = follows[:1] == ["earlier"] or follows == ["plus", "tot"] or follows[:1] == ["auparavant"]
    on = follows[:1] == ["later"] or follows == ["plus", "tard"]
    if unit is None or count.low is None or not (back or on) or count.low * unit > 20_000:
        return None
    anchor = _anchor(found, first)
    base = anchor.begin if anchor else published
    if base is None:
        return None
    after = count.after + (2 if lang == "en" or follows[:1] == ["auparavant"] else 3)
    day = base + timedelta(days=count.low * unit * (1 if on else -1))
    dated = _distant(first, after, day, unit, count, "event")
    return (
        replace(dated, end=min(dated.end, base - timedelta(days=1))) if back and dated.begin < base else dated
    )


def _anchor(dates: list[Dated], place: int) -> Dated | None:
    """The date that a relative one counts from: the last day named before it."""
    before = [dated for dated in dates if dated.first < place and dated.precision in ("day", "days")]
    return before[-1] if before else None


def _overlaps(dates: list[Dated], first: int, after: int) -> bool:
    return any(dated.first < after and first < dated.after for dated in dates)


def _day(first: int, after: int, day: date, rule: str, confidence: float, anchor: str = "") -> Dated:
    return Dated(first, after, day, day, "day", rule, confidence, anchor)


def _precision(begin: date, end: date) -> str:
    days = (end - begin).days + 1
    return (
        "day"
        if days == 1
        else "days"
        if days <= 6
        else "week"
        if days <= 10
        else "month"
        if days <= 45
        else "longer"
    )


def _date(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None
