"""How good and how fast extraction is: precision, recall and F1 per field on the labelled reports.

python tests/bench/bench_extraction.py [--faults]
"""

from __future__ import annotations

import sys
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[2]))

from events.ingest.extract.report import extract
from events.ingest.extract.shipped import shipped_tables
from tests.ingest.scoring import FIELDS, Result, load, score


def main(arguments: list[str]) -> None:
    """Print the scores of both parts, then the speed."""
    tables = shipped_tables()
    for part in ("develop", "held_out"):
        result = score(load(part), tables)
        show(part, result)
        if "--faults" in arguments and part == "develop":
            print("\n".join(result.faults))
    begun, reports = time.perf_counter(), load("develop")
    for entry in reports:
        extract(entry["text"], entry["lang"], entry["published"], tables)
    seconds = time.perf_counter() - begun
    words = sum(len(entry["text"].split()) for entry in reports)
    print(
        f"speed: {len(reports) / seconds:.0f} reports/s of {words / len(reports):.0f} words (extraction alone)"
    )


def show(part: str, result: Result) -> None:
    """One table."""
    print(f"{part}: {result.reports} reports, invented figures: {len(result.invented)}")
    for line in result.invented:
        if part == "develop":
            print(f"  invented {line}")
    for name in FIELDS:
        one = result.scores[name]
        print(
            f"  {name:8} precision {one.precision:.2f}  recall {one.recall:.2f}  F1 {one.f1:.2f}  ({one.right} right)"
        )


if __name__ == "__main__":
    main(sys.argv[1:])
