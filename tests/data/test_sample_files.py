"""The sample incidents as files: codes, keys, dates, places, sources and claims, without a database."""

from __future__ import annotations

import datetime as dt
import re
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest
import yaml

from events.claims.codes import (
    MATERIEL,
    STATED,
    ClaimVerification,
    ItemClass,
    Measure,
    Quantifier,
    Scope,
    Stance,
)
from events.claims.quantifiers import find_readings
from events.codes import (
    SUBTYPES,
    Confidence,
    DatePrecision,
    EventSubtype,
    EventType,
    IncidentVerification,
    LocationPrecision,
    Outcome,
    Role,
)

Entry = dict[str, Any]

ROOT = Path(__file__).parents[2]
SAMPLE = ROOT / "events" / "sample"
REGISTRY = ROOT / "actors" / "registry"
LANGUAGES = ("en", "fr")

# West, south, east, north in degrees, a little wider than the country.
BOXES = {"MLI": (-12.4, 10.0, 4.4, 25.1), "BFA": (-5.7, 9.3, 2.5, 15.2), "NER": (0.1, 11.6, 16.1, 23.6)}
# First-level units: the OCHA codes of the three countries (Mali 2021, Burkina Faso 2020, Niger 2023).
ADMIN1 = {
    "MLI": {f"ML{n:02}" for n in range(1, 11)},
    "BFA": {"BF13", *(f"BF{n}" for n in range(46, 58))},
    "NER": {f"NE00{n}" for n in range(1, 9)},
}
# Inclusive days from date_start to date_end that a precision may stand for.
SPANS = {"day": (1, 1), "days": (2, 6), "week": (2, 14), "month": (2, 31), "longer": (32, 36_500)}
INCIDENT_KEYS = {
    "key", "title", "summary", "event_type", "event_subtype", "date_start", "date_end", "date_precision", "country",
    "admin1", "place", "longitude", "latitude", "location_precision", "verification", "civilian_targeting",
    "outcome", "part_of", "follows", "participants", "sources", "claims", "evidence",
}  # fmt: skip


def read(path: Path) -> list[Entry]:
    return yaml.safe_load(path.read_text(encoding="utf-8"))


INCIDENTS = [entry for path in sorted((SAMPLE / "incidents").glob("*.yaml")) for entry in read(path)]
GROUPS = {group["key"]: group for group in read(SAMPLE / "groups.yaml")}
BY_KEY = {entry["key"]: entry for entry in INCIDENTS}
each_incident = pytest.mark.parametrize("incident", INCIDENTS, ids=[entry["key"] for entry in INCIDENTS])


def actor_slugs() -> set[str]:
    files = [path for path in REGISTRY.glob("*.yaml") if path.name != "agreements.yaml"]
    return {actor["slug"] for path in files for actor in read(path)}


SLUGS = actor_slugs()


def actors_named(incident: Entry) -> Iterator[str]:
    yield from (part["actor"] for part in incident["participants"])
    for claim in incident["claims"]:
        yield from claim.get("about", [])
        claimant = claim["claimant"]
        if "actor" in claimant:
            yield claimant["actor"]
        if "affiliation" in claimant.get("person", {}):
            yield claimant["person"]["affiliation"]


def partial_date(value: str) -> dt.date:
    """First day that a year, month or day stands for. Raises ValueError for anything else."""
    year, month, day = (*value.split("-"), "01", "01")[:3]
    return dt.date(int(year), int(month), int(day))


def test_no_two_incidents_share_a_key() -> None:
    assert [key for key, times in Counter(entry["key"] for entry in INCIDENTS).items() if times > 1] == []


def test_the_sample_is_wide_enough() -> None:
    assert len(INCIDENTS) >= 45
    assert {entry["country"] for entry in INCIDENTS} == set(BOXES)
    assert {entry["event_type"] for entry in INCIDENTS} == set(EventType.values())
    assert {int(entry["date_start"][:4]) for entry in INCIDENTS} >= set(range(2012, 2026))


def test_every_group_is_told_in_both_languages_and_has_incidents() -> None:
    used = Counter(entry["part_of"] for entry in INCIDENTS if "part_of" in entry)
    assert set(used) == set(GROUPS)
    assert all(times > 1 for times in used.values())
    assert all(
        group[field][lang].strip()
        for group in GROUPS.values()
        for field in ("title", "summary")
        for lang in LANGUAGES
    )


