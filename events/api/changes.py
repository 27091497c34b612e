"""/api/v1/changes and /api/v1/publications: the record's own history."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse
from rest_framework.views import APIView

from conflict.kit.numbers import read_int
from conflict.kit.problems import Problem, Refused, accepted, unknown_field
from events.answers import json_answer, tagged, unchanged
from events.record import reading
from events.record.known import Known, known
from events.rows import View, chosen, json_row

ALL = chosen(())
LARGEST = 2**31 - 1


class Changes(APIView):
    """What was published after publication `since`: created, corrected, retracted, merged; in order."""

    def get(self, request: HttpRequest) -> HttpResponse:
        """Whole publications at a time would be unbounded, so a page ends anywhere; `next` continues."""
        numbers = read_numbers(
            request, {"since": (0, LARGEST, 0), "skip": (0, LARGEST, 0), "limit": (1, 10_000, 1000)}
        )
        at = known()
        if found := unchanged(request, at):
            return found
        rows = reading.changed_versions(numbers["since"], at.number, numbers["limit"] + 1, numbers["skip"])
        shown = rows[: numbers["limit"]]
        body = {
            "data": [change(row, at) for row in shown],
            "next": following(request, shown, numbers) if len(rows) > numbers["limit"] else None,
            "publication": at.number,
        }
        return tagged(json_answer(body), request, at)


def following(request: HttpRequest, shown: list[dict[str, Any]], numbers: dict[str, int]) -> str:
    """The address that continues inside or after the last publication shown."""
    last = shown[-1]["known_from"]
    inside = sum(row["known_from"] == last for row in shown)
    skip = inside + (
        numbers["skip"] if last == numbers["since"] + 1 and all(r["known_from"] == last for r in shown) else 0
    )
    return request.build_absolute_uri(
        f"{request.path}?{urlencode({'since': last - 1, 'skip': skip, 'limit': numbers['limit']})}"
    )


def change(row: dict[str, Any], at: Known) -> dict[str, Any]:
    """One version as a change: what kind, which incident, and what it says now."""
    kind = row["state"] if row["state"] != "published" else "created" if row["version"] == 1 else "corrected"
    body = {
        "change": kind,
        "id": row["id"],
        "version": row["version"],
        "publication": row["known_from"],
        "at": row["at"].isoformat(),
        "reason": row["reason"],
    }
    if kind == "merged":
        return {**body, "target": row["target"]}
    if kind == "retracted":
        return {**body, "reason_code": row["document"].get("reason_code")}
    return {**body, "incident": json_row(row, ALL, View(at.actors))}


class Publications(APIView):
    """The publications, newest first."""

    def get(self, request: HttpRequest) -> HttpResponse:
        """A page of publications up to number `before`."""
        numbers = read_numbers(request, {"before": (1, LARGEST, LARGEST), "limit": (1, 1000, 100)})
        at = known()
        if found := unchanged(request, at):
            return found
        data = [
            {**row, "at": row["at"].isoformat()}
            for row in reading.publications(numbers["before"], numbers["limit"])
        ]
        return tagged(json_answer({"data": data, "publication": at.number}), request, at)


def read_numbers(request: HttpRequest, wanted: dict[str, tuple[int, int, int]]) -> dict[str, int]:
    """Whole-number parameters as {name: (lowest, highest, default)}; anything else is refused."""
    problems: list[Problem] = [
        unknown_field(name, text, wanted) for name, text in request.GET.items() if name not in wanted
    ]
    problems += [
        Problem(name, ", ".join(texts), "given once") for name, texts in request.GET.lists() if len(texts) > 1
    ]
    if problems:
        raise Refused(problems)
    return {
        name: accepted(read_int(name, request.GET[name], low, high)) if name in request.GET else default
        for name, (low, high, default) in wanted.items()
    }
