"""What waits for a person: the desk's first page."""

from __future__ import annotations

from typing import Any, NamedTuple

from django.db.models import Q, QuerySet
from django.urls import reverse

from actors.models import Actor
from events.admin.filters import changed_since
from events.codes import ReportState, State
from events.models import Feed, Incident, Proposal, Report
from events.policy import Act, may_thing, readable_incidents

MOST_COUNTED = 1000


class Queue(NamedTuple):
    """A list of work with its length (capped: `1000+`)."""

    name: str
    count: str
    url: str
    note: str


def waiting(user: Any) -> list[Queue]:
    """The queues that this person may see, in the order of the work."""
    mine = Incident.objects.filter(readable_incidents(user))
    queues = [queue(*work) for work in incident_work(mine)]
    if may_thing(user, Act.PUBLISH, "actor"):
        actors = changed_since(Actor.objects.filter(merged_into__isnull=True))
        queues.append(
            queue("Actors changed since", actors, "actor", "publication=changed", "to publish", "actors")
        )
    if may_thing(user, Act.REVISE, "proposal"):
        proposals = Proposal.objects.filter(readable_reports(user), state="open")
        queues.append(queue("Proposals", proposals, "proposal", "state__exact=open", "to review"))
    if may_thing(user, Act.READ, "report"):
        aside = Report.objects.filter(state=ReportState.SET_ASIDE)
        queues.append(
            queue("Reports set aside", aside, "report", "state__exact=set_aside", "could not be read")
        )
    if may_thing(user, Act.READ, "feed"):
        failing = Feed.objects.filter(active=True, failures__gt=0)
        queues.append(queue("Feeds failing", failing, "feed", "health=failing", "last poll went wrong"))
    return queues


def readable_reports(user: Any) -> Q:
    """The condition under which a person may know of a proposal's report."""
    return Q() if may_thing(user, Act.SEE_HIDDEN, "source") else Q(report__source__public=True)


def incident_work(mine: QuerySet) -> list[tuple[str, QuerySet, str, str, str]]:
    """The stations of an incident on its way into the record: (name, rows, model, query of the list, note)."""
    drafts, state = mine.filter(state=State.DRAFT), "state__exact"
    people, machine = drafts.filter(author__isnull=False), drafts.filter(author__isnull=True)
    named = "incident"
    return [
        ("Drafts by people", people, named, f"{state}=draft&mine=people", "to complete and submit"),
        ("Drafts by the machine", machine, named, f"{state}=draft&mine=machine", "proposed from reports"),
        ("In review", mine.filter(state=State.IN_REVIEW), named, f"{state}=in_review", "for a second person"),
        ("Approved", mine.filter(state=State.APPROVED), named, f"{state}=approved", "to publish"),
        (
            "Published, changed since",
            changed_since(mine),
            named,
            "publication=changed",
            "older revision is out",
        ),
    ]


def queue(name: str, rows: QuerySet, model: str, query: str, note: str, app: str = "events") -> Queue:
    """One queue; counting stops at MOST_COUNTED."""
    found = rows.order_by()[: MOST_COUNTED + 1].count()
    count = f"{MOST_COUNTED}+" if found > MOST_COUNTED else str(found)
    return Queue(name, count, f"{reverse(f'admin:{app}_{model}_changelist')}?{query}", note)
