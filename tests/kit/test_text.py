"""Text: harmful characters are refused, and a name is found under its other spellings."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from conflict.kit.problems import Problem
from conflict.kit.text import fold, read_text, search_terms, slug, sound

NAMES = st.text(st.characters(exclude_categories=["Cs"]), max_size=60)


@pytest.mark.parametrize(
    "spellings",
    [
        ["Tinzaouatène", "Tin Zaouatine", "Tinzawaten", "Ti-n-Zaouâtene", "TINZAOUATENE"],
        ["Aguelhok", "Aguelhoc", "Aguel'hoc", "Aguelhoc ", "Aguel’hok"],
        ["Ouagadougou", "Wagadugu", "Ouagadugu"],
        ["Chinagodrar", "Shinagodrar"],
        ["Inates", "In Ates", "I-n-Ates", "Inatès"],
        ["Djibo", "Jibo", "Djïbo"],
        ["Khaïra", "Kaira", "Qaira"],
        ["Ghousmane", "Gousman", "Rhousmane"],
        ["Tessalit", "Tesalit", "Tessallit"],
        ["Kidal", "كيدال"],
        ["Gao", "غاو"],
        ["Tillabéri", "Tillabery", "Tilabéri"],
    ],
)
def test_spellings_of_one_name_sound_alike(spellings):
    assert len({sound(spelling) for spelling in spellings}) == 1


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Gao", "Gaoua"),
        ("Mopti", "Ménaka"),
        ("Ber", "Bourem"),
        ("Niger", "Nigeria"),
        ("Kaya", "Koro"),
        ("Solhan", "Sokolo"),
    ],
)
def test_different_places_sound_different(one, other):
    assert sound(one) != sound(other)


@pytest.mark.parametrize(
    ("written", "asked"),
    [
        ("Tinzaouatène", "tin zaouatine"),
        ("Aguel'hoc", "Aguelhok"),
        ("I-n-Ates", "Inates"),
        ("près d'Inata", "inata"),
    ],
)
def test_a_name_in_one_word_finds_the_name_in_several_and_back(written, asked):
    assert sound(asked) in search_terms(written)
    assert set(search_terms(asked)) & set(search_terms(written))


@pytest.mark.parametrize(
    ("name", "address"),
    [
        ("Jama'at Nusrat al-Islam wal-Muslimin", "jamaat-nusrat-al-islam-wal-muslimin"),
        ("Front de libération de l'Azawad", "front-de-liberation-de-lazawad"),
        ("  Wagner Group ", "wagner-group"),
        ("Dan Na Ambassagou", "dan-na-ambassagou"),
        ("Œuvre ɓaŋɲe", "oeuvre-bannye"),
        ("!!!", ""),
    ],
)
def test_a_slug_is_the_name_in_plain_letters(name, address):
    assert slug(name) == address


def test_a_long_slug_is_cut_between_words():
    assert slug("alliance of sahel states", longest=12) == "alliance-of"
    assert slug("a" * 100, longest=10) == "a" * 10


@given(NAMES)
def test_fold_and_slug_are_stable(name):
    assert fold(fold(name)) == fold(name)
    assert slug(slug(name)) == slug(name)
    assert slug(name).isascii() and len(slug(name)) <= 80
    assert fold(name) == fold(name.upper()) or name.upper().casefold() != name.casefold()


@given(NAMES)
def test_search_terms_hold_each_word_once(name):
    terms = search_terms(name)
    assert len(terms) == len(set(terms)) and all(terms)


@pytest.mark.parametrize(
    "harmful", ["\x00", "\x1b", "\x85", "\u202e", "\u2028", "\ud800", "\ufeff", "\x7f", "\t", "\n"]
)
def test_control_characters_are_refused_by_number(harmful):
    problem = read_text("name", f"Ki{harmful}dal")
    assert isinstance(problem, Problem) and f"U+{ord(harmful):04X}" in problem.valid


def test_lines_are_allowed_where_lines_are_expected():
    assert read_text("summary", "one\n\ttwo", lines=True) == "one\n\ttwo"
    assert isinstance(read_text("summary", "one\x00two", lines=True), Problem)
    assert isinstance(read_text("summary", "one\rtwo", lines=True), Problem)


def test_text_is_composed_trimmed_and_bounded():
    assert read_text("name", "  Tinzaouate\u0300ne ") == "Tinzaouatène"
    assert read_text("name", "a" * 200) == "a" * 200
    assert isinstance(read_text("name", "a" * 201), Problem)


@given(st.text(max_size=40))
def test_what_is_accepted_can_be_stored(text):
    read = read_text("name", text)
    if not isinstance(read, Problem):
        assert "\x00" not in read and read.encode("utf-8").decode() == read
