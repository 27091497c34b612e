"""Indexes for the filter `source`, which asks for an outlet or a dataset: only with both is one of them of use."""

from __future__ import annotations

from django.db import migrations

INDEXES = """
CREATE INDEX incident_version_sources ON record.incident_version USING gin (sources);
CREATE INDEX incident_version_dataset ON record.incident_version (dataset) WHERE dataset IS NOT NULL;
"""


class Migration(migrations.Migration):
    """Adds two indexes."""

    dependencies = [("events", "0011_outlets")]

    operations = [migrations.RunSQL(INDEXES)]
