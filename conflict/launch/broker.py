"""A Redis of our own: a unix socket, no network port, nothing on disk, since it holds nothing of value."""

from __future__ import annotations

import socket
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from conflict.launch.accounts import Account
from conflict.launch.packages import redis_program
from conflict.launch.speech import Refusal


@dataclass(frozen=True)
class Broker:
    """One Redis: the folder it works in, the folder of its socket, the account it runs as."""

    folder: Path
    sockets: Path
    account: Account

    @property
    def socket(self) -> Path:
        """The socket that it listens on."""
        return self.sockets / "redis.sock"

    @property
    def broker_url(self) -> str:
        """Celery's queues are in database 0."""
        return f"redis+socket://{self.socket}?virtual_host=0"

    @property
    def cache_url(self) -> str:
        """Cache and heartbeats are in database 1."""
        return f"unix://{self.socket}?db=1"

    def command(self) -> list[str]:
        """The server itself, in the foreground."""
        program = redis_program()
        if program is None:
            raise Refusal("No Redis server is installed.", "Install redis-server (Debian, Ubuntu).")
        place = [
            "--port",
            "0",
            "--unixsocket",
            str(self.socket),
            "--unixsocketperm",
            "700",
            "--dir",
            str(self.folder),
        ]
        limits = [
            "--save",
            "",
            "--appendonly",
            "no",
            "--maxmemory",
            "256mb",
            "--maxmemory-policy",
            "noeviction",
        ]
        return [program, *place, *limits, "--daemonize", "no"]

    def answers(self) -> bool:
        """Whether the server answers a PING."""
        try:
            with socket.socket(socket.AF_UNIX, socket.SOCK_STREAM) as line:
                line.settimeout(2)
                line.connect(str(self.socket))
                line.sendall(b"PING\r\n")
                return line.recv(16).startswith(b"+PONG")
        except OSError:
            return False

    def wait(self, is_alive: Callable[[], bool], seconds: float = 20.0) -> None:
        """Wait until it answers. `is_alive()` false ends the wait early."""
        until = time.monotonic() + seconds
        while not self.answers():
            if not is_alive() or time.monotonic() > until:
                raise Refusal("Redis did not come up.", "Its log, beside the other logs, says why.")
            time.sleep(0.05)
