"""/api/v1/changes: what each publication changed, in order, for copies that stay up to date without loss."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from heapq import merge
from itertools import islice
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from rest_framework.views import APIView

from conflict.kit.addresses import address_with
from conflict.kit.choices import read_choice
from conflict.kit.numbers import read_int
from conflict.kit.problems import Problem, Refused
from events.answers.differences import Books, actor_facts, between, between_actors
from events.answers.envelope import envelope, json_answer, tagged, unchanged
from events.answers.estimates import named
from events.api.asking import LARGEST, Keyset, filtered, own, pinned
from events.claims.rules import REPORTED
from events.contract.operations import Answer, Operation
from events.contract.parameters import AS_OF, CURSOR, FILTER_PARAMETERS, LANG, choice, number
from events.contract.schemas import shape
from events.query.incidents import BoundQuery, joined
from events.record import history
from events.record.history import Condition
from events.record.known import Known
from events.rows import Row, chosen, json_row

ALL = chosen(())
SUBJECTS = ("all", "incident", "actor")
OWN = {
    "since": (lambda name, text: read_int(name, text, 0, LARGEST), 0),
    "subject": (lambda name, text: read_choice(name, text, SUBJECTS), "all"),
}
# `since` is a publication here, so that the days of an incident can't be asked for.
NOT_HERE = ("until",)


class Changes(APIView):
    """Created, corrected, retracted, merged, redacted: incidents and actors, in order of publication."""

    describes = Operation(
        tag="History",
        summary="What was published after a publication",
        meaning=(
            "For copies that stay up to date: begin with `since=0`, follow `next`, keep the last `publication`, and ask "
            "again with it. Within a publication actors come first. `matches` false: the incident does not meet the "
            "filters any more, a copy under the same filters drops it. In an incident the actors are named as known at "
            "its publication; `slug` leads to the actor in your copy, and a merged one to its `target`."
        ),
        parameters=(
            number("since", "Publication that the copy is at.", 0, LARGEST, 0),
            choice("subject", SUBJECTS, "all", "Changes of incidents, of actors, or of both."),
            *(item for item in FILTER_PARAMETERS if item.name not in ("since", *NOT_HERE)),
            AS_OF,
            number("limit", "Changes per page.", 1, 10_000, 100),
            CURSOR,
            LANG,
        ),
        answer=Answer("Changes in order of publication.", shape("Changes"), headers=("Link",)),
    )

    def get(self, request: HttpRequest) -> HttpResponseBase:
        """A page may end inside a publication; `next` continues behind the last change shown."""
        given = own(request, OWN)
        asked = filtered(request, tuple(OWN), ("as_of", "limit", "cursor", "lang"), NOT_HERE)
        keyset = Keyset("changes", asked, given)
        position = keyset.read(asked.cursor)
        query = pinned(asked, position)
        refuse_ahead(given["since"], query.known)
        if found := unchanged(request, query.known):
            return found
        after = position[1:] or history.positions(given["since"])
        shown, more, reached = page(query, given["subject"], after)
        following = address_with(request, cursor=keyset.sign(query.known.number, reached)) if more else None
        return tagged(answer(request, query, shown, following), request, query.known)


def refuse_ahead(since: int, at: Known) -> None:
    """Refuse a copy that is at a publication which is not there: it followed another record, or one that was set back.

    An empty page would leave it as it is for good.
    """
    if since > at.latest:
        raise Refused(
            Problem("since", since, f"a publication that there is, up to {at.latest}; 0 begins a copy anew")
        )


def answer(
    request: HttpRequest, query: BoundQuery, shown: list[dict[str, Any]], following: str | None
) -> HttpResponse:
    """The page with the link to the next one."""
    datasets = {change["incident"]["dataset"] for change in shown if "incident" in change}
    response = json_answer(
        envelope(request, query, shown, datasets, next=following, estimate=named(REPORTED))
    )
    if following:
        response["Link"] = f'<{following}>; rel="next"'
    return response


def page(query: BoundQuery, subject: str, after: list[int]) -> tuple[list[dict[str, Any]], bool, list[int]]:
    """(changes, whether there are more, the ids of actor version, incident version and redaction that were reached)."""
    wanted = query.asked.limit + 1
    asked, until = condition(query), query.known.number
    actors = history.actor_changes(after[0], until, wanted) if subject != "incident" else []
    incidents = history.incident_changes(after[1], until, wanted, asked) if subject != "actor" else []
    redactions = history.redaction_changes(after[2], until, wanted, asked) if subject != "actor" else []
    streams = (
        placed(0, actors, "known_from", "version_id"),
        placed(1, incidents, "known_from", "version_id"),
        placed(2, redactions, "publication", "redaction"),
    )
    taken = list(islice(merge(*streams, key=lambda item: item[:3]), wanted))
    shown = taken[: query.asked.limit]
    reached = list(after)
    for _, stream, key, _row in shown:
        reached[stream] = key
    return written(query, shown), len(taken) > len(shown), reached


def placed(
    stream: int, rows: Iterable[Row], number_column: str, key: str
) -> Iterator[tuple[int, int, int, Row]]:
    """Rows with their place: publication, stream, id."""
    return ((row[number_column], stream, row[key], row) for row in rows)


def condition(query: BoundQuery) -> Condition:
    """The filters as a condition on a published version, whenever it was known."""
    parts = query.predicates()
    together = joined(parts)
    sql = f"state = 'published' AND {together.sql}" if parts else "state = 'published'"
    # A tombstone meets no filter but says to every copy what became of its incident through the version before.
    return Condition(sql, tuple(together.params))


def written(query: BoundQuery, shown: list[tuple[int, int, int, Row]]) -> list[dict[str, Any]]:
    """The changes as JSON, in order."""
    books = Books(query.known.number, query.known.stamp)
    incidents = history.versions_before([row for _, stream, _, row in shown if stream == 1])
    actors = history.actors_before([row for _, stream, _, row in shown if stream == 0])
    lang = query.asked.lang
    return [
        actor_change(row, actors.get(key), books, lang)
        if stream == 0
        else incident_change(row, incidents.get(key), books, lang)
        if stream == 1
        else redaction(row, books, lang)
        for _, stream, key, row in shown
    ]


def kind_of(row: Row, old: Row | None) -> str:
    """What happened to an incident or actor with this version."""
    if row["state"] != "published":
        return row["state"]
    return "corrected" if old and old["state"] == "published" else "created"


def brought(row: Row, subject: str, change: str, number_column: str = "known_from") -> dict[str, Any]:
    """What every change says."""
    return {
        "change": change,
        "subject": subject,
        "version": row["version"],
        "publication": row[number_column],
        "at": row["brought_at"].isoformat(),
        "reason": row["reason"],
    }


def incident_change(row: Row, old: Row | None, books: Books, lang: str) -> dict[str, Any]:
    """One incident version: what it is now, and what a correction changed."""
    kind = kind_of(row, old)
    body = {**brought(row, "incident", kind), "id": row["id"], "matches": row["meets"]}
    if kind == "merged":
        return {**body, "target": row["target"]}
    if kind == "retracted":
        return {**body, "reason_code": row["document"].get("reason_code")}
    body["incident"] = json_row(row, ALL, books.view(row, lang))
    if kind == "corrected" and old is not None:
        body["changed"] = between(old, row, books, lang)
    return body


def redaction(row: Row, books: Books, lang: str) -> dict[str, Any]:
    """What was taken out of one version; the incident as it reads since, where that version was the newest then."""
    body = {
        **brought(row, "incident", "redacted", "publication"),
        "id": row["id"],
        "matches": row["meets"],
        "fields": row["fields"],
        "reason_code": row["reason_code"],
    }
    if row["current"]:
        body["incident"] = json_row(row, ALL, books.view(row, lang))
    return body


def actor_change(row: Row, old: Row | None, books: Books, lang: str) -> dict[str, Any]:
    """One actor version: what it is now, and what a correction changed."""
    kind = kind_of(row, old)
    body = {**brought(row, "actor", kind), "slug": row["slug"]}
    view = books.view(row, lang)
    if kind == "merged":
        return {**body, "target": view.actors.resolve(row["target"]).slug}
    body["actor"] = {**actor_facts(row, view), "known_from": row["known_from"]}
    if kind == "corrected" and old is not None:
        body["changed"] = between_actors(old, row, books, lang)
    return body
