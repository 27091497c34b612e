"""Who says what about whom: claims, and the media shown for them."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q

from actors.models import Actor, Person, one_of
from events.claims.codes import ClaimStatus, ClaimVerification, ItemClass, Measure, Quantifier, Scope, Stance
from events.models.incidents import Incident
from events.models.sources import Report, Source


class Claim(models.Model):
    """One statement by one claimant, in the words it was relayed with."""

    incident = models.ForeignKey(Incident, on_delete=models.CASCADE, related_name="claims")
    claimant_actor = models.ForeignKey(
        Actor, null=True, blank=True, on_delete=models.PROTECT, related_name="claims_made"
    )
    claimant_person = models.ForeignKey(
        Person, null=True, blank=True, on_delete=models.PROTECT, related_name="claims_made"
    )
    claimant_source = models.ForeignKey(
        Source, null=True, blank=True, on_delete=models.PROTECT, related_name="claims_made"
    )
    relayed_by = models.CharField(
        max_length=40, blank=True, help_text="Key of a citation in the incident's source list."
    )
    report = models.ForeignKey(Report, null=True, blank=True, on_delete=models.PROTECT, related_name="claims")
    span_start = models.PositiveIntegerField(null=True, blank=True)
    span_end = models.PositiveIntegerField(null=True, blank=True)
    stance = models.CharField(max_length=12, choices=Stance.choices(), default=Stance.ALLEGATION)
    measure = models.CharField(max_length=20, choices=Measure.choices())
    item_class = models.CharField(max_length=20, choices=ItemClass.choices(), blank=True)
    about = models.ManyToManyField(
        Actor, blank=True, related_name="claims_about", help_text="Jointly; empty: whole incident."
    )
    quantifier = models.CharField(max_length=10, choices=Quantifier.choices(), default=Quantifier.EXACT)
    low = models.PositiveIntegerField(null=True, blank=True)
    best = models.PositiveIntegerField(null=True, blank=True, help_text="Only where a dataset gives one.")
    high = models.PositiveIntegerField(null=True, blank=True)
    phrase = models.CharField(max_length=300, blank=True)
    phrase_lang = models.CharField(max_length=3, blank=True)
    scope = models.CharField(max_length=8, choices=Scope.choices(), default=Scope.INCIDENT)
    verification = models.CharField(
        max_length=12, choices=ClaimVerification.choices(), default=ClaimVerification.UNVERIFIED
    )
    status = models.CharField(max_length=10, choices=ClaimStatus.choices(), default=ClaimStatus.PENDING)
    set_aside_why = models.CharField(max_length=300, blank=True)
    supersedes = models.ForeignKey(
        "self", null=True, blank=True, on_delete=models.SET_NULL, related_name="superseded_by"
    )
    note = models.CharField(max_length=500, blank=True)

    class Meta:
        ordering = ["id"]
        constraints = [
            one_of("stance", Stance, "claim_stance_known"),
            one_of("measure", Measure, "claim_measure_known"),
            one_of("quantifier", Quantifier, "claim_quantifier_known"),
            one_of("scope", Scope, "claim_scope_known"),
            one_of("verification", ClaimVerification, "claim_verification_known"),
            one_of("status", ClaimStatus, "claim_status_known"),
            models.CheckConstraint(
                condition=Q(
                    claimant_actor__isnull=False, claimant_person__isnull=True, claimant_source__isnull=True
                )
                | Q(claimant_actor__isnull=True, claimant_person__isnull=False, claimant_source__isnull=True)
                | Q(claimant_actor__isnull=True, claimant_person__isnull=True, claimant_source__isnull=False),
                name="claim_has_one_claimant",
            ),
            models.CheckConstraint(
                condition=Q(low__isnull=True) | Q(high__isnull=True) | Q(high__gte=F("low")),
                name="claim_low_to_high",
            ),
            models.CheckConstraint(
                condition=~Q(status=ClaimStatus.SET_ASIDE) | ~Q(set_aside_why=""),
                name="claim_set_aside_says_why",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_measure_display().lower()}: {self.phrase or self.low}"


class Evidence(models.Model):
    """Media shown for an incident: a video, photograph, document, satellite image."""

    incident = models.ForeignKey(Incident, on_delete=models.CASCADE, related_name="evidence")
    kind = models.CharField(max_length=20, default="video")
    description_en = models.CharField(max_length=500, blank=True)
    description_fr = models.CharField(max_length=500, blank=True)
    url = models.URLField(max_length=1000, blank=True)
    verification = models.CharField(
        max_length=12, choices=ClaimVerification.choices(), default=ClaimVerification.UNVERIFIED
    )
    said_by = models.CharField(max_length=200, blank=True, help_text="Who said that it is (not) verified.")
    relayed_by = models.CharField(max_length=40, blank=True)

    class Meta:
        ordering = ["id"]
        verbose_name_plural = "evidence"
        constraints = [one_of("verification", ClaimVerification, "evidence_verification_known")]

    def __str__(self) -> str:
        return self.description_en or self.kind
