"""Nearly how many incidents there are: reckoned from one share of them, the same share in every copy."""

from __future__ import annotations

import pytest

from events.lens import loading, questions
from events.lens.columns import SHARES
from events.lens.copied import Copied
from events.query.incidents import BoundQuery, IncidentQuery
from events.record.known import query
from tests.lens.generated import Generator


@pytest.fixture
def copy(database: None) -> Copied:
    Generator(seed=5).run()
    return Copied(loading.load())


def everything(*pairs: tuple[str, str]) -> BoundQuery:
    return IncidentQuery.read(pairs).bound()


def share_of(public_id: str) -> int:
    """By hand, of an id such as MLI-2025-00042."""
    country, year, sequence = public_id.split("-")
    first, second, third = (ord(letter) for letter in country)
    return (int(sequence) + first + 3 * second + 7 * third + 5 * ord(year[3])) % SHARES


def test_the_share_that_is_counted_follows_from_the_public_ids_alone(copy: Copied) -> None:
    ids = [
        public_id
        for (public_id,) in query(
            "SELECT id FROM record.incident_version WHERE known_to = 2147483647 AND state = 'published'", []
        )
    ]
    first = [public_id for public_id in ids if share_of(public_id) == 0]
    assert 0 < len(first) < len(ids)
    assert copy.nearly(everything()) == SHARES * len(first)
    assert copy.count(everything()) == len(ids)


def test_all_shares_together_are_everything_and_none_is_much_larger(copy: Copied) -> None:
    rows = copy.store.rows("SELECT share, count(*) FROM copy.version GROUP BY 1 ORDER BY 1")
    assert [share for share, _ in rows] == list(range(SHARES))
    assert sum(many for _, many in rows) == copy.store.versions
    usual = copy.store.versions / SHARES
    assert max(many for _, many in rows) < 1.5 * usual


def test_few_are_counted_and_many_are_reckoned(copy: Copied, monkeypatch: pytest.MonkeyPatch) -> None:
    exact = copy.count(everything())
    assert questions.size_by(copy, everything()) == (exact, True)
    monkeypatch.setattr(questions, "EXACT_UP_TO", 100)
    number, is_exact = questions.size_by(copy, everything())
    assert not is_exact
    assert number % SHARES == 0
    assert abs(number - exact) < exact / 2
    first, *_ = query("SELECT min(date_start) FROM record.incident_version", [])[0]
    few = everything(("until", first.isoformat()))
    assert questions.size_by(copy, few) == (copy.count(few), True)
