"""redact: take words or values out of every version of an incident, for a source in danger or by order of a court.

The record keeps that something was taken out, where and under which reason code, never what. The desk's rows and
traces of the incident lose the same words, so that the next publication does not bring them back.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from typing import Any

from django.contrib.auth.models import User
from django.db import transaction
from django.db.models import F, Model

from actors.models import Person
from conflict.kit.problems import Problem, Refused, not_one_of
from conflict.kit.text import slug as slug_of
from events.codes import LocationPrecision, PublicationKind, Sensitivity
from events.models import Incident, Source, Trace
from events.policy import Act, refuse_unless
from events.record import ledger, redaction
from events.record.ledger import Publication
from events.verbs.publishing import refuse_empty_reason
from events.verbs.tracing import subject_of, trace

REDACTION_CODES = ("source_in_danger", "privacy", "court_order", "legal", "safety")
MARK = "[redacted]"
SHORTEST_WORD = 3
Columns = dict[str, Any]
Strike = Callable[[str], str]
# Codes and keys within a document: striking a word there would break it and hide nothing.
_CODES = """
kind stance measure item_class quantifier scope verification rule version basis phrase_lang language lang key
relayed_by date outcome grade licence release boundary_vintage id follows reason_code merged_into
"""
CODES = frozenset(_CODES.split())


def redact(
    incident: Incident,
    *,
    words: Iterable[str] = (),
    withhold: Iterable[str] = (),
    code: str,
    reason: str,
    by: User | None = None,
    role: str = "chief editor",
) -> Publication:
    """Take `words` out of every text, and withhold whole values, in all versions; one publication says so.

    `withhold` names keys of `WITHHELD`. The reason is public: it must not contain the words. Raises Refused.
    """
    words, withhold = [word.strip() for word in words if word.strip()], list(withhold)
    refuse_empty_reason(reason)
    refuse_unclear(words, withhold, code)
    strike = striker(words)
    if strike(reason) != reason:
        raise Refused(Problem("reason", MARK, "a reason without the words that are taken out: it is public"))
    with transaction.atomic():
        number = ledger.opened()
        row = published_once(incident, by)
        changed = replace_everywhere(number, row, strike, withhold, code)
        publication = ledger.sealed(number, PublicationKind.REDACT, role, reason)
        clean_desk(row, strike, withhold)
        change = {"code": code, "fields": sorted(changed)}
        trace("redact", row, by=by, role=role, reason=reason, publication=number, change=change)
        return publication


def refuse_unclear(words: Sequence[str], withhold: Sequence[str], code: str) -> None:
    """Something must be named, by codes that exist, and words long enough to be that word and no other."""
    problems = [
        Problem("words", word, f"at least {SHORTEST_WORD} characters")
        for word in words
        if len(word) < SHORTEST_WORD
    ]
    if code not in REDACTION_CODES:
        problems.append(not_one_of("code", code, REDACTION_CODES))
    problems += [not_one_of("withhold", name, WITHHELD) for name in withhold if name not in WITHHELD]
    if not words and not withhold:
        problems.append(Problem("words", "", "words to take out, or a value to withhold"))
    if problems:
        raise Refused(problems)


def published_once(incident: Incident, by: User | None) -> Incident:
    """Lock an incident that has versions in the record."""
    row = Incident.objects.select_for_update().filter(pk=incident.pk).first()
    if row is None or not row.public_id:
        raise Refused(Problem("incident", incident.pk, "an incident that was published"), status=404)
    refuse_unless(by, Act.REDACT, row)
    return row


def striker(words: Sequence[str]) -> Strike:
    """A function that replaces the words, and the addresses made of them, whatever their case."""
    spelled = {form for word in words for form in (word, slug_of(word)) if form}
    if not spelled:
        return lambda text: text
    forms = "|".join(
        r"\s+".join(map(re.escape, form.split())) for form in sorted(spelled, key=len, reverse=True)
    )
    pattern = re.compile(rf"(?<!\w)(?:{forms})(?!\w)", re.IGNORECASE)
    return lambda text: pattern.sub(MARK, text)


def replace_everywhere(
    number: int, row: Incident, strike: Strike, withhold: Sequence[str], code: str
) -> set[str]:
    """Replace in every version; return the names of the columns that changed. Raises Refused when none did."""
    changed: set[str] = set()
    for version_id, columns in redaction.versions(str(row.public_id)):
        clean = withheld(struck_columns(columns, strike), withhold)
        differing = [name for name in redaction.REDACTABLE if clean[name] != columns[name]]
        if differing:
            redaction.replace(number, version_id, clean, differing, code)
            changed.update(differing)
    if not changed:
        raise Refused(Problem("words", MARK, "words or values that stand in a published version"))
    return changed


def struck_columns(columns: Columns, strike: Strike) -> Columns:
    """A version's columns without the words."""
    names = ("title_en", "title_fr", "place", "admin1_name", "admin2_name")
    document = struck(columns["document"], strike)
    return {
        **columns,
        **{name: strike(columns[name]) if columns[name] else columns[name] for name in names},
        "participants": [[*part[:2], strike(part[2]), *part[3:]] for part in columns["participants"]],
        "document": document,
        "sources": outlets(document, columns["sources"]),
    }


def struck(value: Any, strike: Strike) -> Any:
    """A JSON value without the words; an address that contains them goes as a whole."""
    if isinstance(value, str):
        return strike(value)
    if isinstance(value, list):
        return [struck(inner, strike) for inner in value]
    if not isinstance(value, dict):
        return value
    clean = {name: inner if name in CODES else struck(inner, strike) for name, inner in value.items()}
    if clean.get("url") and clean["url"] != value["url"]:
        clean["url"] = ""
    return clean


