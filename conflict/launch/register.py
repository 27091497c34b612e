"""What runs: the process ids of one copy, kept so that only our own processes are ever stopped.

A process id is used again by the system sooner or later, so each is kept with the moment its process was born
(clock ticks since boot, field 22 of /proc/PID/stat) and with the boot it belongs to.
"""

from __future__ import annotations

import fcntl
import json
import os
import signal
import time
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import IO

BOOT = Path("/proc/sys/kernel/random/boot_id")


@dataclass(frozen=True)
class Running:
    """One process: its id, when it was born, in which boot, and the signal that asks it to end."""

    pid: int
    born: int
    boot: str
    stop_signal: int = signal.SIGTERM

    def is_alive(self) -> bool:
        """Whether this very process, not a later one with its number, still runs."""
        return self.boot == boot_id() and born(self.pid) == self.born

    def end(self, seconds: float) -> None:
        """Ask it to end, wait, then make it end."""
        for number, patience in ((self.stop_signal, seconds), (signal.SIGKILL, 5.0)):
            if not self.send(number) or self.gone_within(patience):
                return

    def send(self, number: int) -> bool:
        """Send a signal to it; false when it is gone."""
        if not self.is_alive():
            return False
        try:
            os.kill(self.pid, number)
        except ProcessLookupError:
            return False
        return True

    def gone_within(self, seconds: float) -> bool:
        """Wait for it to be gone."""
        until = time.monotonic() + seconds
        while self.is_alive():
            if time.monotonic() > until:
                return False
            time.sleep(0.05)
        return True


def seen(pid: int, stop_signal: int = signal.SIGTERM) -> Running:
    """Note a process that runs now."""
    return Running(pid, born(pid) or 0, boot_id(), int(stop_signal))


def boot_id() -> str:
    """Which boot of this machine we are in."""
    try:
        return BOOT.read_text(encoding="ascii").strip()
    except OSError:
        return ""


def born(pid: int) -> int | None:
    """When a process was born, None when there is none or it is only waiting to be collected."""
    try:
        stat = Path(f"/proc/{pid}/stat").read_text(encoding="utf-8", errors="replace")
    except OSError:
        return None
    # The second field is the program's name in parentheses, and may hold spaces and parentheses itself.
    fields = stat.rpartition(")")[2].split()
    return None if fields[0] in "ZX" else int(fields[19])


@dataclass
class Register:
    """The file that says what runs. `url` is set once the site is ready; `purpose` says what started it."""

    file: Path
    purpose: str = ""
    url: str = ""
    processes: dict[str, Running] = field(default_factory=dict)

    @classmethod
    def read(cls, file: Path) -> Register:
        """Read it; one that is missing or torn is empty."""
        try:
            told = json.loads(file.read_text(encoding="utf-8"))
            processes = {name: Running(**entry) for name, entry in told["processes"].items()}
            return cls(file, str(told["purpose"]), str(told["url"]), processes)
        except (OSError, ValueError, TypeError, KeyError, AttributeError):
            return cls(file)

    def write(self) -> None:
        """Replace the file in one go."""
        told = {
            "purpose": self.purpose,
            "url": self.url,
            "processes": {k: asdict(v) for k, v in self.processes.items()},
        }
        new = self.file.with_suffix(".new")
        new.write_text(json.dumps(told, indent=1), encoding="utf-8")
        os.replace(new, self.file)

    def note(self, name: str, running: Running) -> None:
        """Note one process."""
        self.processes[name] = running
        self.write()

    def strike(self, name: str) -> None:
        """Forget one process."""
        if self.processes.pop(name, None) is not None:
            self.write()

    def alive(self) -> dict[str, Running]:
        """Those that still run."""
        return {name: running for name, running in self.processes.items() if running.is_alive()}


def lock(file: Path) -> IO[str] | None:
    """Take the lock of one copy, None while another launcher holds it. Our end gives it back."""
    handle = file.open("a", encoding="ascii")
    try:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        handle.close()
        return None
    return handle
