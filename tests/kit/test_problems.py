"""A refusal names the field, the value and what is valid, whatever the value was."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from conflict.kit.problems import Problem, Refused, accepted, nearest_name, not_one_of, unknown_field


def test_a_refusal_becomes_a_problem_document():
    refusal = Refused(
        [Problem("limit", "ten", "a whole number from 1 to 100"), not_one_of("order", "dat", ["date"])]
    )
    document = refusal.as_problem_json()
    assert document["type"] == "about:blank"
    assert document["title"] == "Bad Request"
    assert document["status"] == 400
    assert document["problems"] == [
        {"field": "limit", "value": "ten", "valid": "a whole number from 1 to 100"},
        {"field": "order", "value": "dat", "valid": "one of date", "nearest": "date"},
    ]
    assert "limit" in str(document["detail"]) and "did you mean date?" in str(document["detail"])


def test_status_and_title_can_be_given():
    document = Refused(
        Problem("version", 3, "4"), status=409, title="Somebody else has saved"
    ).as_problem_json()
    assert (document["status"], document["title"]) == (409, "Somebody else has saved")


@pytest.mark.parametrize(
    ("word", "valid", "meant"),
    [
        ("contry", ["country", "actor", "until"], "country"),
        ("Actor", ["country", "actor"], "actor"),
        ("event-type", ["event_type", "verification"], "event_type"),
        ("zzz", ["country", "actor"], ""),
    ],
)
def test_a_typo_is_met_with_the_name_that_was_meant(word, valid, meant):
    assert nearest_name(word, valid) == meant
    assert unknown_field(word, "MLI", valid).nearest == meant


@given(
    st.one_of(
        st.text(), st.integers(), st.floats(), st.none(), st.binary(), st.just(10**5000), st.just("\ud800")
    )
)
def test_any_value_can_be_shown_in_strict_json(value):
    document = Refused(Problem("field", value, "something else")).as_problem_json()
    text = json.dumps(document, allow_nan=False, ensure_ascii=False)
    assert json.loads(text.encode()) == document
    assert len(text) < 2000


def test_accepted_gives_the_value_or_raises_its_problem():
    problem = Problem("day", "x", "a date")
    assert accepted(7) == 7
    with pytest.raises(Refused) as refusal:
        accepted(problem)
    assert refusal.value.problems == (problem,)


def test_a_field_without_a_name_is_called_so():
    problem = Problem("", "1", "a parameter with a name")
    assert problem.as_dict()["field"] == "(no name)" and str(problem).startswith("(no name): '1'")
