"""`manage.py import_ged FILE|URL|--release 26.0.1`: UCDP GED into desk and record, published as one publication."""

from argparse import ArgumentParser
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from tqdm import tqdm

from conflict.kit.problems import Refused
from events.ingest.ged.importer import import_ged
from events.verbs.importing import Imported


class Command(BaseCommand):
    """The door of `events.ingest.ged`."""

    help = "Import UCDP GED (csv, csv.gz, zip, xlsx): new and changed rows are published as one publication."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """The file, or the release to fetch."""
        parser.add_argument("file", nargs="?", default="", metavar="FILE|URL")
        parser.add_argument(
            "--release", default="", help="25.1 (yearly) or 26.0.1 (monthly); without a file it is fetched"
        )
        parser.add_argument(
            "--country",
            action="append",
            default=[],
            help="only this country (ISO 3166-1 alpha-3); repeatable",
        )
        parser.add_argument("--report", type=Path, help="CSV of rows that could not be used")
        parser.add_argument("--dry-run", action="store_true", help="do everything, then take it back")

    def handle(self, *args: Any, **options: Any) -> None:
        """Import and say what became of every row."""
        report = options["report"] or report_path()
        try:
            with tqdm(desc="starting", unit=" rows", unit_scale=True, disable=None, leave=False) as bar:
                done = import_ged(
                    options["file"],
                    options["release"],
                    countries=options["country"],
                    report=report,
                    dry_run=options["dry_run"],
                    tell=bar.set_description,
                    progress=bar.update,
                )
        except Refused as refusal:
            raise CommandError(str(refusal)) from refusal
        for line in summary(done, report, options["dry_run"]):
            self.stdout.write(line)


def report_path() -> Path:
    """Where the report of a run goes if a row is rejected."""
    return Path(settings.DATA_DIR) / "imports" / f"ged-{datetime.now(UTC):%Y%m%dT%H%M%S}.csv"


def summary(done: Imported, report: Path, dry_run: bool) -> list[str]:
    """What happened, in lines."""
    counts = done.counts
    lines = ["Dry run: nothing was kept."] if dry_run else []
    lines.append(
        f"{counts.read} rows read = {counts.created} created + {counts.changed} changed"
        f" + {counts.unchanged} unchanged + {counts.rejected} rejected"
    )
    if counts.held:
        lines.append(
            f"{counts.held} of the changed had been in an editor's hands: nothing of theirs was overwritten,"
            " the new figures wait as pending claims"
        )
    if counts.rejected:
        lines.append(f"Rejected rows: {report}")
    lines += done.remarks
    if done.publication:
        publication = done.publication
        lines.append(
            f"Publication {publication.number}: {publication.versions} versions, {publication.digest[:12]}…"
        )
    elif not dry_run:
        lines.append("Nothing was published." if counts.held else "Nothing has changed; nothing was written.")
    return lines
