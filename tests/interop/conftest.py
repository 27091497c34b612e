"""What the interoperability tests share: a client of the doors, and answers as JSON."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from django.test import Client


@pytest.fixture
def client() -> Client:
    return Client(headers={"host": "localhost"})


def body(response: Any) -> bytes:
    return b"".join(response.streaming_content) if response.streaming else response.content


@pytest.fixture
def ask(client: Client) -> Callable[[str], Any]:
    """`ask("/ogc/collections")`: the answer as JSON, which must be a good one."""

    def asked(path: str) -> Any:
        response = client.get(path)
        assert response.status_code == 200, body(response)[:600]
        return json.loads(body(response))

    return asked


@pytest.fixture
def refused(client: Client) -> Callable[..., dict[str, Any]]:
    """`refused(path, 400)`: the problem document; problems by field."""

    def asked(path: str, status: int = 400) -> dict[str, Any]:
        response = client.get(path)
        assert response.status_code == status, body(response)[:600]
        assert response["Content-Type"] == "application/problem+json"
        return {problem["field"]: problem for problem in response.json()["problems"]}

    return asked


def pages(ask: Callable[[str], Any], path: str) -> Iterator[dict[str, Any]]:
    """Every page of features from `path` on, by the links that clients follow."""
    while path:
        page = ask(path)
        yield page
        path = next((link["href"] for link in page["links"] if link["rel"] == "next"), "")
