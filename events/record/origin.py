"""Which publications brought the sample that ships with the product: pages say of it what it is."""

from __future__ import annotations

from functools import lru_cache

from events.record.known import query

SAMPLE_ROLE = "sample loader"


@lru_cache(maxsize=16)
def sample_publications(number: int) -> frozenset[int]:
    """Numbers of the publications up to `number` that loaded the sample; what is published never changes."""
    found = query(
        "SELECT number FROM record.publication WHERE role = %s AND number <= %s", [SAMPLE_ROLE, number]
    )
    return frozenset(row[0] for row in found)
