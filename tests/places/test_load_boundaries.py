"""Boundaries into the desk: counted, repaired, replaced by vintage, and never half loaded."""

import csv
import gzip
import io
import zipfile

import pytest
from django.core.management import CommandError, call_command

from conflict.kit.problems import Refused
from events.ingest.boundaries import load_boundaries
from events.ingest.boundary_features import Given
from events.models import AdminUnit
from tests.places.cast import GAO, HALVES, KIDAL, TAHOUA, WORLD, box, collection, incident, unit, write

pytestmark = pytest.mark.usefixtures("database")

BOW_TIE = {"type": "Polygon", "coordinates": [[[0, 18], [2, 20], [2, 18], [0, 20], [0, 18]]]}
NEEDLE = {"type": "Polygon", "coordinates": [[[0, 18], [2, 18], [0, 18], [0, 18]]]}


def counts(loaded):
    return loaded.read, loaded.created, loaded.changed, loaded.unchanged, loaded.rejected


def test_units_are_loaded_with_parent_vintage_and_a_centre_inside(tmp_path):
    loaded = load_boundaries([write(tmp_path, WORLD)])
    assert counts(loaded) == (7, 7, 0, 0, 0)
    kidal = AdminUnit.objects.get(pcode="ML08")
    assert (kidal.level, kidal.country, kidal.name, kidal.parent, kidal.vintage) == (
        1,
        "MLI",
        "Kidal",
        "ML",
        "2019-08-02",
    )
    assert (
        kidal.geom.geom_type == "MultiPolygon"
        and kidal.geom.srid == 4326
        and kidal.geom.contains(kidal.centre)
    )


def test_loading_again_changes_nothing(tmp_path):
    path = write(tmp_path, WORLD)
    load_boundaries([path])
    before = list(AdminUnit.objects.values_list())
    assert counts(load_boundaries([path])) == (7, 0, 0, 7, 0)
    assert list(AdminUnit.objects.values_list()) == before


def test_a_changed_unit_is_counted_as_changed(tmp_path):
    load_boundaries([write(tmp_path, WORLD)])
    moved = unit(1, "ML08", "Kidal", box(0, 18, 2, 21))
    named = unit(1, "ML07", "Gawgaw", box(0, 16, 2, 18))
    assert counts(load_boundaries([write(tmp_path, [moved, named, TAHOUA])])) == (3, 0, 2, 1, 0)
    assert AdminUnit.objects.get(pcode="ML08").geom.extent == (0, 18, 2, 21)


def test_a_new_vintage_replaces_the_old_one_of_its_country_and_level_only(tmp_path):
    load_boundaries([write(tmp_path, WORLD)])
    new = [
        unit(1, "ML08", "Kidal", box(0, 18, 2, 20), vintage="2023"),
        unit(1, "ML10", "Ménaka", box(1, 16, 2, 18), "2023"),
    ]
    loaded = load_boundaries([write(tmp_path, new)])
    assert (loaded.created, loaded.changed, loaded.replaced) == (1, 1, 1)
    assert set(AdminUnit.objects.filter(level=1).values_list("pcode", "vintage")) == {
        ("ML08", "2023"),
        ("ML10", "2023"),
        ("NE005", "2019-08-02"),
    }
    assert AdminUnit.objects.filter(level=2).count() == 4


def test_a_part_of_the_same_vintage_leaves_the_rest_alone(tmp_path):
    load_boundaries([write(tmp_path, WORLD)])
    assert load_boundaries([write(tmp_path, [KIDAL])]).replaced == 0
    assert AdminUnit.objects.count() == 7


def test_invalid_shapes_are_repaired_and_counted(tmp_path):
    loaded = load_boundaries([write(tmp_path, [unit(1, "ML08", "Kidal", BOW_TIE), GAO])])
    assert loaded.repaired == 1 and loaded.rejected == 0
    kidal = AdminUnit.objects.get(pcode="ML08")
    assert kidal.geom.valid and kidal.geom.area == pytest.approx(2) and kidal.geom.contains(kidal.centre)


def test_parents_that_a_file_does_not_name_are_found_by_position(tmp_path):
    loaded = load_boundaries([write(tmp_path, WORLD)])
    assert loaded.parents_found == 3
    assert dict(AdminUnit.objects.filter(level=2).values_list("pcode", "parent")) == {
        "ML0802": "ML08",
        "ML0801": "ML08",
        "ML0703": "ML07",
        "ML0704": "ML07",
    }


def test_a_french_file_does_not_take_an_english_name_away(tmp_path):
    both = unit(1, "ML06", "x", box(0, 18, 2, 20), admin1Name_en="Timbuktu", admin1Name_fr="Tombouctou")
    load_boundaries([write(tmp_path, [both])])
    assert (
        counts(load_boundaries([write(tmp_path, [unit(1, "ML06", "Tombouctou", box(0, 18, 2, 20))])]))[3] == 1
    )
    assert AdminUnit.objects.get().name == "Timbuktu"


