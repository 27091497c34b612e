"""The words of the record, by spelling and by sound, for `q`; folding as Python folds."""

from __future__ import annotations

from pathlib import Path

from django.db import migrations

WORDS = Path(__file__).parent.parent / "record" / "words.sql"


class Migration(migrations.Migration):
    """Adds the words and fills them from what is published."""

    dependencies = [("events", "0008_disputed_figures")]

    operations = [migrations.RunSQL(WORDS.read_text(encoding="utf-8"))]
