"""The product's own table: read as spreadsheets write it, refused row by row, imported as drafts once and never twice."""

from __future__ import annotations

import csv
import io
import threading
import zipfile
from datetime import date
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command
from django.db import connection
from python_calamine import CalamineWorkbook

from actors.models import Actor
from conflict.kit.problems import Refused
from events.ingest.tables.columns import CLAIMS, INCIDENTS, SHEETS, guide, names_of
from events.ingest.tables.importer import confirm, desk_tables, import_table
from events.ingest.tables.planning import Plan
from events.ingest.tables.rejected import rejected_xlsx
from events.ingest.tables.template import template_xlsx, template_zip
from events.models import Claim, ImportRun, Incident, TableRow, Trace
from events.verbs.editing import revise
from events.verbs.publishing import publish
from events.verbs.uploading import keep_table
from tests.importers.table_rows import claim, csv_of, incident, workbook, zipped
from tests.record.cast import actor, ambush, dataset


@pytest.fixture
def desk(database, settings, tmp_path) -> None:
    """An army and rebels, published."""
    settings.DATA_DIR = tmp_path / "data"
    publish(
        actors=[
            actor("army", "state_force", "Example Army"),
            actor("rebels", "rebel", "Azawad Liberation Front"),
        ],
        reason="Registry",
    )


def load(content: bytes, name: str = "table.zip", **options: object) -> tuple[str, Plan]:
    """Import; the counts in one word each, and the plan."""
    done, made = import_table(content, name, desk_tables(), **options)
    counts = done.counts
    said = f"{counts.created} created {counts.changed} changed {counts.unchanged} unchanged {counts.rejected} rejected"
    assert counts.read == counts.created + counts.changed + counts.unchanged + counts.rejected
    return said, made


def faults(made: Plan) -> list[tuple[str, int, str]]:
    return [(fault.sheet, fault.line, fault.problem.field) for fault in made.faults]


def test_a_row_with_its_claims_becomes_a_draft_and_nothing_is_published(desk):
    rows = [claim(1), claim(1, claimant="Azawad Liberation Front", about="army; rebels", quantifier="", low="",
                            phrase="des dizaines de soldats", phrase_lang="fr", source_outlet="Radio Exemple")]  # fmt: skip
    said, _ = load(zipped([incident(1)], rows))
    assert said == "1 created 0 changed 0 unchanged 0 rejected"
    draft = Incident.objects.get()
    assert (draft.state, draft.public_id, draft.event_subtype) == ("draft", None, "ambush")
    assert (draft.date_end, draft.date_precision, draft.point.coords) == (
        date(2025, 1, 2),
        "day",
        (0.86, 19.46),
    )
    assert draft.internal_note == "Seen by a colleague"
    assert [(one["key"], one["outlet"]) for one in draft.source_list] == [
        ("s1", "Example Wire"),
        ("s2", "Radio Exemple"),
    ]
    parts = {(part.actor.slug, part.role, part.label_used) for part in draft.participations.all()}
    assert parts == {("army", "side_a", ""), ("rebels", "side_b", "Azawad Liberation Front")}
    first, second = Claim.objects.order_by("pk")
    assert (first.claimant_actor.slug, first.quantifier, first.low, first.high) == (
        "army",
        "at_least",
        10,
        None,
    )
    assert (first.status, first.relayed_by, second.relayed_by) == ("pending", "s1", "s2")
    assert (second.quantifier, second.low, second.high) == ("dozens", 24, 99)
    assert {victim.slug for victim in second.about.all()} == {"army", "rebels"}
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM record.incident_version")
        assert cursor.fetchone() == (0,)


def test_persons_and_outlets_can_claim_and_are_made_once(desk):
    rows = [
        claim(1, claimant="A. Spokesman", claimant_kind="person", affiliation="army"),
        claim(1, claimant="Radio Exemple", claimant_kind="source", measure="wounded"),
        claim(2, claimant="A. Spokesman", claimant_kind="person", affiliation="army"),
    ]
    load(zipped([incident(1), incident(2)], rows))
    people = {one.claimant_person for one in Claim.objects.filter(claimant_person__isnull=False)}
    assert [(one.name, one.affiliation.slug) for one in people] == [("A. Spokesman", "army")]
    assert Claim.objects.get(claimant_source__isnull=False).claimant_source.name == "Radio Exemple"


