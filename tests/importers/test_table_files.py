"""Tables that nobody filled in: damaged files and nonsense in cells are refused in words, never by falling over."""

from __future__ import annotations

import io
import random
import zipfile

import pytest

from conflict.kit.problems import Refused
from events.ingest.tables.columns import CLAIMS, INCIDENTS, names_of
from events.ingest.tables.importer import desk_tables, import_table
from events.ingest.tables.sheets import read_sheets
from events.models import Incident
from tests.importers.table_rows import claim, csv_of, incident, workbook, zipped

SEEDS = {
    "workbook": workbook([incident(1), incident(2)], [claim(1)]),
    "zip": zipped([incident(1)], [claim(1)]),
    "csv": csv_of([incident(1)], INCIDENTS).encode(),
}
NONSENSE = [
    "NaN", "Infinity", "-1", "1e400", "٣", "12.5", "\x00", "\u202eabc", "\ud800", "=1+1", "'", ";", ";;army;", "x" * 5_000,
    "9" * 400, "0000-00-00", "2025-02-30", "31/02/2025", "99999", "javascript:alert(1)", "https://", "🙂", " ", "\n", "true",
]  # fmt: skip


def damaged(content: bytes, chance: random.Random) -> bytes:
    """The file with a few bytes changed, lost or doubled."""
    made = bytearray(content)
    for _ in range(chance.choice([1, 3, 20])):
        at = chance.randrange(len(made))
        what = chance.randrange(3)
        if what == 0:
            made[at] = chance.randrange(256)
        elif what == 1 and len(made) > 100:
            del made[at : at + chance.randrange(1, 60)]
        else:
            made[at:at] = made[max(0, at - 30) : at]
    return bytes(made)


@pytest.mark.parametrize("kind", SEEDS)
def test_a_damaged_file_is_read_or_refused(kind):
    chance = random.Random(20250613)
    outcomes = {"read": 0, "refused": 0}
    for _ in range(150):
        try:
            read_sheets(damaged(SEEDS[kind], chance), "table")
            outcomes["read"] += 1
        except Refused:
            outcomes["refused"] += 1
    assert outcomes["refused"] > 10


def test_a_file_that_unpacks_to_more_than_its_limit_is_refused():
    made = io.BytesIO()
    with (
        zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as archive,
        archive.open("incidents.csv", "w") as entry,
    ):
        for _ in range(301):
            entry.write(b"0" * 1_000_000)
    assert len(made.getvalue()) < 1_000_000
    with pytest.raises(Refused, match="unpacked"):
        read_sheets(made.getvalue(), "bomb.zip")


def test_nonsense_in_any_cell_is_a_fault_of_its_row_and_of_no_other(database):
    nobody = {"side_a": "", "side_b": ""}
    voice = {"claimant": "Example Wire", "claimant_kind": "source", "about": ""}
    rows = [
        {**incident(1, **nobody), "incident": f"{name} {place}", name: word}
        for name in names_of(INCIDENTS)[1:]
        for place, word in enumerate(NONSENSE)
    ]
    for name in names_of(CLAIMS)[1:]:
        for place, word in enumerate(NONSENSE):
            key = f"claim {name} {place}"
            rows.append({**incident(1, **nobody), "incident": key})
            rows[-1]["claim"] = {**claim(1, **voice), "incident": key, name: word}
    claims = [row.pop("claim") for row in rows if "claim" in row]
    done, made = import_table(zipped_with_errors(rows, claims), "nonsense.zip", desk_tables())
    assert done.counts.read == len(rows) == done.counts.created + done.counts.rejected
    assert all(fault.problem.valid for fault in made.faults)
    told = {fault.problem.field for fault in made.faults}
    assert {
        "latitude",
        "date_start",
        "event_type",
        "source_url",
        "low",
        "measure",
        "source_date",
        "side_a",
    } <= told
    assert Incident.objects.count() == done.counts.created > 100
    assert not Incident.objects.filter(title_en__contains="\u202e").exists()


def zipped_with_errors(rows, claims) -> bytes:
    """A zip of CSV in which not all bytes are text."""
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, some in ((INCIDENTS, rows), (CLAIMS, claims)):
            archive.writestr(f"{name}.csv", csv_of(some, name).encode("utf-8", "surrogatepass"))
    return made.getvalue()
