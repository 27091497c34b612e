"""A report's text with the places marked that a proposal was read from, as pieces: never a string of HTML."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import pairwise
from typing import Any, NamedTuple

from events.verbs.proposed import ProposedField

# What the parts of an extraction are called.
KINDS = {
    "dates": "Days",
    "actors": "Actors",
    "claims": "Claims",
    "places": "Places",
    "persons": "Persons quoted",
    "evidence": "Images and documents",
    "strength": "Strength of forces",
    "incidents": "Incidents",
    "set_aside": "Figures seen and not taken",
    "milestones": "Milestones and agreements",
}


class Piece(NamedTuple):
    """A stretch of text; `kind` says what was found in it (empty: nothing)."""

    text: str
    kind: str
    note: str


class Segment(NamedTuple):
    """A stretch of text that belongs to the same values throughout.

    `keys` are the fields that it was read for, the one with the shortest words first; `begins` those of them whose
    words begin here for the first time; `kind` and `note` as in Piece.
    """

    text: str
    keys: tuple[str, ...] = ()
    begins: tuple[str, ...] = ()
    kind: str = ""
    note: str = ""


class Place(NamedTuple):
    """Where something was read: characters of the text, end excluded; `key` is empty for what nobody decides."""

    start: int
    end: int
    key: str
    kind: str
    note: str


def segments(text: str, fields: Iterable[ProposedField], extraction: dict[str, Any]) -> list[Segment]:
    """The text in stretches, each with every value that was read from it; they join to the text again."""
    places = [place for place in placed(fields, extraction) if 0 <= place.start < place.end <= len(text)]
    edges = sorted({0, len(text), *(p.start for p in places), *(p.end for p in places)})
    seen: set[str] = set()
    found = []
    for start, end in pairwise(edges):
        here = sorted((p for p in places if p.start <= start and end <= p.end), key=lambda p: p.end - p.start)
        decided = [p for p in here if p.key]
        keys = tuple(dict.fromkeys(p.key for p in decided))
        begins = tuple(key for key in keys if key not in seen)
        seen.update(begins)
        told = (decided or here)[0] if here else Place(0, 0, "", "", "")
        found.append(Segment(text[start:end], keys, begins, told.kind, told.note))
    return found


def placed(fields: Iterable[ProposedField], extraction: dict[str, Any]) -> Iterator[Place]:
    """Where the values to decide were read, then everything else that was found."""
    for field in fields:
        for start, end in field.spans:
            yield Place(start, end, field.key, field.kind, field.rule)
    for start, end, kind, note in findings(extraction):
        yield Place(start, end, "", kind, note)


def marked(text: str, extraction: dict[str, Any]) -> list[Piece]:
    """The text in pieces. Where findings overlap, the one that begins first keeps its place."""
    pieces: list[Piece] = []
    at = 0
    for start, end, kind, note in sorted(findings(extraction)):
        if start < at or end > len(text) or start >= end:
            continue
        if at < start:
            pieces.append(Piece(text[at:start], "", ""))
        pieces.append(Piece(text[start:end], kind, note))
        at = end
    return [*pieces, Piece(text[at:], "", "")] if at < len(text) else pieces


def findings(extraction: dict[str, Any]) -> Iterator[tuple[int, int, str, str]]:
    """(start, end, kind, note) of everything found, incidents themselves left out: they span sentences."""
    for kind, entries in extraction.items():
        if kind == "incidents" or not isinstance(entries, list):
            continue
        for entry in entries:
            if (
                isinstance(entry, dict)
                and isinstance(entry.get("start"), int)
                and isinstance(entry.get("end"), int)
            ):
                yield entry["start"], entry["end"], kind, note_of(entry)


def note_of(entry: dict[str, Any]) -> str:
    """What a reader sees when pointing at a finding: what it was read as, and by which rule."""
    named = (
        entry.get(key)
        for key in ("slug", "name", "role", "measure", "quantifier", "low", "high", "first", "why", "note")
    )
    # Codes are read as words here: `side_a`, `materiel_captured`.
    read = ", ".join(str(value).replace("_", " ") for value in named if value not in (None, ""))
    return f"{read} ({entry['rule']})" if entry.get("rule") else read


def values_of(extraction: dict[str, Any], text: str) -> list[tuple[str, list[tuple[str, str]]]]:
    """Everything found as (kind, [(words, what they were read as)]): the proposed fields beside the text."""
    return [
        (
            KINDS.get(kind, kind),
            [(words_of(entry, text), note_of(entry)) for entry in entries if isinstance(entry, dict)],
        )
        for kind, entries in extraction.items()
        if isinstance(entries, list) and entries
    ]


def words_of(entry: dict[str, Any], text: str) -> str:
    """The words of a finding; of an incident, which spans sentences, what kind it is."""
    if entry.get("event_type"):
        return str(entry.get("event_subtype") or entry["event_type"])
    start, end = entry.get("start"), entry.get("end")
    return text[start:end] if isinstance(start, int) and isinstance(end, int) else ""
