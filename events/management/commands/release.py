"""`manage.py release`: name a publication, so that it can be cited and asked for with `as_of`."""

from __future__ import annotations

import argparse
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from conflict.kit.problems import Refused
from events.verbs.releasing import release


class Command(BaseCommand):
    """The door of `events.verbs.releasing`."""

    help = "Name a publication as a release."

    def add_arguments(self, parser: argparse.ArgumentParser) -> None:
        """Name, title, publication, reason."""
        parser.add_argument("name", help="1 to 40 of a-z, 0-9, full stop and hyphen, for example 2026.1.")
        parser.add_argument("title", help="What the release is called when it is cited.")
        parser.add_argument(
            "--publication", type=int, help="Number of the publication; the newest when left out."
        )
        parser.add_argument("--reason", default="Release", help="Why, for the trace.")

    def handle(self, *args: Any, **options: Any) -> None:
        """Release, and say what to cite."""
        try:
            made = release(
                options["name"],
                options["title"],
                publication=options["publication"],
                reason=options["reason"],
            )
        except Refused as refused:
            raise CommandError(str(refused)) from refused
        self.stdout.write(
            f"Release {made.name} is publication {made.publication}: {made.title}\nDigest: {made.digest}"
        )
