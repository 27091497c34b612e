"""What the tests of the doors share."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client


@pytest.fixture
def ask() -> Callable[..., Any]:
    """Asks a door below /api/v1/, or a whole address of an answer, and gives what its JSON says."""

    def asked(path: str, status: int = 200) -> Any:
        response = Client(headers={"host": "localhost"}).get(
            path if path.startswith("http") else f"/api/v1/{path}"
        )
        assert response.status_code == status, response.content
        return response.json()

    return asked
