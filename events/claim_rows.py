"""The one list of public fields of a claim in a table: JSON, CSV and NDJSON take them from `CLAIM_FIELDS`."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from events.answers.details import claimant
from events.rows import View

Row = Mapping[str, Any]


@dataclass(frozen=True)
class ClaimField:
    """One field: `kind` is its JSON type, `value` makes it from a row of `events.record.claims`."""

    name: str
    kind: str
    meaning: str
    value: Callable[[Row, View], Any]
    nullable: bool = False
    hxl: str = ""


def entry(name: str, kind: str, meaning: str, nullable: bool = False) -> ClaimField:
    """What the claim itself says under this name."""
    return ClaimField(name, kind, meaning, lambda row, view: row["entry"][name], nullable)


def voice(
    name: str, meaning: str, read: Callable[[dict[str, Any]], Any], nullable: bool = True
) -> ClaimField:
    """Something about who makes the claim."""
    return ClaimField(
        name, "string", meaning, lambda row, view: read(claimant(row["entry"]["claimant"], view)), nullable
    )


def slug_of(who: dict[str, Any]) -> str | None:
    """The slug of the actor (that a person speaks for), or of the source."""
    return (who["affiliation"] or {}).get("slug") if who["kind"] == "person" else who["slug"]


def relayed(name: str, key: str, meaning: str) -> ClaimField:
    """Something about who relays the claim."""
    return ClaimField(name, "string", meaning, lambda row, view: (row["relayed"] or {}).get(key), True)


def about(part: str) -> Callable[[Row, View], list[str]]:
    """Slugs or names of the victims."""

    def read(row: Row, view: View) -> list[str]:
        found = [view.actors.resolve(actor) for actor in row["entry"]["about"]]
        return [actor.slug if part == "slug" else actor.name(view.lang) for actor in found]

    return read


CLAIM_FIELDS: dict[str, ClaimField] = {
    field.name: field
    for field in (
        ClaimField("incident", "string", "Public id of the incident.", lambda row, view: row["incident"]),
        ClaimField("claim", "integer", "Number of the claim within it.", lambda row, view: row["number"]),
        ClaimField(
            "date_start",
            "date",
            "First day of the incident.",
            lambda row, view: row["date_start"].isoformat(),
        ),
        ClaimField("country", "string", "ISO 3166-1 alpha-3.", lambda row, view: row["country"]),
        voice("claimant_kind", "actor, person, source or dataset.", lambda who: who["kind"], False),
        voice("claimant", "Slug of who says it; of a person, of the actor spoken for.", slug_of),
        voice("claimant_name", "What it is called.", lambda who: who["name"], False),
        voice("claimant_role", "Office of a person.", lambda who: who.get("role")),
        entry("stance", "string", "Allegation, admission, denial or observation."),
        entry("measure", "string", "What is counted or stated."),
        entry("item_class", "string", "Kind of materiel.", True),
        ClaimField(
            "about", "array", "Slugs of the victims, jointly; empty: the whole incident.", about("slug")
        ),
        ClaimField("about_names", "array", "Their names.", about("name")),
        entry("quantifier", "string", "How the figure was put."),
        entry("low", "integer", "Lower end, where one was given.", True),
        entry("best", "integer", "Best figure, where a dataset gives one.", True),
        entry("high", "integer", "Upper end, where one was given.", True),
        entry("phrase", "string", "The words of the figure."),
        entry("phrase_lang", "string", "Their language.", True),
        entry("scope", "string", "The incident alone, or its whole battle."),
        entry("verification", "string", "How far the claim is verified."),
        relayed("relayed_by", "outlet", "Outlet that relays it."),
        relayed("relayed_url", "url", "Where."),
        relayed("relayed_on", "date", "When."),
        entry("note", "string", "Remarks."),
        ClaimField(
            "known_from", "integer", "Publication that published it.", lambda row, view: row["known_from"]
        ),
    )
}


def claim_row(row: Row, view: View) -> dict[str, Any]:
    """One claim as JSON."""
    return {field.name: field.value(row, view) for field in CLAIM_FIELDS.values()}


def claim_cells(row: Row, view: View) -> list[Any]:
    """One claim as a line of a table; lists are joined by semicolons."""
    values = claim_row(row, view).values()
    return ["; ".join(value) if isinstance(value, list) else value for value in values]