@each_incident
def test_an_incident_has_only_known_keys(incident: Entry) -> None:
    assert set(incident) <= INCIDENT_KEYS


@each_incident
def test_codes_are_those_of_the_domain(incident: Entry) -> None:
    assert EventSubtype(incident["event_subtype"]) in SUBTYPES[EventType(incident["event_type"])]
    assert incident["date_precision"] in DatePrecision.values()
    assert incident["location_precision"] in LocationPrecision.values()
    assert incident["verification"] in IncidentVerification.values()
    assert incident["civilian_targeting"] in (True, False)
    if "outcome" in incident:
        assert incident["event_type"] == EventType.BATTLE
        assert incident["outcome"] in Outcome.values()


@each_incident
def test_dates_parse_and_fit_their_precision(incident: Entry) -> None:
    start, end = (dt.date.fromisoformat(incident[field]) for field in ("date_start", "date_end"))
    least, most = SPANS[incident["date_precision"]]
    assert least <= (end - start).days + 1 <= most
    assert start >= dt.date(2012, 1, 1)


@each_incident
def test_the_place_lies_in_its_country(incident: Entry) -> None:
    west, south, east, north = BOXES[incident["country"]]
    assert west <= incident["longitude"] <= east
    assert south <= incident["latitude"] <= north
    assert incident["place"].strip()
    if "admin1" in incident:
        assert incident["admin1"] in ADMIN1[incident["country"]]


@each_incident
def test_title_and_summary_are_sentences_in_both_languages(incident: Entry) -> None:
    for lang in LANGUAGES:
        assert re.search(r"[^\W\d_]{3,} [^\W\d_]", incident["title"][lang])
        assert not re.match(r"\d", incident["title"][lang])
        assert incident["summary"][lang].strip().endswith(".")
    assert incident["title"]["en"] != incident["title"]["fr"]


@each_incident
def test_every_actor_named_is_in_the_registry(incident: Entry) -> None:
    assert set(actors_named(incident)) <= SLUGS


@each_incident
def test_participants_have_role_label_and_confidence(incident: Entry) -> None:
    assert incident["participants"]
    for part in incident["participants"]:
        assert set(part) == {"actor", "role", "label_used", "confidence"}
        assert part["role"] in Role.values()
        assert part["confidence"] in Confidence.values()
        assert part["label_used"].strip()
    pairs = [(part["actor"], part["role"]) for part in incident["participants"]]
    assert len(pairs) == len(set(pairs))


@each_incident
def test_sources_can_be_looked_up_and_do_not_come_before_the_incident(incident: Entry) -> None:
    keys = [source["key"] for source in incident["sources"]]
    assert keys
    assert len(keys) == len(set(keys))
    for source in incident["sources"]:
        address = urlsplit(source["url"])
        assert address.scheme in ("http", "https")
        assert "." in address.netloc
        assert source["outlet"].strip()
        assert re.fullmatch(r"[a-z]{2}", source["language"])
        assert partial_date(source["date"]).year >= dt.date.fromisoformat(incident["date_start"]).year


@each_incident
def test_only_an_unverified_incident_may_rest_on_one_source(incident: Entry) -> None:
    outlets = {source["outlet"] for source in incident["sources"]}
    assert len(outlets) > 1 or incident["verification"] == IncidentVerification.UNVERIFIED


@each_incident
def test_every_claim_says_who_claims_and_who_relays(incident: Entry) -> None:
    assert incident["claims"]
    for claim in incident["claims"]:
        assert set(claim["claimant"]) in ({"actor"}, {"person"}, {"source"})
        assert claim["relayed_by"] in {source["key"] for source in incident["sources"]}
        assert claim["phrase"].strip()
        assert len(claim["phrase"].split()) <= 12
        assert re.fullmatch(r"[a-z]{2}", claim["phrase_lang"])


