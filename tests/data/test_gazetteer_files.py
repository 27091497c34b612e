"""The gazetteer that ships: complete, well-formed, in agreement with boundaries and with GeoNames."""

import csv
import gzip
import json
import math
from collections import Counter, defaultdict
from pathlib import Path

import pytest
import shapely

from conflict.kit.text import sound

ROOT = Path(__file__).parents[2]
FOLDER = ROOT / "events" / "gazetteer"
SHARED = ROOT.parent / "shared" / "data"
# Degrees: west, south, east, north, with a margin of about 0.2.
EXTENT = {"MLI": (-12.5, 9.9, 4.5, 25.2), "BFA": (-5.8, 9.2, 2.6, 15.3), "NER": (0.0, 11.5, 16.2, 23.7)}
UNITS = {"MLI": 9, "BFA": 13, "NER": 8}
ISO3 = {"ML": "MLI", "BF": "BFA", "NE": "NER"}


def rows_of(name):
    with (FOLDER / name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


TOWNS, ADMIN1 = rows_of("towns.csv"), rows_of("admin1.csv")


def names_of(town):
    return [name for name in (town["name"], town["name_fr"], *town["alternate_names"].split(";")) if name]


def place_of(row):
    return float(row["longitude"]), float(row["latitude"])


def km_between(one, other):
    """Great circle on a sphere of 6371 km, by the haversine formula; points are (lon, lat) in degrees."""
    (west, south), (east, north) = (tuple(map(math.radians, point)) for point in (one, other))
    half = math.sin((north - south) / 2) ** 2
    half += math.cos(south) * math.cos(north) * math.sin((east - west) / 2) ** 2
    return 2 * 6371 * math.asin(math.sqrt(half))


def test_there_are_towns_enough_in_each_country():
    counts = Counter(town["country"] for town in TOWNS)
    assert len(TOWNS) >= 300
    assert min(counts[country] for country in UNITS) >= 100
    assert set(counts) == set(UNITS)


def test_every_first_level_unit_is_there_once():
    assert Counter(unit["country"] for unit in ADMIN1) == UNITS
    assert len({unit["pcode"] for unit in ADMIN1}) == len(ADMIN1)


@pytest.mark.parametrize("rows", [TOWNS, ADMIN1], ids=["towns", "admin1"])
def test_every_row_is_a_fact_with_place_and_source(rows):
    for row in rows:
        west, south, east, north = EXTENT[row["country"]]
        lon, lat = place_of(row)
        assert west <= lon <= east and south <= lat <= north, row
        assert row["name"] and row["name_fr"] and row["source"], row
        assert all(text == text.strip() and "�" not in text for text in row.values()), row


def test_towns_hang_on_units_of_their_country():
    country_of = {unit["pcode"]: unit["country"] for unit in ADMIN1}
    for town in TOWNS:
        assert country_of[town["admin1_pcode"]] == town["country"], town
        assert town["admin2_pcode"].startswith(town["admin1_pcode"]) or not town["admin2_pcode"], town
        assert town["population"] == "" or int(town["population"]) > 0, town


def test_no_town_is_listed_twice():
    keys = Counter((town["country"], town["admin1_pcode"], town["name"]) for town in TOWNS)
    assert [key for key, times in keys.items() if times > 1] == []
    for town in TOWNS:
        assert len(set(names_of(town)[2:])) == len(names_of(town)[2:]), town


def test_every_region_has_its_capital_and_nearly_every_second_level_unit():
    for unit in ADMIN1:
        ranks = [town["feature"] for town in TOWNS if town["admin1_pcode"] == unit["pcode"]]
        assert sum(rank in ("national_capital", "admin1_capital") for rank in ranks) == 1, unit
    assert sum("capital" in town["feature"] for town in TOWNS) >= 150


NAMES = """
Aguelhok Tinzaouatène Tessalit Ber Boulikessi Moura Solhan Barsalogho Inata Inates Chinagodrar Banibangou Kidal
Anéfis Gossi Hombori Léré Ménaka Talataye Tessit Indelimane Arbinda Djibo Mansila Foutouri Diapaga Torodi Bosso
Diffa Ogossagou Farabougou Nampala Diabaly Konna Sévaré Labbezanga Andéramboukane Seytenga Toumour
"""
REPORTED = NAMES.split()


@pytest.mark.parametrize(
    "name", [*REPORTED, "Tongo Tongo", "Sobane Da", "Tin-Akoff", "Tin Zaouatine", "Aguelhoc"]
)
def test_places_of_the_reporting_are_found_under_their_spellings(name):
    assert any(sound(name) in map(sound, names_of(town)) for town in TOWNS)


def test_the_readme_counts_what_is_in_the_files():
    text = (FOLDER / "README.md").read_text(encoding="utf-8")
    counts = Counter(town["country"] for town in TOWNS)
    sources = Counter(town["source"].split()[0] for town in TOWNS)
    assert f"| `towns.csv` | {len(TOWNS)} |" in text and f"| `admin1.csv` | {len(ADMIN1)} |" in text
    assert f"Mali ({counts['MLI']}), Burkina Faso ({counts['BFA']}) and Niger ({counts['NER']})" in text
    assert f"given: {sources['GeoNames']} rows" in text and f"exactly: {sources['UCDP']} rows" in text


def shared(name):
    path = SHARED / name
    if not path.exists():
        pytest.skip(f"the cross-check needs {name}, which does not ship with the product")
    return gzip.open(path, "rt", encoding="utf-8")


def shapes(level):
    with shared(f"boundaries_sahel_adm{level}.geojson.gz") as file:
        features = [one for one in json.load(file)["features"] if one["properties"]["_iso3"] in UNITS]
    for feature in features:
        properties = feature["properties"]
        names = {properties.get(f"admin{level}Name{suffix}") for suffix in ("", "_fr")} - {None}
        shape = shapely.make_valid(shapely.geometry.shape(feature["geometry"]))
        yield properties[f"admin{level}Pcode"], {sound(name) for name in names}, shape


def test_every_point_lies_in_its_region():
    regions = {pcode: shape for pcode, _, shape in shapes(1)}
    assert set(regions) == {unit["pcode"] for unit in ADMIN1}
    for unit in ADMIN1:
        assert regions[unit["pcode"]].contains(shapely.Point(place_of(unit))), unit
    outside = {
        town["name"]: regions[town["admin1_pcode"]].distance(shapely.Point(place_of(town))) * 111.2
        for town in TOWNS
        if not regions[town["admin1_pcode"]].intersects(shapely.Point(place_of(town)))
    }
    assert set(outside) == {"Yirgou", "Petel-Kolé", "Kourémalé"} and max(outside.values()) < 0.5


def test_towns_lie_in_the_commune_that_bears_their_name():
    # Eight characters: communes in Mali and Burkina Faso, departments in Niger.
    units = [unit for level in (2, 3) for unit in shapes(level) if len(unit[0]) == 8]
    near, far = 0, []
    for town in TOWNS:
        sounds, region = set(map(sound, names_of(town))), town["admin1_pcode"]
        named = [shape for pcode, called, shape in units if called & sounds and pcode.startswith(region)]
        if named:
            km = min(shape.distance(shapely.Point(place_of(town))) for shape in named) * 111.2
            near, far = near + (km <= 5), far + [town["name"]] * (km > 5)
    assert near == 462 and sorted(far) == ["Bermo", "Tessit"]


def test_geonames_has_a_place_of_that_name_there():
    known = defaultdict(list)
    with shared("gazetteer_sahel.tsv.gz") as file:
        for row in csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE):
            if row["country_code"] in ISO3:
                point = float(row["longitude"]), float(row["latitude"])
                for name in {row["name"], *row["alternatenames"].split(",")}:
                    known[ISO3[row["country_code"]], sound(name)].append(point)
    near = found = 0
    for town in TOWNS:
        points = [point for name in names_of(town) for point in known[town["country"], sound(name)]]
        found += bool(points)
        near += any(km_between(place_of(town), point) <= 5 for point in points)
    assert found >= 680 and near >= found - 2
