"""Answers kept for a while in a process, the ones asked for last up to a total size."""

from __future__ import annotations

import threading
from collections import OrderedDict
from collections.abc import Callable, Hashable
from typing import Generic, TypeVar

Answer = TypeVar("Answer")


class Remembered(Generic[Answer]):
    """Answers by key; `size` says what one takes of the whole, an answer larger than the whole is not kept.

    Nor is None, which says that there is no answer yet.
    """

    def __init__(self, most: int, size: Callable[[Answer], int] = lambda answer: 1) -> None:
        self.most, self.size, self.taken = most, size, 0
        self.answers: OrderedDict[Hashable, Answer] = OrderedDict()
        self.lock = threading.Lock()

    def get(self, key: Hashable, make: Callable[[], Answer]) -> Answer:
        """The answer under a key, made if it is not there. Two threads may make the same one; both are right."""
        with self.lock:
            if key in self.answers:
                self.answers.move_to_end(key)
                return self.answers[key]
        answer = make()
        with self.lock:
            self.keep(key, answer)
        return answer

    def keep(self, key: Hashable, answer: Answer) -> None:
        """Keep an answer; the ones not asked for longest make room."""
        if key in self.answers or answer is None or self.size(answer) > self.most:
            return
        self.answers[key] = answer
        self.taken += self.size(answer)
        while self.taken > self.most:
            self.taken -= self.size(self.answers.popitem(last=False)[1])
