"""Places into the desk: GeoNames dumps and our own list, in any order, counted to the last row."""

import csv
import gzip
import io
import zipfile
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from conflict.kit.problems import Refused
from events.ingest.boundaries import load_boundaries
from events.ingest.gazetteer import SHIPPED, load_gazetteer
from events.ingest.gazetteer_rows import GEONAMES, TOWNS
from events.models import AdminUnit, Place
from tests.places.cast import WORLD, box, unit, write

pytestmark = pytest.mark.usefixtures("database")
SHARED = Path(__file__).parents[3] / "shared" / "data"


def row(
    geonameid, name, lat="18.44", lon="1.41", cls="P", code="PPL", country="ML", alternates="", population="0"
):
    cells = dict.fromkeys(GEONAMES, "") | {
        "geonameid": geonameid,
        "name": name,
        "asciiname": name,
        "alternatenames": alternates,
        "latitude": lat,
        "longitude": lon,
        "feature_class": cls,
        "feature_code": code,
        "country_code": country,
        "population": population,
        "modification_date": "2023-10-01",
    }
    return "\t".join(cells.values())


KIDAL = row(
    "2455290",
    "Kidal",
    code="PPLA",
    alternates="Kidal,كيدال,https://example.org/kidal,Kidali",
    population="11643",
)
AGUELHOK = row("2461247", "Aguelhoc", "19.4614", "0.8589", alternates="Aguel'hoc")
RIVER = row("99", "Oued Tilemsi", cls="H", code="WAD")
WELL = row("98", "In Tebezas", cls="H", code="WLL")


def dump(folder, rows, name="ML.txt"):
    path = folder / name
    path.write_text("".join(line + "\n" for line in rows), encoding="utf-8")
    return str(path)


def counts(loaded):
    return loaded.read, loaded.created, loaded.changed, loaded.unchanged, loaded.passed_over, loaded.rejected


def contents():
    columns = (
        "source",
        "external_id",
        "name",
        "name_fr",
        "alternates",
        "country",
        "point",
        "feature",
        "population",
    )
    return [
        [str(value) for value in place]
        for place in Place.objects.order_by("source", "external_id").values_list(*columns)
    ]


def test_a_dump_becomes_places(tmp_path):
    assert counts(load_gazetteer([dump(tmp_path, [KIDAL, AGUELHOK, RIVER, WELL])])) == (4, 3, 0, 0, 1, 0)
    kidal = Place.objects.get(external_id="2455290")
    assert (kidal.source, kidal.name, kidal.country, kidal.feature) == (
        "geonames",
        "Kidal",
        "MLI",
        "admin1_capital",
    )
    assert kidal.alternates == ["Kidali", "كيدال"] and kidal.population == 11643
    assert kidal.point.coords == (1.41, 18.44) and kidal.point.srid == 4326
    assert Place.objects.get(external_id="98").feature == "well"


def test_rivers_come_when_they_are_asked_for(tmp_path):
    load_gazetteer([dump(tmp_path, [RIVER])], all_features=True)
    assert Place.objects.get().feature == "wad"


def test_loading_again_changes_nothing(tmp_path):
    path = dump(tmp_path, [KIDAL, AGUELHOK, RIVER])
    load_gazetteer([path])
    before = contents()
    assert counts(load_gazetteer([path])) == (3, 0, 0, 2, 1, 0)
    assert contents() == before


def test_a_moved_place_is_changed_and_keeps_its_names(tmp_path):
    load_gazetteer([dump(tmp_path, [KIDAL])])
    moved = row("2455290", "Kidal", "18.5", "1.5", code="PPLA", alternates="Qidal")
    assert counts(load_gazetteer([dump(tmp_path, [moved])])) == (1, 0, 1, 0, 0, 0)
    place = Place.objects.get()
    assert place.point.coords == (1.5, 18.5) and place.alternates == ["Kidali", "Qidal", "كيدال"]
    assert place.population == 11643


def test_the_shipped_gazetteer_is_what_loads_without_files():
    assert counts(load_gazetteer()) == (736, 736, 0, 0, 0, 0)
    assert counts(load_gazetteer()) == (736, 0, 0, 736, 0, 0)
    assert Place.objects.count() == 706 and AdminUnit.objects.filter(level=1).count() == 30
    timbuktu = Place.objects.get(name="Timbuktu")
    assert (timbuktu.name_fr, timbuktu.admin1, timbuktu.source) == ("Tombouctou", "ML06", "geonames")
    region = AdminUnit.objects.get(pcode="ML06")
    assert (region.name, region.name_fr, region.vintage, region.geom) == (
        "Timbuktu",
        "Tombouctou",
        "2019-08-02",
        None,
    )


