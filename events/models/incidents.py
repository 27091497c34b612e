"""What happened, on the desk: incidents, the battles they belong to, and who took part."""

from __future__ import annotations

from django.conf import settings
from django.contrib.gis.db.models import PointField
from django.contrib.postgres.fields import DateRangeField
from django.contrib.postgres.indexes import GistIndex
from django.db import models
from django.db.models import F, Q

from actors.models import Actor, country_field, one_of
from events.codes import (
    SUBTYPES,
    Confidence,
    DatePrecision,
    EventSubtype,
    EventType,
    IncidentVerification,
    LocationPrecision,
    Outcome,
    Role,
    Sensitivity,
    State,
)
from events.models.sources import Source


class IncidentGroup(models.Model):
    """A battle or campaign: linked incidents that are told as one."""

    public_id = models.CharField(max_length=20, unique=True, null=True, editable=False)
    key = models.SlugField(max_length=80, unique=True, null=True, blank=True)
    title_en = models.CharField(max_length=300)
    title_fr = models.CharField(max_length=300, blank=True)
    summary_en = models.TextField(blank=True)
    summary_fr = models.TextField(blank=True)

    class Meta:
        ordering = ["title_en"]

    def __str__(self) -> str:
        return self.title_en


def subtype_belongs_to_type() -> Q:
    """The pairs of event type and sub-type that exist; an empty sub-type is allowed."""
    pairs = Q(event_subtype="")
    for kind, subtypes in SUBTYPES.items():
        pairs |= Q(event_type=kind.value, event_subtype__in=[subtype.value for subtype in subtypes])
    return pairs


DAYS = models.Func(
    "date_start", "date_end", models.Value("[]"), function="daterange", output_field=DateRangeField()
)
# Published, and edited since: the index of that name has the same condition, so that the few are found at once.
CHANGED_SINCE = Q(state=State.PUBLISHED) & ~Q(revision=F("published_revision"))


