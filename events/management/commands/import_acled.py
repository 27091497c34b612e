"""`manage.py import_acled FILE`: a user's own ACLED export as reference material of the desk; never published."""

from argparse import ArgumentParser
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from conflict.kit.problems import Problem, Refused
from events.ingest.acled.importer import dataset, import_acled
from events.verbs.referencing import forget_reference


class Command(BaseCommand):
    """The door of `events.ingest.acled`."""

    help = "Keep your own ACLED export (csv, csv.gz, zip, xlsx) on the desk as reference; never published."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """The file."""
        parser.add_argument("file", metavar="FILE", nargs="?", default="")
        parser.add_argument("--report", type=Path, help="CSV of rows that could not be used")
        parser.add_argument("--dry-run", action="store_true", help="do everything, then take it back")
        parser.add_argument(
            "--forget", metavar="REASON", default="", help="delete every row that was kept, and end"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        """Import and say what became of every row."""
        if options["forget"]:
            gone = forget_reference(dataset(), reason=options["forget"])
            self.stdout.write(f"{gone} reference events deleted.")
            return
        if not options["file"]:
            raise CommandError(str(Problem("file", "", "an ACLED export (csv, csv.gz, zip, xlsx)")))
        stamp = f"acled-{datetime.now(UTC):%Y%m%dT%H%M%S}.csv"
        report = options["report"] or Path(settings.DATA_DIR) / "imports" / stamp
        try:
            done = import_acled(options["file"], report=report, dry_run=options["dry_run"])
        except Refused as refusal:
            raise CommandError(str(refusal)) from refusal
        counts = done.counts
        if options["dry_run"]:
            self.stdout.write("Dry run: nothing was kept.")
        self.stdout.write(
            f"{counts.read} rows read = {counts.created} created + {counts.changed} changed"
            f" + {counts.unchanged} unchanged + {counts.rejected} rejected"
        )
        if counts.rejected:
            self.stdout.write(f"Rejected rows: {report}")
        self.stdout.write("On the desk as reference events; nothing of them is ever published.")
