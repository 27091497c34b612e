"""The desk in Chromium: an incident entered by hand, on a map that works offline, under a policy without exceptions."""

from __future__ import annotations

import pytest

from events.models import Feed, Incident, Source
from events.verbs.publishing import publish
from tests.browser.conftest import DESKTOP, PHONE
from tests.record.cast import actor, ambush

pytestmark = pytest.mark.browser


def test_an_incident_is_entered_by_hand_and_the_map_takes_the_point(log_in):
    army = actor("army", "state_force", "Malian Armed Forces")
    rebels = actor("rebels", "rebel", "Azawad Front")
    publish(actors=[army, rebels], reason="Registry")
    page = log_in("aminata", "editor")
    page.goto("/admin/events/incident/add/")
    page.fill("#id_title_en", "Convoy ambushed near Aguelhok")
    page.select_option("#id_event_type", "battle")
    page.select_option("#id_event_subtype", "ambush")
    page.fill("#id_date_start", "2025-06-13")
    page.fill("#id_date_end", "2025-06-13")
    page.select_option("#id_country", "MLI")
    page.select_option("#id_location_precision", "near")
    page.click(".point-widget .leaflet-container", position={"x": 200, "y": 120})
    assert page.input_value("[data-point=lon]")
    page.fill("[data-point=lon]", "0.8589")
    page.fill("[data-point=lat]", "19,4613")
    page.press("[data-point=lat]", "Tab")
    assert page.inner_text("[data-point=said]") == "Public: 0.86, 19.46, radius 25 km."
    page.fill("#id_source_list", "s1 | Example Wire | 2025-06-14 | Ambush | https://example.org/1 | en")
    page.click("text=Add another Claim")
    page.click("#claims-0 .field-claimant_actor .select2-selection")
    page.keyboard.type("azawad")
    page.click("text=Azawad Front")
    page.select_option("#id_claims-0-measure", "killed")
    page.select_option("#id_claims-0-status", "accepted")
    page.fill("#id_claims-0-low", "12")
    page.fill("#id_claims-0-high", "12")
    page.fill("#id_reason", "First reports")
    page.click("input[name=_continue]")
    page.wait_for_selector(".following")
    row = Incident.objects.get()
    assert (round(row.point.x, 4), round(row.point.y, 4)) == (0.8589, 19.4613)
    assert row.claims.get().claimant_actor == rebels
    assert "Killed: 12" in page.inner_text(".following")


def test_the_base_map_is_drawn_without_any_other_server(log_in):
    row = ambush(actor("army", "state_force"), actor("rebels"))
    page = log_in("aminata", "editor")
    with page.expect_response(lambda response: response.url.endswith("base.json")) as shapes:
        page.goto(f"/admin/events/incident/{row.pk}/change/")
    assert shapes.value.ok
    page.wait_for_function(
        """() => { const canvas = document.querySelector('.point-widget canvas');
        const { data } = canvas.getContext('2d').getImageData(0, 0, canvas.width, canvas.height);
        const seen = new Set();
        for (let i = 0; i < data.length; i += 4) seen.add(data.slice(i, i + 4).join());
        return seen.size > 2; }"""
    )


def test_keys_search_move_open_and_explain(log_in):
    army, rebels = actor("army", "state_force"), actor("rebels")
    first = ambush(army, rebels, title_en="Newest", date_start="2025-07-01", date_end="2025-07-01")
    ambush(army, rebels, title_en="Older")
    page = log_in("aminata", "editor")
    page.goto("/admin/events/incident/")
    page.keyboard.press("/")
    assert page.evaluate("document.activeElement.id") == "searchbar"
    page.keyboard.type("j")
    assert page.input_value("#searchbar") == "j"
    page.evaluate("document.activeElement.blur()")
    page.keyboard.press("?")
    assert page.is_visible("#keys")
    page.keyboard.press("Escape")
    for key in "jjke":
        page.keyboard.press(key)
    page.wait_for_url(f"**/incident/{first.pk}/change/**")
    page.keyboard.press("s")
    assert page.evaluate("document.activeElement.id") == "id_reason"


def test_no_form_of_the_desk_breaks_the_policy(log_in):
    page = log_in("chantal", "chief editor")
    for table in ("actors/actor", "events/source", "events/feed", "events/place", "actors/agreement"):
        page.goto(f"/admin/{table}/add/")
        page.wait_for_selector("#id_reason")
        page.goto(f"/admin/{table}/")
        page.wait_for_selector("#changelist")


@pytest.mark.parametrize("size", [DESKTOP, PHONE], ids=["desktop", "phone"])
def test_no_page_of_what_comes_in_scrolls_sideways(log_in, size):
    page = log_in("chantal", "chief editor", size=size)
    source = Source.objects.create(slug="wire", name="A wire with rather a long name for a list")
    address = "https://wire.example/a/long/way/to/a/feed/with/many/parts/of/its/address/rss.xml"
    Feed.objects.create(source=source, kind="rss", url=address, problem="http_503: the server is down " * 6)
    for path in ("feeds/health", "events/feed", "tables", "private-exports", "events/report/add"):
        page.goto(f"/admin/{path}/")
        wide, room = page.evaluate("[document.documentElement.scrollWidth, innerWidth]")
        assert wide <= room, path
