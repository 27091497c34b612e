"""What incidents say about an actor: totals by year, and who stood beside and against it. Runs with the public role."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from conflict.kit.mercator import BITS
from events.record.columns import actor_role
from events.record.reading import VERSIONS, Source, mappings

# The side of a role; a victim, an observer or who is alleged to have acted stands on none.
SIDE = """CASE WHEN {part} ->> 1 IN ('side_a', 'ally_a') THEN 'a' WHEN {part} ->> 1 IN ('side_b', 'ally_b') THEN 'b' END"""


def totals_by_year(
    actors: Sequence[int], where: str, params: Sequence[Any], source: Source = VERSIONS
) -> list[dict[str, Any]]:
    """Incidents in which any of these ids takes part, and deaths in them, by year of the first day."""
    return mappings(
        "SELECT extract(year FROM date_start)::int AS year, count(*)::int AS incidents,"
        " coalesce(sum(fatalities_low), 0)::int AS fatalities_low,"
        " coalesce(sum(fatalities_best), 0)::int AS fatalities_best,"
        " coalesce(sum(fatalities_high), 0)::int AS fatalities_high"
        f" FROM {source.sql} WHERE ({where}) AND actor_roles && %s::integer[] GROUP BY 1 ORDER BY 1",
        [*source.params, *params, [actor_role(actor) for actor in actors]],
    )


def beside(actors: Sequence[int], where: str, params: Sequence[Any]) -> list[dict[str, Any]]:
    """[other's id, incident, day, whether on the same side] for every incident that both take a side in, grouped.

    One row per other id and side: `incidents` are ids of versions, so that merged ids can be counted together.
    """
    own, other = SIDE.format(part="own"), SIDE.format(part="other")
    return mappings(
        f"SELECT (other ->> 0)::bigint AS actor, ({own}) = ({other}) AS same_side,"
        " array_agg(DISTINCT version_id) AS incidents, min(date_start) AS first, max(date_start) AS last"
        " FROM record.incident_version, jsonb_array_elements(participants) AS own, jsonb_array_elements(participants) AS other"
        f" WHERE ({where}) AND actor_roles && %s::integer[] AND (own ->> 0)::bigint = ANY(%s)"
        f" AND NOT (other ->> 0)::bigint = ANY(%s) AND ({own}) IS NOT NULL AND ({other}) IS NOT NULL GROUP BY 1, 2",
        [*params, [actor_role(actor) for actor in actors], list(actors), list(actors)],
    )


def squares_by_year(where: str, params: Sequence[Any], bits: int) -> list[dict[str, Any]]:
    """{year, column, row, incidents} of the squares in which incidents lie, by year of the first day.

    Squares are those of a Web Mercator world cut into 2**bits columns from 180° W and as many rows from the north;
    column and row are None for incidents whose place is known less precisely than within 25 km.
    """
    precise = "location_precision IN ('exact', 'near', 'admin3') AND mx IS NOT NULL"
    return mappings(
        "SELECT extract(year FROM date_start)::int AS year,"
        f' CASE WHEN {precise} THEN mx >> {BITS - bits:d} END AS "column",'
        f' CASE WHEN {precise} THEN my >> {BITS - bits:d} END AS "row", count(*)::int AS incidents'
        f" FROM {VERSIONS.sql} WHERE {where} GROUP BY 1, 2, 3 ORDER BY 1, 2, 3",
        params,
    )
