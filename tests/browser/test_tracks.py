"""Milestones and foreign forces: tracks under the timeline, the page of foreign forces, where an actor was by year."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import PHONE
from tests.browser.test_access import AXE

pytestmark = pytest.mark.browser
Visit = Callable[..., Page]
NARROWEST = {"width": 1100, "height": 800}
# Where a mark lies on the page and where the chart's axis has its time: [mark, axis] in pixels.
PLACES = """() => {
  const chart = document.querySelector('.timeline-chart canvas').getBoundingClientRect();
  const [from, to] = [...document.querySelectorAll('[role=slider]')];
  const day = (text) => Date.parse(text + 'T00:00:00Z') / 86400000;
  const [first, last] = [Number(from.getAttribute('aria-valuemin')), Number(from.getAttribute('aria-valuemax')) + 1];
  const x = (time) => chart.left + 44 + (time - first) / (last - first) * (chart.width - 56);
  return [...document.querySelectorAll('.facts li:not([data-off], .rough)')].map((item) =>
    [item.getBoundingClientRect().left + 4.5, x(day(item.dataset.span.split('/')[0]))]);
}"""


def tracks(page: Page) -> Page:
    """The page once its tracks are laid out."""
    expect(page.locator(".forces li").first).to_be_attached()
    expect(page.locator("#timeline")).not_to_have_class(re.compile("empty|failed"))
    page.wait_for_function("() => document.querySelector('.forces li').style.getPropertyValue('--x') !== ''")
    return page


@pytest.mark.parametrize("size", [NARROWEST, {"width": 1440, "height": 900}], ids=["1100", "1440"])
def test_every_milestone_stands_at_its_day_and_every_force_bears_its_name(
    visit: Visit, size: dict[str, int]
) -> None:
    page = tracks(visit("/", size=size))
    places = page.evaluate(PLACES)
    assert len(places) > 20
    assert all(abs(mark - axis) <= 1 for mark, axis in places), places
    names = page.locator(".forces .short").all_inner_texts()
    assert {"Wagner Group", "Africa Corps", "Operation Barkhane", "MINUSMA"} <= set(names)
    overlapping = page.evaluate(
        """() => {
          const boxes = [...document.querySelectorAll('.forces li:not([data-off])')].map((e) => e.getBoundingClientRect());
          return boxes.some((a, i) => boxes.slice(i + 1).some((b) =>
            a.left < b.right - 1 && b.left < a.right - 1 && a.top < b.bottom - 1 && b.top < a.bottom - 1));
        }"""
    )
    assert overlapping is False


def test_the_brush_dims_what_lies_outside_and_filters_move_the_marks(visit: Visit) -> None:
    page = tracks(visit("/?since=2024-01-01"))
    outside = page.locator(".forces li.outside .short").all_inner_texts()
    assert "Operation Barkhane" in outside and "Africa Corps" not in outside
    before = page.evaluate(PLACES)
    page.get_by_role("checkbox", name=re.compile("^Azawad Liberation Front")).check()
    expect(page).to_have_url(re.compile("actor="))
    page.wait_for_load_state("networkidle")
    after = page.evaluate(PLACES)
    assert len(after) != len(before)
    assert all(abs(mark - axis) <= 1 for mark, axis in after)


def test_one_stop_of_the_tab_key_then_arrows_and_enter_leads_to_the_actor(visit: Visit) -> None:
    page = tracks(visit("/"))
    assert (
        page.locator(".forces a[tabindex='0']").count() == page.locator(".facts a[tabindex='0']").count() == 1
    )
    page.locator(".forces a[tabindex='0']").focus()
    while "Wagner" not in page.evaluate("document.activeElement.textContent"):
        here = page.evaluate("document.activeElement.href")
        page.keyboard.press("ArrowRight")
        assert page.evaluate("document.activeElement.href") != here, "Wagner was not reached"
    expect(page.locator(".told")).to_have_text("Wagner Group · Mali December 2021 – 6 June 2025")
    page.keyboard.press("Enter")
    expect(page).to_have_url(re.compile("/actors/wagner-group/$"))
    expect(page.get_by_role("heading", level=1, name="Wagner Group")).to_be_visible()


def test_a_click_on_a_tick_leads_to_the_actors_page_in_the_language_of_the_page(visit: Visit) -> None:
    page = tracks(visit("/?lang=fr&as_of=1"))
    mark = page.locator(".facts li", has_text="Le groupe annonce son départ du Mali").or_(
        page.locator(".facts li", has_text="départ du Mali")
    )
    mark.first.locator("a").click()
    expect(page).to_have_url(re.compile(r"/actors/wagner-group/\?lang=fr&as_of=1$"))


def test_a_record_from_before_the_first_publication_has_no_tracks(visit: Visit) -> None:
    page = visit("/?as_of=2000-01-01")
    page.wait_for_load_state("networkidle")
    expect(page.locator("#tracks")).to_be_visible()
    expect(page.locator("#tracks li")).to_have_count(0)


def test_when_they_cannot_be_loaded_the_rest_works_and_the_button_tries_again(visit: Visit) -> None:
    page = visit("/changes/", expected=("Failed to load resource",))
    page.route("**/milestones/", lambda route: route.abort())
    page.goto("/")
    expect(page.locator("#status")).to_contain_text("Milestones and deployments could not be loaded")
    expect(page.locator(".incident-row").first).to_be_visible()
    page.unroute("**/milestones/")
    page.get_by_role("button", name="Try again").click()
    tracks(page)
    expect(page.locator("#status")).to_be_hidden()


def test_on_a_phone_they_are_a_list_behind_a_button(visit: Visit) -> None:
    page = visit("/", size=PHONE, has_touch=True, color_scheme="dark", bypass_csp=True)
    expect(page.locator("#tracks")).to_be_hidden()
    button = page.get_by_role("button", name="Milestones")
    button.click()
    expect(button).to_have_attribute("aria-expanded", "true")
    link = page.get_by_role("link", name=re.compile("Operation Barkhane"))
    expect(link.first).to_be_visible()
    low = page.locator("#tracks a").evaluate_all(
        "links => links.filter((link) => link.getBoundingClientRect().height < 43.5).length"
    )
    assert low == 0
    page.add_script_tag(path=str(AXE))
    faults = page.evaluate("axe.run(document, {resultTypes: ['violations']})")["violations"]
    assert [(fault["id"], fault["nodes"][0]["target"]) for fault in faults] == []
    link.first.focus()
    page.keyboard.press("Escape")
    expect(page.locator("#tracks")).to_be_hidden()
    expect(button).to_be_focused()


def test_foreign_forces_without_scripts_say_who_gave_every_number(visit: Visit) -> None:
    page = visit("/foreign-forces/", java_script_enabled=False)
    chart = page.locator(".chart svg")
    said = chart.locator("text.over title").all_text_contents()
    assert "1 February 2022 · 300–350 · local sources quoted by France 24" in said
    assert any("about 2,000 · jointly with Africa Corps · United States officials" in words for words in said)
    assert all(len(words.split(" · ")) >= 3 for words in said), "day, number, and who says it"
    assert chart.locator("path.stay").count() >= 15
    assert chart.locator("line.tick title", has_text="Announces its departure from Mali").count() == 1
    assert chart.locator("rect.column").count() > 5
    chart.get_by_role("link", name="Wagner Group").click()
    expect(page).to_have_url(re.compile("/actors/wagner-group/$"))


def test_an_actors_years_are_small_maps_that_lead_to_the_map_of_that_year(visit: Visit) -> None:
    page = visit("/actors/malian-armed-forces/", java_script_enabled=False)
    years = page.locator(".areas li")
    assert 2 <= years.count() <= 12
    assert page.locator(".areas path").count() >= years.count() / 2
    drawn = page.get_by_role("img", name=re.compile(r"^2025: 7 incidents, \d+ of them drawn$"))
    expect(drawn).to_be_visible()
    page.locator(".areas a", has_text="2025").click()
    expect(page).to_have_url(re.compile("actor=malian-armed-forces&since=2025-01-01&until=2025-12-31"))
    expect(page.locator("h1").first).to_contain_text("7 incidents")


def test_the_map_gives_them_room_and_keeps_its_middle(visit: Visit) -> None:
    page = tracks(visit("/"))
    page.wait_for_load_state("networkidle")
    assert page.evaluate("location.hash") == "", "nobody moved the map"
    page.goto("/#map=6/16.2000/0.4000")
    page.reload()
    tracks(page).wait_for_load_state("networkidle")
    box = page.locator("#map").bounding_box()
    assert box
    page.locator("#map").focus()
    page.keyboard.press("+")
    expect(page).to_have_url(re.compile("#map=7/"))
    zoom, lat, lon = page.evaluate("location.hash.slice(5).split('/').map(Number)")
    assert (zoom, lat, lon) == (7, pytest.approx(16.2, abs=0.05), pytest.approx(0.4, abs=0.05))
    page.get_by_role("button", name="Milestones").click()
    page.wait_for_function(f"document.getElementById('map').clientHeight > {box['height'] + 80}")
