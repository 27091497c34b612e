"""Charts and the small map: numbers for drawings, whatever the language of the page."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from events.web import charts
from events.web.locator import EQUATOR_KM, PLANE, locator

TODAY = date(2026, 11, 1)


def actor(
    slug: str, founded: str | None = None, dissolved: str | None = None, links: Any = ()
) -> dict[str, Any]:
    return {
        "slug": slug,
        "name": slug.upper(),
        "founded": founded,
        "dissolved": dissolved,
        "links": list(links),
    }


def step(to: str, when: str | None = None) -> dict[str, Any]:
    return {"to": to, "from": when, "words": f"joined {to}"}


def test_lifelines_run_in_order_of_founding_and_links_join_their_rows() -> None:
    chart = charts.lifelines(
        [actor("fla", "2024-11-30"), actor("mnla", "2011-10", "2024-11-30", [step("fla", "2024-11-30")])],
        "fla",
        TODAY,
    )
    assert chart is not None
    assert [row["slug"] for row in chart["rows"]] == ["mnla", "fla"]
    assert [row["self"] for row in chart["rows"]] == [False, True]
    assert chart["links"][0]["y"] == chart["rows"][1]["middle"]
    assert chart["links"][0]["x"] == chart["rows"][1]["left"] == chart["rows"][0]["right"]


def test_an_actor_whose_founding_nobody_gave_begins_with_its_first_step() -> None:
    chart = charts.lifelines([actor("a", None, None, [step("b", "2017")]), actor("b", "2010")], "a", TODAY)
    assert chart is not None
    assert [(row["slug"], row["rough"]) for row in chart["rows"]] == [("b", False), ("a", True)]


def test_no_lineage_is_no_chart() -> None:
    assert charts.lifelines([actor("a", "2010")], "a", TODAY) is None
    assert charts.deployments([{"slug": "a", "name": "A", "stays": [], "ticks": []}], TODAY) is None
    assert charts.years([], "incidents", "incidents") is None


def test_a_stay_without_an_end_reaches_today_and_a_vague_end_tapers() -> None:
    stays = [
        {"host": "Mali", "from": "2021-12", "to": "2025-06-06", "words": ""},
        {"host": "Niger", "from": "2024-04-10", "to": None, "words": ""},
    ]
    ticks = [{"date": "2025-06-06", "title": "leaves"}, {"date": "1990", "title": "before the chart"}]
    chart = charts.deployments([{"slug": "w", "name": "W", "stays": stays, "ticks": ticks}], TODAY)
    assert chart is not None
    first, second = chart["rows"]
    assert (first["open"], second["open"]) == (False, True)
    assert (first["name"], second["name"]) == ("W", "")
    assert [tick["title"] for tick in first["ticks"]] == ["leaves"]
    assert first["bar"].count("L") == second["bar"].count("L") == 7
    top_left, middle = first["bar"][1:].split("L")[0].split(), first["bar"].split("L")[-1].rstrip("Z").split()
    assert top_left == middle, "a vague beginning is a point"


def test_a_year_without_incidents_is_an_empty_place() -> None:
    rows = [
        {"period": "2020-01-01", "incidents": 2, "fatalities_low": 1, "fatalities_high": 4},
        {"period": "2022-01-01", "incidents": 1, "fatalities_low": 0, "fatalities_high": 2},
    ]
    chart = charts.years(rows, "fatalities_low", "fatalities_high")
    assert chart is not None
    left, right = chart["columns"]
    assert [year["year"] for year in chart["years"]] == ["2020", "2021", "2022"]
    assert float(left["height"]) == pytest.approx(charts.YEARS_HEIGHT * 3 / 4)
    assert float(right["middle"]) - float(left["middle"]) == pytest.approx(2 * charts.WIDEST_COLUMN)
    assert (left["low"], left["high"]) == ("1", "4")


def test_the_small_map_draws_the_true_radius() -> None:
    place = {"longitude": 0.0, "latitude": 0.0, "radius_km": 50, "location_precision": "admin2"}
    drawn = locator(place)
    assert drawn is not None
    assert (drawn["x"], drawn["y"]) == ("32768.00", "32768.00")
    assert float(drawn["radius"]) == pytest.approx(50 * PLANE / EQUATOR_KM, abs=0.01)
    assert locator({**place, "longitude": None}) is None


def test_coordinates_have_a_decimal_point_in_french_too(site: str) -> None:
    from urllib.request import urlopen

    with urlopen(f"{site}/actors/azawad-liberation-front/?lang=fr") as answer:
        page = answer.read().decode()
    assert 'class="link" d="M' in page
    assert not any("," in part.split('"')[0] for part in page.split(' d="M')[1:])
