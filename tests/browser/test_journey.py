"""A visitor's journey over the dashboard."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import PHONE

pytestmark = pytest.mark.browser
Visit = Callable[..., Page]
AMBUSH = "Convoy ambushed near Aguelhok, Kidal"


def number_found(page: Page) -> int:
    """The number of incidents in the heading."""
    found = re.search(r"([\d,]+) incidents?", page.locator("h1").first.inner_text())
    assert found
    return int(found[1].replace(",", ""))


def brush(page: Page, start: float, end: float) -> None:
    """Drag over the timeline, from one share of its width to another."""
    box = page.locator("#timeline canvas").bounding_box()
    assert box
    page.mouse.move(box["x"] + box["width"] * start, box["y"] + box["height"] / 2)
    page.mouse.down()
    page.mouse.move(box["x"] + box["width"] * end, box["y"] + box["height"] / 2, steps=5)
    page.mouse.up()


def drawn(page: Page, selector: str) -> int:
    """How many different colours a canvas shows."""
    return page.locator(selector).evaluate(
        "c => new Set(new Uint32Array(c.getContext('2d').getImageData(0, 0, c.width, c.height).data.buffer)).size"
    )


def test_a_visitor_brushes_the_time_picks_an_actor_reads_the_claims_and_goes_back(visit: Visit) -> None:
    page = visit("/")
    expect(page.locator("#timeline")).not_to_have_class(re.compile("empty|failed"))
    everything = number_found(page)
    assert everything >= 40
    page.wait_for_load_state("networkidle")
    assert all(drawn(page, f"#map canvas >> nth={layer}") > 3 for layer in (0, 1))

    brush(page, 0.75, 0.99)
    expect(page).to_have_url(re.compile(r"since=20\d\d-\d\d-01"))
    expect(page.locator("h1").first).to_contain_text("since")
    brushed = number_found(page)
    assert 0 < brushed < everything

    page.get_by_role("checkbox", name=re.compile("^Azawad Liberation Front")).check()
    expect(page).to_have_url(re.compile("actor=azawad-liberation-front"))
    expect(page.locator("h1").first).to_contain_text("involving Azawad Liberation Front")
    assert 0 < number_found(page) < brushed

    page.locator("#list").get_by_role("link", name=AMBUSH).click()
    incident = page.locator("#detail article.incident")
    expect(incident.get_by_role("heading", name=AMBUSH)).to_be_visible()
    expect(page).to_have_url(re.compile(r"incident=MLI-2025-\d{5}"))
    for words in (
        "at least ten separatists",
        "dozens",
        "three of their own members",
        "trucks loaded with cereals",
        "diesel tankers",
    ):
        expect(incident.get_by_text(words, exact=True).first).to_be_visible()
    expect(incident.get_by_text("Acknowledged by").first).to_be_visible()
    expect(incident.get_by_text("Not independently verified").first).to_be_visible()
    expect(incident.get_by_text("Sample compiled from public reporting", exact=True)).to_be_visible()

    page.go_back()
    expect(page.locator("#detail")).to_be_hidden()
    page.go_back()
    expect(page).not_to_have_url(re.compile("actor="))
    page.go_back()
    expect(page.locator("h1").first).to_contain_text(f"{everything} incidents")


def test_the_timeline_is_moved_with_the_keyboard(visit: Visit) -> None:
    page = visit("/")
    first = page.get_by_role("slider", name="First day")
    expect(first).to_have_attribute("aria-valuetext", re.compile(r"\d{4}"))
    before = first.get_attribute("aria-valuetext")
    first.focus()
    page.keyboard.press("PageUp")
    expect(page).to_have_url(re.compile("since="))
    expect(first).not_to_have_attribute("aria-valuetext", before or "")
    expect(first).to_be_focused()
    page.keyboard.press("Home")
    expect(page).not_to_have_url(re.compile("since="))


def test_a_mark_on_the_map_opens_what_lies_there(visit: Visit) -> None:
    page = visit("/?q=Aguelhok&event_subtype=ambush#map=8/19.46/0.86")
    expect(page.locator("#list .title")).to_have_text([AMBUSH])
    with page.expect_response(re.compile(r"\.mvt")):
        page.reload()
    page.wait_for_load_state("networkidle")
    box = page.locator("#map").bounding_box()
    assert box
    page.mouse.click(box["x"] + box["width"] / 2, box["y"] + box["height"] / 2)
    expect(page.locator("#detail").get_by_role("heading", name=AMBUSH)).to_be_visible()


def test_play_moves_the_dates_on_and_stops(visit: Visit) -> None:
    page = visit("/?since=2024-01-01&until=2024-06-30")
    page.wait_for_load_state("networkidle")
    play = page.get_by_role("button", name="Play")
    play.click()
    expect(page).to_have_url(re.compile("since=2024-07-01"))
    play.click()
    expect(play).to_have_attribute("aria-pressed", "false")
    stopped = page.url
    page.wait_for_timeout(1500)
    assert page.url == stopped


def test_with_reduced_motion_play_is_one_step(visit: Visit) -> None:
    page = visit("/?since=2024-01-01&until=2024-06-30", reduced_motion="reduce")
    page.wait_for_load_state("networkidle")
    page.get_by_role("button", name="Play").click()
    expect(page).to_have_url(re.compile("since=2024-07-01"))
    stepped = page.url
    page.wait_for_timeout(1500)
    assert page.url == stepped


def test_a_part_of_the_sentence_is_dropped_with_one_click(visit: Visit) -> None:
    page = visit("/?country=MLI&event_type=battle")
    expect(page.locator("h1").first).to_contain_text("Battles")
    page.locator("h1 a", has_text="Battles").click()
    expect(page).to_have_url(re.compile(r"/\?country=MLI$|/\?country=MLI#"))
    expect(page.get_by_role("checkbox", name=re.compile("^Battle"))).not_to_be_checked()


def test_when_nothing_fits_the_page_says_what_to_loosen(visit: Visit) -> None:
    page = visit("/?country=NER&fatalities_min=999999")
    loosen = page.locator("#list .nothing a")
    expect(loosen).to_have_count(2)
    loosen.filter(has_text="Deaths at least").click()
    expect(page).to_have_url(re.compile("country=NER"))
    expect(page.locator("#list .incident-row").first).to_be_visible()


def test_a_misspelt_filter_is_named_and_nothing_is_guessed(visit: Visit) -> None:
    page = visit("/?contry=MLI", expected=("400",))
    alert = page.get_by_role("alert")
    expect(alert).to_contain_text("contry")
    expect(alert).to_contain_text("country")
    expect(page.locator(".incident-row")).to_have_count(0)


def test_the_list_works_when_tiles_fail(visit: Visit) -> None:
    page = visit("/methodology/", expected=("Failed to load resource", "ERR_FAILED"))
    page.route("**/*.mvt*", lambda route: route.abort())
    page.goto("/")
    expect(page.locator("#status")).to_contain_text("could not be loaded")
    page.get_by_role("checkbox", name=re.compile(r"^Niger \d")).check()
    expect(page.locator("h1").first).to_contain_text("in Niger")


def test_the_last_view_stays_when_the_server_is_away(visit: Visit) -> None:
    page = visit("/", expected=("Failed to load resource", "ERR_FAILED"))
    expect(page.locator("#list .incident-row").first).to_be_visible()
    page.wait_for_load_state("networkidle")
    page.route("**/*", lambda route: route.abort())
    page.get_by_role("checkbox", name=re.compile(r"^Niger \d")).check()
    expect(page.locator("#status")).to_contain_text("What you see is from")
    expect(page.locator("#list .incident-row").first).to_be_visible()
    page.unroute("**/*")
    page.get_by_role("button", name="Try again").click()
    expect(page.locator("h1").first).to_contain_text("in Niger")


def test_a_rewound_record_says_so_on_the_page_and_in_its_links(visit: Visit) -> None:
    page = visit("/?as_of=1")
    expect(page.locator(".banner")).to_contain_text("As known on")
    page.get_by_role("navigation").get_by_role("link", name="Actors").click()
    expect(page).to_have_url(re.compile("as_of=1"))
    expect(page.locator(".banner")).to_be_visible()


def test_the_theme_is_kept(visit: Visit) -> None:
    page = visit("/methodology/", color_scheme="light")
    page.get_by_role("button", name="Dark theme").click()
    page.goto("/actors/")
    expect(page.locator("html")).to_have_attribute("data-theme", "dark")
    assert page.evaluate("getComputedStyle(document.body.parentElement).backgroundColor") == "rgb(15, 18, 20)"


def test_the_same_page_in_french_keeps_the_query_and_what_is_open(visit: Visit) -> None:
    page = visit("/?country=MLI&q=Aguelhok")
    page.locator("#list .title").first.click()
    expect(page.locator("#detail")).to_be_visible()
    page.get_by_role("link", name="Français").click()
    expect(page.locator("html")).to_have_attribute("lang", "fr")
    expect(page).to_have_url(re.compile("country=MLI.*incident="))
    expect(page.locator("#detail").get_by_role("heading", name="Qui dit quoi")).to_be_visible()


def test_on_a_phone_everything_is_reached_with_a_thumb(visit: Visit) -> None:
    page = visit("/", size=PHONE, has_touch=True)
    page.get_by_role("button", name="Filters").first.click()
    expect(page.get_by_role("button", name="Close")).to_be_focused()
    page.get_by_role("checkbox", name=re.compile(r"^Burkina Faso \d")).check()
    show = page.get_by_role("button", name=re.compile(r"Show \d+ incidents"))
    expect(show).to_contain_text("Show")
    show.click()
    expect(page.locator("h1").first).to_contain_text("in Burkina Faso")
    page.get_by_role("button", name="Show more of the list").click()
    page.locator("#list .title").first.click()
    expect(page.locator("#detail article.incident h1")).to_be_visible()
    assert page.evaluate("document.documentElement.scrollWidth") <= PHONE["width"]


def test_on_a_phone_no_target_is_smaller_than_a_finger(visit: Visit) -> None:
    page = visit("/?country=MLI", size=PHONE, has_touch=True)
    page.wait_for_load_state("networkidle")
    page.get_by_role("button", name="Show more of the list").click()
    small = page.evaluate(
        """() => [...document.querySelectorAll('button, summary, h1 a, .under a, .orders a, .tool, .brand')]
          .filter((e) => e.checkVisibility() && e.id !== 'sheet-handle' && e.getBoundingClientRect().height < 43.5)
          .map((e) => `${e.className} ${e.textContent.trim()} ${e.getBoundingClientRect().height}`)"""
    )
    assert small == []


def test_without_scripts_filters_and_list_still_work(visit: Visit) -> None:
    page = visit("/", java_script_enabled=False)
    page.get_by_role("checkbox", name=re.compile(r"^Niger \d")).check()
    page.get_by_role("button", name="Apply").click()
    expect(page).to_have_url(re.compile("country=NER"))
    expect(page.locator("h1").first).to_contain_text("in Niger")
    page.locator(".incident-row .title").first.click()
    expect(page.locator("article.incident")).to_be_visible()
    expect(page.locator(".incident .locator svg")).to_be_visible()
