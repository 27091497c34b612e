"""The tables that ship with the product, built once: the tests of extraction speak of its actors and towns."""

from __future__ import annotations

import pytest

from events.ingest.extract.shipped import shipped_tables
from events.ingest.extract.tables import Tables


@pytest.fixture(scope="session")
def tables() -> Tables:
    return shipped_tables()