class Incident(models.Model):
    """One incident as the desk knows it. Figures are never stored here: they are derived from claims."""

    public_id = models.CharField(max_length=20, unique=True, null=True, editable=False)
    state = models.CharField(max_length=10, choices=State.choices(), default=State.DRAFT)
    title_en = models.CharField(max_length=300, blank=True)
    title_fr = models.CharField(max_length=300, blank=True)
    summary_en = models.TextField(blank=True)
    summary_fr = models.TextField(blank=True)
    event_type = models.CharField(max_length=28, choices=EventType.choices())
    event_subtype = models.CharField(max_length=24, choices=EventSubtype.choices(), blank=True)
    date_start = models.DateField()
    date_end = models.DateField()
    date_precision = models.CharField(
        max_length=6, choices=DatePrecision.choices(), default=DatePrecision.DAY
    )
    country = country_field()
    place_name = models.CharField(max_length=300, blank=True)
    point = PointField(srid=4326, null=True, blank=True, help_text="Exact point: stays on the desk.")
    location_precision = models.CharField(max_length=8, choices=LocationPrecision.choices())
    admin1 = models.CharField(max_length=20, blank=True)
    admin2 = models.CharField(max_length=20, blank=True)
    admin3 = models.CharField(max_length=20, blank=True)
    admin1_name = models.CharField(max_length=200, blank=True)
    admin2_name = models.CharField(max_length=200, blank=True)
    boundary_vintage = models.CharField(max_length=40, blank=True)
    sensitivity = models.CharField(max_length=9, choices=Sensitivity.choices(), default=Sensitivity.ORDINARY)
    civilian_targeting = models.BooleanField(default=False)
    verification = models.CharField(
        max_length=18, choices=IncidentVerification.choices(), default=IncidentVerification.UNVERIFIED
    )
    outcome = models.CharField(max_length=18, choices=Outcome.choices(), blank=True)
    group = models.ForeignKey(
        IncidentGroup, null=True, blank=True, on_delete=models.PROTECT, related_name="incidents"
    )
    follows = models.ForeignKey(
        "self", null=True, blank=True, on_delete=models.PROTECT, related_name="followed_by"
    )
    dataset = models.ForeignKey(
        Source, null=True, blank=True, on_delete=models.PROTECT, related_name="incidents"
    )
    external_id = models.CharField(max_length=80, blank=True, help_text="The incident's id in that dataset.")
    dataset_release = models.CharField(max_length=40, blank=True)
    dataset_hash = models.BinaryField(
        null=True, editable=False, help_text="Digest of the imported row, to see changes."
    )
    source_list = models.JSONField(
        default=list, blank=True, help_text="Citations: key, outlet, title, url, date, language."
    )
    merged_into = models.ForeignKey(
        "self", null=True, blank=True, on_delete=models.PROTECT, related_name="merged"
    )
    embargo_until = models.DateTimeField(null=True, blank=True)
    author = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    approver = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    internal_note = models.TextField(blank=True, help_text="Never leaves the desk.")
    revision = models.PositiveIntegerField(default=1, editable=False)
    published_revision = models.PositiveIntegerField(null=True, editable=False)
    created_at = models.DateTimeField(auto_now_add=True)
    updated_at = models.DateTimeField(auto_now=True)

    class Meta:
        ordering = ["-date_start", "-id"]
        indexes = [
            models.Index(fields=["-date_start", "-id"], name="incident_newest_first"),
            models.Index(fields=["state", "-date_start"], name="incident_state"),
            # Matching asks which incidents of a country lie within some days.
            GistIndex("country", DAYS, name="incident_country_days"),
            models.Index(
                fields=["-date_start", "-id"], name="incident_changed_since", condition=CHANGED_SINCE
            ),
        ]
        constraints = [
            one_of("event_type", EventType, "incident_type_known"),
            models.CheckConstraint(condition=subtype_belongs_to_type(), name="incident_subtype_of_type"),
            one_of("state", State, "incident_state_known"),
            one_of("date_precision", DatePrecision, "incident_date_precision_known"),
            one_of("location_precision", LocationPrecision, "incident_location_precision_known"),
            one_of("verification", IncidentVerification, "incident_verification_known"),
            one_of("sensitivity", Sensitivity, "incident_sensitivity_known"),
            models.CheckConstraint(
                condition=Q(date_end__gte=F("date_start")), name="incident_dates_in_order"
            ),
            models.CheckConstraint(condition=Q(country__regex="^[A-Z]{3}$"), name="incident_country_iso3"),
            models.CheckConstraint(condition=~Q(merged_into=F("id")), name="incident_not_merged_into_itself"),
            models.CheckConstraint(condition=~Q(follows=F("id")), name="incident_not_after_itself"),
            models.CheckConstraint(
                condition=Q(external_id="") | Q(dataset__isnull=False),
                name="incident_external_id_needs_dataset",
            ),
            models.UniqueConstraint(
                fields=["dataset", "external_id"],
                condition=~Q(external_id=""),
                name="one_incident_per_external_id",
            ),
            models.CheckConstraint(
                condition=~Q(state=State.PUBLISHED) | Q(public_id__isnull=False),
                name="published_incident_has_public_id",
            ),
        ]

    def __str__(self) -> str:
        return self.title_en or self.title_fr or f"incident {self.pk}"

    @property
    def changed_since_published(self) -> bool:
        """Published, but edited since."""
        return self.state == State.PUBLISHED and self.revision != self.published_revision


class Participation(models.Model):
    """An actor's part in an incident, with the label the source used."""

    incident = models.ForeignKey(Incident, on_delete=models.CASCADE, related_name="participations")
    actor = models.ForeignKey(Actor, on_delete=models.PROTECT, related_name="participations")
    role = models.CharField(max_length=22, choices=Role.choices())
    label_used = models.CharField(max_length=300, blank=True)
    confidence = models.CharField(max_length=6, choices=Confidence.choices(), default=Confidence.HIGH)

    class Meta:
        ordering = ["id"]
        constraints = [
            one_of("role", Role, "participation_role_known"),
            one_of("confidence", Confidence, "participation_confidence_known"),
            models.UniqueConstraint(fields=["incident", "actor", "role"], name="one_participation_per_role"),
        ]

    def __str__(self) -> str:
        return f"{self.actor} as {self.role}"
