"""Dates told from the day of publication or from the event before: "Thursday", "last week", "two days earlier"."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

from events.ingest.extract.calendar_words import (
    FROM_EVENT,
    FROM_PUBLICATION,
    MONTHS,
    PERIODS,
    UNITS,
    WEEKDAYS,
)
from events.ingest.extract.dated import Dated, one_day, precision_of
from events.ingest.extract.month_dates import day_number
from events.ingest.extract.numbers import Quantity
from events.ingest.extract.words import Text, wordset

_LAST = {"en": ("last", "past"), "fr": ("dernier", "derniere", "passe")}


def weekday_date(text: Text, lang: str, place: int, published: date) -> Dated | None:
    """The last such day up to the publication; two weekdays for a night between them."""
    words = text.words
    if day_number(words, place + 1) and place + 2 < len(words) and words[place + 2] in MONTHS[lang]:
        return None
    if place + 3 < len(words) and words[place + 1] == "," and words[place + 2] in MONTHS[lang]:
        return None
    if place + 2 < len(words) and words[place + 1] in MONTHS[lang] and day_number(words, place + 2):
        return None
    if (
        day_number(words, place + 1)
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
    second = _second_weekday(text, lang, place, day, published)
    if second:
        return Dated(
            first, second[0], day, second[1], "days", "night between two weekdays", 0.9, "publication"
        )
    return one_day(first, after, day, "weekday before publication", 0.9, "publication")


def _second_weekday(text: Text, lang: str, place: int, day: date, published: date) -> tuple[int, date] | None:
    """ "de jeudi à vendredi", "from Thursday to Friday", "between Thursday and Friday": the day after, where it is one."""
    words = text.words
    nearby = (
        FROM_PUBLICATION[lang].at(words, place + 2)
        if words[place + 1 : place + 2] in (["a"], ["to"])
        else None
    )
    if nearby and nearby[1] <= 0 and published + timedelta(days=nearby[1]) == day + timedelta(days=1):
        return place + 2 + nearby[0], day + timedelta(days=1)
    if (
        place + 2 < len(words)
        and words[place + 1] in ("to", "and", "a", "et", "au")
        and words[place + 2] in WEEKDAYS[lang]
    ):
        apart = (WEEKDAYS[lang][words[place + 2]] - day.weekday()) % 7
        before = " ".join(words[max(0, place - 3) : place])
        running = apart == 1 and words[place + 1] in ("and", "et") and words[place + 2] in WEEKDAYS[lang]
        if (
            (running or 0 < apart <= 3)
            and any(word in before for word in ("nuit", "from", "between", "entre", "night", "de ", "du "))
        ) or running:
            return place + 3, day + timedelta(days=apart)
    return None


def _last_weekday(weekday: int, published: date, strictly: bool) -> date:
    back = (published.weekday() - weekday) % 7
    return published - timedelta(days=back or (7 if strictly else 0))


def relative_date(
    text: Text, lang: str, place: int, published: date, counts: dict[int, Quantity]
) -> Dated | None:
    """ "Yesterday", "last week", "two days ago"; None where none begins here."""
    words = text.words
    near = FROM_PUBLICATION[lang].at(words, place)
    if near:
        day = published + timedelta(days=near[1])
        return one_day(place, place + near[0], day, "counted from publication", 0.9, "publication")
    if words[place] == "overnight" and not _names_its_night(words, place):
        before = published - timedelta(days=1)
        return Dated(
            place, place + 1, before, published, "days", "night before publication", 0.6, "publication"
        )
    period = PERIODS[lang].at(words, place)
    if period:
        begin, end = _period(period[1], published)
        return Dated(
            place,
            place + period[0],
            begin,
            end,
            precision_of(begin, end),
            "period before publication",
            0.6,
            "publication",
        )
    return _ago(text, lang, place, published, counts)


def _names_its_night(words: list[str], place: int) -> bool:
    """ "Overnight on Thursday", "Friday overnight": another word dates the night."""
    near = words[max(0, place - 2) : place] + words[place + 1 : place + 4]
    return any(word in WEEKDAYS["en"] or word in MONTHS["en"] for word in near)


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
    number = count.low if count.low is not None else count.high
    if unit is None or number is None or number * unit > 20_000:
        return None
    day = published - timedelta(days=number * unit)
    return _distant(place, after, day, unit, count, "publication")


def _distant(first: int, after: int, day: date, unit: int, count: Quantity, anchor: str) -> Dated:
    if unit == 1 and count.quantifier == "exact":
        return one_day(first, after, day, f"counted from {anchor}", 0.85, anchor)
    slack = timedelta(days=max(2, unit // 2))
    precision = "year" if unit == 365 else precision_of(day - slack, day + slack)
    return Dated(
        first, after, day - slack, day + slack, precision, f"about, counted from {anchor}", 0.5, anchor
    )


def with_anchored(
    text: Text, lang: str, dates: list[Dated], counts: dict[int, Quantity], published: date | None
) -> list[Dated]:
    """Add the dates that are told from an event before: "the next day", "two days earlier", "deux jours plus tôt"."""
    found = list(dates)
    for first, after, days in FROM_EVENT[lang].find(text.words, 0, len(text.words)):
        anchor = _first_told(text, found, first) if days == 0 else _anchor(found, first)
        if anchor and not _overlaps(dates, first, after):
            same = replace(
                anchor,
                first=first,
                after=after,
                rule="counted from the event before",
                confidence=0.8,
                anchor="event",
            )
            found.append(
                same
                if days == 0
                else one_day(
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
    before = follows[:1] in (["before"], ["avant"]) and follows[1:] in ([","], ["."], [";"])
    back = before or follows[:1] in (["earlier"], ["auparavant"]) or follows == ["plus", "tot"]
    on = follows[:1] == ["later"] or follows == ["plus", "tard"]
    if unit is None or count.low is None or not (back or on) or count.low * unit > 20_000:
        return None
    anchor = _anchor(found, first)
    base = anchor.begin if anchor else published
    if base is None:
        return None
    after = count.after + (2 if lang == "en" or before or follows[:1] == ["auparavant"] else 3)
    day = base + timedelta(days=count.low * unit * (1 if on else -1))
    dated = _distant(first, after, day, unit, count, "event")
    return (
        replace(dated, end=min(dated.end, base - timedelta(days=1))) if back and dated.begin < base else dated
    )


def _anchor(dates: list[Dated], place: int) -> Dated | None:
    """The date that a relative one counts from: the last day named before it."""
    before = [dated for dated in dates if dated.first < place and dated.precision in ("day", "days")]
    return before[-1] if before else None


def _first_told(text: Text, dates: list[Dated], place: int) -> Dated | None:
    """ "The same day", further down: the day of the event, not that of a reaction told in between."""
    begin = text.paragraph_of(place)[0]
    here = [dated for dated in dates if begin <= dated.first < place and dated.precision in ("day", "days")]
    reactions = [dated for dated in dates if _is_reaction(text, dated)]
    left = [dated for dated in dates if dated not in reactions]
    return here[-1] if here and here[-1] not in reactions else _anchor(left, place)


def _is_reaction(text: Text, dated: Dated) -> bool:
    return bool(_REACTIONS & set(text.words[max(0, dated.first - 8) : dated.first]))


_REACTIONS = wordset(
    "mourning deuil said announced told statement sent deployed begin begins buried condemned declared decreed annonce declare "
    "decrete depeches deployes communique condamne indique enterres"
)


def _overlaps(dates: list[Dated], first: int, after: int) -> bool:
    return any(dated.first < after and first < dated.after for dated in dates)
