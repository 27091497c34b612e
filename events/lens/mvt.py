"""Mapbox Vector Tiles, as far as points with texts and whole numbers need them.

Written from the Vector Tile Specification 2.1 (github.com/mapbox/vector-tile-spec) and the wire format of Protocol
Buffers. A tile is a sequence of layers; a layer has its keys and values once, and features that point to them.
"""

from __future__ import annotations

from collections.abc import Sequence

EXTENT = 4096
# Field numbers and wire types of the specification's messages, as the byte that announces each.
LAYER, NAME, FEATURE, KEY, VALUE, EXTENT_FIELD, VERSION = 0x1A, 0x0A, 0x12, 0x1A, 0x22, 0x28, 0x78
TAGS, TYPE, GEOMETRY, TEXT, WHOLE = 0x12, 0x18, 0x22, 0x0A, 0x28
POINT = bytes([TYPE, 1])
# The command "move to, once", before the place.
MOVE_TO = bytes([9])

Scalar = str | int | None


def in_sevens(number: int) -> bytes:
    """A whole number of at least 0 in groups of seven bits, the lowest first."""
    written = bytearray()
    while number > 127:
        written.append(number & 127 | 128)
        number >>= 7
    written.append(number)
    return bytes(written)


# Those of one or two bytes: places in a tile, lengths, most counts.
SHORT = tuple(in_sevens(number) for number in range(1 << 14))


def varint(number: int) -> bytes:
    """The same, looked up where it is short: a tile is made of little else."""
    return SHORT[number] if number < 1 << 14 else in_sevens(number)


def signed(number: int) -> bytes:
    """A whole number in zigzag order: 0, -1, 1, -2, 2 …"""
    return varint(number << 1 if number >= 0 else (-number << 1) - 1)


def block(announced: int, content: bytes) -> bytes:
    """A field that says its length."""
    return bytes([announced]) + varint(len(content)) + content


class Layer:
    """One layer of points, all with the same keys; a value of None is left out of its feature."""

    def __init__(self, name: str, keys: Sequence[str]) -> None:
        self.head = block(NAME, name.encode()) + b"".join(block(KEY, key.encode()) for key in keys)
        self.keys = [varint(number) for number in range(len(keys))]
        self.values: dict[Scalar, bytes] = {}
        self.features: list[bytes] = []

    def add(self, x: int, y: int, values: Sequence[Scalar]) -> None:
        """Add a point; x to the east and y to the south from the tile's corner, in steps of 1/EXTENT."""
        tags = b"".join(
            [
                key + self.place(value)
                for key, value in zip(self.keys, values, strict=True)
                if value is not None
            ]
        )
        geometry = MOVE_TO + signed(x) + signed(y)
        self.features.append(block(FEATURE, block(TAGS, tags) + POINT + block(GEOMETRY, geometry)))

    def place(self, value: Scalar) -> bytes:
        """Where a value stands in the layer's table."""
        found = self.values.get(value)
        if found is None:
            found = self.values[value] = varint(len(self.values))
        return found

    def encoded(self) -> bytes:
        """The layer as bytes; nothing for a layer without features."""
        if not self.features:
            return b""
        values = b"".join(block(VALUE, written(value)) for value in self.values)
        tail = bytes([EXTENT_FIELD]) + varint(EXTENT) + bytes([VERSION, 2])
        return block(LAYER, self.head + b"".join(self.features) + values + tail)


def written(value: Scalar) -> bytes:
    """A value as the specification's message: a text, or an unsigned number."""
    if isinstance(value, str):
        return block(TEXT, value.encode())
    return bytes([WHOLE]) + varint(value or 0)
