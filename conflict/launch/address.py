"""Where the site listens, whether that place is free, and whether the site is ready there."""

from __future__ import annotations

import http.client
import json
import socket
from collections.abc import Mapping
from contextlib import closing

from conflict.launch.speech import Refusal
from conflict.launch.surroundings import EVERYWHERE

DEFAULT_PORT = 8000


def address(environ: Mapping[str, str]) -> tuple[str, int]:
    """HOST (default: loopback only) and PORT (default 8000). Raises Refusal for what is no port."""
    text = environ.get("PORT") or str(DEFAULT_PORT)
    if not (text.isascii() and text.isdigit() and 1 <= int(text) <= 65535):
        raise Refusal(
            f"PORT is {text!r}.", "Set it to a whole number from 1 to 65535, for example PORT=8001 ./run"
        )
    return environ.get("HOST") or "127.0.0.1", int(text)


def refuse_taken(host: str, port: int) -> None:
    """Raise Refusal when we cannot listen there: the port is taken or not allowed, the host not ours."""
    try:
        family, kind, protocol, _, place = socket.getaddrinfo(
            host, port, type=socket.SOCK_STREAM, flags=socket.AI_PASSIVE
        )[0]
        with closing(socket.socket(family, kind, protocol)) as trial:
            trial.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            trial.bind(place)
            trial.listen(1)
    except OSError as error:
        raise Refusal(
            f"Nothing can listen on {host}, port {port}: {error.strerror}.", hint(error, port)
        ) from error


def hint(error: OSError, port: int) -> str:
    """What to do about an address that cannot be used."""
    if isinstance(error, PermissionError):
        return f"Ports below 1024 are root's: choose another, for example PORT={port + 8000} ./run"
    if isinstance(error, socket.gaierror):
        return "Set HOST to a name or address of this machine, or leave it unset for 127.0.0.1."
    other = port + 1 if port < 65535 else 8001
    return f"Another program listens there. Choose another port (PORT={other} ./run), or stop that program."


def site_url(host: str, port: int) -> str:
    """The address to open in a browser on this machine."""
    name = "127.0.0.1" if host in EVERYWHERE else host
    return f"http://[{name}]:{port}/" if ":" in name else f"http://{name}:{port}/"


def answer(host: str, port: int, path: str, seconds: float = 10.0) -> tuple[int, str]:
    """Ask the site for `path`: the status and the beginning of the body; status 0 when it does not answer."""
    line = http.client.HTTPConnection("127.0.0.1" if host in EVERYWHERE else host, port, timeout=seconds)
    try:
        with closing(line):
            line.request("GET", path, headers={"Accept": "application/json"})
            reply = line.getresponse()
            return reply.status, reply.read(4000).decode("utf-8", "replace")
    except (OSError, http.client.HTTPException) as error:
        return 0, str(error)


def complaint(status: int, body: str) -> str:
    """Put an answer of /health/ready that is not 200 in words."""
    if status == 0:
        return f"it does not answer ({body})"
    try:
        return f"it answers {status}: {json.dumps(json.loads(body))[:400]}"
    except ValueError:
        return f"it answers {status}"
