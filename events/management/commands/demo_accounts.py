"""`manage.py demo_accounts`: demo logins, one per role, with passwords made on this machine. Repeating it is harmless."""

from __future__ import annotations

import json
import os
import secrets
from pathlib import Path
from typing import Any

from django.conf import settings
from django.contrib.auth.models import User
from django.core.management.base import BaseCommand, CommandError

from events.policy import DeskRole
from events.verbs.accounts import keep_account, open_account

ACCOUNTS = {
    "contributor": DeskRole.CONTRIBUTOR,
    "editor": DeskRole.EDITOR,
    "chief": DeskRole.CHIEF,
    "technical": DeskRole.TECHNICAL,
}
REASON = "Demo account of this copy"


class Command(BaseCommand):
    """Makes the accounts, keeps their passwords for their owner's eyes alone, prints them."""

    help = "Make demo logins (contributor, editor, chief, technical) and print them with their passwords."

    def handle(self, *args: Any, **options: Any) -> None:
        """Make what is missing; print all."""
        file = Path(settings.DATA_DIR) / "demo-accounts.json"
        passwords = kept(file)
        missing = {name: secrets.token_urlsafe(12) for name in ACCOUNTS if name not in passwords}
        if missing:
            passwords |= missing
            write(file, passwords)
        self.stdout.write("Demo logins (/admin/):")
        for name, role in ACCOUNTS.items():
            self.stdout.write(
                f"  {name:12} {made(name, role, passwords[name], name in missing)}  {role.value}"
            )


def made(name: str, role: DeskRole, password: str, is_new: bool) -> str:
    """Make or mend one account; the password, or that its owner has changed it."""
    user = User.objects.filter(username=name).first()
    if user is None:
        open_account(name, role.value, password, reason=REASON)
        return password
    keep_account(user, role.value, reason=REASON)
    if is_new:
        user.set_password(password)
        user.save(update_fields=["password"])
    return password if user.check_password(password) else "(password changed since)"


def kept(file: Path) -> dict[str, str]:
    """The passwords kept; none without a file. Raises CommandError for a file that cannot be read."""
    try:
        found = json.loads(file.read_text(encoding="utf-8"))
    except FileNotFoundError:
        return {}
    except (OSError, ValueError) as error:
        raise CommandError(
            f"{file} cannot be read: {error}. Remove it to have new passwords made."
        ) from error
    if not isinstance(found, dict) or not all(isinstance(value, str) for value in found.values()):
        raise CommandError(f"{file} holds no passwords. Remove it to have new ones made.")
    return found


def write(file: Path, passwords: dict[str, str]) -> None:
    """Keep the passwords in one go, readable by their owner alone from the first moment."""
    file.parent.mkdir(parents=True, exist_ok=True)
    new = file.with_suffix(".new")
    new.unlink(missing_ok=True)
    handle = os.open(new, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(handle, "w", encoding="utf-8") as out:
        json.dump(passwords, out, indent=1)
    os.replace(new, file)
