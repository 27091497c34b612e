"""The whole-number web mercator grid: exact round trips, tiles without gaps."""

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from conflict.kit.mercator import (
    LAT_LIMIT,
    SIZE,
    Tile,
    from_grid,
    on_tile,
    read_tile,
    tile_bounds,
    tile_box,
    tile_of,
    to_grid,
)
from conflict.kit.problems import Problem

STEPS = st.integers(0, SIZE - 1)


@st.composite
def tiles(draw, deepest=20):
    z = draw(st.integers(0, deepest))
    last = (1 << z) - 1
    return Tile(z, draw(st.integers(0, last)), draw(st.integers(0, last)))


@given(STEPS, STEPS)
def test_a_step_leads_back_to_itself(x, y):
    assert to_grid(*from_grid(x, y)) == (x, y)


@given(st.floats(-180, 180), st.floats(-90, 90))
def test_every_place_on_earth_has_a_step_on_the_grid(lon, lat):
    x, y = to_grid(lon, lat)
    assert 0 <= x < SIZE and 0 <= y < SIZE
    back_lon, back_lat = from_grid(x, y)
    assert abs(back_lon - lon) <= 360 / SIZE
    assert abs(back_lat - min(max(lat, -LAT_LIMIT), LAT_LIMIT)) <= 360 / SIZE


EARTH_RADIUS = 6378137


def in_metres(lon, lat):
    """The projection by its other formula, y = R ln(tan(45° + lat / 2)), then brought to the grid."""
    half = math.pi * EARTH_RADIUS
    east = EARTH_RADIUS * math.radians(lon)
    north = EARTH_RADIUS * math.log(math.tan(math.pi / 4 + math.radians(lat) / 2))
    return math.floor((half + east) / (2 * half) * SIZE), math.floor((half - north) / (2 * half) * SIZE)


@given(st.floats(-179.9, 179.9), st.floats(-85, 85))
def test_the_grid_agrees_with_the_projection_in_metres(lon, lat):
    assert all(
        abs(one - other) <= 1 for one, other in zip(to_grid(lon, lat), in_metres(lon, lat), strict=True)
    )


@pytest.mark.parametrize(
    ("lon", "lat", "x", "y"),
    [(0.0, 0.0, SIZE // 2, SIZE // 2), (-180.0, LAT_LIMIT, 0, 0), (180.0, -90.0, SIZE - 1, SIZE - 1)],
)
def test_the_corners_and_the_middle_of_the_world(lon, lat, x, y):
    assert to_grid(lon, lat) == (x, y)


@given(tiles(), STEPS, STEPS)
def test_a_tile_holds_exactly_the_steps_whose_tile_it_is(tile, x, y):
    bounds = tile_bounds(tile)
    inside = bounds.x_min <= x < bounds.x_end and bounds.y_min <= y < bounds.y_end
    assert inside == (tile_of(x, y, tile.z) == tile)


@given(tiles(), st.floats(0, 0.5))
def test_the_margin_widens_and_stops_at_the_edge_of_the_world(tile, margin):
    plain, wide = tile_bounds(tile), tile_bounds(tile, margin)
    assert 0 <= wide.x_min <= plain.x_min and plain.x_end <= wide.x_end <= SIZE
    assert 0 <= wide.y_min <= plain.y_min and plain.y_end <= wide.y_end <= SIZE
    if plain.x_min > SIZE // 2 and margin:
        assert wide.x_min < plain.x_min


@given(tiles(), st.data())
def test_positions_on_a_tile_stay_within_its_extent(tile, data):
    bounds = tile_bounds(tile)
    x = data.draw(st.integers(bounds.x_min, bounds.x_end - 1))
    y = data.draw(st.integers(bounds.y_min, bounds.y_end - 1))
    across, down = on_tile(x, y, tile)
    assert 0 <= across < 4096 and 0 <= down < 4096
    assert on_tile(bounds.x_min, bounds.y_min, tile) == (0, 0)
    assert on_tile(bounds.x_end, bounds.y_end, tile) == (4096, 4096)


@given(tiles(), st.data())
def test_the_box_of_a_tile_in_degrees_holds_its_places(tile, data):
    west, south, east, north = tile_box(tile)
    bounds = tile_bounds(tile)
    lon, lat = from_grid(
        data.draw(st.integers(bounds.x_min, bounds.x_end - 1)),
        data.draw(st.integers(bounds.y_min, bounds.y_end - 1)),
    )
    assert west <= lon <= east and south <= lat <= north


def test_the_whole_world_is_tile_zero():
    assert tile_box(Tile(0, 0, 0)) == pytest.approx((-180, -LAT_LIMIT, 180, LAT_LIMIT))


@pytest.mark.parametrize(
    ("z", "x", "y", "field"),
    [("23", "0", "0", "z"), ("2", "4", "0", "x"), ("2", "0", "-1", "y"), ("a", "0", "0", "z")],
)
def test_a_tile_outside_the_pyramid_is_refused(z, x, y, field):
    problem = read_tile(z, x, y)
    assert isinstance(problem, Problem) and problem.field == field


def test_a_tile_address_is_read():
    assert read_tile("7", "64", "57") == Tile(7, 64, 57)
