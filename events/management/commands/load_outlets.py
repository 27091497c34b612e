"""`manage.py load_outlets`: sources and feeds that ship with the product, switched off. Repeating it is harmless."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError

from conflict.kit.problems import Refused
from events.ingest.outlets import load_outlets


class Command(BaseCommand):
    """The door of `events.ingest.outlets`."""

    help = "Add the outlets that ship with the product, each with a feed that is switched off."

    def handle(self, *args: Any, **options: Any) -> None:
        """Add what is missing, say how much."""
        try:
            loaded = load_outlets()
        except Refused as refusal:
            raise CommandError(str(refusal)) from refusal
        self.stdout.write(
            f"{loaded.read} outlets read: {loaded.sources} sources and {loaded.feeds} feeds added, switched off"
        )
