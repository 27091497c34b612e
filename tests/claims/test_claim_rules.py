"""Named examples of the rules, as sentences."""

from __future__ import annotations

import pytest

from events.claims.figures import Basis, Clause, Estimate
from events.claims.rules import estimate, ready_made

FLA = {"fla"}
ARMY_AND_CORPS = {"fama", "africa-corps"}
CIVILIANS = {"civilians"}
WHOLE: set[str] = set()


def numbers(found: Estimate) -> tuple[int | None, int | None, int | None]:
    return found.low, found.best, found.high


def of(found: Estimate, *about: str):
    return next(victims for victims in found.victims if victims.about == tuple(sorted(about)))


@pytest.fixture
def kidal(say):
    """The founding text: the army on the FLA, the FLA on its own dead and on the army with Africa Corps."""
    return [
        say("fama", FLA, 10, None, quantifier="at_least"),
        say("fla", FLA, 3, 3, quantifier="exact", stance="admission"),
        say("fla", ARMY_AND_CORPS, 24, 99, quantifier="dozens"),
    ]


def test_the_founding_text_reads_27_to_109_open_and_contested(kidal):
    found = estimate(kidal)
    assert numbers(found) == (27, 27, 109)
    assert (found.open_ended, found.contested, found.denied) == (True, True, False)
    assert (found.rule, found.version, found.claimants, found.claims) == ("reported", "1", 2, 3)


def test_the_founding_text_keeps_a_range_for_each_set_of_victims(kidal):
    joint, fla = estimate(kidal).victims
    assert joint == (("africa-corps", "fama"), 24, 24, 99, False, False, False, Basis(Clause.LOWEST, (3,)))
    assert fla == (("fla",), 3, 3, 10, True, True, False, Basis(Clause.SUPPORTED, (1, 2)))


def test_the_conservative_rule_believes_the_admission_and_not_the_allegation(kidal):
    found = estimate(kidal, "conservative")
    assert numbers(found) == (27, 27, 102)
    assert of(found, "fla")[:5] == (("fla",), 3, 3, 3, False)
    assert found.contested


def test_the_conservative_rule_takes_the_low_end_even_where_a_claim_is_verified(say):
    heard = [say("hrw", CIVILIANS, 40, 44, verification="verified"), say("radio", CIVILIANS, 12, 20)]
    assert numbers(estimate(heard, "conservative")) == (12, 12, 44)
    assert numbers(estimate(heard)) == (12, 40, 44)


def test_the_conservative_rule_adds_the_lows_of_overlapping_victims_like_the_reported_one(say):
    heard = [say("ucdp", WHOLE, 5, 10, best=8), say("hrw", CIVILIANS, 4, 4, verification="verified")]
    assert numbers(estimate(heard, "conservative")) == (5, 5, 10)
    assert numbers(estimate(heard)) == (5, 8, 10)


def test_the_conservative_rule_still_hears_observers_beside_an_admission(say):
    heard = [
        say("fama", FLA, 10, 10),
        say("fla", FLA, 3, 3, stance="admission"),
        say("radio", FLA, 6, 6, stance="observation"),
    ]
    assert numbers(estimate(heard, "conservative")) == (3, 3, 6)


def test_an_admission_without_a_number_does_not_silence_an_allegation(say):
    heard = [say("fama", FLA, 10, 10), say("fla", FLA, None, None, stance="admission", quantifier="unknown")]
    assert numbers(estimate(heard, "conservative")) == (10, 10, 10)


def test_one_claimants_rule_hears_nobody_else(kidal):
    assert numbers(estimate(kidal, "claimant:fla")) == (27, 27, 102)
    assert numbers(estimate(kidal, "claimant:fama")) == (10, 10, 10)
    assert not estimate(kidal, "claimant:fama").contested
    assert numbers(estimate(kidal, "claimant:radio")) == (None, None, None)


def test_nobody_says_anything(say):
    found = estimate([])
    assert numbers(found) == (None, None, None)
    assert (found.claimants, found.claims, found.victims, found.open_ended) == (0, 0, (), False)


