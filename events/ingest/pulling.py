"""Poll one feed: fetch it, fetch what is new in it, keep every report."""

from __future__ import annotations

from functools import cache

import structlog
from django.conf import settings

from events.ingest.drop import SCHEME, fetch_drop
from events.ingest.feeds import read_feed
from events.ingest.fetch import Fetched, FetchProblem, Turns, fetch
from events.ingest.items import FeedUnreadable, Item
from events.models import Feed, Report
from events.verbs import feeding
from events.verbs.reporting import keep_report

log = structlog.get_logger(__name__)
PLAIN = "text/plain; charset=utf-8"


@cache
def turns() -> Turns:
    """This process's politeness towards hosts."""
    return Turns()


def pull(feed_id: int, at_once: bool = False) -> int:
    """Poll a feed if it is its turn (or at once); return how many reports are new. Problems stand on the feed."""
    feed = feeding.take_turn(feed_id, at_once)
    if feed is None:
        return 0
    try:
        fetched = guarded(feed.url, feed.etag, feed.last_modified)
        items = [] if fetched.unchanged else read_feed(feed.kind, fetched.content, fetched.final_url)
    except (FetchProblem, FeedUnreadable) as problem:
        feeding.failed(feed, str(problem), getattr(problem, "retry_after", None))
        return 0
    new = sum(keep_item(feed, item) for item in unseen(feed, items))
    feeding.polled(feed, fetched.etag or feed.etag, fetched.last_modified or feed.last_modified, len(items))
    return new


def guarded(url: str, etag: str = "", last_modified: str = "") -> Fetched:
    """Fetch with the site's allowances and this process's politeness; folders are read from the drop root."""
    if url.startswith(SCHEME):
        return fetch_drop(url, settings.DATA_DIR / "drop")
    return fetch(
        url,
        etag=etag,
        last_modified=last_modified,
        allowed_hosts=settings.FEED_ALLOWED_HOSTS,
        turn=None if settings.FEED_ALLOWED_HOSTS else turns().wait,
    )


def unseen(feed: Feed, items: list[Item]) -> list[Item]:
    """Items whose address was not captured through this feed before, oldest first."""
    seen = set(
        Report.objects.filter(feed=feed, url__in=[item.url for item in items]).values_list("url", flat=True)
    )
    return [item for item in reversed(items) if item.url not in seen]


def keep_item(feed: Feed, item: Item) -> bool:
    """Fetch the item's page and keep it; without a page, keep what the feed says of it, with the problem."""
    try:
        page = guarded(item.url) if item.url else None
        problem = ""
    except FetchProblem as failure:
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
