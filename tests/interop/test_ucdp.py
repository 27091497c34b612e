"""UCDP's envelope and columns on our record: versions are publications, filters mean what the columns show."""

from __future__ import annotations

import pytest
from django.db import connection

from actors.codes import ActorKind
from actors.models import ActorIdentifier
from events.codes import DatePrecision, LocationPrecision
from events.compat.ucdp import codes
from events.countries import COUNTRIES
from events.verbs.publishing import publish
from tests.record.cast import actor, ambush, claim, dataset

LATEST = "/compat/ucdp/gedevents/latest"
ORDER = [
    *("id", "relid", "year", "active_year", "code_status", "type_of_violence", "conflict_dset_id"),
    *("conflict_new_id", "conflict_name", "dyad_dset_id", "dyad_new_id", "dyad_name", "side_a_dset_id"),
    *("side_a_new_id", "side_a", "side_b_dset_id", "side_b_new_id", "side_b", "number_of_sources"),
    *("source_article", "source_office", "source_date", "source_headline", "source_original", "where_prec"),
    *("where_coordinates", "where_description", "adm_1", "adm_2", "latitude", "longitude", "geom_wkt"),
    *("priogrid_gid", "country", "country_id", "region", "event_clarity", "date_prec", "date_start"),
    *("date_end", "deaths_a", "deaths_b", "deaths_civilians", "deaths_unknown", "best", "high", "low"),
    *("gwnoa", "gwnob"),
]
VIOLENT = ("battle", "remote_violence", "violence_against_civilians")


@pytest.fixture
def events(world, ask):
    return ask(f"{LATEST}?pagesize=1000")["Result"]


@pytest.fixture
def ours(world, ask):
    found = ask("/api/v1/incidents?limit=1000&order=date")["data"]
    return [row for row in found if row["event_type"] in VIOLENT]


def relids(answer):
    return [event["relid"] for event in answer["Result"]]


def test_the_columns_stand_in_ucdps_order(events):
    assert all(list(event) == ORDER for event in events)


def test_violent_incidents_are_there_with_our_values(events, ours):
    assert [event["relid"] for event in events] == [row["id"] for row in ours]
    for event, row in zip(events, ours, strict=True):
        assert (event["low"], event["best"], event["high"]) == (
            row["fatalities_low"],
            row["fatalities_best"],
            row["fatalities_high"],
        )
        assert (event["longitude"], event["latitude"]) == (row["longitude"], row["latitude"])
        assert event["date_start"] == f"{row['date_start']}T00:00:00"
        assert event["country_id"] == COUNTRIES[row["country"]].gw
        assert event["type_of_violence"] == (3 if row["civilian_targeting"] else event["type_of_violence"])


def test_deaths_by_side_add_up_or_are_left_out(events):
    parts = ("deaths_a", "deaths_b", "deaths_civilians", "deaths_unknown")
    split = [event for event in events if event["deaths_a"] is not None]
    assert split
    for event in events:
        given = [event[name] for name in parts]
        assert given == [None] * 4 or sum(given) == event["best"]


def test_numbers_of_ids_are_unique_and_lead_back(world, ask, events):
    numbers = [event["id"] for event in events]
    assert len(set(numbers)) == len(numbers) and max(numbers) < 2**53
    asked = f"{numbers[0]},{numbers[3]}"
    assert relids(ask(f"{LATEST}?Id={asked}")) == [events[0]["relid"], events[3]["relid"]]
    assert ask(f"{LATEST}?Id=7")["TotalCount"] == 0


