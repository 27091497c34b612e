"""What an incident must satisfy to be kept on the desk at all. What it needs to be published is `publishing.unready`."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from datetime import timedelta
from typing import Any

from django.core.exceptions import ValidationError
from django.db.models import Model
from django.utils import timezone

from conflict.kit.dates import read_partial_date
from conflict.kit.problems import Problem, nearest_name
from events.claims import model as rule_model
from events.claims.codes import ClaimantKind, ClaimStatus
from events.codes import SUBTYPES, EventType, LocationPrecision
from events.countries import COUNTRIES
from events.models import Claim, Evidence, Incident
from events.verbs.differences import Part

ADDRESS = re.compile(r"https?://[^\s/]+[^\s]*")
# Database constraint -> (field, what is valid): the database's own words name neither.
CONSTRAINTS = {
    "claim_has_one_claimant": ("claimant_actor", "exactly one claimant: an actor, a person or a source"),
    "claim_low_to_high": ("high", "at least low"),
    "claim_set_aside_says_why": ("set_aside_why", "why it was set aside"),
    "one_participation_per_role": ("actor", "each actor once per role"),
    "incident_not_after_itself": ("follows", "another incident"),
    "one_incident_per_external_id": ("external_id", "an id that no other incident of the dataset has"),
    "one_official_name_at_a_time": ("text", "one official name per language at a time"),
    "one_relation_of_a_kind_at_a_time": ("object", "one relation of a kind between two actors at a time"),
    "relation_between_two_actors": ("object", "another actor"),
    "one_deployment_per_host_at_a_time": ("host", "one deployment per host country at a time"),
    "one_actor_per_identifier_at_a_time": ("external_id", "an id that means one actor at a time"),
    "strength_low_to_high": ("high", "at least low"),
    "agreement_signed_before_ended": ("ended", "a day not before the signature"),
    "one_person_per_affiliation": ("name", "a name that no other person of this affiliation has"),
    "acled_stays_private": ("redistributable", "off: ACLED's terms forbid passing its rows on"),
    "private_source_stays_private": (
        "redistributable",
        "off, because rows of this source are kept on the desk",
    ),
    "private_dataset_stays": ("dataset", "the private dataset that this incident came from"),
    "private_rows_stay_on_the_desk": ("dataset", "a dataset whose licence allows it to be published"),
    "feed_interval_at_least_5_minutes": ("interval_minutes", "at least 5"),
    "actor_country_iso3": ("country", "an ISO 3166-1 alpha-3 code or nothing"),
    "deployment_host_iso3": ("host", "an ISO 3166-1 alpha-3 code"),
}


def unfit(row: Model, parts: Sequence[Part] = ()) -> list[Problem]:
    """What keeps a row and its parts from being saved."""
    problems = list(unfit_row(row))
    kept = [part for part in parts if not part.delete]
    if isinstance(row, Incident):
        problems += unfit_incident(row)
        keys = {str(entry.get("key")) for entry in row.source_list}
        for part in kept:
            problems += named(part, unfit_said(part.row, row, keys))
    for part in kept:
        problems += named(part, unfit_row(part.row, owner=row))
    return list({(problem.field, problem.valid): problem for problem in problems}.values())


def named(part: Part, problems: Iterator[Problem]) -> Iterator[Problem]:
    """The problems of a part, with its name before the field."""
    for problem in problems:
        yield Problem(f"{part.name} {problem.field}".strip(), problem.value, problem.valid, problem.nearest)


def unfit_row(row: Model, owner: Model | None = None) -> Iterator[Problem]:
    """What the model's own fields and the database's constraints refuse, in words."""
    unknown = {  # a new owner has no key yet
        column.name
        for column in row._meta.concrete_fields
        if owner is not None
        and owner.pk is None
        and column.remote_field
        and getattr(row, column.name, None) is owner
    }
    for check in (row.clean_fields, row.validate_unique, row.validate_constraints):
        try:
            check(exclude=unknown)
        except ValidationError as error:
            yield from told(error)


def told(error: ValidationError) -> Iterator[Problem]:
    """Django's errors as problems; constraints by the table of this module."""
    fields = error.error_dict if hasattr(error, "error_dict") else {"": error.error_list}
    for field, errors in fields.items():
        for one in errors:
            text = "; ".join(one.messages)
            name = next((name for name in CONSTRAINTS if f"“{name}”" in text), None)
            known, valid = CONSTRAINTS[name] if name else (field.replace("__all__", ""), text)
            yield Problem(known, (one.params or {}).get("value", ""), valid)


