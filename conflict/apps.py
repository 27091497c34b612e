"""The frame as a Django app: start-up checks, privileges after migration, the Celery app."""

from django.apps import AppConfig, apps
from django.db.models.signals import post_migrate


class ConflictConfig(AppConfig):
    """Loads the Celery app, so that every process has the same `shared_task` target."""

    name = "conflict"

    def ready(self) -> None:
        """Register checks and grants."""
        from conflict import celery, checks, privileges  # noqa: F401

        # Django signals apps with models only; events migrates last of ours.
        post_migrate.connect(privileges.grant_after_migrate, sender=apps.get_app_config("events"))
