"""A claim that makes no sense is refused, with the field, the value and what is valid."""

from __future__ import annotations

import dataclasses

import pytest

from events.claims import codes
from events.claims.codes import Code, Measure


@pytest.mark.parametrize(
    ("field", "value", "valid"),
    [
        ("claimant", "", "the key of whoever makes the claim"),
        ("claimant_kind", "outsider", "dataset, independent, party"),
        ("stance", "rumour", "admission, allegation, denial, observation"),
        ("measure", "dead", "abducted, captured"),
        ("quantifier", "circa", "about, at_least"),
        ("verification", "true", "corroborated, disputed"),
        ("grade", "a", "A, B, C, D, E, F"),
        ("status", "ok", "accepted, pending, set_aside"),
        ("scope", "battle", "group, incident"),
        ("item_class", "lorry", "aircraft, ammunition"),
        ("item_class", "truck", "empty, because measure is killed"),
        ("about", {"fla"}, "a frozenset of victim keys"),
        ("low", -1, "a whole number from 0"),
        ("low", 2.0, "a whole number from 0"),
        ("low", True, "a whole number from 0"),
        ("best", -3, "a whole number from 0"),
        ("high", 2, "at most high, which is 2"),
        ("quantifier", "exact", "low equal to high, not 3 and 9"),
    ],
)
def test_a_claim_is_refused_when(say, field, value, valid):
    claim = say("fama", {"fla"}, 3, 9)
    with pytest.raises(ValueError, match=f"claim .* is not valid; valid is .*{valid}"):
        dataclasses.replace(claim, **{field: value})


def test_a_refusal_names_the_field_and_the_value(say):
    with pytest.raises(ValueError, match="claim stance: 'rumour' is not valid"):
        say("fama", {"fla"}, 3, 9, stance="rumour")


def test_a_claim_is_pending_until_somebody_accepts_it(say):
    fields = {field.name: field.default for field in dataclasses.fields(say("fama", set(), 1, 1))}
    assert (fields["status"], fields["scope"], fields["verification"]) == (
        "pending",
        "incident",
        "unverified",
    )


def test_every_code_has_a_label_in_both_languages():
    lists = [
        found
        for found in vars(codes).values()
        if isinstance(found, type) and issubclass(found, Code) and found is not Code
    ]
    assert len(lists) == 8
    assert all(member.en and member.fr for found in lists for member in found)
    assert Measure.KILLED.label_in("fr") == "Tués"


def test_what_is_stated_is_not_counted():
    assert set(codes.COUNTED) == set(Measure) - {Measure.OUTCOME, Measure.TERRITORY_CONTROL}
    assert {measure.value for measure in codes.MATERIEL} == {
        "materiel_captured",
        "materiel_destroyed",
        "materiel_damaged",
        "materiel_lost",
    }