def unfit_incident(row: Incident) -> Iterator[Problem]:
    """An incident's own rules."""
    subtypes = SUBTYPES.get(row.event_type, ()) if row.event_type in EventType.values() else ()
    if row.event_subtype and row.event_subtype not in subtypes:
        yield Problem(
            "event_subtype", row.event_subtype, "one of " + ", ".join(code.value for code in subtypes)
        )
    if row.date_start and row.date_end and row.date_end < row.date_start:
        yield Problem("date_end", row.date_end, f"a day not before {row.date_start}")
    if row.date_end and row.date_end > timezone.now().date() + timedelta(days=1):
        yield Problem("date_end", row.date_end, "a day that has come")
    if row.country not in COUNTRIES:
        nearest = nearest_name(row.country, COUNTRIES)
        yield Problem("country", row.country, "one of " + ", ".join(COUNTRIES), nearest)
    if row.point is None and row.location_precision in (LocationPrecision.EXACT, LocationPrecision.NEAR):
        yield Problem("point", "", f"a point, because the place is known as “{row.location_precision}”")
    yield from unfit_citations(row.source_list)


def unfit_citations(citations: Any) -> Iterator[Problem]:
    """Citations: each with its own key, an outlet, and an address that a browser may open."""
    keys: set[str] = set()
    for entry in citations:
        key, url, day = (str(entry.get(name) or "") for name in ("key", "url", "date"))
        if not key or key in keys:
            yield Problem("source_list", key, "a key of its own for each citation, such as s1")
        if not entry.get("outlet"):
            yield Problem("source_list", key, "an outlet for each citation")
        if url and not ADDRESS.fullmatch(url):
            yield Problem("source_list", url, "an address that begins with http:// or https://")
        if day and isinstance(wrong := read_partial_date("source_list", day), Problem):
            yield wrong
        keys.add(key)


def unfit_said(row: Model, incident: Incident, keys: set[str]) -> Iterator[Problem]:
    """A claim or a piece of evidence: relayed by a citation that exists, and what the derivation rules accept."""
    if not isinstance(row, Claim | Evidence):
        return
    if row.relayed_by and row.relayed_by not in keys:
        cited = ", ".join(sorted(keys)) or "none yet"
        yield Problem("relayed_by", row.relayed_by, f"the key of a citation of this incident: {cited}")
    if not isinstance(row, Claim):
        return
    if row.supersedes and row.supersedes.incident_id != incident.pk:
        yield Problem("supersedes", row.supersedes_id, "an earlier claim on this incident")
    if row.status != ClaimStatus.SET_ASIDE:
        yield from unfit_figure(row)


def unfit_figure(claim: Claim) -> Iterator[Problem]:
    """What the derivation rules refuse to count; they name the field."""
    try:
        rule_model.Claim(
            id=1,
            claimant="anybody",
            claimant_kind=ClaimantKind.PARTY,
            stance=claim.stance,
            measure=claim.measure,
            about=frozenset(),
            quantifier=claim.quantifier,
            low=claim.low,
            high=claim.high,
            best=claim.best,
            item_class=claim.item_class,
        )
    except ValueError as refusal:
        field, _, rest = str(refusal).removeprefix("claim ").partition(": ")
        yield Problem(field, getattr(claim, field, ""), rest.partition("; valid is ")[2] or rest)
