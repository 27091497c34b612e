"""API keys: issue one, revoke one, note when they were used. A key is shown once, to whoever issues it."""

from __future__ import annotations

import hashlib
import secrets
import string
from collections.abc import Mapping, Sequence
from datetime import datetime

from django.contrib.auth.models import User
from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from conflict.kit.problems import Problem, Refused, accepted, not_one_of
from conflict.kit.text import read_text
from events.codes import KeyScope
from events.models import ApiKey, Source
from events.policy import Act, refuse_unless, shown_role
from events.verbs.tracing import trace

LETTERS = string.ascii_lowercase + string.digits
# 32 random bytes: 256 bits.
SECRET_BYTES = 32


@transaction.atomic
def issue_key(
    holder: str,
    scopes: Sequence[str],
    *,
    source: Source | None = None,
    by: User | None = None,
    reason: str,
) -> tuple[ApiKey, str]:
    """Make a key: its row, and the key itself, which is kept nowhere. Raises Refused."""
    key = ApiKey(holder=accepted(read_text("holder", holder)), source=source)
    refuse_unless(by, Act.REVISE, key)
    key.scopes = " ".join(checked(scopes, source))
    refuse_empty(holder=key.holder, reason=reason)
    key.prefix = "".join(secrets.choice(LETTERS) for _ in range(10))
    token = f"sct_{key.prefix}_{secrets.token_urlsafe(SECRET_BYTES)}"
    key.digest = hashlib.sha256(token.encode()).hexdigest()
    key.save()
    trace(
        "issue_key",
        key,
        by=by,
        role=shown_role(by) if by else "",
        reason=reason,
        change={"scopes": key.scopes},
    )
    return key, token


def checked(scopes: Sequence[str], source: Source | None) -> list[str]:
    """The scopes, each once, in the order of their list. Raises Refused."""
    for scope in scopes:
        if scope not in KeyScope.values():
            raise Refused(not_one_of("scopes", scope, KeyScope.values()))
    if not scopes:
        raise Refused(Problem("scopes", "", "at least one of " + ", ".join(KeyScope.values())))
    if KeyScope.REPORTS in scopes and source is None:
        raise Refused(
            Problem("source", "", f"the source as whom the holder speaks: {KeyScope.REPORTS} needs it")
        )
    return [scope for scope in KeyScope.values() if scope in scopes]


def refuse_empty(**texts: str) -> None:
    """Raise Refused for texts that say nothing."""
    empty = [Problem(name, text, "text, not empty") for name, text in texts.items() if not text.strip()]
    if empty:
        raise Refused(empty)


@transaction.atomic
def revoke_key(key: ApiKey, *, by: User | None = None, reason: str) -> bool:
    """Refuse a key from now on; False when it was revoked already. Raises Refused."""
    refuse_unless(by, Act.REVISE, key)
    refuse_empty(reason=reason)
    revoked = ApiKey.objects.filter(pk=key.pk, revoked_at=None).update(revoked_at=timezone.now())
    if revoked:
        trace("revoke_key", key, by=by, role=shown_role(by) if by else "", reason=reason)
    return bool(revoked)


def note_uses(uses: Mapping[str, datetime]) -> int:
    """Write down when keys, by prefix, were used last; how many rows that changed."""
    return sum(
        ApiKey.objects.filter(Q(last_used_at=None) | Q(last_used_at__lt=at), prefix=prefix).update(
            last_used_at=at
        )
        for prefix, at in uses.items()
    )


def active_prefixes() -> list[str]:
    """The prefixes of the keys that are good."""
    return list(ApiKey.objects.filter(revoked_at=None).values_list("prefix", flat=True))
