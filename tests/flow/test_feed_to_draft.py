"""One flow, alive end to end: a local HTTP server, Redis, a real worker as sahel_worker, the admin."""

from __future__ import annotations

import pytest
from django.contrib.auth.models import User
from django.core.cache import cache
from django.core.management import call_command
from django.test import Client

from events.models import Claim, Feed, Incident, Proposal, Report, Source, Trace
from events.tasks import HEARTBEAT
from events.verbs.enqueue import send
from tests.conftest import wait_until

ARTICLE = """<html lang="en"><head><title>Convoy attacked near Aguelhok</title>
<meta property="article:published_time" content="2024-11-16T10:00:00Z"></head><body><article>
<h1>Convoy attacked near Aguelhok</h1>
<p>Separatist fighters ambushed a Malian army convoy near Aguelhok in the northern Kidal region on Friday.</p>
<p>The Malian army said at least ten separatists were killed. The Azawad Liberation Front acknowledged the loss of
three of its own members and said it had killed dozens of soldiers. The convoy of 30 vehicles was turned back.</p>
</article></body></html>"""
FEED = """<?xml version="1.0"?><rss version="2.0"><channel><title>Wire</title><link>{base}</link><description>d</description>
<item><title>Convoy attacked near Aguelhok</title><link>{base}/convoy</link><guid>1</guid>
<pubDate>Sat, 16 Nov 2024 10:00:00 GMT</pubDate><description>Ambush in Kidal.</description></item>
<item><title>Gone</title><link>{base}/gone</link><guid>2</guid><pubDate>Sat, 16 Nov 2024 11:00:00 GMT</pubDate>
<description>x</description></item></channel></rss>"""


@pytest.fixture
def wire(database, httpserver) -> Feed:
    """A feed with one article and one dead link, on a desk that knows the registry."""
    call_command("load_sample", verbosity=0)
    base = httpserver.url_for("").rstrip("/")
    httpserver.expect_request("/feed").respond_with_data(
        FEED.format(base=base), content_type="application/rss+xml"
    )
    httpserver.expect_request("/convoy").respond_with_data(ARTICLE, content_type="text/html; charset=utf-8")
    httpserver.expect_request("/gone").respond_with_data("no", status=404)
    source = Source.objects.create(slug="wire", name="Example Wire")
    return Feed.objects.create(source=source, kind="rss", url=f"{base}/feed", active=True)


def drafts():
    return Incident.objects.filter(state="draft", claims__report__isnull=False).distinct()


def test_a_polled_feed_becomes_a_draft_that_an_editor_sees_in_the_admin(wire, worker):
    assert send("events.tasks.pull_due")
    wait_until(lambda: Proposal.objects.exists(), 60, "no proposal", worker)
    report = Report.objects.get(url__endswith="/convoy")
    assert (report.state, report.language, len(report.sha256)) == ("proposed", "en", 64)
    assert bytes(report.content).decode() == ARTICLE
    draft = drafts().get()
    assert (draft.country, draft.event_type, draft.date_start.isoformat()) == ("MLI", "battle", "2024-11-15")
    claims = Claim.objects.filter(incident=draft, measure="killed")
    assert {(claim.quantifier, claim.low, claim.status) for claim in claims} >= {
        ("at_least", 10, "pending"),
        ("exact", 3, "pending"),
        ("dozens", 24, "pending"),
    }
    assert not Claim.objects.filter(incident=draft, low=30).exists(), "a convoy's size is no claim"
    for claim in claims:
        assert claim.phrase in report.text[claim.span_start : claim.span_end]
    User.objects.create_superuser("chief", password="a-long-enough-one")
    browser = Client(headers={"host": "localhost"})
    assert browser.login(username="chief", password="a-long-enough-one")
    page = browser.get(f"/admin/events/incident/{draft.pk}/change/")
    assert page.status_code == 200
    assert b"at least ten" in page.content
    wire.refresh_from_db()
    assert (wire.failures, wire.items_seen, wire.problem) == (0, 2, "")


def test_what_cannot_be_read_is_set_aside_with_its_problem(wire, worker):
    send("events.tasks.pull_due")
    wait_until(
        lambda: Report.objects.filter(url__endswith="/gone", state="set_aside").exists(),
        60,
        "not set aside",
        worker,
    )
    assert "characters" in Report.objects.get(url__endswith="/gone").problem


def test_polling_again_and_running_every_task_twice_changes_nothing(wire, worker):
    send("events.tasks.pull_due")
    wait_until(lambda: Proposal.objects.exists(), 60, "no proposal", worker)
    report = Report.objects.get(url__endswith="/convoy")
    counts = (
        Report.objects.count(),
        Proposal.objects.count(),
        Incident.objects.count(),
        Claim.objects.count(),
    )
    for _ in range(2):
        send("events.tasks.pull", wire.pk, True)
        send("events.tasks.read", report.pk)
        send("events.tasks.extract", report.pk)
    cache.delete(HEARTBEAT)
    send("events.tasks.heartbeat")
    wait_until(lambda: cache.get(HEARTBEAT) is not None, 30, "the queue has no end", worker)
    again = (
        Report.objects.count(),
        Proposal.objects.count(),
        Incident.objects.count(),
        Claim.objects.count(),
    )
    assert again == counts


def test_a_machine_has_published_nothing(wire, worker):
    send("events.tasks.pull_due")
    wait_until(lambda: Proposal.objects.exists(), 60, "no proposal", worker)
    assert not Trace.objects.filter(role="worker", publication__isnull=False).exists()
    answer = Client(headers={"host": "localhost"}).get("/api/v1/publications").json()
    assert [publication["number"] for publication in answer["data"]] == [1]