def outlets(document: Columns, sources: list[str]) -> list[str]:
    """The column `sources` as the document now has it; a tombstone has none."""
    cited = document.get("sources")
    return sources if cited is None else sorted({entry["outlet"] for entry in cited})


def withheld(columns: Columns, names: Sequence[str]) -> Columns:
    """A version's columns without the values named."""
    if "document" in columns and "claims" not in columns["document"]:
        return columns
    for name in names:
        columns = WITHHELD[name](columns)
    return columns


def coarse(columns: Columns) -> Columns:
    """No point: the first-level unit, or the country, is all that is said."""
    precision = LocationPrecision.ADMIN1 if columns["admin1"] else LocationPrecision.COUNTRY
    return {**columns, "longitude": None, "latitude": None, "location_precision": precision.value}


def placeless(columns: Columns) -> Columns:
    """No point, no place, no unit below the first level."""
    return {**coarse(columns), "place": None, "admin2": None, "admin2_name": None, "admin3": None}


def uncited(columns: Columns) -> Columns:
    """Citations keep their key and nothing else."""
    cited = [unnamed_citation(entry) for entry in columns["document"]["sources"]]
    return {**columns, "document": {**columns["document"], "sources": cited}, "sources": [MARK]}


def unnamed_citation(entry: Columns) -> Columns:
    """A citation that says only that there is one."""
    return {"key": entry.get("key", ""), "outlet": MARK}


def without_evidence(columns: Columns) -> Columns:
    """No media."""
    return {**columns, "document": {**columns["document"], "evidence": []}}


def without_summary(columns: Columns) -> Columns:
    """No summaries."""
    return {**columns, "document": {**columns["document"], "summaries": {}}}


WITHHELD: dict[str, Callable[[Columns], Columns]] = {
    "point": coarse,
    "place": placeless,
    "sources": uncited,
    "evidence": without_evidence,
    "summary": without_summary,
}


def clean_desk(row: Incident, strike: Strike, withhold: Sequence[str]) -> None:
    """The same on the desk: the incident, what hangs on it, the people it names, its traces."""
    clean_incident(row, strike, withhold)
    for part in row.participations.all():
        strike_row(part, ("label_used",), strike)
    for claim in row.claims.select_related("claimant_person", "claimant_source"):
        strike_row(claim, ("phrase", "note", "set_aside_why"), strike)
        clean_claimant(claim, strike)
    for item in row.evidence.all():
        strike_row(item, ("description_en", "description_fr", "said_by", "url"), strike)
    if row.group:
        strike_row(row.group, ("title_en", "title_fr", "summary_en", "summary_fr"), strike)
    clean_traces(row, strike)


def clean_incident(row: Incident, strike: Strike, withhold: Sequence[str]) -> None:
    """The incident's own columns; a new revision, so that no open form writes the words back."""
    names = ("title_en", "title_fr", "summary_en", "summary_fr", "place_name", "admin1_name", "admin2_name")
    values: Columns = {name: strike(getattr(row, name)) for name in (*names, "internal_note")}
    values["source_list"] = struck(row.source_list, strike)
    if {"point", "place"} & set(withhold):
        precision = LocationPrecision.ADMIN1 if row.admin1 else LocationPrecision.COUNTRY
        values |= {"sensitivity": Sensitivity.UNIT, "location_precision": precision}
    if "place" in withhold:
        values |= {"place_name": "", "admin2": "", "admin2_name": "", "admin3": ""}
    if "sources" in withhold:
        values["source_list"] = [unnamed_citation(entry) for entry in row.source_list]
    if "summary" in withhold:
        values |= {"summary_en": "", "summary_fr": ""}
    if "evidence" in withhold:
        row.evidence.all().delete()
    revisions = {"revision": F("revision") + 1, "published_revision": F("published_revision") + 1}
    Incident.objects.filter(pk=row.pk).update(**values, **revisions)


def clean_claimant(claim: Any, strike: Strike) -> None:
    """A person or source whose name is taken out is replaced by one without a name."""
    person, source = claim.claimant_person, claim.claimant_source
    if person and strike(person.name) != person.name:
        claim.claimant_person, _ = Person.objects.get_or_create(name=MARK, affiliation=person.affiliation)
    elif source and strike(source.name) != source.name:
        claim.claimant_source, _ = Source.objects.get_or_create(
            slug="redacted", defaults={"name": MARK, "public": False}
        )
    else:
        return
    claim.save(update_fields=["claimant_person", "claimant_source"])


def clean_traces(row: Incident, strike: Strike) -> None:
    """Traces are never edited but for this: the words go, the fact of each change stays."""
    for entry in Trace.objects.filter(subject=subject_of(row)):
        change, reason = struck(entry.change, strike), strike(entry.reason)
        if (change, reason) != (entry.change, entry.reason):
            Trace.objects.filter(pk=entry.pk).update(change=change, reason=reason)


def strike_row(row: Model, names: Sequence[str], strike: Strike) -> None:
    """Save the columns of a row without the words, where they stood there."""
    clean = {name: strike(getattr(row, name)) for name in names}
    if "url" in clean and clean["url"] != getattr(row, "url", ""):
        clean["url"] = ""
    if any(clean[name] != getattr(row, name) for name in names):
        type(row)._default_manager.filter(pk=row.pk).update(**clean)
