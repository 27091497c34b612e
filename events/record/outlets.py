"""Outlets that published incidents cite, by name, as `outlets.sql` keeps them; with datasets, what `source` may be."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from functools import lru_cache
from typing import Any

from conflict.kit.problems import Problem, nearest_name
from events.record.known import Known, query
from events.record.reading import mappings

VALID_SOURCE = "an outlet that is cited, or the slug of a dataset; /api/v1/sources has the outlets by name"
NEAR = 20


def listed_outlets(where: str, params: Sequence[Any], limit: int) -> list[dict[str, Any]]:
    """Outlets under a condition on the table's columns, by name, with the publication that first cites each."""
    return mappings(
        f"SELECT name, since FROM record.outlet WHERE {where} ORDER BY name LIMIT {limit:d}", params
    )


def uncited(names: Sequence[str], at: Known) -> list[Problem]:
    """The problem of each name that no version published until then gives as outlet or dataset."""
    cited = query(
        "SELECT name FROM record.outlet WHERE name = ANY(%s) AND since <= %s", [list(names), at.number]
    )
    left = set(names) - {name for (name,) in cited}
    datasets = datasets_until(at.number, at.stamp) if left else ()
    return [
        Problem("source", name, VALID_SOURCE, nearest_name(name, [*outlets_like(name, at), *datasets]))
        for name in sorted(left.difference(datasets))
    ]


def outlets_like(name: str, at: Known) -> list[str]:
    """The few outlets cited until then whose names look most like this one."""
    found = query(
        "SELECT name FROM record.outlet WHERE since <= %s"
        " ORDER BY similarity(folded, record.fold(%s)) DESC, name LIMIT %s",
        [at.number, name, NEAR],
    )
    return [outlet for (outlet,) in found]


@lru_cache(maxsize=8)
def datasets_until(number: int, stamp: datetime | None) -> tuple[str, ...]:
    """The datasets of everything published until then. Only a redaction changes the past; that brings a new stamp."""
    found = query(
        "SELECT DISTINCT dataset FROM record.incident_version WHERE known_from <= %s AND dataset IS NOT NULL",
        [number],
    )
    return tuple(sorted(dataset for (dataset,) in found))
