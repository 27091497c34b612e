"""Deployments of forces as the actors' published documents say them: there are few, so they are read whole."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from typing import Any

from conflict.kit.dates import PartialDate
from events.query.incidents import IncidentQuery
from events.record import reading
from events.record.known import Known

# The filters of the query language that say something of deployments; `country` is the host.
FILTERS = ("country", "actor", "lineage", "actor_kind", "since", "until")


def stays(at: Known) -> Iterator[tuple[dict[str, Any], dict[str, Any]]]:
    """(actor's version, deployment) of all known at a publication, by actor, host country and beginning."""
    for row in reading.actor_documents(at.number):
        for stay in row["document"]["deployments"]:
            yield row, stay


def actors_wanted(query: IncidentQuery, at: Known) -> Collection[str] | None:
    """Slugs of the actors asked for, None when any will do. Raises Refused."""
    slugs = query.values.get("actor")
    if slugs is None:
        return None
    ids = at.actors.ids(slugs, lineage=query.values.get("lineage", False))
    return {at.actors.resolve(actor).slug for actor in ids}


def meets(
    row: Mapping[str, Any], stay: Mapping[str, Any], values: Mapping[str, Any], wanted: Collection[str] | None
) -> bool:
    """Whether a deployment fulfils the filters on host, actor and kind."""
    return (
        (wanted is None or row["slug"] in wanted)
        and stay["host"] in values.get("country", [stay["host"]])
        and row["kind"] in values.get("actor_kind", [row["kind"]])
    )


def touches(dates: Mapping[str, str | None], values: Mapping[str, Any]) -> bool:
    """Whether a time of partial dates (`from`, `to`) may touch the days from `since` to `until`, both included."""
    began, ended = partial(dates["from"]), partial(dates["to"])
    since, until = values.get("since"), values.get("until")
    return not (
        (since is not None and ended is not None and ended.last_day < since)
        or (until is not None and began is not None and began.first_day > until)
    )


def partial(text: str | None) -> PartialDate | None:
    """A partial date of a document."""
    return PartialDate.parse(text) if text else None
