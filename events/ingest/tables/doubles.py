"""Which rows of a table may be incidents that the desk or the record has already, by the matching of reports."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from typing import Any

from events.ingest.desk_incidents import kin, near
from events.ingest.desk_tables import tables
from events.ingest.match import Candidate, Figure, Known, candidates, known_incidents

# From here on a row is called doubled; below, two incidents are near each other and no more.
LIKELY = 0.5
AT_ONCE = 500


def doubles(entries: Sequence[Mapping[str, Any]], own: set[int]) -> dict[str, list[Candidate]]:
    """{key of the row: incidents that it may be, best first}; `own` are incidents that this table itself became."""
    kinship = kin(tables())
    found: dict[str, list[Candidate]] = {}
    for some in near_in_time(entries):
        wanted = [as_known(entry) for entry in some]
        desk = known_incidents((one for one in near(wanted) if one.key not in own), kinship)
        for entry, wanted_one in zip(some, wanted, strict=True):
            likely = [one for one in candidates(wanted_one, desk) if one.score >= LIKELY]
            if likely:
                found[entry["key"]] = likely
    return found


def near_in_time(entries: Sequence[Mapping[str, Any]]) -> Iterator[list[Mapping[str, Any]]]:
    """Rows of one country in order of date, some at a time: the desk is read once for each some."""
    ordered = sorted(entries, key=lambda entry: (entry["fields"]["country"], entry["fields"]["date_start"]))
    some: list[Mapping[str, Any]] = []
    for entry in ordered:
        if some and (len(some) >= AT_ONCE or some[0]["fields"]["country"] != entry["fields"]["country"]):
            yield some
            some = []
        some.append(entry)
    if some:
        yield some


def as_known(entry: Mapping[str, Any]) -> Known:
    """A row of the table as matching compares it; its key plays no part."""
    fields = entry["fields"]
    longitude, latitude = fields["point"] or (None, None)
    return Known(
        key=0,
        country=fields["country"],
        first=date.fromisoformat(fields["date_start"]),
        last=date.fromisoformat(fields["date_end"]),
        event_type=fields["event_type"],
        event_subtype=fields["event_subtype"],
        precision=fields["location_precision"],
        longitude=longitude,
        latitude=latitude,
        place=fields["place_name"],
        actors=frozenset((part["actor"], part["role"]) for part in entry["participants"]),
        figures=tuple(
            Figure(one["measure"], one["item_class"], one["low"], one["high"]) for one in entry["claims"]
        ),
    )
