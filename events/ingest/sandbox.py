"""Reading of documents from outside in a child process with limits, so that a poison document harms nothing else.

The child is one per process, started at first need and used for many documents. It knows no secrets (its
environment is empty but for the path), may not grow, write files or compute beyond its limits, and answers in JSON.
Whatever it does, the caller gets a Reading or Unreadable.
"""

from __future__ import annotations

import json
import os
import resource
import select
import signal
import struct
import subprocess
import sys
import threading
import time
from dataclasses import asdict, dataclass, replace
from datetime import datetime
from pathlib import Path
from typing import IO, Any

from events.ingest.language import load_model
from events.ingest.read import Reading, Unreadable, read

ROOT = Path(__file__).resolve().parents[2]
# All that a child knows. One thread for numpy: each takes 40 MB of address space, and a document needs none.
SURROUNDINGS = {
    "PATH": os.defpath,
    "LANG": "C.UTF-8",
    "PYTHONPATH": str(ROOT),
    "HOME": "/nonexistent",
    "OPENBLAS_NUM_THREADS": "1",
}
LENGTH = struct.Struct(">I")
LARGEST_ANSWER = 4_000_000
OUT_OF_MEMORY = 77
TOO_MUCH_MEMORY = "reading needed more memory than a document may use"


@dataclass(frozen=True, slots=True)
class Bounds:
    """What one document may use: bytes of address space, seconds of processor, seconds of waiting.

    `documents` is after how many the child is replaced: parsers do not give back all they take.
    """

    memory: int = 1_000_000_000
    processor: int = 20
    waiting: float = 40.0
    documents: int = 500


class Sandbox:
    """One child that reads documents for this process; safe to share between threads, one document at a time."""

    def __init__(self, bounds: Bounds | None = None) -> None:
        self.bounds = bounds or Bounds()
        self.lock = threading.Lock()
        self.child: subprocess.Popen[bytes] | None = None
        self.owner = 0
        self.served = 0

    def read(self, content: bytes, content_type: str = "", title: str = "") -> Reading:
        """As `events.ingest.read.read`. Raises Unreadable too when the document goes beyond the bounds."""
        request = json.dumps([content_type[:200], title[:2_000]]).encode()
        with self.lock:
            answer = self._ask(request, content)
        if "problem" in answer:
            raise Unreadable(answer["problem"])
        published = answer["published"] and datetime.fromisoformat(answer["published"])
        return Reading(answer["text"], answer["title"], answer["lang"], published)

    def close(self) -> None:
        """End the child; the next document starts another."""
        if self.child is not None and self.owner == os.getpid():
            self.child.kill()
            self.child.wait()
            for pipe in (self.child.stdin, self.child.stdout):
                if pipe:
                    pipe.close()
        self.child = None

    def _ask(self, request: bytes, content: bytes) -> dict[str, Any]:
        child = self._ready()
        deadline = time.monotonic() + self.bounds.waiting
        try:
            _send(child.stdin, [request, content], deadline)
            answer: dict[str, Any] = json.loads(_receive(child.stdout, deadline))
        except (OSError, EOFError, ValueError) as problem:
            ending = self._ending(child, problem)
            self.close()
            return {"problem": ending}
        self.served += 1
        return answer

    def _ready(self) -> subprocess.Popen[bytes]:
        # After a fork the pipes belong to the parent; a child that ended by itself is replaced.
        foreign = self.owner != os.getpid()
        if (
            foreign
            or self.child is None
            or self.child.poll() is not None
            or self.served >= self.bounds.documents
        ):
            self.close()
            self.child, self.owner, self.served = self._start(), os.getpid(), 0
        return self.child

    def _start(self) -> subprocess.Popen[bytes]:
        child = subprocess.Popen(  # noqa: S603 - this module itself, with numbers as its argument
            [sys.executable, "-m", "events.ingest.sandbox", json.dumps(asdict(self.bounds))],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            cwd=ROOT,
            env=SURROUNDINGS,
        )
        for pipe in (child.stdin, child.stdout):
            os.set_blocking(pipe.fileno(), False)  # type: ignore[union-attr]
        return child

    def _ending(self, child: subprocess.Popen[bytes], problem: Exception) -> str:
        if isinstance(problem, TimeoutError):
            return f"reading took longer than {self.bounds.waiting:g} seconds and was ended"
        if isinstance(problem, ValueError):
            return "reading gave an answer that is none and was ended"
        try:
            code = child.wait(1.0)
        except subprocess.TimeoutExpired:
            return "reading broke off and was ended"
        return _reason(code, self.bounds)


