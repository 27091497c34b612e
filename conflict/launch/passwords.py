"""Secrets of one copy, generated on this machine once and kept in a file that only its owner reads."""

from __future__ import annotations

import json
import os
import secrets
from pathlib import Path

from conflict.launch.speech import Refusal

ROLES = ("sahel_owner", "sahel_desk", "sahel_worker", "sahel_public")
NAMES = ("secret_key", *ROLES)


def kept(file: Path) -> dict[str, str]:
    """Read the secrets of this copy; generate those that are missing.

    Raises Refusal when the file cannot be understood: a lost password must not be replaced silently.
    """
    found = read(file)
    missing = [name for name in NAMES if name not in found]
    if missing:
        found |= {name: secrets.token_urlsafe(48 if name == "secret_key" else 24) for name in missing}
        write(file, found)
    return found


def read(file: Path) -> dict[str, str]:
    """The secrets in the file, none if there is no file."""
    try:
        found = json.loads(file.read_text(encoding="utf-8"))
    except FileNotFoundError:
        return {}
    except (OSError, ValueError) as error:
        raise Refusal(
            f"{file} cannot be read: {error}.", f"Repair it, or remove it to have new secrets made: rm {file}"
        ) from error
    if not isinstance(found, dict) or not all(isinstance(value, str) for value in found.values()):
        raise Refusal(f"{file} holds no secrets.", f"Remove it to have new secrets made: rm {file}")
    return found


def write(file: Path, found: dict[str, str]) -> None:
    """Replace the file in one go, readable by its owner alone from its first moment."""
    new = file.with_suffix(".new")
    new.unlink(missing_ok=True)
    handle = os.open(new, os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_NOFOLLOW, 0o600)
    with os.fdopen(handle, "w", encoding="utf-8") as out:
        json.dump(found, out, indent=1)
        out.flush()
        os.fsync(out.fileno())
    os.replace(new, file)
