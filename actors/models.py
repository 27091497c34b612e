"""The desk's tables about actors, with their constraints in the database."""

from __future__ import annotations

from django.contrib.gis.db.models import PointField
from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import RangeOperators
from django.contrib.postgres.indexes import GinIndex
from django.db import models
from django.db.models import F, Q

from actors.codes import ActorKind, DatePart, DeploymentStatus, MilestoneKind, NameKind, RelationKind
from actors.dated import PERIOD, Dated, partial


def country_field(**options) -> models.CharField:
    """An ISO 3166-1 alpha-3 code."""
    return models.CharField(max_length=3, help_text="ISO 3166-1 alpha-3, for example MLI.", **options)


def one_of(field: str, codes, name: str) -> models.CheckConstraint:
    """The database refuses codes outside the list."""
    return models.CheckConstraint(condition=Q(**{f"{field}__in": codes.values()}), name=name)


def citations_field() -> models.JSONField:
    """Citations: a list of {outlet, title, url, date, language}."""
    return models.JSONField(
        default=list, blank=True, help_text='[{"outlet": …, "title": …, "url": …, "date": …}]'
    )


class Actor(models.Model):
    """An armed group, a force, a government, civilians: whoever acts, suffers or claims."""

    slug = models.SlugField(
        max_length=80, unique=True, help_text="Public and stable for ever; from the English name."
    )
    kind = models.CharField(max_length=24, choices=ActorKind.choices())
    country = country_field(blank=True, default="")
    summary_en = models.TextField(blank=True)
    summary_fr = models.TextField(blank=True)
    founded = models.DateField(null=True, blank=True)
    founded_precision = models.CharField(max_length=5, choices=DatePart.choices(), default=DatePart.DAY)
    dissolved = models.DateField(null=True, blank=True)
    dissolved_precision = models.CharField(max_length=5, choices=DatePart.choices(), default=DatePart.DAY)
    merged_into = models.ForeignKey(
        "self", null=True, blank=True, on_delete=models.PROTECT, related_name="merged"
    )
    sources = citations_field()
    internal_note = models.TextField(blank=True, help_text="Never leaves the desk.")
    registry_digest = models.CharField(
        max_length=64, blank=True, editable=False, help_text="Of the registry entry loaded."
    )
    revision = models.PositiveIntegerField(default=1, editable=False)
    published_revision = models.PositiveIntegerField(null=True, editable=False)
    updated_at = models.DateTimeField(auto_now=True)

    class Meta:
        ordering = ["slug"]
        constraints = [
            one_of("kind", ActorKind, "actor_kind_known"),
            models.CheckConstraint(condition=~Q(merged_into=F("id")), name="actor_not_merged_into_itself"),
            models.CheckConstraint(
                condition=Q(country="") | Q(country__regex="^[A-Z]{3}$"), name="actor_country_iso3"
            ),
        ]

    def __str__(self) -> str:
        return self.slug

    @property
    def founded_on(self):
        """The founding date as it is known."""
        return partial(self.founded, self.founded_precision)

    @property
    def dissolved_on(self):
        """The end as it is known."""
        return partial(self.dissolved, self.dissolved_precision)


class ActorName(Dated):
    """A name an actor has or had; one official name per language at a time."""

    actor = models.ForeignKey(Actor, on_delete=models.CASCADE, related_name="names")
    text = models.CharField(max_length=200)
    lang = models.CharField(max_length=3, default="en")
    kind = models.CharField(max_length=10, choices=NameKind.choices(), default=NameKind.SPELLING)

    class Meta(Dated.Meta):
        ordering = ["id"]
        indexes = [GinIndex(fields=["text"], name="actor_name_trigrams", opclasses=["gin_trgm_ops"])]
        constraints = [
            *Dated.Meta.constraints,
            one_of("kind", NameKind, "actor_name_kind_known"),
            models.CheckConstraint(condition=~Q(text=""), name="actor_name_not_empty"),
            ExclusionConstraint(
                name="one_official_name_at_a_time",
                expressions=[
                    ("actor", RangeOperators.EQUAL),
                    ("lang", RangeOperators.EQUAL),
                    (PERIOD, RangeOperators.OVERLAPS),
                ],
                condition=Q(kind=NameKind.OFFICIAL),
            ),
        ]

    def __str__(self) -> str:
        return self.text


