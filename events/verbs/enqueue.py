"""Hand work to the worker after commit. A dead broker never fails an edit: the sweeper finds what was not sent."""

from __future__ import annotations

from typing import Any

import structlog
from celery import current_app
from django.db import transaction
from kombu.exceptions import OperationalError

log = structlog.get_logger(__name__)


def after_commit(task: str, *ids: Any) -> None:
    """Send a task, by name and with ids, once the transaction has committed."""
    transaction.on_commit(lambda: send(task, *ids))


def send(task: str, *ids: Any) -> bool:
    """Send a task now; False when the broker does not take it."""
    try:
        current_app.send_task(task, args=list(ids), retry=False)
    except (OperationalError, OSError) as problem:
        log.warning(
            "broker does not answer; the sweeper will send it", task=task, ids=ids, problem=str(problem)
        )
        return False
    return True
