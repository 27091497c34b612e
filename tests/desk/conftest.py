"""The desk's cast: Moussa contributes, Aminata and Bakary edit, Chantal and Djibril are chief editors, Tiemoko keeps the machine.

Everything runs as `sahel_desk`, the role of the desk's own process.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager
from types import SimpleNamespace
from typing import Any

import pytest
from django.contrib.auth.models import User

from actors.models import Actor
from events.models import Incident
from events.verbs.publishing import publish
from tests.desk.browsing import Desk
from tests.record.cast import actor, ambush, person

ROLES = {
    "moussa": "contributor",
    "aminata": "editor",
    "bakary": "editor",
    "chantal": "chief editor",
    "djibril": "chief editor",
    "tiemoko": "technical admin",
}


@pytest.fixture(autouse=True)
def quick_passwords(settings: Any) -> None:
    """Hashing slowly is not what these tests are about."""
    quick = "django.contrib.auth.hashers.MD5PasswordHasher"
    settings.PASSWORD_HASHERS = [quick, *settings.PASSWORD_HASHERS]


@pytest.fixture
def desk(as_role: Callable[[str], AbstractContextManager[None]]) -> Iterator[None]:
    """The desk's own database role."""
    with as_role("DESK_DATABASE_URL"):
        yield


@pytest.fixture
def people(desk: None) -> SimpleNamespace:
    """Everybody of the cast, by first name."""
    return SimpleNamespace(**{name: person(name, role) for name, role in ROLES.items()})


@pytest.fixture
def at(people: SimpleNamespace) -> Callable[[str], Desk]:
    """`at("aminata")` is the desk as Aminata has it before her."""
    return lambda name: Desk(getattr(people, name))


@pytest.fixture
def army(desk: None) -> Actor:
    """One side, published."""
    return actor("army", "state_force", "Malian Armed Forces")


@pytest.fixture
def rebels(desk: None) -> Actor:
    """The other, published."""
    return actor("rebels", "rebel", "Azawad Liberation Front")


@pytest.fixture
def published(people: SimpleNamespace, army: Actor, rebels: Actor) -> Incident:
    """An ambush that Aminata opened and Chantal published."""
    incident = ambush(army, rebels, author=people.aminata, state="approved")
    publish(actors=[army, rebels], reason="Registry")
    publish([incident], by=people.chantal, role="chief editor", reason="First reports")
    incident.refresh_from_db()
    return incident


@pytest.fixture
def draft(people: SimpleNamespace, army: Actor, rebels: Actor) -> Incident:
    """An ambush that Moussa is writing; its actors are published."""
    publish(actors=[army, rebels], reason="Registry")
    return ambush(army, rebels, author=people.moussa)


def user(name: str) -> User:
    """Somebody of the cast."""
    return User.objects.get(username=name)
