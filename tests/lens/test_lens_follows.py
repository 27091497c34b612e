"""A copy follows the record: every publication, redactions, a record that was replaced; in every thread and process."""

from __future__ import annotations

import os
import threading
import time

import pytest
from django.db import connections

from events import lens
from events.lens import following as follower_module
from events.lens import loading
from events.lens.copied import Copied
from events.lens.exact import Exact
from events.lens.store import Store
from events.query.incidents import BoundQuery, IncidentQuery
from events.record import ledger
from tests.conftest import wait_until
from tests.lens.generated import Generator, actor


def asked(*pairs: tuple[str, str]) -> BoundQuery:
    return IncidentQuery.read(pairs).bound()


def contents(store: Store) -> list[tuple]:
    """Everything that a copy holds, with its numbers said in words."""
    rows = store.rows(
        "SELECT version_id, series, sequence, known_from, known_to, date_start, date_end, mx, my, longitude, latitude,"
        " fatalities_low, fatalities_best, fatalities_high, month, share, unit, kind, event_type,"
        " (SELECT list(role ORDER BY role) FROM copy.casting_role r WHERE r.casting = v.casting)"
        " FROM copy.version v ORDER BY 1"
    )
    return [
        (
            version,
            store.public_id(series, sequence),
            *plain,
            store.units.known[unit],
            store.kinds.known[kind],
            store.types[event_type],
            roles,
        )
        for version, series, sequence, *plain, unit, kind, event_type, roles in rows
    ]


