"""What becomes of a feed when it is polled: its next turn, its health, its validators."""

from __future__ import annotations

from datetime import timedelta

from django.db.models import F
from django.utils import timezone

from events.models import Feed

LONGEST_PAUSE = timedelta(hours=24)


def due_feeds() -> list[int]:
    """Active feeds whose turn has come. Taking one moves its turn, so that no two workers poll it."""
    return list(
        Feed.objects.filter(active=True)
        .exclude(next_poll_at__gt=timezone.now())
        .order_by("next_poll_at")
        .values_list("pk", flat=True)
    )


def take_turn(feed_id: int, at_once: bool = False) -> Feed | None:
    """Take a feed's turn by moving it; None when it is paused or somebody else has it."""
    now = timezone.now()
    turn = (
        Feed.objects.filter(pk=feed_id)
        if at_once
        else Feed.objects.filter(pk=feed_id, active=True).exclude(next_poll_at__gt=now)
    )
    feed = Feed.objects.filter(pk=feed_id).select_related("source").first()
    if feed is None or not turn.update(
        next_poll_at=now + timedelta(minutes=feed.interval_minutes), polled_at=now
    ):
        return None
    return feed


def polled(feed: Feed, etag: str, last_modified: str, items: int) -> None:
    """A poll went well."""
    Feed.objects.filter(pk=feed.pk).update(
        succeeded_at=timezone.now(),
        failures=0,
        problem="",
        etag=etag[:300],
        last_modified=last_modified[:100],
        items_seen=F("items_seen") + items,
    )


def failed(feed: Feed, problem: str, retry_after: int | None = None) -> None:
    """A poll failed: the pause doubles with each failure, up to a day, or as long as the host asks."""
    pause = min(timedelta(minutes=feed.interval_minutes) * 2 ** min(feed.failures, 10), LONGEST_PAUSE)
    if retry_after:
        pause = max(pause, timedelta(seconds=min(retry_after, LONGEST_PAUSE.total_seconds())))
    Feed.objects.filter(pk=feed.pk).update(
        failures=F("failures") + 1, problem=problem[:2000], next_poll_at=timezone.now() + pause
    )
