"""Figures by another rule than the one the record stores, for whoever asks of many incidents at once.

The record stores `reported`. Under another rule most versions need no claims to be read: nobody said anything of deaths, or
one dataset alone did, with low, best and high ready made (closed form below). Only the others, the *disputed* ones, are
worked out from their claims, once per process and version; `Figures` hold them for one publication and rule. SQL
(`Figures.relation`) and the lens (`events.lens.estimating`) put them in place of the stored columns, so that filters,
orders, sums and exports go by the rule without knowing of it.

A claimant is an actor's slug, or `source:` and a source's. Actors that were merged are one voice.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import cached_property, lru_cache
from threading import Lock
from typing import Any, NamedTuple

import orjson

from conflict.kit.problems import Problem, Refused, nearest_name
from events.claims.codes import ClaimantKind, ClaimStatus
from events.claims.figures import Estimate
from events.claims.model import Claim
from events.claims.rules import CLAIMANT, CONSERVATIVE, REPORTED, Rule, estimate
from events.record.columns import INCIDENT_COLUMNS
from events.record.known import ActorBook, Known, query
from events.record.reading import VERSIONS, Source
from events.standing import SIDES, standing

FORM = re.compile(r"reported|conservative|claimant:(?:source:)?[a-z0-9-]{1,80}")
SOURCE = "source:"
VALID = "reported, conservative, or claimant: and an actor's slug or source:<slug>"
# The record's columns that follow the rule, with their types.
FIGURES = {
    "fatalities_low": "integer",
    "fatalities_best": "integer",
    "fatalities_high": "integer",
    "open_ended": "boolean",
    "contested": "boolean",
    "claims": "smallint",
    "claimants": "smallint",
}
# What each is where nobody was heard.
NOTHING = {name: {"boolean": "false", "smallint": "0"}.get(kind, "NULL") for name, kind in FIGURES.items()}
# Versions whose figures only their claims can tell; the index incident_version_disputed holds them.
DISPUTED = (
    "(claimants > 1 OR (claimants = 1 AND (dataset IS NULL OR document #>> '{claims,0,best}' IS NULL"
    " OR document #>> '{claims,0,claimant,slug}' IS DISTINCT FROM dataset)))"
)
COLUMNS = (
    *(
        "version_id",
        "version",
        "known_from",
        "known_to",
        "geom",
        "mx",
        "my",
        "search",
        "digest",
        "redacted_by",
    ),
    *INCIDENT_COLUMNS,
)
# How many versions' figures a process keeps per rule and book of actors.
KEPT = 200_000


class Said(NamedTuple):
    """The figures of one version, in the order of `FIGURES`."""

    fatalities_low: int | None
    fatalities_best: int | None
    fatalities_high: int | None
    open_ended: bool
    contested: bool
    claims: int
    claimants: int


def read_estimate(name: str, text: str) -> str | Problem:
    """The rule's name as it was given, if it can be one; whether its claimant is known is asked later."""
    if FORM.fullmatch(text):
        return text
    return Problem(name, text, VALID, nearest_name(text, (REPORTED, CONSERVATIVE, CLAIMANT)))


def rule_of(text: str, book: ActorBook) -> str:
    """The rule with its claimant's key (`claimant:actor:<slug>`). Raises Refused for an actor that is not known."""
    claimant = Rule.read(text).claimant
    if not claimant or claimant.startswith(SOURCE):
        return text
    try:
        return f"{CLAIMANT}actor:{book.by_name_of(claimant).slug}"
    except Refused as refused:
        nearest = refused.problems[0].nearest
        hint = CLAIMANT + nearest if nearest else ""
        raise Refused(Problem("estimate", text, VALID, hint)) from None


def figures_for(text: str, known: Known) -> Figures | None:
    """The figures under a rule at a publication; None for the stored ones. Raises Refused for an unknown claimant."""
    return None if text == REPORTED else figures_at(rule_of(text, known.actors), known)


