"""`manage.py verify_record`: whether the record still says what was published. Exit code 1 when it does not."""

from __future__ import annotations

import argparse
import re
import sys
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from tqdm import tqdm

from events.record.verifying import Verdict, verify


def checkpoint(text: str) -> tuple[int, str]:
    """Read `NUMBER:DIGEST`, the digest in at least 12 hexadecimal digits."""
    match = re.fullmatch(r"([0-9]{1,9}):([0-9a-fA-F]{12,64})", text)
    if not match:
        raise argparse.ArgumentTypeError(
            f"{text!r} is not valid; valid is NUMBER:DIGEST, with at least 12 hexadecimal digits"
        )
    return int(match[1]), match[2]


class Command(BaseCommand):
    """The door of `events.record.verifying`."""

    help = "Walk the record's hash chain and name the first publication that does not fit."

    def add_arguments(self, parser: argparse.ArgumentParser) -> None:
        """What was written down before, and the connection to use."""
        parser.add_argument(
            "--expect",
            action="append",
            default=[],
            type=checkpoint,
            metavar="NUMBER:DIGEST",
            help="A publication's digest written down elsewhere earlier; may be repeated.",
        )
        parser.add_argument("--database", default="record", choices=["record", "default"])

    def handle(self, *args: Any, **options: Any) -> None:
        """Verify, and say what to write down."""
        with tqdm(unit=" versions", disable=not sys.stderr.isatty(), leave=False) as bar:
            verdict = verify(options["database"], dict(options["expect"]), lambda *counts: show(bar, *counts))
        self.report(verdict)

    def report(self, verdict: Verdict) -> None:
        """One line for a sound record, an error for another."""
        if verdict.misfit:
            raise CommandError(
                f"The record does not verify. First publication that does not fit: {verdict.misfit.publication}"
                f" ({verdict.misfit.what})."
            )
        if not verdict.publications:
            self.stdout.write("The record is empty.")
            return
        self.stdout.write(
            f"The record verifies: {verdict.publications} publications, {verdict.versions} versions.\n"
            f"Keep this elsewhere, and hand it to --expect next time: {verdict.publications}:{verdict.digest}"
        )


def show(bar: tqdm[Any], done: int, total: int) -> None:
    """Move the progress bar."""
    bar.total = total
    bar.update(done - bar.n)
