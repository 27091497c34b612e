"""Foreign forces, milestones and yearly areas: what the drawings are made from."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from events.web import areas, force_chart
from events.web.forces import joined
from tests.web.test_pages import get

TODAY = date(2026, 11, 1)


def stay(start: str | None, end: str | None) -> dict[str, Any]:
    return {"host": "Mali", "words": "Mali", "from": start, "to": end}


def said(when: str | None, **more: str) -> dict[str, Any]:
    words = {"number": "100", "who": "its spokesman", "host": "Mali", "jointly": ""}
    return {"when": when, "on": when or "", **words, **more}


def force(**more: Any) -> dict[str, Any]:
    return {
        "name": "F",
        "url": "/f",
        "deployments": [],
        "strength": [],
        "milestones": [],
        "months": [],
        **more,
    }


@pytest.mark.parametrize(
    ("stays", "spans"),
    [
        ([("2014-08-01", "2022-08-15"), ("2014-08-01", "2022-11-09")], [("2014-08-01", "2022-11-09")]),
        ([("2013", "2014-07"), ("2016-02", None)], [("2013-01-01", "2014-07-31"), ("2016-02-01", None)]),
        ([("2013", None), ("2014", "2015")], [("2013-01-01", None)]),
        ([(None, "2023-12-22"), (None, "2023")], [(None, "2023-12-31")]),
        ([(None, "2015"), ("2014", "2016")], [(None, "2015-12-31"), ("2014-01-01", "2016-12-31")]),
        ([], []),
    ],
)
def test_stays_that_touch_are_one_span_and_a_gap_stays_a_gap(stays: Any, spans: Any) -> None:
    assert joined([{"from": start, "to": end} for start, end in stays]) == spans


def test_a_statement_says_when_how_many_with_whom_where_and_who_says_it() -> None:
    both = [stay("2013", None), stay("2014", None)]
    chart = force_chart.drawn(
        [force(deployments=both, strength=[said("2015-02-01", jointly="jointly with G"), said(None)])],
        TODAY,
        "en",
    )
    assert chart is not None
    (statement,) = chart["blocks"][0]["said"]
    assert statement["words"] == "2015-02-01 · 100 · jointly with G · Mali · its spokesman"


def test_statements_of_one_time_stand_above_each_other_and_late_ones_are_written_to_the_left() -> None:
    given = [said("2014-01-01"), said("2014-02-01"), said("2026-10-01")]
    chart = force_chart.drawn([force(deployments=[stay("2013", None)], strength=given)], TODAY, "en")
    assert chart is not None
    first, second, late = chart["blocks"][0]["said"]
    assert float(first["y"]) < float(second["y"])
    assert (first["anchor"], late["anchor"]) == ("start", "end")
    assert late["y"] == first["y"], "where nothing is in the way"


def test_a_bar_whose_beginning_is_not_known_is_a_stub_before_its_end() -> None:
    chart = force_chart.drawn([force(deployments=[stay("2013", None), stay(None, "2024-08")])], TODAY, "en")
    assert chart is not None
    known, unknown = chart["blocks"][0]["stays"]
    assert (known["unknown"], unknown["unknown"]) == (False, True)
    assert (known["open"], unknown["open"]) == (True, False)
    left = float(unknown["bar"][1:].split(" ")[0])
    assert float(unknown["end"]) - 3 - left == pytest.approx(force_chart.STUB, abs=0.2)


def test_months_of_all_forces_are_on_one_scale_under_their_own_block() -> None:
    busy = force(deployments=[stay("2013", None)], months=[{"period": "2020-01-01", "incidents": 10}])
    quiet = force(deployments=[stay("2013", None)], months=[{"period": "2020-01-01", "incidents": 5}])
    chart = force_chart.drawn([busy, quiet], TODAY, "en")
    assert chart is not None
    (one,), (two,) = (block["columns"] for block in chart["blocks"])
    assert float(one["height"]) == pytest.approx(2 * float(two["height"]), abs=0.11)
    assert one["x"] == two["x"]
    assert float(one["y"]) < float(two["y"])
    assert [block["busiest_words"] for block in chart["blocks"]] == [
        "at most 10 a month",
        "at most 5 a month",
    ]


def test_no_force_is_no_chart() -> None:
    assert force_chart.drawn([], TODAY, "en") is None


def square(column: int | None, row: int | None, incidents: int = 1) -> dict[str, Any]:
    return {"year": 2020, "column": column, "row": row, "incidents": incidents}


def test_squares_go_by_steps_and_places_known_roughly_are_counted_not_drawn() -> None:
    rows = [square(250, 230), square(251, 230, 4), square(252, 230, 20), square(None, None, 3)]
    assert areas.paths(rows) == ["M250 230h1v1h-1z", "M251 230h1v1h-1z", "", "M252 230h1v1h-1z"]
    drawn = areas.year_map(2020, rows, "/?actor=a", "en")
    assert drawn["words"] == "2020: 28 incidents, 25 of them drawn"
    assert drawn["rough"] == "3 known only roughly"
    assert [part["step"] for part in drawn["paths"]] == [1, 2, 4]


@pytest.mark.parametrize("squares", [[(250, 230)], [(240, 220), (260, 221)], [(240, 200), (241, 240)]])
def test_every_year_shows_the_same_part_of_the_world_with_every_square_in_it(squares: Any) -> None:
    x, y, width, height = areas.around([square(*place) for place in squares])
    assert width / height == pytest.approx(areas.SHAPE)
    for column, row in squares:
        assert x < column * areas.SQUARE and (column + 1) * areas.SQUARE < x + width
        assert y < row * areas.SQUARE and (row + 1) * areas.SQUARE < y + height


def test_squares_hold_the_incidents_that_the_years_count(site: str) -> None:
    from events.query.incidents import IncidentQuery
    from events.record.actors import squares_by_year

    asked = IncidentQuery.read([("actor", "malian-armed-forces")]).bound()
    where = asked.where()
    found = squares_by_year(where.sql, where.params, areas.BITS)
    latest = [entry for entry in found if entry["year"] == 2025]
    assert sum(entry["incidents"] for entry in latest) == 7
    # Mali lies between 12.3° W and 4.3° E, 10.1° and 25.0° N (Natural Earth).
    placed = [entry for entry in found if entry["column"] is not None]
    assert placed
    assert all(238 <= entry["column"] <= 262 and 218 <= entry["row"] <= 242 for entry in placed)


def test_an_unknown_value_of_areas_is_refused_with_what_is_valid(site: str) -> None:
    status, _, body = get(site, "/actors/malian-armed-forces/?areas=some")
    assert status == 400
    assert "<code>areas</code>" in body and "Valid: all." in body
    assert get(site, "/actors/malian-armed-forces/?areas=all")[0] == 200


def test_milestones_are_asked_for_again_only_when_they_changed(site: str) -> None:
    status, headers, body = get(site, "/milestones/?lang=en")
    assert status == 200
    assert "Signed: Agreement for Peace and Reconciliation in Mali" in body
    assert get(site, "/milestones/?lang=en", **{"If-None-Match": headers["ETag"]})[0] == 304
    assert get(site, "/milestones/?lang=fr", **{"If-None-Match": headers["ETag"]})[0] == 200
