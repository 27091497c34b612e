"""Outlets that published incidents cite, by name, as `outlets.sql` keeps them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from events.record.reading import mappings


def listed_outlets(where: str, params: Sequence[Any], limit: int) -> list[dict[str, Any]]:
    """Outlets under a condition on the table's columns, by name, with the publication that first cites each."""
    return mappings(
        f"SELECT name, since FROM record.outlet WHERE {where} ORDER BY name LIMIT {limit:d}", params
    )