def test_our_names_and_a_dump_end_alike_in_either_order(tmp_path, database):
    path = dump(tmp_path, [KIDAL, AGUELHOK])
    load_gazetteer()
    load_gazetteer([path])
    ours_first = contents()
    Place.objects.all().delete()
    load_gazetteer([path])
    load_gazetteer()
    assert contents() == ours_first
    aguelhok = Place.objects.get(external_id="2461247")
    assert aguelhok.name == "Aguelhok" and "Aguelhoc" in aguelhok.alternates
    assert Place.objects.count() == 706


BAD = {
    "latitude": row("1", "North", lat="91"),
    "longitude": row("2", "East", lon="1e400"),
    "name": row("3", "Ki\x00dal"),
    "country_code": row("4", "Paris", country="FR"),
    "geonameid": row("5e0", "Odd"),
    "population": row("6", "Crowd", population="-1"),
    "line": "7\ttoo\tfew",
    "feature_code": row("8", "Odd", code="PP\x00"),
}


@pytest.mark.parametrize("column", BAD)
def test_rows_that_cannot_be_used_are_reported_by_line_and_column(tmp_path, column):
    report = tmp_path / "rejected.csv"
    loaded = load_gazetteer([dump(tmp_path, [KIDAL, BAD[column], AGUELHOK])], report=report)
    assert counts(loaded) == (3, 2, 0, 0, 0, 1)
    (rejected,) = csv.DictReader(report.open(encoding="utf-8"))
    assert (rejected["file"], rejected["line"], rejected["column"]) == ("ML.txt", "2", column)


def test_a_row_that_is_not_utf8_is_refused_alone(tmp_path):
    path = tmp_path / "ML.txt"
    path.write_bytes(f"{KIDAL}\n{row('5', 'Menaka')}\n".encode().replace(b"Menaka", b"M\xe9naka"))
    assert counts(load_gazetteer([str(path)])) == (2, 1, 0, 0, 0, 1)


def test_the_same_place_twice_in_a_file_is_refused_the_second_time(tmp_path):
    report = tmp_path / "rejected.csv"
    assert counts(load_gazetteer([dump(tmp_path, [KIDAL, KIDAL])], report=report)) == (2, 1, 0, 0, 0, 1)
    assert next(csv.DictReader(report.open()))["line"] == "2"


def test_a_dump_with_a_header_says_which_columns_it_has(tmp_path):
    header = "geonameid\tname\tlatitude\tlongitude\tfeature_class\tcountry_code\tnote"
    load_gazetteer([dump(tmp_path, [header, "7\tTessalit\t20.2\t1.01\tP\tML\t"])])
    assert Place.objects.get().feature == "populated_place"
    with pytest.raises(Refused, match="latitude"):
        load_gazetteer(
            [dump(tmp_path, [header.replace("latitude", "lat"), "7\tTessalit\t20.2\t1.01\tP\tML\t"])]
        )


@pytest.mark.parametrize("text", ["", "a,b\n1,2\n", "name;name_fr\n", "\x00\n", "{}"])
def test_a_file_of_another_kind_is_refused_with_the_kinds_there_are(tmp_path, text):
    path = tmp_path / "places"
    path.write_text(text)
    with pytest.raises(Refused, match="a GeoNames dump, or CSV with the columns"):
        load_gazetteer([str(path)])


def test_a_list_of_towns_counts_its_physical_lines(tmp_path):
    path, report = tmp_path / "towns.csv", tmp_path / "rejected.csv"
    lines = [
        TOWNS,
        ["Two\nlines", "", "", "MLI", "ML08", "", "1", "18", "", "camp", "own"],
        ["North", *[""] * 10],
        ["short"],
    ]
    with path.open("w", newline="") as file:
        csv.writer(file).writerows(lines)
    assert counts(load_gazetteer([str(path)], report=report)) == (3, 0, 0, 0, 0, 3)
    found = [(rejected["line"], rejected["column"]) for rejected in csv.DictReader(report.open())]
    assert found == [("3", "name"), ("4", "country_code"), ("5", "line")]


