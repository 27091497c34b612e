"""Numbers that people send: ASCII digits, finite, in range, or a problem that says so."""

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from conflict.kit.choices import read_choice, read_flag
from conflict.kit.numbers import LARGEST, read_float, read_int
from conflict.kit.problems import Problem

ODD = [
    "",
    " ",
    "NaN",
    "nan",
    "Infinity",
    "-inf",
    "1e400",
    "1_000",
    "１２",
    "٣",
    "0x10",
    "1,5",
    " 1",
    "1 ",
    "+1",
    "--1",
    "1\n",
]
ODD += ["1\x00", "9" * 400, "-", ".", "1e", "1.e", "½", "²"]


@pytest.mark.parametrize("text", ODD)
def test_odd_spellings_are_refused_by_both_readers(text):
    for problem in (read_int("limit", text, -10, 10**6), read_float("limit", text, -(10.0**9), 10.0**9)):
        assert isinstance(problem, Problem)
        assert (problem.field, problem.value) == ("limit", text)


@given(st.integers(-LARGEST, LARGEST))
def test_every_whole_number_in_range_is_read(number):
    assert read_int("n", str(number), -LARGEST, LARGEST) == number


@given(st.integers(), st.integers(-1000, 1000), st.integers(-1000, 1000))
def test_the_range_holds_at_both_ends(number, one, other):
    low, high = sorted((one, other))
    read = read_int("n", str(number), low, high)
    assert read == number if low <= number <= high else isinstance(read, Problem)


@given(st.floats(-180, 180))
def test_the_decimal_numbers_that_a_browser_writes_are_read(number):
    text = repr(number)
    read = read_float("lon", text, -180, 180)
    if abs(number) >= 1e-90 or number == 0:
        assert read == number
        assert math.copysign(1, read) == 1 or number < 0, "minus zero is zero"


@given(st.text(max_size=12))
def test_no_text_ever_breaks_a_reader(text):
    for read in (read_int("n", text, 0, 10), read_float("n", text, 0, 10)):
        assert isinstance(read, Problem) or 0 <= read <= 10


def test_the_problem_says_the_range():
    problem = read_int("limit", "20000", 1, 10000)
    assert isinstance(problem, Problem) and problem.valid == "a whole number from 1 to 10000"


def test_choices_and_flags_have_one_spelling():
    assert read_choice("order", "date", ["date", "-date"]) == "date"
    assert read_flag("contested", "true") is True and read_flag("contested", "false") is False
    near = read_choice("event_type", "batle", ["battle", "unrest"])
    assert isinstance(near, Problem) and near.nearest == "battle"
    for text in ("True", "1", "yes", ""):
        assert isinstance(read_flag("contested", text), Problem)