class ActorIdentifier(Dated):
    """Which actor a dataset means by its own id: a table that editors see and extend.

    `country` and the period narrow an entry (Russia beside Mali since December 2021 is Wagner, later Africa Corps);
    the narrowest entry that fits wins.
    """

    scheme = models.CharField(max_length=20, default="ucdp")
    external_id = models.CharField(max_length=40)
    label = models.CharField(max_length=200, blank=True)
    actor = models.ForeignKey(Actor, on_delete=models.CASCADE, related_name="identifiers")
    country = country_field(blank=True, default="")
    confidence = models.CharField(max_length=6, default="high")
    note = models.TextField(blank=True)

    class Meta(Dated.Meta):
        ordering = ["scheme", "external_id", "country", "starts"]
        constraints = [
            *Dated.Meta.constraints,
            models.CheckConstraint(
                condition=Q(confidence__in=["high", "medium", "low"]), name="identifier_confidence_known"
            ),
            ExclusionConstraint(
                name="one_actor_per_identifier_at_a_time",
                expressions=[
                    ("scheme", RangeOperators.EQUAL),
                    ("external_id", RangeOperators.EQUAL),
                    ("country", RangeOperators.EQUAL),
                    (PERIOD, RangeOperators.OVERLAPS),
                ],
            ),
        ]

    def __str__(self) -> str:
        return f"{self.scheme} {self.external_id}"


class ActorRelation(Dated):
    """A directed, dated, sourced relation between two actors."""

    subject = models.ForeignKey(Actor, on_delete=models.CASCADE, related_name="relations")
    kind = models.CharField(max_length=16, choices=RelationKind.choices())
    object = models.ForeignKey(Actor, on_delete=models.PROTECT, related_name="relations_to")
    note = models.TextField(blank=True)
    sources = citations_field()

    class Meta(Dated.Meta):
        ordering = ["starts", "id"]
        constraints = [
            *Dated.Meta.constraints,
            one_of("kind", RelationKind, "relation_kind_known"),
            models.CheckConstraint(condition=~Q(subject=F("object")), name="relation_between_two_actors"),
            ExclusionConstraint(
                name="one_relation_of_a_kind_at_a_time",
                expressions=[
                    ("subject", RangeOperators.EQUAL),
                    ("object", RangeOperators.EQUAL),
                    ("kind", RangeOperators.EQUAL),
                    (PERIOD, RangeOperators.OVERLAPS),
                ],
            ),
        ]

    def __str__(self) -> str:
        return f"{self.subject} {self.kind} {self.object}"


class Deployment(Dated):
    """A foreign force in a host country, from arrival to departure."""

    force = models.ForeignKey(Actor, on_delete=models.CASCADE, related_name="deployments")
    host = country_field()
    status = models.CharField(max_length=10, choices=DeploymentStatus.choices())
    note = models.TextField(blank=True)
    sources = citations_field()

    class Meta(Dated.Meta):
        ordering = ["starts", "id"]
        constraints = [
            *Dated.Meta.constraints,
            one_of("status", DeploymentStatus, "deployment_status_known"),
            models.CheckConstraint(condition=Q(host__regex="^[A-Z]{3}$"), name="deployment_host_iso3"),
            ExclusionConstraint(
                name="one_deployment_per_host_at_a_time",
                expressions=[
                    ("force", RangeOperators.EQUAL),
                    ("host", RangeOperators.EQUAL),
                    (PERIOD, RangeOperators.OVERLAPS),
                ],
            ),
        ]

    def __str__(self) -> str:
        return f"{self.force} in {self.host}"


class DeploymentPlace(Dated):
    """A base or town of a deployment."""

    deployment = models.ForeignKey(Deployment, on_delete=models.CASCADE, related_name="places")
    name = models.CharField(max_length=200)
    point = PointField(srid=4326, null=True, blank=True)

    class Meta(Dated.Meta):
        ordering = ["id"]

    def __str__(self) -> str:
        return self.name