@lru_cache(maxsize=16)
def figures_at(rule: str, known: Known) -> Figures:
    """The figures of one publication and rule, kept while they are likely to be asked again."""
    return Figures(rule, known)


class Figures:
    """The figures of every version known at one publication, under one rule.

    `rule` is one from `rule_of`. `dataset` is the one whose ready-made figures hold (empty: none, None: all do).
    """

    def __init__(self, rule: str, known: Known) -> None:
        self.rule, self.known = rule, known
        claimant = Rule.read(rule).claimant
        self.lowest = rule == CONSERVATIVE
        self.dataset = (
            None if not claimant else claimant.removeprefix(SOURCE) if claimant.startswith(SOURCE) else ""
        )

    @cached_property
    def disputed(self) -> dict[int, Said]:
        """Version id -> its figures, for the disputed versions known then."""
        return disputed(self.rule, self.known)

    def ready_made(self, column: str) -> str:
        """SQL of a column where a dataset's figures are ready made, or nobody said anything; `dataset` in words."""
        if self.lowest:
            return "fatalities_low" if column == "fatalities_best" else column
        return column if self.dataset else NOTHING[column]

    def of(self, row: Mapping[str, Any]) -> dict[str, Any]:
        """The figures of one version that was read as stored: a row with `version_id`, `dataset` and `FIGURES`."""
        said = self.disputed.get(row["version_id"])
        if said is not None:
            return said._asdict()
        if self.lowest or (self.dataset and self.dataset == row["dataset"]):
            return {name: row[self.ready_made(name)] for name in FIGURES}
        return Said(None, None, None, False, False, 0, 0)._asdict()

    @cached_property
    def relation(self) -> Source:
        """The versions with their figures under the rule, in place of `record.incident_version`: for sums and whole scans."""
        arrays = ", ".join(("%s::bigint[]", *(f"%s::{kind}[]" for kind in FIGURES.values())))
        columns: list[Any] = [[] for _ in range(len(FIGURES) + 1)]
        if self.disputed:
            columns = [list(self.disputed), *map(list, zip(*self.disputed.values(), strict=True))]
        shown, params = self.columns("said.version_id IS NULL", lambda name: f"said.{name}")
        return Source(
            f"(SELECT {shown} FROM {VERSIONS.sql} AS v LEFT JOIN unnest({arrays})"
            f" AS said(version_id, {', '.join(FIGURES)}) ON said.version_id = v.version_id) AS incident_version",
            (*params, *columns),
        )

    @cached_property
    def looked_up(self) -> Source:
        """The same without a join, which would lose the order of an index: for pages, which read few rows in an order."""
        kept = orjson.dumps({str(version): list(said) for version, said in self.disputed.items()}).decode()
        places = {
            name: f"(book.said -> v.version_id::text ->> {place})" for place, name in enumerate(FIGURES)
        }
        shown, params = self.columns(
            "NOT book.said ? v.version_id::text", lambda name: f"{places[name]}::{FIGURES[name]}"
        )
        return Source(
            f"(SELECT {shown} FROM {VERSIONS.sql} AS v CROSS JOIN (SELECT %s::jsonb AS said OFFSET 0) AS book) AS incident_version",
            (*params, kept),
        )

    def columns(self, undisputed: str, said: Callable[[str], str]) -> tuple[str, list[Any]]:
        """(select list, its parameters): the version's columns, figures by the rule where `said` has them."""
        shown, params = [], []
        for name in COLUMNS:
            if name not in FIGURES:
                shown.append(f"v.{name}")
                continue
            plain = self.ready_made(name)
            plain = f"v.{plain}" if plain in FIGURES else plain
            if self.dataset:
                plain = f"CASE WHEN v.dataset = %s THEN {plain} ELSE {NOTHING[name]} END"
                params.append(self.dataset)
            shown.append(f"CASE WHEN {undisputed} THEN {plain} ELSE {said(name)} END AS {name}")
        return ", ".join(shown), params


