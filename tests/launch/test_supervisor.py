"""What ends by itself is started again, and said; everything we started is stopped, the last first."""

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from conflict.launch import register, supervisor
from conflict.launch.accounts import current
from conflict.launch.places import ROOT
from conflict.launch.processes import Process
from conflict.launch.register import Register
from conflict.launch.speech import Refusal
from conflict.launch.supervisor import Supervisor, in_words


@pytest.fixture
def watcher(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Supervisor:
    """A supervisor that is quick to start things again."""
    monkeypatch.setattr(supervisor, "FIRST_WAIT", 0.05)
    monkeypatch.setattr(supervisor, "TICK", 0.02)
    return Supervisor(tmp_path / "log", Register(tmp_path / "running.json", "site"))


def process(name: str, script: str, patience: float = 2.0) -> Process:
    return Process(name, ["sh", "-c", script], dict(os.environ), current(), Path("/"), patience=patience)


def watch_until(watcher: Supervisor, condition: object, seconds: float = 10.0) -> None:
    until = time.monotonic() + seconds
    watcher.watch(lambda: bool(condition()) or time.monotonic() > until)  # type: ignore[operator]
    assert condition()  # type: ignore[operator]


def test_a_process_that_was_killed_is_started_again(
    watcher: Supervisor, capsys: pytest.CaptureFixture[str]
) -> None:
    child = watcher.start(process("web", "exec sleep 60"))
    assert child.popen is not None
    first = child.popen.pid
    os.kill(first, signal.SIGKILL)
    watch_until(watcher, lambda: child.is_alive() and child.popen and child.popen.pid != first)
    assert Register.read(watcher.register.file).processes["web"].pid != first
    watcher.stop()
    said = capsys.readouterr().out
    assert "web was ended by SIGKILL" in said
    assert "web is started again" in said


def test_each_end_doubles_the_wait(watcher: Supervisor, capsys: pytest.CaptureFixture[str]) -> None:
    child = watcher.start(process("web", "exit 3"))
    began = time.monotonic()
    watch_until(watcher, lambda: child.ends == 3)
    watcher.stop()
    assert time.monotonic() - began >= 0.05 + 0.1
    assert "ended with code 3" in capsys.readouterr().out


def test_everything_is_stopped_in_reverse_order(watcher: Supervisor, tmp_path: Path) -> None:
    said = tmp_path / "said"
    for name in ("database", "web"):
        wait = f"touch {tmp_path}/{name}; while :; do sleep 0.05; done"
        watcher.start(process(name, f"trap 'echo {name} >> {said}; exit' TERM; {wait}"))
    while not all((tmp_path / name).exists() for name in ("database", "web")):
        time.sleep(0.01)
    watcher.stop()
    assert said.read_text().split() == ["web", "database"]
    assert Register.read(watcher.register.file).processes == {}


def test_a_process_that_does_not_end_is_killed(watcher: Supervisor, tmp_path: Path) -> None:
    child = watcher.start(
        process("web", f"trap '' TERM; touch {tmp_path}/up; while :; do sleep 0.05; done", patience=0.2)
    )
    while not (tmp_path / "up").exists():
        time.sleep(0.01)
    popen = child.popen
    watcher.stop()
    assert popen is not None
    assert popen.returncode == -signal.SIGKILL


def test_what_a_killed_process_left_in_its_session_ends_too(watcher: Supervisor, tmp_path: Path) -> None:
    note = tmp_path / "pid"
    child = watcher.start(process("worker", f"sleep 60 & echo $! > {note}; wait"))
    while not (note.exists() and note.read_text().strip()):
        time.sleep(0.01)
    orphan = register.seen(int(note.read_text()))
    assert child.popen is not None
    os.kill(child.popen.pid, signal.SIGKILL)
    watch_until(watcher, lambda: child.ends == 1)
    assert orphan.gone_within(2)
    watcher.stop()


def test_ctrl_c_reaches_children_through_the_supervisor_alone(watcher: Supervisor) -> None:
    child = watcher.start(process("web", "exec sleep 60"))
    assert child.popen is not None
    assert os.getsid(child.popen.pid) == child.popen.pid
    watcher.stop()


def test_a_program_that_is_not_there_is_refused_by_name(watcher: Supervisor) -> None:
    missing = Process("web", ["/nonexistent/gunicorn"], {}, current(), Path("/"))
    with pytest.raises(Refusal, match="/nonexistent/gunicorn"):
        watcher.start(missing)


def test_the_end_of_a_log_is_shown(watcher: Supervisor) -> None:
    child = watcher.start(process("web", "echo first; echo last >&2"))
    assert child.popen is not None
    child.popen.wait()
    assert watcher.tail("web") == "    first\n    last"
    watcher.stop()


def test_a_long_log_is_cut(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(supervisor, "LOG_LIMIT", 10)
    log = tmp_path / "web.log"
    log.write_text("a line that is longer")
    supervisor.cut_log(log)
    assert log.read_text() == ""
    assert (tmp_path / "web.log.1").read_text() == "a line that is longer"


def test_ends_are_said_in_words() -> None:
    assert in_words(1) == "ended with code 1"
    assert in_words(-11) == "was ended by SIGSEGV"


STOPPED = """
import sys
from pathlib import Path
from conflict.launch.accounts import current
from conflict.launch.processes import Process
from conflict.launch.register import Register
from conflict.launch.supervisor import Asked, Supervisor
folder = Path(sys.argv[1])
watcher = Supervisor(folder / "log", Register(folder / "running.json"))
watcher.listen()
try:
    watcher.start(Process("web", ["sleep", "60"], {"PATH": "/usr/bin:/bin"}, current(), Path("/")))
    print("up", flush=True)
    watcher.watch()
except Asked:
    watcher.stop()
    print("stopped", flush=True)
"""


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM, signal.SIGHUP])
def test_a_signal_stops_everything(tmp_path: Path, number: signal.Signals) -> None:
    command = [sys.executable, "-c", STOPPED, str(tmp_path)]
    launcher = subprocess.Popen(command, stdout=subprocess.PIPE, text=True, cwd=ROOT)
    assert launcher.stdout is not None
    assert launcher.stdout.readline() == "up\n"
    web = Register.read(tmp_path / "running.json").processes["web"]
    assert web.is_alive()
    launcher.send_signal(number)
    assert launcher.stdout.readline() == "stopped\n"
    assert launcher.wait(timeout=5) == 0
    assert not web.is_alive()
