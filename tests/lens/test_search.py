"""`q`: spellings, sounds, joined words, actors' other names and typing errors; SQL folds and hears as Python does."""

from __future__ import annotations

import pytest
from django.db import connection
from django.test import Client
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from conflict.kit.text import edits, parted, sound
from events import lens
from events.lens import answers
from events.lens.copied import Copied
from events.lens.exact import Exact
from events.lens.loading import load
from events.models import Incident
from events.query.incidents import IncidentQuery
from events.record.known import query
from events.verbs.publishing import publish
from events.verbs.redacting import redact
from tests.record.cast import actor, ambush

BLOCKS = (
    (0x20, 0x7E),
    (0xA0, 0x24F),
    (0x250, 0x2AF),
    (0x300, 0x36F),
    (0x600, 0x6FF),
    (0x1E00, 0x1EFF),
    (0x2010, 0x2040),
)
# A Greek iota that is a mark, and a joiner of marks, which no language here has, are letters to one and marks to the other.
letters = st.one_of(
    [
        st.characters(min_codepoint=low, max_codepoint=high, exclude_characters="\u0345\u034f")
        for low, high in BLOCKS
    ]
)
texts = st.lists(st.text(letters, max_size=24), min_size=40, max_size=80)
bulk = settings(max_examples=40, deadline=None, suppress_health_check=list(HealthCheck))


def in_sql(function: str, words: list[str]) -> list[str]:
    with connection.cursor() as cursor:
        cursor.execute(
            f"SELECT record.{function}(word) FROM unnest(%s::text[]) WITH ORDINALITY AS t(word, n) ORDER BY n",
            [words],
        )
        return [found for (found,) in cursor.fetchall()]


@bulk
@given(words=texts)
def test_sql_folds_as_python_does(record, words):
    assert in_sql("fold", words) == [parted(word) for word in words]


@bulk
@given(words=texts)
def test_sql_hears_as_python_does(record, words):
    assert in_sql("sound", words) == [sound(parted(word)) for word in words]


@given(one=st.text("abcd", max_size=7), other=st.text("abcd", max_size=7))
def test_edits_are_symmetric_and_bounded(one, other):
    assert edits(one, other, 3) == edits(other, one, 3)
    assert (edits(one, other, 2) == 0) == (one == other)
    assert edits(one, other, 9) <= max(len(one), len(other))


@pytest.mark.parametrize(
    ("one", "other", "many"),
    [("kidal", "kidla", 1), ("minka", "minaka", 1), ("gao", "gao", 0), ("ab", "ba", 1)],
)
def test_edits_counts_a_swap_of_neighbours_as_one(one, other, many):
    assert edits(one, other, 2) == many


@pytest.fixture
def told(database):
    """Three incidents; an actor with several names."""
    army = actor("army", "state_force", "Malian Armed Forces")
    rebels = actor("ansar-dine", "jihadist", "Ansar Dine")
    other = actor("katiba", "jihadist", "Katiba Macina")
    publish(
        [
            ambush(army, rebels, title_en="Convoy ambushed near Ménaka", place_name="Ménaka"),
            ambush(army, rebels, title_en="Clash at Tinzaouatène", place_name="Tinzaouatène"),
            ambush(
                army,
                other,
                title_en="Amadou Kouffa's men at In Ates",
                place_name="In Ates",
                admin1_name="Aguel'hoc",
                title_fr="L'armée à Aguel'hoc",
            ),
        ],
        [army, rebels, other],
        reason="First reports",
    )


def ids(asked: str) -> list[str]:
    response = Client(headers={"host": "localhost"}).get(f"/api/v1/incidents?{asked}&fields=title")
    assert response.status_code == 200, response.content
    return [row["title"].split()[-1] for row in response.json()["data"]]


MENAKA, TIN, ATES = "Ménaka", "Tinzaouatène", "Ates"


@pytest.mark.parametrize(
    ("words", "found"),
    [
        ("Menaka", [MENAKA]),
        ("menka", [MENAKA]),
        ("Ménak", [MENAKA]),
        ("tin zaouatine", [TIN]),
        ("Tinzawaten", [TIN]),
        ("Tin-Zaouatène clash", [TIN]),
        ("inates", [ATES]),
        ("Koufa", [ATES]),
        ("aguelhoc", [ATES]),
        ("armee", [ATES, MENAKA, TIN]),
        ("Ansar Eddine", [TIN, MENAKA]),
        ("ansar dine convoy", [MENAKA]),
        ("Katibat Masina", [ATES]),
        ("كوفا", [ATES]),
        ("nothing of the kind", []),
        ("...", []),
    ],
)
def test_words_are_found_however_they_are_spelt(told, words, found):
    assert sorted(ids(f"q={words}")) == sorted(found)
    asked = IncidentQuery.read([("q", words)]).bound()
    assert answers.totals(Copied(load()), asked) == answers.totals(Exact(), asked)
    assert lens.totals(asked)["incidents"] == len(found)


def test_the_best_fit_comes_first_and_pages_go_on_in_that_order(told):
    assert ids("q=menaka&order=-relevance") == [MENAKA]
    one_by_one, address = [], "q=a&order=-relevance&limit=1"
    while address:
        page = Client(headers={"host": "localhost"}).get(f"/api/v1/incidents?{address}").json()
        one_by_one += [row["id"] for row in page["data"]]
        address = page["next"].partition("?")[2] if page["next"] else ""
    whole = Client(headers={"host": "localhost"}).get("/api/v1/incidents?q=a&order=-relevance").json()["data"]
    assert one_by_one == [row["id"] for row in whole] and len(set(one_by_one)) == 3
    refused = Client(headers={"host": "localhost"}).get("/api/v1/incidents?order=-relevance")
    assert refused.json()["problems"][0]["valid"] == "together with q"


@pytest.mark.parametrize("order", ["-relevance", "-date"])
@pytest.mark.parametrize("nothing", ["!!!", "%20%E2%80%A6%20", "'", "%D9%80", "-"])
def test_a_question_without_a_word_in_it_finds_nothing(told, nothing, order):
    assert ids(f"q={nothing}&order={order}") == []


def test_a_typing_error_means_the_same_later_when_its_word_has_come_up(told):
    assert ids("q=menka") == [MENAKA]
    army, others = actor("army-2", "state_force", "Army"), actor("men", "rebel", "Men")
    publish(
        [ambush(army, others, title_en="Fight at Menka", place_name="Menka")], [army, others], reason="Later"
    )
    assert ids("q=menka&as_of=1") == [MENAKA]
    assert "Menka" in ids("q=menka")


def test_a_redacted_word_is_no_word_of_the_record_any_more(told):
    assert query("SELECT count(*) FROM record.word WHERE words LIKE 'menaka%%'", []) != [(0,)]
    redact(Incident.objects.get(place_name="Ménaka"), words=["Ménaka"], code="safety", reason="Withheld")
    assert query("SELECT words FROM record.word WHERE words LIKE 'menaka%%'", []) == []
    assert query("SELECT count(*) FROM record.word WHERE words = 'tinzaouatene'", []) == [(1,)]
