"""A private export handed in at the desk: looked at, confirmed once, and on the desk alone. All rows are made up."""

from __future__ import annotations

import csv
import gzip
import io
import zipfile

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import call_command
from django.test import Client
from lxml import html

from conflict.kit.textfiles import Limits
from events.ingest.acled import uploads
from events.models import Claim, ImportRun, Incident, ReferenceEvent, TableUpload, Trace
from tests.desk.browsing import errors
from tests.importers.acled_rows import COLUMNS, MARK, row, write
from tests.importers.table_rows import incident, workbook, zipped

PAGES = "/admin/private-exports/"


@pytest.fixture(autouse=True)
def folder(settings, tmp_path) -> None:
    settings.DATA_DIR = tmp_path / "data"


@pytest.fixture
def export(tmp_path):
    """`export(row(1), row(2))` is the bytes of an export."""

    def made(*rows: dict[str, str], columns: list[str] = COLUMNS) -> bytes:
        return write(tmp_path / "export.csv", list(rows), columns).read_bytes()

    return made


def hand_in(person, content: bytes, name: str = "export.csv", **more: object):
    sent = {"export": SimpleUploadedFile(name, content), "licence": "on", **more}
    return person.client.post(PAGES, sent)


def text_of(response) -> str:
    """What a page says, blanks made single."""
    return " ".join(" ".join(html.fromstring(response.content.decode()).itertext()).split())


def test_an_export_is_looked_at_then_kept_on_the_desk(people, at, export):
    aminata = at("aminata")
    sent = hand_in(aminata, export(row(1), row(2, latitude="far"), row(3)))
    assert sent.status_code == 302 and ReferenceEvent.objects.count() == 0
    said = text_of(aminata.client.get(sent.url))
    assert "Rows read 3 New reference events 2" in said and "Rejected 1" in said
    assert "3 latitude far a number from -85 to 85" in said
    assert "ZZT1" in said and "ZZT3" in said
    assert (ReferenceEvent.objects.count(), ImportRun.objects.count()) == (0, 0)
    done = text_of(aminata.client.post(sent.url, follow=True))
    assert "2 reference events kept, 0 changed, 1 rows rejected." in done
    assert ReferenceEvent.objects.count() == 2
    assert (Incident.objects.count(), Claim.objects.count()) == (0, 0)
    assert Trace.objects.get(verb="import").by == people.aminata


def test_both_pages_say_that_nothing_of_it_gets_out(people, at, export):
    aminata = at("aminata")
    sent = hand_in(aminata, export(row(1)))
    for address in (PAGES, sent.url):
        said = text_of(aminata.client.get(address))
        assert "stay on the desk" in said and "never published" in said


def test_the_tick_for_the_licence_is_needed(people, at, export):
    refused = hand_in(at("aminata"), export(row(1)), licence="")
    assert refused.status_code == 400 and TableUpload.objects.count() == 0
    assert "We may use this export: nothing was given; valid: ticked." in errors(refused)


def test_looking_writes_nothing_and_says_which_columns_change(people, at, export):
    aminata = at("aminata")
    aminata.client.post(hand_in(aminata, export(row(1), row(2))).url)
    before = list(ReferenceEvent.objects.order_by("pk").values_list("pk", "updated_at"))
    sent = hand_in(aminata, export(row(1, location="Elsewhere"), row(2), row(3)))
    said = text_of(aminata.client.get(sent.url))
    assert "New reference events 1" in said and "Changed 1" in said and "Unchanged 1" in said
    assert f"ZZT1 location {MARK} village Elsewhere" in said
    assert list(ReferenceEvent.objects.order_by("pk").values_list("pk", "updated_at")) == before


def test_confirming_twice_keeps_once(people, at, export):
    aminata = at("aminata")
    address = hand_in(aminata, export(row(1))).url
    aminata.client.post(address)
    again = aminata.client.post(address)
    assert again.status_code == 409 and ImportRun.objects.count() == 1
    assert "Keep on the desk" not in again.content.decode()


def test_an_export_without_news_has_nothing_to_confirm(people, at, export):
    aminata = at("aminata")
    aminata.client.post(hand_in(aminata, export(row(1))).url)
    said = text_of(aminata.client.get(hand_in(aminata, export(row(1))).url))
    assert "Unchanged 1" in said and "There is nothing to import." in said


def test_problems_can_be_downloaded_each_with_its_line(people, at, export):
    aminata = at("aminata")
    sent = hand_in(aminata, export(row(1, latitude="=far"), row(2), row(2, fatalities="9")))
    answer = aminata.client.get(f"{sent.url}problems.csv")
    lines = list(csv.DictReader(io.StringIO(answer.content.decode())))
    assert [(line["line"], line["column"], line["value"]) for line in lines] == [
        ("2", "latitude", "'=far"),
        ("3", "event_id_cnty", "ZZT2"),
    ]
    assert "no-store" in answer["Cache-Control"]


