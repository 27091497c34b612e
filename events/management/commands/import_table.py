"""`manage.py import_table FILE`: a table in the product's own columns becomes drafts on the desk."""

from argparse import ArgumentParser
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from conflict.kit.problems import Problem, Refused
from conflict.kit.rejections import fault_lines
from events.ingest.tables.importer import content_of, desk_tables, import_table
from events.ingest.tables.planning import Plan
from events.ingest.tables.template import template_xlsx, template_zip
from events.models import Source


class Command(BaseCommand):
    """The door of `events.ingest.tables`."""

    help = (
        "Import a table in the product's own columns (xlsx, csv, zip of csv) as drafts; it never publishes."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        """The table, and whose it is."""
        parser.add_argument("file", metavar="FILE|URL", nargs="?", default="")
        parser.add_argument("--claims", type=Path, help="CSV of claims beside a CSV of incidents")
        parser.add_argument(
            "--source", default="", help="slug of the source whose table it is: its keys are its own"
        )
        parser.add_argument(
            "--leave-doubled", action="store_true", help="leave out rows that the desk may have"
        )
        parser.add_argument("--template", type=Path, help="write the empty table (.xlsx or .zip) and end")
        parser.add_argument("--report", type=Path, help="CSV of what is wrong with rejected rows")
        parser.add_argument("--dry-run", action="store_true", help="say what would happen; change nothing")

    def handle(self, *args: Any, **options: Any) -> None:
        """Import and say what became of every row."""
        if options["template"]:
            self.write_template(options["template"])
            return
        try:
            content, name = content_of(options["file"], options["claims"])
            source = source_of(options["source"])
            done, made = import_table(
                content, name, source, dry_run=options["dry_run"], leave_doubled=options["leave_doubled"]
            )
        except Refused as refusal:
            raise CommandError(str(refusal)) from refusal
        report = options["report"] or report_path()
        if made.faults:
            report.parent.mkdir(parents=True, exist_ok=True)
            report.write_text("".join(fault_lines(made.faults)), encoding="utf-8", newline="")
        for line in summary(done.counts, made, report, options["dry_run"]):
            self.stdout.write(line)

    def write_template(self, path: Path) -> None:
        """The empty table in the form that the name asks for."""
        if path.suffix not in (".xlsx", ".zip"):
            raise CommandError(str(Problem("template", path.name, "a name that ends with .xlsx or .zip")))
        path.write_bytes(template_xlsx() if path.suffix == ".xlsx" else template_zip())
        self.stdout.write(f"Written: {path}")


def source_of(slug: str) -> Source:
    """The source of that slug; without one the desk's own."""
    if not slug:
        return desk_tables()
    source = Source.objects.filter(slug=slug).first()
    if source is None:
        raise Refused(Problem("source", slug, "the slug of a source on the desk"))
    return source


def report_path() -> Path:
    """Where the report of a run goes if a row is rejected."""
    return Path(settings.DATA_DIR) / "imports" / f"table-{datetime.now(UTC):%Y%m%dT%H%M%S}.csv"


def summary(counts: Any, made: Plan, report: Path, dry_run: bool) -> list[str]:
    """What happened, in lines."""
    lines = ["Dry run: nothing was kept."] if dry_run else []
    lines.append(
        f"{counts.read} rows read = {counts.created} created + {counts.changed} changed"
        f" + {counts.unchanged} unchanged + {counts.rejected} rejected"
    )
    if counts.held:
        lines.append(f"{counts.held} of the changed are held: people have worked on these incidents")
    if made.doubled:
        lines.append(
            f"{len(made.doubled)} of the created may be known already; their drafts say which incident"
        )
    if made.faults:
        lines.append(f"Rejected rows: {report}")
        lines += [f"  {fault.sheet} line {fault.line}: {fault.problem}" for fault in made.faults[:20]]
    return lines