@each_incident
def test_claims_use_the_codes_of_the_domain(incident: Entry) -> None:
    for claim in incident["claims"]:
        assert claim["stance"] in Stance.values()
        assert claim["measure"] in Measure.values()
        assert claim["quantifier"] in Quantifier.values()
        assert claim["verification"] in ClaimVerification.values()
        assert claim["scope"] in Scope.values()
        assert claim["scope"] == Scope.INCIDENT or "part_of" in incident
        assert ("item_class" in claim) == (claim["measure"] in MATERIEL)
        assert claim.get("item_class", "other") in ItemClass.values()


@each_incident
def test_figures_are_ordered_and_only_where_something_is_counted(incident: Entry) -> None:
    for claim in incident["claims"]:
        low, high = claim.get("low"), claim.get("high")
        if claim["quantifier"] == Quantifier.UNKNOWN or claim["measure"] in STATED:
            assert (low, high) == (None, None)
            continue
        assert low is not None or high is not None
        assert low is None or high is None or 0 <= low <= high
        assert (claim["quantifier"] != Quantifier.EXACT) or low == high


@each_incident
def test_a_figure_is_what_its_words_say(incident: Entry) -> None:
    for claim in incident["claims"]:
        if claim["phrase_lang"] not in LANGUAGES or claim["measure"] in STATED:
            continue
        readings = list(find_readings(claim["phrase"], claim["phrase_lang"]))
        if len(readings) == 1:
            (said,) = readings
            assert (claim["quantifier"], claim.get("low"), claim.get("high")) == (
                said.quantifier,
                said.low,
                said.high,
            )


@each_incident
def test_only_a_party_or_its_spokesman_admits_losses(incident: Entry) -> None:
    for claim in incident["claims"]:
        if claim["stance"] == Stance.ADMISSION:
            assert "actor" in claim["claimant"] or "affiliation" in claim["claimant"]["person"]


@each_incident
def test_links_lead_to_incidents_and_groups_of_the_sample(incident: Entry) -> None:
    assert incident.get("part_of") in {None, *GROUPS}
    if "follows" in incident:
        assert BY_KEY[incident["follows"]]["date_start"] <= incident["date_start"]
        assert incident["follows"] != incident["key"]


@each_incident
def test_evidence_says_what_it_shows_and_how_far_it_is_verified(incident: Entry) -> None:
    for item in incident.get("evidence", []):
        assert item["verification"] in ClaimVerification.values()
        assert all(item["description"][lang].strip() for lang in LANGUAGES)
        assert item["said_by"].strip()
        assert item["source"] in {source["key"] for source in incident["sources"]}


def founding(measure: str, **wanted: Any) -> list[Entry]:
    claims = [
        claim for entry in INCIDENTS if entry.get("part_of") == "kidal-june-2025" for claim in entry["claims"]
    ]
    return [
        claim
        for claim in claims
        if claim["measure"] == measure and all(claim.get(k) == v for k, v in wanted.items())
    ]


def test_the_founding_battle_keeps_both_sides_figures_side_by_side() -> None:
    fla, army, corps = "azawad-liberation-front", "malian-armed-forces", "africa-corps"
    assert founding(
        "killed", claimant={"actor": army}, about=[fla], quantifier="at_least", low=10, scope="group"
    )
    assert founding(
        "killed", claimant={"actor": army}, about=[fla], quantifier="exact", low=10, scope="incident"
    )
    assert founding(
        "killed", claimant={"actor": fla}, about=[army, corps], quantifier="dozens", low=24, high=99
    )
    assert founding("killed", about=[fla], stance="admission", low=3, high=3)
    assert founding("materiel_captured", item_class="truck", low=12)
    assert founding("materiel_captured", item_class="tanker", low=2)
    assert founding("materiel_destroyed", item_class="military_vehicle", low=21)


def test_the_founding_battle_links_offensive_and_ambush_and_quotes_its_persons() -> None:
    ambush = BY_KEY["aguelhok-ambush-2025-06-13"]
    assert BY_KEY[ambush["follows"]]["event_subtype"] == EventSubtype.OFFENSIVE
    assert ambush["outcome"] == Outcome.REPELLED
    people = {
        claim["claimant"]["person"]["name"] for claim in ambush["claims"] if "person" in claim["claimant"]
    }
    assert people == {"Mohamed Elmaouloud Ramadane", "Rida Lyammouri"}
    assert {item["verification"] for item in ambush["evidence"]} == {"unverified"}
