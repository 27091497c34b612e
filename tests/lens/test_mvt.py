"""The encoder against the examples of the Vector Tile Specification and of Protocol Buffers' wire format."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from conflict.kit.mercator import Tile
from events.lens.mvt import Layer, signed, varint
from tests.lens.gdal_tiles import read


@pytest.mark.parametrize(
    ("number", "written"), [(0, "00"), (1, "01"), (127, "7f"), (128, "8001"), (150, "9601"), (300, "ac02")]
)
def test_whole_numbers_are_written_in_groups_of_seven_bits(number: int, written: str) -> None:
    assert varint(number).hex() == written


@pytest.mark.parametrize(
    ("number", "written"),
    [(0, 0), (-1, 1), (1, 2), (-2, 3), (2147483647, 4294967294), (-2147483648, 4294967295)],
)
def test_signed_numbers_are_in_zigzag_order(number: int, written: int) -> None:
    assert signed(number) == varint(written)


@given(st.integers(-(2**40), 2**40))
def test_signed_numbers_can_be_read_back(number: int) -> None:
    read_back = sum((byte & 127) << 7 * place for place, byte in enumerate(signed(number)))
    assert (read_back >> 1) ^ -(read_back & 1) == number


def test_a_point_is_written_as_in_the_specification() -> None:
    """Section 4.3.5.1 of the specification: a point at (25, 17) is the commands 9, 50, 34."""
    layer = Layer("points", [])
    layer.add(25, 17, [])
    assert bytes.fromhex("2203093222") in layer.encoded()


def test_texts_numbers_and_missing_values_come_back(tmp_path: Path) -> None:
    layer = Layer("things", ["name", "many"])
    layer.add(0, 0, ["Ménaka", 0])
    layer.add(4096, 4096, ["", 2**31])
    layer.add(10, 20, [None, 5])
    found = read(layer.encoded(), Tile(0, 0, 0), tmp_path)["things"]
    assert [(one["name"], one["many"]) for one in found] == [("Ménaka", 0), ("", 2**31), (None, 5)]


def test_a_value_stands_in_a_layer_once() -> None:
    layer = Layer("things", ["name"])
    for number in range(50):
        layer.add(number, number, ["the same"])
    assert layer.encoded().count(b"the same") == 1


def test_a_layer_without_features_has_no_bytes() -> None:
    assert Layer("things", ["name"]).encoded() == b""
