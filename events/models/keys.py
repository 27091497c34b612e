"""API keys and what partners handed in with them. A key itself is never kept: only its prefix and SHA-256."""

from __future__ import annotations

import uuid

from django.db import models
from django.db.models import Q

from events.codes import KeyScope
from events.models.sources import Report, Source

ONE_SCOPE = "|".join(KeyScope.values())


class ApiKey(models.Model):
    """Who may ask more often, and who may hand in reports."""

    holder = models.CharField(max_length=200, help_text="The organisation or project that it was given to.")
    prefix = models.CharField(max_length=10, unique=True, editable=False)
    digest = models.CharField(max_length=64, editable=False, help_text="SHA-256 of the whole key.")
    scopes = models.CharField(max_length=100, default=KeyScope.READ.value, help_text="Parted by blanks.")
    source = models.ForeignKey(
        Source,
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="keys",
        help_text="As whom the holder hands in reports.",
    )
    created_at = models.DateTimeField(auto_now_add=True)
    revoked_at = models.DateTimeField(null=True, editable=False)
    last_used_at = models.DateTimeField(null=True, editable=False)

    class Meta:
        ordering = ["holder", "id"]
        verbose_name = "API key"
        constraints = [
            models.CheckConstraint(condition=Q(prefix__regex="^[a-z0-9]{10}$"), name="key_prefix"),
            models.CheckConstraint(condition=Q(digest__regex="^[0-9a-f]{64}$"), name="key_digest"),
            models.CheckConstraint(
                condition=Q(scopes__regex=f"^({ONE_SCOPE})( ({ONE_SCOPE}))*$"), name="key_scopes_known"
            ),
            models.CheckConstraint(
                condition=~Q(scopes__contains=KeyScope.REPORTS.value) | Q(source__isnull=False),
                name="key_for_reports_has_a_source",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.holder} ({self.prefix})"


class HandedIn(models.Model):
    """One report that a partner handed in; the same idempotency key never makes a second one."""

    key = models.ForeignKey(ApiKey, on_delete=models.PROTECT, related_name="handed_in")
    idempotency_key = models.CharField(max_length=100)
    public_id = models.UUIDField(unique=True, default=uuid.uuid4, editable=False)
    body_sha256 = models.CharField(max_length=64)
    report = models.ForeignKey(Report, on_delete=models.PROTECT, related_name="handed_in")
    received_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["-id"]
        constraints = [
            models.UniqueConstraint(fields=["key", "idempotency_key"], name="one_report_per_idempotency_key"),
            models.CheckConstraint(condition=Q(body_sha256__regex="^[0-9a-f]{64}$"), name="handed_in_body"),
        ]

    def __str__(self) -> str:
        return str(self.public_id)