def test_a_claim_of_unknown_numbers_gives_no_number_and_leaves_the_end_open(say):
    found = estimate([say("fla", ARMY_AND_CORPS, None, None, quantifier="unknown")])
    assert numbers(found) == (None, None, None)
    assert found.open_ended
    assert found.victims[0].basis == (Clause.NO_NUMBER, ())


def test_unknown_numbers_of_some_victims_leave_the_total_open(say, kidal):
    found = estimate([*kidal[1:], say("radio", CIVILIANS, None, None, quantifier="unknown")])
    assert (*numbers(found), found.open_ended) == (27, 27, 102, True)


def test_at_most_forty_gives_no_lower_number(say):
    found = estimate([say("fama", FLA, None, 40, quantifier="at_most")])
    assert (*numbers(found), found.open_ended) == (None, None, 40, False)


def test_at_most_forty_against_fifty_is_40_to_50_and_contested(say):
    found = estimate([say("fama", FLA, 50, 50), say("fla", FLA, None, 40, quantifier="at_most")])
    assert (*numbers(found), found.contested) == (40, 40, 50, True)


@pytest.mark.parametrize("status", ["pending", "set_aside"])
def test_only_accepted_claims_count(say, kidal, status):
    assert estimate([*kidal, say("radio", FLA, 500, 900, status=status)]) == estimate(kidal)


def test_claims_about_the_whole_battle_stay_out_of_its_incidents(say, kidal):
    battle = say("radio", FLA, 15, 15, scope="group")
    assert estimate([*kidal, battle]) == estimate(kidal)
    assert numbers(estimate([*kidal, battle], scope="group")) == (15, 15, 15)


def test_the_dead_the_wounded_and_the_trucks_are_counted_apart(say, kidal):
    trucks = say("fla", {"fama"}, 12, 12, measure="materiel_captured", item_class="truck")
    tankers = say("fla", {"fama"}, 2, 2, measure="materiel_captured", item_class="tanker")
    heard = [*kidal, trucks, tankers, say("fama", FLA, 7, 7, measure="wounded")]
    assert estimate(heard) == estimate(kidal)
    assert numbers(estimate(heard, measure="wounded")) == (7, 7, 7)
    assert numbers(estimate(heard, measure="materiel_captured", item_class="truck")) == (12, 12, 12)


def test_a_verified_claim_decides_the_best_figure(say):
    heard = [
        say("hrw", FLA, 30, 30),
        say("fla", FLA, 12, 15, verification="verified"),
        say("fama", FLA, 50, 50),
    ]
    found = estimate(heard)
    assert numbers(found) == (12, 12, 50)
    assert found.victims[0].basis == (Clause.VERIFIED, (2,))


def test_without_a_verified_claim_the_best_graded_outsider_decides(say):
    heard = [
        say("fama", FLA, 50, 50),
        say("radio", FLA, 20, 20),
        say("hrw", FLA, 30, 34),
        say("fla", FLA, 3, 3),
    ]
    found = estimate(heard)
    assert numbers(found) == (3, 30, 50)
    assert found.victims[0].basis == (Clause.INDEPENDENT, (3,))


def test_an_ungraded_outsider_comes_after_every_graded_one(say):
    heard = [say("radio", FLA, 20, 20, grade="F"), say("hrw", FLA, 30, 30, grade="")]
    assert estimate(heard).best == 20


def test_of_equally_graded_outsiders_the_lower_middle_decides(say):
    heard = [say(who, FLA, low, low, grade="C") for who, low in (("hrw", 30), ("radio", 8), ("minusma", 12))]
    assert estimate(heard).best == 12
    assert estimate(heard[:2]).best == 8


def test_an_outsider_repeated_by_many_papers_is_one_voice_in_a_tie(say):
    loud = [say("radio", FLA, 40, 40, grade="C") for _ in range(5)]
    assert (
        estimate([*loud, say("hrw", FLA, 10, 10, grade="C"), say("minusma", FLA, 12, 12, grade="C")]).best
        == 12
    )


def test_a_dataset_speaks_with_its_best_figure(say):
    found = estimate([say("ucdp", FLA, 5, 12, best=8), say("fama", FLA, 20, 20)])
    assert numbers(found) == (5, 8, 20)


