"""Wire copy is known again through other headlines, cuts and touches; other incidents in the same town are not."""

from __future__ import annotations

import random

import pytest

from events.ingest.likeness import BANDS, alike, bands, sketch

WIRE = """Seventeen soldiers killed in raid on army camp at Boulkessi

Seventeen soldiers were killed and eleven wounded on Monday when gunmen on motorcycles overran an army camp at Boulkessi
near the border with Burkina Faso, the general staff said in a statement read on state television.

The attackers came at dawn from three sides and burned vehicles and stores before they withdrew towards the border with
weapons and ammunition, according to a local elected official who asked not to be named. Reinforcements arrived from
Mondoro in the afternoon, he said, and two helicopters flew over the area until nightfall.

No group has claimed the attack. Fighters linked to al-Qaeda and to the Islamic State are active in the area, and the camp
had been attacked before. The market of the town stayed closed, and families left for Douentza on carts."""

FIRST_BAND = 2956477963808924064

# The same agency on the next incident in the same town: its sentences, other facts.
NEXT = """Four soldiers killed as convoy hits mine at Boulkessi

Four soldiers were killed and nine wounded on Friday when an army convoy hit an explosive device near Boulkessi near the
border with Burkina Faso, the general staff said in a statement read on state television.

The vehicle at the head of the convoy was destroyed, according to a local elected official who asked not to be named.
Reinforcements arrived from Mondoro in the evening, he said.

No group has claimed the attack. Fighters linked to al-Qaeda and to the Islamic State are active in the area, and the camp
had been attacked before. The market of the town stayed closed."""


def meet(one: str, other: str) -> bool:
    return bool(set(bands(sketch(one))) & set(bands(sketch(other))))


def copied(one: str, other: str) -> bool:
    return meet(one, other) and alike(sketch(one), sketch(other))


def touched_up(text: str, share: float, seed: int) -> str:
    """Some words replaced, as a desk edits a wire."""
    chance = random.Random(seed)
    return " ".join(word if chance.random() > share else "editedword" for word in text.split())


EDITED = {
    "the same": WIRE,
    "another headline": WIRE.replace(
        WIRE.split("\n")[0], "Boulkessi: army camp overrun, says the general staff"
    ),
    "an agency's line before it": "(Example Wire) - From our correspondent in Bamako.\n\n" + WIRE,
    "cut after two paragraphs": "\n\n".join(WIRE.split("\n\n")[:3]),
    "a sentence more": WIRE
    + "\n\nThe minister of defence is expected to travel to the region, the statement said.",
    "the toll brought up to date": WIRE.replace("Seventeen", "Nineteen"),
    "other spelling and marks": WIRE.replace(",", " ,").replace("Boulkessi", "BOULKESSI"),
}


@pytest.mark.parametrize("kind", sorted(EDITED))
def test_an_edited_copy_is_a_copy(kind: str) -> None:
    assert copied(WIRE, EDITED[kind])


def test_copies_with_a_tenth_of_their_words_changed_are_found() -> None:
    assert sum(copied(WIRE, touched_up(WIRE, 0.08, seed)) for seed in range(20)) >= 18


def test_the_next_incident_in_the_same_town_is_no_copy() -> None:
    assert not alike(sketch(WIRE), sketch(NEXT))


def test_the_same_sentence_with_other_figures_and_days_is_no_copy() -> None:
    one = (
        "Six people were killed on Tuesday in an attack on the village of Bih near Koro in the region of Bandiagara, a "
        "local official said. The attackers took 40 head of cattle and burned three granaries before they left."
    )
    other = (
        one.replace("Six", "Eleven")
        .replace("Tuesday", "Saturday")
        .replace("40", "15")
        .replace("three", "two")
    )
    assert alike(sketch(one), sketch(one)) and not alike(sketch(one), sketch(other))


def test_a_round_up_that_contains_a_brief_is_no_copy_of_it() -> None:
    chance = random.Random(1)
    words = [
        "army",
        "village",
        "road",
        "market",
        "river",
        "convoy",
        "patrol",
        "night",
        "well",
        "school",
        "chief",
        "herd",
        "field",
    ]
    more = " ".join(chance.choice(words) for _ in range(600))
    assert not alike(sketch(WIRE), sketch(WIRE + "\n\n" + more))


def test_short_texts_are_copies_only_when_they_are_equal() -> None:
    assert bands(sketch("Attack near Gao")) == []
    assert not alike(sketch("Attack near Gao, two dead"), sketch("Attack near Gao, three dead"))


def test_bands_are_the_same_in_every_process_and_fit_the_column() -> None:
    found = bands(sketch(WIRE))
    assert len(found) == BANDS and found == bands(sketch(WIRE))
    assert all(-(2**63) <= band < 2**63 for band in found)
    # Worked out once in another process: what stands in the database must be found again.
    assert bands(sketch("a b c d e f g h i j k l m n o p q r s t u v w x y z"))[0] == FIRST_BAND


def test_texts_that_share_little_seldom_meet() -> None:
    chance = random.Random(7)
    words = [f"word{n}" for n in range(3_000)]
    texts = [" ".join(chance.choices(words, k=300)) for _ in range(60)]
    assert sum(meet(texts[n], texts[n + 1]) for n in range(0, 60, 2)) == 0
