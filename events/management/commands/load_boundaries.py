"""`manage.py load_boundaries FILE|URL …`: boundaries with p-codes, and the units of every incident."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from tqdm import tqdm

from conflict.kit.problems import Refused
from events.ingest.boundaries import OFFICIAL_PAGES, Loaded, load_boundaries
from events.ingest.boundary_features import Given


class Command(BaseCommand):
    """The door of `events.ingest.boundaries`."""

    help = (
        "Load administrative boundaries (GeoJSON, plain, .gz or .zip) and give incidents and places their "
        "units. Official files: " + ", ".join(OFFICIAL_PAGES.values())
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Files and what they do not say themselves."""
        parser.add_argument("files", nargs="+", metavar="FILE|URL")
        parser.add_argument("--vintage", default="", help="boundary vintage of files that do not state it")
        parser.add_argument("--source", default="", help="source of files that do not state it")
        parser.add_argument("--report", type=Path, help="CSV of features that could not be used")
        parser.add_argument(
            "--publish", action="store_true", help="publish the incidents whose units changed"
        )
        parser.add_argument("--dry-run", action="store_true", help="do everything, then take it back")

    def handle(self, *args: Any, **options: Any) -> None:
        """Load and say what became of every feature and incident."""
        report = options["report"] or settings.DATA_DIR / "reports" / "boundaries-rejected.csv"
        try:
            with tqdm(desc="features", unit="", disable=None, leave=False) as bar:
                loaded = load_boundaries(
                    options["files"],
                    given=Given(options["vintage"], options["source"]),
                    report=report,
                    dry_run=options["dry_run"],
                    republish=options["publish"],
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
        f"{loaded.read} features read = {loaded.created} created + {loaded.changed} changed"
        f" + {loaded.unchanged} unchanged + {loaded.rejected} rejected"
    )
    if loaded.rejected:
        lines.append(f"Rejected features: {report}")
    lines.append(
        f"{loaded.repaired} shapes repaired, {loaded.replaced} units of an older vintage removed,"
        f" {loaded.parents_found} parents found by position"
    )
    countries = sorted({country for country, _ in loaded.by_level})
    counts = {c: [loaded.by_level[c, level] for level in range(4)] for c in countries}
    lines.append(
        "Units per level 0 to 3: " + ", ".join(f"{c} {'/'.join(map(str, n))}" for c, n in counts.items())
    )
    return lines + incident_lines(loaded)


def incident_lines(loaded: Loaded) -> list[str]:
    """What the new units mean for incidents and places."""
    placed = loaded.incidents
    lines = [
        f"Incidents: {placed.changed} given other units ({placed.published} published at once,"
        f" {placed.waiting} published ones wait to be published again), {placed.kept} keep the unit that was given,"
        f" {placed.outside} lie in no unit",
        f"Places: {loaded.places} given other units",
    ]
    for level in (1, 2):
        agree, disagree = placed.names.agree[level], placed.names.disagree[level]
        if agree or disagree:
            lines.append(f"Names given by sources, level {level}: {agree} agree, {disagree} differ")
    lines += [
        f"  level {level}: source says {given!r}, the point lies in {name!r} ({count})"
        for level, given, name, count in placed.names.examples[:10]
    ]
    return lines
