"""Figures in words are read as the table says."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from events.claims.number_words import LARGEST
from events.claims.quantifier_words import AFTER, BEFORE, VAGUE, Bound, bounded
from events.claims.quantifiers import Reading, find_readings, read_phrase

unhurried = settings(deadline=None)


@pytest.mark.parametrize(
    ("phrase", "quantifier", "low", "high"),
    [
        ("at least ten", "at_least", 10, None),
        ("at least 10 separatists were killed", "at_least", 10, None),
        ("no fewer than ten", "at_least", 10, None),
        ("10 soldiers at least", "at_least", 10, None),
        ("forty or more", "at_least", 40, None),
        ("40+", "at_least", 40, None),
        ("more than 20", "at_least", 21, None),
        ("more than a dozen", "at_least", 13, None),
        ("at least a dozen", "at_least", 12, None),
        ("at least hundreds", "at_least", 200, None),
        ("at least 10 to 15", "at_least", 10, None),
        ("up to 15", "at_most", None, 15),
        ("up to 10 or 15", "at_most", None, 15),
        ("no more than fifteen", "at_most", None, 15),
        ("fewer than 10", "at_most", None, 9),
        ("nearly 40", "about", 36, 40),
        ("about 40", "about", 36, 44),
        ("some 40", "about", 36, 44),
        ("~40", "about", 36, 44),
        ("around one", "about", 1, 2),
        ("between 3 and 5", "between", 3, 5),
        ("between 5 and 3", "between", 3, 5),
        ("3 to 5", "between", 3, 5),
        ("3–5", "between", 3, 5),
        ("about 30 to 40", "between", 30, 40),
        ("three or four", "between", 3, 4),
        ("between one hundred and two hundred", "between", 100, 200),
        ("between one hundred and twenty and two hundred", "between", 120, 200),
        ("between a dozen and twenty", "between", 12, 20),
        ("a couple", "about", 2, 2),
        ("several", "several", 3, 9),
        ("a dozen", "about", 10, 14),
        ("about a dozen", "about", 10, 14),
        ("two dozen", "about", 21, 27),
        ("dozens of Malian soldiers", "dozens", 24, 99),
        ("scores", "dozens", 40, 99),
        ("hundreds", "hundreds", 200, 999),
        ("thousands", "thousands", 2_000, 9_999),
        ("hundreds of thousands", "thousands", 200_000, 999_999),
        ("1,200", "exact", 1_200, 1_200),
        ("1 200", "exact", 1_200, 1_200),
        ("1.2 million", "exact", 1_200_000, 1_200_000),
        ("a hundred", "exact", 100, 100),
        ("exactly three", "exact", 3, 3),
        ("zero", "exact", 0, 0),
        ("none", "exact", 0, 0),
        ("no casualties", "exact", 0, 0),
        ("an unknown number of soldiers", "unknown", None, None),
        ("10 to 5", "exact", 10, 10),
    ],
)
def test_english_words_are_read(phrase, quantifier, low, high):
    found = read_phrase(phrase, "en")
    assert (found.quantifier, found.low, found.high) == (quantifier, low, high)


@pytest.mark.parametrize(
    ("phrase", "quantifier", "low", "high"),
    [
        ("au moins dix", "at_least", 10, None),
        ("Au moins DIX séparatistes", "at_least", 10, None),
        ("dix soldats au moins", "at_least", 10, None),
        ("pas moins de 20", "at_least", 20, None),
        ("vingt ou plus", "at_least", 20, None),
        ("plus de vingt", "at_least", 21, None),
        ("plus d'une dizaine", "at_least", 11, None),
        ("au moins une vingtaine", "at_least", 20, None),
        ("jusqu’à 15 morts", "at_most", None, 15),
        ("moins de dix", "at_most", None, 9),
        ("près de 40", "about", 36, 40),
        ("pre\u0300s de 40 morts", "about", 36, 40),
        ("près d'une vingtaine", "about", 18, 20),
        ("environ 40", "about", 36, 44),
        ("40 morts environ", "about", 36, 44),
        ("environ une vingtaine", "about", 18, 24),
        ("entre 3 et 5", "between", 3, 5),
        ("entre dix et vingt", "between", 10, 20),
        ("entre vingt et une trentaine", "between", 20, 30),
        ("de 3 à 5", "between", 3, 5),
        ("trois ou quatre", "between", 3, 4),
        ("plusieurs", "several", 3, 9),
        ("une dizaine", "about", 8, 12),
        ("une douzaine", "about", 10, 14),
        ("une vingtaine", "about", 18, 24),
        ("trois dizaines", "about", 27, 33),
        ("des dizaines", "dozens", 24, 99),
        ("des centaines", "hundreds", 200, 999),
        ("des dizaines de milliers", "thousands", 20_000, 99_999),
        ("1\u202f200", "exact", 1_200, 1_200),
        ("1 200", "exact", 1_200, 1_200),
        ("un mort", "exact", 1, 1),
        ("aucun", "exact", 0, 0),
        ("aucune victime", "exact", 0, 0),
        ("un nombre indéterminé", "unknown", None, None),
        ("soixante et onze", "exact", 71, 71),
        ("septante-deux", "exact", 72, 72),
        ("vingt-et-une", "exact", 21, 21),
    ],
)
def test_french_words_are_read(phrase, quantifier, low, high):
    found = read_phrase(phrase, "fr")
    assert (found.quantifier, found.low, found.high) == (quantifier, low, high)


@pytest.mark.parametrize(
    ("text", "lang"),
    [
        ("", "en"),
        ("the army", "en"),
        ("no", "en"),
        ("at least", "en"),
        ("between Kidal and Gao", "en"),
        ("40%", "en"),
        ("40 per cent", "en"),
        ("40 pour cent", "fr"),
        ("the 10th brigade", "en"),
        ("a BM21", "en"),
        ("3.5", "en"),
        ("99999999999999", "en"),
        ("5,000,000,000", "en"),
        ("9" * 10_000, "en"),
        ("\u0663\u0664", "en"),
        ("x²", "en"),
        ("de Kidal à Gao", "fr"),
        ("\x00\ud800", "fr"),
    ],
)
def test_where_there_is_no_figure_none_is_read(text, lang):
    assert read_phrase(text, lang) is None


def test_a_bound_belongs_to_the_number_beside_it():
    found = [
        (r.quantifier, r.low)
        for r in find_readings("ten soldiers, at least five civilians, dozens hurt", "en")
    ]
    assert found == [("exact", 10), ("at_least", 5), ("dozens", 24)]
    found = [(r.quantifier, r.low) for r in find_readings("ten soldiers at least five civilians", "en")]
    assert found == [("exact", 10), ("at_least", 5)]
    assert [r.low for r in find_readings("dix soldats et au moins cinq civils", "fr")] == [10, 5]


@pytest.mark.parametrize(
    ("text", "lang", "numbers"),
    [
        ("two thousand three thousand", "en", [2000, 3000]),
        ("soixante et deux", "fr", [60, 2]),
        ("dix deux", "fr", [10, 2]),
        ("vingt trente", "fr", [20, 30]),
    ],
)
def test_words_that_make_no_number_together_are_read_apart(text, lang, numbers):
    assert [found.low for found in find_readings(text, lang)] == numbers


def test_the_phrase_is_the_text_as_it_was_written():
    text = "On parle de « pre\u0300s  d’une VINGTAINE » de morts"
    found = read_phrase(text, "fr")
    assert found == Reading("about", 18, 20, "pre\u0300s  d’une VINGTAINE")
    assert text[found.start : found.end] == found.phrase


def test_a_language_without_a_table_is_refused():
    with pytest.raises(ValueError, match="lang: 'ar' is not valid; valid is one of en, fr"):
        read_phrase("10", "ar")


@pytest.mark.parametrize("lang", ["en", "fr"])
def test_every_row_of_the_table_reads_as_itself(lang):
    for phrase, vague in VAGUE[lang].items():
        found = read_phrase(phrase, lang)
        assert (found.quantifier, found.low, found.high, found.phrase) == (*vague[:3], phrase)


@pytest.mark.parametrize("lang", ["en", "fr"])
def test_every_bound_of_the_table_is_applied(lang):
    for phrase, bound in BEFORE[lang].items():
        if bound is not Bound.BETWEEN:
            found = read_phrase(f"{phrase} 40", lang)
            assert (found.quantifier, found.low, found.high) == bounded(bound, 40)[:3], phrase
    for phrase, bound in AFTER[lang].items():
        found = read_phrase(f"40 {phrase}", lang)
        assert (found.quantifier, found.low, found.high) == bounded(bound, 40)[:3], phrase


@pytest.mark.parametrize("lang", ["en", "fr"])
def test_every_range_of_the_table_has_low_below_high(lang):
    for vague in VAGUE[lang].values():
        assert vague.low is None or vague.low <= (vague.base or vague.low) <= vague.high


@given(st.integers(0, 10_000), st.sampled_from([b for b in Bound if b is not Bound.BETWEEN]))
def test_bounds_stand_around_their_number(number, bound):
    _, low, high, _ = bounded(bound, number)
    assert low is None or low <= number + (bound is Bound.MORE_THAN)
    assert high is None or high >= max(0, number - (bound is Bound.LESS_THAN))
    assert low is None or high is None or low <= high


UNITS = {
    "en": "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen "
    "sixteen seventeen eighteen nineteen",
    "fr": "zéro un deux trois quatre cinq six sept huit neuf dix onze douze treize quatorze quinze seize",
}
TENS = {
    "en": "- - twenty thirty forty fifty sixty seventy eighty ninety",
    "fr": "- dix vingt trente quarante cinquante soixante",
}
ENGLISH, FRENCH = UNITS["en"].split(), UNITS["fr"].split()
ENGLISH_TENS, FRENCH_TENS = TENS["en"].split(), TENS["fr"].split()


def in_english(number: int) -> str:
    if number < 20:
        return ENGLISH[number]
    if number < 100:
        unit = f"-{ENGLISH[number % 10]}" if number % 10 else ""
        return ENGLISH_TENS[number // 10] + unit
    for size, word in ((1_000_000, "million"), (1000, "thousand"), (100, "hundred")):
        if number >= size:
            rest = (
                f" {'and ' if number % size < 100 else ''}{in_english(number % size)}"
                if number % size
                else ""
            )
            return f"{in_english(number // size)} {word}{rest}"
    raise AssertionError(number)


def in_french(number: int) -> str:
    if number < 17:
        return FRENCH[number]
    if number < 70:
        unit = number % 10
        joint = " et " if unit == 1 else "-"
        return FRENCH_TENS[number // 10] + (f"{joint}{FRENCH[unit]}" if unit else "")
    if number < 80:
        return f"soixante{' et ' if number == 71 else '-'}{in_french(number - 60)}"
    if number < 100:
        return "quatre-vingts" if number == 80 else f"quatre-vingt-{in_french(number - 80)}"
    for size, word in ((1_000_000, "million"), (1000, "mille"), (100, "cent")):
        if number >= size:
            count, rest = divmod(number, size)
            head = word if count == 1 and size < 1_000_000 else f"{in_french(count)} {word}"
            return f"{head} {in_french(rest)}" if rest else head
    raise AssertionError(number)


@unhurried
@given(st.one_of(st.integers(0, 130), st.integers(0, LARGEST)))
def test_numbers_spelt_out_are_read_back(number):
    for text, lang in ((in_english(number), "en"), (in_french(number), "fr")):
        found = read_phrase(text, lang)
        assert (found.quantifier, found.low, found.high, found.phrase) == ("exact", number, number, text)


@given(st.integers(0, LARGEST), st.sampled_from([",", " ", "\u00a0", "\u202f", "'", "."]))
def test_digits_in_groups_are_read_back(number, separator):
    text = f"{number:,}".replace(",", separator)
    assert [(r.low, r.high) for lang in ("en", "fr") for r in find_readings(text, lang)] == [
        (number, number)
    ] * 2


WORDS = sorted({word for lang in ("en", "fr") for table in (VAGUE, BEFORE, AFTER) for word in table[lang]})


@unhurried
@given(
    st.lists(
        st.one_of(
            st.sampled_from([*WORDS, "et", "and", "to", "vingt", "cent", "mille", "12", "1,000"]),
            st.text(max_size=3),
        )
    )
)
def test_any_text_is_read_in_order_and_in_place(words):
    text = " ".join(words)
    for lang in ("en", "fr"):
        found = list(find_readings(text, lang))
        assert all(text[r.start : r.end] == r.phrase for r in found)
        assert all(r.low is None or r.high is None or 0 <= r.low <= r.high for r in found)
        assert all(first.end <= second.start for first, second in pairwise(found))


@pytest.mark.parametrize(
    "piece", ["at least ", "vingt et ", "mille ", "1 000 ", "a few ", "10 x y ", "between ten and ", "’", "9"]
)
def test_long_hostile_text_is_read_to_its_end(piece):
    text = piece * (200_000 // len(piece)) + " between 3 and 5"
    assert [r.high for r in find_readings(text, "en")][-1] == 5
