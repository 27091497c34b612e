"""Charts of the actor pages as numbers for SVG drawings: lifelines with lineage, deployments, years.

Every coordinate is text with a point as decimal mark, whatever the language of the page. x runs with time.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from conflict.kit.dates import PartialDate
from conflict.kit.messages import number

LEFT = 320
WIDTH = 1120
ROW = 26
TOP = 26
RIGHT = 22
# Space per year under which only every second, fifth or tenth year is written.
LABEL_PX = 38


@dataclass(frozen=True)
class Scale:
    """Years laid over the width of a chart."""

    first: int
    last: int

    def x(self, when: PartialDate | float) -> float:
        """x of a partial date (its first day) or of a year with fraction."""
        if isinstance(when, PartialDate):
            day = when.first_day
            when = day.year + (day.timetuple().tm_yday - 1) / 366
        share = (when - self.first) / (self.last + 1 - self.first)
        return LEFT + min(max(share, 0.0), 1.0) * (WIDTH - LEFT - RIGHT)

    def ticks(self) -> list[dict[str, Any]]:
        """Years to write, with their lines."""
        width = (WIDTH - LEFT - RIGHT) / (self.last + 1 - self.first)
        step = next((s for s in (1, 2, 5, 10) if s * width >= LABEL_PX), 20)
        years = [year for year in range(self.first, self.last + 1) if year % step == 0]
        return [{"year": str(year), "x": text(self.x(float(year)))} for year in years]


def text(value: float) -> str:
    """A coordinate."""
    return f"{value:.1f}"


def partial(when: str | None) -> PartialDate | None:
    """A partial date of the record."""
    return PartialDate.parse(when) if when else None


def scale_of(dates: Iterable[str | None], today: date) -> Scale:
    """The years from the earliest date to today."""
    years = [int(when[:4]) for when in dates if when]
    return Scale(min([*years, today.year - 1]), today.year)


# --- lifelines ---


def lifelines(actors: Sequence[dict[str, Any]], self_slug: str, today: date) -> dict[str, Any] | None:
    """One row per actor from its founding to its end, and a line for each step of lineage.

    `actors`: {slug, name, founded, dissolved, links: [{kind, words, to, from}]}. None where there is no link.
    """
    if not any(actor["links"] for actor in actors):
        return None
    starts = {actor["slug"]: earliest(actor, actors) for actor in actors}
    ordered = sorted(actors, key=lambda actor: (starts[actor["slug"]] or "9999", actor["slug"]))
    scale = scale_of([*starts.values(), *(a["dissolved"] for a in actors)], today)
    places = {actor["slug"]: index for index, actor in enumerate(ordered)}
    return {
        **frame(scale, len(ordered)),
        "rows": [life(actor, starts[actor["slug"]], scale, places, self_slug) for actor in ordered],
        "links": [link(actor, step, scale, places, starts) for actor in ordered for step in actor["links"]],
    }


def earliest(actor: dict[str, Any], actors: Sequence[dict[str, Any]]) -> str | None:
    """When an actor was founded, else the earliest step that speaks of it; None where nothing is known."""
    if actor["founded"]:
        return str(actor["founded"])
    own = [step["from"] for step in actor["links"] if step["from"]]
    others = [
        step["from"]
        for other in actors
        for step in other["links"]
        if step["to"] == actor["slug"] and step["from"]
    ]
    return min([*own, *others], default=None)


def life(
    actor: dict[str, Any], start: str | None, scale: Scale, places: dict[str, int], self_slug: str
) -> dict[str, Any]:
    """One row: name and bar. An unknown founding begins with a dotted end."""
    y = TOP + places[actor["slug"]] * ROW
    end = partial(actor["dissolved"])
    left = scale.x(partial(start) or float(scale.first))
    right = scale.x(end) if end else scale.x(float(scale.last + 1))
    return {
        **actor,
        "self": actor["slug"] == self_slug,
        "y": text(y),
        "middle": text(y + ROW / 2),
        "label_y": text(y + ROW / 2 + 4),
        "left": text(left),
        "right": text(max(right, left + 3)),
        "rough": not actor["founded"],
    }


def link(
    actor: dict[str, Any],
    step: dict[str, Any],
    scale: Scale,
    places: dict[str, int],
    starts: dict[str, str | None],
) -> dict[str, str]:
    """A curve from an actor's row to the row of what it joined, became or came from, at the date of the step."""
    when = partial(step["from"] or starts[actor["slug"]])
    x = scale.x(when) if when else LEFT
    a, b = (TOP + places[slug] * ROW + ROW / 2 for slug in (actor["slug"], step["to"]))
    bend = 10 if x + 10 < WIDTH else -10
    path = f"M{text(x)} {text(a)}C{text(x + bend)} {text(a)} {text(x + bend)} {text(b)} {text(x)} {text(b)}"
    return {"path": path, "x": text(x), "y": text(b), "words": step["words"]}


def frame(scale: Scale, rows: int, row: int = ROW) -> dict[str, Any]:
    """Size and years of a chart."""
    height = TOP + rows * row + 8
    return {"width": WIDTH, "height": height, "ticks": scale.ticks(), "bottom": height - 4, "left": LEFT}


# --- deployments ---


