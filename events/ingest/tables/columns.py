"""The columns of the product's own table: the one list from which template, guide, reader and documentation come.

Two sheets: `incidents`, one row each, and `claims`, any number for an incident, tied to it by the incident's own key.
One sheet with claim columns repeated (claim_1_low, claim_2_low, …) would end at a fixed number of claims and be
hundreds of columns wide; one with the incident repeated in every claim's row would let the copies disagree.
"""

from __future__ import annotations

from typing import NamedTuple

from conflict.kit.codes import Code
from events.claims.codes import ClaimStatus, ClaimVerification, ItemClass, Measure, Quantifier, Scope, Stance
from events.codes import (
    DatePrecision,
    EventSubtype,
    EventType,
    IncidentVerification,
    LocationPrecision,
    Outcome,
    Role,
    Sensitivity,
)

INCIDENTS, CLAIMS, GUIDE, CODES, ACTORS = "incidents", "claims", "columns", "codes", "actors"
# Columns of the file of rejected rows; such a file, put right, is read again as it is.
IGNORED = ("line", "problems")


class Column(NamedTuple):
    """One column: its name, what it means, what is valid, an example; `codes` is its closed list if it has one."""

    name: str
    meaning: str
    valid: str
    example: str = ""
    needed: bool = False
    codes: type[Code] | None = None


def coded(name: str, meaning: str, codes: type[Code], example: str = "", needed: bool = False) -> Column:
    """A column with a closed list: the code or its English or French label."""
    return Column(name, meaning, "one of " + ", ".join(codes.values()), example, needed, codes)


DAY = "a day as YYYY-MM-DD; a date cell of a spreadsheet; 31/01/2025 where it can be read one way only"
PEOPLE = "slugs or names of actors of the registry (sheet actors), several parted by ;"
TEXT = "text"
NUMBER = "a whole number from 0; empty: unknown"

SOURCE = [
    Column("source_outlet", "Who reported it.", TEXT, "Example Wire"),
    Column(
        "source_url", "Where it can be read.", "an address with http:// or https://", "https://example.org/1"
    ),
    Column("source_date", "When it was reported.", DAY, "2025-06-14"),
    Column("source_title", "Its headline.", TEXT, "Convoy ambushed in the north"),
    Column("source_language", "Its language.", "a code such as en, fr, ar", "en"),
]

INCIDENT_COLUMNS = [
    Column("incident", "Your own key of the incident: the same key in a later upload means the same incident.",
           "text of at most 80 characters, once in the sheet", "2025-001", needed=True),
    Column("title_en", "A sentence of fact in English.", "text of at most 300 characters; this or title_fr",
           "Convoy ambushed near Exampleville"),
    Column("title_fr", "The same in French.", "text of at most 300 characters", "Convoi pris dans une embuscade"),
    coded("event_type", "What happened, first level.", EventType, "battle", needed=True),
    coded("event_subtype", "What happened, second level; it must belong to the type.", EventSubtype, "ambush"),
    Column("date_start", "The first day.", DAY, "2025-06-13", needed=True),
    Column("date_end", "The last day; empty: the first day.", DAY, "2025-06-13"),
    coded("date_precision", "How precisely the days are known; empty: by the span.", DatePrecision, "day"),
    Column("country", "The country.", "an ISO 3166-1 alpha-3 code of the Sahel or a neighbour, or its name", "MLI",
           needed=True),
    Column("place", "The place as it is named.", "text of at most 300 characters", "Exampleville"),
    Column("latitude", "Exact point, north; it stays on the desk, the public sees a grid cell.",
           "degrees from -90 to 90, decimal point or comma", "19.46"),
    Column("longitude", "Exact point, east.", "degrees from -180 to 180", "0.86"),
    coded("location_precision", "How precisely the place is known; needed with a point, empty without: country.",
          LocationPrecision, "near"),
    Column("admin1", "The first-level unit, where there is no point.", "its name or p-code", ""),
    coded("sensitivity", "How coarse the public point is; empty: ordinary.", Sensitivity, "ordinary"),
    Column("civilian_targeting", "Whether civilians were the target; empty: false.",
           "true or false (yes, no, oui, non)", "false"),
    coded("verification", "How far the whole incident is verified; empty: unverified.", IncidentVerification,
          "unverified"),
    coded("outcome", "How a battle ended.", Outcome, "repelled"),
    *(Column(role.value, f"Actors in the role: {role.en.lower()}.", PEOPLE, example)
      for role, example in zip(Role, ["malian-armed-forces", "Azawad Liberation Front", *[""] * 6], strict=True)),
    Column("summary_en", "What is known, in English.", TEXT),
    Column("summary_fr", "The same in French.", TEXT),
    *SOURCE,
    Column("note", "For colleagues; never leaves the desk.", TEXT),
]  # fmt: skip
CLAIM_COLUMNS = [
    Column("incident", "The key of the incident in the sheet incidents.", "a key that stands there", "2025-001",
           needed=True),
    Column("claimant", "Who says it.", "an actor's slug or name; of a source or person, the name",
           "malian-armed-forces", needed=True),
    Column("claimant_kind", "What the claimant is; empty: actor.", "one of actor, source, person", "actor"),
    Column("affiliation", "Whom a person speaks for.", "an actor's slug or name"),
    coded("stance", "What the claimant does with the figure; empty: allegation.", Stance, "allegation"),
    coded("measure", "What is counted or stated.", Measure, "killed", needed=True),
    coded("item_class", "What kind of materiel; for materiel only.", ItemClass),
    Column("about", "The victims, jointly (or whose materiel); empty: the whole incident.", PEOPLE,
           "azawad-liberation-front"),
    coded("quantifier", "How the figure was put; empty: by low and high, else by the words.", Quantifier, "at_least"),
    Column("low", "The lower end.", NUMBER, "10"),
    Column("high", "The upper end.", NUMBER),
    Column("phrase", "The words themselves.", "text of at most 300 characters", "at least ten"),
    Column("phrase_lang", "The language of the words.", "a code such as en, fr, ar", "en"),
    coded("verification", "How far the claim is verified; empty: unverified.", ClaimVerification, "unverified"),
    coded("scope", "Whether it speaks of the incident or of the whole battle; empty: incident.", Scope, "incident"),
    coded("status", "Whether the desk accepts it; empty: pending.", ClaimStatus, "pending"),
    *SOURCE,
    Column("note", "What else belongs to it.", "text of at most 500 characters"),
]  # fmt: skip
SHEETS = {INCIDENTS: INCIDENT_COLUMNS, CLAIMS: CLAIM_COLUMNS}
CLAIMANT_KINDS = ("actor", "source", "person")


def names_of(sheet: str) -> list[str]:
    """The column names of a sheet, in order."""
    return [column.name for column in SHEETS[sheet]]


def guide() -> list[tuple[str, str, str, str, str, str]]:
    """The guide's rows: sheet, column, needed or not, meaning, what is valid, example."""
    return [
        (sheet, one.name, "needed" if one.needed else "", one.meaning, one.valid, one.example)
        for sheet, columns in SHEETS.items()
        for one in columns
    ]
