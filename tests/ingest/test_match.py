"""Matching: which known incidents a proposed one may be, scored and explained."""

from __future__ import annotations

import random
from dataclasses import replace
from datetime import date, timedelta

import pytest

from events.codes import LocationPrecision
from events.ingest.extract.found import Extraction, IncidentFound
from events.ingest.match import (
    MOST_DAYS,
    Figure,
    Known,
    by_place,
    candidates,
    compared,
    distance,
    known_incidents,
    proposed,
)

KIDAL = (1.4078, 18.4411)
AGUELHOK = (0.8586, 19.4667)
BASE = Known(
    key=1,
    country="MLI",
    first=date(2025, 6, 13),
    last=date(2025, 6, 13),
    event_type="battle",
    event_subtype="ambush",
    precision="near",
    longitude=AGUELHOK[0],
    latitude=AGUELHOK[1],
    place="Aguelhok",
    actors=frozenset({("fla", "side_a"), ("fama", "side_b"), ("africa-corps", "ally_b")}),
    figures=(Figure("killed", "", 24, 99), Figure("destroyed", "truck", 21, 21)),
)


def score(other: Known, one: Known = BASE) -> float:
    found = compared(one, other)
    return found.score if found else 0.0


def test_the_same_incident_told_alike_scores_highest_and_says_why() -> None:
    found = compared(BASE, replace(BASE, key=2))
    assert found is not None and found.score > 0.95
    words = found.explained()
    assert all(part in words for part in ("same place", "same day", "same sides", "ambush", "same figures"))
    assert "mêmes camps" in found.explained("fr")


def test_a_day_apart_with_other_words_is_still_found_and_explained() -> None:
    other = replace(
        BASE,
        key=2,
        first=BASE.first + timedelta(days=1),
        last=BASE.last + timedelta(days=1),
        event_subtype="clash",
        figures=(Figure("killed", "", 10, 30),),
    )
    found = compared(BASE, other)
    assert found is not None and found.score > 0.8
    assert {"1 day apart", "figures overlap"} <= set(found.explained().split(", "))


@pytest.mark.parametrize(
    "change",
    [
        {"first": date(2025, 6, 17), "last": date(2025, 6, 17)},
        {"longitude": AGUELHOK[0] + 1.0},
        {"actors": frozenset({("jnim", "side_a"), ("civilians", "victim")})},
        {"event_type": "unrest", "event_subtype": "protest"},
        {"figures": (Figure("killed", "", 2, 2),)},
        {"longitude": None, "latitude": None, "place": "", "precision": "country"},
    ],
)
def test_every_difference_lowers_the_score(change: dict[str, object]) -> None:
    assert score(replace(BASE, key=2, **change)) < score(replace(BASE, key=2))  # type: ignore[arg-type]


def test_other_figures_alone_do_not_part_two_reports_of_one_incident() -> None:
    assert score(replace(BASE, key=2, figures=(Figure("killed", "", 3, 3),))) > 0.9


def test_what_is_too_far_in_time_or_space_is_no_candidate() -> None:
    late = replace(
        BASE, first=BASE.last + timedelta(days=MOST_DAYS + 1), last=BASE.last + timedelta(days=MOST_DAYS + 1)
    )
    assert compared(BASE, late) is None
    assert compared(BASE, replace(BASE, longitude=-5.5, latitude=13.4)) is None


def test_rough_places_are_compared_with_their_radius() -> None:
    rough = replace(BASE, longitude=KIDAL[0], latitude=KIDAL[1], precision=LocationPrecision.ADMIN1.value)
    exact = replace(BASE, longitude=KIDAL[0], latitude=KIDAL[1], precision=LocationPrecision.EXACT.value)
    assert distance(BASE, rough) == pytest.approx(127, abs=2)
    near, apart = by_place(BASE, rough), by_place(BASE, exact)
    assert near is not None and apart is not None
    assert (near.code, apart.code) == ("near", "apart") and near.weight > apart.weight


def test_names_are_compared_by_sound_where_points_are_missing() -> None:
    unplaced = replace(BASE, longitude=None, latitude=None, place="Aguelhoc")
    reason = by_place(BASE, unplaced)
    assert reason is not None and reason.code == "same_name"


def test_a_coalition_and_its_member_count_as_the_same_side() -> None:
    one = replace(BASE, actors=frozenset({("mnla", "side_a"), ("fama", "side_b")}))
    other = replace(BASE, actors=frozenset({("cma", "side_a"), ("fama", "side_b")}))
    alone, related = compared(one, other), compared(one, other, {"mnla": frozenset({"cma"})})
    assert alone is not None and related is not None and related.score > alone.score


def test_another_country_is_never_a_candidate() -> None:
    assert candidates(BASE, known_incidents([replace(BASE, key=2, country="NER")])) == []


def test_long_incidents_are_found_by_any_of_their_days() -> None:
    siege = replace(BASE, key=2, first=date(2025, 3, 1), last=date(2025, 9, 1))
    later = replace(BASE, key=3, first=date(2025, 5, 1), last=date(2025, 5, 1))
    assert [found.key for found in candidates(BASE, known_incidents([siege, later]))] == [2]


def test_the_true_incident_is_ranked_near_the_top_among_many() -> None:
    chance = random.Random(4)
    actors = ["fla", "fama", "africa-corps", "jnim", "isgs", "dan-na-ambassagou", "civilians"]

    def one(key: int) -> Known:
        day = date(2024, 1, 1) + timedelta(days=chance.randrange(700))
        pair = chance.sample(actors, 2)
        return Known(
            key, "MLI", day, day, "battle", chance.choice(["clash", "ambush", "ied"]), "near",
            chance.uniform(-6, 2), chance.uniform(12, 19), "", frozenset(zip(pair, ("side_a", "side_b"), strict=True)),
        )  # fmt: skip

    rows = [one(key) for key in range(5_000)]
    known = known_incidents(rows)
    ranks = []
    for row in chance.sample(rows, 100):
        told = replace(
            row,
            key=0,
            first=row.first + timedelta(days=1),
            last=row.last + timedelta(days=1),
            longitude=(row.longitude or 0) + 0.1,
            event_subtype="clash",
        )
        ranks.append([found.key for found in candidates(told, known)].index(row.key))
    assert ranks.count(0) >= 95 and max(ranks) <= 2


def test_what_extraction_proposes_without_a_date_is_compared_over_a_fortnight() -> None:
    found = IncidentFound("battle", "ambush", None, None, (("fla", "side_a"),), (), "", None, 0, 10, "x", 0.5)
    extraction = Extraction("en", "MLI", incidents=[found])
    one = proposed(extraction, 0, date(2025, 6, 20))
    assert one is not None and (one.first, one.last) == (date(2025, 6, 6), date(2025, 6, 20))
    assert proposed(extraction, 0, None) is None
    assert proposed(Extraction("en", "", incidents=[found]), 0, date(2025, 6, 20)) is None