def deployments(forces: Sequence[dict[str, Any]], today: date) -> dict[str, Any] | None:
    """One row per force and host country, from arrival to departure, with announcements as ticks.

    `forces`: {slug, name, stays: [{host, from, to, words}], ticks: [{date, title}], strength: [{on, words}]}.
    """
    rows = [(force, stay) for force in forces for stay in force["stays"]]
    if not rows:
        return None
    scale = scale_of([when for _, stay in rows for when in (stay["from"], stay["to"])], today)
    before = [None, *(force["slug"] for force, _ in rows)]
    return {
        **frame(scale, len(rows)),
        "rows": [
            stay_row(force, stay, place, scale, named=before[place] != force["slug"])
            for place, (force, stay) in enumerate(rows)
        ],
    }


def stay_row(
    force: dict[str, Any], stay: dict[str, Any], place: int, scale: Scale, named: bool
) -> dict[str, Any]:
    """One stay of a force in a host country; the force's name, ticks and strength stand in its first row."""
    y = TOP + place * ROW
    start, end = partial(stay["from"]), partial(stay["to"])
    left = scale.x(start) if start else LEFT
    right = (
        scale.x(end.last_day.year + end.last_day.timetuple().tm_yday / 366)
        if end
        else scale.x(float(scale.last + 1))
    )
    right = max(right, left + 4)
    tapers = (start is None or not start.day, bool(end and not end.day))
    return {
        **stay,
        "slug": force["slug"],
        "name": force["name"] if named else "",
        "label_y": text(y + ROW / 2 + 4),
        "bar": bar_path(left, right, y + ROW / 2, tapers),
        "end": text(right + 3),
        "open": end is None,
        "ticks": [
            {
                "x": text(scale.x(when)),
                "top": text(y + 3),
                "bottom": text(y + ROW - 3),
                "title": tick["title"],
            }
            for tick in (force["ticks"] if named else [])
            if (when := partial(tick["date"])) and scale.first <= when.year <= scale.last
        ],
    }


def bar_path(left: float, right: float, middle: float, tapers: tuple[bool, bool]) -> str:
    """A bar from left to right; an end that is not known to the day runs out to a point."""
    half, most = 6, (right - left) / 2
    start, end = (min(9.0, most) if tapered else 0.0 for tapered in tapers)
    points = [
        (left, middle - (0 if start else half)),
        (left + start, middle - half),
        (right - end, middle - half),
        (right, middle - (0 if end else half)),
        (right, middle + (0 if end else half)),
        (right - end, middle + half),
        (left + start, middle + half),
        (left, middle + (0 if start else half)),
    ]
    return "M" + "L".join(f"{text(x)} {text(y)}" for x, y in points) + "Z"


# --- years ---

YEARS_HEIGHT = 130
# Space above for the highest number, below for the lowest numbers and the years.
YEARS_TOP, YEARS_FOOT = 18, 40
YEARS_LEFT = 16
WIDEST_COLUMN = 64.0


def years(rows: Sequence[dict[str, Any]], low: str, high: str, lang: str = "en") -> dict[str, Any] | None:
    """One column per year, from `low` to `high` of its row (both the same key: from zero).

    `rows`: {period, ...} with one row per year that has any. Years without one are empty places.
    """
    found = {int(row["period"][:4]): row for row in rows}
    if not found:
        return None
    first, last = min(found), max(found)
    top = max([1, *(row[high] for row in rows)])
    step = min(WIDEST_COLUMN, (WIDTH - 2 * YEARS_LEFT) / (last - first + 1))
    return {
        "width": WIDTH,
        "height": YEARS_TOP + YEARS_HEIGHT + YEARS_FOOT,
        "base": text(YEARS_TOP + YEARS_HEIGHT),
        "columns": [column(found[y], y - first, step, top, (low, high), lang) for y in sorted(found)],
        "years": [{"year": str(y), "x": text(centre(y - first, step))} for y in written(first, last, step)],
        "year_y": text(YEARS_TOP + YEARS_HEIGHT + YEARS_FOOT - 8.0),
    }


def centre(place: int, step: float) -> float:
    """The middle of a column."""
    return YEARS_LEFT + (place + 0.5) * step


def written(first: int, last: int, step: float) -> list[int]:
    """The years that there is room to write."""
    every = next((s for s in (1, 2, 5, 10) if s * step >= LABEL_PX), 20)
    return [year for year in range(first, last + 1) if year % every == 0 or first == last]


def column(
    row: dict[str, Any], place: int, step: float, top: int, keys: tuple[str, str], lang: str
) -> dict[str, Any]:
    """One column: the higher number stands above it, the lower one beneath it."""
    low, high = (row[key] for key in keys)
    bottom = 0 if keys[0] == keys[1] else low
    y, foot = (YEARS_TOP + YEARS_HEIGHT * (1 - value / top) for value in (high, bottom))
    return {
        "x": text(centre(place, step) - step * 0.3),
        "width": text(step * 0.6),
        "y": text(y),
        "height": text(max(foot - y, 1.5)),
        "middle": text(centre(place, step)),
        "high_y": text(y - 4),
        "low_y": text(max(foot, y + 1.5) + 13),
        "low": number(lang, low) if low != high else "",
        "high": number(lang, high),
        "year": row["period"][:4],
    }