@pytest.mark.parametrize("name", ["export.csv.gz", "export.zip"])
def test_packed_exports_are_read(people, at, export, name):
    plain = export(row(1))
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        archive.writestr("export.csv", plain)
    content = gzip.compress(plain) if name.endswith("gz") else packed.getvalue()
    aminata = at("aminata")
    assert "New reference events 1" in text_of(aminata.client.get(hand_in(aminata, content, name).url))


def test_a_file_of_another_kind_is_refused_before_it_is_kept(people, at, export):
    aminata = at("aminata")
    refused = hand_in(aminata, export(row(1), columns=COLUMNS[:5]))
    assert refused.status_code == 400 and "sub_event_type" in errors(refused)
    assert hand_in(aminata, b"").status_code == 400
    assert hand_in(aminata, b"PK\x03\x04 and nothing more", "export.xlsx").status_code == 400
    assert TableUpload.objects.count() == 0


def test_too_large_too_long_and_unpacking_to_too_much_are_refused(people, at, export, monkeypatch):
    aminata = at("aminata")
    monkeypatch.setattr(uploads, "MOST_ROWS", 2)
    long = hand_in(aminata, export(row(1), row(2), row(3)))
    assert long.status_code == 400 and "at most 2 rows" in errors(long)
    monkeypatch.setattr("events.admin.handing_in.MOST_BYTES", 100)
    large = hand_in(aminata, export(row(1)))
    assert large.status_code == 400 and "at most 100 bytes; it has" in errors(large)
    monkeypatch.undo()
    bomb = hand_in(aminata, gzip.compress(export(row(1)) + b"0" * 30_000_000), "export.csv.gz")
    assert bomb.status_code == 400 and "times its size" in errors(bomb)
    monkeypatch.setattr(uploads, "UNPACKED", Limits(size=1_000))
    book = hand_in(aminata, workbook([incident(1)]), "export.xlsx")
    assert book.status_code == 400 and "1,000 bytes unpacked" in errors(book)
    assert TableUpload.objects.count() == 0


@pytest.mark.parametrize("name", ["moussa", "tiemoko"])
def test_to_whoever_may_not_hand_in_the_pages_do_not_exist(people, at, export, name):
    sent = hand_in(at("aminata"), export(row(1)))
    other = at(name)
    for address in (PAGES, sent.url, f"{sent.url}problems.csv"):
        assert other.client.get(address).status_code == 404
    assert hand_in(other, export(row(1))).status_code == 404
    assert other.client.post(sent.url).status_code == 404 and ReferenceEvent.objects.count() == 0
    assert PAGES not in other.open("").content.decode()


def test_tables_and_private_exports_do_not_mix(people, at, export):
    aminata = at("aminata")
    private, table = hand_in(aminata, export(row(1))), zipped([incident(1)])
    own = aminata.client.post("/admin/tables/", {"table": SimpleUploadedFile("table.zip", table)})
    number = {one.name: one.pk for one in TableUpload.objects.all()}
    assert aminata.client.get(f"/admin/tables/{number['export.csv']}/").status_code == 404
    assert aminata.client.post(f"/admin/tables/{number['export.csv']}/").status_code == 404
    assert aminata.client.get(f"{PAGES}{number['table.zip']}/").status_code == 404
    assert "export.csv" not in text_of(aminata.client.get("/admin/tables/"))
    assert "table.zip" not in text_of(aminata.client.get(PAGES))
    assert private.status_code == own.status_code == 302


def test_the_first_page_and_the_tables_lead_there(people, at):
    aminata = at("aminata")
    for address in ("", "tables/", "events/referenceevent/"):
        assert PAGES in aminata.open(address).content.decode()


def test_forgetting_takes_the_files_too(people, at, export):
    aminata = at("aminata")
    aminata.client.post(hand_in(aminata, export(row(1))).url)
    hand_in(aminata, export(row(2)))
    call_command("import_acled", forget="The licence has ended", stdout=io.StringIO())
    assert (ReferenceEvent.objects.count(), TableUpload.objects.count()) == (0, 0)
    assert Trace.objects.get(verb="forget").change == {"rows": 1, "files": 2}


def test_nothing_of_it_shows_at_a_public_door(people, at, export):
    aminata = at("aminata")
    aminata.client.post(hand_in(aminata, export(row(1)), f"{MARK}.csv").url)
    visitor = Client(headers={"host": "localhost"})
    for address in ("/api/v1/incidents?q=imaginary", "/api/v1/changes", "/", "/changes/", "/data/"):
        answer = visitor.get(address)
        whole = b"".join(answer.streaming_content) if answer.streaming else answer.content
        assert MARK.encode() not in whole