def test_pages_count_from_zero_and_lead_to_each_other(world, ask, events):
    page = ask(f"{LATEST}?pagesize=20")
    assert (page["TotalCount"], page["TotalPages"]) == (len(events), -(-len(events) // 20))
    assert page["PreviousPageUrl"] == ""
    found, first = list(page["Result"]), page
    while page["NextPageUrl"]:
        page = ask(page["NextPageUrl"])
        found += page["Result"]
    assert found == events
    assert ask(ask(first["NextPageUrl"])["PreviousPageUrl"])["Result"] == first["Result"]
    assert relids(ask(f"{LATEST}?pagesize=20&page=1")) == [event["relid"] for event in events[20:40]]


def test_a_page_behind_the_last_is_empty(world, ask, events):
    page = ask(f"{LATEST}?page=1000000")
    assert (page["Result"], page["TotalCount"], page["NextPageUrl"]) == ([], len(events), "")


@pytest.mark.parametrize(
    ("asked", "true"),
    [
        ("Country=432", lambda event: event["country_id"] == 432),
        ("Country=439,436", lambda event: event["country_id"] in (439, 436)),
        ("TypeOfViolence=1", lambda event: event["type_of_violence"] == 1),
        ("TypeOfViolence=3", lambda event: event["type_of_violence"] == 3),
        ("StartDate=2024-07-25", lambda event: event["date_end"] >= "2024-07-25"),
        ("EndDate=2024-07-25", lambda event: event["date_start"] <= "2024-07-25T00:00:00"),
        (
            "Geography=14 -5,20 2",
            lambda event: (
                (event["latitude"] or 0) >= 14 and event["latitude"] <= 20 and -5 <= event["longitude"] <= 2
            ),
        ),
        ("event_type=battle&Country=432", None),
    ],
)
def test_filters_keep_what_the_columns_show(world, ask, events, ours, asked, true):
    found = relids(ask(f"{LATEST}?pagesize=1000&{asked}"))
    if true is None:
        expected = [row["id"] for row in ours if (row["event_type"], row["country"]) == ("battle", "MLI")]
    else:
        expected = [event["relid"] for event in events if true(event)]
    assert 0 < len(expected) < len(events)
    assert found == expected


def test_an_actor_is_asked_for_by_ucdps_number(world, ask, ours):
    sides = ("side_a", "side_b", "ally_a", "ally_b", "victim")
    slugs = {who["slug"] for row in ours for who in row["actors"] if who["role"] in sides}
    numbers = {
        slug: {known["id"] for known in ask(f"/api/v1/actors/{slug}")["identifiers"]} for slug in slugs
    }
    asked = sorted(set().union(*numbers.values()))[:5]
    assert len(asked) > 2
    for number in asked:
        expected = [
            row["id"]
            for row in ours
            if any(who["role"] in sides and number in numbers[who["slug"]] for who in row["actors"])
        ]
        assert relids(ask(f"{LATEST}?pagesize=1000&Actor={number}")) == expected != []
    assert ask(f"{LATEST}?Actor=999999999")["TotalCount"] == 0


@pytest.mark.parametrize(
    ("asked", "field"),
    [
        ("Country=1", "Country"),
        ("Country=Mali", "Country"),
        ("Geography=14,20", "Geography"),
        ("Geography=20 2,14 -5", "Geography"),
        ("StartDate=2024", "StartDate"),
        ("StartDate=2024-02-01&EndDate=2024-01-01", "EndDate"),
        ("TypeOfViolence=4", "TypeOfViolence"),
        ("Actor=x", "Actor"),
        ("Dyad=1", "Dyad"),
        ("pagesize=0", "pagesize"),
        ("pagesize=1001", "pagesize"),
        ("page=-1", "page"),
        ("page=0&page=1", "page"),
        ("Contry=432", "Contry"),
        ("limit=5", "limit"),
    ],
)
def test_what_is_wrong_is_named(world, refused, asked, field):
    assert field in refused(f"{LATEST}?{asked}")


def test_an_unknown_version_is_a_404(world, refused):
    assert "latest" in refused("/compat/ucdp/gedevents/25.1", 404)["version"]["valid"]


@pytest.fixture
def cast(database):
    return actor("army", "state_force", "Army"), actor("rebels", "rebel", "Rebels")


def test_versions_are_publications_and_pages_stay_in_theirs(cast, ask, client):
    for number in range(3):
        publish([ambush(*cast, title_en=f"Incident {number}")], cast, reason="A test")
    first = ask(f"{LATEST}?pagesize=2")
    before = client.get("/compat/ucdp/gedevents/3?pagesize=2").content
    publish([ambush(*cast, title_en="Newer")], cast, reason="A test")
    assert client.get("/compat/ucdp/gedevents/3?pagesize=2").content == before
    assert relids(ask(first["NextPageUrl"])) == [relids(ask("/compat/ucdp/gedevents/3?pagesize=3"))[2]]
    assert ask(LATEST)["TotalCount"] == 4
    assert ask("/compat/ucdp/gedevents/1")["TotalCount"] == 1


def test_the_name_of_a_release_is_a_version(cast, ask):
    publish([ambush(*cast)], cast, reason="A test")
    publish([ambush(*cast)], cast, reason="A test")
    release("2026.1", 1)
    assert ask("/compat/ucdp/gedevents/2026.1")["TotalCount"] == 1


def release(name, number):
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO record.release (name, publication, title, digest)"
            " SELECT %s, number, 'A test', digest FROM record.publication WHERE number = %s",
            [name, number],
        )


def test_an_event_of_ged_keeps_its_number_and_its_credit(cast, ask):
    source = dataset("ucdp-ged", licence="CC BY 4.0", attribution="UCDP", redistributable=True)
    publish([ambush(*cast, dataset=source, external_id="545432")], cast, reason="A test")
    answer = ask(f"{LATEST}?Id=545432")
    assert [event["id"] for event in answer["Result"]] == [545432]
    assert any("Uppsala" in line for line in answer["Notice"])


def test_sides_types_and_deaths(cast, ask):
    army, rebels = cast
    others, civilians = actor("others", "jihadist", "Others"), actor("civilians", "civilians", "Civilians")
    ActorIdentifier.objects.create(scheme="ucdp", external_id="72", actor=army, label="Government of Mali")
    state_based = ambush(army, rebels)
    non_state = ambush(others, rebels)
    one_sided = ambush(others, rebels, event_type="violence_against_civilians", event_subtype="attack")
    one_sided.participations.filter(actor=rebels).update(actor=civilians, role="victim")
    one_sided.claims.all().delete()
    claim(one_sided, others, civilians, low=5, high=5, quantifier="exact")
    publish([state_based, non_state, one_sided], [*cast, others, civilians], reason="A test")
    found = {event["type_of_violence"]: event for event in ask(LATEST)["Result"]}
    assert set(found) == {1, 2, 3}
    assert (found[1]["side_a"], found[1]["side_a_new_id"], found[1]["dyad_name"]) == (
        "Army",
        72,
        "Army - Rebels",
    )
    assert (found[3]["side_b"], found[3]["deaths_civilians"], found[3]["best"]) == ("Civilians", 5, 5)
    for kind, event in found.items():
        assert relids(ask(f"{LATEST}?TypeOfViolence={kind}")) == [event["relid"]]
    assert set(relids(ask(f"{LATEST}?TypeOfViolence=1,2"))) == {found[1]["relid"], found[2]["relid"]}


def test_every_code_of_ours_has_one_of_ucdps():
    assert set(codes.WHERE_PREC) == set(LocationPrecision)
    assert set(codes.DATE_PREC) == set(DatePrecision)
    assert set(ActorKind) >= codes.STATES


def test_our_ids_as_numbers_go_both_ways():
    assert codes.number_of("MLI-2025-00042") == 432202500000042
    for public_id in ("MLI-2025-00042", "NER-1999-99999", "SDN-2025-12345678"):
        assert codes.public_id_of(codes.number_of(public_id)) == public_id
    assert codes.public_id_of(545432) is None
    assert codes.public_id_of(999202500000042) is None


@pytest.mark.parametrize(
    ("lon", "lat", "cell"), [(-180, -90, 1), (179.9, 89.9, 259200), (-179.6, -89.4, 721)]
)
def test_prio_grid_counts_from_the_south_west(lon, lat, cell):
    assert codes.priogrid(lon, lat) == cell


@pytest.mark.parametrize(
    ("asked", "field", "valid"),
    [
        ("StartDate=2025-02-01&EndDate=2025-01-01", "EndDate", "not before StartDate, which is 2025-02-01"),
        ("Geography=20 2,14 -5", "Geography", "two corners 'lat lon,lat lon', south-west first, in degrees"),
        ("since=2025-02-01&until=2025-01-01", "until", "not before since, which is 2025-02-01"),
    ],
)
def test_a_refusal_speaks_of_the_parameter_that_was_sent(world, refused, asked, field, valid):
    assert refused(f"{LATEST}?{asked}")[field]["valid"] == valid
