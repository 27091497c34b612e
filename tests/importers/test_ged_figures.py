"""Figures of imported events under other rules: the closed form that counts use is what their own claims say."""

from __future__ import annotations

import pytest

from events.answers import estimates
from events.query.estimating import DISPUTED, FIGURES, figures, rule_of
from events.query.incidents import WITH_ESTIMATE, IncidentQuery
from events.record import reading
from events.record.known import query
from tests.importers.ged_rows import VARIED, write
from tests.importers.test_import_ged import desk, load  # noqa: F401  # a fixture

RULES = ("reported", "conservative", "claimant:source:ucdp-ged", "claimant:source:wire", "claimant:civilians")


@pytest.mark.parametrize("rule", RULES)
def test_the_closed_form_is_what_the_claims_say(desk, tmp_path, rule):  # noqa: F811
    load(write(tmp_path / "GEDEvent_v25_1.csv", VARIED))
    asked = IncidentQuery.read([("estimate", rule)], settings=WITH_ESTIMATE).bound()
    where, book = asked.where(), asked.known.actors
    stored = reading.rows(["*"], where.sql, where.params, "id", 1000)
    shown = reading.rows(["id", *FIGURES], where.sql, where.params, "id", 1000, source=asked.source)
    key = rule_of(rule, book)
    assert shown == [{"id": row["id"], **estimates.columns(figures(row, key, book))} for row in stored]
    assert len(stored) > 5
    assert query(f"SELECT count(*) FROM record.incident_version WHERE {DISPUTED}", []) == [(0,)]
