"""Rows for `build_tables` from the files that ship with the product: actor registry (YAML), gazetteer (CSV)."""

from __future__ import annotations

import csv
from collections.abc import Iterable, Iterator
from datetime import date
from pathlib import Path
from typing import Any

import yaml

from conflict.kit.dates import PartialDate
from events.ingest.extract.tables import (
    ActorRow,
    DeploymentRow,
    NameRow,
    PlaceRow,
    RelationRow,
    Tables,
    build_tables,
)

ROOT = Path(__file__).parents[3]
REGISTRY = ROOT / "actors" / "registry"
GAZETTEER = ROOT / "events" / "gazetteer"


def shipped_tables(registry: Path = REGISTRY, gazetteer: Path = GAZETTEER) -> Tables:
    """Tables of the shipped registry and gazetteer."""
    entries = list(registry_entries(registry))
    return tables_of(entries, gazetteer_places(gazetteer))


def tables_of(entries: list[dict[str, Any]], places: Iterable[PlaceRow]) -> Tables:
    """Tables of registry entries as the YAML files hold them, and places."""
    return build_tables(
        (_actor(entry) for entry in entries),
        (row for entry in entries for row in _names(entry)),
        (row for entry in entries for row in _relations(entry)),
        (row for entry in entries for row in _deployments(entry)),
        places,
    )


def registry_entries(folder: Path = REGISTRY) -> Iterator[dict[str, Any]]:
    """Every actor of the registry's files, in order of file."""
    for path in sorted(folder.glob("*.yaml")):
        for entry in yaml.safe_load(path.read_text(encoding="utf-8")) or []:
            if "kind" in entry and "names" in entry:
                yield entry


def gazetteer_places(folder: Path = GAZETTEER) -> Iterator[PlaceRow]:
    """Towns and first-level units of the shipped gazetteer; nothing when a file is absent."""
    units, towns = folder / "admin1.csv", folder / "towns.csv"
    if units.exists():
        for row in _rows(units):
            yield PlaceRow(
                row["pcode"],
                row["name"],
                _alternates(row),
                row["country"],
                *_point(row),
                level=1,
                admin1=row["pcode"],
            )
    if towns.exists():
        for number, row in enumerate(_rows(towns)):
            yield PlaceRow(
                f"town:{number}",
                row["name"],
                _alternates(row),
                row["country"],
                *_point(row),
                admin1=row.get("admin1_pcode", ""),
                admin2=row.get("admin2_pcode", ""),
                population=int(row.get("population") or 0),
                feature=row.get("feature", ""),
            )


def _rows(path: Path) -> Iterator[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as lines:
        yield from csv.DictReader(lines)


def _alternates(row: dict[str, str]) -> tuple[str, ...]:
    names = [row.get("name_fr", ""), *(row.get("alternate_names") or "").split(";")]
    return tuple(name.strip() for name in names if name.strip())


def _point(row: dict[str, str]) -> tuple[float, float]:
    return float(row["longitude"]), float(row["latitude"])


def _first(text: object) -> date | None:
    return PartialDate.parse(str(text)).first_day if text else None


def _last(text: object) -> date | None:
    return PartialDate.parse(str(text)).last_day if text else None


def _actor(entry: dict[str, Any]) -> ActorRow:
    return ActorRow(
        entry["slug"],
        entry["kind"],
        entry.get("country", ""),
        _first(entry.get("founded")),
        _last(entry.get("dissolved")),
    )


def _names(entry: dict[str, Any]) -> Iterator[NameRow]:
    for name in entry["names"]:
        yield NameRow(
            entry["slug"],
            name["text"],
            name.get("lang", ""),
            name.get("kind", "spelling"),
            _first(name.get("from")),
            _last(name.get("until")),
        )


def _relations(entry: dict[str, Any]) -> Iterator[RelationRow]:
    for relation in entry.get("relations") or []:
        yield RelationRow(
            entry["slug"],
            relation["kind"],
            relation["to"],
            _first(relation.get("from")),
            _last(relation.get("until")),
        )


def _deployments(entry: dict[str, Any]) -> Iterator[DeploymentRow]:
    for deployment in entry.get("deployments") or []:
        yield DeploymentRow(
            entry["slug"], deployment["host"], _first(deployment.get("from")), _last(deployment.get("until"))
        )
