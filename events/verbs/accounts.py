"""People of the desk: opening an account, giving it a role, closing it. One trace each, without passwords."""

from __future__ import annotations

from typing import Any

from django.contrib.auth.models import Group, User
from django.db import transaction

from conflict.kit.problems import Refused, not_one_of
from events.models import Trace
from events.policy import Act, DeskRole, refuse_unless, shown_role
from events.verbs.tracing import trace

TYPED = ("username", "first_name", "last_name", "is_active", "is_staff")


@transaction.atomic
def keep_account(user: User, role: str, *, by: User | None = None, reason: str) -> Trace | None:
    """Save an account as it now stands, with exactly this role (empty: none, and no way in); None when nothing changed.

    Raises Refused for a role that does not exist.
    """
    refuse_unless(by, Act.REVISE, user)
    if role and role not in DeskRole.values():
        raise Refused(not_one_of("role", role, DeskRole.values()))
    user.is_staff = bool(role)
    opened = user.pk is None
    change = changed_account(user, role)
    if not change and not opened:
        return None
    user.save()
    user.groups.set([Group.objects.get_or_create(name=role)[0]] if role else [])
    user.__dict__.pop("_desk_roles", None)
    shown = shown_role(by) if by else "set-up"
    verb = "open" if opened else "revise"
    return trace(verb, user, by=by, role=shown, reason=reason, change={"fields": change})


def changed_account(user: User, role: str) -> dict[str, list[Any]]:
    """{what: [old, new]} of an account; passwords are left out."""
    old = User.objects.filter(pk=user.pk).first() if user.pk else None
    held = ", ".join(old.groups.order_by("name").values_list("name", flat=True)) if old else ""
    pairs = {name: [getattr(old, name, None), getattr(user, name)] for name in TYPED} | {"role": [held, role]}
    return {name: pair for name, pair in pairs.items() if pair[0] != pair[1]}


def open_account(username: str, role: str, password: str, *, by: User | None = None, reason: str) -> User:
    """Make an account with a role and a first password."""
    user = User(username=username)
    user.set_password(password)
    keep_account(user, role, by=by, reason=reason)
    return user
