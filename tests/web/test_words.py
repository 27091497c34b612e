"""How rows are said: dates, figures, places."""

from __future__ import annotations

from typing import Any

import pytest

from events import words
from events.codes import EventType


def row(**changes: Any) -> dict[str, Any]:
    base = {
        "fatalities_low": None,
        "fatalities_high": None,
        "open_ended": False,
        "dataset": "sample",
        "date_start": "2025-06-13",
        "date_end": "2025-06-13",
        "date_precision": "day",
        "country": "MLI",
        "place": "Aguelhok",
        "admin1_name": "Kidal",
        "admin2_name": None,
        "event_type": "battle",
        "event_subtype": "ambush",
    }
    return {**base, **changes}


@pytest.mark.parametrize(
    ("low", "high", "open_ended", "said"),
    [
        (None, None, False, "number of deaths unknown"),
        (0, 0, False, "no deaths claimed"),
        (1, 1, False, "1 death claimed"),
        (10, 99, False, "10–99 deaths claimed"),
        (10, 10, True, "10 or more deaths claimed"),
        (27, 109, True, "27–109 or more deaths claimed"),
        (None, 40, False, "0–40 deaths claimed"),
        (1200, 1200, False, "1,200 deaths claimed"),
    ],
)
def test_deaths_are_said_as_claimed_and_never_as_fact(
    low: int | None, high: int | None, open_ended: bool, said: str
) -> None:
    assert (
        words.figure_words(row(fatalities_low=low, fatalities_high=high, open_ended=open_ended), "en") == said
    )


def test_a_datasets_figure_names_the_dataset() -> None:
    coded = row(fatalities_low=2, fatalities_high=6, dataset="ucdp-ged")
    assert words.figure_words(coded, "en") == "2–6 deaths coded by UCDP GED"
    assert words.figure_words(coded, "fr") == "2–6 morts codés par UCDP GED"


@pytest.mark.parametrize(
    ("changes", "english", "french"),
    [
        ({}, "13 June 2025", "13 juin 2025"),
        ({"date_end": "2025-06-14"}, "13–14 June 2025", "13–14 juin 2025"),
        ({"date_start": "2025-06-01", "date_end": "2025-06-03"}, "1–3 June 2025", "1er–3 juin 2025"),
        ({"date_end": "2025-07-02"}, "13 June – 2 July 2025", "13 juin – 2 juillet 2025"),
        ({"date_start": "2024-12-31", "date_end": "2025-01-01"}, "31 December 2024 – 1 January 2025",
         "31 décembre 2024 – 1er janvier 2025"),
        ({"date_start": "2025-06-01", "date_end": "2025-06-30", "date_precision": "month"}, "June 2025", "juin 2025"),
    ],
)  # fmt: skip
def test_a_date_is_said_as_precisely_as_it_is_known(
    changes: dict[str, str], english: str, french: str
) -> None:
    assert words.when_words(row(**changes), "en") == english
    assert words.when_words(row(**changes), "fr") == french


def test_a_place_names_each_level_once() -> None:
    assert words.where_words(row(), "en") == "Aguelhok, Kidal, Mali"
    assert words.where_words(row(place="Kidal"), "en") == "Kidal, Mali"
    assert words.where_words(row(place=None, admin1_name=None), "fr") == "Mali"


def test_a_type_is_said_with_its_subtype() -> None:
    assert words.type_words(row(), "en") == "Battle: ambush"
    assert words.type_words(row(event_subtype=None), "fr") == "Combat"


def test_a_code_of_a_later_version_is_shown_as_it_is() -> None:
    assert words.label(EventType, "cyber", "en") == "cyber"


@pytest.mark.parametrize(
    ("first", "last", "said"),
    [
        ("2013", None, "since 2013"),
        (None, "2024-05", "until May 2024"),
        ("2013-01-11", "2014-07", "11 January 2013 – July 2014"),
        (None, None, ""),
    ],
)
def test_years_may_have_open_ends(first: str | None, last: str | None, said: str) -> None:
    assert words.years_words(first, last, "en") == said
