"""The pages' answers: statuses, headers, refusals, what they weigh."""

from __future__ import annotations

import gzip
import json
import re
import urllib.error
import urllib.request
from email.message import Message
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
BUILT = ROOT / "static" / "build" / "site" / "sahel"
PAGES = (
    "/",
    "/incidents/",
    "/actors/",
    "/foreign-forces/",
    "/milestones/",
    "/data/",
    "/methodology/",
    "/changes/",
)
# Scripts of the dashboard, gzipped, Leaflet included.
SCRIPT_BUDGET = 120_000


def get(site: str, path: str, **headers: str) -> tuple[int, Message, str]:
    request = urllib.request.Request(site + path, headers=headers)
    try:
        with urllib.request.urlopen(request, timeout=20) as answer:
            return answer.status, answer.headers, answer.read().decode()
    except urllib.error.HTTPError as error:
        return error.code, error.headers, error.read().decode()


@pytest.mark.parametrize("path", PAGES)
def test_a_page_is_strict_sets_no_cookie_and_holds_no_inline_code(site: str, path: str) -> None:
    status, headers, body = get(site, path)
    assert status == 200
    policy = headers["Content-Security-Policy"]
    assert "unsafe-inline" not in policy and "unsafe-eval" not in policy
    assert headers["Set-Cookie"] is None
    assert not re.search(r"<style|\sstyle=|\son\w+=|javascript:", body)
    scripts = re.findall(r"<script([^>]*)>", body)
    assert all("src=" in script or 'type="application/json"' in script for script in scripts)


@pytest.mark.parametrize("path", PAGES)
def test_a_page_speaks_the_language_asked_for_or_preferred(site: str, path: str) -> None:
    assert '<html lang="fr">' in get(site, f"{path}?lang=fr")[2]
    assert '<html lang="fr">' in get(site, path, **{"Accept-Language": "fr-ML,fr;q=0.9,en;q=0.5"})[2]
    assert '<html lang="en">' in get(site, f"{path}?lang=en", **{"Accept-Language": "fr"})[2]


@pytest.mark.parametrize("path", PAGES)
def test_an_unknown_parameter_is_refused_by_name(site: str, path: str) -> None:
    status, _, body = get(site, f"{path}?contry=MLI")
    assert status == 400
    assert "<code>contry</code>" in body


@pytest.mark.parametrize("path", ["/incidents/MLI-1999-99999/", "/actors/nobody/"])
def test_what_does_not_exist_is_a_404_in_words(site: str, path: str) -> None:
    status, _, body = get(site, path)
    assert status == 404
    assert "There is no such page" in body


@pytest.mark.parametrize("path", ["/no-such-page", "/incidents/%00/", "/actors/%00/", "/incidents/%27/"])
def test_an_address_that_names_nothing_is_a_404(site: str, path: str) -> None:
    assert get(site, path)[0] == 404


def test_text_of_a_visitor_is_never_markup(site: str) -> None:
    _, _, body = get(site, "/?q=%3Cscript%3Ealert(1)%3C/script%3E")
    assert "<script>alert" not in body
    assert "&lt;script&gt;" in body


def test_a_page_of_the_list_leads_to_the_next_and_none_is_lost(site: str) -> None:
    expected = json.loads(get(site, "/api/v1/incidents?limit=1")[2])["count"]["value"]
    seen: list[str] = []
    path = "/incidents/"
    for _ in range(20):
        body = get(site, path)[2]
        seen += re.findall(r'data-incident="([^"]+)"', body)
        following = re.search(r'class="more"><a data-query href="([^"]+cursor[^"]+)"', body)
        if not following:
            break
        path = following[1].replace("&amp;", "&")
    assert len(seen) == len(set(seen)) == expected


def test_every_source_of_a_link_is_the_web(site: str) -> None:
    body = get(site, "/incidents/MLI-2025-00001/")[2]
    external = re.findall(r'<a href="([^"]+)" rel="noopener noreferrer nofollow external"', body)
    assert external
    assert all(address.startswith(("http://", "https://")) for address in external)


def test_the_dashboards_scripts_stay_small(site: str) -> None:
    body = get(site, "/")[2]
    scripts = re.findall(r'<script src="([^"]+)"', body)
    weights = {path: len(gzip.compress(get(site, path)[2].encode())) for path in scripts}
    assert len(weights) == 3
    assert sum(weights.values()) <= SCRIPT_BUDGET, weights


def test_the_built_scripts_hold_no_markup_from_strings() -> None:
    source = "".join(path.read_text() for path in (ROOT / "static" / "src").glob("*.js"))
    assert "innerHTML =" not in source and "insertAdjacentHTML" not in source and "eval(" not in source


def test_the_base_map_has_names_in_both_languages() -> None:
    shapes = json.loads((BUILT / "base.json").read_text())
    names = {country["en"]: country["fr"] for country in shapes["countries"]}
    assert names["Chad"] == "Tchad"
    assert names["Niger"] == "Niger"
    towns = json.loads((BUILT / "towns.json").read_text())
    assert len(towns) >= 300
    assert towns[0]["people"] == max(town["people"] for town in towns)