def test_a_dataset_whose_best_lies_outside_its_range_widens_it(say):
    assert numbers(estimate([say("ucdp", WHOLE, 8, 24, best=7)])) == (7, 7, 24) == ready_made(8, 7, 24)
    assert numbers(estimate([say("ucdp", WHOLE, 1, 3, best=5)])) == (1, 5, 5) == ready_made(1, 5, 3)


def test_a_ready_made_row_that_is_upside_down_comes_out_in_order():
    assert ready_made(46, 0, 0) == (0, 0, 46)


def test_between_parties_the_best_figure_is_what_two_of_them_support(say):
    heard = [say("fama", FLA, 50, None), say("africa-corps", FLA, 20, 30), say("fla", FLA, 3, 3)]
    found = estimate(heard)
    assert numbers(found) == (3, 20, 50)
    assert found.victims[0].basis == (Clause.SUPPORTED, (1, 2))


def test_a_party_repeated_by_many_papers_does_not_support_itself(say):
    found = estimate([say("fama", FLA, 50, 50), say("fama", FLA, 50, 50), say("fla", FLA, 3, 3)])
    assert found.best == 3
    assert (found.claims, found.claimants) == (2, 2)


def test_a_refuted_claim_stays_in_the_range_but_supports_nothing(say):
    heard = [say("hrw", FLA, 90, 90, verification="refuted"), say("fama", FLA, 50, 50), say("fla", FLA, 3, 3)]
    assert numbers(estimate(heard)) == (3, 3, 90)
    refuted = [say("fama", FLA, 50, 50, verification="refuted"), say("africa-corps", FLA, 20, 20)]
    assert estimate([*refuted, say("fla", FLA, 3, 3)]).best == 3


def test_a_denial_is_a_dispute_even_without_a_number(say):
    found = estimate([say("fla", {"fama"}, 24, 99), say("fama", {"fama"}, None, None, stance="denial")])
    assert (*numbers(found), found.contested, found.denied, found.open_ended) == (
        24,
        24,
        99,
        True,
        True,
        False,
    )


def test_a_denial_that_says_zero_brings_the_low_end_to_zero(say):
    found = estimate(
        [say("fla", {"fama"}, 24, 99), say("fama", {"fama"}, 0, 0, stance="denial", quantifier="exact")]
    )
    assert (*numbers(found), found.contested, found.denied) == (0, 0, 99, True, True)


def test_denying_a_figure_with_another_figure_is_no_denial_of_the_loss(say):
    found = estimate([say("fla", {"fama"}, 2, 9), say("fama", {"fama"}, 2, 2, stance="denial")])
    assert (found.contested, found.denied) == (False, False)


def test_ranges_that_touch_are_not_contested(say):
    assert not estimate([say("fama", FLA, 10, None), say("fla", FLA, 3, 10)]).contested
    assert estimate([say("fama", FLA, 11, None), say("fla", FLA, 3, 10)]).contested


def test_one_claimant_who_changes_his_mind_does_not_contradict_himself(say):
    assert not estimate([say("fama", FLA, 10, 10), say("fama", FLA, 20, 20)]).contested


def test_all_that_one_claimant_says_makes_one_range(say):
    heard = [say("fama", FLA, 20, 20), say("fama", FLA, 5, 5), say("fla", FLA, 10, 10)]
    assert not estimate(heard).contested
    assert not estimate([heard[1], heard[0], heard[2]]).contested
    assert estimate(heard).best == 5


def test_the_basis_names_the_claims_in_one_order(say):
    heard = [say(who, FLA, 5, 5, id=key) for who, key in (("fama", "c"), ("fla", "a"), ("jnim", "b"))]
    assert estimate(heard).victims[0].basis == (Clause.SUPPORTED, ("a", "b", "c"))


def test_a_later_claim_replaces_the_one_it_supersedes(say, kidal):
    later = say("fama", FLA, 18, 18, supersedes=1)
    assert numbers(estimate([*kidal, later])) == (27, 27, 117)
    assert estimate([*kidal, later]).claims == 3


def test_a_pending_claim_supersedes_nothing(say, kidal):
    assert estimate([*kidal, say("fama", FLA, 18, 18, supersedes=1, status="pending")]) == estimate(kidal)


