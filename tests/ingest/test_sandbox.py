"""Documents from outside are read in a child with limits: whatever they do, the next one is read."""

from __future__ import annotations

import os
import threading
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor

import pytest

from events.ingest.read import Unreadable, read
from events.ingest.sandbox import Bounds, Sandbox, read_apart
from tests.ingest.test_read import PAGE

GOOD = PAGE.encode()
Make = Callable[[Bounds], Sandbox]


@pytest.fixture
def sandbox() -> Iterator[Make]:
    made: list[Sandbox] = []

    def make(bounds: Bounds) -> Sandbox:
        made.append(Sandbox(bounds))
        return made[-1]

    yield make
    for each in made:
        each.close()


def test_it_reads_as_reading_in_process_does(sandbox: Make) -> None:
    assert sandbox(Bounds()).read(GOOD, "text/html", "x") == read(GOOD, "text/html", "x")


def test_what_is_unreadable_says_the_same(sandbox: Make) -> None:
    with pytest.raises(Unreadable, match="'image/png' cannot be read"):
        sandbox(Bounds()).read(b"\x89PNG", "image/png")


def test_a_document_that_takes_too_long_is_ended_and_the_next_is_read(sandbox: Make) -> None:
    one = sandbox(Bounds(waiting=0.001))
    with pytest.raises(Unreadable, match=r"longer than 0\.001 seconds"):
        one.read(GOOD, "text/html")
    one.bounds = Bounds()
    assert one.read(GOOD, "text/html").title == "Convoy ambushed near Aguelhok"


def test_a_document_that_computes_too_much_is_ended(sandbox: Make) -> None:
    heavy = b"<html><body>" + b"<p>At least ten soldiers were killed near Gao.</p>" * 60_000
    with pytest.raises(Unreadable, match="more than 0 seconds of processor time"):
        sandbox(Bounds(processor=0)).read(heavy, "text/html")


def test_a_document_that_needs_too_much_memory_is_ended(sandbox: Make) -> None:
    one = sandbox(Bounds(memory=250_000_000))
    with pytest.raises(Unreadable, match="more memory than a document may use"):
        one.read(b"x" * 300_000_000, "text/plain")
    assert one.read(GOOD, "text/html").lang == "en"


def test_a_child_that_dies_is_replaced(sandbox: Make) -> None:
    one = sandbox(Bounds())
    one.read(GOOD, "text/html")
    assert one.child is not None
    first = one.child
    first.kill()
    first.wait()
    assert one.read(GOOD, "text/html").lang == "en"
    assert one.child is not first


def test_the_child_is_replaced_after_its_share_of_documents(sandbox: Make) -> None:
    one = sandbox(Bounds(documents=2))
    children = set()
    for _ in range(3):
        one.read(GOOD, "text/html")
        children.add(one.child and one.child.pid)
    assert len(children) == 2


def test_the_child_knows_no_secret_of_the_parent(sandbox: Make, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SECRET_KEY", "not-for-parsers")
    one = sandbox(Bounds())
    one.read(GOOD, "text/html")
    assert one.child is not None
    with open(f"/proc/{one.child.pid}/environ", "rb") as known:
        assert b"not-for-parsers" not in known.read()


def test_threads_share_one_child_without_mixing_answers(sandbox: Make) -> None:
    one = sandbox(Bounds())
    texts = [f"Report number {number}: the army said that it held the town." for number in range(40)]
    with ThreadPoolExecutor(4) as pool:
        got = list(pool.map(lambda text: one.read(text.encode(), "text/plain").text, texts))
    assert got == texts


def test_a_forked_process_starts_its_own_child(sandbox: Make) -> None:
    one = sandbox(Bounds())
    one.read(GOOD, "text/html")
    assert one.child is not None and threading.active_count() >= 1
    parents = one.child.pid
    forked = os.fork()
    if not forked:
        try:
            one.read(GOOD, "text/html")
            own = one.child.pid if one.child else parents
            one.close()
            os._exit(0 if own != parents else 1)
        finally:
            os._exit(2)
    assert os.waitstatus_to_exitcode(os.waitpid(forked, 0)[1]) == 0
    assert one.read(GOOD, "text/html").lang == "en" and one.child.pid == parents


def test_languages_that_are_told_by_the_model_are_read_in_the_child_too() -> None:
    arabic = "قال الجيش إن عشرة جنود قتلوا في كمين قرب مدينة كيدال يوم الجمعة"
    assert read_apart(arabic.encode(), "text/plain; charset=utf-8").lang == "ar"
    assert (
        read_apart(b"Some words that make a report.", "text/plain").text == "Some words that make a report."
    )
