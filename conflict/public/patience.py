"""How long a public query may take: longer for those whom we know by a key.

The connection is kept between requests, so what was set for one caller is set back for the next.
"""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.db import DatabaseError, connections

from conflict.public.keys import Caller


def be_patient(caller: Caller | None) -> None:
    """Give this thread's connection to the record the timeout of the caller."""
    connection: Any = connections["record"]
    wanted = settings.RECORD_TIMEOUT_KEY_MS if caller else settings.RECORD_TIMEOUT_MS
    kept, given = getattr(connection, "patience", (None, settings.RECORD_TIMEOUT_MS))
    # A new connection begins with the settings' own timeout.
    standing = given if kept is connection.connection else settings.RECORD_TIMEOUT_MS
    if wanted == standing:
        return
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT set_config('statement_timeout', %s, false)", [str(wanted)])
        connection.patience = (connection.connection, wanted)
    except DatabaseError:
        connection.close()
