"""`manage.py load_gazetteer [FILE|URL …]`: places and regions, from GeoNames or from our own lists."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from tqdm import tqdm

from conflict.kit.problems import Refused
from events.ingest.gazetteer import OFFICIAL, SHIPPED, Loaded, load_gazetteer


class Command(BaseCommand):
    """The door of `events.ingest.gazetteer`."""

    help = (
        "Load places: GeoNames dumps (.txt, .zip, .tsv.gz) or CSV in the shape of events/gazetteer. Without files: "
        "the small gazetteer that ships with the product. Official dumps: " + OFFICIAL.format("ML")
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Files and how much of them."""
        parser.add_argument("files", nargs="*", metavar="FILE|URL")
        parser.add_argument("--all-features", action="store_true", help="rivers, dunes and the like too")
        parser.add_argument("--report", type=Path, help="CSV of rows that could not be used")
        parser.add_argument("--dry-run", action="store_true", help="do everything, then take it back")

    def handle(self, *args: Any, **options: Any) -> None:
        """Load and say what became of every row."""
        report = options["report"] or settings.DATA_DIR / "reports" / "gazetteer-rejected.csv"
        try:
            with tqdm(desc="rows", unit="", disable=None, leave=False) as bar:
                loaded = load_gazetteer(
                    options["files"] or SHIPPED,
                    all_features=options["all_features"],
                    report=report,
                    dry_run=options["dry_run"],
                    progress=bar.update,
                )
        except Refused as refusal:
            raise CommandError(str(refusal)) from refusal
        for line in summary(loaded, report, options["dry_run"]):
            self.stdout.write(line)


def summary(loaded: Loaded, report: Path, dry_run: bool) -> list[str]:
    """What happened, in lines."""
    lines = ["Dry run: nothing was kept."] if dry_run else []
    lines.append(
        f"{loaded.read} rows read = {loaded.created} created + {loaded.changed} changed"
        f" + {loaded.unchanged} unchanged + {loaded.passed_over} passed over + {loaded.rejected} rejected"
    )
    if loaded.rejected:
        lines.append(f"Rejected rows: {report}")
    if loaded.placed:
        lines.append(f"{loaded.placed} places given their administrative units by position")
    return lines
