"""An index of the versions whose figures under another rule than `reported` only their claims can tell.

Its condition is `DISPUTED` of events/query/estimating.py as it was then; a test compares the two.
"""

from __future__ import annotations

from django.db import migrations

DISPUTED = (
    "(claimants > 1 OR (claimants = 1 AND (dataset IS NULL OR document #>> '{claims,0,best}' IS NULL"
    " OR document #>> '{claims,0,claimant,slug}' IS DISTINCT FROM dataset)))"
)


class Migration(migrations.Migration):
    """Adds the index."""

    dependencies = [("events", "0007_review")]

    operations = [
        migrations.RunSQL(
            "CREATE INDEX incident_version_disputed ON record.incident_version (known_from)"
            f" WHERE state = 'published' AND {DISPUTED}",
            "DROP INDEX record.incident_version_disputed",
        )
    ]
