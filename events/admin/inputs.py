"""Inputs of a correction, and figures in words: what the fields of incidents and of facts about actors share."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, NamedTuple

from conflict.kit.codes import Code
from events.claims.codes import Quantifier
from events.verbs.proposed import Entry

Choices = list[tuple[str, list[tuple[str, str]]]]
Names = Mapping[str, str]


class Input(NamedTuple):
    """One input of a correction. `choices` are (group, [(value, label)]); without any it is a line of text."""

    name: str
    label: str
    value: str
    choices: Choices = []
    listed: str = ""
    type: str = "text"


def coded(name: str, label: str, codes: type[Code], value: Any, optional: bool = False) -> Input:
    """A choice among the codes of a list."""
    none = [("", "–")] if optional or value not in codes.values() else []
    return Input(name, label, str(value or ""), [("", [*none, *codes.choices()])])


def figure(value: Entry) -> str:
    """The figure: quantifier and range."""
    low, high = value["low"], value["high"]
    put = Quantifier(value["quantifier"])
    if low is None and high is None:
        return put.en
    if low == high or high is None:
        return f"{put.en} {low}" if put != Quantifier.EXACT else str(low)
    return f"{put.en} ({'?' if low is None else low}–{high})"
