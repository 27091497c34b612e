"""The page docs/interoperability.md: its recipes run as they stand, its tables say what the code says."""

from __future__ import annotations

import re
import shlex
import subprocess
from pathlib import Path

import pytest

from events.codes import SUBTYPES
from events.compat.acled.codes import kind_of
from events.ogc.views import COLLECTIONS

PAGE = Path(__file__).parents[2] / "docs" / "interoperability.md"
TEXT = PAGE.read_text(encoding="utf-8")
EXAMPLE = "https://tracker.example.org"
RECIPES = re.findall(r"```python\n(.*?)```", TEXT, re.S)
COMMANDS = [line for block in re.findall(r"```sh\n(.*?)```", TEXT, re.S) for line in block.splitlines()]


@pytest.mark.parametrize("recipe", RECIPES, ids=range(len(RECIPES)))
def test_every_python_recipe_runs(site, recipe):
    assert recipe.startswith("# whole.py") or (EXAMPLE in recipe and "assert " in recipe)
    exec(compile(recipe.replace(EXAMPLE, site), PAGE.name, "exec"), {})


@pytest.mark.parametrize("command", COMMANDS)
def test_every_command_runs(site, tmp_path, command):
    words = [word.replace(EXAMPLE, site) for word in shlex.split(command)]
    result = subprocess.run(words, cwd=tmp_path, capture_output=True, text=True, timeout=120)
    assert (result.returncode, "ERROR" in result.stderr) == (0, False), result.stderr
    made = [path for path in tmp_path.iterdir() if path.stat().st_size > 200]
    assert made or words[0] == "ogrinfo"


def types_table() -> list[str]:
    """The table of event types, from the code."""
    found = []
    for kind, subtypes in SUBTYPES.items():
        for subtype in (None, *subtypes):
            words = kind_of(kind, subtype)
            found.append(
                f"| `{kind}` | {f'`{subtype}`' if subtype else '(not known)'} | " + " | ".join(words) + " |"
            )
    return found


def test_the_table_of_types_is_what_the_code_says():
    shown = TEXT.split("<!-- types -->")[1].split("<!-- end -->")[0].strip().splitlines()[2:]
    assert shown == types_table()


def test_the_table_of_collections_names_every_parameter():
    for collection in COLLECTIONS.values():
        line = next(line for line in TEXT.splitlines() if line.startswith(f"| `{collection.id}` |"))
        own = set(collection.parameters()) - {"limit", "bbox", "datetime", "cursor", "crs", "bbox-crs"}
        missing = [name for name in own if f"`{name}`" not in line]
        assert missing == [] or "every filter" in line, missing


@pytest.mark.parametrize("address", re.findall(r"`(/(?:ogc|compat|feeds)[^`<]*)`", TEXT))
def test_every_address_of_the_page_answers(world, client, address):
    assert client.get(address.replace("as_of=12", "as_of=1")).status_code == 200
