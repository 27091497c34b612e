"""Who takes part, where, when and in what: one way of telling it per line, whatever the article."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Any

import pytest
import yaml

from events.ingest.extract.found import Extraction
from events.ingest.extract.report import extract
from events.ingest.extract.tables import Tables
from tests.ingest.scoring import SET

FRIDAY = date(2023, 5, 12)


def scenes() -> Iterator[tuple[str, str, dict[str, Any], str]]:
    """(language, text, what must be found, country of the report)."""
    for lang in ("en", "fr"):
        for home, text, wanted in yaml.safe_load((SET / f"scenes_{lang}.yaml").read_text(encoding="utf-8")):
            yield lang, text, wanted, home


@pytest.mark.parametrize(
    ("lang", "text", "wanted", "home"), list(scenes()), ids=lambda value: str(value)[:60]
)
def test_a_scene_gives_its_fields(
    lang: str, text: str, wanted: dict[str, Any], home: str, tables: Tables
) -> None:
    told = fields(extract(text, lang, FRIDAY, tables, home))
    assert {name: told[name] for name in wanted} == {
        name: sorted(map(str, value)) if isinstance(value, list) else str(value)
        for name, value in wanted.items()
    }


def fields(found: Extraction) -> dict[str, Any]:
    """What a line may ask for: of several incidents the first's place, day and type, and how many there are."""
    first = found.incidents[0] if found.incidents else None
    day = first.date if first else None
    return {
        "country": found.country,
        "actors": sorted(a.slug for a in found.actors if a.role not in ("mentioned", "observer")),
        "incidents": str(len(found.incidents)),
        "place": f"{first.place.name}, {first.place.precision}" if first and first.place else "none",
        "date": "none"
        if day is None
        else f"{day.first}"
        if day.first == day.last
        else f"{day.first}/{day.last}",
        "type": first.event_subtype if first else "none",
    }
