"""Start-up checks: a wrong setting stops the process with a hint instead of failing at the first visitor."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.core.checks import CheckMessage, Error, register


@register()
def environment_is_readable(**kwargs: Any) -> list[CheckMessage]:
    """Each environment variable has a value of its type."""
    return [
        Error(
            f"{wrong.name} is {wrong.value!r}.",
            hint=f"Valid: {wrong.valid}. See docs/reference.md.",
            id="conflict.E001",
        )
        for wrong in settings.WRONG_ENVIRONMENT
    ]


@register()
def needed_settings_are_there(**kwargs: Any) -> list[CheckMessage]:
    """The settings without which no process can work."""
    needed = ["RECORD_DATABASE_URL", "SECRET_KEY"]
    if settings.DOORS != "public":
        needed.append("DATABASE_URL")
    return [
        Error(
            f"{name} is not set.",
            hint="./run sets it for you; for servers of your own see docs/reference.md.",
            id="conflict.E002",
        )
        for name in needed
        if not settings.ENVIRONMENT[name]
    ]


@register()
def public_doors_hold_no_desk(**kwargs: Any) -> list[CheckMessage]:
    """A public web process must not be able to reach the desk."""
    if settings.DOORS == "public" and settings.ENVIRONMENT["DATABASE_URL"]:
        return [
            Error(
                "DATABASE_URL is set although DOORS=public.",
                hint="Unset it: public doors read the record only, through RECORD_DATABASE_URL.",
                id="conflict.E003",
            )
        ]
    return []
