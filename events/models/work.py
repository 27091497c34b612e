"""Work on the desk: proposals of the machine, traces of every act, import runs, public id counters."""

from __future__ import annotations

from django.conf import settings
from django.db import models

from actors.models import country_field
from events.models.incidents import Incident
from events.models.sources import Report, Source


class Proposal(models.Model):
    """What extraction read in one report, value by value with spans; an editor accepts, corrects or rejects."""

    report = models.ForeignKey(Report, on_delete=models.CASCADE, related_name="proposals")
    incident = models.ForeignKey(
        Incident, null=True, blank=True, on_delete=models.SET_NULL, related_name="proposals"
    )
    number = models.PositiveSmallIntegerField(
        default=1, help_text="Which of several incidents in the report."
    )
    extraction = models.JSONField(default=dict, help_text="Values with span, rule and confidence.")
    match = models.JSONField(
        default=dict, blank=True, help_text="Candidates among known incidents, scored and explained."
    )
    state = models.CharField(
        max_length=10,
        default="open",
        choices=[("open", "Open"), ("accepted", "Accepted"), ("rejected", "Rejected")],
    )
    revision = models.PositiveIntegerField(
        default=1, editable=False, help_text="Counts decisions, so that two editors notice each other."
    )
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["-created_at"]
        constraints = [
            models.UniqueConstraint(fields=["report", "number"], name="one_proposal_per_report_and_number")
        ]

    def __str__(self) -> str:
        return f"proposal {self.number} of report {self.report_id}"


class Trace(models.Model):
    """One act, written in the same transaction as its effect; never changed."""

    at = models.DateTimeField(auto_now_add=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")
    role = models.CharField(max_length=40, help_text="The role that is shown in public, never a name.")
    verb = models.CharField(max_length=30)
    subject = models.CharField(max_length=40, help_text="For example incident:42.")
    reason = models.TextField(blank=True)
    publication = models.PositiveIntegerField(null=True)
    change = models.JSONField(default=dict)

    class Meta:
        ordering = ["-id"]
        indexes = [models.Index(fields=["subject", "-id"], name="trace_subject")]

    def __str__(self) -> str:
        return f"{self.verb} {self.subject}"


class PublicIdCounter(models.Model):
    """The last sequence number given out per prefix (`MLI-2025`), locked while one is taken."""

    prefix = models.CharField(max_length=12, unique=True)
    last = models.PositiveIntegerField(default=0)

    def __str__(self) -> str:
        return f"{self.prefix}: {self.last}"


class ImportRun(models.Model):
    """One run of an importer: what it read and what became of it; rejected rows are in its report file."""

    dataset = models.ForeignKey(Source, on_delete=models.PROTECT, related_name="import_runs")
    file = models.CharField(max_length=500)
    sha256 = models.CharField(max_length=64, blank=True)
    release = models.CharField(max_length=40, blank=True)
    country = country_field(blank=True, default="")
    started_at = models.DateTimeField(auto_now_add=True)
    finished_at = models.DateTimeField(null=True)
    read = models.PositiveIntegerField(default=0)
    created = models.PositiveIntegerField(default=0)
    changed = models.PositiveIntegerField(default=0)
    unchanged = models.PositiveIntegerField(default=0)
    rejected = models.PositiveIntegerField(default=0)
    report_file = models.CharField(max_length=500, blank=True)
    publication = models.PositiveIntegerField(null=True)

    class Meta:
        ordering = ["-id"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(
                    read=models.F("created")
                    + models.F("changed")
                    + models.F("unchanged")
                    + models.F("rejected")
                ),
                name="import_run_loses_no_row",
            )
        ]

    def __str__(self) -> str:
        return f"{self.file} ({self.release})"
