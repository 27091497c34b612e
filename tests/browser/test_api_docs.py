"""/api/docs in a real browser: drawn under the strict policy, from our own server alone, and it can ask."""

from __future__ import annotations

import pytest

pytestmark = pytest.mark.browser


def test_the_page_draws_every_address_and_asks_nobody_else(visit, site):
    asked: list[str] = []
    page = visit("/methodology/")
    page.on("request", lambda request: asked.append(request.url))
    page.goto("/api/docs")
    page.get_by_text("Incidents, page by page").first.wait_for()
    shown = page.locator(".opblock").count()
    document = page.request.get("/api/v1/openapi.json").json()
    assert shown == sum(len(item) for item in document["paths"].values())
    outside = [url for url in asked if not url.startswith((site, "data:", "blob:"))]
    assert outside == []


def test_a_question_can_be_tried_on_the_page(visit):
    page = visit("/api/docs")
    operation = page.locator("#operations-Counts-getFacets")
    operation.get_by_role("button").first.click()
    operation.get_by_role("button", name="Try it out").click()
    operation.get_by_role("button", name="Execute").click()
    answer = operation.locator(".live-responses-table")
    answer.get_by_text("Response body").wait_for()
    assert answer.locator(".response-col_status").nth(1).inner_text().strip() == "200"
    assert '"totals"' in answer.inner_text()


def test_without_scripts_the_page_leads_to_the_document(visit):
    page = visit("/api/docs", java_script_enabled=False)
    assert page.get_by_role("main").get_by_role("link").get_attribute("href") == "/api/v1/openapi.json"
