"""The interface's texts are whole in both languages, and every text that is asked for is there."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest

from conflict.kit.messages import LANGUAGES, flat, number, plural, say, texts

ROOT = Path(__file__).resolve().parents[2]
TEMPLATES = sorted((ROOT / "templates").rglob("*.html"))
SCRIPTS = sorted((ROOT / "static" / "src").glob("*.js"))
PLACE = re.compile(r"\{(\w+)\}")


def table(lang: str) -> dict[str, str]:
    return flat(lang, *texts(lang))


def test_both_languages_have_the_same_keys() -> None:
    english, french = (table(lang) for lang in LANGUAGES)
    assert set(english) == set(french)


@pytest.mark.parametrize("key", table("en"))
def test_both_languages_fill_in_the_same_places(key: str) -> None:
    english, french = (set(PLACE.findall(table(lang)[key])) for lang in LANGUAGES)
    assert english == french


def asked_in_templates() -> set[str]:
    return {
        key
        for path in TEMPLATES
        for key in re.findall(r"\bt\.([a-z_]+\.[a-z_]+)", path.read_text(encoding="utf-8"))
    }


def test_every_text_that_a_template_asks_for_is_there() -> None:
    missing = {key for key in asked_in_templates() if not _there(texts("en"), key)}
    assert missing == set()
    assert len(asked_in_templates()) > 100


def _there(found: Any, key: str) -> bool:
    for part in key.split("."):
        if part not in found:
            return False
        found = found[part]
    return isinstance(found, str)


def test_every_text_that_a_script_asks_for_is_sent_to_it() -> None:
    from events.web.incidents import SPOKEN

    sent = flat("en", *SPOKEN)
    asked = {key for path in SCRIPTS for key in re.findall(r'words\("([\w.]+)"', path.read_text())}
    assert asked
    assert {key for key in asked if key not in sent and f"{key}.one" not in sent} == set()


def test_every_filter_has_a_name_in_both_languages() -> None:
    from events.query.filters import FILTERS

    for lang in LANGUAGES:
        assert set(FILTERS) - set(texts(lang)["filter"]) == set()


def test_numbers_and_plurals_follow_the_language() -> None:
    assert number("en", 12345) == "12,345"
    assert number("fr", 12345) == "12\u202f345"
    assert [plural("en", n) for n in (0, 1, 2)] == ["other", "one", "other"]
    assert [plural("fr", n) for n in (0, 1, 2)] == ["one", "one", "other"]
    assert say("en", "list.incidents", n=1) == "1 incident"


def test_a_missing_text_is_an_error_and_not_an_empty_place() -> None:
    with pytest.raises(KeyError):
        say("en", "list.no_such_text")
    with pytest.raises(ValueError, match="lang"):
        texts("de")
