"""`manage.py reference`: write docs/reference.md from the code."""

from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand

from events.reference import reference

PAGE = Path(__file__).parents[3] / "docs" / "reference.md"


class Command(BaseCommand):
    """The door of `events.reference`."""

    help = "Write docs/reference.md from the code."

    def handle(self, *args: Any, **options: Any) -> None:
        """Write the page."""
        PAGE.write_text(reference(), encoding="utf-8")
        self.stdout.write("docs/reference.md is written.")
