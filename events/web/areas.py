"""Where an actor's incidents lie, one small map per year, as numbers for SVG drawings over the base shapes.

Units are those of `locator`: a plane of 65,536 units, here cut into squares of 128, about 75 km in the Sahel.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import groupby
from typing import Any

from django.http import HttpRequest

from conflict.kit.messages import say
from conflict.kit.problems import Problem, Refused
from events.query.incidents import BoundQuery
from events.record.actors import squares_by_year
from events.web.locator import PLANE
from events.web.page import address

BITS = 9
SQUARE = PLANE >> BITS
# Years shown at first, and the parameter that shows all of them.
SHOWN = 12
PARAMETER = "areas"
# A square's colour is the stronger, the more incidents: the lowest number of each step.
STEPS = (1, 2, 5, 20)
# What is shown around the squares, and at least, in squares; width to height.
MARGIN, LEAST, SHAPE = 1.5, 12.0, 1.25
# Borders are drawn so thin that this many lie in the width of a map.
HAIRS = 240
Square = dict[str, Any]


def asked_for_all(request: HttpRequest) -> bool:
    """Whether the address asks for every year. Raises Refused for another value."""
    value = request.GET.get(PARAMETER)
    if value not in (None, "", "all"):
        raise Refused(Problem(PARAMETER, value, "all"))
    return value == "all"


def areas(asked: BoundQuery, request: HttpRequest, map_url: str, lang: str) -> dict[str, Any] | None:
    """Small maps of the latest years with incidents, or of all; None where no place is known well enough."""
    everything = asked_for_all(request)
    where = asked.where()
    found = squares_by_year(where.sql, where.params, BITS)
    placed = [entry for entry in found if entry["column"] is not None]
    if not placed:
        return None
    by_year = [(year, list(rows)) for year, rows in groupby(found, key=lambda entry: entry["year"])]
    shown = by_year if everything else by_year[-SHOWN:]
    box = around(placed)
    return {
        "view_box": " ".join(f"{value:.0f}" for value in box),
        "hair": f"{box[2] / HAIRS:.1f}",
        "square": SQUARE,
        "years": [year_map(year, rows, map_url, lang) for year, rows in shown],
        "more_url": address(request, areas="all") if len(by_year) > len(shown) else "",
        "more_words": say(lang, "actors.areas_all", n=len(by_year)),
        "fewer_url": address(request, areas=None) if everything and len(by_year) > SHOWN else "",
    }


def around(placed: Sequence[Square]) -> list[float]:
    """[x, y, width, height] of the part of the plane that holds the squares of all years, so that years can be compared."""
    lows = [min(entry[name] for entry in placed) - MARGIN for name in ("column", "row")]
    highs = [max(entry[name] for entry in placed) + 1 + MARGIN for name in ("column", "row")]
    width, height = (high - low for low, high in zip(lows, highs, strict=True))
    width = max(width, height * SHAPE, LEAST)
    middle = [(low + high) / 2 for low, high in zip(lows, highs, strict=True)]
    box = (middle[0] - width / 2, middle[1] - width / SHAPE / 2, width, width / SHAPE)
    return [value * SQUARE for value in box]


def year_map(year: int, rows: Sequence[Square], map_url: str, lang: str) -> dict[str, Any]:
    """One year: a path per step, and in words how many incidents there are and how many are drawn."""
    incidents = sum(entry["incidents"] for entry in rows)
    drawn = sum(entry["incidents"] for entry in rows if entry["column"] is not None)
    counted = say(lang, "list.incidents", n=incidents)
    return {
        "year": year,
        "counted": counted,
        "rough": say(lang, "actors.areas_rough", n=incidents - drawn) if drawn < incidents else "",
        "words": say(lang, "actors.areas_map", year=str(year), incidents=counted, drawn=drawn),
        "paths": [{"step": step, "path": path} for step, path in enumerate(paths(rows), 1) if path],
        "url": f"{map_url}&since={year}-01-01&until={year}-12-31",
    }


def paths(rows: Iterable[Square]) -> list[str]:
    """One path of squares per step, in units of squares."""
    found = [""] * len(STEPS)
    for entry in rows:
        if entry["column"] is not None:
            step = sum(entry["incidents"] >= least for least in STEPS) - 1
            found[step] += f"M{entry['column']} {entry['row']}h1v1h-1z"
    return found
