"""The health of what comes in, on one page: each feed's last success, items, errors and latency; the queue; what was set aside."""

from __future__ import annotations

from datetime import datetime
from typing import Any, NamedTuple

from django.db.models import Count, Min, Q
from django.http import Http404, HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils import timezone

from events.admin.ingestion import ago, kind_named, latency
from events.admin.site import desk
from events.codes import ReportState
from events.models import Feed, Report
from events.policy import Act, may, may_thing

WAITING = (ReportState.WANTED, ReportState.NEW, ReportState.READ)


class FeedRow(NamedTuple):
    """One feed as the page shows it."""

    feed: Feed
    kind: str
    state: str
    succeeded: str
    polled: str
    turn: str
    errors: str
    latency: str
    links: list[tuple[str, str]]


class QueueRow(NamedTuple):
    """One state of reports: how many, and since when the one longest in it was due."""

    label: str
    count: int
    since: str
    url: str


def feed_health(request: HttpRequest) -> HttpResponse:
    """The page. Feeds of sources that this person may not know of are left out."""
    if not may_thing(request.user, Act.READ, "feed"):
        raise Http404
    feeds = visible(request.user)
    rows = [feed_row(feed, request.user) for feed in feeds]
    context = {
        **desk.each_context(request),
        "title": "Health of feeds",
        "rows": sorted(
            rows, key=lambda row: (not row.feed.failures, not row.feed.active, row.feed.source.name)
        ),
        "counts": counts(feeds),
        "queue": queue() if may_thing(request.user, Act.READ, "report") else [],
    }
    return TemplateResponse(request, "admin/feed_health.html", context)


def visible(user: Any) -> list[Feed]:
    """The feeds that this person may know of."""
    rows = Feed.objects.select_related("source")
    return list(rows if may_thing(user, Act.SEE_HIDDEN, "source") else rows.filter(source__public=True))


def feed_row(feed: Feed, user: Any) -> FeedRow:
    """One feed in words."""
    return FeedRow(
        feed=feed,
        kind=kind_named(feed),
        state=state_of(feed),
        succeeded=ago(feed.succeeded_at),
        polled=ago(feed.polled_at),
        turn=f"{feed.next_poll_at:%d %b %H:%M}" if feed.active and feed.next_poll_at else "–",
        errors=f"{feed.polls_failed} of {feed.polls}",
        latency=latency(feed),
        links=links(feed) if may(user, Act.OPERATE, feed) else [],
    )


def state_of(feed: Feed) -> str:
    """Paused, failing, late, never polled or well."""
    if not feed.active:
        return "paused"
    if feed.failures:
        return f"failing, {feed.failures} times in a row"
    if feed.succeeded_at is None:
        return "never polled"
    return "late" if late(feed, timezone.now()) else "well"


def late(feed: Feed, now: datetime) -> bool:
    """Whether a feed's turn is over by more than its own interval: beat or the workers stand still."""
    return (
        feed.next_poll_at is not None
        and (now - feed.next_poll_at).total_seconds() > 60 * feed.interval_minutes
    )


def links(feed: Feed) -> list[tuple[str, str]]:
    """What may be done with a feed: (label, address of the page that asks why)."""
    acts = [("Poll now", "poll"), ("Pause", "pause") if feed.active else ("Resume", "resume")]
    return [(label, f"{reverse('admin:events_feed_act', args=[name])}?ids={feed.pk}") for label, name in acts]


def counts(feeds: list[Feed]) -> dict[str, int]:
    """How many feeds are in which state."""
    return {
        "feeds": len(feeds),
        "active": sum(feed.active for feed in feeds),
        "failing": sum(feed.active and feed.failures > 0 for feed in feeds),
        "reports": sum(feed.reports_kept for feed in feeds),
    }


def queue() -> list[QueueRow]:
    """Reports that wait for a step, and those that were set aside."""
    shown = [*WAITING, ReportState.SET_ASIDE]
    found = {
        row["state"]: row
        for row in Report.objects.filter(state__in=shown)
        .order_by()
        .values("state")
        .annotate(n=Count("pk"), since=Min("due_at", filter=~Q(state=ReportState.SET_ASIDE)))
    }
    return [queue_row(state, found.get(state, {})) for state in shown]


def queue_row(state: ReportState, row: dict[str, Any]) -> QueueRow:
    """One state, with the way to its reports."""
    url = f"{reverse('admin:events_report_changelist')}?state__exact={state.value}"
    return QueueRow(state.en, row.get("n", 0), ago(row["since"]) if row.get("since") else "–", url)
