"""What holds for any claims at all."""

from __future__ import annotations

from dataclasses import replace
from itertools import combinations

from hypothesis import assume, given, settings
from hypothesis import strategies as st

from events.claims.explain import explain
from events.claims.figures import Basis, Clause, Estimate
from events.claims.model import Claim
from events.claims.overlap import apart, largest_sum
from events.claims.rules import estimate, ready_made

KINDS = {
    "fama": "party",
    "fla": "party",
    "jnim": "party",
    "hrw": "independent",
    "radio": "independent",
    "ucdp": "dataset",
}
# A busy machine is no failure of a rule.
unhurried = settings(deadline=None)

RULES = st.sampled_from(["reported", "conservative", "claimant:fla", "claimant:ucdp"])
COUNTS = st.integers(0, 60)
VICTIMS = st.frozensets(st.sampled_from(["a", "b", "c", "d"]), max_size=3)
ENDS = st.one_of(
    st.tuples(COUNTS, COUNTS).map(lambda ends: (min(ends), max(ends))),
    COUNTS.map(lambda low: (low, None)),
    COUNTS.map(lambda high: (None, high)),
    st.just((None, None)),
)


@st.composite
def statements(draw, id_: int = 0, victims=VICTIMS) -> Claim:
    claimant = draw(st.sampled_from(list(KINDS)))
    low, high = draw(ENDS)
    return Claim(
        id=id_,
        claimant=claimant,
        claimant_kind=KINDS[claimant],
        stance=draw(st.sampled_from(["allegation", "allegation", "admission", "denial", "observation"])),
        measure="killed",
        about=draw(victims),
        quantifier="between",
        low=low,
        high=high,
        verification=draw(
            st.sampled_from(["unverified", "unverified", "corroborated", "verified", "refuted"])
        ),
        grade=draw(st.sampled_from(["A", "B", "F", None])),
        status="accepted",
        best=draw(st.one_of(st.none(), COUNTS)) if KINDS[claimant] == "dataset" else None,
    )


@st.composite
def several(draw, victims=VICTIMS) -> list[Claim]:
    said = draw(st.lists(statements(victims=victims), max_size=7))
    return [replace(claim, id=number) for number, claim in enumerate(said, 1)]


def without_ids(found: Estimate) -> Estimate:
    victims = tuple(one._replace(basis=Basis(one.basis.clause, ())) for one in found.victims)
    return found._replace(victims=victims)


def in_order(low: int | None, best: int | None, high: int | None) -> bool:
    given_ones = [number for number in (low, best, high) if number is not None]
    return given_ones == sorted(given_ones)


@unhurried
@given(several(), RULES)
def test_low_best_and_high_stand_in_order(said, rule):
    found = estimate(said, rule)
    for one in (found, *found.victims):
        assert in_order(one.low, one.best, one.high)
        assert (one.low is None) == (one.best is None)
        assert one.high is not None or one.low is None


@unhurried
@given(several(), RULES, st.randoms(use_true_random=False))
def test_the_order_of_the_claims_does_not_matter(said, rule, random):
    shuffled = random.sample(said, len(said))
    assert estimate(shuffled, rule) == estimate(said, rule)


@unhurried
@given(several(), statements(99), RULES, st.sampled_from(["pending", "set_aside", "group", "wounded"]))
def test_a_claim_that_does_not_count_changes_nothing(said, more, rule, why):
    field = {"group": "scope", "wounded": "measure"}.get(why, "status")
    assert estimate([*said, replace(more, **{field: why})], rule) == estimate(said, rule)


@unhurried
@given(several(), statements(99))
def test_an_accepted_claim_never_narrows_the_range_of_any_victims(said, more):
    after = {one.about: one for one in estimate([*said, more]).victims}
    voices = {claim.claimant for claim in said}
    for one in estimate(said).victims:
        wider = after[one.about]
        assert one.low is None or wider.low <= one.low
        assert one.high is None or wider.high >= one.high
        assert wider.open_ended >= one.open_ended
        # Whoever spoke before may take a contradiction back by allowing more; a new voice cannot.
        assert more.claimant in voices or wider.contested >= one.contested


@unhurried
@given(several(), statements(99))
def test_an_accepted_claim_never_lowers_the_high_total(said, more):
    before, after = estimate(said), estimate([*said, more])
    assert before.high is None or after.high >= before.high


@unhurried
@given(several(), statements(99), st.data())
def test_a_new_voice_on_victims_already_counted_never_raises_the_low_total(said, more, data):
    before = estimate(said)
    counted = [one.about for one in before.victims if one.low is not None]
    assume(counted)
    new = replace(more, claimant="mission", about=frozenset(data.draw(st.sampled_from(counted))))
    assert estimate([*said, new]).low <= before.low


@unhurried
@given(several())
def test_the_total_is_no_smaller_than_its_parts(said):
    found = estimate(said)
    sets = [frozenset(one.about) for one in found.victims]
    alone = [
        one.low
        for one, own in zip(found.victims, sets, strict=True)
        if one.low is not None and all(apart([own, other]) for other in sets if other != own)
    ]
    assert not alone or found.low >= sum(alone)
    assert all(one.high is None or found.high >= one.high for one in found.victims)


