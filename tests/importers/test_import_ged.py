"""UCDP GED in: what is read adds up, what is published is what the desk would publish, nothing is overwritten."""

from __future__ import annotations

import csv
import json
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command
from django.db import connection
from django.test import Client

from events.ingest.registry import load_registry, read_entries
from events.models import ImportRun, Incident
from events.record.columns import INCIDENT_COLUMNS
from events.verbs.documents import PREFETCH, incident_row
from events.verbs.publishing import publish
from tests.importers.ged_rows import COLUMNS, VARIED, row, write

SHARED = Path(__file__).parents[3] / "shared" / "data" / "ucdp_ged_sahel.csv.gz"


KNOWN = {
    "malian-armed-forces",
    "jamaat-nusrat-al-islam-wal-muslimin",
    "civilians",
    "wagner-group",
    "africa-corps",
    "russian-armed-forces",
}


@pytest.fixture
def desk(database, settings, tmp_path) -> None:
    """A desk that knows six actors of the registry, published."""
    settings.DATA_DIR = tmp_path / "data"
    entries = [entry for entry in read_entries()[0] if entry["slug"] in KNOWN]
    kept = ("slug", "kind", "country", "names", "ucdp")
    folder = tmp_path / "registry"
    folder.mkdir()
    cast = [{key: entry[key] for key in kept if key in entry} for entry in entries]
    (folder / "cast.yaml").write_text(json.dumps(cast), encoding="utf-8")
    publish(actors=load_registry(folder), reason="Actors that the rows name")


def load(path: Path, **options: object) -> str:
    said = StringIO()
    call_command("import_ged", str(path), stdout=said, **options)
    return said.getvalue()


def stored() -> dict[str, dict]:
    """Every current version of an imported incident, by its id in the dataset."""
    names = ", ".join(INCIDENT_COLUMNS)
    with connection.cursor() as cursor:
        cursor.execute(
            f"SELECT to_jsonb(v) FROM (SELECT version, known_from, {names} FROM record.incident_version"
            " WHERE known_to = 2147483647 AND dataset = 'ucdp-ged') v"
        )
        return {
            version["dataset_id"]: version for (text,) in cursor.fetchall() for version in [json.loads(text)]
        }


def versions() -> int:
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM record.incident_version")
        return cursor.fetchone()[0]


def test_every_row_is_accounted_for_and_becomes_one_publication(desk, tmp_path):
    said = load(write(tmp_path / "ged.csv", VARIED))
    assert f"{len(VARIED)} rows read = {len(VARIED)} created + 0 changed + 0 unchanged + 0 rejected" in said
    assert {version["known_from"] for version in stored().values()} == {2}
    run = ImportRun.objects.get()
    assert (run.read, run.created, run.publication) == (len(VARIED), len(VARIED), 2)


def test_an_imported_version_is_what_the_desk_would_publish_of_the_same_incident(desk, tmp_path):
    load(write(tmp_path / "ged.csv", VARIED))
    versions = stored()
    assert len(versions) == len(VARIED)
    for incident in Incident.objects.filter(dataset__slug="ucdp-ged").prefetch_related(*PREFETCH):
        built = json.loads(json.dumps(incident_row(incident)))
        found = versions[incident.external_id]
        assert {name: found[name] for name in INCIDENT_COLUMNS} == {
            name: built[name] for name in INCIDENT_COLUMNS
        }


def test_loading_again_writes_nothing_at_all(desk, tmp_path):
    path = write(tmp_path / "ged.csv", VARIED)
    load(path)
    with connection.cursor() as cursor:
        cursor.execute("SELECT xmin::text, ctid::text FROM record.incident_version ORDER BY 2")
        before = cursor.fetchall()
        cursor.execute("SELECT xmin::text FROM events_incident ORDER BY id")
        desk_before = cursor.fetchall()
    said = load(path)
    assert f"{len(VARIED)} unchanged" in said and "nothing was written" in said
    with connection.cursor() as cursor:
        cursor.execute("SELECT xmin::text, ctid::text FROM record.incident_version ORDER BY 2")
        assert cursor.fetchall() == before
        cursor.execute("SELECT xmin::text FROM events_incident ORDER BY id")
        assert cursor.fetchall() == desk_before
        cursor.execute("SELECT max(number) FROM record.publication")
        assert cursor.fetchone() == (2,)


def test_a_later_release_brings_a_new_version_and_the_old_one_can_still_be_asked_for(desk, tmp_path):
    load(write(tmp_path / "a.csv", [row(1), row(2)]))
    said = load(write(tmp_path / "b.csv", [row(1, best="8", high="9"), row(2), row(3)]))
    assert "3 rows read = 1 created + 1 changed + 1 unchanged + 0 rejected" in said
    version = stored()["900000001"]
    assert (version["version"], version["fatalities_best"], version["fatalities_high"]) == (2, 8, 9)
    client = Client(headers={"host": "localhost"})
    old = client.get(f"/api/v1/incidents?id={version['id']}&as_of=2").json()["data"][0]
    assert (old["version"], old["fatalities_best"]) == (1, 5)


