"""gunicorn's settings, for ./run and for the containers.

gthread, never sync workers: a handful of slow downloads of exports would hold every one of them.
"""

import multiprocessing
import os
import pathlib

from gunicorn.http import message

bind = os.environ.get("BIND", "127.0.0.1:8000")
worker_class = "gthread"
workers = int(os.environ.get("WEB_PROCESSES", min(4, multiprocessing.cpu_count())))
threads = int(os.environ.get("WEB_THREADS", 8))
timeout = 60
graceful_timeout = 25
keepalive = 15
# The heartbeat file on a real disk can stall a worker; shared memory cannot.
SHARED_MEMORY = pathlib.Path("/dev/shm")  # noqa: S108  # gunicorn makes a private file there
worker_tmp_dir = str(SHARED_MEMORY) if os.access(SHARED_MEMORY, os.W_OK) else None
# X-Forwarded-* is believed from the proxy alone; in containers it is the only one that can reach us.
forwarded_allow_ips = os.environ.get("PROXY_ADDRESSES", "127.0.0.1")
# An area of 500 vertices, as the API takes it, is an address of some 14,000 characters; gunicorn's own cap is 8,190.
limit_request_line = message.MAX_REQUEST_LINE = 32_768
errorlog = "-"
# The application is imported once and its processes are forked from it: half the work at start, and shared memory.
preload_app = True


def when_ready(server):
    """Import the doors too before the processes are forked; else each would at its first visitor."""
    import conflict.urls  # noqa: F401


def post_worker_init(worker):
    """Each process makes its columnar copy of the record while it already serves."""
    from events import lens

    lens.begin()
