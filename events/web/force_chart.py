"""The chart of foreign forces as numbers for an SVG drawing: per force what was said of its strength, its stays with
announcements across them, and incidents with it by month, all over one axis of time.

Coordinates are as in `charts`: text with a decimal point, x running with time.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any

from conflict.kit.dates import PartialDate
from conflict.kit.messages import say
from events.web.charts import LEFT, RIGHT, TOP, WIDTH, Scale, bar_path, partial, scale_of, text

SAID = 17
STAY = 24
MONTHS = 26
GAP = 14
# Length of a bar whose beginning is not known.
STUB = 40
# Width of a letter at the size in which statements are written: an estimate on the safe side.
LETTER = 5.8
LONGEST = 84
Row = dict[str, Any]


def drawn(forces: Sequence[Row], today: date, lang: str) -> Row | None:
    """Every force in a block of its own, one beneath the other; None where there is none.

    `forces`: {name, url, deployments: [{host, from, to, words}], strength: [{when, number, who, on}],
    milestones: [{when, date, title}], months: [{period, incidents}]}.
    """
    if not forces:
        return None
    dates = [stay[end] for force in forces for stay in force["deployments"] for end in ("from", "to")]
    dates += [said["when"] for force in forces for said in force["strength"]]
    scale = scale_of(dates, today)
    most = max((month["incidents"] for force in forces for month in force["months"]), default=0)
    blocks, y = [], float(TOP)
    for force in forces:
        block, y = block_of(force, y, scale, today, most, lang)
        blocks.append(block)
    return {
        "width": WIDTH,
        "height": text(y),
        "bottom": text(y - GAP / 2),
        "left": LEFT,
        "ticks": scale.ticks(),
        "blocks": blocks,
    }


def block_of(force: Row, y: float, scale: Scale, today: date, most: int, lang: str) -> tuple[Row, float]:
    """(block of one force, y where the next one begins)."""
    several = len(force["deployments"]) > 1
    said = lanes([statement(entry, scale, several) for entry in force["strength"] if entry["when"]])
    stays_y = y + GAP / 2 + SAID * (max((entry["lane"] for entry in said), default=-1) + 1)
    months_y = stays_y + STAY * len(force["deployments"])
    columns = months(force["months"], months_y, scale, most)
    end = months_y + (MONTHS if columns else 0) + GAP / 2
    busiest = max((month["incidents"] for month in force["months"]), default=0)
    block = {
        "name": force["name"],
        "url": force["url"],
        "line": text(y),
        "label_y": text(stays_y + STAY / 2 + 4),
        "said": [{**entry, **heights(y + GAP / 2 + SAID * entry["lane"], stays_y)} for entry in said],
        "stays": [
            stay(entry, stays_y + STAY * place, scale, today)
            for place, entry in enumerate(force["deployments"])
        ],
        "announced": announced(force["milestones"], stays_y, months_y, scale),
        "columns": columns,
        "base": text(months_y + MONTHS),
        "busiest_words": say(lang, "forces.busiest", n=busiest),
    }
    return block, end


def statement(said: Row, scale: Scale, several: bool) -> Row:
    """Words on strength, written from their day on, or up to it where they would run out of the chart.

    `several`: the force was in several countries, so that a number says in which.
    """
    when = partial(said["when"])
    assert when is not None
    about = [said["number"], said["jointly"], said["host"] if several else "", said["who"]]
    x, words = scale.x(when), " · ".join(part for part in [said["on"], *about] if part)
    shown = words if len(words) <= LONGEST else f"{words[: LONGEST - 1].rstrip()}…"
    width = len(shown) * LETTER + 12
    before = x + width > WIDTH - RIGHT
    return {
        "x": text(x),
        "words": words,
        "shown": shown,
        "text_x": text(x - 7 if before else x + 7),
        "anchor": "end" if before else "start",
        "reach": (x - width, x + 8) if before else (x - 8, x + width),
        "rough": not when.day,
    }


def lanes(entries: Iterable[Row]) -> list[Row]:
    """Each entry with the first `lane` in which its reach is free, from the bars upwards: later ones keep nearer."""
    taken: list[list[tuple[float, float]]] = []
    placed = []
    for entry in entries:
        left, right = entry["reach"]
        free = (lane for lane, others in enumerate(taken) if all(right <= a or left >= b for a, b in others))
        lane = next(free, len(taken))
        if lane == len(taken):
            taken.append([])
        taken[lane].append((left, right))
        placed.append({**entry, "lane": lane})
    return placed


def heights(y: float, foot: float) -> Row:
    """Where a statement's dot and words stand, and how far its stem runs down."""
    return {"y": text(y + SAID / 2), "text_y": text(y + SAID / 2 + 4), "foot": text(foot + 4)}


def stay(entry: Row, y: float, scale: Scale, today: date) -> Row:
    """One stay: its bar from arrival to departure; short and hollow where its beginning is not known."""
    start, end = partial(entry["from"]), partial(entry["to"])
    right = scale.x(end_of(end or PartialDate.of(today)))
    left = scale.x(start) if start else max(float(LEFT), right - STUB)
    right = max(right, left + 4)
    tapers = (start is None or not start.day, bool(end and not end.day))
    return {
        "host": entry["host"],
        "words": entry["words"],
        "label_y": text(y + STAY / 2 + 4),
        "bar": bar_path(left, right, y + STAY / 2, tapers),
        "end": text(right + 3),
        "open": end is None,
        "unknown": start is None,
    }


def end_of(when: PartialDate) -> float:
    """The last day of a date, as a year with fraction."""
    day = when.last_day
    return day.year + day.timetuple().tm_yday / 366


def announced(facts: Iterable[Row], top: float, bottom: float, scale: Scale) -> list[Row]:
    """Ticks across all rows of a force."""
    return [
        {
            "x": text(scale.x(when)),
            "top": text(top + 2),
            "bottom": text(bottom - 2),
            "words": f"{fact['date']} · {fact['title']}",
        }
        for fact in facts
        if (when := partial(fact["when"])) and scale.first <= when.year <= scale.last
    ]


def months(found: Sequence[Row], y: float, scale: Scale, most: int) -> list[Row]:
    """One column per month with incidents, on one scale for all forces."""
    return [
        {
            "x": text(x),
            "width": text(max(width * 0.8, 1.6)),
            "y": text(y + MONTHS - height),
            "height": text(height),
        }
        for month in found
        if scale.first <= int(month["period"][:4]) <= scale.last
        for x, width in [place_of(month["period"], scale)]
        for height in [max(month["incidents"] / most * (MONTHS - 6), 1.5)]
    ]


def place_of(period: str, scale: Scale) -> tuple[float, float]:
    """(x, width) of a month named by its first day."""
    year, month = int(period[:4]), int(period[5:7])
    left, right = (scale.x(year + (month + step) / 12) for step in (-1, 0))
    return left, right - left