def test_a_copy_that_followed_every_publication_holds_what_one_made_anew_holds(
    database: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    # Small files, so that a publication arrives in many of them; packed and laid out anew now and then.
    monkeypatch.setattr(loading, "BATCH", 45)
    monkeypatch.setattr(loading, "PACK_AFTER", 150)
    store = loading.load()
    steps: list[int] = []

    def follow() -> None:
        loading.catch_up(store)
        steps.append(store.number)

    Generator(seed=11, after=follow).run()
    assert steps == list(range(1, 23))
    fresh = loading.load()
    assert (store.number, store.versions) == (fresh.number, fresh.versions)
    assert store.versions > 4000
    assert contents(store) == contents(fresh)


def test_readers_count_right_while_a_copy_is_laid_out_and_packed(copy: Copied) -> None:
    question, wrong = asked(("bbox", "-5,14,2,20"), ("as_of", "20")), []
    expected = copy.totals(question)
    stop = threading.Event()

    def count() -> None:
        try:
            while not stop.is_set():
                if copy.totals(question) != expected:
                    wrong.append("another count")
        except BaseException as failure:
            wrong.append(failure)
        finally:
            connections.close_all()

    threads = [threading.Thread(target=count) for _ in range(4)]
    for thread in threads:
        thread.start()
    for _ in range(15):
        copy.store.arrange()
        copy.store.pack()
    stop.set()
    for thread in threads:
        thread.join(30)
    assert wrong == []
    assert copy.totals(question) == expected


class TestFollowing:
    """With LENS=auto in this process."""

    pytestmark = pytest.mark.usefixtures("following")

    @pytest.fixture
    def generator(self) -> Generator:
        generator = Generator(seed=3)
        generator.publish(lambda number: ledger.add_actors(number, [actor(one) for one in range(1, 25)]))
        generator.publish(lambda number: ledger.add_incidents(number, list(generator.new_incidents(300))))
        return generator

    @staticmethod
    def copied() -> None:
        lens.follow()
        wait_until(lambda: lens.state()["counts_on"] == "copy", 20, f"no copy: {lens.state()}")

    def test_while_the_copy_is_made_the_record_counts(self, generator: Generator) -> None:
        assert isinstance(follower_module.engine(asked().known), Exact)
        assert lens.totals(asked())["incidents"] == 300
        self.copied()
        assert isinstance(follower_module.engine(asked().known), Copied)
        assert lens.state() == {
            "process": os.getpid(),
            "counts_on": "copy",
            "publication": 2,
            "versions": 300,
        }

    def test_a_publication_shows_in_the_next_answer(self, generator: Generator) -> None:
        self.copied()
        for step in range(12):
            generator.step(step)
            began = time.monotonic()
            engine = follower_module.engine(asked().known)
            assert time.monotonic() - began < 1
            assert isinstance(engine, Copied)
            assert engine.totals(asked()) == Exact().totals(asked())
            assert engine.totals(asked(("as_of", "2"))).incidents == 300

    def test_a_publication_is_followed_within_a_second_though_nobody_asks(self, generator: Generator) -> None:
        self.copied()
        generator.step(0)
        wait_until(lambda: lens.state()["publication"] == 3, 1, "not followed")

    def test_what_was_redacted_is_gone_from_every_as_of(self, generator: Generator) -> None:
        self.copied()
        before = lens.totals(asked(("as_of", "2")))
        generator.step(12)
        assert lens.state()["counts_on"] == "copy"
        after = lens.totals(asked(("as_of", "2")))
        assert isinstance(follower_module.engine(asked().known), Copied)
        assert after["incidents"] == before["incidents"]
        assert before["located"] - 30 <= after["located"] < before["located"]

    def test_another_record_under_the_same_numbers_is_copied_anew(
        self, generator: Generator, superuser_connection
    ) -> None:
        self.copied()
        superuser_connection.execute("SET session_replication_role = replica")
        superuser_connection.execute("TRUNCATE record.publication, record.incident_version CASCADE")
        other = Generator(seed=4)
        other.publish(lambda number: ledger.add_incidents(number, list(other.new_incidents(7))))
        other.publish(lambda number: ledger.add_incidents(number, list(other.new_incidents(5))))
        assert lens.totals(asked())["incidents"] == 12
        wait_until(lambda: lens.state().get("versions") == 12, 5, f"not copied anew: {lens.state()}")
        assert lens.totals(asked())["incidents"] == 12

    def test_threads_count_right_while_the_record_changes(self, generator: Generator) -> None:
        self.copied()
        expected = lens.facets(asked(("as_of", "2")))
        wrong: list[object] = []
        stop = threading.Event()

        def count() -> None:
            try:
                while not stop.is_set():
                    now, then = lens.totals(asked())["incidents"], lens.facets(asked(("as_of", "2")))
                    if then != expected or now < 200:
                        wrong.append((now, then))
            except BaseException as failure:
                wrong.append(failure)
            finally:
                connections.close_all()

        threads = [threading.Thread(target=count) for _ in range(6)]
        for thread in threads:
            thread.start()
        for step in (0, 1, 3, 7, 5):
            generator.step(step)
        stop.set()
        for thread in threads:
            thread.join(30)
        assert wrong == []

    def test_a_failing_copy_is_said_and_the_record_counts(
        self, generator: Generator, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        def fail() -> Store:
            raise MemoryError

        monkeypatch.setattr(follower_module, "load", fail)
        lens.follow()
        wait_until(lambda: lens.state().get("why") == "MemoryError", 5, f"not said: {lens.state()}")
        assert lens.totals(asked())["incidents"] == 300

    def test_a_statement_that_duckdb_refuses_is_counted_on_the_record(
        self, generator: Generator, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
    ) -> None:
        self.copied()
        monkeypatch.setattr("events.lens.copied.sums", lambda: "no_such_function(mx)")
        assert lens.totals(asked())["incidents"] == 300
        assert "the copy failed" in caplog.text

    def test_a_forked_process_makes_a_copy_of_its_own(self, generator: Generator) -> None:
        self.copied()
        parents = lens.follow()
        reading, writing = os.pipe()
        child = os.fork()
        if child == 0:
            connections["record"].connection = None
            mine = lens.follow()
            os.write(writing, b"own" if mine is not parents and mine.process == os.getpid() else b"parent's")
            os._exit(0)
        assert os.read(reading, 20) == b"own"
        os.waitpid(child, 0)


def test_switched_off_nothing_is_copied(database: None, settings) -> None:
    settings.LENS = "off"
    assert isinstance(follower_module.engine(asked().known), Exact)
    assert lens.state() == {"process": os.getpid(), "counts_on": "record", "why": "LENS=off"}
