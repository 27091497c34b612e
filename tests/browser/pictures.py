"""Pictures of the interface for the documentation: `python -m tests.browser.pictures ADDRESS FOLDER`.

The site at the address should hold the sample alone, so that the pictures show what a first start shows.
"""

from __future__ import annotations

import os
import shutil
import sys
from pathlib import Path

from playwright.sync_api import sync_playwright

# File name -> (path, width, height, colour scheme, language).
PICTURES = {
    "dashboard.png": ("/#map=6/16.2/0.4", 1440, 900, "light", "en"),
    "incident.png": ("/incidents/{incident}/", 1100, 1250, "light", "en"),
    "phone.png": ("/?lang=fr&event_type=battle", 390, 844, "dark", "fr"),
}
INCIDENT = "Convoy ambushed near Aguelhok"


def main(site: str, folder: Path) -> None:
    """Take every picture of the list."""
    folder.mkdir(parents=True, exist_ok=True)
    arguments = ["--no-sandbox"] if os.geteuid() == 0 else []
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=shutil.which("chromium"), args=arguments)
        page = browser.new_page(base_url=site)
        page.goto("/incidents/?q=Aguelhok")
        incident = page.locator("[data-incident]", has_text=INCIDENT).get_attribute("data-incident") or ""
        for name, (path, width, height, scheme, lang) in PICTURES.items():
            options = {"color_scheme": scheme, "locale": lang, "viewport": {"width": width, "height": height}}
            shot = browser.new_page(base_url=site, **options)
            shot.goto(path.format(incident=incident))
            shot.wait_for_load_state("networkidle")
            shot.screenshot(path=folder / name)
        browser.close()


if __name__ == "__main__":
    main(sys.argv[1], Path(sys.argv[2]))
