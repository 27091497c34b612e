"""The page of feeds' health: what went well, what failed, how long it took, what waits; only for who may see feeds."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.utils import timezone

from events.models import Feed, Report, Source
from events.verbs import feeding


@pytest.fixture
def feed(desk):
    wire = Source.objects.create(slug="wire", name="Example Wire")
    return Feed.objects.create(source=wire, kind="rss", url="https://example.org/feed", active=True)


def page(desk) -> str:
    return desk.open("feeds/health/").content.decode()


def test_a_poll_that_went_well_shows_items_reports_and_latency(feed, at):
    assert "never polled" in page(at("aminata"))
    taken = feeding.take_turn(feed.pk)
    feeding.polled(taken, items=40, kept=7, seconds=1.234)
    text = page(at("aminata"))
    assert "<td>well</td><td>0 min ago</td>" in text
    assert "<td>40</td><td>7</td><td>0 of 1</td><td>1.2 s</td>" in text


def test_a_feed_that_fails_stands_first_with_its_problem_and_backs_off(feed, at):
    other = Source.objects.create(slug="a", name="A wire that is well")
    Feed.objects.create(source=other, kind="rss", url="https://a.example/feed", active=True)
    for _ in range(3):
        taken = feeding.take_turn(feed.pk, at_once=True)
        feeding.failed(taken, "http_503: <b>the server</b> is down")
    text = page(at("aminata"))
    assert "failing, 3 times in a row" in text and "3 of 3" in text
    assert "&lt;b&gt;the server&lt;/b&gt; is down" in text and "<b>the server" not in text
    assert text.index("Example Wire") < text.index("A wire that is well")
    feed.refresh_from_db()
    assert feed.next_poll_at - timezone.now() > timedelta(minutes=3 * feed.interval_minutes)


def test_a_feed_whose_turn_is_long_over_is_late(feed, at):
    taken = feeding.take_turn(feed.pk)
    feeding.polled(taken)
    Feed.objects.update(next_poll_at=timezone.now() - timedelta(hours=3))
    assert "<td>late</td>" in page(at("aminata"))


def test_what_waits_and_what_was_set_aside_is_counted_with_the_way_to_it(feed, at):
    for number, state in enumerate(["new", "new", "set_aside"]):
        Report.objects.create(
            source=feed.source,
            sha256=f"{number:064d}",
            content=b"x",
            fetched_at=timezone.now(),
            state=state,
            due_at=timezone.now() - timedelta(hours=3),
        )
    text = page(at("aminata"))
    assert '?state__exact=new">To be read</a></th><td>2</td><td>3 h ago</td>' in text
    assert '?state__exact=set_aside">Set aside with a problem</a></th><td>1</td><td>–</td>' in text


def test_only_who_may_run_feeds_sees_the_buttons_and_only_who_may_read_them_the_page(feed, at):
    assert f"/admin/events/feed/acts/poll/?ids={feed.pk}" in page(at("tiemoko"))
    assert "acts/pause" in page(at("chantal"))
    assert "acts/poll" not in page(at("aminata"))
    assert at("moussa").open("feeds/health/").status_code == 404
    assert "Health of feeds" in at("aminata").open("").content.decode()
    assert "Health of feeds" not in at("moussa").open("").content.decode()


def test_feeds_of_hidden_sources_are_for_chief_editors(feed, at):
    Source.objects.update(public=False)
    assert "Example Wire" not in page(at("aminata"))
    assert "Example Wire" in page(at("chantal"))


def test_a_folder_can_be_entered_as_a_feed_and_other_addresses_can_not(feed, at):
    desk = at("chantal")

    def entered(url: str) -> bool:
        form = desk.form(f"events/feed/{feed.pk}/change/", "feed_form")
        form.send(url=url, kind="folder", reason="Partners put files there")
        return Feed.objects.filter(url=url).exists()

    assert entered("folder:partners")
    assert (
        not entered("folder:../etc")
        and not entered("javascript:alert(1)")
        and not entered("ftp://x.example/")
    )


def test_feeds_of_one_source_are_told_apart_by_address_and_kind(feed, at):
    text = page(at("aminata"))
    assert "https://example.org/feed" in text and "<td>RSS</td>" in text


def test_a_turn_that_is_still_to_come_is_not_said_to_be_past(feed, at):
    Report.objects.create(
        source=feed.source,
        sha256="0" * 64,
        content=b"x",
        fetched_at=timezone.now(),
        state="new",
        due_at=timezone.now() + timedelta(minutes=8, seconds=5),
    )
    assert "in 8 min" in page(at("aminata"))


def test_a_feeds_own_page_says_latency_and_days_as_everywhere(feed, at):
    feeding.polled(feeding.take_turn(feed.pk), items=1, kept=1, seconds=0.0045317789999899105)
    text = at("chantal").open(f"events/feed/{feed.pk}/change/").content.decode()
    assert "0.0 s" in text and "0.00453" not in text
    assert f"{timezone.now():%Y-%m-%d %H:}" in text and "p.m." not in text
