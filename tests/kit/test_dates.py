"""Days and partial dates: strict reading, honest comparison, both ends of a range."""

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from conflict.kit.dates import (
    PartialDate,
    both_included,
    half_open,
    read_date,
    read_instant,
    read_partial_date,
)
from conflict.kit.problems import Problem, Refused

DAYS = st.dates(date(1900, 1, 1), date(2100, 12, 31))


@st.composite
def partial_dates(draw):
    day = draw(DAYS)
    month = draw(st.sampled_from([day.month, None]))
    return PartialDate(day.year, month, day.day if month and draw(st.booleans()) else None)


@given(partial_dates())
def test_what_is_written_is_read_back(partial):
    assert PartialDate.parse(str(partial)) == partial


@given(partial_dates(), DAYS)
def test_first_and_last_day_bound_exactly_the_days_that_it_covers(partial, day):
    assert partial.covers(partial.first_day) and partial.covers(partial.last_day)
    assert not partial.covers(partial.first_day - timedelta(days=1))
    assert not partial.covers(partial.last_day + timedelta(days=1))
    assert partial.covers(day) == str(PartialDate.of(day)).startswith(str(partial))


@given(partial_dates(), partial_dates())
def test_two_dates_overlap_or_one_is_certainly_before_the_other(one, other):
    assert one.overlaps(other) + one.certainly_before(other) + other.certainly_before(one) == 1
    if one.certainly_before(other):
        assert one < other


@given(st.lists(partial_dates()))
def test_a_list_sorts_in_time_with_the_vaguer_date_first(dates):
    ordered = sorted(dates)
    assert [str(partial) for partial in ordered] == sorted(str(partial) for partial in dates)


@pytest.mark.parametrize(
    ("text", "first", "last", "precision"),
    [
        ("2024", date(2024, 1, 1), date(2024, 12, 31), "year"),
        ("2024-02", date(2024, 2, 1), date(2024, 2, 29), "month"),
        ("2025-06-13", date(2025, 6, 13), date(2025, 6, 13), "day"),
    ],
)
def test_a_partial_date_spans_what_it_leaves_open(text, first, last, precision):
    partial = PartialDate.parse(text)
    assert (partial.first_day, partial.last_day, partial.precision) == (first, last, precision)


@pytest.mark.parametrize(
    ("text", "english", "french"),
    [
        ("2017", "2017", "2017"),
        ("2017-03", "March 2017", "mars 2017"),
        ("2017-03-02", "2 March 2017", "2 mars 2017"),
        ("2014-08-01", "1 August 2014", "1er août 2014"),
    ],
)
def test_a_partial_date_is_said_in_two_languages(text, english, french):
    partial = PartialDate.parse(text)
    assert (partial.in_words("en"), partial.in_words("fr")) == (english, french)


BAD = [
    "",
    "17",
    "2017-3",
    "2017-13",
    "2017-00",
    "2017-02-30",
    "2017-02-00",
    "1899",
    "2101",
    "2017-03-02T00:00:00",
]
BAD += [
    "２０１７",
    "20170302",
    "2017-W10",
    "2017-061",
    " 2017",
    "2017\n",
    "03/02/2017",
    "-2017",
    "2017-03-",
    "today",
]


@pytest.mark.parametrize("text", BAD)
def test_no_other_spelling_is_a_date(text):
    for problem in (read_partial_date("since", text), read_date("since", text)):
        assert isinstance(problem, Problem) and problem.field == "since" and "1900" in problem.valid
    with pytest.raises(Refused):
        PartialDate.parse(text)


def test_a_full_day_is_asked_for_where_a_day_is_needed():
    assert read_date("since", "2025-06-13") == date(2025, 6, 13)
    assert isinstance(read_date("since", "2025-06"), Problem)


@pytest.mark.parametrize("parts", [(2025, None, 3), (2025, 13), (1800,), (2023, 2, 29)])
def test_a_date_that_does_not_exist_cannot_be_made(parts):
    with pytest.raises(ValueError):
        PartialDate(*parts)


@pytest.mark.parametrize(
    ("text", "instant"),
    [
        ("2025-07-01T12:00:00Z", datetime(2025, 7, 1, 12, tzinfo=UTC)),
        ("2025-07-01T12:00:00.25+02:00", datetime(2025, 7, 1, 10, 0, 0, 250000, tzinfo=UTC)),
    ],
)
def test_an_instant_is_answered_in_utc(text, instant):
    assert read_instant("as_of", text) == instant


@pytest.mark.parametrize(
    "text",
    [
        "2025-07-01",
        "2025-07-01T12:00:00",
        "2025-07-01 12:00:00Z",
        "2025-07-01T25:00:00Z",
        "2025-07-01T12:00:00 02:00",
    ],
)
def test_an_instant_without_its_offset_is_refused(text):
    assert isinstance(read_instant("as_of", text), Problem)


@given(DAYS, DAYS)
def test_a_range_includes_its_last_day(one, other):
    first, last = sorted((one, other))
    start, after = half_open(first, last)
    assert start == first and after - last == timedelta(days=1)
    assert both_included(start, after) == (first, last)


def test_a_range_that_ends_before_it_begins_is_refused():
    with pytest.raises(ValueError, match="before it begins"):
        half_open(date(2025, 6, 2), date(2025, 6, 1))
    with pytest.raises(ValueError, match="no day"):
        both_included(date(2025, 6, 2), date(2025, 6, 2))