_worked_out: dict[tuple[str, int], dict[tuple[int, int | None], Said]] = {}
_lock = Lock()


def disputed(rule: str, known: Known) -> dict[int, Said]:
    """The figures of the disputed versions known at a publication; what was worked out before is not again."""
    listed = query(
        "SELECT version_id, redacted_by FROM record.incident_version"
        f" WHERE known_from <= %s AND known_to > %s AND state = 'published' AND {DISPUTED}",
        [known.number, known.number],
    )
    with _lock:
        kept = _worked_out.setdefault((rule, fingerprint(known.actors)), {})
        if len(kept) + len(_worked_out) * 1000 > KEPT:
            _worked_out.clear()
            kept = _worked_out.setdefault((rule, fingerprint(known.actors)), {})
    missing = [version for version, redacted in listed if (version, redacted) not in kept]
    rows = query(
        "SELECT version_id, redacted_by, participants::text, coalesce(document -> 'claims', '[]')::text"
        " FROM record.incident_version WHERE version_id = ANY(%s)",
        [missing],
    )
    for version, redacted, participants, claims in rows:
        row = {"participants": orjson.loads(participants), "document": {"claims": orjson.loads(claims)}}
        kept[version, redacted] = said(figures(row, rule, known.actors))
    return {version: kept[version, redacted] for version, redacted in listed if (version, redacted) in kept}


def fingerprint(book: ActorBook) -> int:
    """Equal for books in which the same actors are the same voices."""
    return hash(frozenset((actor.id, actor.slug, actor.kind, actor.target) for actor in book.by_id.values()))


def said(found: Estimate) -> Said:
    """An estimate as the record's columns."""
    return Said(
        *(found.low, found.best, found.high, found.open_ended, found.contested, found.claims, found.claimants)
    )


def figures(row: Mapping[str, Any], rule: str, book: ActorBook) -> Estimate:
    """Deaths in one incident by a rule from `rule_of`."""
    return estimate(rule_claims(row["document"]["claims"], row["participants"], book), rule)


def rule_claims(
    entries: Iterable[Mapping[str, Any]], participants: Sequence[Sequence[Any]], book: ActorBook
) -> list[Claim]:
    """The stored claims of one incident as the rules see them; all that are stored were accepted."""
    parties = {book.resolve(part[0]).id for part in participants if part[1] in SIDES}
    return [rule_claim(entry, parties, book) for entry in entries]


def rule_claim(entry: Mapping[str, Any], parties: set[int], book: ActorBook) -> Claim:
    """One stored claim."""
    key, kind, grade = voice(entry["claimant"], parties, book)
    return Claim(
        id=entry["id"],
        claimant=key,
        claimant_kind=kind,
        stance=entry["stance"],
        measure=entry["measure"],
        about=frozenset(str(book.resolve(actor).id) for actor in entry["about"]),
        quantifier=entry["quantifier"],
        low=entry["low"],
        high=entry["high"],
        verification=entry["verification"],
        grade=grade,
        status=ClaimStatus.ACCEPTED,
        scope=entry["scope"],
        best=entry["best"],
        item_class=entry["item_class"] or "",
        supersedes=entry["supersedes"],
    )


def voice(claimant: Mapping[str, Any], parties: set[int], book: ActorBook) -> tuple[str, str, str]:
    """(key, kind, grade) of who speaks: a spokesman is the voice of the actor he speaks for."""
    if claimant["kind"] in ("source", "dataset"):
        kind = ClaimantKind.DATASET if claimant["kind"] == "dataset" else ClaimantKind.INDEPENDENT
        return f"{SOURCE}{claimant['slug']}", kind, claimant["grade"] or ""
    if claimant["actor"] is None:
        return f"person:{claimant['name']}", ClaimantKind.INDEPENDENT, ""
    actor = book.resolve(claimant["actor"])
    return f"actor:{actor.slug}", standing(actor.kind, actor.id in parties), ""
