"""gunicorn under our settings reads what the API promises to take."""

from __future__ import annotations

import math
import runpy
from urllib.parse import quote

import pytest
from gunicorn.config import Config
from gunicorn.http import errors, message
from gunicorn.http.parser import RequestParser

from conflict.kit.geometry import QUERY_VERTICES
from conflict.launch.processes import GUNICORN_SETTINGS


def read(path: str) -> str:
    """The path as the server hands it on."""
    usual = message.MAX_REQUEST_LINE
    try:
        settings = runpy.run_path(str(GUNICORN_SETTINGS))
        config = Config()
        config.set("limit_request_line", settings["limit_request_line"])
        raw = f"GET {path} HTTP/1.1\r\nHost: localhost\r\n\r\n".encode()
        return next(RequestParser(config, iter([raw]), ("127.0.0.1", 1))).uri
    finally:
        message.MAX_REQUEST_LINE = usual


def test_an_area_with_as_many_vertices_as_are_taken_fits_into_an_address():
    circle = [2 * math.pi * one / (QUERY_VERTICES - 1) for one in range(QUERY_VERTICES - 1)]
    ring = [f"{-10 + 3 * math.cos(at):.7f} {10 + 3 * math.sin(at):.7f}" for at in circle]
    path = "/api/v1/incidents?polygon=" + quote(f"POLYGON(({','.join([*ring, ring[0]])}))")
    assert len(path) > 12_000
    assert read(path) == path


def test_an_address_without_end_is_not_read_to_its_end():
    with pytest.raises(errors.LimitRequestLine):
        read("/api/v1/incidents?q=" + "a" * 40_000)
