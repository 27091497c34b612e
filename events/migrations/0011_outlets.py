"""The outlets that the record cites, for /api/v1/sources."""

from __future__ import annotations

from pathlib import Path

from django.db import migrations

OUTLETS = Path(__file__).parent.parent / "record" / "outlets.sql"


class Migration(migrations.Migration):
    """Adds the outlets and fills them from what is published."""

    dependencies = [("events", "0010_reports_looked_up")]

    operations = [migrations.RunSQL(OUTLETS.read_text(encoding="utf-8"))]
