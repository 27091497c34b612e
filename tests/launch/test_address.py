"""A port that cannot be used is refused early, in words that help."""

import socket

import pytest

from conflict.launch.address import address, answer, complaint, refuse_taken, site_url
from conflict.launch.speech import Refusal


def test_the_site_listens_on_loopback_and_port_8000_unless_told_otherwise() -> None:
    assert address({}) == ("127.0.0.1", 8000)
    assert address({"HOST": "::1", "PORT": "8001"}) == ("::1", 8001)


@pytest.mark.parametrize("text", ["http", "0", "65536", "-1", "80.5", "８０００"])
def test_what_is_no_port_is_refused_with_its_value(text: str) -> None:
    with pytest.raises(Refusal, match="PORT is") as refused:
        address({"PORT": text})
    assert repr(text) in refused.value.what
    assert "1 to 65535" in refused.value.advice


def test_a_taken_port_is_named_with_another_to_try() -> None:
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        port = other.getsockname()[1]
        with pytest.raises(Refusal, match=f"port {port}") as refused:
            refuse_taken("127.0.0.1", port)
    assert "PORT=" in refused.value.advice


def test_a_free_port_is_not_refused() -> None:
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        port = other.getsockname()[1]
    refuse_taken("127.0.0.1", port)


def test_a_host_that_is_not_this_machines_is_refused() -> None:
    with pytest.raises(Refusal, match=r"192\.0\.2\.1"):
        refuse_taken("192.0.2.1", 8000)


def test_a_site_that_listens_everywhere_is_opened_on_loopback() -> None:
    assert site_url("0.0.0.0", 8000) == "http://127.0.0.1:8000/"
    assert site_url("::1", 8000) == "http://[::1]:8000/"


def test_a_site_that_does_not_answer_is_said_to(unused_port: int) -> None:
    status, body = answer("127.0.0.1", unused_port, "/health/ready", seconds=1)
    assert status == 0
    assert "does not answer" in complaint(status, body)


def test_the_readiness_answer_is_shown_as_it_is() -> None:
    assert complaint(503, '{"parts": {"redis": "down"}}') == 'it answers 503: {"parts": {"redis": "down"}}'
    assert complaint(502, "<html>") == "it answers 502"


@pytest.fixture
def unused_port() -> int:
    """A port that nobody listens on."""
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        return int(other.getsockname()[1])