@unhurried
@given(several(victims=st.sampled_from([frozenset("a"), frozenset("bc"), frozenset("d")])))
def test_where_no_victims_overlap_the_total_is_the_sum(said):
    found = estimate(said)
    assert (found.high is None) == all(one.high is None for one in found.victims)
    assert (found.low or 0) == sum(one.low or 0 for one in found.victims)
    assert (found.best or 0) == sum(one.best or 0 for one in found.victims)
    assert (found.high or 0) == sum(one.high or 0 for one in found.victims)


@unhurried
@given(several(), RULES, st.integers(2, 50))
def test_counting_in_larger_units_changes_nothing_but_the_unit(said, rule, factor):
    def times(number: int | None) -> int | None:
        return None if number is None else number * factor

    larger = [replace(c, low=times(c.low), best=times(c.best), high=times(c.high)) for c in said]
    found, scaled = estimate(said, rule), estimate(larger, rule)
    assert (scaled.low, scaled.best, scaled.high) == (times(found.low), times(found.best), times(found.high))
    assert (scaled.contested, scaled.open_ended) == (found.contested, found.open_ended)


@unhurried
@given(several(), RULES, st.data())
def test_the_same_statement_relayed_again_changes_no_figure(said, rule, data):
    assume(said)
    again = data.draw(st.sampled_from(said))
    assert estimate([*said, again], rule) == estimate(said, rule)
    assert without_ids(estimate([*said, replace(again, id=99)], rule)) == without_ids(estimate(said, rule))


@unhurried
@given(several(), RULES)
def test_no_number_appears_that_nobody_gave(said, rule):
    found = estimate(said, rule)
    for one in found.victims:
        numbers = {n for claim in said if claim.about == frozenset(one.about) for n in claim.numbers}
        assert {one.low, one.best, one.high} - {None} <= numbers
    heard = [claim for claim in said if rule in ("reported", "conservative") or rule.endswith(claim.claimant)]
    assert (found.high is None) == (not any(claim.numbers for claim in heard))
    assert found.low is None or any(claim.lowest is not None for claim in heard)


@unhurried
@given(several(), RULES)
def test_the_basis_names_claims_that_gave_a_number(said, rule):
    by_id = {claim.id: claim for claim in said}
    for one in estimate(said, rule).victims:
        assert (one.basis.clause == Clause.NO_NUMBER) == (one.best is None) == (not one.basis.claims)
        assert all(
            by_id[id_].about == frozenset(one.about) and by_id[id_].numbers for id_ in one.basis.claims
        )


@unhurried
@given(several(), statements(99), st.data())
def test_a_correction_replaces_what_it_corrects(said, more, data):
    assume(said)
    old = data.draw(st.sampled_from(said))
    later = replace(
        more,
        claimant=old.claimant,
        claimant_kind=old.claimant_kind,
        about=old.about,
        supersedes=old.id,
        best=None,
    )
    rest = [claim for claim in said if claim is not old]
    assert estimate([*said, later]) == estimate([*rest, later])


@unhurried
@given(several(), st.sampled_from(list(KINDS)))
def test_one_claimants_rule_is_the_reported_rule_over_its_claims(said, key):
    own = estimate([claim for claim in said if claim.claimant == key])
    assert estimate(said, f"claimant:{key}") == own._replace(rule=f"claimant:{key}")


@unhurried
@given(several())
def test_the_conservative_range_lies_inside_the_reported_one(said):
    reported, conservative = estimate(said), estimate(said, "conservative")
    for wide, narrow in zip(reported.victims, conservative.victims, strict=True):
        assert narrow.low is None or (wide.low <= narrow.low == narrow.best)
        assert narrow.high is None or narrow.high <= wide.high
        assert (narrow.contested, narrow.denied) == (wide.contested, wide.denied)
    assert conservative.low == conservative.best


@unhurried
@given(st.tuples(COUNTS, COUNTS), st.lists(COUNTS, max_size=4))
def test_a_dataset_alone_comes_out_as_the_closed_form(ends, sides):
    low, high = sorted(ends)
    best = sum(sides)
    row = ("ucdp", "dataset", "observation", "killed")
    total = Claim(0, *row, frozenset(), "between", low, high, status="accepted", best=best)
    parts = [
        replace(total, id=number, about=frozenset({f"side{number}"}), low=count, high=count, best=None)
        for number, count in enumerate(sides, 1)
    ]
    for rule in ("reported", "claimant:ucdp"):
        found = estimate([total, *parts], rule)
        assert (found.low, found.best, found.high) == ready_made(low, best, high)
        assert (found.contested, found.open_ended) == (False, False)


@unhurried
@given(st.dictionaries(VICTIMS, COUNTS, max_size=6))
def test_the_largest_sum_is_the_largest_of_all_sums(account):
    sums = [
        sum(account[one] for one in chosen)
        for size in range(len(account) + 1)
        for chosen in combinations(account, size)
        if all(apart(pair) for pair in combinations(chosen, 2))
    ]
    assert largest_sum(account) == max(sums)


@unhurried
@given(several(), RULES, st.sampled_from(["en", "fr"]))
def test_every_estimate_can_be_said_in_words(said, rule, lang):
    found = estimate(said, rule)
    sentences = explain(found, lang)
    assert len(sentences) >= 2 + len(found.victims)
    assert all(
        sentence.endswith(".") and "None" not in sentence and "{" not in sentence for sentence in sentences
    )
    assert found.high is None or str(found.high) in sentences[0]
