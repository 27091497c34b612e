"""Which actor a name means on a day: names and spellings with their dates, and what became of those that ended.

A score says how well the words fit, from 0 to 1, and falls where name or actor did not exist on the day; who took over
from such an actor is a candidate too, ranked above it. The weights are ours; they order candidates and mean nothing else.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from difflib import SequenceMatcher
from typing import Any

from actors.codes import NameKind, RelationKind
from conflict.kit.dates import PartialDate
from conflict.kit.text import fold, sound
from events.record.known import ActorBook, KnownActor

EXACT = {NameKind.OFFICIAL: 1.0, NameKind.ACRONYM: 1.0, NameKind.FORMER: 0.9, NameKind.SPELLING: 0.9}
SAME_SOUND = 0.8
NEAR = 0.7
ALIKE = 0.8
SHORTEST_NEAR = 4
NOT_ON_THAT_DAY = 0.6
SUCCESSOR = 0.9
MOST = 10
FORWARD = (RelationKind.MERGED_INTO, RelationKind.RENAMED_TO)
WORDS = {
    "en": {
        "name_before": "“{name}” is in use only from {day} on.",
        "name_after": "“{name}” was in use only until {day}.",
        "founded": "{actor} was founded later, in {day}.",
        "dissolved": "{actor} was dissolved in {day}.",
        "probably": "Probably {actor}, which took over from it.",
        "successor": "Not called so: it took over from {actor}.",
        "near": "Spelt otherwise: “{name}”.",
        "ambiguous": "Several actors are called so.",
    },
    "fr": {
        "name_before": "« {name} » n'est employé qu'à partir de {day}.",
        "name_after": "« {name} » n'a été employé que jusqu'à {day}.",
        "founded": "{actor} : fondation postérieure, en {day}.",
        "dissolved": "{actor} : dissolution en {day}.",
        "probably": "Probablement {actor}, qui en a pris la suite.",
        "successor": "Ne porte pas ce nom : a pris la suite de {actor}.",
        "near": "Autre graphie : « {name} ».",
        "ambiguous": "Plusieurs acteurs portent ce nom.",
    },
}


@dataclass(frozen=True)
class Warned:
    """A warning by its code, with what its sentence names."""

    code: str
    name: str = ""
    day: str = ""
    actor: KnownActor | None = None


@dataclass(frozen=True)
class Candidate:
    """An actor that the name may mean; `name` is the entry that fitted, None for a successor."""

    actor: KnownActor
    score: float
    name: Mapping[str, Any] | None
    warnings: tuple[Warned, ...] = field(default=())


class Resolver:
    """Resolves names among the actors of one publication; `documents` are its actor versions."""

    def __init__(self, documents: Iterable[Mapping[str, Any]], book: ActorBook) -> None:
        self.book = book
        self.documents = {row["actor"]: row["document"] for row in documents}
        self.later: dict[int, set[int]] = {}
        for actor, document in self.documents.items():
            for relation in document["relations"]:
                self.note(actor, relation)

    def note(self, actor: int, relation: Mapping[str, Any]) -> None:
        """Remember who came after whom."""
        other = relation["actor"]
        if other not in self.book.by_id:
            return
        other = self.book.resolve(other).id
        if relation["kind"] in FORWARD:
            self.later.setdefault(actor, set()).add(other)
        elif relation["kind"] == RelationKind.SUCCESSOR_OF:
            self.later.setdefault(other, set()).add(actor)

    def candidates(self, name: str, on: date | None) -> list[Candidate]:
        """At most `MOST` candidates, best first."""
        found: dict[int, Candidate] = {}
        for actor in self.documents:
            best = max(self.fits(actor, name, on), key=lambda one: one.score, default=None)
            for candidate in self.with_successors(best, on) if best else ():
                kept = found.get(candidate.actor.id)
                if kept is None or candidate.score > kept.score:
                    found[candidate.actor.id] = candidate
        ordered = sorted(found.values(), key=lambda one: (-one.score, one.actor.slug))[:MOST]
        return warned_of_each_other(ordered)

    def fits(self, actor: int, name: str, on: date | None) -> list[Candidate]:
        """One candidate per name of the actor that fits."""
        found = []
        for entry in self.documents[actor]["names"]:
            score, warnings = fit(name, entry)
            if score:
                against = [*warnings, *off_day(entry, on)]
                dated = NOT_ON_THAT_DAY if len(against) > len(warnings) else 1.0
                found.append(Candidate(self.book.resolve(actor), score * dated, entry, tuple(against)))
        return found

    def with_successors(self, candidate: Candidate, on: date | None) -> list[Candidate]:
        """The candidate; where it did not exist on the day, with that warning and those who took over."""
        ended = self.off_time(candidate.actor, on)
        if not ended:
            return [candidate]
        heirs = self.heirs(candidate.actor.id, on) if ended.code == "dissolved" else []
        warnings = (*candidate.warnings, ended, *(Warned("probably", actor=heir) for heir in heirs))
        dated = any(one.code.startswith("name_") for one in candidate.warnings)
        whole = candidate.score / NOT_ON_THAT_DAY if dated else candidate.score
        own = replace(candidate, score=whole * NOT_ON_THAT_DAY, warnings=warnings)
        took_over = (Warned("successor", actor=candidate.actor),)
        return [own, *(Candidate(heir, whole * SUCCESSOR, None, took_over) for heir in heirs)]

    def off_time(self, actor: KnownActor, on: date | None) -> Warned | None:
        """The warning that the actor did not exist on the day."""
        document = self.documents[actor.id]
        if on is None:
            return None
        if document["dissolved"] and PartialDate.parse(document["dissolved"]).last_day < on:
            return Warned("dissolved", day=document["dissolved"], actor=actor)
        if document["founded"] and PartialDate.parse(document["founded"]).first_day > on:
            return Warned("founded", day=document["founded"], actor=actor)
        return None

    def heirs(self, actor: int, on: date | None) -> list[KnownActor]:
        """Who had taken over by that day, however many steps on: the first of each line who existed then."""
        found, seen, edge = [], {actor}, [actor]
        while edge:
            following = sorted({heir for one in edge for heir in self.later.get(one, ())} - seen)
            seen.update(following)
            known = {heir: self.book.resolve(heir) for heir in following if heir in self.documents}
            found += [known[heir] for heir in known if not self.off_time(known[heir], on)]
            edge = [heir for heir in known if self.off_time(known[heir], on)]
        return found


def fit(name: str, entry: Mapping[str, Any]) -> tuple[float, list[Warned]]:
    """(score, warnings) of the words alone; 0 where they don't fit."""
    asked, known = fold(name), fold(entry["text"])
    if asked == known:
        return EXACT[NameKind(entry["kind"])], []
    near = [Warned("near", name=entry["text"])]
    if sound(name) == sound(entry["text"]) and len(asked) >= SHORTEST_NEAR:
        return SAME_SOUND, near
    # Acronyms differ by a letter and mean somebody else.
    if entry["kind"] == NameKind.ACRONYM or len(asked) < SHORTEST_NEAR:
        return 0.0, []
    matcher = SequenceMatcher(None, asked, known)
    alike = matcher.ratio() if matcher.real_quick_ratio() >= ALIKE and matcher.quick_ratio() >= ALIKE else 0.0
    return (NEAR * alike, near) if alike >= ALIKE else (0.0, [])


