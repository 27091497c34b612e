"""enter_text, enter_file, want_address: an editor brings a report by hand; what it says is read by the worker alone."""

from __future__ import annotations

import hashlib
from datetime import datetime

from django.contrib.auth.models import User
from django.db import IntegrityError, transaction
from django.utils import timezone

from conflict.kit.problems import Problem, Refused
from events.codes import ReportState
from events.models import Report, Source
from events.policy import Act, readable_sources, refuse_unless, shown_role
from events.verbs.enqueue import after_commit
from events.verbs.fitness import ADDRESS
from events.verbs.reporting import ADDRESS_ALONE, NEXT_TASK, finish, keep_report, set_aside
from events.verbs.tracing import trace

LARGEST_FILE = 20_000_000
SHORTEST_TEXT = 20
LONGEST_TEXT = 200_000
LONGEST_ADDRESS = 2_000
PLAIN = "text/plain; charset=utf-8"


def enter_text(
    source: Source,
    text: str,
    *,
    by: User | None,
    url: str = "",
    title: str = "",
    published_at: datetime | None = None,
) -> tuple[Report, bool]:
    """Keep a text that was pasted, exactly. (report, whether it is new). Raises Refused."""
    refuse_who_may_not(source, by)
    refuse_address(url)
    if not SHORTEST_TEXT <= len(text.strip()) <= LONGEST_TEXT:
        valid = f"{SHORTEST_TEXT} to {LONGEST_TEXT:,} characters; it has {len(text.strip()):,}"
        raise Refused(Problem("text", text[:60], valid))
    return kept(source, text.encode(), PLAIN, by, url=url, title=title, published_at=published_at)


def enter_file(
    source: Source,
    content: bytes,
    content_type: str,
    *,
    name: str,
    by: User | None,
    url: str = "",
    title: str = "",
    published_at: datetime | None = None,
) -> tuple[Report, bool]:
    """Keep the bytes of a file; `content_type` says of which format its name promises it to be. Raises Refused."""
    refuse_who_may_not(source, by)
    refuse_address(url)
    if not content:
        raise Refused(Problem("file", name, "a file that is not empty"))
    if len(content) > LARGEST_FILE:
        valid = f"a file of at most {LARGEST_FILE:,} bytes; it has {len(content):,}"
        raise Refused(Problem("file", name, valid))
    return kept(source, content, content_type, by, url=url, title=title, published_at=published_at)


def kept(
    source: Source, content: bytes, content_type: str, by: User | None, **told: object
) -> tuple[Report, bool]:
    """Keep it, with the editor's name in the trace."""
    role = shown_role(by) if by else "editor"
    return keep_report(source=source, content=content, content_type=content_type, role=role, by=by, **told)  # type: ignore[arg-type]


@transaction.atomic
def want_address(
    source: Source,
    url: str,
    *,
    by: User | None,
    title: str = "",
    published_at: datetime | None = None,
) -> tuple[Report, bool]:
    """Ask the worker to fetch an address: the web process never reaches the network. Raises Refused."""
    refuse_who_may_not(source, by)
    refuse_address(url, needed=True)
    content = url.encode()
    report, new = Report.objects.get_or_create(
        feed=None,
        sha256=hashlib.sha256(content).hexdigest(),
        defaults={
            "source": source,
            "url": url,
            "content": content,
            "content_type": ADDRESS_ALONE,
            "fetched_at": timezone.now(),
            "published_at": published_at,
            "title": title[:500],
            "state": ReportState.WANTED,
            "due_at": timezone.now(),
        },
    )
    if new:
        trace("want_report", report, by=by, role=shown_role(by) if by else "editor", change={"url": url})
        after_commit(NEXT_TASK[ReportState.WANTED], report.pk)
    return report, new


def got(
    report: Report, content: bytes, content_type: str, final_url: str, headers: dict[str, str], at: datetime
) -> None:
    """The worker has the document: it takes the place of its address, once. The same bytes twice are set aside."""
    try:
        with transaction.atomic():
            finish(
                report,
                ReportState.NEW,
                content=content,
                sha256=hashlib.sha256(content).hexdigest(),
                content_type=content_type[:100],
                final_url=final_url,
                headers=headers,
                fetched_at=at,
            )
    except IntegrityError:
        same = Report.objects.filter(feed=None, sha256=hashlib.sha256(content).hexdigest()).first()
        set_aside(report, f"the same document is report {same.pk if same else ''} already")


def refuse_who_may_not(source: Source, by: User | None) -> None:
    """Editors bring reports, of sources that they may know of."""
    refuse_unless(by, Act.OPERATE, Report())
    if by is not None and not Source.objects.filter(readable_sources(by), pk=source.pk).exists():
        raise Refused(Problem("source", source.pk, "one that exists"), status=404)


def refuse_address(url: str, needed: bool = False) -> None:
    """An address that a browser could open."""
    if not url and not needed:
        return
    if len(url) > LONGEST_ADDRESS or "@" in url.split("?")[0] or not ADDRESS.fullmatch(url):
        valid = f"an address that begins with http:// or https://, without user or blanks, at most {LONGEST_ADDRESS} characters"
        raise Refused(Problem("url", url, valid))
