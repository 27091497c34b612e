"""Every page can be used with a screen reader and a keyboard: axe-core finds nothing, in both themes and sizes."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Page

from tests.browser.conftest import DESKTOP, PHONE

pytestmark = pytest.mark.browser
AXE = Path(__file__).resolve().parents[2] / "node_modules" / "axe-core" / "axe.min.js"
PAGES = (
    "/",
    "/?country=MLI&event_type=battle",
    "/?lang=fr#incident=MLI-2025-00001",
    "/?contry=MLI",
    "/?as_of=1",
    "/incidents/",
    "/incidents/MLI-2025-00001/",
    "/actors/",
    "/actors/azawad-liberation-front/?lang=fr",
    "/foreign-forces/",
    "/milestones/?lang=fr",
    "/data/",
    "/methodology/?lang=fr",
    "/changes/",
    "/no-such-page",
)


@pytest.mark.parametrize(
    ("theme", "size"), [("light", DESKTOP), ("dark", PHONE)], ids=["light-desktop", "dark-phone"]
)
def test_axe_finds_nothing(visit: Callable[..., Page], theme: str, size: dict[str, int]) -> None:
    # The rules run inside the page, which its policy would refuse; only this test lifts it.
    page = visit("/changes/", size=size, color_scheme=theme, bypass_csp=True, expected=("400", "404"))
    found = []
    for path in PAGES:
        page.goto("about:blank")
        page.goto(path)
        page.wait_for_load_state("networkidle")
        page.add_script_tag(path=str(AXE))
        result = page.evaluate("axe.run(document, {resultTypes: ['violations']})")
        found += [(path, fault["id"], fault["nodes"][0]["target"]) for fault in result["violations"]]
    assert found == []


def test_the_axe_rules_do_find_a_fault(visit: Callable[..., Page]) -> None:
    page = visit("/changes/", bypass_csp=True)
    page.evaluate("document.body.append(document.createElement('button'))")
    page.add_script_tag(path=str(AXE))
    result = page.evaluate("axe.run(document, {resultTypes: ['violations']})")
    assert "button-name" in {fault["id"] for fault in result["violations"]}
