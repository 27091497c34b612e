"""Poll one feed: fetch it, fetch what is new in it, keep every report."""

from __future__ import annotations

import time
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta

import structlog
from django.conf import settings
from django.db.models import Max
from django.utils import timezone

from events.ingest.drop import SCHEME, fetch_drop
from events.ingest.feeds import read_feed
from events.ingest.fetch import Fetched, FetchProblem, fetch
from events.ingest.items import FeedUnreadable, Item
from events.ingest.turns import asked_before, shared_turn
from events.models import Feed, Report
from events.verbs import feeding
from events.verbs.reporting import keep_report

log = structlog.get_logger(__name__)
PLAIN = "text/plain; charset=utf-8"
# A poll ends well within the time that a task may take; what is left waits for the next one.
LONGEST_POLL = 240.0
# A page that a server in trouble did not give is asked for again as long as the article is this young.
PATIENCE = timedelta(hours=6)
IN_TROUBLE = ("http_5", "http_429", "slow", "unreachable", "busy")


@dataclass(slots=True)
class Poll:
    """What one poll brought: reports kept, pages to be asked for again, whether time ran out."""

    kept: int = 0
    missed: int = 0
    cut: bool = False


def pull(feed_id: int, at_once: bool = False) -> int:
    """Poll a feed if it is its turn (or at once); return how many reports are new. Problems stand on the feed."""
    feed = feeding.take_turn(feed_id, at_once)
    if feed is None:
        return 0
    try:
        fetched = guarded(feed.url, feed.etag, feed.last_modified)
        items = [] if fetched.unchanged else read_feed(feed.kind, fetched.content, fetched.final_url)
        poll = keep_items(feed, items)
    except (FetchProblem, FeedUnreadable) as problem:
        feeding.failed(feed, str(problem), getattr(problem, "retry_after", None))
        return 0
    except Exception as problem:  # a feed that trips over its own content must show that on the health page
        log.exception("polling failed", feed=feed_id)
        feeding.failed(feed, repr(problem))
        return 0
    note(feed, fetched, items, poll)
    return poll.kept


def note(feed: Feed, fetched: Fetched, items: list[Item], poll: Poll) -> None:
    """Write down how a poll went. Its validators count only when nothing is left to be asked for."""
    whole = not poll.cut and not poll.missed
    feeding.polled(
        feed,
        etag=(fetched.etag or feed.etag) if whole else "",
        last_modified=(fetched.last_modified or feed.last_modified) if whole else "",
        items=len(items),
        kept=poll.kept,
        seconds=fetched.seconds,
        problem=f"{poll.missed} pages were not answered; they are asked for again" if poll.missed else "",
        again=poll.cut,
    )


def guarded(url: str, etag: str = "", last_modified: str = "") -> Fetched:
    """Fetch with the site's allowances and the workers' politeness; folders are read from the drop root."""
    if url.startswith(SCHEME):
        return fetch_drop(url, settings.DATA_DIR / "drop")
    return fetch(
        url,
        etag=etag,
        last_modified=last_modified,
        allowed_hosts=settings.FEED_ALLOWED_HOSTS,
        turn=turn_at,
    )


def turn_at(host: str) -> float:
    """Politeness towards hosts of others; our own, on private networks, need none."""
    return 0.0 if host in settings.FEED_ALLOWED_HOSTS else shared_turn(host)


def keep_items(feed: Feed, items: list[Item]) -> Poll:
    """Keep what is new or was corrected, oldest first, until time runs out."""
    poll, deadline = Poll(), time.monotonic() + LONGEST_POLL
    for item in wanted(feed, items):
        if time.monotonic() > deadline:
            poll.cut = True
            break
        try:
            poll.kept += keep_item(feed, item)
        except FetchProblem:
            poll.missed += 1
    return poll


def wanted(feed: Feed, items: list[Item]) -> Iterator[Item]:
    """Items that were not captured through this feed, or have been updated since, oldest first."""
    captured = dict(
        Report.objects.filter(feed=feed, url__in=[item.url for item in items if item.url])
        .values_list("url")
        .annotate(at=Max("fetched_at"))
        .order_by()
    )
    now = timezone.now()
    for item in reversed(items):
        at = captured.get(item.url)
        corrected = at is not None and corrected_since(item, at, now)
        if at is None or (corrected and not asked_before(feed.pk, item.url, str(item.updated))):
            yield item


def corrected_since(item: Item, captured: datetime, now: datetime) -> bool:
    """Whether a feed says that an article was changed after we had it; dates to come are mistakes."""
    return item.updated is not None and captured < item.updated <= now


def keep_item(feed: Feed, item: Item) -> bool:
    """Fetch the item's page and keep it; without a page, keep what the feed says of it, with the problem.

    Raises FetchProblem for a young article whose server is in trouble.
    """
    try:
        page = guarded(item.url) if item.url else None
        problem = ""
    except FetchProblem as failure:
        if passing(failure, item):
            raise
        page, problem = None, f"article not fetched: {failure}"
    _, created = keep_report(
        feed=feed,
        source=feed.source,
        url=item.url,
        final_url=page.final_url if page else "",
        content=page.content if page else f"{item.title}\n\n{item.summary}".encode(),
        content_type=page.headers.get("content-type", "") if page else PLAIN,
        headers=page.headers if page else {},
        fetched_at=page.fetched_at if page else None,
        published_at=item.published,
        title=item.title,
        problem=problem,
    )
    return created


def passing(failure: FetchProblem, item: Item) -> bool:
    """Whether it is worth asking again for a page later."""
    young = item.published is not None and timezone.now() - item.published < PATIENCE
    return young and failure.code.startswith(IN_TROUBLE)
