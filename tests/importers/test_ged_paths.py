"""UCDP GED by its other ways in: fetched, over an editor's work, with boundaries loaded, as the desk's own role."""

from __future__ import annotations

import io
import zipfile
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command
from django.db import connection
from django.test import Client
from pytest_httpserver import HTTPServer

from events.ingest.boundaries import load_boundaries
from events.ingest.ged import importer
from events.ingest.ged.importer import official
from events.models import ImportRun, Incident, Trace
from events.verbs.editing import revise
from events.verbs.publishing import publish
from events.verbs.withdrawing import retract
from tests.importers.ged_rows import VARIED, row, write
from tests.places import cast as ground

PLACES = {
    "kidal": {"longitude": "0.5", "latitude": "19", "adm_1": "Kidal region", "adm_2": "Kidal cercle"},
    "abeibara": {"longitude": "1.5", "latitude": "19", "adm_1": "Kidal", "adm_2": "Gao cercle"},
    "menaka": {"longitude": "1.5", "latitude": "17", "adm_1": "Mopti region", "adm_2": "Menaka cercle"},
}


@pytest.fixture(autouse=True)
def kept_apart(database, settings, tmp_path) -> None:
    settings.DATA_DIR = tmp_path / "data"
    settings.FEED_ALLOWED_HOSTS = frozenset({"localhost", "127.0.0.1"})


def load(address: object = "", **options: object) -> str:
    said = StringIO()
    call_command("import_ged", str(address), stdout=said, **options)
    return said.getvalue()


def csv_bytes(folder: Path, rows: list[dict[str, str]]) -> bytes:
    return write(folder / "made.csv", rows).read_bytes()


def zipped(content: bytes, name: str) -> bytes:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(name, content)
        archive.writestr("readme.txt", "what is in here")
    return packed.getvalue()


def get(path: str) -> dict:
    return Client(headers={"host": "localhost"}).get(f"/api/v1/{path}").json()


# Fetched


def test_a_file_behind_an_address_is_fetched_and_its_release_read_from_its_name(
    httpserver: HTTPServer, tmp_path
):
    httpserver.expect_request("/files/GEDEvent_v26_0_1.csv").respond_with_data(
        csv_bytes(tmp_path, [row(1), row(2)])
    )
    assert "2 created" in load(httpserver.url_for("/files/GEDEvent_v26_0_1.csv?token=1"))
    run = ImportRun.objects.get()
    assert (run.file, run.release) == ("GEDEvent_v26_0_1.csv", "26.0.1")
    assert {found["dataset"] for found in get("incidents")["data"]} == {"ucdp-ged"}


@pytest.mark.parametrize(
    ("release", "path", "packed"),
    [
        ("25.1", "/ged/ged251-csv.zip", True),
        ("26.0.1", "/candidateged/GEDEvent_v26_0_1.csv", False),
        ("26.01.26.03", "/candidateged/GEDEvent_v26_01_26_03.csv", False),
    ],
)
def test_a_release_is_fetched_from_where_ucdp_publishes_it(
    httpserver: HTTPServer, monkeypatch, tmp_path, release, path, packed
):
    assert official(release) == f"https://ucdp.uu.se/downloads{path}"
    monkeypatch.setattr(importer, "DOWNLOADS", httpserver.url_for("").rstrip("/"))
    content = csv_bytes(tmp_path, [row(1)])
    httpserver.expect_request(path).respond_with_data(zipped(content, "GEDEvent.csv") if packed else content)
    assert "1 created" in load(release=release)
    assert ImportRun.objects.get().release == release


def test_what_cannot_be_fetched_is_said_and_changes_nothing(httpserver: HTTPServer, settings):
    httpserver.expect_request("/gone.csv").respond_with_data("no", status=404)
    httpserver.expect_request("/page.csv").respond_with_data("<html>a page</html>")
    httpserver.expect_request("/away.csv").respond_with_data(
        "", status=302, headers={"Location": "http://169.254.169.254/latest"}
    )
    for name, said in (("gone", "404"), ("page", "missing"), ("away", "fetched")):
        with pytest.raises(CommandError, match=said):
            load(httpserver.url_for(f"/{name}.csv"))
    settings.FEED_ALLOWED_HOSTS = frozenset()
    with pytest.raises(CommandError, match="fetched"):
        load(httpserver.url_for("/page.csv"))
    with pytest.raises(CommandError, match=r"a release of UCDP GED as 25\.1"):
        load(release="last year")
    assert (Incident.objects.count(), ImportRun.objects.count()) == (0, 0)


# Over an editor's work


def reload(rows: list[dict[str, str]], folder: Path) -> str:
    return load(write(folder / "GEDEvent_v26_0_2.csv", rows))


def test_what_an_editor_changed_is_kept_and_the_difference_shown(tmp_path, at, people):
    load(write(tmp_path / "a.csv", [row(1), row(2)]))
    edited = Incident.objects.get(external_id="900000001")
    edited.title_en = "Soldiers attacked at a market near Sévaré"
    revise(edited, by=people.aminata, reason="Read in two further reports")
    said = reload([row(1, best="9", high="11", where_coordinates="Bankass town"), row(2)], tmp_path)
    assert "2 rows read = 0 created + 1 changed + 1 unchanged + 0 rejected" in said
    assert "1 of the changed had been in an editor's hands" in said and "Nothing was published." in said
    edited.refresh_from_db()
    assert (edited.title_en, edited.place_name) == (
        "Soldiers attacked at a market near Sévaré",
        "Sévaré town",
    )
    assert edited.changed_since_published
    new = edited.claims.get(status="pending", about__isnull=True)
    assert (new.low, new.best, new.high) == (4, 9, 11)
    assert (new.supersedes.low, new.supersedes.best, new.supersedes.high) == (4, 5, 7)
    held = Trace.objects.get(verb="hold", subject=f"incident:{edited.pk}")
    assert held.change["dataset"]["place_name"] == "Bankass town"
    page = at("chantal").open(f"events/incident/{edited.pk}/change/").content.decode()
    assert "It now says" in page and "Bankass town" in page and "pending" in page
    assert get("incidents?q=Sévaré")["data"][0]["fatalities_best"] == 5


