"""Tables at the desk: handed in, looked at, confirmed once; to whoever may not import, the pages do not exist."""

from __future__ import annotations

import csv
import io

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from lxml import html
from python_calamine import CalamineWorkbook

from actors.models import Actor
from events.ingest.tables.columns import CLAIMS, INCIDENTS, names_of
from events.models import Claim, Incident, TableUpload, Trace
from events.verbs.publishing import publish
from tests.desk.browsing import errors
from tests.importers.table_rows import claim, csv_of, incident, workbook, zipped
from tests.record.cast import actor, ambush, dataset


@pytest.fixture
def desk(people, settings, tmp_path) -> None:
    """An army and rebels, published."""
    settings.DATA_DIR = tmp_path / "data"
    publish(
        actors=[
            actor("army", "state_force", "Example Army"),
            actor("rebels", "rebel", "Azawad Liberation Front"),
        ],
        reason="Registry",
    )


def hand_in(person, content: bytes, name: str = "table.xlsx", **more: object):
    return person.client.post("/admin/tables/", {"table": SimpleUploadedFile(name, content), **more})


def text_of(response) -> str:
    """What a page says, blanks made single."""
    return " ".join(" ".join(html.fromstring(response.content.decode()).itertext()).split())


def test_a_table_is_looked_at_then_imported_as_drafts_by_its_editor(desk, at, people):
    aminata = at("aminata")
    rows = [incident(1), incident(2, country="Atlantis"), incident(3)]
    sent = hand_in(aminata, workbook(rows, [claim(1), claim(3, measure="wounded")]))
    assert sent.status_code == 302 and Incident.objects.count() == 0
    page = text_of(aminata.client.get(sent.url))
    assert "Rows read 3 New drafts 2" in page and "Rejected 1" in page
    assert "incidents 3 country Atlantis" in page
    done = aminata.client.post(sent.url, follow=True)
    assert "2 drafts opened, 0 changed, 1 rows rejected." in text_of(done)
    assert {row.author for row in Incident.objects.all()} == {people.aminata}
    assert {row.state for row in Incident.objects.all()} == {"draft"}
    assert set(
        Trace.objects.filter(verb="open", subject__startswith="incident:").values_list("by", "role")
    ) == {(people.aminata.pk, "editor")}
    assert Claim.objects.count() == 2


def test_confirming_twice_imports_once(desk, at):
    aminata = at("aminata")
    address = hand_in(aminata, zipped([incident(1)]), "table.zip").url
    aminata.client.post(address)
    again = aminata.client.post(address)
    assert again.status_code == 409 and Incident.objects.count() == 1
    assert "Import as drafts" not in again.content.decode()


def test_handing_in_the_same_table_again_says_unchanged(desk, at):
    aminata = at("aminata")
    aminata.client.post(hand_in(aminata, zipped([incident(1)])).url)
    page = aminata.client.get(hand_in(aminata, zipped([incident(1)])).url)
    assert "Unchanged 1" in text_of(page) and "There is nothing to import." in text_of(page)


def test_the_preview_shows_what_would_change_and_what_is_held(desk, at):
    aminata = at("aminata")
    aminata.client.post(hand_in(aminata, zipped([incident(1), incident(2)])).url)
    Incident.objects.filter(table_rows__key="2025-002").update(revision=7)
    changed = [incident(1, place="Elsewhere"), incident(2, place="Elsewhere")]
    page = text_of(aminata.client.get(hand_in(aminata, zipped(changed)).url))
    assert "Changed 2 1 of them held" in page
    assert page.count("place_name Exampleville Elsewhere") == 2


def test_the_preview_links_to_what_a_row_may_be(desk, at):
    aminata = at("aminata")
    known = ambush(*(Actor.objects.get(slug=slug) for slug in ("army", "rebels")))
    row = incident(1, date_start="2025-06-13", place="Aguelhok")
    page = aminata.client.get(hand_in(aminata, zipped([row], [claim(1)])).url).content.decode()
    assert f"/admin/events/incident/{known.pk}/change/" in page and "1 of them may be known already" in page
    left = aminata.client.get(hand_in(aminata, zipped([row], [claim(1)]), leave_doubled="on").url)
    assert "New drafts 0" in text_of(left) and "Rejected 1" in text_of(left)


def test_two_csv_files_are_taken_as_one_table(desk, at):
    aminata = at("aminata")
    claims = SimpleUploadedFile("claims.csv", csv_of([claim(1)], CLAIMS).encode())
    sent = hand_in(aminata, csv_of([incident(1)], INCIDENTS).encode(), "incidents.csv", claims=claims)
    aminata.client.post(sent.url)
    assert Claim.objects.count() == 1


def test_a_file_of_another_kind_is_refused_before_it_is_kept(desk, at):
    refused = hand_in(at("aminata"), b"incident,contry\n1,MLI\n", "a.csv")
    assert refused.status_code == 400 and TableUpload.objects.count() == 0
    assert "contry" in errors(refused) and "country" in errors(refused)
    assert hand_in(at("aminata"), b"", "a.csv").status_code == 400


def test_rejected_rows_and_problems_can_be_downloaded(desk, at):
    aminata = at("aminata")
    sent = hand_in(aminata, zipped([incident(1, country="Atlantis", note="=cmd()")], [claim(1)]))
    book = CalamineWorkbook.from_filelike(io.BytesIO(aminata.client.get(f"{sent.url}rejected.xlsx").content))
    header, row = book.get_sheet_by_name(INCIDENTS).to_python()
    assert row[header.index("country")] == "Atlantis" and row[header.index("note")] == "=cmd()"
    assert len(book.get_sheet_by_name(CLAIMS).to_python()) == 2
    lines = list(csv.DictReader(io.StringIO(aminata.client.get(f"{sent.url}problems.csv").content.decode())))
    assert [(line["line"], line["column"], line["value"]) for line in lines] == [("2", "country", "Atlantis")]


def test_the_template_can_be_downloaded_and_the_first_page_leads_there(desk, at):
    aminata = at("aminata")
    book = CalamineWorkbook.from_filelike(
        io.BytesIO(aminata.client.get("/admin/tables/template.xlsx").content)
    )
    assert book.get_sheet_by_name(INCIDENTS).to_python()[0] == names_of(INCIDENTS)
    assert aminata.client.get("/admin/tables/template.zip").content.startswith(b"PK")
    assert "/admin/tables/" in aminata.open("").content.decode()


@pytest.mark.parametrize("name", ["moussa", "tiemoko"])
def test_to_whoever_may_not_import_the_pages_do_not_exist(desk, at, name):
    sent = hand_in(at("aminata"), zipped([incident(1)]))
    other = at(name)
    for address in ("/admin/tables/", "/admin/tables/template.xlsx", sent.url, f"{sent.url}rejected.xlsx"):
        assert other.client.get(address).status_code == 404
    assert hand_in(other, zipped([incident(1)])).status_code == 404
    assert other.client.post(sent.url).status_code == 404 and Incident.objects.count() == 0
    assert "/admin/tables/" not in other.open("").content.decode()


def test_the_tables_of_a_source_that_is_not_public_are_for_chief_editors(desk, at):
    hidden = dataset("hidden", public=False)
    sent = hand_in(at("chantal"), zipped([incident(1)]), source=hidden.pk)
    assert at("chantal").client.get(sent.url).status_code == 200
    assert at("aminata").client.get(sent.url).status_code == 404
    assert hand_in(at("aminata"), zipped([incident(1)]), source=hidden.pk).status_code == 400
