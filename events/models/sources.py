"""Who relays: sources with their grade, feeds that are polled, reports as they were received."""

from __future__ import annotations

from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.core.validators import RegexValidator
from django.db import models
from django.db.models import Q
from django.db.models.functions import Coalesce

from actors.models import country_field, one_of
from events.codes import Kinship, ReportState, SourceKind

# Their terms forbid a public platform built on their rows; the database keeps this source from being opened.
ACLED = "acled"


class Source(models.Model):
    """An outlet, agency, organisation, dataset or person that reports or claims."""

    slug = models.SlugField(max_length=80, unique=True)
    name = models.CharField(max_length=200)
    kind = models.CharField(max_length=10, choices=SourceKind.choices(), default=SourceKind.OUTLET)
    grade = models.CharField(
        max_length=1,
        blank=True,
        help_text="Reliability A (reliable) to E (unreliable), F (cannot be judged); empty: not graded.",
    )
    language = models.CharField(max_length=3, blank=True)
    url = models.URLField(max_length=500, blank=True)
    licence = models.CharField(max_length=200, blank=True)
    attribution = models.CharField(max_length=300, blank=True)
    public = models.BooleanField(default=True, help_text="May be named in the record.")
    redistributable = models.BooleanField(
        default=True, help_text="False: rows of this source never reach the record."
    )

    class Meta:
        ordering = ["name"]
        constraints = [
            one_of("kind", SourceKind, "source_kind_known"),
            models.CheckConstraint(
                condition=Q(grade="") | Q(grade__regex="^[A-F]$"), name="source_grade_a_to_f"
            ),
            models.CheckConstraint(
                condition=~Q(slug=ACLED) | Q(redistributable=False), name="acled_stays_private"
            ),
        ]

    def __str__(self) -> str:
        return self.name


FEED_ADDRESS = RegexValidator(
    r"^(https?://[^\s/@]+(/\S*)?|folder:[^\W.][\w .()'+,@-]{0,199})\Z",
    "An address that begins with http:// or https://, or folder:NAME for a folder below the drop root.",
)


class Feed(models.Model):
    """An address that is polled for new reports."""

    source = models.ForeignKey(Source, on_delete=models.PROTECT, related_name="feeds")
    kind = models.CharField(max_length=20, help_text="A feed kind of events/ingest/kinds.")
    url = models.CharField(max_length=1000, unique=True, validators=[FEED_ADDRESS])
    # Where its reports play when they name no country.
    country = country_field(blank=True, default="")
    active = models.BooleanField(default=False)
    interval_minutes = models.PositiveIntegerField(default=60)
    licence_note = models.TextField(blank=True)
    reliability_note = models.TextField(blank=True, help_text="Whose voice it is, what to mind.")
    etag = models.CharField(max_length=300, blank=True, editable=False)
    last_modified = models.CharField(max_length=100, blank=True, editable=False)
    polled_at = models.DateTimeField(null=True, editable=False)
    succeeded_at = models.DateTimeField(null=True, editable=False)
    next_poll_at = models.DateTimeField(null=True, editable=False)
    failures = models.PositiveIntegerField(default=0, editable=False)
    problem = models.TextField(blank=True, editable=False)
    items_seen = models.PositiveBigIntegerField(default=0, editable=False)
    reports_kept = models.PositiveBigIntegerField(default=0, editable=False)
    polls = models.PositiveBigIntegerField(default=0, editable=False)
    polls_failed = models.PositiveBigIntegerField(default=0, editable=False)
    seconds = models.FloatField(null=True, editable=False, help_text="How long its last answer took.")

    class Meta:
        ordering = ["source", "url"]
        constraints = [
            models.CheckConstraint(
                condition=Q(interval_minutes__gte=5), name="feed_interval_at_least_5_minutes"
            )
        ]

    def __str__(self) -> str:
        return self.url


class Report(models.Model):
    """One capture of one document: original bytes, never edited; the state says what remains to be done."""

    feed = models.ForeignKey(Feed, null=True, blank=True, on_delete=models.PROTECT, related_name="reports")
    source = models.ForeignKey(Source, on_delete=models.PROTECT, related_name="reports")
    url = models.URLField(max_length=2000, blank=True)
    final_url = models.URLField(max_length=2000, blank=True)
    sha256 = models.CharField(max_length=64)
    content = models.BinaryField()
    content_type = models.CharField(max_length=100, blank=True)
    headers = models.JSONField(default=dict, blank=True)
    fetched_at = models.DateTimeField()
    published_at = models.DateTimeField(null=True, blank=True)
    title = models.CharField(max_length=500, blank=True)
    text = models.TextField(blank=True)
    language = models.CharField(max_length=3, blank=True)
    parent = models.ForeignKey(
        "self",
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="copies",
        help_text="Earlier capture or original.",
    )
    kinship = models.CharField(max_length=10, choices=Kinship.choices(), blank=True)
    bands = ArrayField(
        models.BigIntegerField(),
        default=list,
        blank=True,
        help_text="Where reports with the same words meet.",
    )
    state = models.CharField(max_length=10, choices=ReportState.choices(), default=ReportState.NEW)
    problem = models.TextField(blank=True)
    attempts = models.PositiveSmallIntegerField(default=0)
    due_at = models.DateTimeField(null=True, blank=True, help_text="When the sweeper may take it up again.")

    class Meta:
        ordering = ["-fetched_at"]
        indexes = [
            models.Index(fields=["state", "due_at"], name="report_work_queue"),
            models.Index(fields=["url"], name="report_url"),
            models.Index(fields=["final_url"], name="report_final_url"),
            models.Index(Coalesce("published_at", "fetched_at"), name="report_told_at"),
            GinIndex(fields=["bands"], name="report_bands"),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["feed", "sha256"], name="one_report_per_feed_and_content", nulls_distinct=False
            ),
            models.CheckConstraint(condition=Q(sha256__regex="^[0-9a-f]{64}$"), name="report_sha256"),
            one_of("state", ReportState, "report_state_known"),
            models.CheckConstraint(
                condition=Q(kinship="", parent__isnull=True)
                | Q(kinship__in=Kinship.values(), parent__isnull=False),
                name="report_kinship_with_parent",
            ),
        ]

    def __str__(self) -> str:
        return self.title or self.url or f"report {self.pk}, without a title"
