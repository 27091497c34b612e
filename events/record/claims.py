"""The claims of published incidents, one row each: pages and streams. Runs with the public role."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from django.db import transaction

from events.record.known import query
from events.record.reading import STREAM_ROWS, dict_cursor, mappings

# The source that relays a claim stands in the incident's own list, under the key that the claim names.
SELECT = """
SELECT id AS incident, date_start, country, known_from, dataset, claim.entry, claim.number,
       (SELECT cited FROM jsonb_array_elements(document -> 'sources') AS cited
        WHERE cited ->> 'key' = claim.entry ->> 'relayed_by' LIMIT 1) AS relayed
FROM record.incident_version, jsonb_array_elements(document -> 'claims') WITH ORDINALITY AS claim (entry, number)
"""
# Incidents newest first, the claims of each in their own order.
ORDER = "ORDER BY date_start DESC, id DESC, claim.number"
BEHIND = "(date_start, id) <= (%s, %s) AND NOT ((date_start, id) = (%s, %s) AND claim.number <= %s)"


def page(where: str, params: Sequence[Any], after: Sequence[Any], limit: int) -> list[dict[str, Any]]:
    """Claims under a condition, behind (first day, incident, number) if that is given."""
    if after:
        where = f"({where}) AND {BEHIND}"
        params = [*params, after[0], after[1], after[0], after[1], after[2]]
    return mappings(f"{SELECT} WHERE {where} {ORDER} LIMIT {limit:d}", params)


def count(where: str, params: Sequence[Any], most: int) -> int:
    """How many claims there are under a condition, counted up to `most`."""
    return query(f"SELECT count(*) FROM ({SELECT} WHERE {where} LIMIT {most:d}) AS counted", params)[0][0]


def stream(where: str, params: Sequence[Any]) -> Iterator[dict[str, Any]]:
    """All claims under a condition, from a server-side cursor: memory stays flat."""
    with transaction.atomic("record"), dict_cursor(name="claims") as cursor:
        cursor.itersize = STREAM_ROWS
        yield from cursor.execute(f"{SELECT} WHERE {where} {ORDER}", params)
