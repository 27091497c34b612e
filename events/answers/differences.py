"""What changed from one published version to the next: public fields and claims, with old and new values.

Two versions are compared with the actors known at the later one, so that a renamed actor is no change of the incident;
what is shown names the actors as they were known at each version's own publication.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any

from events.answers import details
from events.record import history
from events.record.known import ActorBook, actor_book
from events.rows import FIELDS, Row, View, json_row

# Fields that follow from others, or change with every version.
DERIVED = {"id", "version", "known_from", "title", "title_lang", "radius_km", *details.EXPORT_ONLY}
COMPARED = [field for name, field in FIELDS.items() if name not in DERIVED]
ACTOR_DERIVED = {"name", "summary", "known_from"}
# By what a claim is known again when its number or its figure has changed.
SAME_CLAIM = ("claimant", "about", "measure", "item_class", "scope")
Change = dict[str, Any]


class Books:
    """The actors known at each publication; publications that changed no actor share a book."""

    def __init__(self, number: int, stamp: datetime | None) -> None:
        self.stamp = stamp
        self.changes = history.actor_publications(number)
        self.read: dict[int, ActorBook] = {}

    def at(self, number: int) -> ActorBook:
        """The actors known at a publication."""
        place = bisect_right(self.changes, number)
        last = self.changes[place - 1] if place else 0
        if last not in self.read:
            self.read[last] = actor_book(last, self.stamp)
        return self.read[last]

    def view(self, row: Row, lang: str) -> View:
        """How a version looked at the publication that brought it."""
        return View(self.at(row["known_from"]), lang)


def between(old: Row, new: Row, books: Books, lang: str) -> list[Change]:
    """Every public field that differs, as {field, old, new}, and the claims, as {field, added, removed, changed}."""
    now = books.view(new, lang)
    as_now, then, after = (
        said(row, view) for row, view in ((old, now), (old, books.view(old, lang)), (new, now))
    )
    found = [
        {"field": name, "old": then[name], "new": after[name]}
        for name in after
        if as_now[name] != after[name]
    ]
    claims = between_claims(old, new, books, lang)
    return [*found, {"field": "claim_list", **claims}] if any(claims.values()) else found


def said(row: Row, view: View) -> dict[str, Any]:
    """What a version says in public, without its claims."""
    document = row["document"]
    sources = document["sources"]
    group = document["group"]
    return {
        **json_row(row, COMPARED, view),
        "titles": document["titles"],
        "summaries": document["summaries"],
        "outcome": document["outcome"],
        "evidence": [details.evidence(entry, sources, view.lang) for entry in document["evidence"]],
        "source_list": sources,
        "group_titles": group["titles"] if group else None,
        "group_summaries": group["summaries"] if group else None,
        "follows": document["follows"],
        "dataset_detail": document["dataset"],
        "boundary_vintage": document["boundary_vintage"],
    }


def between_claims(old: Row, new: Row, books: Books, lang: str) -> dict[str, list[Any]]:
    """Claims added, removed and changed. A claim's number may change without the claim: numbers are not compared."""
    now = books.view(new, lang)
    before = list(zip(claims_said(old, now), claims_said(old, books.view(old, lang)), strict=True))
    after = [(claim, claim) for claim in claims_said(new, now)]
    gone = without_equal(before, after)
    come = without_equal(after, before)
    changed = []
    for claim in list(come):
        known = next((one for one in gone if same(one[0], claim[0])), None)
        if known:
            gone.remove(known)
            come.remove(claim)
            changed.append({"old": known[1], "new": claim[1]})
    return {
        "added": [shown for _, shown in come],
        "removed": [shown for _, shown in gone],
        "changed": changed,
    }


def claims_said(row: Row, view: View) -> list[dict[str, Any]]:
    """The claims of a version without their numbers; of `supersedes` only that it does."""
    document = row["document"]
    shown = (details.claim(entry, document["sources"], view) for entry in document["claims"])
    return [
        {name: value for name, value in claim.items() if name not in ("id", "supersedes")}
        | {"supersedes": claim["supersedes"] is not None}
        for claim in shown
    ]


def without_equal(
    claims: Sequence[tuple[Any, Any]], others: Iterable[tuple[Any, Any]]
) -> list[tuple[Any, Any]]:
    """Claims that have no equal among the others, each of which serves once."""
    rest = [compared for compared, _ in others]
    found = []
    for claim in claims:
        if claim[0] in rest:
            rest.remove(claim[0])
        else:
            found.append(claim)
    return found


def same(one: dict[str, Any], other: dict[str, Any]) -> bool:
    """Whether two claims are one that was corrected: the same claimant on the same victims and measure."""
    return all(one[name] == other[name] for name in SAME_CLAIM)


def between_actors(old: Row, new: Row, books: Books, lang: str) -> list[Change]:
    """Every part of an actor's public document that differs, as {field, old, new}."""
    now = books.view(new, lang)
    as_now, then, after = (
        actor_facts(row, view) for row, view in ((old, now), (old, books.view(old, lang)), (new, now))
    )
    return [
        {"field": name, "old": then[name], "new": after[name]}
        for name in after
        if as_now[name] != after[name]
    ]


def actor_facts(row: Row, view: View) -> dict[str, Any]:
    """What an actor version says in public, with its names in both languages."""
    shown = details.actor_said(dict(row), view)
    facts = {name: value for name, value in shown.items() if name not in ACTOR_DERIVED}
    return {"name_en": row["name_en"], "name_fr": row["name_fr"], **facts}