def test_nobody_supersedes_the_claim_of_another_or_about_others(say, kidal):
    of_another = say("fla", FLA, 4, 4, supersedes=1)
    about_others = say("fama", CIVILIANS, 4, 4, supersedes=1)
    assert of(estimate([*kidal, of_another]), "fla").high == 10
    assert of(estimate([*kidal, about_others]), "fla").high == 10


def test_claims_that_supersede_each_other_in_a_ring_all_stand(say):
    ring = [say("fama", FLA, 5, 5, id=1, supersedes=2), say("fama", FLA, 9, 9, id=2, supersedes=1)]
    assert numbers(estimate(ring)) == (5, 5, 9)


def test_a_chain_of_corrections_leaves_only_the_last(say):
    chain = [say("fama", FLA, n, n, id=n, supersedes=n - 1) for n in (5, 6, 7)]
    assert numbers(estimate(chain)) == (7, 7, 7)


def test_a_joint_claim_and_its_parts_are_not_added_up(say):
    heard = [
        say("fla", ARMY_AND_CORPS, 24, 99),
        say("fama", {"fama"}, 10, 10),
        say("fama", {"africa-corps"}, 5, 5),
    ]
    assert numbers(estimate(heard)) == (15, 15, 99)


def test_the_lowest_parts_of_two_claimants_together_are_one_account(say):
    heard = [
        say("fla", ARMY_AND_CORPS, 24, 99),
        say("fama", {"fama"}, 2, 2),
        say("africa-corps", {"africa-corps"}, 5, 5),
    ]
    assert numbers(estimate(heard)) == (7, 7, 99)


def test_whoever_speaks_of_a_part_only_does_not_lower_the_whole(say):
    assert numbers(estimate([say("ucdp", WHOLE, 30, 40, best=35), say("fla", FLA, 3, 3)])) == (30, 35, 40)


def test_ones_own_larger_parts_lift_ones_own_joint_claim(say):
    heard = [say("fla", ARMY_AND_CORPS, 24, 99), say("fla", {"fama"}, 30, 30)]
    assert numbers(estimate(heard)) == (30, 30, 99)


def test_the_total_reaches_the_highest_sum_of_the_parts(say):
    heard = [
        say("fla", ARMY_AND_CORPS, 24, 26),
        say("radio", {"fama"}, 10, 20),
        say("hrw", {"africa-corps"}, 5, 9),
    ]
    assert estimate(heard).high == 29


def test_a_part_larger_than_the_whole_is_a_contradiction(say):
    found = estimate([say("fama", WHOLE, 5, 5), say("fla", {"fama"}, 20, 20)])
    assert (*numbers(found), found.contested) == (5, 5, 20, True)
    assert of(found).contested
    assert not of(found, "fama").contested


def test_a_part_as_large_as_the_whole_is_no_contradiction(say):
    assert not estimate([say("fama", WHOLE, 20, 20), say("fla", {"fama"}, 20, 20)]).contested


def test_ones_own_part_larger_than_ones_own_whole_is_no_dispute(say):
    found = estimate([say("fla", WHOLE, 5, 5), say("fla", {"fama"}, 20, 20)])
    assert (*numbers(found), found.contested) == (20, 20, 20, False)


def test_the_best_figure_is_never_below_the_low_one(say):
    heard = [say("fla", ARMY_AND_CORPS, 24, 99, verification="verified"), say("fla", {"fama"}, 30, 30)]
    assert numbers(estimate(heard)) == (30, 30, 99)


def test_an_outsider_who_speaks_of_a_part_does_not_decide_the_whole(say):
    heard = [say("hrw", {"fama"}, 9, 9), say("ucdp", WHOLE, 30, 40, best=35)]
    assert numbers(estimate(heard)) == (30, 35, 40)


def test_only_the_author_of_a_ready_made_figure_breaks_it_down(say):
    heard = [
        say("ucdp", ARMY_AND_CORPS, 20, 30, best=25),
        say("fama", {"fama"}, 2, 2),
        say("fama", {"africa-corps"}, 5, 5),
    ]
    assert numbers(estimate(heard)) == (7, 25, 30)


