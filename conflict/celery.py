"""The Celery application. Apps never import it: their tasks are `shared_task`s."""

import os
from typing import Any

from celery import Celery
from celery.signals import task_postrun, task_prerun, worker_ready
from django.db import close_old_connections

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "conflict.settings")
app = Celery("conflict")
app.config_from_object("django.conf:settings", namespace="CELERY")
app.autodiscover_tasks()


@worker_ready.connect
def show_at_once(**kwargs: Any) -> None:
    """A worker shows that it lives when it starts, not at the scheduler's next turn half a minute later."""
    app.send_task("events.tasks.heartbeat")


@task_prerun.connect
@task_postrun.connect
def keep_connections_that_work(**kwargs: Any) -> None:
    """A task's connection serves the next one too, until it is broken or older than CONN_MAX_AGE, as a page's does."""
    close_old_connections()
