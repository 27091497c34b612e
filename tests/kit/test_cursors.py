"""Cursors open the next page of their own query and nothing else."""

from hypothesis import assume, given
from hypothesis import strategies as st

from conflict.kit.cursors import read_cursor, sign_cursor
from conflict.kit.problems import Problem

KEYS = ["a key that is only for tests"]
QUERY = "country=MLI&order=-date"
SCALARS = st.one_of(
    st.none(), st.booleans(), st.integers(-(2**53), 2**53), st.text(max_size=20), st.floats(-1e9, 1e9)
)


@given(st.text(max_size=50), st.lists(SCALARS, max_size=4))
def test_a_cursor_gives_back_the_sort_values(query, after):
    assume(all(not isinstance(value, str) or value.isprintable() for value in after))
    token = sign_cursor(query, after, KEYS)
    assert read_cursor(query, token, KEYS) == after
    assert set(token) <= set("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_.")


@given(st.data())
def test_a_cursor_with_any_one_character_changed_is_refused(data):
    token = sign_cursor(QUERY, ["2025-06-13", 42], KEYS)
    at = data.draw(st.integers(0, len(token) - 1))
    other = data.draw(st.characters(codec="utf-8"))
    assume(other != token[at])
    problem = read_cursor(QUERY, token[:at] + other + token[at + 1 :], KEYS)
    assert isinstance(problem, Problem) and problem.field == "cursor"


def test_a_cursor_is_refused_by_another_query():
    token = sign_cursor(QUERY, ["2025-06-13", 42], KEYS)
    assert isinstance(read_cursor("country=NER&order=-date", token, KEYS), Problem)


def test_a_cursor_is_refused_under_another_key():
    token = sign_cursor(QUERY, [1], ["some other key"])
    assert isinstance(read_cursor(QUERY, token, KEYS), Problem)


def test_a_cursor_of_the_key_before_is_still_read():
    token = sign_cursor(QUERY, [1], ["old"])
    assert read_cursor(QUERY, token, ["new", "old"]) == [1]
    assert sign_cursor(QUERY, [1], ["new", "old"]) == sign_cursor(QUERY, [1], ["new"]) != token


@given(st.text(max_size=80))
def test_no_text_breaks_the_reader(text):
    assert isinstance(read_cursor(QUERY, text, KEYS), Problem)


def test_a_query_cannot_be_moved_into_the_payload():
    token = sign_cursor("a", ["b"], KEYS)
    payload, _, tag = token.partition(".")
    assert isinstance(read_cursor(f"a\0{payload}", f".{tag}", KEYS), Problem)


def test_the_key_is_the_one_in_the_settings(settings):
    settings.SECRET_KEY, settings.SECRET_KEY_FALLBACKS = "new", ["old"]
    assert sign_cursor(QUERY, [1]) == sign_cursor(QUERY, [1], ["new"])
    assert read_cursor(QUERY, sign_cursor(QUERY, [1], ["old"])) == [1]
