"""Interface texts in English and French, from `conflict/messages/<lang>.toml`.

Why not gettext: its catalogues must be compiled by a program that is not everywhere. Two tables of the same
keys, read once, need nothing; a test holds them to the same keys and the same places to fill in.

A table is nested: `texts("fr")["nav"]["actors"]`, in templates `{{ t.nav.actors }}`. A text that depends on a
number has two keys, `one` and `other`, under its name.
"""

from __future__ import annotations

import tomllib
from functools import cache
from pathlib import Path
from typing import Any

LANGUAGES = ("en", "fr")
FOLDER = Path(__file__).resolve().parent.parent / "messages"


@cache
def texts(lang: str) -> dict[str, Any]:
    """The nested table of one language. Raises ValueError for a language that there is no table of."""
    if lang not in LANGUAGES:
        raise ValueError(f"lang: {lang!r} is not valid; valid: {', '.join(LANGUAGES)}")
    return tomllib.loads((FOLDER / f"{lang}.toml").read_text(encoding="utf-8"))


def say(lang: str, key: str, **values: object) -> str:
    """The text of a dotted key, its {places} filled in; with `n`, the form for that number.

    Raises KeyError for a key that the table does not have: a missing text is a defect, not an empty place.
    """
    found: Any = texts(lang)
    for part in key.split("."):
        found = found[part]
    if isinstance(found, dict):
        found = found[plural(lang, int(str(values["n"])))]
    shown = {name: number(lang, v) if isinstance(v, int) else v for name, v in values.items()}
    return str(found).format(**shown)


def plural(lang: str, count: int) -> str:
    """`one` or `other`: English has one for 1, French for 0 and 1 (Unicode CLDR, cardinal rules)."""
    return "one" if (count < 2 if lang == "fr" else count == 1) else "other"


def number(lang: str, value: int) -> str:
    """A whole number with its thousands parted: 12,345 in English, 12 345 in French."""
    return f"{value:,}" if lang == "en" else f"{value:,}".replace(",", "\N{NARROW NO-BREAK SPACE}")


def flat(lang: str, *sections: str) -> dict[str, str]:
    """Some sections of a table as {dotted key: text}, for the scripts of a page."""
    return {key: text for section in sections for key, text in _walk(section, texts(lang)[section])}


def _walk(path: str, found: Any) -> list[tuple[str, str]]:
    if isinstance(found, dict):
        return [pair for name, inner in found.items() for pair in _walk(f"{path}.{name}", inner)]
    return [(path, found)]