def test_what_is_held_is_said_once_and_an_editor_can_take_it_over(tmp_path, people):
    load(write(tmp_path / "a.csv", [row(1)]))
    edited = Incident.objects.get()
    edited.title_en = "Soldiers attacked at a market"
    revise(edited, by=people.aminata, reason="Read in two further reports")
    changed = [row(1, best="9", high="11")]
    reload(changed, tmp_path)
    assert "0 created + 0 changed + 1 unchanged" in reload(changed, tmp_path)
    assert edited.claims.filter(status="pending").count() == 1
    new = edited.claims.get(status="pending")
    edited.claims.filter(pk=new.supersedes_id).update(
        status="set_aside", set_aside_why="Replaced by the dataset"
    )
    edited.claims.filter(pk=new.pk).update(status="accepted")
    publish([Incident.objects.get()], by=people.chantal, role="chief editor", reason="New figures taken over")
    found = get("incidents")["data"][0]
    assert (found["fatalities_best"], found["version"]) == (9, 2)


def test_an_edit_that_waits_for_publication_is_not_published_by_an_import(tmp_path, people):
    load(write(tmp_path / "a.csv", [row(1), row(2)]))
    edited = Incident.objects.get(external_id="900000001")
    edited.summary_en = "Not for the public yet"
    revise(edited, by=people.aminata, reason="Draft of a summary")
    assert "1 versions" in reload([row(1, best="6"), row(2, best="6")], tmp_path)
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT count(*) FROM record.incident_version v WHERE v::text LIKE '%%for the public yet%%'"
        )
        assert cursor.fetchone() == (0,)


def test_a_retracted_incident_does_not_come_back(tmp_path):

    load(write(tmp_path / "a.csv", [row(1)]))
    retract(Incident.objects.get(), code="error", reason="Did not happen")
    assert "Nothing was published." in reload([row(1, best="9")], tmp_path)
    assert Incident.objects.get().state == "retracted"
    assert get("incidents")["data"] == []


# With boundaries


def test_units_are_those_of_the_boundaries_and_names_that_differ_are_counted(tmp_path):
    load_boundaries([ground.write(tmp_path, ground.WORLD)])
    rows = [row(number, **place) for number, place in enumerate(PLACES.values(), start=1)]
    rows.append(row(4, **PLACES["kidal"], where_prec="4"))
    rows.append(row(5, longitude="30", latitude="30", adm_1="Gao region", adm_2="Gao cercle"))
    said = load(write(tmp_path / "ged.csv", rows))
    assert "names of level 1 against the boundaries: 3 agree, 1 differ" in said
    assert "names of level 2 against the boundaries: 2 agree, 1 differ" in said
    found = {
        one.external_id[-1]: (one.admin1, one.admin2, one.admin2_name, one.boundary_vintage)
        for one in Incident.objects.all()
    }
    assert found["1"] == ("ML08", "ML0802", "Kidal", "2019-08-02")
    assert found["2"] == ("ML08", "ML0801", "Abeïbara", "2019-08-02")
    assert found["3"] == ("ML07", "ML0704", "Ménaka", "2019-08-02")
    # Known to the first-level unit only: nothing finer is said.
    assert found["4"] == ("ML08", "", "", "2019-08-02")
    # A point in no unit of its country keeps the first-level unit that the file names.
    assert found["5"][:2] == ("ML07", "")
    assert {one["id"] for one in get("incidents?admin1=ML08")["data"]} == {
        one.public_id
        for one in Incident.objects.filter(external_id__in=["900000001", "900000002", "900000004"])
    }


def test_boundaries_loaded_later_give_the_same_units_as_before(tmp_path):
    rows = [row(number, **place) for number, place in enumerate(PLACES.values(), start=1)]
    load(write(tmp_path / "ged.csv", rows))
    assert set(Incident.objects.values_list("boundary_vintage", flat=True)) == {""}
    load_boundaries([ground.write(tmp_path, ground.WORLD)], republish=True)
    found = dict(Incident.objects.values_list("external_id", "admin2"))
    assert set(found.values()) == {"ML0802", "ML0801", "ML0704"}
    assert "3 unchanged" in load(write(tmp_path / "ged.csv", rows))
    # The loader's own change is no editor's: a later release goes on changing the row.
    assert "2 unchanged" in (said := reload([row(1, **PLACES["kidal"], best="6"), *rows[1:]], tmp_path))
    assert "1 changed" in said and "editor" not in said


# As the desk


def test_the_desks_role_can_import_all_there_is_to_import(as_role, tmp_path):
    with as_role("DESK_DATABASE_URL"):
        assert f"{len(VARIED)} created" in load(write(tmp_path / "a.csv", VARIED))
        said = load(write(tmp_path / "b.csv", [row(1, best="6"), *VARIED[1:]]))
    assert f"1 changed + {len(VARIED) - 1} unchanged" in said
    assert get("publications")["data"][0]["number"] == 2


def test_the_workers_role_cannot_import(as_role, tmp_path):
    path = write(tmp_path / "a.csv", VARIED)
    with (
        as_role("WORKER_DATABASE_URL"),
        pytest.raises(Exception, match=r"permission denied|may only write drafts"),
    ):
        load(path)
    assert Incident.objects.count() == 0
