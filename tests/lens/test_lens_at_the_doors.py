"""The doors that show counts say what the lens counts."""

from __future__ import annotations

import pytest
from django.test import Client

pytestmark = pytest.mark.usefixtures("world")


@pytest.fixture
def api() -> Client:
    return Client(headers={"host": "localhost"})


@pytest.mark.parametrize("measure", ["incidents", "fatalities_low", "fatalities_best", "fatalities_high"])
def test_a_timeline_of_one_measure_has_that_figure_and_no_other(api: Client, measure: str) -> None:
    whole = api.get("/api/v1/timeline?interval=year").json()["data"]
    one = api.get(f"/api/v1/timeline?interval=year&measure={measure}").json()
    assert one["measure"] == measure
    assert one["data"] == [{name: row[name] for name in ("period", "key", measure)} for row in whole]


def test_a_measure_that_is_none_is_refused_with_those_there_are(api: Client) -> None:
    response = api.get("/api/v1/timeline?measure=deaths")
    assert response.status_code == 400
    assert response.json()["problems"][0]["field"] == "measure"


def test_a_timeline_by_actor_agrees_with_the_facet(api: Client) -> None:
    bars = api.get("/api/v1/timeline?interval=year&by=actor").json()["data"]
    facet = {
        value["value"]: value["incidents"] for value in api.get("/api/v1/facets").json()["data"]["actor"]
    }
    sums: dict[str, int] = {}
    for bar in bars:
        sums[bar["key"]] = sums.get(bar["key"], 0) + bar["incidents"]
    assert sums == facet
    assert len(sums) > 20


@pytest.mark.parametrize("switch", ["auto", "off"])
def test_health_says_what_counts(api: Client, settings, switch: str) -> None:
    settings.LENS = switch
    said = api.get("/health/ready").json()["lens"]
    assert said["counts_on"] == "record"
    assert said["why"] == {"auto": "nobody has asked yet", "off": "LENS=off"}[switch]


def test_the_tilejson_leaves_no_country_of_the_record_out_of_its_bounds(world: None) -> None:
    bounds = Client(headers={"host": "localhost"}).get("/tiles/incidents.json").json()["bounds"]
    south_of_cameroon, east_of_sudan, north_of_algeria, west_of_senegal = 1.7, 38.6, 37.1, -17.6
    assert bounds[0] <= west_of_senegal and bounds[1] <= south_of_cameroon
    assert bounds[2] >= east_of_sudan and bounds[3] >= north_of_algeria
