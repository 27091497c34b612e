"""The battle that the product was asked for from: everything in it comes out of extraction as proposals.

Two texts: the client's own, where it lies beside the repository, and one of ours that tells the same facts.
"""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from events.ingest.extract.found import ClaimFound, Extraction
from events.ingest.extract.report import extract
from events.ingest.extract.tables import Tables

CLIENTS_OWN = Path(__file__).parents[3] / "shared" / "founding-article.txt"

OURS = """Army and separatists trade claims after two days of fighting in Kidal

The Malian army and Azawad separatists fought for two days in the Kidal region of northern Mali, both sides said. \
According to the Malian army, at least ten separatists were killed. The Azawad separatists say they killed dozens of \
Malian soldiers and members of a Kremlin-affiliated military force.

The clashes broke out after the army launched an offensive in Kidal on Thursday. The next day an army supply convoy \
was ambushed; the attack was repelled.

Mohamed Maouloud Ramadan, a spokesman for the Azawad separatists, said that his side had captured trucks carrying \
cereals, diesel tankers and military vehicles, and acknowledged the loss of three of its own fighters. The separatists \
also posted videos of burning army trucks. The videos could not be independently verified.

A peace agreement signed in 2015 has since unraveled. Days before the clashes, Russia's Wagner Group announced its \
departure from Mali. The Africa Corps, which is under the command of the Russian defence ministry, said it would remain \
in Mali. About 2,000 mercenaries are estimated to be present in Mali, but how they are split between Wagner and the \
Africa Corps is unclear.
"""

ARMY, REBELS, CORPS = "malian-armed-forces", "azawad-liberation-front", "africa-corps"


@pytest.fixture(params=["client", "ours"])
def found(request: pytest.FixtureRequest, tables: Tables) -> Extraction:
    if request.param == "client" and not CLIENTS_OWN.exists():
        pytest.skip("the client's text is not beside this copy of the repository")
    text = CLIENTS_OWN.read_text(encoding="utf-8") if request.param == "client" else OURS
    return extract(text, "en", date(2025, 6, 15), tables)


def claims(found: Extraction, measure: str) -> list[ClaimFound]:
    return [claim for claim in found.claims if claim.measure == measure]


def test_the_battle_is_two_linked_incidents(found: Extraction) -> None:
    assert found.group
    offensive, ambush = found.incidents
    assert (offensive.event_subtype, ambush.event_subtype) == ("offensive", "ambush")
    assert offensive.date and offensive.date.first == date(2025, 6, 12)
    assert ambush.date and ambush.date.first == date(2025, 6, 13)
    assert (ambush.follows, ambush.outcome) == (0, "repelled")
    assert {incident.event_type for incident in found.incidents} == {"battle"}
    assert {incident.place.name for incident in found.incidents if incident.place} == {"Kidal"}
    assert {incident.place.precision for incident in found.incidents if incident.place} == {"admin1"}


def test_the_army_says_at_least_ten_separatists(found: Extraction) -> None:
    [claim] = [claim for claim in claims(found, "killed") if claim.claimant.slug == ARMY]
    assert (claim.about, claim.quantifier, claim.low, claim.high) == ((REBELS,), "at_least", 10, None)
    assert (claim.stance, claim.scope) == ("allegation", "group")


def test_the_separatists_say_dozens_of_soldiers_and_of_the_russian_force(found: Extraction) -> None:
    [claim] = [claim for claim in claims(found, "killed") if claim.quantifier == "dozens"]
    assert claim.claimant.slug == REBELS
    assert (set(claim.about), claim.low, claim.high, claim.phrase.lower()) == (
        {ARMY, CORPS},
        24,
        99,
        "dozens",
    )


def test_they_admit_three_of_their_own(found: Extraction) -> None:
    [claim] = [claim for claim in claims(found, "killed") if claim.stance == "admission"]
    assert (claim.about, claim.quantifier, claim.low, claim.high) == ((REBELS,), "exact", 3, 3)
    assert (claim.claimant.slug, claim.claimant.name) == (REBELS, "Mohamed Maouloud Ramadan")


def test_nothing_else_was_counted_as_killed(found: Extraction) -> None:
    assert len(claims(found, "killed")) == 3
    assert not any(claim.low and claim.low >= 1_000 for claim in found.claims)


def test_trucks_tankers_and_military_vehicles_were_taken(found: Extraction) -> None:
    taken = claims(found, "materiel_captured")
    assert {claim.item_class for claim in taken} == {"truck", "tanker", "military_vehicle"}
    assert {(claim.claimant.slug, claim.about) for claim in taken} == {(REBELS, (ARMY,))}
    assert all(claim.low is None for claim in taken)


def test_the_videos_are_evidence_that_nobody_has_verified(found: Extraction) -> None:
    [video] = found.evidence
    assert (video.kind, video.verification, video.shown_by) == ("video", "unverified", REBELS)


def test_milestones_of_the_russian_forces_and_of_the_agreement(found: Extraction) -> None:
    facts = {(milestone.what, milestone.actors) for milestone in found.milestones}
    assert ("departure announced", ("wagner-group",)) in facts
    assert ("stays", (CORPS,)) in facts
    assert ("subordinate", (CORPS, "ministry-of-defence-of-the-russian-federation")) in facts
    signed = next(milestone for milestone in found.milestones if milestone.what == "agreement signed")
    assert signed.when == "2015"
    assert any(milestone.what == "agreement ended" for milestone in found.milestones)


def test_strength_is_joint_and_its_split_unknown(found: Extraction) -> None:
    [strength] = found.strength
    assert set(strength.actors) == {"wagner-group", CORPS}
    assert (strength.country, strength.quantifier, strength.split_unknown) == ("MLI", "about", True)
    assert strength.low is not None and strength.high is not None and strength.low <= 2_000 <= strength.high


def test_the_spokesman_speaks_for_the_separatists(found: Extraction) -> None:
    [person] = [person for person in found.persons if person.name == "Mohamed Maouloud Ramadan"]
    assert (person.role, person.affiliation) == ("spokesman", REBELS)


def test_who_took_part_and_who_is_only_mentioned(found: Extraction) -> None:
    roles = {actor.slug: actor.role for actor in found.actors}
    assert roles[ARMY] == "side_a" and roles[REBELS] == "side_b" and roles[CORPS] == "ally_a"
    assert roles["wagner-group"] == "mentioned"


def test_every_value_stands_where_its_span_says(tables: Tables) -> None:
    found = extract(OURS, "en", date(2025, 6, 15), tables)
    assert found.claims and found.actors and found.places
    for claim in found.claims:
        assert OURS[claim.start : claim.end] == claim.phrase
    for actor in found.actors:
        assert OURS[actor.start : actor.end] == actor.label
    for place in found.places:
        assert place.name.split()[0] in OURS[place.start : place.end]