def test_the_same_table_again_is_unchanged_and_writes_nothing(desk):
    content = zipped([incident(1), incident(2)], [claim(1)])
    load(content)
    with connection.cursor() as cursor:
        cursor.execute("SELECT xmin::text FROM events_incident UNION ALL SELECT xmin::text FROM events_claim")
        before = cursor.fetchall()
    assert load(content)[0] == "0 created 0 changed 2 unchanged 0 rejected"
    with connection.cursor() as cursor:
        cursor.execute("SELECT xmin::text FROM events_incident UNION ALL SELECT xmin::text FROM events_claim")
        assert cursor.fetchall() == before
    assert (ImportRun.objects.count(), Trace.objects.filter(verb="open").count()) == (1, 2)


def test_a_changed_row_changes_its_draft_and_the_trace_says_what(desk):
    load(zipped([incident(1), incident(2)], [claim(1)]))
    said, _ = load(
        zipped(
            [incident(1, place="Elsewhere"), incident(2)], [claim(1, low="12"), claim(1, measure="wounded")]
        )
    )
    assert said == "0 created 1 changed 1 unchanged 0 rejected"
    draft = TableRow.objects.get(key="2025-001").incident
    assert (draft.place_name, draft.revision) == ("Elsewhere", 2)
    assert sorted(one.low for one in draft.claims.all()) == [10, 12]
    trace = Trace.objects.get(verb="revise", subject=f"incident:{draft.pk}")
    assert trace.change["fields"]["place_name"] == ["Exampleville", "Elsewhere"]


def test_what_people_have_worked_on_is_held_and_never_overwritten(desk):
    load(zipped([incident(1), incident(2)], [claim(1)]))
    edited = TableRow.objects.get(key="2025-001").incident
    edited.title_en = "Convoy turned back near Exampleville"
    revise(edited, reason="Better")
    published = TableRow.objects.get(key="2025-002").incident
    publish([published], reason="First reports")
    content = zipped([incident(1, place="Elsewhere"), incident(2, place="Elsewhere")])
    said, made = load(content)
    assert said == "0 created 2 changed 0 unchanged 0 rejected" and made.counts.held == 2
    for row in (edited, published):
        row.refresh_from_db()
        held = Trace.objects.get(verb="hold", subject=f"incident:{row.pk}")
        assert row.place_name == "Exampleville"
        assert held.change["fields"]["place_name"] == ["Exampleville", "Elsewhere"]
    assert edited.title_en == "Convoy turned back near Exampleville" and edited.claims.count() == 1
    assert load(content)[0] == "0 created 0 changed 2 unchanged 0 rejected"


def test_a_dry_run_says_what_would_happen_and_keeps_nothing(desk):
    said, made = load(zipped([incident(1), incident(2, country="Atlantis")]), dry_run=True)
    assert said == "1 created 0 changed 0 unchanged 1 rejected"
    assert (Incident.objects.count(), TableRow.objects.count(), ImportRun.objects.count()) == (0, 0, 0)
    assert faults(made) == [(INCIDENTS, 3, "country")]


