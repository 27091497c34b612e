"""What the launcher says: one line for each step, progress on long ones, and what to do when one fails."""

from __future__ import annotations

import subprocess
import sys
import threading
import time
from collections import deque
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import IO

QUIET_SECONDS = 10.0
LAST_LINES = 20


class Refusal(Exception):
    """A step cannot be done: what went wrong, and what the person at the keyboard can do about it."""

    def __init__(self, what: str, advice: str) -> None:
        super().__init__(what)
        self.what = what
        self.advice = advice


aloud: list[IO[str]] = []


def speak_on(stream: IO[str]) -> None:
    """Say everything on `stream` from now on: a command whose output is data keeps standard output for it."""
    aloud[:] = [stream]


def listener() -> IO[str]:
    """Where we speak."""
    return aloud[0] if aloud else sys.stdout


def say(text: str) -> None:
    """Print one line at once, also when the output is a pipe."""
    print(text, flush=True, file=listener())


def warn(text: str) -> None:
    """Print one line that deserves attention."""
    say(f"! {text}")


@contextmanager
def step(name: str, doing: str) -> Iterator[None]:
    """Say what a step does before it starts, and how long it took when it is done."""
    say(f"• {name}: {doing}")
    began = time.monotonic()
    yield
    say(f"  done in {time.monotonic() - began:.1f} s")


def up_to_date(name: str, what: str = "up to date") -> None:
    """Say that a step had nothing to do."""
    say(f"• {name}: {what}")


class Progress(threading.Thread):
    """Shows the newest line of a command's output: in place on a terminal, every ten seconds elsewhere."""

    def __init__(self, pipe: IO[str], log: IO[str]) -> None:
        super().__init__(daemon=True)
        self.pipe, self.log = pipe, log
        self.lines: deque[str] = deque(maxlen=LAST_LINES)
        self.terminal = listener().isatty()
        self.began = self.shown = time.monotonic()

    def run(self) -> None:
        """Copy every line to the log, and some of them to the person who waits."""
        for line in self.pipe:
            self.log.write(line)
            if line.strip():
                self.lines.append(line.rstrip())
                self.show(line.strip())
        if self.terminal:
            print("\r\x1b[K", end="", flush=True, file=listener())

    def show(self, line: str) -> None:
        """Show one line, if it is time to."""
        now = time.monotonic()
        if self.terminal:
            print(f"\r\x1b[K  {line[:100]}", end="", flush=True, file=listener())
        elif now - self.shown >= QUIET_SECONDS:
            self.shown = now
            say(f"  {now - self.began:.0f} s: {line[:100]}")


def run_shown(
    command: Sequence[str | Path],
    log: Path,
    advice: str,
    *,
    env: Mapping[str, str] | None = None,
    cwd: Path | None = None,
) -> None:
    """Run a command with its output in `log` and its progress on the screen.

    Raises Refusal with its last lines and `advice` when it fails.
    """
    code, lines = run_logged(command, log, env=env, cwd=cwd)
    if code != 0:
        raise failure(command, code, lines, log, advice)


def run_logged(
    command: Sequence[str | Path],
    log: Path,
    *,
    env: Mapping[str, str] | None = None,
    cwd: Path | None = None,
    attached: bool = False,
) -> tuple[int, list[str]]:
    """The same, answering the exit code and the last lines. `attached` leaves it the terminal's input."""
    log.parent.mkdir(parents=True, exist_ok=True)
    with log.open("a", encoding="utf-8", errors="replace") as out:
        out.write(f"$ {' '.join(map(str, command))}\n")
        child = start_piped(command, env, cwd, attached)
        assert child.stdout is not None
        progress = Progress(child.stdout, out)
        progress.start()
        code = wait_or_end(child)
        progress.join()
    return code, list(progress.lines)


def start_piped(
    command: Sequence[str | Path], env: Mapping[str, str] | None, cwd: Path | None, attached: bool
) -> subprocess.Popen[str]:
    """Start a command whose output we read line by line."""
    try:
        return subprocess.Popen(
            [str(word) for word in command],
            env=env,
            cwd=cwd,
            stdin=None if attached else subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            errors="replace",
        )
    except OSError as error:
        raise Refusal(
            f"{command[0]} could not be started: {error.strerror}.", "Check that it is installed."
        ) from error


def wait_or_end(child: subprocess.Popen[str]) -> int:
    """Wait for a command; when we are told to stop, end it first."""
    try:
        return child.wait()
    except BaseException:
        child.terminate()
        child.wait()
        raise


def failure(command: Sequence[str | Path], code: int, lines: list[str], log: Path, advice: str) -> Refusal:
    """Put a failed command in words, with the end of its output."""
    said = "".join(f"\n    {line}" for line in lines)
    words = " ".join(
        Path(str(word)).name if number == 0 else str(word) for number, word in enumerate(command)
    )
    return Refusal(
        f"`{words[:120]}` ended with code {code}. Its last lines:{said}\n  All of them: {log}", advice
    )
