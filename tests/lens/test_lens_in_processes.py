"""Every process of a real server has its own copy and follows the record within a second."""

from __future__ import annotations

import json
import sys
import urllib.error
import urllib.request
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from events.record import ledger
from tests.conftest import free_port, process, process_environment, wait_until
from tests.lens.generated import Generator, actor

PROCESSES = 2


@pytest.fixture
def address(database: None, tmp_path: Path) -> Iterator[str]:
    """A server of two processes, as it is configured for production."""
    port, log = free_port(), tmp_path / "gunicorn.log"
    environment = {
        **process_environment("DESK_DATABASE_URL"),
        "LENS": "auto",
        "BIND": f"127.0.0.1:{port}",
        "WEB_PROCESSES": str(PROCESSES),
        "WEB_THREADS": "2",
    }
    command = [sys.executable, "-m", "gunicorn", "-c", "deploy/gunicorn.conf.py", "conflict.wsgi"]
    with process(command, environment, log):
        url = f"http://127.0.0.1:{port}"
        wait_until(lambda: len(states(url)) == PROCESSES, 60, f"not started: {log.read_text()[-2000:]}")
        yield url
    assert "nanobind" not in log.read_text()


def states(url: str) -> dict[int, dict]:
    """What every process says of its copy, by process id; each request meets one by chance, so several ask at once."""
    found: dict[int, dict] = {}
    for _ in range(25):
        with ThreadPoolExecutor(8) as asking:
            said = list(asking.map(health, [url] * 8))
        found |= {state["process"]: state for state in said if state}
        if len(found) == PROCESSES:
            break
    return found


def health(url: str) -> dict:
    """The lens's part of the health page, whatever else is amiss."""
    try:
        with urllib.request.urlopen(f"{url}/health/ready", timeout=5) as response:
            return json.load(response)["lens"]
    except urllib.error.HTTPError as unwell:
        return json.load(unwell)["lens"]
    except OSError:
        return {}


def test_every_process_copies_at_its_start_and_follows_each_publication(address: str) -> None:
    wait_until(
        lambda: {state["counts_on"] for state in states(address).values()} == {"copy"}, 20, "no copies"
    )
    generator = Generator(seed=5)
    generator.publish(lambda number: ledger.add_actors(number, [actor(one) for one in range(1, 25)]))
    for publication in (2, 3, 4):
        generator.publish(lambda number: ledger.add_incidents(number, list(generator.new_incidents(50))))
        wait_until(
            lambda number=publication: (
                [state["publication"] for state in states(address).values()] == [number] * PROCESSES
            ),
            10,
            f"not every process has publication {publication}",
        )
    with urllib.request.urlopen(f"{address}/api/v1/facets", timeout=5) as response:
        assert json.load(response)["totals"]["incidents"] == 150
