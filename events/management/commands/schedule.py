"""`manage.py schedule`: write the worker's schedule into the database that beat reads. Repeating it is harmless."""

from typing import Any

from django.core.management.base import BaseCommand
from django_celery_beat.models import IntervalSchedule, PeriodicTask

from events.tasks import SCHEDULE


class Command(BaseCommand):
    """Creates what is missing; intervals that an editor has changed stay."""

    help = "Write the periodic tasks into the database."

    def handle(self, *args: Any, **options: Any) -> None:
        """Create each periodic task that is not there."""
        for task, seconds in SCHEDULE.items():
            every, _ = IntervalSchedule.objects.get_or_create(every=seconds, period=IntervalSchedule.SECONDS)
            PeriodicTask.objects.get_or_create(name=task, defaults={"task": task, "interval": every})
        self.stdout.write(f"{len(SCHEDULE)} periodic tasks are scheduled.")
