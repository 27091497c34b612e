"""Claims side by side: groups, voices, bars."""

from __future__ import annotations

from typing import Any

import pytest

from events.web.claims import ARROW, bar, number_words, safe, side_by_side

ARMY = {"slug": "malian-armed-forces", "name": "Malian Armed Forces"}
FLA = {"slug": "azawad-liberation-front", "name": "Azawad Liberation Front"}
CORPS = {"slug": "africa-corps", "name": "Africa Corps"}


def claim(**changes: Any) -> dict[str, Any]:
    base: dict[str, Any] = {
        "claimant": {"kind": "actor", **ARMY},
        "relayed_by": {"outlet": "RFI", "date": "2025-06", "url": "https://example.org/a"},
        "stance": "allegation",
        "measure": "killed",
        "item_class": None,
        "about": [FLA],
        "quantifier": "at_least",
        "low": 10,
        "best": None,
        "high": None,
        "phrase": "at least ten",
        "phrase_lang": "en",
        "scope": "incident",
        "verification": "unverified",
        "note": "",
    }
    return {**base, **changes}


def incident(*claims: dict[str, Any], estimates: tuple[dict[str, Any], ...] = ()) -> dict[str, Any]:
    return {"claim_list": list(claims), "estimates": list(estimates)}


def test_deaths_come_first_and_each_set_of_victims_has_its_group() -> None:
    groups = side_by_side(
        incident(
            claim(measure="materiel_captured", item_class="truck", low=12, high=12, about=[ARMY]),
            claim(measure="wounded"),
            claim(about=[ARMY, CORPS], claimant={"kind": "actor", **FLA}),
            claim(),
        ),
        "en",
    )
    assert [(group["title"], group["victims"]) for group in groups] == [
        ("Killed", "Malian Armed Forces + Africa Corps, jointly"),
        ("Killed", "Azawad Liberation Front"),
        ("Wounded", "Azawad Liberation Front"),
        ("Materiel captured: trucks", "Malian Armed Forces"),
    ]
    assert [group["drawn"] for group in groups] == [True, True, True, False]


def test_one_voice_is_one_bar_with_all_its_words() -> None:
    groups = side_by_side(incident(claim(), claim(phrase="au moins dix", phrase_lang="fr")), "en")
    (voice,) = groups[0]["rows"]
    assert [told["phrase"] for told in voice["told"]] == ["at least ten", "au moins dix"]
    assert voice["told"][0]["relay"] == "relayed by RFI"
    assert voice["told"][0]["when"] == "June 2025"


def test_an_admission_a_denial_and_an_allegation_are_told_apart() -> None:
    rows = side_by_side(
        incident(
            claim(),
            claim(stance="admission", claimant={"kind": "actor", **FLA}, low=3, high=3, quantifier="exact"),
            claim(stance="denial", low=None, quantifier="unknown"),
        ),
        "en",
    )[0]["rows"]
    assert [(row["verb"], row["number"], row["admission"]) for row in rows] == [
        ("Claimed by", "at least 10", False),
        ("Acknowledged by", "3", True),
        ("Denied by", "number unknown", False),
    ]
    assert rows[2]["bar"] is None


def test_the_derived_range_stands_with_its_victims_and_says_why() -> None:
    estimate = {
        "about": [FLA],
        "low": 10,
        "best": 10,
        "high": 10,
        "open_ended": True,
        "contested": False,
        "basis": "lowest",
    }
    group = side_by_side(incident(claim(), estimates=(estimate,)), "en")[0]
    assert group["estimate"]["words"] == "10+"
    assert group["estimate"]["basis_words"] == "the lowest number claimed"
    assert side_by_side(incident(claim(about=[ARMY]), estimates=(estimate,)), "en")[0]["estimate"] is None


def test_a_persons_claim_names_role_and_affiliation_and_a_dataset_its_own_name() -> None:
    person = {"kind": "person", "name": "A. B.", "role": "spokesman", "affiliation": FLA}
    dataset = {"kind": "dataset", "name": "GED", "slug": "ucdp-ged", "grade": None}
    rows = side_by_side(incident(claim(claimant=person), claim(claimant=dataset)), "en")[0]["rows"]
    assert rows[0]["claimant"] == {"name": "A. B.", "slug": "", "role": "spokesman, Azawad Liberation Front"}
    assert (rows[1]["verb"], rows[1]["claimant"]["name"]) == ("Coded by", "UCDP GED")


@pytest.mark.parametrize(
    ("low", "high", "expected"),
    [
        (None, None, None),
        (0, 0, {"dot": "0.00"}),
        (100, 100, {"dot": f"{100 - ARROW:.2f}"}),
        (50, 100, {"left": "46.00", "width": "46.00"}),
        (None, 50, {"left": "0.00", "width": "46.00"}),
        (50, None, {"open": True, "left": "46.00", "width": "54.00", "dot": "46.00"}),
    ],
)
def test_a_bar_runs_from_low_to_high_and_an_open_end_to_the_edge(
    low: int | None, high: int | None, expected: Any
) -> None:
    assert bar(claim(low=low, high=high), 100) == expected


def test_a_number_is_said_as_it_was_put() -> None:
    assert number_words(claim(low=None, high=40), "en") == "at most 40"
    assert number_words(claim(quantifier="about", low=13, high=17), "en") == "about 13–17"
    assert number_words(claim(), "fr") == "au moins 10"
    assert number_words(claim(measure="outcome", low=None), "en") == ""


@pytest.mark.parametrize("address", ["javascript:alert(1)", "data:text/html,x", "//evil.example", "", None])
def test_only_web_addresses_become_links(address: str | None) -> None:
    assert safe(address) == ""
    assert safe("https://example.org/") == "https://example.org/"
