"""`manage.py load_sample`: registry and sample incidents, published at once; outlets, switched off. Loading again is harmless."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError

from conflict.kit.problems import Refused
from events.ingest.outlets import load_outlets
from events.ingest.sample import load_sample


class Command(BaseCommand):
    """The door of `events.ingest.sample`."""

    help = "Load and publish the actor registry and the sample incidents that ship with the product."

    def handle(self, *args: Any, **options: Any) -> None:
        """Load, publish, say what became of it."""
        try:
            load_outlets()
            publication = load_sample()
        except Refused as refusal:
            raise CommandError(str(refusal)) from refusal
        if publication is None:
            self.stdout.write("The sample is loaded already; nothing changed.")
        else:
            self.stdout.write(
                f"Publication {publication.number}: {publication.versions} versions, {publication.digest[:12]}…"
            )
