"""The documentation says what the code does, or a test fails."""

from __future__ import annotations

import re
import subprocess
from pathlib import Path

import pytest

from events.reference import reference

ROOT = Path(__file__).parents[2]
PAGES = [
    path for path in ROOT.glob("**/*.md") if not {".venv", "node_modules"} & set(path.relative_to(ROOT).parts)
]


def test_the_reference_is_what_the_code_says():
    assert (ROOT / "docs" / "reference.md").read_text(encoding="utf-8") == reference(), (
        "run ./run manage reference"
    )


@pytest.mark.parametrize("page", PAGES, ids=lambda page: str(page.relative_to(ROOT)))
def test_every_link_inside_the_project_leads_somewhere(page):
    links = re.findall(r"\]\((?!https?:|mailto:|#)([^)#\s]+)", page.read_text(encoding="utf-8"))
    assert [link for link in links if not (page.parent / link).exists()] == []


def test_every_path_of_the_tree_in_the_architecture_page_exists():
    tree = (ROOT / "docs" / "architecture.md").read_text(encoding="utf-8").split("```")[1]
    top = [line.split()[0] for line in tree.splitlines() if line and not line.startswith(" ")]
    assert [name for name in top if not (ROOT / name).exists()] == []


def test_no_file_names_a_path_of_a_machine():
    # The pattern is split so that this file does not match itself.
    pattern = "|".join(f"/{name}/" for name in ("wo" + "rk", "ro" + "ot", "fa" + "rm"))
    found = subprocess.run(
        ["git", "grep", "-nIE", pattern, "--", "."], cwd=ROOT, capture_output=True, text=True
    )
    assert found.stdout == ""
