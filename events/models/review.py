"""What editors decided about the values that the machine proposed."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q

from actors.models import one_of
from events.codes import RejectedWhy, Verdict
from events.models.work import Proposal


class Decision(models.Model):
    """One verdict on one proposed value. Decisions are added, never changed: the newest of a field counts."""

    proposal = models.ForeignKey(Proposal, on_delete=models.CASCADE, related_name="decisions")
    field = models.CharField(max_length=40, help_text="Which value of the proposal, for example claim-0.")
    verdict = models.CharField(max_length=10, choices=Verdict.choices())
    proposed = models.JSONField(null=True, help_text="What the machine read.")
    decided = models.JSONField(null=True, help_text="What counts; empty when rejected.")
    why = models.CharField(max_length=20, choices=RejectedWhy.choices(), blank=True)
    note = models.CharField(max_length=300, blank=True)
    revision = models.PositiveIntegerField(help_text="The proposal's, after this decision.")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")
    at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["proposal", "revision"]
        constraints = [
            models.UniqueConstraint(fields=["proposal", "revision"], name="one_decision_per_revision"),
            one_of("verdict", Verdict, "decision_verdict_known"),
            models.CheckConstraint(
                condition=Q(why="") | Q(why__in=RejectedWhy.values()), name="decision_why_known"
            ),
            models.CheckConstraint(
                condition=Q(verdict=Verdict.REJECTED) ^ Q(why=""),
                name="rejected_says_why_and_nothing_else_does",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.field} {self.verdict}"
