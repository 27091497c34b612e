"""An estimate says in words what it rests on."""

from __future__ import annotations

import pytest

from events.claims.figures import Clause
from events.claims.rules import estimate, explain

NAMES = {"fla": "FLA", "fama": "FAMa", "africa-corps": "Africa Corps"}


@pytest.fixture
def kidal(say):
    return estimate(
        [
            say("fama", {"fla"}, 10, None),
            say("fla", {"fla"}, 3, 3, stance="admission"),
            say("fla", {"fama", "africa-corps"}, 24, 99),
        ]
    )


def test_the_founding_text_in_english(kidal):
    assert explain(kidal, "en", NAMES) == [
        "Killed: 27 to 109 or more; best figure 27, by rule “reported”, version 1.",
        "Accepted claims: 3, claimants: 2.",
        "About Africa Corps and FAMa (jointly): 24 to 99; best figure 24: the lowest number claimed.",
        "About FLA: 3 to 10 or more; best figure 3: the lower bound that at least two claimants support.",
        "The claimants contradict each other about FLA.",
        "At least one claimant leaves the upper end open: the highest number is not a limit.",
    ]


def test_the_founding_text_in_french(kidal):
    assert explain(kidal, "fr", NAMES) == [
        "Tués : 27 à 109 ou plus ; meilleur chiffre 27, selon la règle « reported », version 1.",
        "Affirmations acceptées : 3, auteurs : 2.",
        f"Au sujet de Africa Corps et FAMa (ensemble) : 24 à 99 ; meilleur chiffre 24 : {Clause.LOWEST.fr}.",
        f"Au sujet de FLA : 3 à 10 ou plus ; meilleur chiffre 3 : {Clause.SUPPORTED.fr}.",
        "Les affirmations se contredisent au sujet de FLA.",
        "Au moins un auteur laisse la borne haute ouverte : le nombre le plus élevé n'est pas une limite.",
    ]


def test_large_numbers_are_grouped_as_each_language_groups_them(say):
    displaced = estimate([say("hrw", set(), 12000, 12000, measure="displaced")], measure="displaced")
    assert explain(displaced, "en")[0].startswith("Displaced: 12,000; best figure 12,000,")
    assert explain(displaced, "fr")[0].startswith("Déplacés : 12\u202f000 ; meilleur chiffre 12\u202f000,")
    assert explain(displaced, "en")[2].startswith("About the whole incident (victims not specified): 12,000;")


def test_materiel_names_its_class(say):
    trucks = say("fla", {"fama"}, 12, 12, measure="materiel_captured", item_class="truck")
    found = estimate([trucks], measure="materiel_captured", item_class="truck")
    assert explain(found)[0].startswith("Materiel captured (trucks): 12;")


def test_no_number_is_said_as_such(say):
    unknown = estimate([say("fla", {"fama"}, None, None)])
    assert explain(unknown)[0] == "Killed: nobody has given a number."
    assert explain(unknown)[2] == "About fama: number unknown."
    assert explain(estimate([]))[1] == "Accepted claims: 0, claimants: 0."


def test_an_upper_end_alone_is_said_as_at_most(say):
    assert explain(estimate([say("fama", {"fla"}, None, 40)]))[2] == "About fla: at most 40."


def test_a_denial_and_an_overlap_are_said(say):
    found = estimate(
        [
            say("fla", {"fama"}, 24, 99),
            say("fama", set(), None, None, stance="denial"),
            say("fama", {"fama"}, 0, 0, stance="denial"),
        ]
    )
    assert "Losses are denied for fama." in explain(found)
    assert "Some claims speak of the same victims; they are not added up twice." in explain(found)


def test_another_language_is_refused():
    with pytest.raises(ValueError, match="lang: 'ar' is not valid; valid is one of en, fr"):
        explain(estimate([]), "ar")