def test_equally_graded_outsiders_on_the_whole_are_decided_by_the_lower_middle(say):
    heard = [say("ucdp", WHOLE, 30, 40, best=35), say("minusma", WHOLE, 22, 22), say("fla", FLA, 3, 3)]
    assert numbers(estimate(heard)) == (22, 22, 40)


@pytest.mark.parametrize(("verification", "best"), [("unverified", 20), ("refuted", 15)])
def test_claimants_who_divide_the_victims_differently_still_support_a_bound(say, verification, best):
    heard = [
        say("fama", {"a", "b"}, 10, 10),
        say("fama", {"c"}, 5, 5),
        say("fla", {"a"}, 10, 10),
        say("fla", {"b", "c"}, 10, 10),
        say("jnim", {"a", "b", "c"}, 30, 30, verification=verification),
    ]
    assert numbers(estimate(heard)) == (15, best, 30)


def test_a_verified_part_lifts_the_best_figure_of_the_whole(say):
    heard = [say("ucdp", WHOLE, 5, 10, best=8), say("hrw", CIVILIANS, 40, 40, verification="verified")]
    assert numbers(estimate(heard)) == (5, 40, 40)


def test_an_outsiders_part_does_not_lift_an_outsiders_whole(say):
    heard = [say("ucdp", WHOLE, 5, 10, best=8), say("radio", CIVILIANS, 9, 9)]
    assert numbers(estimate(heard)) == (5, 8, 10)


def test_verified_parts_of_everyone_decide_the_whole(say):
    heard = [
        say("fla", ARMY_AND_CORPS, 50, 60),
        say("hrw", {"fama"}, 9, 9, verification="verified"),
        say("hrw", {"africa-corps"}, 4, 4, verification="verified"),
    ]
    assert numbers(estimate(heard)) == (13, 13, 60)


def test_two_parties_support_a_lower_bound_of_the_whole(say):
    heard = [
        say("fama", {"fama"}, 10, 10),
        say("fama", {"africa-corps"}, 5, 5),
        say("fla", ARMY_AND_CORPS, 24, 99),
        say("jnim", ARMY_AND_CORPS, 30, None),
    ]
    assert numbers(estimate(heard)) == (15, 24, 99)


def test_of_two_outsiders_who_speak_of_everyone_the_better_graded_decides(say):
    heard = [say("ucdp", WHOLE, 30, 40, best=35), say("hrw", WHOLE, 22, 22), say("fla", FLA, 3, 3)]
    assert numbers(estimate(heard)) == (22, 22, 40)


def test_the_sides_of_a_dataset_break_down_its_total_and_do_not_change_it(say):
    row = [
        say("ucdp", WHOLE, 5, 10, best=8),
        *(say("ucdp", {side}, 4, 4, quantifier="exact") for side in ("fama", "fla")),
    ]
    found = estimate(row)
    assert numbers(found) == ready_made(5, 8, 10)
    assert [victims.low for victims in found.victims] == [5, 4, 4]


def test_an_unknown_rule_is_refused_with_the_valid_ones():
    for rule in ("", "Reported", "claimant:", "average"):
        with pytest.raises(ValueError, match="valid is reported, conservative or claimant:<key>"):
            estimate([], rule)


def test_what_is_not_counted_is_refused():
    for measure in ("outcome", "territory_control", "kiled"):
        with pytest.raises(
            ValueError, match=f"measure: '{measure}' is not valid; valid is one of killed, wounded"
        ):
            estimate([], measure=measure)


def test_two_different_claims_with_one_id_are_refused(say):
    with pytest.raises(ValueError, match="one id for one claim"):
        estimate([say("fama", FLA, 1, 1, id=7), say("fama", FLA, 2, 2, id=7)])


def test_twenty_crossing_victim_sets_are_still_answered(say):
    chain = [say("radio", {f"v{n}", f"v{n + 1}"}, 1, 2) for n in range(20)]
    crowd = [say(f"voice{n}", {f"w{n}", f"w{n + 1}"}, 1, 2) for n in range(20)]
    assert numbers(estimate(chain)) == (10, 10, 20)
    assert estimate(crowd).high == 20
