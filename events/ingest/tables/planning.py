"""What an import of a table would do, row by row; plan first, act later."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.db import connection

from conflict.kit.problems import Problem
from conflict.kit.rejections import Fault
from events.codes import LocationPrecision, State
from events.ingest.match import Candidate
from events.ingest.placing import DEPTH, WORKING, forget, locate
from events.ingest.tables.columns import INCIDENTS
from events.ingest.tables.doubles import doubles
from events.ingest.tables.entries import Row, rows_of
from events.ingest.tables.names import Names
from events.ingest.tables.sheets import read_sheets
from events.models import Incident, Source, TableRow
from events.verbs.importing import Counts

CREATED, CHANGED, HELD, UNCHANGED, REJECTED = "created", "changed", "held", "unchanged", "rejected"


@dataclass
class Planned:
    """One row and what becomes of it; `doubles` are incidents it may be already."""

    row: Row
    fate: str
    known: TableRow | None = None
    doubles: Sequence[Candidate] = ()
    units: Mapping[str, str] = field(default_factory=dict)


@dataclass
class Plan:
    """A whole table."""

    rows: list[Planned]

    def of(self, *fates: str) -> list[Planned]:
        """The rows with one of these fates, in the table's order."""
        return [one for one in self.rows if one.fate in fates]

    @property
    def doubled(self) -> list[Planned]:
        """New rows that the desk may have already."""
        return [one for one in self.rows if one.doubles and one.fate == CREATED]

    @property
    def faults(self) -> list[Fault]:
        """Everything wrong, in the table's order."""
        return [fault for one in self.rows for fault in one.row.faults]

    @property
    def counts(self) -> Counts:
        """The sum: read = created + changed + unchanged + rejected."""
        held = len(self.of(HELD))
        return Counts(
            len(self.rows), len(self.of(CREATED)), len(self.of(CHANGED)) + held, len(self.of(REJECTED)), held
        )


def plan(content: bytes, name: str, source: Source, leave_doubled: bool = False) -> Plan:
    """Read a table and find what becomes of each row; nothing is written. Must run in a transaction.

    Raises Refused for a file that is no such table.
    """
    rows = list(rows_of(read_sheets(content, name), Names.load()))
    known = {one.key: one for one in TableRow.objects.filter(source=source)}
    worked_on = touched(known)
    planned = [Planned(row, fate(row, known.get(row.key), worked_on), known.get(row.key)) for row in rows]
    made = Plan(planned)
    find_doubles(made, known, leave_doubled)
    find_units(made.of(CREATED, CHANGED, HELD))
    return made


def touched(known: Mapping[str, TableRow]) -> set[int]:
    """Incidents of the table that people have worked on, or that are no drafts any more."""
    states = Incident.objects.filter(table_rows__in=known.values()).values_list("pk", "state", "revision")
    now = {pk: (state, revision) for pk, state, revision in states}
    return {
        one.incident_id
        for one in known.values()
        if now.get(one.incident_id) != (State.DRAFT.value, one.revision)
    }


def fate(row: Row, known: TableRow | None, worked_on: set[int]) -> str:
    """What becomes of a row, doubles apart."""
    if row.entry is None:
        return REJECTED
    if known is None:
        return CREATED
    if bytes(known.digest) == row.digest:
        return UNCHANGED
    return HELD if known.incident_id in worked_on else CHANGED


def find_doubles(made: Plan, known: Mapping[str, TableRow], leave_doubled: bool) -> None:
    """Say of new rows what they may be already; with `leave_doubled` they are rejected for it."""
    new = [one.row.entry for one in made.of(CREATED) if one.row.entry]
    found = doubles(new, {one.incident_id for one in known.values()})
    for one in made.of(CREATED):
        one.doubles = found.get(one.row.key, ())
        if one.doubles and leave_doubled:
            one.fate = REJECTED
            best = one.doubles[0]
            valid = f"an incident that the desk does not have: this may be incident {best.key} ({best.explained()})"
            one.row.faults.append(Fault(INCIDENTS, one.row.line, Problem("incident", one.row.key, valid)))


SPOT = "CREATE TEMP TABLE spot (id integer, country text, point geometry(Point, 4326)) ON COMMIT DROP"
FILL = (
    "INSERT INTO spot SELECT id, country, ST_SetSRID(ST_MakePoint(longitude, latitude), 4326)"
    " FROM unnest(%s::integer[], %s::text[], %s::float8[], %s::float8[]) given (id, country, longitude, latitude)"
)
UNITS = ("admin1", "admin1_name", "boundary_vintage", "admin2", "admin2_name", "admin3")
LOCATED = "SELECT id, admin1, admin1_name, vintage, admin2, admin2_name, admin3 FROM located"


def find_units(rows: Sequence[Planned]) -> None:
    """The administrative units at each row's point, as deep as its precision bears; one spatial join for all."""
    spots = []
    for place, one in enumerate(rows):
        fields: Mapping[str, Any] = one.row.entry["fields"] if one.row.entry else {}
        if fields.get("point") and fields["location_precision"] in DEPTH and "admin1" not in fields:
            spots.append((place, fields["country"], *fields["point"]))
    if not spots:
        return
    with connection.cursor() as cursor:
        cursor.execute(SPOT)
        cursor.execute(FILL, [list(column) for column in zip(*spots, strict=True)])
        locate(cursor)
        cursor.execute(LOCATED)
        for place, *values in cursor.fetchall():
            rows[place].units = units_of(rows[place], values)
        forget(cursor, *WORKING)


def units_of(one: Planned, values: Sequence[str | None]) -> dict[str, str]:
    """The columns of the units; what the precision does not bear stays empty."""
    fields = one.row.entry["fields"] if one.row.entry else {}
    depth = DEPTH[LocationPrecision.of(fields["location_precision"])]
    levels = (1, 1, 1, 2, 2, 3)
    return {
        name: (value or "") if level <= depth else ""
        for name, value, level in zip(UNITS, values, levels, strict=True)
    }
