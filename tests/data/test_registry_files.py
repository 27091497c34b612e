"""The actor registry as files: codes, names, dates, relations, UCDP ids and sources, without a database."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from itertools import combinations
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest

from actors.codes import ActorKind, DeploymentStatus, MilestoneKind, NameKind, RelationKind
from conflict.kit.dates import PartialDate
from conflict.kit.yamlfiles import read_yaml
from events.claims.codes import Quantifier
from events.codes import Confidence

Entry = dict[str, Any]
Found = tuple[str, Entry]

REGISTRY = Path(__file__).parents[2] / "actors" / "registry"
LANGUAGES = {"en", "fr", "ar", "ru", "es"}
COUNTRY = re.compile(r"[A-Z]{3}")
SLUG = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")

ACTOR_KEYS = {
    "slug", "kind", "country", "ucdp", "names", "summary", "founded", "dissolved", "sources", "relations",
    "deployments", "strength", "milestones",
}  # fmt: skip
NAME_KEYS = {"text", "lang", "kind", "from", "until"}
UCDP_KEYS = {"id", "name", "country", "from", "until", "confidence", "note"}
RELATION_KEYS = {"kind", "to", "from", "until", "note", "sources"}
DEPLOYMENT_KEYS = {"host", "from", "until", "status", "note", "places", "sources"}
PLACE_KEYS = {"name", "from", "until"}
STRENGTH_KEYS = {
    "on", "host", "low", "high", "quantifier", "phrase", "with", "split_unknown", "claimant", "sources",
}  # fmt: skip
MILESTONE_KEYS = {"date", "kind", "title", "sources"}
AGREEMENT_KEYS = {"slug", "title", "signed", "ended", "parties", "summary", "sources", "milestones"}
SOURCE_KEYS = {"outlet", "date", "title", "url", "language", "retrieved"}

# Actors as met in rows of UCDP GED (Nigeria, Burkina Faso) and Candidate 26.0.1, with their names there.
UCDP = {
    1: "Civilians", 57: "Government of Russia (Soviet Union)", 72: "Government of Mali",
    75: "Government of Niger",
    78: "Government of Burkina Faso", 82: "Government of Togo", 83: "Government of Cameroon",
    84: "Government of Nigeria", 87: "Government of Chad", 234: "IS", 539: "AQIM", 1051: "JAS",
    1209: "Government of Benin", 4000: "Yan Gora", 6648: "Ansaroul Islam", 6716: "JNIM", 6769: "Dozos (Mali)",
    6857: "Koglweogo", 8822: "FLA",
}  # fmt: skip

# What people search for and sources write, and the actor that each must lead to.
FOUND_UNDER = {
    "FAMa": "malian-armed-forces",
    "armée malienne": "malian-armed-forces",
    "Malian army": "malian-armed-forces",
    "GSIM": "jamaat-nusrat-al-islam-wal-muslimin",
    "JNIM": "jamaat-nusrat-al-islam-wal-muslimin",
    "EIGS": "islamic-state-sahel-province",
    "ISGS": "islamic-state-sahel-province",
    "EIS": "islamic-state-sahel-province",
    "ISSP": "islamic-state-sahel-province",
    "Africa Corps": "africa-corps",
    "African Corps": "africa-corps",
    "Corps africain": "africa-corps",
    "Wagner": "wagner-group",
    "FLA": "azawad-liberation-front",
    "Front de libération de l'Azawad": "azawad-liberation-front",
    "CMA": "coordination-of-azawad-movements",
    "CSP-DPA": "permanent-strategic-framework",
    "CSP-PSD": "permanent-strategic-framework",
    "VDP": "volunteers-for-the-defence-of-the-homeland",
    "MNJTF": "multinational-joint-task-force",
}


def _entries(*, agreements: bool) -> list[Entry]:
    paths = [path for path in sorted(REGISTRY.glob("*.yaml")) if (path.stem == "agreements") == agreements]
    return [entry for path in paths for entry in read_yaml(path)]


ACTORS = _entries(agreements=False)
AGREEMENTS = _entries(agreements=True)
SLUGS = {actor["slug"] for actor in ACTORS}


def _each(part: str, entries: list[Entry] | None = None) -> Iterator[Found]:
    """(slug, item) of one part of every entry: names, relations, …"""
    for entry in ACTORS if entries is None else entries:
        for item in entry.get(part, []):
            yield entry["slug"], item


def _facts() -> Iterator[Found]:
    """Everything that must cite its source, with a word on what it is."""
    for entry in ACTORS + AGREEMENTS:
        yield entry["slug"], entry
        for part in ("relations", "deployments", "strength", "milestones"):
            yield from ((f"{entry['slug']}, {part}", item) for item in entry.get(part, []))


def _sources() -> Iterator[Found]:
    return ((where, source) for where, fact in _facts() for source in fact.get("sources", []))


def _periods() -> Iterator[tuple[str, Any, Any]]:
    """(where, start, end) of everything that lasts; an end that is not given is None."""
    for entry in ACTORS:
        yield entry["slug"], entry.get("founded"), entry.get("dissolved")
        for part in ("names", "ucdp", "relations", "deployments"):
            for item in entry.get(part, []):
                yield f"{entry['slug']}, {part}", item.get("from"), item.get("until")
                for place in item.get("places", []):
                    yield f"{entry['slug']}, {place['name']}", place.get("from"), place.get("until")
    for entry in AGREEMENTS:
        yield entry["slug"], entry.get("signed"), entry.get("ended")


def _day(text: str | None) -> PartialDate | None:
    return None if text is None else PartialDate.parse(text)


def _overlap(one: Entry, other: Entry) -> bool:
    """Whether two periods share a day; an end that is not known is open."""
    return not (_ends_before(one, other) or _ends_before(other, one))


def _ends_before(one: Entry, other: Entry) -> bool:
    end, start = _day(one.get("until")), _day(other.get("from"))
    return bool(end and start and end.last_day < start.first_day)


def _clashes(pairs: Iterator[tuple[Any, Entry]]) -> list[Any]:
    """Keys under which two entries hold at the same time."""
    by_key: dict[Any, list[Entry]] = {}
    for key, entry in pairs:
        by_key.setdefault(key, []).append(entry)
    return [key for key, held in by_key.items() if any(_overlap(*pair) for pair in combinations(held, 2))]


def test_at_least_45_actors_and_the_three_agreements_are_there() -> None:
    assert len(ACTORS) >= 45
    wanted = {"algiers-accord", "ouagadougou-preliminary-agreement", "liptako-gourma-charter"}
    assert wanted <= {agreement["slug"] for agreement in AGREEMENTS}


@pytest.mark.parametrize("entries", [ACTORS, AGREEMENTS], ids=["actors", "agreements"])
def test_every_slug_is_well_formed_and_given_once(entries: list[Entry]) -> None:
    slugs = [entry["slug"] for entry in entries]
    assert [slug for slug in slugs if not SLUG.fullmatch(slug) or len(slug) > 80] == []
    assert [slug for slug, times in Counter(slugs).items() if times > 1] == []


@pytest.mark.parametrize(
    ("part", "known"),
    [
        ("names", NAME_KEYS),
        ("ucdp", UCDP_KEYS),
        ("relations", RELATION_KEYS),
        ("deployments", DEPLOYMENT_KEYS),
        ("strength", STRENGTH_KEYS),
        ("milestones", MILESTONE_KEYS),
    ],
)
def test_no_part_has_a_key_that_the_loader_would_not_read(part: str, known: set[str]) -> None:
    assert {(slug, key) for slug, item in _each(part) for key in item if key not in known} == set()


def test_actors_agreements_places_and_sources_have_known_keys_only() -> None:
    places = [place for _, deployment in _each("deployments") for place in deployment.get("places", [])]
    checked = [
        (ACTORS, ACTOR_KEYS),
        (AGREEMENTS, AGREEMENT_KEYS),
        (places, PLACE_KEYS),
        ([source for _, source in _sources()], SOURCE_KEYS),
        ([milestone for _, milestone in _each("milestones", AGREEMENTS)], MILESTONE_KEYS),
    ]
    assert {
        key for entries, known in checked for entry in entries for key in entry if key not in known
    } == set()


@pytest.mark.parametrize(
    ("part", "field", "codes"),
    [
        ("names", "kind", NameKind.values()),
        ("relations", "kind", RelationKind.values()),
        ("deployments", "status", DeploymentStatus.values()),
        ("strength", "quantifier", Quantifier.values()),
        ("milestones", "kind", MilestoneKind.values()),
    ],
)
def test_every_code_is_in_its_list(part: str, field: str, codes: list[str]) -> None:
    assert [(slug, item.get(field)) for slug, item in _each(part) if item.get(field) not in codes] == []


def test_kinds_countries_hosts_and_languages_are_valid() -> None:
    assert [actor["slug"] for actor in ACTORS if actor["kind"] not in ActorKind.values()] == []
    countries = [actor.get("country", "MLI") for actor in ACTORS]
    hosts = [item.get("host", "MLI") for part in ("deployments", "strength") for _, item in _each(part)]
    ucdp = [item.get("country", "MLI") for _, item in _each("ucdp")]
    assert [code for code in countries + hosts + ucdp if not COUNTRY.fullmatch(code)] == []
    assert {name["lang"] for _, name in _each("names")} <= LANGUAGES


def test_every_actor_has_an_official_name_and_a_summary_in_english_and_french() -> None:
    for actor in ACTORS:
        official = {name["lang"] for name in actor["names"] if name["kind"] == NameKind.OFFICIAL}
        assert {"en", "fr"} <= official, actor["slug"]
        assert set(actor["summary"]) == {"en", "fr"}, actor["slug"]
        assert all(actor["summary"].values()), actor["slug"]


def test_titles_and_summaries_of_agreements_and_milestones_are_bilingual_and_fit_their_field() -> None:
    titled = [*_each("milestones"), *_each("milestones", AGREEMENTS), *((a["slug"], a) for a in AGREEMENTS)]
    assert [where for where, item in titled if set(item["title"]) != {"en", "fr"}] == []
    assert [
        where for where, item in titled if not all(0 < len(text) <= 300 for text in item["title"].values())
    ] == []
    assert [a["slug"] for a in AGREEMENTS if set(a["summary"]) != {"en", "fr"}] == []


def test_every_date_is_a_partial_date_and_no_end_lies_before_its_start() -> None:
    for where, start, end in _periods():
        first, last = _day(start), _day(end)
        assert not (first and last) or not last.certainly_before(first), (where, start, end)


def test_single_dates_are_partial_dates_too() -> None:
    dates = [item["date"] for _, item in [*_each("milestones"), *_each("milestones", AGREEMENTS)]]
    dates += [item["on"] for _, item in _each("strength") if "on" in item]
    dates += [source[key] for _, source in _sources() for key in ("date", "retrieved") if key in source]
    assert all(PartialDate.parse(date) for date in dates)
    assert len(dates) > 200


def test_nothing_hangs_on_an_actor_after_it_dissolved_except_names_and_mergers() -> None:
    for actor in ACTORS:
        end = _day(actor.get("dissolved"))
        for item in actor.get("relations", []) + actor.get("deployments", []):
            start = _day(item.get("from"))
            assert not (end and start) or not end.certainly_before(start), (actor["slug"], item)


def test_one_official_name_per_language_at_a_time() -> None:
    official = (
        ((slug, name["lang"]), name) for slug, name in _each("names") if name["kind"] == NameKind.OFFICIAL
    )
    assert _clashes(official) == []


def test_an_actor_does_not_list_the_same_name_twice_for_the_same_time() -> None:
    assert _clashes(((slug, name["lang"], name["text"]), name) for slug, name in _each("names")) == []


def test_a_name_leads_to_one_actor_at_a_time() -> None:
    """Resolution is by name and date: two actors may share a name only one after the other."""
    by_text: dict[str, dict[str, list[Entry]]] = {}
    for slug, name in _each("names"):
        by_text.setdefault(name["text"], {}).setdefault(slug, []).append(name)
    shared = {text: held for text, held in by_text.items() if len(held) > 1}
    for text, held in shared.items():
        for (one, ours), (other, theirs) in combinations(held.items(), 2):
            assert not any(_overlap(a, b) for a in ours for b in theirs), (text, one, other)


@pytest.mark.parametrize(("text", "slug"), FOUND_UNDER.items())
def test_what_sources_write_leads_to_its_actor(text: str, slug: str) -> None:
    assert {found for found, name in _each("names") if name["text"] == text} == {slug}


def test_a_dissolved_movement_leaves_its_acronym_to_the_past() -> None:
    cma = next(name for slug, name in _each("names") if name["text"] == "CMA")
    assert PartialDate.parse(cma["until"]).certainly_before(PartialDate.parse("2025-06-13"))


def test_relations_lead_to_other_actors_of_the_registry() -> None:
    assert [(slug, item["to"]) for slug, item in _each("relations") if item["to"] not in SLUGS - {slug}] == []


def test_a_relation_of_one_kind_between_two_actors_holds_once_at_a_time() -> None:
    assert _clashes(((slug, item["kind"], item["to"]), item) for slug, item in _each("relations")) == []


def test_a_force_has_one_deployment_per_host_at_a_time_and_a_withdrawn_one_has_an_end() -> None:
    assert _clashes(((slug, item["host"]), item) for slug, item in _each("deployments")) == []
    withdrawn = [item for _, item in _each("deployments") if item["status"] == DeploymentStatus.WITHDRAWN]
    assert withdrawn
    assert all("until" in item for item in withdrawn)


def test_parties_and_joint_strength_name_actors_of_the_registry() -> None:
    named = [party for agreement in AGREEMENTS for party in agreement["parties"]]
    named += [other for _, item in _each("strength") for other in item.get("with", [])]
    assert set(named) <= SLUGS
    assert all(len(set(agreement["parties"])) >= 2 for agreement in AGREEMENTS)


def test_strength_statements_give_a_figure_in_words_and_low_to_high() -> None:
    for slug, item in _each("strength"):
        low, high = item.get("low"), item.get("high")
        assert item["phrase"], slug
        assert low or high, slug
        assert not (low and high) or low <= high, (slug, item)


def test_the_joint_figure_of_june_2025_has_an_unknown_split() -> None:
    (joint,) = [item for _, item in _each("strength") if item.get("with")]
    assert joint["with"] == ["africa-corps"]
    assert joint["split_unknown"] is True


def test_ucdp_ids_and_their_names_are_those_of_the_dataset() -> None:
    assert [(slug, item) for slug, item in _each("ucdp") if UCDP.get(item["id"]) != item["name"]] == []
    assert {item["id"] for _, item in _each("ucdp")} == set(UCDP)
    confidence = {item.get("confidence", "high") for _, item in _each("ucdp")}
    assert confidence <= set(Confidence.values())


def test_a_ucdp_id_means_one_actor_per_country_and_time() -> None:
    assert _clashes(((item["id"], item.get("country")), item) for _, item in _each("ucdp")) == []


def test_ucdp_government_ids_stand_with_armed_forces() -> None:
    kinds = {actor["slug"]: actor["kind"] for actor in ACTORS}
    forces = {ActorKind.STATE_FORCE, ActorKind.FOREIGN_STATE_FORCE, ActorKind.PRIVATE_MILITARY}
    governments = [slug for slug, item in _each("ucdp") if item["name"].startswith("Government of ")]
    assert governments
    assert {kinds[slug] for slug in governments} <= forces


def test_every_fact_cites_a_source() -> None:
    assert [where for where, fact in _facts() if not fact.get("sources")] == []


def test_every_source_has_outlet_language_date_and_a_web_address() -> None:
    for where, source in _sources():
        assert source["outlet"], where
        assert source["language"] in LANGUAGES, where
        assert "date" in source or "retrieved" in source, (where, source)
        address = urlsplit(source["url"])
        assert address.scheme in ("http", "https"), (where, source["url"])
        assert "." in address.netloc, (where, source["url"])
        assert not re.search(r"\s", source["url"]), (where, source["url"])


def test_one_address_is_cited_in_one_way() -> None:
    told = {(source["url"], source["outlet"], source.get("date")) for _, source in _sources()}
    assert [url for url, times in Counter(url for url, _, _ in told).items() if times > 1] == []


def test_every_actor_of_the_sample_incidents_is_in_the_registry() -> None:
    incidents = REGISTRY.parents[1] / "events" / "sample" / "incidents"
    text = "\n".join(path.read_text("utf-8") for path in sorted(incidents.glob("*.yaml")))
    used = set(re.findall(r"\b(?:actor|affiliation): ([a-z0-9-]+)", text))
    assert used
    assert used <= SLUGS
