"""Only our own processes are ever stopped: a process id that was given to another one is left alone."""

import subprocess
import time
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from conflict.launch import register
from conflict.launch.register import Register
from conflict.launch.services import stop_leftovers


@pytest.fixture
def sleeper() -> Iterator[subprocess.Popen[bytes]]:
    """A process that does nothing for a minute."""
    child = subprocess.Popen(["sleep", "60"])
    yield child
    child.kill()
    child.wait()


def test_a_running_process_is_alive_until_it_ends(sleeper: subprocess.Popen[bytes]) -> None:
    running = register.seen(sleeper.pid)
    assert running.is_alive()
    sleeper.kill()
    sleeper.wait()
    assert not running.is_alive()


def test_a_dead_process_that_nobody_collected_counts_as_gone(sleeper: subprocess.Popen[bytes]) -> None:
    running = register.seen(sleeper.pid)
    sleeper.kill()
    time.sleep(0.1)
    assert not running.is_alive()


def test_a_process_that_got_the_number_of_ours_is_not_touched(sleeper: subprocess.Popen[bytes]) -> None:
    earlier = replace(register.seen(sleeper.pid), born=1)
    earlier.end(seconds=0.2)
    assert sleeper.poll() is None


def test_a_process_of_an_earlier_boot_is_not_touched(sleeper: subprocess.Popen[bytes]) -> None:
    earlier = replace(register.seen(sleeper.pid), boot="another")
    earlier.end(seconds=0.2)
    assert sleeper.poll() is None


def test_a_process_that_ignores_the_request_is_killed(tmp_path: Path) -> None:
    ready = tmp_path / "ready"
    child = subprocess.Popen(["sh", "-c", f"trap '' TERM; touch {ready}; while :; do sleep 0.1; done"])
    while not ready.exists():
        time.sleep(0.01)
    running = register.seen(child.pid)
    running.end(seconds=0.2)
    assert child.wait(timeout=5) == -9


def test_leftovers_of_a_killed_launcher_are_stopped(tmp_path: Path, sleeper: subprocess.Popen[bytes]) -> None:
    found = Register(tmp_path / "running.json")
    found.note("web", register.seen(sleeper.pid))
    stop_leftovers(Register.read(found.file))
    assert sleeper.wait(timeout=5) == -15


@pytest.mark.parametrize("torn", ["", "{", "[]", '{"processes": {"web": 3}, "purpose": "", "url": ""}'])
def test_a_torn_register_is_empty(tmp_path: Path, torn: str) -> None:
    file = tmp_path / "running.json"
    file.write_text(torn)
    assert Register.read(file).processes == {}


def test_a_register_says_what_it_was_told(tmp_path: Path, sleeper: subprocess.Popen[bytes]) -> None:
    told = Register(tmp_path / "running.json", "site", "http://127.0.0.1:8000/")
    told.note("web", register.seen(sleeper.pid))
    found = Register.read(told.file)
    assert (found.purpose, found.url, found.processes) == (told.purpose, told.url, told.processes)
    found.strike("web")
    assert Register.read(told.file).processes == {}


def test_one_launcher_at_a_time_holds_the_lock(tmp_path: Path) -> None:
    first = register.lock(tmp_path / "lock")
    assert first is not None
    assert register.lock(tmp_path / "lock") is None
    first.close()
    second = register.lock(tmp_path / "lock")
    assert second is not None
    second.close()
