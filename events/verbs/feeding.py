"""What becomes of a feed when it is polled: its next turn, its health, its validators."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.db.models import DateTimeField, DurationField, ExpressionWrapper, F, Q, Value
from django.utils import timezone

from events.models import Feed

LONGEST_PAUSE = timedelta(hours=24)
MINUTE = ExpressionWrapper(F("interval_minutes") * Value(timedelta(minutes=1)), output_field=DurationField())
# When a feed's interval is over since its last poll, as the interval is now.
ROUND = ExpressionWrapper(F("polled_at") + MINUTE, output_field=DateTimeField())


def its_turn(now: datetime) -> Q:
    """Feeds whose turn has come: planned, or due by an interval that was shortened since and no failure in between."""
    planned = Q(next_poll_at__isnull=True) | Q(next_poll_at__lte=now)
    return Q(active=True) & (planned | Q(failures=0, round__lte=now))


def due_feeds() -> list[int]:
    """Active feeds whose turn has come. Taking one moves its turn, so that no two workers poll it."""
    rows = Feed.objects.annotate(round=ROUND).filter(its_turn(timezone.now()))
    return list(rows.order_by("next_poll_at").values_list("pk", flat=True))


def take_turn(feed_id: int, at_once: bool = False) -> Feed | None:
    """Take a feed's turn by moving it; None when it is paused or somebody else has it."""
    now = timezone.now()
    turn = Feed.objects.filter(pk=feed_id)
    if not at_once:
        turn = turn.annotate(round=ROUND).filter(its_turn(now))
    feed = Feed.objects.filter(pk=feed_id).select_related("source").first()
    if feed is None or not turn.update(
        next_poll_at=now + timedelta(minutes=feed.interval_minutes), polled_at=now, polls=F("polls") + 1
    ):
        return None
    return feed


def polled(
    feed: Feed,
    *,
    etag: str = "",
    last_modified: str = "",
    items: int = 0,
    kept: int = 0,
    seconds: float | None = None,
    problem: str = "",
    again: bool = False,
) -> None:
    """A poll went well. `again`: it was cut short, and its turn comes back at once."""
    values = {"next_poll_at": timezone.now()} if again else {}
    Feed.objects.filter(pk=feed.pk).update(
        succeeded_at=timezone.now(),
        failures=0,
        problem=problem[:2000],
        etag=etag[:300],
        last_modified=last_modified[:100],
        items_seen=F("items_seen") + items,
        reports_kept=F("reports_kept") + kept,
        seconds=seconds,
        **values,
    )


def failed(feed: Feed, problem: str, retry_after: int | None = None) -> None:
    """A poll failed: the pause doubles with each failure, up to a day, or as long as the host asks."""
    pause = min(timedelta(minutes=feed.interval_minutes) * 2 ** min(feed.failures, 10), LONGEST_PAUSE)
    if retry_after:
        pause = max(pause, timedelta(seconds=min(retry_after, LONGEST_PAUSE.total_seconds())))
    Feed.objects.filter(pk=feed.pk).update(
        failures=F("failures") + 1,
        polls_failed=F("polls_failed") + 1,
        problem=problem[:2000],
        next_poll_at=timezone.now() + pause,
    )
