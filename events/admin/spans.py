"""A report's text with the places marked that a proposal was read from, as pieces: never a string of HTML."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, NamedTuple


class Piece(NamedTuple):
    """A stretch of text; `kind` says what was found in it (empty: nothing)."""

    text: str
    kind: str
    note: str


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
    read = ", ".join(str(value) for value in named if value not in (None, ""))
    return f"{read} ({entry['rule']})" if entry.get("rule") else read


def values_of(extraction: dict[str, Any], text: str) -> list[tuple[str, list[tuple[str, str]]]]:
    """Everything found as (kind, [(words, what they were read as)]): the proposed fields beside the text."""
    return [
        (kind, [(words_of(entry, text), note_of(entry)) for entry in entries if isinstance(entry, dict)])
        for kind, entries in extraction.items()
        if isinstance(entries, list) and entries
    ]


def words_of(entry: dict[str, Any], text: str) -> str:
    """The words of a finding; of an incident, which spans sentences, what kind it is."""
    if entry.get("event_type"):
        return str(entry.get("event_subtype") or entry["event_type"])
    start, end = entry.get("start"), entry.get("end")
    return text[start:end] if isinstance(start, int) and isinstance(end, int) else ""