def _reason(code: int, bounds: Bounds) -> str:
    if code == -signal.SIGXCPU:
        return f"reading used more than {bounds.processor} seconds of processor time and was ended"
    if code == OUT_OF_MEMORY:
        return TOO_MUCH_MEMORY
    return (
        f"reading crashed ({signal.Signals(-code).name})"
        if code < 0
        else f"reading ended with exit code {code}"
    )


def _send(pipe: IO[bytes] | None, parts: list[bytes], deadline: float) -> None:
    assert pipe is not None
    data = memoryview(b"".join(LENGTH.pack(len(part)) + part for part in parts))
    while data:
        _wait(pipe, select.POLLOUT, deadline)
        data = data[os.write(pipe.fileno(), data) :]


def _receive(pipe: IO[bytes] | None, deadline: float) -> bytes:
    assert pipe is not None
    (length,) = LENGTH.unpack(_exactly(pipe, LENGTH.size, deadline))
    if length > LARGEST_ANSWER:
        raise ValueError(f"an answer of {length} bytes")
    return _exactly(pipe, length, deadline)


def _exactly(pipe: IO[bytes], size: int, deadline: float) -> bytes:
    got = b""
    while len(got) < size:
        _wait(pipe, select.POLLIN, deadline)
        piece = os.read(pipe.fileno(), size - len(got))
        if not piece:
            raise EOFError
        got += piece
    return got


def _wait(pipe: IO[bytes], until: int, deadline: float) -> None:
    # poll, not select: a worker may have more than 1,024 files open.
    waiting = select.poll()
    waiting.register(pipe, until)
    if not waiting.poll(max(0.0, deadline - time.monotonic()) * 1_000):
        raise TimeoutError


# In the child.


def serve(bounds: Bounds, requests: IO[bytes], answers: IO[bytes]) -> None:
    """Answer documents until the parent goes away."""
    while header := requests.read(LENGTH.size):
        content_type, title = json.loads(requests.read(*LENGTH.unpack(header)))
        content = requests.read(*LENGTH.unpack(requests.read(LENGTH.size)))
        _allow_processor(bounds.processor)
        answer = json.dumps(_answer(content, content_type, title)).encode()
        answers.write(LENGTH.pack(len(answer)) + answer)
        answers.flush()


def _answer(content: bytes, content_type: str, title: str) -> dict[str, Any]:
    try:
        found = read(content, content_type, title)
    except Unreadable as problem:
        return {"problem": str(problem)}
    except MemoryError:
        return {"problem": TOO_MUCH_MEMORY}
    except Exception as problem:  # a parser's own fault on a hostile document is the document's problem
        return {"problem": f"reading failed: {type(problem).__name__}: {str(problem)[:300]}"}
    return asdict(replace(found, published=None)) | {
        "published": found.published.isoformat() if found.published else None
    }


def _confine(bounds: Bounds) -> None:
    for kind, limit in (
        (resource.RLIMIT_AS, bounds.memory),
        (resource.RLIMIT_FSIZE, 0),
        (resource.RLIMIT_CORE, 0),
        (resource.RLIMIT_NOFILE, 64),
    ):
        resource.setrlimit(kind, (limit, limit))


def _allow_processor(seconds: int) -> None:
    used = resource.getrusage(resource.RUSAGE_SELF)
    until = int(used.ru_utime + used.ru_stime) + 1 + seconds
    resource.setrlimit(resource.RLIMIT_CPU, (until, resource.getrlimit(resource.RLIMIT_CPU)[1]))


_shared = Sandbox()


def read_apart(content: bytes, content_type: str = "", title: str = "") -> Reading:
    """Read a document in this process's child. Raises Unreadable, whatever the document does."""
    return _shared.read(content, content_type, title)


if __name__ == "__main__":
    given = Bounds(**json.loads(sys.argv[1]))
    answers_to = os.fdopen(os.dup(1), "wb")
    # Whatever a parser prints must not mix with the answers.
    os.dup2(2, 1)
    # Its model is unpacked through a file, and files are forbidden afterwards.
    load_model()
    _confine(given)
    try:
        serve(given, sys.stdin.buffer, answers_to)
    except MemoryError:
        os._exit(OUT_OF_MEMORY)
