"""What an engine answers: plain rows, the same from the columnar copy and from SQL on the record."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import NamedTuple, Protocol

from conflict.kit.mercator import BITS, Tile
from events.query.incidents import BoundQuery

INTERVALS = ("day", "week", "month", "quarter", "year")
# Columns of the record that counts are grouped by; actors are grouped by who takes part.
GROUPS = (
    "country",
    "admin1",
    "event_type",
    "event_subtype",
    "verification",
    "contested",
    "dataset",
)
# What can be summed up, as SQL that both engines understand.
MEASURES = {
    "incidents": "count(*)",
    "fatalities_low": "sum(fatalities_low)",
    "fatalities_best": "sum(fatalities_best)",
    "fatalities_high": "sum(fatalities_high)",
}
# A tile's side is cut into 2 ** GRID_BITS cells; its margin is one cell on each side.
GRID_BITS = 3
MARGIN = 1 / 2**GRID_BITS
# A cell of the grid as one number: its column times this, and its row.
COLUMN = 2**30


def sums(measures: Sequence[str] = tuple(MEASURES)) -> str:
    """The measures as a select list."""
    return ", ".join(MEASURES[name] for name in measures)


class Totals(NamedTuple):
    """Sums over all incidents of a query; None where nothing is known."""

    incidents: int
    low: int | None
    best: int | None
    high: int | None
    located: int
    first: date | None
    last: date | None


class Bar(NamedTuple):
    """Sums over one interval (by its first day) and one value of what is grouped by, in the order of the measures asked."""

    period: date
    key: str | int | None
    sums: Sequence[int | None]


class CellPart(NamedTuple):
    """The incidents of one event type in one cell of the grid; places as sums of grid positions."""

    cell: int
    event_type: str
    incidents: int
    best: int | None
    mx: int
    my: int


class Point(NamedTuple):
    """One located incident."""

    mx: int
    my: int
    id: str
    event_type: str
    best: int | None
    contested: bool
    verification: str
    precision: str


class Engine(Protocol):
    """Counts incidents under a query. Two engines answer alike to the last figure; a property test holds them to it."""

    name: str

    def totals(self, asked: BoundQuery) -> Totals:
        """Sums over the whole query."""

    def bars(self, asked: BoundQuery, interval: str, by: str | None, measures: Sequence[str]) -> list[Bar]:
        """Sums per interval and value of a column of GROUPS (None: no column), in any order."""

    def actor_bars(
        self,
        asked: BoundQuery,
        interval: str,
        actors: Sequence[tuple[int, int]],
        measures: Sequence[str],
    ) -> list[Bar]:
        """Sums per interval and actor; `actors` are pairs of an actor's id and the id it counts as, which is the key."""

    def groups(self, asked: BoundQuery) -> dict[str, list[tuple[str, int]]]:
        """Incidents per value for every column of GROUPS, each under the other filters, in any order."""

    def actors(self, asked: BoundQuery, actors: Sequence[tuple[int, int]]) -> list[tuple[int, int]]:
        """(actor, incidents) under the filters other than `actor`; `actors` as in `actor_bars`."""

    def located(self, asked: BoundQuery, most: int) -> int:
        """How many incidents have a place; from `most` on any number from `most` up."""

    def datasets(self, asked: BoundQuery) -> list[tuple[str | None, int]]:
        """Incidents per dataset (None: none), in any order."""

    def cells(self, asked: BoundQuery, at: Tile) -> list[CellPart]:
        """The grid of a tile with its margin, in any order."""

    def points(self, asked: BoundQuery, at: Tile, cells: Sequence[int] | None) -> list[Point]:
        """The incidents of a tile with its margin, or of some of its cells, in any order."""


def cell_sql(at: Tile) -> str:
    """The cell of a version in the grid of a zoom, in either engine's SQL."""
    shift = BITS - at.z - GRID_BITS
    return f"((mx >> {shift})::bigint * {COLUMN} + (my >> {shift}))"
