"""Who runs what: PostgreSQL and the application never run as root.

Started by root, the launcher uses two system accounts: `sahel-db` owns the database cluster, `sahel` runs
Redis and the application. They are two so that the application, even when taken over, can neither read the
cluster's files nor connect as its superuser. Started by anybody else, everything runs as that person.
"""

from __future__ import annotations

import grp
import os
import pwd
import subprocess
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from conflict.launch.speech import Refusal

# Debian and Ubuntu give people ids from here on.
FIRST_PERSON = 1000
CLUSTER_ACCOUNT = "sahel-db"
APPLICATION_ACCOUNT = "sahel"


@dataclass(frozen=True)
class Account:
    """A system account."""

    name: str
    uid: int
    gid: int

    def switch(self) -> dict[str, Any]:
        """Arguments for subprocess that start a process as this account; none when we are it."""
        if self.uid == os.geteuid():
            return {}
        return {"user": self.uid, "group": self.gid, "extra_groups": []}

    def reaches(self, path: Path, how: str = "-x") -> bool:
        """Whether this account can use `path` (`how`: a test of test(1), such as -r, -w, -x)."""
        return self.can(["test", how, str(path)])

    def can(self, command: Sequence[str]) -> bool:
        """Whether a command succeeds as this account."""
        quiet: dict[str, Any] = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL, "cwd": "/"}
        try:
            return subprocess.run(command, check=False, **quiet, **self.switch()).returncode == 0
        except OSError:
            return False


def named(name: str) -> Account:
    """Look up an account. Raises KeyError when there is none."""
    entry = pwd.getpwnam(name)
    return Account(entry.pw_name, entry.pw_uid, entry.pw_gid)


def current() -> Account:
    """The account that started the launcher; an id without a name, as in some containers, is its own name."""
    uid = os.geteuid()
    try:
        name = pwd.getpwuid(uid).pw_name
    except KeyError:
        name = str(uid)
    return Account(name, uid, os.getegid())


def is_root() -> bool:
    """Whether the launcher was started by root."""
    return os.geteuid() == 0


def for_cluster() -> Account:
    """The account that PostgreSQL runs as."""
    return ensured(CLUSTER_ACCOUNT) if is_root() else current()


def for_application() -> Account:
    """The account that Redis, web, worker and beat run as."""
    return ensured(APPLICATION_ACCOUNT) if is_root() else current()


def ensured(name: str) -> Account:
    """Look up a system account, creating it (no login, no home) when it is missing."""
    try:
        found = named(name)
    except KeyError:
        create(name)
        return named(name)
    if found.uid >= FIRST_PERSON:
        raise Refusal(
            f"The account {name} (id {found.uid}) is not a system account: it may be a person's.",
            "Rename it, or start ./run as an ordinary user.",
        )
    return found


def create(name: str) -> None:
    """Create a system account with a group of the same name."""
    group = ["--gid", name] if has_group(name) else ["--user-group"]
    command = ["useradd", "--system", *group, "--no-create-home", "--home-dir", "/nonexistent"]
    try:
        subprocess.run(
            [*command, "--shell", "/usr/sbin/nologin", name], check=True, capture_output=True, text=True
        )
    except (OSError, subprocess.CalledProcessError) as error:
        said = getattr(error, "stderr", "") or str(error)
        raise Refusal(
            f"The system account {name} could not be created: {said.strip()}",
            f"Create it (useradd --system {name}), or start ./run as an ordinary user.",
        ) from error


def has_group(name: str) -> bool:
    """Whether a group of that name exists."""
    try:
        grp.getgrnam(name)
    except KeyError:
        return False
    return True
