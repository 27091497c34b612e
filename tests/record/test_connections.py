"""Connections that are kept between requests."""

from __future__ import annotations

import time

import psycopg
import pytest
from django.db import connections
from django.test import Client

from conflict.postgis import base

pytestmark = pytest.mark.usefixtures("database")
PAGE = "/api/v1/publications"


def statements(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The questions that Django's own check puts to the server from now on."""
    asked: list[str] = []
    plain = base.PostGIS.is_usable

    def noted(connection: base.DatabaseWrapper) -> bool:
        asked.append("SELECT 1")
        return plain(connection)

    monkeypatch.setattr(base.PostGIS, "is_usable", noted)
    return asked


def checked(alias: str) -> bool:
    """Whether the connection is still there after the check that begins a request."""
    connection = connections[alias]
    connection.ensure_connection()
    connection.health_check_done = False
    connection.close_if_health_check_failed()
    return connection.connection is not None


def test_a_connection_that_is_quiet_is_used_without_asking_the_server(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    connections["record"].ensure_connection()
    asked = statements(monkeypatch)
    assert checked("record")
    assert asked == []


def test_a_connection_that_the_server_has_ended_is_given_up(
    monkeypatch: pytest.MonkeyPatch, superuser_connection: psycopg.Connection
) -> None:
    connections["record"].ensure_connection()
    pid = connections["record"].connection.info.backend_pid
    asked = statements(monkeypatch)
    superuser_connection.execute("SELECT pg_terminate_backend(%s, 5000)", [pid])
    assert not checked("record")
    assert asked == ["SELECT 1"]


def test_a_request_after_the_servers_end_of_a_connection_is_answered(
    client: Client, superuser_connection: psycopg.Connection
) -> None:
    assert client.get(PAGE).status_code == 200
    superuser_connection.execute(
        "SELECT pg_terminate_backend(pid, 5000) FROM pg_stat_activity"
        " WHERE usename = 'sahel_public' AND datname = current_database()"
    )
    time.sleep(0.1)
    connections["record"].health_check_done = False
    connections["record"].close_if_unusable_or_obsolete()
    assert client.get(PAGE).status_code == 200
