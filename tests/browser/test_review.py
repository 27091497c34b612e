"""A whole review in Chromium with the keyboard alone, and what it looks like to a reader's program, a phone, a mouse."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import Page

from actors.models import Actor, ActorName
from events.ingest.working import extract_report, read_report
from events.models import Decision, Proposal, Report, Source, Trace
from events.verbs.reporting import keep_report
from events.verbs.reviewing import Judged, decide
from tests.browser.conftest import DESKTOP, PHONE
from tests.browser.test_access import AXE
from tests.record.cast import actor, person

pytestmark = pytest.mark.browser
TEXT = (
    "MENAKA, Mali, June 14, 2025 - Gunmen ambushed a Malian army convoy near Menaka on Friday, officials said. "
    "At least 12 soldiers were killed, the Malian army said. The Azawad Liberation Front acknowledged the loss of "
    "three of its own members."
)


@pytest.fixture
def proposal(database: None) -> Proposal:
    """What the machine read in a report on an ambush."""
    army = actor("malian-armed-forces", "state_force", "Malian Armed Forces")
    Actor.objects.filter(pk=army.pk).update(country="MLI")
    actor("azawad-liberation-front", "rebel", "Azawad Liberation Front")
    wire = Source.objects.create(slug="wire", name="Example Wire")
    report, _ = keep_report(source=wire, content=TEXT.encode(), content_type="text/plain")
    read_report(report.pk)
    Report.objects.filter(pk=report.pk).update(due_at=None)
    extract_report(report.pk)
    return Proposal.objects.get(report=report)


def open_review(page: Page, proposal: Proposal) -> Page:
    page.goto(f"/admin/events/proposal/{proposal.pk}/change/")
    page.wait_for_selector(".values .value")
    return page


def at(page: Page) -> str:
    """The value that has the focus, or holds what has it."""
    return page.evaluate("document.activeElement.closest('[data-field]')?.dataset.field ?? ''")


def lit(page: Page) -> str:
    """The words that are lit, in view of the text's own window."""
    return page.evaluate(
        """() => { const box = document.querySelector('.review-text').getBoundingClientRect();
        return [...document.querySelectorAll('.lit')].filter((mark) => { const at = mark.getBoundingClientRect();
        return at.top >= box.top - 1 && at.bottom <= box.bottom + 1; }).map((mark) => mark.textContent).join(' '); }"""
    )


def pressed(page: Page, key: str, decided: int) -> None:
    """Press a key that decides, and wait until the desk has kept it."""
    page.keyboard.press(key)
    page.wait_for_function(
        f"() => document.querySelectorAll('.value:is(.accepted, .corrected, .rejected)').length === {decided}"
    )


def test_a_whole_review_with_the_keyboard_alone(log_in: Callable[..., Page], proposal: Proposal) -> None:
    page = open_review(log_in("aminata", "editor"), proposal)
    keys = page.evaluate("[...document.querySelectorAll('[data-field]')].map((value) => value.dataset.field)")
    page.keyboard.press("?")
    assert page.inner_text("#keys").count("accept") == 1
    page.keyboard.press("Escape")
    page.wait_for_selector("#keys:not([open])", state="attached")
    page.keyboard.press("j")
    assert at(page) == "type"
    pressed(page, "a", 1)
    assert (at(page), lit(page)) == ("date", "Friday")
    page.keyboard.press("ArrowDown")
    assert (at(page), lit(page)) == ("place", "Menaka")
    page.keyboard.press("k")
    assert at(page) == "date"
    page.keyboard.press("c")
    assert page.evaluate("document.activeElement.name") == "first"
    page.keyboard.press("Escape")
    assert page.evaluate("document.activeElement.dataset.field") == "date"
    pressed(page, "x", 2)
    pressed(page, "a", 3)
    first = at(page)
    assert first.startswith("actor-")
    page.keyboard.press("c")
    page.keyboard.press("Control+A")
    page.keyboard.type("azawad-liberation-front")
    assert page.evaluate("document.activeElement.value") == "azawad-liberation-front", (
        "letters are typed, not acted on"
    )
    for _ in range(3):
        page.keyboard.press("Tab")
    assert page.evaluate("[document.activeElement.name, document.activeElement.checked]") == [
        "remember",
        False,
    ]
    page.keyboard.press("Space")
    page.keyboard.press("Tab")
    page.keyboard.press("Tab")
    page.keyboard.type("2024-11")
    pressed(page, "Enter", 4)
    for done in range(5, len(keys) + 1):
        pressed(page, "a", done)
    assert page.evaluate("document.activeElement.id") == "id_reason"
    page.keyboard.press("Enter")
    page.wait_for_url(f"**/incident/{proposal.incident_id}/change/")
    assert "Drafted as" in page.inner_text(".messagelist")
    verdicts = dict(Decision.objects.values_list("field", "verdict"))
    assert verdicts == dict.fromkeys(keys, "accepted") | {"date": "rejected", first: "corrected"}
    assert Trace.objects.filter(verb="decide").count() == len(keys)
    assert str(ActorName.objects.get(kind="spelling").start) == "2024-11"