class StrengthStatement(models.Model):
    """Somebody's figure for how many fighters an actor, or several jointly, have somewhere."""

    actors = models.ManyToManyField(Actor, related_name="strengths")
    entered_with = models.ForeignKey(
        Actor,
        null=True,
        editable=False,
        on_delete=models.CASCADE,
        related_name="+",
        help_text="Registry entry it came with.",
    )
    host = country_field(blank=True, default="")
    on = models.DateField(null=True, blank=True)
    on_precision = models.CharField(max_length=5, choices=DatePart.choices(), default=DatePart.DAY)
    low = models.PositiveIntegerField(null=True, blank=True)
    high = models.PositiveIntegerField(null=True, blank=True)
    quantifier = models.CharField(max_length=10, default="about")
    phrase = models.CharField(max_length=200, blank=True)
    split_unknown = models.BooleanField(default=False, help_text="Joint figure whose division is not known.")
    claimant = models.CharField(max_length=200, blank=True)
    sources = citations_field()

    class Meta:
        ordering = ["on", "id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(low__isnull=True) | Q(high__isnull=True) | Q(high__gte=F("low")),
                name="strength_low_to_high",
            )
        ]

    @property
    def day(self):
        """The date as it is known."""
        return partial(self.on, self.on_precision)


class Milestone(models.Model):
    """A dated fact about an actor: founding, announcement, change of leader, designation, agreement."""

    actor = models.ForeignKey(Actor, on_delete=models.CASCADE, related_name="milestones")
    on = models.DateField()
    on_precision = models.CharField(max_length=5, choices=DatePart.choices(), default=DatePart.DAY)
    kind = models.CharField(max_length=16, choices=MilestoneKind.choices())
    title_en = models.CharField(max_length=300)
    title_fr = models.CharField(max_length=300, blank=True)
    sources = citations_field()

    class Meta:
        ordering = ["on", "id"]
        constraints = [one_of("kind", MilestoneKind, "milestone_kind_known")]

    def __str__(self) -> str:
        return self.title_en

    @property
    def day(self):
        """The date as it is known."""
        return partial(self.on, self.on_precision)


class Agreement(models.Model):
    """A peace agreement or alliance text, with parties, signature and end."""

    slug = models.SlugField(max_length=80, unique=True)
    title_en = models.CharField(max_length=300)
    title_fr = models.CharField(max_length=300, blank=True)
    summary_en = models.TextField(blank=True)
    summary_fr = models.TextField(blank=True)
    signed = models.DateField(null=True, blank=True)
    signed_precision = models.CharField(max_length=5, choices=DatePart.choices(), default=DatePart.DAY)
    ended = models.DateField(null=True, blank=True)
    ended_precision = models.CharField(max_length=5, choices=DatePart.choices(), default=DatePart.DAY)
    parties = models.ManyToManyField(Actor, related_name="agreements", blank=True)
    sources = citations_field()

    class Meta:
        ordering = ["signed", "slug"]
        constraints = [
            models.CheckConstraint(
                condition=Q(ended__isnull=True) | Q(signed__isnull=True) | Q(ended__gte=F("signed")),
                name="agreement_signed_before_ended",
            )
        ]

    def __str__(self) -> str:
        return self.title_en


class Person(models.Model):
    """A person quoted: spokesman, minister, expert."""

    name = models.CharField(max_length=200)
    role_en = models.CharField(max_length=200, blank=True)
    role_fr = models.CharField(max_length=200, blank=True)
    affiliation = models.ForeignKey(
        Actor, null=True, blank=True, on_delete=models.PROTECT, related_name="people"
    )

    class Meta:
        ordering = ["name"]
        verbose_name_plural = "people"
        constraints = [
            models.UniqueConstraint(
                fields=["name", "affiliation"], name="one_person_per_affiliation", nulls_distinct=False
            )
        ]

    def __str__(self) -> str:
        return self.name
