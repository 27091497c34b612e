"""Wire copy in many outlets is one group under the earliest; a corrected article is a new capture of the same report."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any
from urllib.parse import urlsplit

import pytest
from django.utils import timezone

from events.ingest import pulling
from events.ingest.pulling import pull
from events.ingest.working import extract_report, read_report
from events.models import Claim, Feed, Incident, Proposal, Report, Source
from events.verbs.reporting import keep_report
from tests.ingest.test_likeness import NEXT, WIRE

NOON = datetime(2025, 6, 3, 12, tzinfo=UTC)


@pytest.fixture
def outlets(database) -> list[Source]:
    return [Source.objects.create(slug=f"outlet-{n}", name=f"Outlet {n}") for n in range(3)]


def received(source: Source, text: str, hours: int, url: str = "") -> Report:
    report, _ = keep_report(
        source=source,
        content=text.encode(),
        content_type="text/plain",
        url=url,
        published_at=NOON + timedelta(hours=hours),
    )
    read_report(report.pk)
    return now(report)


def now(report: Report) -> Report:
    return Report.objects.get(pk=report.pk)


def extracted(report: Report) -> Report:
    # Reading holds it for extraction; here another takes it up.
    Report.objects.filter(pk=report.pk).update(due_at=None, attempts=0)
    extract_report(report.pk)
    return now(report)


def edited(n: int) -> str:
    return f"Outlet {n}: raid on army camp\n\n" + WIRE.split("\n\n", 1)[1]


def test_copies_hang_on_the_earliest_and_are_not_proposed_again(outlets):
    first = extracted(received(outlets[0], WIRE, 0))
    copy = received(outlets[1], edited(1), 3)
    assert (copy.parent, copy.kinship, copy.state) == (first, "copy", "read")
    assert extracted(copy).state == "copy"
    assert (Proposal.objects.count(), first.state) == (1, "proposed")


def test_an_original_that_comes_late_becomes_the_parent_of_all(outlets):
    one = received(outlets[0], edited(0), 3)
    other = received(outlets[1], edited(1), 5)
    assert other.parent == one
    original = received(outlets[2], WIRE, 0)
    assert original.parent is None
    assert [now(report).parent for report in (one, other)] == [original, original]
    assert {now(report).kinship for report in (one, other)} == {"copy"}


def test_the_same_text_word_for_word_needs_no_extraction(outlets):
    received(outlets[0], WIRE, 0)
    assert received(outlets[1], WIRE + " \n", 1).state == "copy"


def test_the_next_incident_in_the_same_town_is_a_report_of_its_own(outlets):
    received(outlets[0], WIRE, 0)
    assert received(outlets[0], NEXT, 96).parent is None


def test_the_same_words_half_a_year_later_are_no_copy(outlets):
    received(outlets[0], WIRE, 0)
    assert received(outlets[1], edited(1), 24 * 180).parent is None


def test_a_copy_waits_until_its_original_is_done(outlets):
    first = received(outlets[0], WIRE, 0)
    waiting = extracted(received(outlets[1], edited(1), 3))
    assert (waiting.state, waiting.attempts) == ("read", 0) and waiting.due_at > timezone.now()
    extracted(first)
    assert extracted(waiting).state == "copy"


def test_a_copy_with_another_toll_is_proposed_beside_the_first(outlets):
    extracted(received(outlets[0], WIRE, 0))
    later = extracted(received(outlets[1], edited(1).replace("Seventeen", "Nineteen"), 6))
    assert (later.state, later.kinship) == ("proposed", "copy")
    assert Incident.objects.count() == 1
    assert {17, 19} <= set(Claim.objects.filter(measure="killed").values_list("low", flat=True))


def test_a_corrected_article_is_a_new_capture_and_the_first_bytes_stay(outlets):
    address = "https://outlet.example/boulkessi"
    first = extracted(received(outlets[0], WIRE, 0, address))
    second = extracted(received(outlets[0], WIRE.replace("Seventeen", "Twenty"), 0, address))
    assert (second.parent, second.kinship, second.state) == (first, "capture", "proposed")
    assert bytes(first.content).decode() == WIRE
    assert {17, 20} <= set(Claim.objects.filter(measure="killed").values_list("low", flat=True))
    third = received(outlets[0], WIRE.replace("Seventeen", "Twenty") + "\n\n ", 0, address)
    assert (third.parent, third.kinship, third.state) == (first, "capture", "copy"), (
        "only its advertisements changed"
    )


FEED = """<feed xmlns="http://www.w3.org/2005/Atom"><title>Wire</title>{entries}</feed>"""
ENTRY = """<entry><id>{n}</id><title>Raid on army camp number {n}</title><link href="{base}/a{n}"/>
<published>{published}</published><updated>{updated}</updated></entry>"""


@pytest.fixture
def wire(outlets, httpserver, settings):
    settings.FEED_ALLOWED_HOSTS = frozenset({"127.0.0.1", "localhost"})
    base = httpserver.url_for("").rstrip("/")

    def tells(count: int, updated: datetime, status: int = 200) -> None:
        published = timezone.now() - timedelta(hours=1)
        entries = [
            ENTRY.format(n=n, base=base, published=published.isoformat(), updated=updated.isoformat())
            for n in range(count)
        ]
        httpserver.clear()
        httpserver.expect_request("/feed").respond_with_data(
            FEED.format(entries="".join(entries)), headers={"ETag": f'"{count}{updated}"'}
        )
        for n in range(count):
            page = f"<html><body><article><p>{WIRE} At {n} and {updated}.</p></article></body></html>"
            httpserver.expect_request(f"/a{n}").respond_with_data(
                page, status=status, content_type="text/html"
            )

    feed = Feed.objects.create(source=outlets[0], kind="atom", url=f"{base}/feed", active=True)
    feed.tells = tells
    return feed


def test_a_feed_that_says_an_article_was_updated_has_it_captured_again(wire):
    long_ago = timezone.now() - timedelta(hours=2)
    wire.tells(1, long_ago)
    assert pull(wire.pk, at_once=True) == 1
    assert pull(wire.pk, at_once=True) == 0
    Report.objects.update(fetched_at=timezone.now() - timedelta(minutes=30))
    wire.tells(1, timezone.now() - timedelta(minutes=10))
    assert pull(wire.pk, at_once=True) == 1
    assert pull(wire.pk, at_once=True) == 0, "once for each update"
    wire.tells(1, timezone.now() + timedelta(days=9))
    assert pull(wire.pk, at_once=True) == 0, "an update to come is a mistake"
    assert Report.objects.filter(url__endswith="/a0").count() == 2


def test_young_articles_of_a_server_in_trouble_are_asked_for_again(wire):
    wire.tells(2, timezone.now() - timedelta(hours=2), status=503)
    assert pull(wire.pk, at_once=True) == 0
    wire.refresh_from_db()
    assert Report.objects.count() == 0 and "2 pages" in wire.problem and wire.etag == ""
    wire.tells(2, timezone.now() - timedelta(hours=2))
    assert pull(wire.pk, at_once=True) == 2
    wire.refresh_from_db()
    assert (wire.problem, wire.reports_kept, wire.polls, wire.polls_failed) == ("", 2, 2, 0) and wire.etag
    assert wire.seconds is not None and wire.seconds < 10


def test_a_poll_that_takes_too_long_goes_on_at_the_next_turn(wire, monkeypatch):
    wire.tells(3, timezone.now() - timedelta(hours=2))
    monkeypatch.setattr(pulling, "LONGEST_POLL", -1.0)
    assert pull(wire.pk, at_once=True) == 0
    wire.refresh_from_db()
    assert wire.etag == "" and wire.next_poll_at <= timezone.now()
    monkeypatch.undo()
    assert pull(wire.pk) == 3, "its turn came back at once"


def test_an_interval_that_is_shortened_counts_at_once(wire):
    wire.tells(1, timezone.now() - timedelta(hours=2))
    Feed.objects.update(interval_minutes=1440)
    assert pull(wire.pk) == 1 and pull(wire.pk) == 0
    Feed.objects.update(polled_at=timezone.now() - timedelta(minutes=20))
    wire.tells(2, timezone.now() - timedelta(hours=2))
    assert pull(wire.pk) == 0
    Feed.objects.update(interval_minutes=15)
    assert pull(wire.pk) == 1


def test_the_home_of_a_feed_is_where_its_reports_play(outlets):
    feed = Feed.objects.create(source=outlets[0], kind="rss", url="https://x.example/f", country="BFA")
    text = "Ten soldiers were killed on Monday in an ambush on their convoy, the army said in a statement."
    report, _ = keep_report(source=outlets[0], feed=feed, content=text.encode(), content_type="text/plain")
    read_report(report.pk)
    extracted(now(report))
    assert Incident.objects.get().country == "BFA"


def test_a_host_of_our_own_does_not_take_the_politeness_from_all_others(settings, monkeypatch):
    settings.FEED_ALLOWED_HOSTS = frozenset({"archive.internal"})
    waited: list[str] = []
    monkeypatch.setattr(pulling, "shared_turn", lambda host: waited.append(host) or 0.0)

    def fetched(url: str, **how: Any) -> None:
        how["turn"](urlsplit(url).hostname)

    monkeypatch.setattr(pulling, "fetch", fetched)
    pulling.guarded("https://outlet.example/feed")
    pulling.guarded("http://archive.internal/feed")
    assert waited == ["outlet.example"]
