"""How good and how fast extraction is: precision, recall and F1 per field on the labelled reports, the headlines UCDP cites.

python tests/bench/bench_extraction.py [--faults]
"""

from __future__ import annotations

import sys
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[2]))

from events.ingest.extract.report import extract
from events.ingest.extract.shipped import shipped_tables
from events.ingest.extract.tables import Tables
from tests.bench.full_gazetteer import GAZETTEER, full_tables
from tests.bench.ucdp_headlines import GED, score_headlines
from tests.ingest.scoring import FIELDS, Result, load, score

PARTS = ("develop", "articles", "formerly_held_out")
LONG = 500


def main(arguments: list[str]) -> None:
    """Print the scores of all parts and of UCDP's headlines, then the speed."""
    tables, faults = (full_tables() if GAZETTEER.exists() else shipped_tables()), "--faults" in arguments
    print(f"{len(tables.places)} names of places ({'all' if GAZETTEER.exists() else 'only those shipped'})")
    for part in PARTS:
        reports = load(part)
        if reports:
            show(part, score(reports, tables), faults)
    headlines(tables, faults)
    speed(tables)


def show(part: str, result: Result, faults: bool) -> None:
    """One table."""
    print(f"{part}: {result.reports} reports, invented figures: {len(result.invented)}")
    for name in FIELDS:
        one = result.scores[name]
        print(
            f"  {name:8} precision {one.precision:.2f}  recall {one.recall:.2f}  F1 {one.f1:.2f}  ({one.right} right)"
        )
    if faults:
        print("\n".join([*(f"invented {line}" for line in result.invented), *result.faults]))


def headlines(tables: Tables, faults: bool) -> None:
    """What the headlines give that UCDP cites, where its file lies beside the repository."""
    if not GED.exists():
        print(f"UCDP headlines: {GED.name} is not there")
        return
    for name, found in score_headlines(tables).items():
        right, given = found.right / max(found.given, 1), found.given / max(found.headlines, 1)
        print(
            f"UCDP headlines, {name:8} right {right:.2f} of those given; given in {given:.2f} of {found.headlines}"
        )
        if faults:
            print("\n".join(found.wrong[:: max(1, len(found.wrong) // 40)]))


def speed(tables: Tables) -> None:
    """Reports per second of processor time, at the length of the set and at 500 words."""
    short = load("develop")
    long = [{**entry, "text": _lengthened(entry["text"], short)} for entry in short]
    for reports in (short, long):
        begun = time.process_time()
        for entry in reports:
            extract(entry["text"], entry["lang"], entry["published"], tables)
        seconds = time.process_time() - begun
        words = sum(len(entry["text"].split()) for entry in reports) / len(reports)
        print(f"speed: {len(reports) / seconds:.0f} reports/s of {words:.0f} words a core (extraction alone)")


def _lengthened(text: str, others: list[dict[str, str]]) -> str:
    """The report with the texts of others after it, up to the length of an article."""
    words = len(text.split())
    for other in others:
        if words >= LONG:
            break
        text, words = f"{text}\n\n{other['text']}", words + len(other["text"].split())
    return text


if __name__ == "__main__":
    main(sys.argv[1:])
