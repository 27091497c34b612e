"""Starts processes, watches them, starts again what ends by itself, and stops all of them in order."""

from __future__ import annotations

import os
import signal
import subprocess
import time
from collections import deque
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from types import FrameType

from conflict.launch import register
from conflict.launch.processes import Process
from conflict.launch.register import Register
from conflict.launch.speech import LAST_LINES, Refusal, say, warn

FIRST_WAIT = 1.0
LONGEST_WAIT = 30.0
# After this many seconds of work a process counts as healthy, and its next end is a first one again.
HEALTHY = 60.0
LOG_LIMIT = 20 * 2**20
STOPS = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)
TICK = 0.25


class Asked(BaseException):
    """Somebody asked us to stop (Ctrl-C, SIGTERM, the terminal closed)."""


@dataclass
class Child:
    """A process under watch: the running one, how often it ended by itself, and when it may start again."""

    process: Process
    popen: subprocess.Popen[bytes] | None = None
    began: float = 0.0
    ends: int = 0
    again_at: float = 0.0

    def is_alive(self) -> bool:
        """Whether it runs."""
        return self.popen is not None and self.popen.poll() is None


@dataclass
class Supervisor:
    """The processes of one copy, in the order in which they were started."""

    logs: Path
    register: Register
    children: dict[str, Child] = field(default_factory=dict)
    busy: bool = False
    asked: bool = False
    stopping: bool = False

    def listen(self) -> None:
        """Take signals from now on: the first one raises Asked where we are, later ones hasten the stop."""
        for number in STOPS:
            signal.signal(number, self.on_signal)

    def on_signal(self, number: int, frame: FrameType | None) -> None:
        """Note the wish; raise at once unless a process is being started or everything is being stopped."""
        if self.stopping or self.busy:
            self.asked = True
            return
        self.stopping = True
        raise Asked

    def start(self, process: Process) -> Child:
        """Start one process in a session of its own, so that Ctrl-C reaches it through us alone, in order."""
        child = self.children.setdefault(process.name, Child(process))
        self.busy = True
        try:
            child.popen = spawn(process, self.logs)
            child.began = time.monotonic()
            self.register.note(process.name, register.seen(child.popen.pid, process.stop_signal))
        finally:
            self.busy = False
        if self.asked and not self.stopping:
            self.stopping = True
            raise Asked
        return child

    def watch(self, until: Callable[[], bool] = lambda: False) -> None:
        """Keep everything running until `until()` is true."""
        while not until():
            for child in list(self.children.values()):
                self.look_after(child)
            time.sleep(TICK)

    def look_after(self, child: Child) -> None:
        """See to one process: note its end, start it again when its time has come, keep its log short."""
        if child.is_alive():
            cut_log(log_of(child.process, self.logs))
        elif child.popen is not None:
            self.note_end(child)
        elif time.monotonic() >= child.again_at:
            say(f"  {child.process.name} is started again.")
            self.start(child.process)

    def note_end(self, child: Child) -> None:
        """Say that a process ended by itself, and plan its next start."""
        assert child.popen is not None
        end_session(child.popen.pid)
        child.ends = 1 if time.monotonic() - child.began > HEALTHY else child.ends + 1
        wait = min(LONGEST_WAIT, FIRST_WAIT * 2 ** (child.ends - 1))
        how = in_words(child.popen.returncode)
        child.popen, child.again_at = None, time.monotonic() + wait
        self.register.strike(child.process.name)
        warn(
            f"{child.process.name} {how}; starting it again in {wait:.0f} s. "
            f"Its log: {log_of(child.process, self.logs)}"
        )

    def stop(self) -> None:
        """Stop everything we started, the last first. A second Ctrl-C shortens the patience."""
        self.stopping, self.asked = True, False
        self.register.url = ""
        for child in reversed(list(self.children.values())):
            if child.is_alive():
                self.end(child)
            self.register.strike(child.process.name)
        self.children.clear()

    def end(self, child: Child) -> None:
        """Ask one process to end, wait, and kill its session if it does not."""
        assert child.popen is not None
        with suppress(ProcessLookupError):
            child.popen.send_signal(child.process.stop_signal)
        until = time.monotonic() + child.process.patience
        while child.popen.poll() is None and time.monotonic() < until and not self.asked:
            time.sleep(0.05)
        if child.popen.poll() is None:
            warn(f"{child.process.name} does not end; killing it.")
        end_session(child.popen.pid)
        child.popen.wait()

    def tail(self, name: str) -> str:
        """The last lines that a process wrote."""
        return last_lines(log_of(self.children[name].process, self.logs))


def spawn(process: Process, logs: Path) -> subprocess.Popen[bytes]:
    """Start a process with its output appended to its log."""
    logs.mkdir(parents=True, exist_ok=True)
    with log_of(process, logs).open("ab") as out:
        try:
            return subprocess.Popen(
                process.command,
                env=dict(process.environ),
                cwd=process.folder,
                stdin=subprocess.DEVNULL,
                stdout=out,
                stderr=subprocess.STDOUT,
                start_new_session=True,
                **process.account.switch(),
            )
        except OSError as error:
            raise Refusal(
                f"{process.command[0]} could not be started: {error.strerror}.", "Is it installed?"
            ) from error


def end_session(leader: int) -> None:
    """Kill what a process left in its session, such as a killed worker's children."""
    with suppress(ProcessLookupError, PermissionError):
        os.killpg(leader, signal.SIGKILL)


def log_of(process: Process, logs: Path) -> Path:
    """Where a process writes."""
    return logs / f"{process.name}.log"


def cut_log(log: Path) -> None:
    """Keep a log from filling the disk. It is copied aside, not moved: its process holds it open."""
    with suppress(OSError):
        if log.stat().st_size > LOG_LIMIT:
            log.with_suffix(".log.1").write_bytes(log.read_bytes())
            os.truncate(log, 0)


def last_lines(log: Path) -> str:
    """The end of a log, indented."""
    try:
        with log.open(encoding="utf-8", errors="replace") as lines:
            return "".join(f"    {line}" for line in deque(lines, maxlen=LAST_LINES)).rstrip()
    except OSError:
        return ""


def in_words(code: int) -> str:
    """How a process ended."""
    if code >= 0:
        return f"ended with code {code}"
    try:
        return f"was ended by {signal.Signals(-code).name}"
    except ValueError:
        return f"was ended by signal {-code}"