@pytest.mark.parametrize("column", ["name", "name_fr", "feature", "admin1_pcode", "admin2_pcode"])
def test_no_cell_of_a_list_smuggles_a_control_character_in(tmp_path, column):
    path, report = tmp_path / "towns.csv", tmp_path / "rejected.csv"
    town = dict(
        zip(TOWNS, ["Ber", "Ber", "", "MLI", "ML06", "", "-2.5", "16.8", "", "camp", "own"], strict=True)
    )
    with path.open("w", newline="") as file:
        csv.writer(file).writerows([TOWNS, [*(town | {column: "M\x1bL"}).values()]])
    assert counts(load_gazetteer([str(path)], report=report)) == (1, 0, 0, 0, 0, 1)
    assert next(csv.DictReader(report.open()))["column"] == column


def test_a_dry_run_counts_and_keeps_nothing(tmp_path):
    assert load_gazetteer([dump(tmp_path, [KIDAL])], dry_run=True).created == 1
    assert not Place.objects.exists()


def test_a_failed_load_leaves_what_was_there(tmp_path):
    load_gazetteer([dump(tmp_path, [KIDAL])])
    before = contents()
    half = tmp_path / "half.gz"
    half.write_bytes(gzip.compress("\n".join([AGUELHOK] * 9).encode())[:-9])
    with pytest.raises(Refused, match="undamaged"):
        load_gazetteer([dump(tmp_path, [WELL], "well.txt"), str(half)])
    assert contents() == before


def test_the_official_zip_is_read_from_an_address(httpserver, settings):
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr("readme.txt", "about this dump")
        archive.writestr("ML.txt", KIDAL + "\n")
    httpserver.expect_request("/export/dump/ML.zip").respond_with_data(out.getvalue())
    settings.FEED_ALLOWED_HOSTS = frozenset({httpserver.host})
    assert load_gazetteer([httpserver.url_for("/export/dump/ML.zip")]).created == 1


def test_places_get_their_units_when_boundaries_are_there(tmp_path):
    load_boundaries([write(tmp_path, WORLD)])
    assert load_gazetteer([dump(tmp_path, [KIDAL])]).placed == 1
    assert Place.objects.get().admin2 == "ML0801"


def test_a_centre_never_stands_beside_the_shapes_of_its_country(tmp_path):
    load_boundaries([write(tmp_path, [unit(1, "ML99", "Azawad", box(0, 18, 2, 20), "2099")])])
    load_gazetteer([SHIPPED[0]])
    assert list(AdminUnit.objects.filter(country="MLI").values_list("pcode", flat=True)) == ["ML99"]
    assert AdminUnit.objects.filter(country="NER").count() == 8


def test_shapes_take_the_place_of_centres(tmp_path):
    load_gazetteer([SHIPPED[0]])
    loaded = load_boundaries([write(tmp_path, [unit(1, "ML08", "Kidal", box(0, 18, 2, 20))])])
    assert loaded.changed == 1 and AdminUnit.objects.get(pcode="ML08").geom is not None


def test_the_command_tells_what_it_did(tmp_path, capsys):
    call_command("load_gazetteer", dump(tmp_path, [KIDAL, RIVER, BAD["latitude"]]), report=tmp_path / "r.csv")
    said = capsys.readouterr().out
    assert "3 rows read = 1 created + 0 changed + 0 unchanged + 1 passed over + 1 rejected" in said
    assert str(tmp_path / "r.csv") in said


def test_the_command_refuses_a_file_that_is_not_there():
    with pytest.raises(CommandError, match=r"nowhere\.txt"):
        call_command("load_gazetteer", "nowhere.txt")


def test_the_p_codes_of_the_shipped_towns_are_those_of_their_positions():
    paths = [SHARED / f"boundaries_sahel_adm{level}.geojson.gz" for level in (1, 2)]
    if not all(path.exists() for path in paths):
        pytest.skip(
            "the cross-check needs boundaries_sahel_adm1 and adm2, which do not ship with the product"
        )
    load_gazetteer()
    given = {place.pk: (place.name, place.admin1, place.admin2) for place in Place.objects.all()}
    loaded = load_boundaries([str(path) for path in paths])
    assert loaded.rejected == 0 and loaded.repaired == 58
    assert loaded.read == loaded.created + loaded.changed + loaded.unchanged == 1846
    found = {place.pk: (place.name, place.admin1, place.admin2) for place in Place.objects.all()}
    assert {name for pk, (name, admin1, _) in found.items() if admin1 != given[pk][1]} == {"Yirgou"}
    assert sum(found[pk] == given[pk] for pk in given) >= 700
