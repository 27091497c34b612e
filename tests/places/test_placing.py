"""Which units incidents and places lie in: by position, as deep as the place is known, with a trace of each change."""

import pytest
import shapely
from django.contrib.gis.geos import Point
from django.test import Client
from hypothesis import HealthCheck, given
from hypothesis import settings as with_settings
from hypothesis import strategies as st

from events.ingest.boundaries import load_boundaries
from events.ingest.placing import place_incidents, place_places, same_unit
from events.models import Incident, Place, Trace
from events.verbs.publishing import publish
from tests.places.cast import WORLD, box, incident, unit, write

pytestmark = pytest.mark.usefixtures("database")


@pytest.fixture
def boundaries(tmp_path):
    load_boundaries([write(tmp_path, [*WORLD, unit(3, "ML080201", "Anéfis", box(0, 18, 0.5, 19))])])


def units_of(one):
    one.refresh_from_db()
    return one.admin1, one.admin2, one.admin3


def test_an_incident_gets_the_units_that_its_point_lies_in(boundaries):
    clash = incident(1.5, 17)
    place_incidents()
    assert units_of(clash) == ("ML07", "ML0704", "")
    assert (clash.admin1_name, clash.admin2_name, clash.boundary_vintage) == ("Gao", "Ménaka", "2019-08-02")


@pytest.mark.parametrize(
    ("precision", "units"),
    [
        ("exact", ("ML08", "ML0802", "ML080201")),
        ("near", ("ML08", "ML0802", "")),
        ("admin3", ("ML08", "ML0802", "ML080201")),
        ("admin2", ("ML08", "ML0802", "")),
        ("admin1", ("ML08", "", "")),
        ("region", ("", "", "")),
        ("country", ("", "", "")),
    ],
)
def test_units_go_no_deeper_than_the_place_is_known(boundaries, precision, units):
    clash = incident(0.25, 18.5, location_precision=precision)
    place_incidents()
    assert units_of(clash) == units


def test_a_point_on_the_border_belongs_to_its_own_country(boundaries):
    malian, nigerien = incident(2, 17), incident(2, 17, country="NER")
    place_incidents()
    assert units_of(malian)[0] == "ML07" and units_of(nigerien)[0] == "NE005"


def test_a_point_just_across_the_border_belongs_to_the_nearest_unit(boundaries):
    near, far = incident(2.03, 17), incident(2.2, 17)
    placed = place_incidents()
    assert units_of(near) == ("ML07", "ML0704", "") and units_of(far) == ("", "", "")
    assert placed.outside == 1


def test_incidents_of_countries_without_boundaries_are_not_counted_as_outside(boundaries):
    incident(0, 13, country="BFA")
    assert place_incidents().outside == 0


def test_placing_again_changes_nothing(boundaries):
    clash = incident(1.5, 17)
    assert place_incidents().changed == 1
    traces, revision = Trace.objects.count(), Incident.objects.get().revision
    assert place_incidents().changed == 0
    clash.refresh_from_db()
    assert (Trace.objects.count(), clash.revision) == (traces, revision)


def test_every_change_leaves_a_trace_with_before_and_after(boundaries):
    clash = incident(1.5, 17)
    place_incidents()
    trace = Trace.objects.get(subject=f"incident:{clash.pk}", verb="place")
    assert trace.change["before"]["admin1"] == "" and trace.change["after"]["admin1"] == "ML07"
    clash.refresh_from_db()
    assert clash.revision == 2


def test_a_unit_that_somebody_gave_stays_and_is_counted(boundaries):
    clash = incident(1.5, 17, admin1="ML08", admin1_name="Kidal")
    placed = place_incidents()
    assert units_of(clash) == ("ML08", "", "") and (placed.kept, placed.changed) == (1, 0)


def test_a_unit_that_somebody_gave_and_that_fits_is_completed(boundaries):
    clash = incident(1.5, 17, admin1="ML07")
    assert place_incidents().changed == 1
    assert units_of(clash) == ("ML07", "ML0704", "")


