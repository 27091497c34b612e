"""How a row of the record is said in words: dates, places, figures. Every figure says who says it."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from conflict.kit.codes import Code
from conflict.kit.dates import PartialDate
from conflict.kit.messages import number, say
from events.codes import DatePrecision, EventSubtype, EventType, LocationPrecision
from events.countries import country_name

Row = Mapping[str, Any]
# The incidents that ship with the product; pages say of them what they are.
SAMPLE = "sample"
# Datasets whose figures come ready made, as people call them.
DATASETS = {"ucdp-ged": "UCDP GED"}


def label(codes: type[Code], value: str | None, lang: str) -> str:
    """The label of a code; a code that this version does not know is shown as it is."""
    if not value:
        return ""
    found: Code | None = next((code for code in codes if code.value == value), None)
    return found.label_in(lang) if found is not None else value


def type_words(row: Row, lang: str) -> str:
    """`Battle: ambush`, or the type alone where no sub-type is known."""
    first = label(EventType, row["event_type"], lang)
    second = label(EventSubtype, row.get("event_subtype"), lang)
    colon = " : " if lang == "fr" else ": "
    return f"{first}{colon}{second[0].lower()}{second[1:]}" if second else first


def day_words(day: str | date, lang: str) -> str:
    """`13 June 2025`; partial dates as far as they are known."""
    return PartialDate.parse(str(day)).in_words(lang)


def when_words(row: Row, lang: str) -> str:
    """The date range of an incident, as precisely as it is known: a day, a range of days, a month."""
    first, last = str(row["date_start"]), str(row["date_end"])
    if row["date_precision"] in (DatePrecision.MONTH, DatePrecision.LONGER):
        first, last = first[:7], last[:7]
    return span_words(first, last, lang)


def span_words(first: str, last: str, lang: str) -> str:
    """Two dates of the same precision as one text; what they have in common is said once."""
    start, end = PartialDate.parse(first), PartialDate.parse(last)
    if start == end:
        return end.in_words(lang)
    if start.day and (start.year, start.month) == (end.year, end.month):
        begin = "1er" if lang == "fr" and start.day == 1 else str(start.day)
        return f"{begin}–{end.in_words(lang)}"
    if start.year == end.year:
        return f"{start.in_words(lang).rsplit(' ', 1)[0]} – {end.in_words(lang)}"
    return f"{start.in_words(lang)} – {end.in_words(lang)}"


def years_words(first: str | None, last: str | None, lang: str) -> str:
    """A span with open ends: `since March 2017`, `2013 – May 2014`, empty where nothing is known."""
    begin, end = (day_words(d, lang) if d else "" for d in (first, last))
    if begin and end:
        return begin if begin == end else say(lang, "actors.span", **{"from": begin, "to": end})
    if begin:
        return say(lang, "actors.since", **{"from": begin})
    return say(lang, "actors.until", to=end) if end else ""


def where_words(row: Row, lang: str) -> str:
    """`Aguelhok, Kidal, Mali`, as far as it is known."""
    names = [
        row.get("place"),
        row.get("admin2_name"),
        row.get("admin1_name"),
        country_name(row["country"], lang),
    ]
    return ", ".join(dict.fromkeys(str(name) for name in names if name))


def precision_words(row: Row, lang: str) -> str:
    """How precisely the place is known; empty for an exact place."""
    if row["location_precision"] == LocationPrecision.EXACT:
        return ""
    return label(LocationPrecision, row["location_precision"], lang)


def range_words(figures: Row, lang: str) -> str:
    """`27`, `27–109`, with `+` where no upper end is given; empty where there is no number."""
    low, high = figures.get("low"), figures.get("high")
    given = [n for n in (low, high) if n is not None]
    if not given:
        return ""
    text = "–".join(number(lang, n) for n in dict.fromkeys(given))
    return f"{text}+" if figures.get("open_ended") else text


def is_coded(row: Row) -> bool:
    """Whether the figures come ready made from a dataset, not from claims that we hold side by side."""
    return row.get("dataset") not in (None, SAMPLE)


def figure_words(row: Row, lang: str) -> str:
    """The deaths of a list row and whose figure it is: `10–99 deaths claimed`, `6 deaths coded by UCDP GED`."""
    low, high, open_ended = row["fatalities_low"], row["fatalities_high"], bool(row["open_ended"])
    if low is None and high is None:
        return say(lang, "figure.unknown")
    low = 0 if low is None else low
    high = low if high is None else high
    if is_coded(row):
        return _coded(low, high, str(row["dataset"]), lang)
    if high == 0 and not open_ended:
        return say(lang, "figure.none")
    return _claimed(low, high, open_ended, lang)


def _coded(low: int, high: int, dataset: str, lang: str) -> str:
    name = DATASETS.get(dataset, dataset)
    if low == high:
        return say(lang, "figure.coded", n=low, dataset=name)
    return say(lang, "figure.coded_range", low=low, high=high, dataset=name)


def _claimed(low: int, high: int, open_ended: bool, lang: str) -> str:
    if low == high:
        return say(lang, "figure.deaths_open", low=low) if open_ended else say(lang, "figure.deaths", n=low)
    key = "figure.deaths_range_open" if open_ended else "figure.deaths_range"
    return say(lang, key, low=low, high=high)
