"""The OGC API's OpenAPI 3.0 document: valid, complete, and kept by every answer, good and bad."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest
import schemathesis

from events.ogc.views import COLLECTIONS
from events.query.filters import FILTERS

COMMAND = Path(sys.executable).parent / "schemathesis"


@pytest.fixture
def document(world, ask):
    return ask("/ogc/api")


def test_the_document_is_valid_openapi(document):
    schemathesis.openapi.from_dict(document).validate()


def test_every_path_of_the_document_answers_and_every_filter_is_in_it(document, client):
    for path in document["paths"]:
        if "{" not in path:
            assert client.get(f"/ogc{path}").status_code == 200, path
    items = document["paths"]["/collections/incidents/items"]["get"]["parameters"]
    assert set(FILTERS) <= {parameter["name"] for parameter in items}
    assert all(f"/collections/{name}/items" in document["paths"] for name in COLLECTIONS)


def test_answers_to_generated_requests_keep_to_the_document(site, tmp_path):
    """No 5xx, every refusal a problem document, every answer as described, good requests and bad ones.

    Two checks are left out: what a schema lets through may still contradict itself, and the standard wants a limit
    above the largest taken for the largest.
    """
    result = subprocess.run(
        [COMMAND, "run", f"{site}/ogc/api", "--phases", "coverage,fuzzing", "--max-examples", "25", "--seed", "1",
         "--exclude-checks", "positive_data_acceptance,negative_data_rejection",
         "--no-color"],
        cwd=tmp_path, capture_output=True, text=True, timeout=300,
    )  # fmt: skip
    assert result.returncode == 0, result.stdout[-6000:]
    assert "generated" in result.stdout
