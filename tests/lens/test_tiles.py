"""Tiles: GDAL reads them, nothing is lost or doubled, neighbours agree, none is large."""

from __future__ import annotations

import math
from collections import Counter
from pathlib import Path

import pytest

from conflict.kit.mercator import BITS, Tile
from events.codes import RADIUS_KM
from events.lens import tiles
from events.lens.copied import Copied
from events.lens.counts import GRID_BITS, Point
from events.query.incidents import BoundQuery, IncidentQuery
from events.record.known import query
from tests.lens.gdal_tiles import read

ALL = "SELECT id, mx, my, event_type, fatalities_best, contested, verification, location_precision"
CURRENT = (
    "FROM record.incident_version WHERE known_to = 2147483647 AND state = 'published' AND mx IS NOT NULL"
)


def asked(*pairs: tuple[str, str]) -> BoundQuery:
    return IncidentQuery.read(pairs).bound()


def located() -> list[tuple[str, int, int]]:
    """(id, x, y) of everything on the map."""
    return query(f"SELECT id, mx, my {CURRENT}", [])


def own(feature: dict, at: Tile) -> bool:
    """Whether a feature lies in the tile itself, not in its margin."""
    width = 2 ** (BITS - at.z)
    return at.x <= feature["x"] / width < at.x + 1 and at.y <= feature["y"] / width < at.y + 1


def test_a_few_incidents_are_points_at_every_zoom_with_all_that_a_map_draws(
    copy: Copied, tmp_path: Path
) -> None:
    battles = {
        row[0]: row[1:] for row in query(f"{ALL} {CURRENT} AND event_type = 'battle' AND country = 'MLI'", [])
    }
    at = Tile(0, 0, 0)
    found = read(tiles.tile(copy, asked(("event_type", "battle"), ("country", "MLI")), at), at, tmp_path)
    assert found.keys() == {"incidents"}
    assert {feature["id"] for feature in found["incidents"]} == set(battles)
    step = 2**BITS / 4096
    for feature in found["incidents"]:
        x, y, event_type, best, contested, verification, precision = battles[feature["id"]]
        assert abs(feature["x"] - x) <= step and abs(feature["y"] - y) <= step
        assert (feature["t"], feature["c"], feature["v"], feature["p"]) == (
            event_type,
            int(contested),
            verification,
            precision,
        )
        assert feature["r"] == RADIUS_KM[precision]
        assert feature["n"] == best or (best is None and math.isnan(feature["n"]))


@pytest.mark.parametrize("zoom", [0, 3, 5, 7, 9, 14])
def test_at_every_zoom_each_incident_is_shown_or_counted_exactly_once(
    copy: Copied, tmp_path: Path, zoom: int
) -> None:
    everything = located()
    assert len(everything) > tiles.POINTS_EVERYWHERE
    shown, counted = Counter[str](), 0
    places = sorted({(x >> (BITS - zoom), y >> (BITS - zoom)) for _, x, y in everything})
    sampled = places if zoom < 9 else places[::25]
    for x, y in sampled:
        at = Tile(zoom, x, y)
        found = read(tiles.tile(copy, asked(), at), at, tmp_path)
        shown.update(feature["id"] for feature in found.get("incidents", []) if own(feature, at))
        counted += sum(feature["n"] for feature in found.get("cells", []) if own(feature, at))
    there = [one for one, x, y in everything if (x >> (BITS - zoom), y >> (BITS - zoom)) in set(sampled)]
    assert sum(shown.values()) + counted == len(there)
    assert set(shown) <= set(there) and not [one for one, times in shown.items() if times > 1]


def test_a_cell_counts_deaths_and_names_the_commonest_type(copy: Copied, tmp_path: Path) -> None:
    at = Tile(4, 7, 7)
    shift = BITS - at.z - GRID_BITS
    rows = query(
        f"SELECT mx >> {shift}, my >> {shift}, count(*), sum(fatalities_best),"
        f" mode() WITHIN GROUP (ORDER BY event_type) {CURRENT} GROUP BY 1, 2",
        [],
    )
    exact = {(x, y): (count, deaths or 0, commonest) for x, y, count, deaths, commonest in rows}
    cells = read(tiles.tile(copy, asked(), at), at, tmp_path)["cells"]
    assert len(cells) > 5
    for cell in cells:
        place = int(cell["x"]) >> shift, int(cell["y"]) >> shift
        assert (cell["n"], cell["d"], cell["t"]) == exact[place]
        assert cell["n"] > tiles.POINTS_PER_CELL


def said(features: list[dict]) -> set[tuple]:
    """What features say, without their place, which each tile rounds to its own steps."""
    return {
        (feature["t"], feature.get("id"), None if math.isnan(feature["n"]) else feature["n"])
        for feature in features
    }


def test_neighbours_agree_on_the_margin_between_them(copy: Copied, tmp_path: Path) -> None:
    left, right = Tile(5, 15, 14), Tile(5, 16, 14)
    width = 2 ** (BITS - 5)
    mine, theirs = (
        [
            feature
            for layer in read(tiles.tile(copy, asked(), at), at, tmp_path).values()
            for feature in layer
            if right.x <= feature["x"] / width < right.x + 1 / 8
            and left.y <= feature["y"] / width < left.y + 1
        ]
        for at in (left, right)
    )
    assert len(mine) > 3
    assert said(mine) == said(theirs)


def test_what_lies_on_one_point_is_a_count_however_deep_one_zooms(copy: Copied, tmp_path: Path) -> None:
    (x, y, many) = query(f"SELECT mx, my, count(*) {CURRENT} GROUP BY 1, 2 ORDER BY 3 DESC LIMIT 1", [])[0]
    at = Tile(14, x >> (BITS - 14), y >> (BITS - 14))
    cells = read(tiles.tile(copy, asked(), at), at, tmp_path)["cells"]
    assert many > tiles.POINTS_PER_CELL
    assert many in [cell["n"] for cell in cells]


def test_the_fullest_tile_there_can_be_stays_below_100_kb() -> None:
    points = [
        Point(
            (number * 7919) % 2**30,
            (number * 104729) % 2**30,
            f"MLI-2025-{number:08d}",
            "violence_against_civilians",
            number % 300,
            True,
            "partially_verified",
            "country",
        )
        for number in range(tiles.POINTS_EVERYWHERE)
    ]
    cells_of_a_tile = (2**GRID_BITS + 2) ** 2
    assert cells_of_a_tile * tiles.POINTS_PER_CELL <= tiles.POINTS_EVERYWHERE
    assert len(tiles.points_layer(points, Tile(0, 0, 0))) < 100_000


def test_a_tile_without_incidents_has_no_bytes(copy: Copied) -> None:
    assert tiles.tile(copy, asked(), Tile(5, 0, 0)) == b""
