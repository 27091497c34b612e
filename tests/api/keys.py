"""Keys for the tests of the API, issued as a chief editor would."""

from __future__ import annotations

from django.test import Client

from events.models import ApiKey, Source
from events.verbs.keys import issue_key


def issued(*scopes: str, holder: str = "Example Aid") -> tuple[ApiKey, str]:
    """A key and its row."""
    source, _ = Source.objects.get_or_create(
        slug="example-aid", defaults={"name": "Example Aid", "kind": "ngo"}
    )
    return issue_key(holder, scopes or ("read",), source=source, reason="Test")


def client(token: str = "", **headers: str) -> Client:
    """Somebody with a key, or without."""
    sent = {name.replace("_", "-"): value for name, value in headers.items()}
    return Client(
        headers={"host": "localhost", **({"authorization": f"Bearer {token}"} if token else {}), **sent}
    )
