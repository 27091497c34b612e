"""Where: administrative units by p-code and boundary vintage, and the gazetteer."""

from __future__ import annotations

from django.contrib.gis.db.models import MultiPolygonField, PointField
from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.db import models
from django.db.models import Q

from actors.models import country_field


class AdminUnit(models.Model):
    """A country, region, district or commune. P-codes change meaning between vintages, so the vintage is kept."""

    pcode = models.CharField(max_length=20)
    level = models.PositiveSmallIntegerField(help_text="0 country, 1 to 3 downwards.")
    country = country_field()
    name = models.CharField(max_length=200)
    name_fr = models.CharField(max_length=200, blank=True)
    parent = models.CharField(max_length=20, blank=True, help_text="P-code of the unit above.")
    vintage = models.CharField(max_length=40)
    source = models.CharField(max_length=300)
    centre = PointField(srid=4326)
    geom = MultiPolygonField(srid=4326, null=True, blank=True)

    class Meta:
        ordering = ["level", "pcode"]
        indexes = [models.Index(fields=["country", "level"], name="admin_unit_country_level")]
        constraints = [
            models.UniqueConstraint(fields=["level", "pcode"], name="one_unit_per_level_and_pcode"),
            models.CheckConstraint(condition=Q(level__lte=3), name="admin_unit_level"),
        ]

    def __str__(self) -> str:
        return f"{self.name} ({self.pcode})"


class Place(models.Model):
    """A named place of the gazetteer."""

    source = models.CharField(max_length=40, help_text="Gazetteer the row comes from, for example geonames.")
    external_id = models.CharField(max_length=40)
    name = models.CharField(max_length=200)
    name_fr = models.CharField(max_length=200, blank=True)
    alternates = ArrayField(models.CharField(max_length=200), default=list, blank=True)
    country = country_field()
    point = PointField(srid=4326)
    feature = models.CharField(max_length=20, blank=True)
    population = models.PositiveIntegerField(null=True, blank=True)
    admin1 = models.CharField(max_length=20, blank=True)
    admin2 = models.CharField(max_length=20, blank=True)
    admin3 = models.CharField(max_length=20, blank=True)

    class Meta:
        ordering = ["name"]
        indexes = [
            GinIndex(fields=["name"], name="place_name_trigrams", opclasses=["gin_trgm_ops"]),
            models.Index(fields=["country", "name"], name="place_country_name"),
        ]
        constraints = [
            models.UniqueConstraint(fields=["source", "external_id"], name="one_place_per_external_id")
        ]

    def __str__(self) -> str:
        return f"{self.name}, {self.country}"
