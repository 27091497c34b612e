"""Extraction over the headlines that UCDP GED cites: the country, the actors and the date of the event they were cited for.

A headline tells less than its event (mostly no date, often only "gunmen"), so what is found is judged, and what share of
the headlines gives anything at all is told beside it.
"""

from __future__ import annotations

import csv
import gzip
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, timedelta
from functools import cache
from pathlib import Path
from typing import NamedTuple

from events.ingest.extract.event_words import EVENTS
from events.ingest.extract.harm_words import HARM
from events.ingest.extract.report import extract
from events.ingest.extract.shipped import registry_entries
from events.ingest.extract.tables import Tables
from events.ingest.extract.words import split_text

GED = Path(__file__).parents[3] / "shared" / "data" / "ucdp_ged_sahel.csv.gz"
COUNTRIES = {
    "Mali": "MLI",
    "Burkina Faso": "BFA",
    "Niger": "NER",
    "Nigeria": "NGA",
    "Chad": "TCD",
    "Cameroon": "CMR",
}
_CITED = re.compile(r'"([^"]*?),(\d{4}-\d{2}-\d{2}),([^"]*)"')
_FRENCH = re.compile(r"\b(?:le|la|les|des|du|dans|une|par|sur|tués|morts|attaque|soldats|près)\b", re.I)
_ISLAMIC_STATE = {"islamic-state", "islamic-state-sahel-province", "islamic-state-west-africa-province"}
# The press calls both "Boko Haram"; UCDP tells the faction apart by what else is known.
_BOKO_HARAM = {"boko-haram", "islamic-state-west-africa-province"}
_NOT_NAMED = {"civilians", "unidentified-armed-group", "protesters"}
# UCDP counts these auxiliaries with the government.
_AUXILIARIES = {"BFA": {"volunteers-for-the-defence-of-the-homeland"}}


class Headline(NamedTuple):
    """A headline, the day it was published, and the event it is cited for."""

    text: str
    published: date
    country: str
    sides: frozenset[str]
    first: date
    last: date


@dataclass
class Found:
    """Of the headlines: how many gave something, and how many of these were right."""

    headlines: int = 0
    given: int = 0
    right: int = 0
    wrong: list[str] = field(default_factory=list)

    def add(self, given: bool, right: bool, what: str) -> None:
        self.headlines += 1
        self.given += given
        self.right += given and right
        if given and not right:
            self.wrong.append(what)


def cited(path: Path = GED) -> Iterator[Headline]:
    """The headlines that tell violence, each once per event."""
    seen = set()
    with gzip.open(path, "rt", encoding="utf-8", newline="") as lines:
        for row in csv.DictReader(lines):
            country = COUNTRIES.get(row["country"])
            for _, day, text in _CITED.findall(row["source_article"]) if country else ():
                key = (text, row["id"])
                if key not in seen and _tells(text):
                    seen.add(key)
                    yield Headline(
                        text,
                        date.fromisoformat(day),
                        country or "",
                        _sides(row, country or ""),
                        _day(row["date_start"]),
                        _day(row["date_end"]),
                    )


def score_headlines(tables: Tables, path: Path = GED) -> dict[str, Found]:
    """Country, actors and date over all headlines."""
    scores = {"country": Found(), "actors": Found(), "date": Found()}
    for line in cited(path):
        found = extract(line.text, language(line.text), line.published, tables)
        actors = {a.slug for a in found.actors if a.role not in ("mentioned", "observer")} - _NOT_NAMED
        days = [i.date for i in found.incidents if i.date and i.date.rule != "day of the statement"]
        scores["country"].add(
            bool(found.country), found.country == line.country, f"{found.country}: {line.text}"
        )
        scores["actors"].add(
            bool(actors), bool(actors) and actors <= line.sides, f"{sorted(actors - line.sides)}: {line.text}"
        )
        near = any(day.first <= line.last + _SLACK and line.first - _SLACK <= day.last for day in days)
        scores["date"].add(bool(days), near, f"{[str(d.first) for d in days]} {line.first}: {line.text}")
    return scores


# UCDP dates an attack of the night on one of its two days.
_SLACK = timedelta(days=1)


def language(text: str) -> str:
    """English or French, by the small words of a headline."""
    return "fr" if _FRENCH.search(text) or re.search(r"[éèàç]", text) else "en"


def _tells(text: str) -> bool:
    """Whether a headline of five words or more has a word of harm or of an attack."""
    cut, lang = split_text(text), language(text)
    size = len(cut.words)
    tables = (EVENTS[lang], HARM[lang])
    return (
        size >= 5 and not text.startswith(("#", "@")) and any(any(t.find(cut.words, 0, size)) for t in tables)
    )


def _day(text: str) -> date:
    return date.fromisoformat(text[:10])


def _sides(row: dict[str, str], country: str) -> frozenset[str]:
    found: set[str] = set()
    for name in f"{row['side_a']}, {row['side_b']}".split(", "):
        found |= _by_name().get(name, set())
        if name.startswith("Government of"):
            found |= _of_state(country if name.endswith(row["country"]) else name) | _AUXILIARIES.get(
                country, set()
            )
    return frozenset(found | _BOKO_HARAM if found & _BOKO_HARAM and country not in ("MLI", "BFA") else found)


@cache
def _by_name() -> dict[str, set[str]]:
    names: dict[str, set[str]] = {
        "IS": set(_ISLAMIC_STATE),
        "Jama'atu Ahlis Sunna Lidda'awati wal-Jihad": {"boko-haram"},
    }
    for entry in registry_entries():
        for known in entry.get("ucdp") or []:
            names.setdefault(known["name"], set()).add(entry["slug"])
    return names


@cache
def _of_state(country: str) -> set[str]:
    """The government and every force of a country, by its code or by UCDP's name for its government."""
    entries = list(registry_entries())
    code = (
        country
        if len(country) == 3
        else next(
            (e.get("country", "") for e in entries for u in e.get("ucdp") or [] if u["name"] == country), ""
        )
    )
    return {
        e["slug"]
        for e in entries
        if e.get("country") == code
        and e["kind"] in ("state_force", "government", "foreign_state_force", "private_military")
    }