def test_words_and_values_point_at_each_other_with_the_mouse(
    log_in: Callable[..., Page], proposal: Proposal
) -> None:
    page = open_review(log_in("aminata", "editor"), proposal)
    page.click(".review-text a.found >> text=Friday")
    assert (at(page), lit(page)) == ("date", "Friday")
    page.click("[data-field=place] .in-text")
    assert lit(page) == "Menaka"
    page.click("[data-field=place] button:has-text('Accept')")
    page.wait_for_selector("[data-field=place].accepted")
    assert page.inner_text("[data-status]").startswith("Where accepted.")


def test_a_colleagues_decision_and_a_refused_value_are_said_on_the_page(
    log_in: Callable[..., Page], proposal: Proposal
) -> None:
    page = open_review(log_in("aminata", "editor", expected=("400", "409")), proposal)
    page.keyboard.press("j")
    page.keyboard.press("j")
    page.keyboard.press("c")
    page.fill("#date-first", "2100-01-01")
    page.fill("#date-last", "2100-01-01")
    with page.expect_response("**/decide/") as answer:
        page.keyboard.press("Enter")
    assert answer.value.status == 400
    page.wait_for_selector("[data-field=date] [data-errors] li")
    assert "a day that has come" in page.inner_text("[data-field=date] [data-errors]")
    decide(proposal, Judged("type", "accepted"), seen="1", by=person("bakary", "editor"))
    page.keyboard.press("Escape")
    page.keyboard.press("k")
    page.keyboard.press("x")
    page.wait_for_selector("[data-alert]:not([hidden])")
    assert "bakary accepted type at" in page.inner_text("[data-alert]")
    assert Decision.objects.get().verdict == "accepted"


def test_without_a_script_the_same_page_does_the_same(
    log_in: Callable[..., Page], proposal: Proposal
) -> None:
    page = open_review(log_in("aminata", "editor", java_script_enabled=False), proposal)
    page.click("[data-field=type] button:has-text('Accept')")
    page.wait_for_url("**/change/#field-type")
    page.click("[data-field=date] summary")
    page.fill("#date-first", "2025-06-12")
    page.click("#correct-date button")
    page.wait_for_url("**/change/#field-date")
    assert "proposed was: 2025-06-13 (day)" in page.inner_text("[data-field=date] .told")
    page.select_option("#reject-place select", "background")
    page.click("#reject-place button")
    page.wait_for_url("**/change/#field-place")
    page.click("text=Make a draft")
    page.wait_for_url(f"**/incident/{proposal.incident_id}/change/")
    proposal.incident.refresh_from_db()
    assert (str(proposal.incident.date_start), proposal.incident.place_name) == ("2025-06-12", "")


@pytest.mark.parametrize(
    ("theme", "size"), [("light", DESKTOP), ("dark", PHONE)], ids=["light-desktop", "dark-phone"]
)
def test_axe_finds_nothing_in_the_review(
    log_in: Callable[..., Page], proposal: Proposal, theme: str, size: dict[str, int]
) -> None:
    # The rules run inside the page, which its policy would refuse; only this test lifts it.
    page = open_review(log_in("aminata", "editor", size, color_scheme=theme, bypass_csp=True), proposal)
    for key in ("j", "j", "j", "c"):
        page.keyboard.press(key)
    found = []
    for path in ("", "/admin/events/report/add/"):
        if path:
            page.goto(path)
        page.add_script_tag(path=str(AXE))
        # Django's choice box is not ours to mend.
        looked_at = "{include: ['#content'], exclude: ['.select2']}"
        result = page.evaluate(f"axe.run({looked_at}, {{resultTypes: ['violations']}})")
        found += [
            (path, fault["id"], fault["nodes"][0]["target"], fault["nodes"][0]["failureSummary"])
            for fault in result["violations"]
        ]
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth"), path
    assert found == []
