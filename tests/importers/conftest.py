"""People at the desk, for the pages of importers; everything they do runs as sahel_desk."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from types import SimpleNamespace

import pytest

from tests.desk.browsing import Desk
from tests.record.cast import person

ROLES = {
    "moussa": "contributor",
    "aminata": "editor",
    "chantal": "chief editor",
    "tiemoko": "technical admin",
}


@pytest.fixture
def people(as_role, settings) -> Iterator[SimpleNamespace]:
    """A contributor, an editor, a chief editor, a technical admin."""
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher", *settings.PASSWORD_HASHERS]
    with as_role("DESK_DATABASE_URL"):
        yield SimpleNamespace(**{name: person(name, role) for name, role in ROLES.items()})


@pytest.fixture
def at(people: SimpleNamespace) -> Callable[[str], Desk]:
    """`at("aminata")` is the desk as Aminata has it before her."""
    return lambda name: Desk(getattr(people, name))
