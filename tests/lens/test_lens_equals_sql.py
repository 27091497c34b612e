"""The lens counts exactly what SQL on the record counts: any filters, any `as_of`, every kind of count."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from actors.codes import ActorKind
from conflict.kit.mercator import tile_of, to_grid
from events.codes import EventSubtype, EventType, IncidentVerification, Role
from events.lens import answers, tiles
from events.lens.copied import Copied
from events.lens.counts import INTERVALS
from events.lens.exact import Exact
from events.query.filters import FILTERS
from events.query.incidents import WITH_ESTIMATE, BoundQuery, IncidentQuery
from events.record.known import query
from tests.lens.generated import ACTORS, DAYS, FIRST_DAY, OUTLETS, PLACES, UNITS

Pairs = list[tuple[str, str]]
LATEST = 22
UNIT_CODES = [code for units in UNITS.values() for code, _ in units]


def any_of(values: list[str]) -> st.SearchStrategy[list[str]]:
    return st.lists(st.sampled_from(values), min_size=1, max_size=3, unique=True)


def one_of(*values: str) -> st.SearchStrategy[list[str]]:
    return st.sampled_from(values).map(lambda value: [value])


days = st.integers(-30, DAYS + 30).map(lambda day: [(FIRST_DAY + timedelta(day)).isoformat()])
quarters = st.integers(-24, 24).map(lambda quarter: quarter / 4)
longitudes = quarters | st.integers(-6_000_000, 6_000_000).map(lambda millionth: millionth / 1e6)
latitudes = st.integers(40, 82).map(lambda quarter: quarter / 4) | st.integers(10_000_000, 21_000_000).map(
    lambda millionth: millionth / 1e6
)
boxes = (
    st.tuples(longitudes, latitudes, longitudes, latitudes)
    .filter(lambda box: box[0] < box[2] and box[1] < box[3])
    .map(lambda box: [",".join(f"{edge:.6f}" for edge in box)])
)
polygons = st.tuples(quarters, quarters).map(
    lambda corner: [
        f"POLYGON(({corner[0]} 11, 6 {corner[1] / 4 + 15}, {corner[0]} 20, {corner[0] - 3} 15, {corner[0]} 11))"
    ]
)
VALUES: dict[str, st.SearchStrategy[list[str]]] = {
    "country": any_of(list(UNITS) + ["TCD"]),
    "admin1": any_of(UNIT_CODES),
    "admin2": any_of([f"{code}01" for code in UNIT_CODES]),
    "admin3": any_of([f"{code}0102" for code in UNIT_CODES]),
    "place": one_of(*PLACES, "kidal", "nowhere"),
    "bbox": boxes,
    "near": st.tuples(longitudes, latitudes).map(lambda point: [f"{point[0]:.6f},{point[1]:.6f}"]),
    "polygon": polygons,
    "since": days,
    "until": days,
    "actor": any_of([f"actor-{one:02d}" for one in range(1, ACTORS + 1)]),
    "role": any_of(Role.values()),
    "actor_kind": any_of(ActorKind.values()),
    "event_type": any_of(EventType.values()),
    "event_subtype": any_of(EventSubtype.values()),
    "verification": any_of(IncidentVerification.values()),
    "contested": one_of("true", "false"),
    "fatalities_min": one_of("0", "1", "3", "14"),
    "fatalities_max": one_of("0", "2", "12"),
    "civilian_targeting": one_of("true", "false"),
    "source": any_of([*OUTLETS, "ucdp-ged", "sample"]),
    "q": one_of("conv", "menaka", "clash djibo", "zzz"),
    "id": any_of(["MLI-2014-00001", "MLI-2015-00007", "BFA-2013-00003"]),
    "part_of": any_of(["MLI-G-00001", "MLI-G-00002"]),
    "updated_since": one_of("2000-01-01", "2100-01-01"),
}
RULES = ("conservative", "claimant:actor-03", "claimant:source:ucdp-ged", "claimant:source:wire")
DEPENDENT = {"lineage": "actor", "within_km": "near"}


@st.composite
def questions(draw: st.DrawFn) -> Pairs:
    """A query with up to four filters, as of some publication."""
    names = draw(st.lists(st.sampled_from(sorted(VALUES)), max_size=4, unique=True))
    pairs = [(name, text) for name in names for text in draw(VALUES[name])]
    if "actor" in names and draw(st.booleans()):
        pairs.append(("lineage", "true"))
    if "near" in names:
        pairs.append(("within_km", draw(st.sampled_from(["30", "200"]))))
    as_of = draw(st.none() | st.integers(0, LATEST))
    rule = draw(st.sampled_from(["reported", "reported", *RULES]))
    return ordered([*pairs, ("estimate", rule), *([("as_of", str(as_of))] if as_of else [])])


def ordered(pairs: Pairs) -> Pairs:
    """Ranges the right way round: the query language refuses others."""
    given_values = dict(pairs)
    for low, high in (("since", "until"), ("fatalities_min", "fatalities_max")):
        if low in given_values and high in given_values:
            ends = [given_values[low], given_values[high]]
            ends.sort(key=lambda text: (len(text), text))
            pairs = [pair for pair in pairs if pair[0] not in (low, high)] + [(low, ends[0]), (high, ends[1])]
    return pairs


def bound(pairs: Pairs) -> BoundQuery:
    return IncidentQuery.read(pairs, settings=WITH_ESTIMATE).bound()


property_test = settings(
    max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)


def test_the_record_has_what_makes_counting_hard(record: None) -> None:
    versions, publications, tombstones, closed = query(
        "SELECT count(*), max(known_from), count(*) FILTER (WHERE state <> 'published'),"
        " count(*) FILTER (WHERE known_to < 2147483647) FROM record.incident_version",
        [],
    )[0]
    assert (versions > 4000, publications, tombstones > 50, closed > 800) == (True, LATEST, True, True)
    assert query("SELECT count(*) FROM record.redaction", [])[0][0] >= 30
    assert query("SELECT count(*) FROM record.actor_version WHERE state = 'merged'", [])[0][0] == 4


def test_every_filter_is_tried_here() -> None:
    assert set(VALUES) | set(DEPENDENT) == set(FILTERS)


@property_test
@given(pairs=questions())
@example(pairs=[("role", "side_a"), ("actor", "actor-01")])
@example(pairs=[("source", "Wire"), ("source", "ucdp-ged"), ("admin1", "ML08"), ("as_of", "9")])
def test_totals_and_facets_are_the_same(copy: Copied, pairs: Pairs) -> None:
    asked = bound(pairs)
    assert answers.totals(copy, asked) == answers.totals(Exact(), asked)
    assert answers.facets(copy, asked) == answers.facets(Exact(), asked)


@property_test
@given(
    pairs=questions(),
    interval=st.sampled_from(INTERVALS),
    by=st.sampled_from([None, *answers.TIMELINE_BY]),
    measure=st.sampled_from([None, *answers.MEASURES]),
)
def test_timelines_are_the_same(
    copy: Copied, pairs: Pairs, interval: str, by: str | None, measure: str | None
) -> None:
    asked = bound(pairs)
    counted = answers.timeline(copy, asked, interval, by, measure)
    assert counted == answers.timeline(Exact(), asked, interval, by, measure)


@property_test
@given(pairs=questions(), zoom=st.integers(0, 14), place=st.tuples(longitudes, latitudes))
def test_tiles_are_the_same_to_the_last_byte(
    copy: Copied, pairs: Pairs, zoom: int, place: tuple[float, float]
) -> None:
    asked, at = bound(pairs), tile_of(*to_grid(*place), zoom)
    assert tiles.tile(copy, asked, at) == tiles.tile(Exact(), asked, at)


@pytest.mark.parametrize("interval", INTERVALS)
def test_an_interval_begins_on_its_first_day(copy: Copied, interval: str) -> None:
    firsts = {date.fromisoformat(bar["period"]) for bar in answers.timeline(copy, bound([]), interval, None)}
    begins = {
        "day": lambda day: True,
        "week": lambda day: day.isoweekday() == 1,
        "month": lambda day: day.day == 1,
        "quarter": lambda day: day.day == 1 and day.month in (1, 4, 7, 10),
        "year": lambda day: (day.day, day.month) == (1, 1),
    }
    assert len(firsts) > 10
    assert all(begins[interval](day) for day in firsts)


def test_a_timeline_by_actor_shows_an_incident_once_for_actors_that_were_merged(copy: Copied) -> None:
    merged = [("actor", "actor-01"), ("actor", "actor-09")]
    bars = answers.timeline(copy, bound(merged), "year", "actor", "incidents")
    asked = answers.totals(copy, bound(merged))["incidents"]
    assert sum(bar["incidents"] for bar in bars if bar["key"] == "actor-01") == asked > 0
    assert not [bar for bar in bars if bar["key"] == "actor-09"]