def test_units_follow_a_new_vintage(boundaries, tmp_path):
    clash = incident(1.5, 17)
    place_incidents()
    new = [
        unit(1, "ML07", "Gao", box(0, 16, 1, 18), "2023"),
        unit(1, "ML10", "Ménaka", box(1, 16, 2, 18), "2023"),
    ]
    assert load_boundaries([write(tmp_path, new)]).incidents.changed == 1
    clash.refresh_from_db()
    assert (clash.admin1, clash.admin1_name, clash.boundary_vintage) == ("ML10", "Ménaka", "2023")


def test_names_that_sources_give_are_compared_with_the_units(boundaries):
    incident(1.5, 17, admin1_name="Région de Gao", admin2_name="Menaka cercle")
    incident(0.5, 17, admin1_name="Gao region", admin2_name="Bourem")
    incident(0.6, 17)
    names = place_incidents().names
    assert (names.agree[1], names.disagree[1]) == (2, 0)
    assert (names.agree[2], names.disagree[2]) == (1, 1)
    assert names.examples == [(2, "Bourem", "Gao", 1)]


@pytest.mark.parametrize(
    ("given", "name", "same"),
    [
        ("Sahel region", "Sahel", True),
        ("Province du Soum", "Soum", True),
        ("Tombouctou", "Tombouctou", True),
        ("Komondjari", "Komandjari", False),
        ("Centre", "Centre-Nord", False),
        ("Plateau Central region", "Plateau-Central", True),
        ("Region", "Region", True),
        ("", "Gao", False),
    ],
)
def test_words_that_only_say_the_kind_of_unit_do_not_matter(given, name, same):
    assert same_unit(given, name) is same


def get(path):
    return Client(headers={"host": "localhost"}).get(f"/api/v1/{path}").json()


def test_a_published_incident_waits_for_an_editor_or_is_published_anew(boundaries):
    clash = incident(1.5, 17)
    publish([clash], reason="First reports")
    placed = place_incidents()
    assert (placed.changed, placed.waiting, placed.published) == (1, 1, 0)
    clash.refresh_from_db()
    assert clash.changed_since_published
    assert get(f"incidents/{clash.public_id}")["admin1"] is None


def test_units_are_published_when_that_is_asked_for(boundaries):
    clash, edited = incident(1.5, 17), incident(0.5, 17)
    publish([clash, edited], reason="First reports")
    Incident.objects.filter(pk=edited.pk).update(revision=2, title_en="An unfinished correction")
    placed = place_incidents(republish=True)
    assert (placed.changed, placed.published, placed.waiting) == (2, 1, 0)
    clash.refresh_from_db()
    edited.refresh_from_db()
    assert get(f"incidents/{clash.public_id}")["admin1"] == "ML07"
    assert get(f"incidents/{clash.public_id}?as_of=1")["admin1"] is None
    assert get(f"incidents/{edited.public_id}")["title"] == "Clash near a well"


POINTS = st.tuples(st.integers(-10, 410), st.integers(1590, 2010)).map(
    lambda pair: (pair[0] / 100, pair[1] / 100)
)


@with_settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(st.tuples(POINTS, st.sampled_from(["MLI", "NER"])), min_size=1, max_size=30))
def test_the_join_agrees_with_a_look_at_each_point(boundaries, spots):
    Incident.objects.all().delete()
    made = [(incident(lon, lat, country), lon, lat) for (lon, lat), country in spots]
    place_incidents()
    shapes = [
        (f["properties"], shapely.geometry.shape(f["geometry"]))
        for f in WORLD
        if f["properties"]["_level"] == 1
    ]
    for one, lon, lat in made:
        at = shapely.Point(lon, lat)
        own = [(p["admin1Pcode"], s.distance(at)) for p, s in shapes if p["_iso3"] == one.country]
        nearest = min(distance for _, distance in own)
        found = units_of(one)[0]
        # Rounding decides at exactly five hundredths of a degree.
        if abs(nearest - 0.05) > 1e-9:
            assert (found in {code for code, distance in own if distance == nearest}) == (nearest < 0.05)


def test_places_get_their_units_too(boundaries):
    def made(name, lon, lat):
        return Place.objects.create(
            source="test", external_id=name, name=name, country="MLI", point=Point(lon, lat, srid=4326)
        )

    inside, outside = made("Anéfis", 0.25, 18.5), made("Bamako", -8, 12.6)
    assert place_places() == 1
    assert units_of(inside) == ("ML08", "ML0802", "ML080201") and units_of(outside) == ("", "", "")
    assert place_places() == 0
