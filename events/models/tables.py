"""Tables that people hand in, row by row, and rows that may be looked at on the desk and never passed on."""

from __future__ import annotations

from django.conf import settings
from django.contrib.gis.db.models import PointField
from django.db import models
from django.db.models import Q

from actors.models import country_field
from events.models.incidents import Incident
from events.models.sources import Source
from events.models.work import ImportRun


class TableUpload(models.Model):
    """A table as it was handed in: the bytes stay, so that the preview and the import read the same file."""

    source = models.ForeignKey(Source, on_delete=models.PROTECT, related_name="+")
    name = models.CharField(max_length=200)
    sha256 = models.CharField(max_length=64)
    content = models.BinaryField()
    leave_doubled = models.BooleanField(default=False, help_text="Leave out rows that may be known already.")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")
    at = models.DateTimeField(auto_now_add=True)
    run = models.ForeignKey(
        ImportRun, null=True, on_delete=models.PROTECT, related_name="+", help_text="Empty until confirmed."
    )

    class Meta:
        ordering = ["-id"]
        constraints = [
            models.CheckConstraint(condition=Q(sha256__regex="^[0-9a-f]{64}$"), name="table_upload_sha256")
        ]

    def __str__(self) -> str:
        return self.name


class TableRow(models.Model):
    """Which incident of the desk a row of somebody's table became: found again by the table's owner and its key."""

    source = models.ForeignKey(Source, on_delete=models.PROTECT, related_name="table_rows")
    key = models.CharField(max_length=80)
    incident = models.ForeignKey(Incident, on_delete=models.PROTECT, related_name="table_rows")
    digest = models.BinaryField(help_text="Of the row and its claims, to see changes.")
    revision = models.PositiveIntegerField(
        default=1, help_text="The incident's when the import wrote it; another one means that people did."
    )

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["source", "key"], name="one_incident_per_table_row"),
            models.CheckConstraint(condition=~Q(key=""), name="table_row_has_key"),
        ]

    def __str__(self) -> str:
        return self.key


class ReferenceEvent(models.Model):
    """A row of a dataset whose terms forbid passing it on: reference material of the desk.

    No incident, claim or actor points here and nothing here points to one; no verb takes such a row, and the
    database refuses it to every role but the desk's.
    """

    dataset = models.ForeignKey(Source, on_delete=models.PROTECT, related_name="reference_events")
    external_id = models.CharField(max_length=80)
    day = models.DateField()
    time_precision = models.PositiveSmallIntegerField(default=1)
    event_type = models.CharField(max_length=80)
    sub_event_type = models.CharField(max_length=80, blank=True)
    actor1 = models.CharField(max_length=300, blank=True)
    actor2 = models.CharField(max_length=300, blank=True)
    country = country_field(blank=True, default="")
    country_name = models.CharField(max_length=100)
    admin1 = models.CharField(max_length=200, blank=True)
    location = models.CharField(max_length=300, blank=True)
    point = PointField(srid=4326)
    geo_precision = models.PositiveSmallIntegerField(default=1)
    fatalities = models.PositiveIntegerField(default=0)
    source = models.TextField(blank=True)
    notes = models.TextField(blank=True)
    row = models.JSONField(default=dict, help_text="Every column as it was given.")
    digest = models.BinaryField()
    updated_at = models.DateTimeField(auto_now=True)

    class Meta:
        ordering = ["-day", "-id"]
        indexes = [
            models.Index(fields=["-day", "-id"], name="reference_event_newest_first"),
            models.Index(fields=["country", "-day"], name="reference_event_country"),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["dataset", "external_id"], name="one_reference_event_per_external_id"
            ),
            models.CheckConstraint(condition=~Q(external_id=""), name="reference_event_has_id"),
            models.CheckConstraint(
                condition=Q(country="") | Q(country__regex="^[A-Z]{3}$"), name="reference_event_country_iso3"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.external_id}, {self.day}"
