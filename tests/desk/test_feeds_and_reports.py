"""Feeds in the admin: poll, pause, resume. Reports: read-only, marked, sent through again."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from events.admin.spans import marked
from events.models import Feed, Proposal, Report, Source, Trace
from tests.desk.browsing import errors


@pytest.fixture
def feed(desk):
    wire = Source.objects.create(slug="wire", name="Example Wire")
    return Feed.objects.create(source=wire, kind="rss", url="https://example.org/feed", active=True)


@pytest.fixture
def report(feed):
    return Report.objects.create(
        feed=feed,
        source=feed.source,
        url="javascript:alert(1)",
        sha256="0" * 64,
        content=b"<p>Ten <b>men</b> were killed in Kidal.</p>",
        text="Ten <b>men</b> were killed in Kidal.",
        title="Ten killed",
        fetched_at=datetime(2025, 6, 14, tzinfo=UTC),
        state="set_aside",
        problem="gave up after 5 attempts",
    )


@pytest.fixture
def sent(monkeypatch):
    """What was handed to the broker."""
    tasks: list[tuple] = []
    monkeypatch.setattr(
        "events.verbs.enqueue.current_app.send_task",
        lambda name, args, **options: tasks.append((name, *args)),
    )
    return tasks


def act(desk, feed, name, **values):
    form = desk.form(f"events/feed/acts/{name}/?ids={feed.pk}", "act_form")
    return form.send(**values)


def test_poll_now_sends_the_task_by_name(feed, at, sent):
    assert act(at("chantal"), feed, "poll").status_code == 302
    assert sent == [("events.tasks.pull", feed.pk, True)]
    assert Trace.objects.filter(subject=f"feed:{feed.pk}", verb="poll").exists()


def test_a_broker_that_does_not_answer_is_said_and_nothing_is_traced(feed, at, monkeypatch):
    def dead(*args, **options):
        raise OSError("no broker")

    monkeypatch.setattr("events.verbs.enqueue.current_app.send_task", dead)
    refused = act(at("tiemoko"), feed, "poll")
    assert (refused.status_code, "a broker that takes tasks" in errors(refused)) == (503, True)
    assert not Trace.objects.filter(verb="poll").exists()


def test_pause_and_resume_leave_their_traces(feed, at):
    assert act(at("chantal"), feed, "pause", reason="The site is down").status_code == 302
    feed.refresh_from_db()
    assert feed.active is False
    assert Trace.objects.filter(subject=f"feed:{feed.pk}").first().change["fields"] == {
        "active": [True, False]
    }
    assert at("chantal").open(f"events/feed/acts/pause/?ids={feed.pk}").status_code == 404
    act(at("chantal"), feed, "resume", reason="It is back")
    feed.refresh_from_db()
    assert feed.active is True


def test_an_editor_looks_at_feeds_and_does_not_run_them(feed, at):
    assert at("aminata").open(f"events/feed/{feed.pk}/change/").status_code == 200
    assert at("aminata").open(f"events/feed/acts/pause/?ids={feed.pk}").status_code == 404


def test_a_report_is_read_only_marked_and_never_html(report, at):
    Proposal.objects.create(
        report=report,
        extraction={
            "claims": [{"start": 0, "end": 3, "measure": "killed", "low": 10, "rule": "number"}],
            "incidents": [],
        },
    )
    page = at("aminata").open(f"events/report/{report.pk}/change/")
    text = page.content.decode()
    assert page.status_code == 200
    assert (
        '<mark class="found claims" title="claims: killed, 10 (number)">Ten</mark> &lt;b&gt;men&lt;/b&gt;'
        in text
    )
    assert "<td>Ten</td><td>killed, 10 (number)</td>" in text
    assert 'href="javascript' not in text
    posted = at("aminata").client.post(
        f"/admin/events/report/{report.pk}/change/", {"title": "Nothing", "reason": "x"}
    )
    assert posted.status_code == 404


def test_a_report_set_aside_goes_through_again(report, at, sent, people):
    desk = at("aminata")
    form = desk.form(f"events/report/acts/retry/?ids={report.pk}", "act_form")
    assert form.send(reason="The parser was mended").status_code == 302
    report.refresh_from_db()
    assert (report.state, report.problem, sent) == ("read", "", [("events.tasks.extract", report.pk)])
    assert desk.open(f"events/report/acts/retry/?ids={report.pk}").status_code == 404


@pytest.mark.parametrize(
    ("spans", "kinds"),
    [
        ([(0, 3), (2, 5)], ["claims", ""]),
        ([(4, 99)], [""]),
        ([(3, 3), (5, 4)], [""]),
        ([(0, 10)], ["claims"]),
    ],
)
def test_spans_that_overlap_or_do_not_fit_never_lose_text(spans, kinds):
    pieces = marked("0123456789", {"claims": [{"start": start, "end": end} for start, end in spans]})
    assert "".join(piece.text for piece in pieces) == "0123456789"
    assert [piece.kind for piece in pieces] == kinds
