"""Code lists whose members carry an English and a French label."""

from __future__ import annotations

from enum import StrEnum
from typing import Self, cast


class Code(StrEnum):
    """A code with its labels: `BATTLE = "battle", "Battle", "Combat"`; `.label_in("fr")` reads the label."""

    en: str
    fr: str

    def __new__(cls, value: str, en: str, fr: str) -> Self:
        """Make one member: value, English label, French label."""
        member = str.__new__(cls, value)
        member._value_ = value
        member.en = en
        member.fr = fr
        return member

    def label_in(self, lang: str) -> str:
        """Return the label in `lang` (`fr`, anything else: English)."""
        return self.fr if lang == "fr" else self.en

    @classmethod
    def of(cls, code: str) -> Self:
        """Return the member with this code. Raises KeyError."""
        # Enum's own table: a call would look for a member by value, label and label.
        return cast(Self, cls._value2member_map_[code])

    @classmethod
    def choices(cls) -> list[tuple[str, str]]:
        """Return pairs for Django's `choices`, in English."""
        return [(member.value, member.en) for member in cls]

    @classmethod
    def values(cls) -> list[str]:
        """Return the codes in their order."""
        return [member.value for member in cls]
