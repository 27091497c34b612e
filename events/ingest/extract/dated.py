"""A date as a report gives it: first and last day, how exact, and what it was counted from."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date


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


def one_day(first: int, after: int, day: date, rule: str, confidence: float, anchor: str = "") -> Dated:
    """A date of a single day."""
    return Dated(first, after, day, day, "day", rule, confidence, anchor)


def precision_of(begin: date, end: date) -> str:
    """The precision code of a range of days, both included."""
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


def real_date(year: int, month: int, day: int) -> date | None:
    """The day, or None where the calendar has none such."""
    try:
        return date(year, month, day)
    except ValueError:
        return None
