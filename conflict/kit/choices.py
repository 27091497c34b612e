"""Closed lists and yes-or-no answers as people send them."""

from __future__ import annotations

from collections.abc import Collection

from conflict.kit.problems import Problem, not_one_of


def read_choice(field: str, text: str, valid: Collection[str]) -> str | Problem:
    """One of the valid codes, exactly as written there; a near miss is named in the problem."""
    return text if text in valid else not_one_of(field, text, valid)


def read_flag(field: str, text: str) -> bool | Problem:
    """`true` or `false`; nothing else, so that every question has one spelling and one cache key."""
    if text in ("true", "false"):
        return text == "true"
    return Problem(field, text, "true or false")
