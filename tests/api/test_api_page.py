"""docs/api.md: its tables are what the code says, its Python runs as it stands, its page in the browser works."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from events.api.openapi.document import document
from events.api_reference import refreshed

PAGE = Path(__file__).parents[2] / "docs" / "api.md"
TEXT = PAGE.read_text(encoding="utf-8")
EXAMPLE = "https://tracker.example.org"
RECIPES = re.findall(r"```python\n(.*?)```", TEXT, re.S)


def test_the_tables_are_what_the_code_says():
    assert refreshed(TEXT) == TEXT, "run ./run manage reference"


def test_a_table_that_lags_behind_is_noticed():
    assert refreshed(TEXT.replace("| `GET /api/v1/facets` |", "| `GET /api/v1/fassets` |")) == TEXT
    with pytest.raises(KeyError):
        refreshed("<!-- unheard -->\n<!-- end -->")


def test_every_address_is_on_the_page():
    assert [path for path in document()["paths"] if f" {path}`" not in TEXT] == []


@pytest.mark.parametrize("recipe", RECIPES, ids=range(len(RECIPES)))
def test_every_python_recipe_runs(site, recipe):
    assert EXAMPLE in recipe and "assert " in recipe
    exec(compile(recipe.replace(EXAMPLE, site), PAGE.name, "exec"), {})


ADDRESSES = re.findall(r"https://tracker\.example\.org(/(?:api|tiles)/[^\s\"`)]*)", TEXT)


@pytest.mark.parametrize("address", sorted(set(ADDRESSES)))
def test_every_address_of_a_recipe_answers(world, client, address):
    path = address.replace("{z}/{x}/{y}", "4/8/7").replace("{since}", "0").replace("{at}", "1")
    refused = {"/api/v1/reports": 405}
    assert client.get(path).status_code == refused.get(path, 200)
