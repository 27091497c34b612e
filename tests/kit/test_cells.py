"""Cells that no spreadsheet runs, and that give back what was put in."""

import csv
import io

import pytest
from hypothesis import given
from hypothesis import strategies as st

from conflict.kit.cells import neutral, original
from conflict.kit.csvtext import csv_line

DANGEROUS = "=+-@\t\r＝＋－＠"


@given(st.text(max_size=30), st.text("'" + DANGEROUS + " 1a", max_size=8))
def test_the_way_back_leads_to_the_same_text(rest, start):
    text = start + rest
    assert original(neutral(text)) == text


@given(st.sampled_from(DANGEROUS), st.text(max_size=20))
def test_no_cell_begins_with_a_sign_that_starts_a_formula(sign, rest):
    cell = neutral(sign + rest)
    assert cell[0] == "'" or float(cell) is not None


@pytest.mark.parametrize(
    "text", ["=1+1", "+cmd", "-a", "@SUM(A1)", "\tx", "\rx", "\nx", "＝1", "＋1+1", "  =1", "-1+1", "- 5"]
)
def test_formulas_are_made_text(text):
    assert neutral(text) == "'" + text


@pytest.mark.parametrize(
    "text", ["-5", "+3.2", "-1e-3", "0", "12.5", "Gao", "", "a=b", "d'Ivoire", "'quoted'", "e-mail"]
)
def test_numbers_and_plain_text_are_left_alone(text):
    assert neutral(text) == text == original(text)


CELLS = st.one_of(
    st.text(max_size=20).filter(lambda text: "\0" not in text), st.integers(), st.none(), st.booleans()
)


@given(st.lists(CELLS, min_size=2, max_size=6))
def test_a_line_is_read_back_by_any_csv_reader(values):
    line = csv_line(values)
    (row,) = csv.reader(io.StringIO(line, newline=""))
    said = [
        "" if value is None else str(value).lower() if isinstance(value, bool) else str(value)
        for value in values
    ]
    assert [original(cell) for cell in row] == said
    assert line.endswith("\r\n")
