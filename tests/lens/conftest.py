"""`record`: a generated record of several thousand versions, to be read; made anew only after a test that wrote."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from events import lens
from events.lens import loading
from events.lens.copied import Copied
from tests.conftest import stage, sweep
from tests.lens.generated import Generator

HOLDS = "the generated record"
made: dict[str, Copied] = {}


@pytest.fixture
def record(django_db_setup: None, django_db_blocker: pytest.FixtureRequest) -> Iterator[None]:
    """The generated record."""
    with django_db_blocker.unblock():
        if stage["holds"] != HOLDS:
            sweep()
            made.clear()
            Generator(seed=7).run()
            stage["holds"] = HOLDS
        yield


@pytest.fixture
def copy(record: None) -> Copied:
    """The engine on a copy of the generated record."""
    if not made:
        made["engine"] = Copied(loading.load())
    return made["engine"]


@pytest.fixture
def following(database: None, settings: pytest.FixtureRequest) -> Iterator[None]:
    """LENS=auto in this process, on an empty record; the thread ends with the test."""
    settings.LENS = "auto"
    yield
    lens.stop()
