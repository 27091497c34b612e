"""People of the desk: opening an account, giving it a role, closing it. Each leaves a trace; none holds a password."""

from __future__ import annotations

from django.contrib.auth.models import Group, User
from django.db import transaction

from conflict.kit.problems import Refused, not_one_of
from events.models import Trace
from events.policy import Act, DeskRole, refuse_unless, shown_role
from events.verbs.tracing import trace


@transaction.atomic
def give_role(user: User, role: str, *, by: User | None = None, reason: str) -> Trace | None:
    """Give a person exactly this role (empty: none) and let them log in to the desk; None when it is theirs already."""
    refuse_unless(by, Act.REVISE, user)
    if role and role not in DeskRole.values():
        raise Refused(not_one_of("role", role, DeskRole.values()))
    before = sorted(user.groups.values_list("name", flat=True))
    wanted = [role] if role else []
    if before == wanted and user.is_staff == bool(role):
        return None
    user.groups.set([Group.objects.get_or_create(name=name)[0] for name in wanted])
    user.is_staff = bool(role)
    user.save(update_fields=["is_staff"])
    user.__dict__.pop("_desk_roles", None)
    change = {"fields": {"role": [", ".join(before), role]}}
    return trace(
        "give_role", user, by=by, role=shown_role(by) if by else "set-up", reason=reason, change=change
    )


@transaction.atomic
def open_account(username: str, role: str, password: str, *, by: User | None = None, reason: str) -> User:
    """Make an account with a role. Raises Refused for a role that does not exist."""
    user = User.objects.create_user(username, password=password)
    give_role(user, role, by=by, reason=reason)
    return user
