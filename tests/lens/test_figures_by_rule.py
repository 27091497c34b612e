"""Figures by another rule: sums, filters and orders go by what each incident's own claims say under it."""

from __future__ import annotations

from importlib import import_module
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from events.answers import estimates
from events.answers.pages import counted, read_page
from events.claims.rules import REPORTED
from events.lens import answers
from events.lens.copied import Copied
from events.lens.exact import Exact
from events.query.estimating import DISPUTED, FIGURES, figures, rule_of
from events.query.incidents import BoundQuery
from events.record import reading
from events.record.known import query
from tests.lens.test_lens_equals_sql import LATEST, RULES, bound, property_test, questions

DEATHS = ("fatalities_low", "fatalities_best", "fatalities_high")


def by_their_claims(asked: BoundQuery) -> list[dict[str, Any]]:
    """Every incident under the filters that are no figures, with what its own claims say under the rule."""
    plain = [(name, text) for name, text in asked.asked.texts if name not in ("contested", *LIMITS)]
    everything = bound([*plain, ("as_of", str(asked.known.number))])
    where, book = everything.where(), asked.known.actors
    rows = reading.rows(["*"], where.sql, where.params, everything.order_by(), 10**6)
    rule = rule_of(asked.asked.estimate, book)
    return [
        {**row, **estimates.columns(figures(row, rule, book))}
        if row["document"].get("claims") or rule != REPORTED
        else row
        for row in rows
    ]


LIMITS = {
    "fatalities_min": lambda best, least: best >= least,
    "fatalities_max": lambda best, most: best <= most,
}


def kept(asked: BoundQuery, row: dict[str, Any]) -> bool:
    """Whether a row's figures pass the filters on figures."""
    values, best = asked.values, row["fatalities_best"]
    if "contested" in values and row["contested"] != values["contested"]:
        return False
    return all(
        best is not None and holds(best, values[name]) for name, holds in LIMITS.items() if name in values
    )


@property_test
@given(pairs=questions(), rule=st.sampled_from(RULES))
def test_an_aggregate_is_the_sum_over_the_details(
    copy: Copied, pairs: list[tuple[str, str]], rule: str
) -> None:
    pairs = [("estimate", rule) if name == "estimate" else (name, text) for name, text in pairs]
    # Publication 0 is empty, and a rule's claimant is unknown before the first one.
    asked = bound(pairs)
    rows = [row for row in by_their_claims(asked) if kept(asked, row)]
    expected = {"incidents": len(rows)} | {name: sum(row[name] or 0 for row in rows) for name in DEATHS}
    for engine in (copy, Exact()):
        totals = answers.totals(engine, asked)
        assert {name: totals[name] for name in expected} == expected
        bars = answers.timeline(engine, asked, "year", "verification")
        assert {name: sum(bar[name] for bar in bars) for name in expected} == expected


@pytest.mark.parametrize("rule", RULES)
@pytest.mark.parametrize("as_of", [3, 12, LATEST])
def test_a_page_shows_each_incidents_figures_and_orders_by_them(record: None, rule: str, as_of: int) -> None:
    asked = bound([("estimate", rule), ("as_of", str(as_of)), ("order", "-fatalities"), ("limit", "300")])
    expected = sorted(
        by_their_claims(asked),
        key=lambda row: (-1 if row["fatalities_best"] is None else row["fatalities_best"], row["id"]),
        reverse=True,
    )
    found = read_page(asked, ["id", *FIGURES])
    shown = [{name: row[name] for name in ("id", *FIGURES)} for row in found.rows]
    assert shown == [{name: row[name] for name in ("id", *FIGURES)} for row in expected[:300]]
    behind = bound([*pairs_of(asked), ("cursor", str(found.following))])
    assert [row["id"] for row in read_page(behind, ["id"]).rows] == [row["id"] for row in expected[300:600]]


def pairs_of(asked: BoundQuery) -> list[tuple[str, str]]:
    """The question as it was asked."""
    rule, number = asked.asked.estimate, str(asked.known.number)
    return [("estimate", rule), ("as_of", number), ("order", "-fatalities"), ("limit", "300")]


def test_the_record_has_disputed_versions_and_ready_made_ones(record: None) -> None:
    disputed, made = query(
        f"SELECT count(*) FILTER (WHERE {DISPUTED}), count(*) FILTER (WHERE NOT {DISPUTED} AND claims > 0)"
        " FROM record.incident_version WHERE state = 'published'",
        [],
    )[0]
    assert disputed > 1000 and made > 500


def test_the_index_holds_the_disputed_versions(record: None) -> None:
    assert import_module("events.migrations.0008_disputed_figures").DISPUTED == DISPUTED


@pytest.mark.parametrize("rule", RULES)
@pytest.mark.parametrize("filters", [[], [("fatalities_min", "5")], [("contested", "true")]])
def test_a_page_in_order_of_date_shows_the_same_figures(
    record: None, rule: str, filters: list[tuple[str, str]]
) -> None:
    asked = bound([("estimate", rule), ("as_of", "12"), ("limit", "200"), *filters])
    expected = [row for row in by_their_claims(asked) if kept(asked, row)]
    found = read_page(asked, ["id", *FIGURES])
    shown = [{name: row[name] for name in ("id", *FIGURES)} for row in found.rows]
    assert shown == [{name: row[name] for name in ("id", *FIGURES)} for row in expected[:200]]
    assert counted(asked)[0] == len(expected)