def test_a_dry_run_says_what_would_happen_and_keeps_nothing(desk, tmp_path):
    before = versions()
    said = load(write(tmp_path / "ged.csv", VARIED), dry_run=True)
    assert "Dry run" in said and f"{len(VARIED)} created" in said
    assert (versions(), ImportRun.objects.count()) == (before, 0)


@pytest.mark.parametrize(
    ("changes", "column"),
    [
        ({"date_start": "sometime"}, "date_start"),
        ({"latitude": "NaN"}, "latitude"),
        ({"type_of_violence": "9"}, "type_of_violence"),
        ({"best": "many"}, "best"),
        ({"country_id": "2"}, "country_id"),
        ({"id": ""}, "id"),
    ],
)
def test_a_row_that_cannot_be_used_is_reported_with_line_column_and_reason(desk, tmp_path, changes, column):
    report = tmp_path / "rejected.csv"
    said = load(write(tmp_path / "ged.csv", [row(1), row(2, **changes), row(3)]), report=report)
    assert "3 rows read = 2 created + 0 changed + 0 unchanged + 1 rejected" in said
    line = next(csv.DictReader(report.open(encoding="utf-8")))
    assert line["line"] == "3"
    assert line["column"].startswith(column[:7])
    assert line["file"] and next(
        text for name, text in line.items() if name not in ("file", "line", "column", "value")
    )


def test_a_file_of_another_kind_is_refused_naming_the_missing_columns(desk, tmp_path):
    before = versions()
    with pytest.raises(CommandError, match=r"missing: .*type_of_violence"):
        load(write(tmp_path / "other.csv", [row(1)], ["id", "country"]))
    assert versions() == before


def test_joint_actors_are_split_and_russia_beside_mali_is_who_was_there_that_day(desk, tmp_path):
    joint = {"side_a": "Government of Mali, Government of Russia (Soviet Union)", "side_a_new_id": "9249"}
    days = {"900000001": "2024-03-01", "900000002": "2025-09-01", "900000003": "2015-03-01"}
    rows = [
        row(int(key[-1]), **joint, date_start=day, date_end=day, year=day[:4]) for key, day in days.items()
    ]
    load(write(tmp_path / "ged.csv", rows))
    page = Client(headers={"host": "localhost"}).get("/api/v1/incidents?source=ucdp-ged").json()["data"]
    allies = {
        found["dataset_id"]: {part["slug"]: part["confidence"] for part in found["actors"]} for found in page
    }
    assert "malian-armed-forces" in allies["900000001"]
    assert allies["900000001"]["wagner-group"] != "high"
    assert "africa-corps" in allies["900000002"] and "wagner-group" not in allies["900000002"]
    assert "russian-armed-forces" in allies["900000003"]


def test_an_actor_that_nobody_knows_becomes_an_unidentified_one_with_its_ucdp_id(desk, tmp_path):
    load(write(tmp_path / "ged.csv", [row(1, side_b="XXX436", side_b_new_id="99436")]))
    page = Client(headers={"host": "localhost"}).get("/api/v1/incidents?source=ucdp-ged").json()["data"]
    stranger = next(part for part in page[0]["actors"] if part["role"] == "side_b")
    assert stranger["kind"] == "unidentified"
    detail = Client(headers={"host": "localhost"}).get(f"/api/v1/actors/{stranger['slug']}").json()
    assert ("ucdp", "99436") in {(known["scheme"], known["id"]) for known in detail["identifiers"]}


def test_files_as_they_are_met_are_read_alike(desk, tmp_path):
    rows = [row(1), row(2)]
    hdx = tmp_path / "hdx.csv"
    with hdx.open("w", newline="", encoding="utf-8") as lines:
        writer = csv.writer(lines)
        names = [name if name not in ("best", "high", "low") else f"{name}_est" for name in COLUMNS]
        writer.writerow(["", *names])
        tagged = (
            "year",
            "side_a",
            "side_b",
            "adm_1",
            "latitude",
            "longitude",
            "country",
            "date_start",
            "date_end",
            "best",
        )
        writer.writerow(["0", *[f"#tag+{name}" if name in tagged else "" for name in COLUMNS]])
        for number, values in enumerate(rows, start=1):
            writer.writerow([number, *[values.get(name, "") for name in COLUMNS]])
    load(write(tmp_path / "plain.csv", rows))
    assert "2 rows read = 0 created + 0 changed + 2 unchanged + 0 rejected" in load(hdx)


def test_the_shared_file_publishes_its_6450_rows_as_one_publication(desk):
    if not SHARED.exists():
        pytest.skip("the shared UCDP file lies beside the project on development machines only")
    assert "6450 rows read = 6450 created + 0 changed + 0 unchanged + 0 rejected" in load(SHARED)
    client = Client(headers={"host": "localhost"})
    assert client.get("/api/v1/publications").json()["data"][0]["number"] == 2
    assert client.get("/api/v1/facets?source=ucdp-ged").json()["totals"]["incidents"] == 6450
