"""`manage.py reference`: write docs/reference.md, and the tables of docs/api.md, from the code."""

from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand

from events.api_reference import refreshed
from events.reference import reference

DOCS = Path(__file__).parents[3] / "docs"
PAGE = DOCS / "reference.md"
API_PAGE = DOCS / "api.md"


class Command(BaseCommand):
    """The door of `events.reference` and `events.api_reference`."""

    help = "Write docs/reference.md and the tables of docs/api.md from the code."

    def handle(self, *args: Any, **options: Any) -> None:
        """Write the pages."""
        PAGE.write_text(reference(), encoding="utf-8")
        API_PAGE.write_text(refreshed(API_PAGE.read_text(encoding="utf-8")), encoding="utf-8")
        self.stdout.write("docs/reference.md and docs/api.md are written.")
