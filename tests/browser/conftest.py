"""A visitor: Debian's Chromium, driven by Playwright, on the real site. Whatever the browser complains of fails the test."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, sync_playwright

from tests.record.cast import person

# Playwright keeps an event loop in this thread, and Django then refuses its own synchronous queries in fixtures.
os.environ.setdefault("DJANGO_ALLOW_ASYNC_UNSAFE", "1")
DESKTOP = {"width": 1440, "height": 900}
PHONE = {"width": 360, "height": 740}
PASSWORD = "a passphrase of the tests"


@pytest.fixture(scope="session")
def chromium() -> Iterator[Browser]:
    """The system's Chromium; as root it needs to run without its sandbox."""
    path = shutil.which("chromium") or shutil.which("chromium-browser")
    assert path, "Chromium is missing: apt-get install chromium"
    arguments = ["--no-sandbox"] if os.geteuid() == 0 else []
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=arguments)
        yield browser
        browser.close()


@pytest.fixture
def visit(chromium: Browser, site: str) -> Iterator[Callable[..., Page]]:
    """`visit("/?country=MLI", size=PHONE, lang="fr", ...)` opens a page; complaints of the browser fail the test.

    Further keywords are those of Playwright's `new_context`. `expected` lists words of complaints that the test causes.
    """
    contexts: list[BrowserContext] = []
    complaints: list[str] = []
    pardoned: list[str] = []

    def opened(
        path: str,
        size: dict[str, int] = DESKTOP,
        lang: str = "en",
        expected: tuple[str, ...] = (),
        **options: object,
    ) -> Page:
        context = chromium.new_context(viewport=size, locale=lang, base_url=site, **options)
        contexts.append(context)
        pardoned.extend(expected)
        page = context.new_page()
        page.set_default_timeout(15_000)
        page.on("console", lambda m: complaints.append(m.text) if m.type in ("error", "warning") else None)
        page.on("pageerror", lambda error: complaints.append(str(error)))
        page.goto(path)
        return page

    yield opened
    for context in contexts:
        context.close()
    assert [said for said in complaints if not any(word in said for word in pardoned)] == []


@pytest.fixture
def log_in(database: None, server: str, chromium: Browser) -> Iterator[Callable[..., Page]]:
    """`log_in("aminata", "editor")` is the desk's first page; complaints and outside requests fail the test.

    Further keywords as of `visit`.
    """
    complaints: list[str] = []
    pardoned: list[str] = []
    contexts: list[BrowserContext] = []

    def opened(
        name: str,
        role: str,
        size: dict[str, int] = DESKTOP,
        expected: tuple[str, ...] = (),
        **options: object,
    ) -> Page:
        pardoned.extend(expected)
        user = person(name, role)
        user.set_password(PASSWORD)
        user.save()
        contexts.append(chromium.new_context(viewport=size, base_url=server, **options))
        page = contexts[-1].new_page()
        page.set_default_timeout(15_000)
        page.on("console", lambda m: complaints.append(m.text) if m.type in ("error", "warning") else None)
        page.on("pageerror", lambda error: complaints.append(str(error)))
        outside = (server, "data:")
        page.on("request", lambda r: complaints.append(r.url) if not r.url.startswith(outside) else None)
        page.goto("/admin/")
        page.fill("#id_username", name)
        page.fill("#id_password", PASSWORD)
        page.click("input[type=submit]")
        page.wait_for_selector(".queues")
        return page

    yield opened
    for context in contexts:
        context.close()
    assert [said for said in complaints if not any(word in said for word in pardoned)] == []
