"""Dated facts: a period whose ends are partial dates, kept as real dates with their precision."""

from __future__ import annotations

from django.contrib.postgres.fields import DateRangeField
from django.db import models
from django.db.models import F, Func, Q, Value

from actors.codes import DatePart
from conflict.kit.dates import PartialDate


def partial(day, precision: str) -> PartialDate | None:
    """Put a stored day and its precision together again; None when the day is unknown."""
    if day is None:
        return None
    month = day.month if precision != DatePart.YEAR else None
    return PartialDate(day.year, month, day.day if precision == DatePart.DAY else None)


class Dated(models.Model):
    """A period. `starts` holds the first day of a partial start, `ends` the last day of a partial end; null: unknown."""

    starts = models.DateField(null=True, blank=True)
    starts_precision = models.CharField(max_length=5, choices=DatePart.choices(), default=DatePart.DAY)
    ends = models.DateField(null=True, blank=True)
    ends_precision = models.CharField(max_length=5, choices=DatePart.choices(), default=DatePart.DAY)

    class Meta:
        abstract = True
        constraints = [
            models.CheckConstraint(
                condition=Q(ends__isnull=True) | Q(starts__isnull=True) | Q(ends__gte=F("starts")),
                name="%(app_label)s_%(class)s_period_in_order",
            )
        ]

    @property
    def start(self) -> PartialDate | None:
        """The start as it is known."""
        return partial(self.starts, self.starts_precision)

    @property
    def end(self) -> PartialDate | None:
        """The end as it is known."""
        return partial(self.ends, self.ends_precision)


PERIOD = Func(F("starts"), F("ends"), Value("[]"), function="daterange", output_field=DateRangeField())