@pytest.mark.parametrize(
    ("changes", "column"),
    [
        ({"event_type": "batle"}, "event_type"),
        ({"event_subtype": "protest"}, "event_subtype"),
        ({"date_start": "13 juin 2025"}, "date_start"),
        ({"date_start": "03/04/2025"}, "date_start"),
        ({"date_end": "2024-01-01"}, "date_end"),
        ({"date_start": "2099-01-01"}, "date_end"),
        ({"country": "France"}, "country"),
        ({"latitude": "NaN"}, "latitude"),
        ({"latitude": "19.5", "longitude": ""}, "longitude"),
        ({"location_precision": ""}, "location_precision"),
        ({"side_a": "Nobody at all"}, "side_a"),
        ({"title_en": ""}, "title_en"),
        ({"source_url": "javascript:alert(1)"}, "source_url"),
        ({"source_outlet": ""}, "source_outlet"),
        ({"admin1": "Nowhere"}, "admin1"),
        ({"civilian_targeting": "perhaps"}, "civilian_targeting"),
        ({"incident": ""}, "incident"),
        ({"note": "a\x01b"}, "note"),
    ],
)
def test_a_row_that_cannot_be_used_names_line_column_value_and_what_is_valid(desk, changes, column):
    said, made = load(zipped([incident(1), incident(2, **changes), incident(3)]))
    assert said == "2 created 0 changed 0 unchanged 1 rejected"
    fault = next(fault for fault in made.faults if fault.problem.field == column)
    assert (fault.sheet, fault.line) == (INCIDENTS, 3) and fault.problem.valid


@pytest.mark.parametrize(
    ("changes", "column"),
    [
        ({"claimant": ""}, "claimant"),
        ({"claimant_kind": "ghost"}, "claimant_kind"),
        ({"measure": "kiled"}, "measure"),
        ({"low": "ten"}, "low"),
        ({"low": "12", "high": "3", "quantifier": "between"}, "low"),
        ({"quantifier": "exact", "low": "1", "high": "2"}, "quantifier"),
        ({"item_class": "truck"}, "item_class"),
        ({"about": "army; Nobody"}, "about"),
    ],
)
def test_a_claim_that_cannot_be_used_rejects_its_incident_and_names_its_own_line(desk, changes, column):
    said, made = load(zipped([incident(1), incident(2)], [claim(1), claim(2), claim(2, **changes)]))
    assert said == "1 created 0 changed 0 unchanged 1 rejected"
    assert (CLAIMS, 4, column) in faults(made)


def test_the_nearest_valid_value_is_named(desk):
    _, made = load(zipped([incident(1, event_type="batle", side_a="armi", date_start="45821")]))
    nearest = {fault.problem.field: fault.problem.nearest for fault in made.faults}
    assert nearest == {"event_type": "battle", "side_a": "army", "date_start": "2025-06-13"}


def test_keys_twice_and_claims_without_an_incident_are_rejected_and_counted(desk):
    said, made = load(zipped([incident(1), incident(1, place="Later")], [claim(1), claim(9)]))
    assert said == "1 created 0 changed 0 unchanged 2 rejected"
    assert faults(made) == [(INCIDENTS, 2, "incident"), (CLAIMS, 3, "incident")]
    assert Incident.objects.get().place_name == "Later"


def test_a_row_that_the_desk_has_already_is_called_doubled_and_its_draft_says_so(desk):
    known = ambush(*(Actor.objects.get(slug=slug) for slug in ("army", "rebels")))
    content = zipped([incident(1, date_start="2025-06-13", place="Aguelhok"), incident(2)], [claim(1)])
    said, made = load(content, dry_run=True)
    assert [(one.row.key, one.doubles[0].key) for one in made.doubled] == [("2025-001", known.pk)]
    said, made = load(content, leave_doubled=True)
    assert said == "1 created 0 changed 0 unchanged 1 rejected"
    assert load(content)[0] == "1 created 0 changed 1 unchanged 0 rejected"
    assert f"incident {known.pk}" in TableRow.objects.get(key="2025-001").incident.internal_note


def test_tables_as_spreadsheets_write_them_are_read_alike(desk):
    french = incident(1, latitude="19,46", longitude="0,86", civilian_targeting="non", country="Mali",
                      event_type="Combat", date_start="02/01/2025", note="Vu par un collègue")  # fmt: skip
    plain = incident(1, note="Vu par un collègue")
    load(zipped([plain], [claim(1, low="1200")]))
    for content in (
        zipped([french], [claim(1, low="1 200")], encoding="cp1252", delimiter=";"),
        zipped([plain], [claim(1, low="1200.0")], encoding="utf-8-sig"),
        zipped([plain], [claim(1, low="1200")], encoding="utf-16"),
        workbook([{**plain, "date_start": date(2025, 1, 2), "latitude": 19.46}], [claim(1, low=1200)]),
    ):
        assert load(content)[0] == "0 created 0 changed 1 unchanged 0 rejected"


