"""A row of incidents with its rows of claims to one entry that a verb can keep, or to everything wrong with it.

An entry is plain JSON: {key, fields, participants, claims}. `fields` are columns of `Incident`, days as ISO text, the
point as [longitude, latitude]; participants are {actor, role, label_used, confidence}; claims carry `claimant`
({kind, name, affiliation}, actors by slug), `about` (slugs) and columns of `Claim`.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from conflict.kit.problems import Problem
from conflict.kit.rejections import Fault
from conflict.kit.text import slug as slug_of
from events.claims.codes import ClaimStatus, ClaimVerification, ItemClass, Measure, Quantifier, Scope, Stance
from events.claims.quantifier_words import LANGUAGES
from events.claims.quantifiers import read_phrase
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
from events.ingest.tables.cells import (
    Memo,
    Read,
    address,
    code_of,
    country,
    day_of,
    degrees,
    flag,
    number,
    partial_day,
    text_of,
)
from events.ingest.tables.columns import CLAIMANT_KINDS, CLAIMS, INCIDENTS
from events.ingest.tables.names import Found, Names
from events.ingest.tables.sheets import Line, Sheet, Sheets
from events.models import Claim, Incident
from events.verbs.drafting import incident_of
from events.verbs.fitness import unfit_citations, unfit_figure, unfit_incident

Entry = dict[str, Any]
# Goes up when the same row shall be written differently; every row is then a changed one.
FORMAT = "table/1"
SOURCE: dict[str, Read] = {
    "source_outlet": text_of(200),
    "source_url": address,
    "source_date": partial_day,
    "source_title": text_of(500),
    "source_language": text_of(3),
}
CITED = {name: name.removeprefix("source_") for name in SOURCE}


def incident_readers(day_first: bool) -> dict[str, Read]:
    """How each column of the incidents is read; roles are read by name and day."""
    return {
        "incident": text_of(80),
        "title_en": text_of(300),
        "title_fr": text_of(300),
        "event_type": code_of(EventType),
        "event_subtype": code_of(EventSubtype),
        "date_start": day_of(day_first, needed=True),
        "date_end": day_of(day_first),
        "date_precision": code_of(DatePrecision),
        "country": country,
        "place": text_of(300),
        "latitude": degrees(90),
        "longitude": degrees(180),
        "location_precision": code_of(LocationPrecision),
        "admin1": text_of(200),
        "sensitivity": code_of(Sensitivity, Sensitivity.ORDINARY.value),
        "civilian_targeting": flag,
        "verification": code_of(IncidentVerification, IncidentVerification.UNVERIFIED.value),
        "outcome": code_of(Outcome),
        **{role.value: text_of(2_000) for role in Role},
        "summary_en": text_of(20_000, lines=True),
        "summary_fr": text_of(20_000, lines=True),
        **SOURCE,
        "note": text_of(5_000, lines=True),
    }


def claim_readers() -> dict[str, Read]:
    """How each column of the claims is read."""
    return {
        "incident": text_of(80),
        "claimant": text_of(200),
        "claimant_kind": text_of(10),
        "affiliation": text_of(200),
        "stance": code_of(Stance, Stance.ALLEGATION.value),
        "measure": code_of(Measure),
        "item_class": code_of(ItemClass),
        "about": text_of(2_000),
        "quantifier": code_of(Quantifier),
        "low": number,
        "high": number,
        "phrase": text_of(300),
        "phrase_lang": text_of(3),
        "verification": code_of(ClaimVerification, ClaimVerification.UNVERIFIED.value),
        "scope": code_of(Scope, Scope.INCIDENT.value),
        "status": code_of(ClaimStatus, ClaimStatus.PENDING.value),
        **SOURCE,
        "note": text_of(500),
    }


@dataclass
class Row:
    """One incident of the table: its entry, or its faults; the lines it was read from."""

    key: str
    line: int
    entry: Entry | None = None
    faults: list[Fault] = field(default_factory=list)
    incident: Line | None = None
    claims: list[Line] = field(default_factory=list)

    @property
    def digest(self) -> bytes:
        """By which a changed row is known."""
        said = json.dumps([FORMAT, self.entry], sort_keys=True, ensure_ascii=False)
        return hashlib.sha256(said.encode()).digest()


def rows_of(sheets: Sheets, names: Names) -> Iterator[Row]:
    """Every incident of the table in order, then claims whose incident does not stand in it."""
    claims: dict[str, list[Line]] = {}
    for line in sheets[CLAIMS].lines:
        claims.setdefault(line.cells.get("incident", ""), []).append(line)
    reader = Reader(sheets[INCIDENTS], sheets[CLAIMS], names)
    lines = sheets[INCIDENTS].lines
    last = {line.cells.get("incident", ""): line.line for line in lines}
    for line in lines:
        key = line.cells.get("incident", "")
        if key and last[key] != line.line:
            yield repeated(key, line, last[key])
        else:
            yield reader.row(key, line, claims.pop(key, []) if key else [])
    for key, orphans in claims.items():
        valid = "the key of an incident that stands in the sheet incidents"
        faults = [Fault(CLAIMS, line.line, Problem("incident", key, valid)) for line in orphans]
        yield Row(key, orphans[0].line, faults=faults, claims=orphans)


def repeated(key: str, line: Line, last: int) -> Row:
    """A row whose key stands again further down."""
    valid = f"a key that stands once; line {last} has it again and counts"
    return Row(
        key, line.line, faults=[Fault(INCIDENTS, line.line, Problem("incident", key, valid))], incident=line
    )


class Reader:
    """Reads the rows of one table."""

    def __init__(self, incidents: Sheet, claims: Sheet, names: Names) -> None:
        self.names = names
        readers = incident_readers(incidents.day_first)
        self.incident = {name: Memo(name, read) for name, read in readers.items()}
        self.claim = {name: Memo(name, read) for name, read in claim_readers().items()}
        self.columns = {INCIDENTS: incidents.columns, CLAIMS: claims.columns}

    def row(self, key: str, line: Line, claims: list[Line]) -> Row:
        """One incident with its claims."""
        row = Row(key, line.line, incident=line, claims=claims)
        values = self.values(row, INCIDENTS, line, self.incident)
        day = values["date_start"] if isinstance(values["date_start"], date) else date.today()
        heard = [(one, self.values(row, CLAIMS, one, self.claim)) for one in claims]
        cited = citations([values, *(said for _, said in heard)])
        entry = {
            "key": key,
            "fields": self.fields(row, values, cited),
            "participants": self.participants(row, values, day),
            "claims": [self.said(row, one, said, day, cited) for one, said in heard],
        }
        if not row.faults:
            row.faults += unfit_row(row, entry)
        row.entry = None if row.faults else entry
        return row

    def values(self, row: Row, sheet: str, line: Line, readers: Mapping[str, Memo]) -> dict[str, Any]:
        """Every column's value; problems go to the row."""
        found: dict[str, Any] = {}
        if line.beyond:
            valid = f"{len(self.columns[sheet])} cells, as in the header"
            row.faults.append(Fault(sheet, line.line, Problem("row", f"{line.beyond} cells more", valid)))
        for name, read in readers.items():
            value = read(line.cells.get(name, ""))
            if isinstance(value, Problem):
                row.faults.append(Fault(sheet, line.line, value))
                value = None
            found[name] = value
        for name in ("incident", "event_type", "measure", "claimant"):
            if name in readers and found[name] == "":
                row.faults.append(Fault(sheet, line.line, Problem(name, "", "a value; it may not be empty")))
        return found

    def fields(self, row: Row, values: dict[str, Any], cited: list[dict[str, str]]) -> Entry:
        """The incident's own columns."""
        same = ("title_en", "title_fr", "event_type", "event_subtype", "country", "sensitivity", "civilian_targeting",
                "verification", "outcome", "summary_en", "summary_fr")  # fmt: skip
        start, end = values["date_start"], values["date_end"] or values["date_start"]
        if not (values["title_en"] or values["title_fr"]):
            self.fault(row, "title_en", "", "a sentence of fact, here or in title_fr")
        return {
            **{name: values[name] for name in same},
            "date_start": start.isoformat() if start else None,
            "date_end": end.isoformat() if end else None,
            "date_precision": values["date_precision"] or (span(start, end) if start and end else ""),
            "place_name": values["place"],
            **self.where(row, values),
            "source_list": cited,
            "internal_note": values["note"],
        }

    def where(self, row: Row, values: dict[str, Any]) -> Entry:
        """Point, precision and first-level unit."""
        latitude, longitude, precision = values["latitude"], values["longitude"], values["location_precision"]
        given = row.incident.cells if row.incident else {}
        for name, other in (("latitude", "longitude"), ("longitude", "latitude")):
            if given.get(other) and not given.get(name):
                self.fault(row, name, "", f"degrees, because {other} is given")
        if latitude is not None and precision == "":
            valid = "how precisely the point is known: one of " + ", ".join(LocationPrecision.values())
            self.fault(row, "location_precision", "", valid)
        where: Entry = {
            "point": [longitude, latitude] if latitude is not None and longitude is not None else None,
            "location_precision": precision or LocationPrecision.COUNTRY.value,
        }
        if values["admin1"] and values["country"]:
            unit = self.names.unit("admin1", values["admin1"], values["country"])
            if isinstance(unit, Problem):
                row.faults.append(Fault(INCIDENTS, row.line, unit))
            else:
                where |= {"admin1": unit[0], "admin1_name": unit[1]}
        return where

    def fault(self, row: Row, column: str, value: object, valid: str) -> None:
        """Note what is wrong in the incident's own line."""
        row.faults.append(Fault(INCIDENTS, row.line, Problem(column, value, valid)))

    def participants(self, row: Row, values: dict[str, Any], day: date) -> list[Entry]:
        """Who took part, each once in a role."""
        found: dict[tuple[str, str], Entry] = {}
        for role in Role:
            for one in self.names.actors(role.value, values[role.value] or "", day):
                if isinstance(one, Problem):
                    row.faults.append(Fault(INCIDENTS, row.line, one))
                    continue
                part = {
                    "actor": one.slug,
                    "role": role.value,
                    "label_used": one.label,
                    "confidence": one.confidence,
                }
                found.setdefault((one.slug, role.value), part)
        return list(found.values())

    def said(
        self, row: Row, line: Line, values: dict[str, Any], day: date, cited: list[dict[str, str]]
    ) -> Entry:
        """One claim."""
        about = self.known(row, line, self.names.actors("about", values["about"] or "", day))
        same = (
            "stance",
            "measure",
            "item_class",
            "phrase",
            "phrase_lang",
            "verification",
            "scope",
            "status",
            "note",
        )
        relayed = next((one["key"] for one in cited if without_key(one) == citation(values)), "")
        if values["status"] == ClaimStatus.SET_ASIDE and not values["note"]:
            row.faults.append(Fault(CLAIMS, line.line, Problem("note", "", "why the claim was set aside")))
        return {
            **{name: values[name] for name in same},
            **figure(values),
            "claimant": self.claimant(row, line, values, day),
            "about": sorted({one.slug for one in about}),
            "relayed_by": relayed,
        }

    def claimant(self, row: Row, line: Line, values: dict[str, Any], day: date) -> Entry:
        """Who says it."""
        kind, name = values["claimant_kind"] or "actor", values["claimant"] or ""
        if kind not in CLAIMANT_KINDS:
            valid = "one of " + ", ".join(CLAIMANT_KINDS)
            row.faults.append(Fault(CLAIMS, line.line, Problem("claimant_kind", kind, valid)))
        if kind == "actor" and name:
            found = self.known(row, line, [self.names.actor("claimant", name, day)])
            name = found[0].slug if found else ""
        if kind == "source" and name and not slug_of(name):
            row.faults.append(
                Fault(CLAIMS, line.line, Problem("claimant", name, "a name with letters or digits"))
            )
        whom = (
            self.names.actors("affiliation", values["affiliation"] or "", day)[:1] if kind == "person" else []
        )
        affiliation = self.known(row, line, whom)
        return {"kind": kind, "name": name, "affiliation": affiliation[0].slug if affiliation else ""}

    @staticmethod
    def known(row: Row, line: Line, found: list[Found | Problem]) -> list[Found]:
        """The actors that are known; the others are faults."""
        row.faults += [Fault(CLAIMS, line.line, one) for one in found if isinstance(one, Problem)]
        return [one for one in found if isinstance(one, Found)]


