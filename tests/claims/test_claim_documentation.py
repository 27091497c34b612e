"""docs/claims.md says what the code does, and its example runs."""

from __future__ import annotations

import doctest
from collections.abc import Iterable
from pathlib import Path

import pytest

from events.claims import quantifier_words, rules
from events.claims.codes import ClaimVerification, Measure, Stance
from events.claims.figures import Clause
from events.claims.overlap import MOST_COMBINED
from events.claims.quantifier_words import bound_rows, vague_rows

PAGE = Path(__file__).parents[2] / "docs" / "claims.md"


@pytest.fixture
def page() -> str:
    return PAGE.read_text(encoding="utf-8")


def table(rows: Iterable[tuple[str, ...]]) -> str:
    head = (("words", "quantifier", "low", "high"), ("---",) * 4)
    return "\n".join(f"| {' | '.join(row)} |" for row in (*head, *rows))


@pytest.mark.parametrize("lang", ["en", "fr"])
@pytest.mark.parametrize("rows", [vague_rows, bound_rows])
def test_the_page_shows_the_table_of_readings(page, rows, lang):
    assert table(rows(lang)) + "\n\n" in page


def test_the_page_names_the_versions(page):
    named = f"rule version {rules.VERSION} and quantifier table version {quantifier_words.VERSION}."
    assert named in " ".join(page.split())


def test_the_page_names_every_rule_and_clause(page):
    for name in (rules.REPORTED, rules.CONSERVATIVE, f"{rules.CLAIMANT}<key>"):
        assert f"| `{name}` |" in page
    for clause in Clause:
        assert clause is Clause.NO_NUMBER or f"`{clause.value}`:" in page
    assert MOST_COMBINED == 8
    assert "more than eight ways" in page


def test_the_page_names_every_code(page):
    codes = [*Stance, *ClaimVerification, *(measure for measure in Measure if "_" not in measure)]
    assert [code for code in codes if code.value not in page.lower()] == []


def test_the_example_of_the_page_comes_out_as_printed():
    tried = doctest.testfile(str(PAGE), module_relative=False, encoding="utf-8")
    assert (tried.failed, tried.attempted > 5) == (0, True)
