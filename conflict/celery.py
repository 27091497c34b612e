"""The Celery application. Apps never import it: their tasks are `shared_task`s."""

import os

from celery import Celery

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "conflict.settings")
app = Celery("conflict")
app.config_from_object("django.conf:settings", namespace="CELERY")
app.autodiscover_tasks()