def test_features_that_cannot_be_used_are_reported_by_number(tmp_path):
    bad = [
        KIDAL,
        unit(1, "", "Nameless", box(0, 0, 1, 1), _iso3="MLI"),
        unit(1, "ML09", "Needle", NEEDLE),
        unit(1, "ML08", "Kidal again", box(5, 18, 6, 20)),
        unit(1, "XX01", "Elsewhere", box(0, 18, 2, 20)),
    ]
    report = tmp_path / "report" / "rejected.csv"
    assert counts(load_boundaries([write(tmp_path, bad)], report=report)) == (5, 1, 0, 0, 4)
    rows = list(csv.DictReader(report.open(encoding="utf-8")))
    assert {(row["file"], row["line"], row["column"]) for row in rows} == {
        ("units.geojson", "2", "pcode"),
        ("units.geojson", "3", "geometry"),
        ("units.geojson", "4", "pcode"),
        ("units.geojson", "5", "_iso3"),
    }
    assert all(row["reason"].startswith("valid: ") for row in rows)


def test_a_dry_run_counts_and_keeps_nothing(tmp_path):
    lying_there = incident(0.5, 19)
    loaded = load_boundaries([write(tmp_path, WORLD)], dry_run=True)
    assert counts(loaded) == (7, 7, 0, 0, 0) and loaded.incidents.changed == 1
    lying_there.refresh_from_db()
    assert lying_there.admin1 == "" and not AdminUnit.objects.exists()


def test_a_failed_load_leaves_what_was_there(tmp_path):
    load_boundaries([write(tmp_path, WORLD)])
    before = list(AdminUnit.objects.values_list())
    whole = write(tmp_path, [unit(1, "ML07", "Gao", box(0, 16, 2, 18), vintage="2023")])
    half = tmp_path / "half.geojson"
    half.write_text(collection(WORLD)[:-50], encoding="utf-8")
    with pytest.raises(Refused, match="ends too early"):
        load_boundaries([whole, str(half)])
    assert list(AdminUnit.objects.values_list()) == before


def zipped(text):
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("mli_admin1.geojson", text)
    return out.getvalue()


@pytest.mark.parametrize(
    "pack", [str.encode, lambda text: gzip.compress(text.encode()), zipped], ids=["plain", "gz", "zip"]
)
def test_packed_files_are_read_as_they_are(tmp_path, pack):
    path = tmp_path / "download"
    path.write_bytes(pack(collection(WORLD)))
    assert load_boundaries([str(path)]).created == 7


def test_an_address_is_fetched_through_the_guard(httpserver, settings):
    httpserver.expect_request("/cod/units.geojson").respond_with_data(collection(WORLD))
    settings.FEED_ALLOWED_HOSTS = frozenset({f"{httpserver.host}:{httpserver.port}", httpserver.host})
    assert load_boundaries([httpserver.url_for("/cod/units.geojson")]).created == 7


def test_a_private_address_is_refused_without_being_asked(httpserver, settings):
    httpserver.expect_request("/units.geojson").respond_with_data(collection(WORLD))
    settings.FEED_ALLOWED_HOSTS = frozenset()
    with pytest.raises(Refused, match="not a public address"):
        load_boundaries([httpserver.url_for("/units.geojson")])
    assert httpserver.log == [] and not AdminUnit.objects.exists()


def test_an_address_that_answers_404_is_refused_with_the_answer(httpserver, settings):
    settings.FEED_ALLOWED_HOSTS = frozenset({httpserver.host})
    httpserver.expect_request("/gone").respond_with_data("", status=404)
    with pytest.raises(Refused, match="404"):
        load_boundaries([httpserver.url_for("/gone")])


def test_the_vintage_of_a_file_that_has_none_is_given(tmp_path):
    feature = unit(1, "ML08", "Kidal", box(0, 18, 2, 20), vintage="")
    assert load_boundaries([write(tmp_path, [feature])]).rejected == 1
    assert load_boundaries([write(tmp_path, [feature])], given=Given(vintage="2023")).created == 1


def test_the_command_tells_what_it_did(tmp_path, capsys):
    incident(0.5, 19)
    call_command(
        "load_boundaries",
        write(tmp_path, [*WORLD, unit(1, "XX01", "Elsewhere", box(0, 18, 2, 20))]),
        report=tmp_path / "r.csv",
    )
    said = capsys.readouterr().out
    assert "8 features read = 7 created + 0 changed + 0 unchanged + 1 rejected" in said
    assert str(tmp_path / "r.csv") in said and "MLI 0/2/4/0, NER 0/1/0/0" in said
    assert "Incidents: 1 given other units" in said


def test_the_command_refuses_a_file_that_is_not_there(tmp_path):
    with pytest.raises(CommandError, match=r"nowhere\.geojson"):
        call_command("load_boundaries", str(tmp_path / "nowhere.geojson"))


def test_levels_can_come_in_several_files(tmp_path):
    level1, level2 = write(tmp_path, [KIDAL, GAO], "1.json"), write(tmp_path, HALVES, "2.json")
    assert counts(load_boundaries([level2, level1])) == (6, 6, 0, 0, 0)
    assert AdminUnit.objects.get(pcode="ML0801").parent == "ML08"