def off_day(entry: Mapping[str, Any], on: date | None) -> list[Warned]:
    """The warning that the name was not in use on the day."""
    if on and entry["from"] and PartialDate.parse(entry["from"]).first_day > on:
        return [Warned("name_before", entry["text"], entry["from"])]
    if on and entry["to"] and PartialDate.parse(entry["to"]).last_day < on:
        return [Warned("name_after", entry["text"], entry["to"])]
    return []


def warned_of_each_other(candidates: list[Candidate]) -> list[Candidate]:
    """Warn where several actors fit best."""
    best = [one for one in candidates if one.score == candidates[0].score]
    if len(best) < 2:
        return candidates
    return [
        replace(one, warnings=(*one.warnings, Warned("ambiguous"))) if one in best else one
        for one in candidates
    ]


def shown(candidate: Candidate, lang: str) -> dict[str, Any]:
    """A candidate as JSON, its warnings in words."""
    actor = candidate.actor
    return {
        "slug": actor.slug,
        "name": actor.name(lang),
        "kind": actor.kind,
        "score": round(candidate.score, 3),
        "matched": candidate.name,
        "warnings": [warning(one, lang) for one in candidate.warnings],
    }


def warning(warned: Warned, lang: str) -> dict[str, Any]:
    """A warning with its sentence."""
    name = warned.actor.name(lang) if warned.actor else ""
    return {
        "code": warned.code,
        "text": WORDS[lang][warned.code].format(name=warned.name, day=warned.day, actor=name),
        "actor": {"slug": warned.actor.slug, "name": name} if warned.actor else None,
    }
