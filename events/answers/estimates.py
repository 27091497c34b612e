"""One incident in full by another rule than the one the record stores; and how every answer names its rule.

Many incidents at once: `events.query.estimating`.
"""

from __future__ import annotations

from typing import Any

from django.http.response import HttpResponseBase

from events.claims.figures import Estimate
from events.claims.rules import VERSION
from events.query.estimating import FIGURES, figures, rule_of, said
from events.record.known import ActorBook
from events.rows import Row

RULE = "X-Estimate"
DERIVED = frozenset(FIGURES)


def named(text: str) -> dict[str, str]:
    """The rule and its version, as answers name them."""
    return {"rule": text, "version": VERSION}


def in_header(response: HttpResponseBase, text: str) -> HttpResponseBase:
    """Name the rule and its version as `<rule>/<version>` where an answer has no place for it."""
    response[RULE] = "/".join(named(text).values())
    return response


def by_rule(row: Row, text: str, book: ActorBook) -> dict[str, Any]:
    """The row with figures and ranges by a rule as it was asked for, ready to be shown in full."""
    found = figures(row, rule_of(text, book), book)
    ranges = {"rule": text, "version": VERSION, "victims": victims(found)}
    return {**row, **columns(found), "document": {**row["document"], "estimates": ranges}}


def columns(found: Estimate) -> dict[str, Any]:
    """An estimate as the record's columns."""
    return said(found)._asdict()


def victims(found: Estimate) -> list[dict[str, Any]]:
    """The range of each set of victims, as a version's document keeps them."""
    return [
        {
            "about": sorted(int(key) for key in one.about),
            **{name: getattr(one, name) for name in ("low", "best", "high")},
            "open_ended": one.open_ended,
            "contested": one.contested,
            "basis": one.basis.clause.value,
            "claims": sorted(one.basis.claims),  # type: ignore[type-var]
        }
        for one in found.victims
    ]