def test_merged_cells_formulas_and_empty_rows_of_a_workbook_count_as_they_are_shown(desk):
    def arrange(book, pages):
        page, names = pages[CLAIMS], names_of(CLAIMS)
        page.merge_range(1, 0, 2, 0, "2025-001")
        page.write_formula(2, names.index("low"), "=5+2", None, 7)
        pages[INCIDENTS].write_row(6, 0, [""] * 3)

    rows = [claim(1), {**claim(1, measure="wounded", phrase=""), "incident": "", "low": None}]
    content = workbook([incident(1), {}, {}, incident(4)], rows, arrange)
    said, made = load(content, "table.xlsx")
    assert said == "2 created 0 changed 0 unchanged 0 rejected"
    assert {(one.measure, one.low) for one in Claim.objects.all()} == {("killed", 10), ("wounded", 7)}
    assert [one.row.line for one in made.rows] == [2, 5]


def test_text_that_a_spreadsheet_would_run_is_kept_as_text(desk):
    load(zipped([incident(1, title_en="=HYPERLINK(1)", place="'=2+2")]))
    draft = Incident.objects.get()
    assert (draft.title_en, draft.place_name) == ("=HYPERLINK(1)", "=2+2")


@pytest.mark.parametrize(
    ("content", "field"),
    [
        (b"", "file"),
        (b"PK\x03\x04 broken", "file"),
        (b"incident,contry\n1,MLI\n", "contry"),
        (b"incident,title_en\n1,x\n", "event_type"),
        (b"incident,incident,event_type,date_start,country\n", "incident"),
    ],
)
def test_a_file_of_another_kind_is_refused_whole(desk, content, field):
    with pytest.raises(Refused) as refusal:
        load(content)
    assert field in {problem.field for problem in refusal.value.problems}


def test_a_column_that_nobody_knows_names_the_nearest(desk):
    with pytest.raises(Refused, match="did you mean country"):
        load(csv_of([], INCIDENTS, columns=[*names_of(INCIDENTS), "contry"]).encode())


def test_a_source_whose_rows_may_not_be_passed_on_is_refused(desk):
    with pytest.raises(Refused, match="licence"):
        import_table(zipped([incident(1)]), "t.zip", dataset("private", redistributable=False))


def test_two_sources_may_use_the_same_key(desk):
    load(zipped([incident(1)]))
    import_table(zipped([incident(1)]), "t.zip", dataset("partner"))
    assert Incident.objects.count() == 2


def test_rejected_rows_come_back_as_a_table_that_is_handed_in_again(desk):
    _, made = load(
        zipped([incident(1), incident(2, country="Atlantis")], [claim(2), claim(2, measure="wounded")])
    )
    book = CalamineWorkbook.from_filelike(io.BytesIO(rejected_xlsx(made)))
    header, *rows = book.get_sheet_by_name(INCIDENTS).to_python()
    assert len(rows) == 1 and rows[0][header.index("line")] == "3"
    assert "country" in rows[0][header.index("problems")]
    assert load(rejected_xlsx(made))[0] == "0 created 0 changed 0 unchanged 1 rejected"
    right = [
        dict(zip(header, row, strict=True)) | {"country": "Mali", "problems": "", "line": ""} for row in rows
    ]
    claims = [
        dict(zip(names_of(CLAIMS), row, strict=False))
        for row in book.get_sheet_by_name(CLAIMS).to_python()[1:]
    ]
    for row in right:
        del row["problems"], row["line"]
    assert load(zipped(right, claims))[0] == "1 created 0 changed 0 unchanged 0 rejected"
    assert Claim.objects.count() == 2


