"""Django's PostGIS backend, but for how it sees that a kept connection is still good.

Django asks the server `SELECT 1` before every request, which is a fifth of the time of a short answer. A server that
ended the connection (a restart, a time-out, an administrator) has said so: there is something to read on the socket of a
connection that is idle. Only then is the server asked.
"""

from __future__ import annotations

import select

from django.contrib.gis.db.backends.postgis.base import DatabaseWrapper as PostGIS


class DatabaseWrapper(PostGIS):
    """The connection of one alias in one thread."""

    def is_usable(self) -> bool:
        """Whether the kept connection can be used; asks the server only where it has said something unasked."""
        kept = self.connection
        if kept is None or kept.closed:
            return False
        try:
            poll = select.poll()
            poll.register(kept.fileno(), select.POLLIN)
            quiet = not poll.poll(0)
        except OSError:
            return False
        return quiet or super().is_usable()
