"""Indexes for what every report that is read is compared with: reports of its address, and those of its fortnight."""

from __future__ import annotations

from django.db import migrations, models
from django.db.models.functions import Coalesce


class Migration(migrations.Migration):
    """Adds two indexes."""

    dependencies = [("events", "0009_words")]

    operations = [
        migrations.AddIndex("report", models.Index(fields=["final_url"], name="report_final_url")),
        migrations.AddIndex(
            "report", models.Index(Coalesce("published_at", "fetched_at"), name="report_told_at")
        ),
    ]