def test_the_template_has_every_column_with_its_guide_and_can_be_handed_in_as_it_is(desk):
    book = CalamineWorkbook.from_filelike(io.BytesIO(template_xlsx()))
    for sheet in SHEETS:
        assert book.get_sheet_by_name(sheet).to_python()[0] == names_of(sheet)
    told = {(row[0], row[1]) for row in book.get_sheet_by_name("columns").to_python()[1:]}
    assert told == {(sheet, column.name) for sheet, columns in SHEETS.items() for column in columns}
    assert {row[0] for row in book.get_sheet_by_name("actors").to_python()[1:]} == {"army", "rebels"}
    for content in (template_xlsx(), template_zip()):
        assert load(content)[0] == "0 created 0 changed 0 unchanged 0 rejected"
    with zipfile.ZipFile(io.BytesIO(template_zip())) as archive:
        assert next(csv.reader(StringIO(archive.read("incidents.csv").decode("utf-8-sig")))) == names_of(
            INCIDENTS
        )


def test_the_guides_examples_are_valid(desk):
    actor("malian-armed-forces", "state_force")
    actor("azawad-liberation-front")
    example = {sheet: {row[1]: row[5] for row in guide() if row[0] == sheet} for sheet in SHEETS}
    example[INCIDENTS]["side_b"] = "azawad-liberation-front"
    said, made = load(zipped([example[INCIDENTS]], [example[CLAIMS]]))
    assert (said, faults(made)) == ("1 created 0 changed 0 unchanged 0 rejected", [])


def test_the_command_imports_reports_and_writes_the_template(desk, tmp_path: Path):
    incidents, claims = tmp_path / "i.csv", tmp_path / "c.csv"
    incidents.write_text(csv_of([incident(1), incident(2, country="Atlantis")], INCIDENTS), encoding="utf-8")
    claims.write_text(csv_of([claim(1)], CLAIMS), encoding="utf-8")
    report, said = tmp_path / "report.csv", StringIO()
    call_command("import_table", str(incidents), claims=claims, report=report, dry_run=True, stdout=said)
    assert "Dry run" in said.getvalue() and Incident.objects.count() == 0
    call_command("import_table", str(incidents), claims=claims, report=report, stdout=said)
    assert "2 rows read = 1 created + 0 changed + 0 unchanged + 1 rejected" in said.getvalue()
    line = next(csv.DictReader(report.open(encoding="utf-8", newline="")))
    assert (line["sheet"], line["line"], line["column"], line["value"]) == (
        INCIDENTS,
        "3",
        "country",
        "Atlantis",
    )
    assert Claim.objects.count() == 1
    call_command("import_table", template=tmp_path / "t.xlsx", stdout=said)
    assert (tmp_path / "t.xlsx").read_bytes().startswith(b"PK")
    with pytest.raises(CommandError, match="slug of a source"):
        call_command("import_table", str(incidents), source="nobody", stdout=said)


def at_once(*works) -> list[object]:
    """What each work returned or refused, all begun together, each on a connection of its own."""
    ready, found = threading.Barrier(len(works)), []

    def begin(work) -> None:
        ready.wait()
        try:
            found.append(work())
        except Refused as refusal:
            found.append(refusal.status)
        finally:
            connection.close()

    threads = [threading.Thread(target=begin, args=(work,)) for work in works]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return found


def test_two_people_who_confirm_one_table_at_once_import_it_once(desk):
    content = zipped([incident(number) for number in range(1, 21)])
    upload = keep_table(content, "table.zip", desk_tables())
    found = at_once(*[lambda: confirm(upload, None)] * 2)
    assert found.count(409) == 1 and Incident.objects.count() == 20


def test_one_table_handed_in_twice_and_imported_at_once_makes_each_incident_once(desk):
    content, source = zipped([incident(number) for number in range(1, 21)]), desk_tables()
    found = at_once(*[lambda: import_table(content, "table.zip", source)[0].counts.created] * 3)
    assert sorted(found) == [0, 0, 20] and Incident.objects.count() == 20
