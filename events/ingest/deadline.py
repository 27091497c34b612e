"""How long the rules may work on one report: a text that leads them in a circle must not hold a worker."""

from __future__ import annotations

import signal
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from types import FrameType


class TookTooLong(Exception):
    """The work was given up."""


@contextmanager
def within(seconds: float, what: str) -> Iterator[None]:
    """Raises TookTooLong when the block takes more processor time; waiting, and other programs, do not count.

    Only the main thread of a process can be interrupted, as a worker's tasks are; in other threads nothing is bounded.
    """
    if threading.current_thread() is not threading.main_thread():
        yield
        return

    def give_up(number: int, frame: FrameType | None) -> None:
        raise TookTooLong(f"{what} took more than {seconds:g} seconds of processor time")

    before = signal.signal(signal.SIGPROF, give_up)
    signal.setitimer(signal.ITIMER_PROF, seconds)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_PROF, 0)
        signal.signal(signal.SIGPROF, before)