def span(start: date, end: date) -> str:
    """A date's precision by the length of its span."""
    days = (end - start).days
    if days <= 0:
        return DatePrecision.DAY.value
    lengths = [(5, DatePrecision.DAYS), (6, DatePrecision.WEEK), (30, DatePrecision.MONTH)]
    return next((code.value for longest, code in lengths if days <= longest), DatePrecision.LONGER.value)


def citation(values: Mapping[str, Any]) -> dict[str, str]:
    """What a row cites, empty when it cites nothing."""
    return {said: values[name] for name, said in CITED.items() if values[name]}


def without_key(entry: Mapping[str, str]) -> dict[str, str]:
    """A citation as its row gave it."""
    return {name: value for name, value in entry.items() if name != "key"}


def citations(rows: list[dict[str, Any]]) -> list[dict[str, str]]:
    """Every different citation of an incident and its claims, with keys of their own."""
    found: list[dict[str, str]] = []
    for cited in filter(None, map(citation, rows)):
        if cited not in found:
            found.append(cited)
    return [{"key": f"s{place}", **cited} for place, cited in enumerate(found, start=1)]


def figure(values: Mapping[str, Any]) -> Entry:
    """Quantifier, low and high: as typed, else by the ends that are given, else as the words are read."""
    quantifier, low, high = values["quantifier"], values["low"], values["high"]
    if low is None and high is None and not quantifier and values["phrase"]:
        lang = values["phrase_lang"] if values["phrase_lang"] in LANGUAGES else "en"
        if reading := read_phrase(values["phrase"], lang):
            return {"quantifier": reading.quantifier.value, "low": reading.low, "high": reading.high}
    if quantifier == Quantifier.EXACT:
        low, high = (high if low is None else low), (low if high is None else high)
    return {"quantifier": quantifier or by_ends(low, high), "low": low, "high": high}


def by_ends(low: int | None, high: int | None) -> str:
    """How a figure with these ends was put."""
    if low is None and high is None:
        return Quantifier.UNKNOWN.value
    if low is None:
        return Quantifier.AT_MOST.value
    if high is None:
        return Quantifier.AT_LEAST.value
    return Quantifier.EXACT.value if low == high else Quantifier.BETWEEN.value


SHOWN_AS = {"place_name": "place", "point": "latitude", "source_list": "source_outlet"}


def unfit_row(row: Row, entry: Entry) -> Iterator[Fault]:
    """What the desk's own rules refuse; every one of them is asked, none repeated here."""
    incident = incident_of(entry, Incident())
    for problem in (*unfit_incident(incident), *unfit_citations(incident.source_list)):
        shown = SHOWN_AS.get(problem.field, problem.field)
        yield Fault(INCIDENTS, row.line, Problem(shown, problem.value, problem.valid, problem.nearest))
    for line, said in zip(row.claims, entry["claims"], strict=True):
        numbers = {
            name: said[name] for name in ("stance", "measure", "item_class", "quantifier", "low", "high")
        }
        for problem in unfit_figure(Claim(**numbers)):
            yield Fault(CLAIMS, line.line, problem)
