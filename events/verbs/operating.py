"""What people do with feeds: pause, resume, poll at once."""

from __future__ import annotations

from django.contrib.auth.models import User
from django.db import transaction

from conflict.kit.problems import Problem, Refused
from events.models import Feed, Trace
from events.policy import Act, refuse_unless, shown_role
from events.verbs.editing import revise
from events.verbs.enqueue import send
from events.verbs.tracing import trace

PULL = "events.tasks.pull"


def pause(feed: Feed, *, by: User | None, reason: str) -> Trace | None:
    """Stop polling a feed. Raises Refused."""
    return switched(feed, False, by, reason)


def resume(feed: Feed, *, by: User | None, reason: str) -> Trace | None:
    """Poll a feed again from its next turn on. Raises Refused."""
    return switched(feed, True, by, reason)


def switched(feed: Feed, active: bool, by: User | None, reason: str) -> Trace | None:
    """Set whether a feed is polled."""
    refuse_unless(by, Act.OPERATE, feed)
    feed.active = active
    return revise(feed, by=by, reason=reason)


def poll_now(feed: Feed, *, by: User | None, reason: str = "") -> None:
    """Ask the worker to poll a feed at once, paused or not. Raises Refused (503) when the broker does not answer."""
    refuse_unless(by, Act.OPERATE, feed)
    with transaction.atomic():
        trace("poll", feed, by=by, role=shown_role(by) if by else "", reason=reason)
        if not send(PULL, feed.pk, True):
            raise Refused(
                Problem(
                    "broker", "no answer", "a broker that takes tasks: try again, or wait for the feed's turn"
                ),
                status=503,
            )
