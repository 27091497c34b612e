"""The six event types can be told apart, and everything can be read, in both themes."""

from __future__ import annotations

import re
from itertools import combinations

import pytest

from tests.browser.colours import TOKENS, TYPES, VISION, contrast, distance, tokens

THEMES = ("light", "dark")


def test_the_arithmetic_agrees_with_known_values() -> None:
    assert contrast("#000000", "#ffffff") == pytest.approx(21)
    assert distance("#000000", "#ffffff", "normal") == pytest.approx(100, abs=0.1)


@pytest.mark.parametrize("theme", THEMES)
@pytest.mark.parametrize("name", TYPES)
def test_a_type_stands_out_from_land_and_panel(theme: str, name: str) -> None:
    colours = tokens(theme)
    for ground in ("land", "panel", "water"):
        assert contrast(colours[name], colours[ground]) >= 3, (name, ground)


@pytest.mark.parametrize("theme", THEMES)
@pytest.mark.parametrize("vision", VISION)
def test_types_differ_from_each_other_for_every_colour_vision(theme: str, vision: str) -> None:
    colours = tokens(theme)
    close = {(a, b): round(distance(colours[a], colours[b], vision), 1) for a, b in combinations(TYPES, 2)}
    assert min(close.values()) >= 20, close


@pytest.mark.parametrize("theme", THEMES)
@pytest.mark.parametrize("ink", ["text", "quiet", "accent", "warn", "bad"])
def test_text_can_be_read_on_every_ground(theme: str, ink: str) -> None:
    colours = tokens(theme)
    for ground in ("page", "panel", "land", "accent-soft", "warn-soft", "rewound"):
        assert contrast(colours[ink], colours[ground]) >= 4.5, (ink, ground)


def test_the_dark_theme_is_the_same_when_the_system_asks_for_it() -> None:
    system = re.search(r"color-scheme: dark\) \{\s*:root[^{]*\{(.*?)\}", TOKENS.read_text(), re.S)
    assert system
    assert dict(re.findall(r"--([\w-]+): (#[0-9a-f]{6});", system[1])) == tokens("dark")
