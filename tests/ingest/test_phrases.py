"""One way of putting a toll per line: what must hold for the language, whatever the article."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

import pytest
import yaml

from events.ingest.extract.report import extract
from events.ingest.extract.tables import Tables
from tests.ingest.scoring import SET, claim_key, wanted_claim

FRIDAY = date(2023, 5, 12)
# Known to be read wrongly, and kept so that it is known: where they should fail no longer, the test says so.
NOT_YET = {
    "Among the dead in Thursday's raid were three gendarmes.",
    "The army mourned 12 of its soldiers after Thursday's ambush.",
    "By its own account, JNIM killed 20 soldiers in Thursday's ambush.",
    "Le Jnim dit avoir éliminé 20 soldats jeudi ; l'armée, elle, n'en reconnaît que six.",
    "Le coordonnateur humanitaire de l'ONU, Alain Noudéhou, a condamné vendredi une attaque qui a tué neuf villageois.",
}


def phrases() -> Iterator[tuple[str, str, str, list[str]]]:
    """(language, country of the report, sentence, claims)."""
    for lang in ("en", "fr"):
        for home, text, *claims in yaml.safe_load((SET / f"phrases_{lang}.yaml").read_text(encoding="utf-8")):
            yield lang, home, text, claims


@pytest.mark.parametrize(
    ("lang", "home", "text", "claims"), list(phrases()), ids=lambda value: str(value)[:60]
)
def test_a_phrase_gives_its_claims_and_no_other(
    lang: str, home: str, text: str, claims: list[str], tables: Tables
) -> None:
    found = sorted((claim_key(claim) for claim in extract(text, lang, FRIDAY, tables, home).claims), key=str)
    wanted = sorted((wanted_claim(claim) for claim in claims), key=str)
    if text in NOT_YET:
        assert found != wanted, "holds now: take it out of NOT_YET"
    else:
        assert found == wanted


def test_no_cut_of_a_report_breaks_extraction(tables: Tables) -> None:
    """Feeds cut texts anywhere; a cut may lose claims, but never raises."""
    for lang, home, text, _ in phrases():
        for end in range(1, len(text), 7):
            extract(text[:end], lang, FRIDAY, tables, home)
