"""Cells that no spreadsheet will run as a formula, and the way back.

A text whose first character (after blanks) is one of = + - @, tab, carriage return, line feed or a
full-width form of the four signs is opened by some spreadsheet as a formula. `neutral` puts an apostrophe
before it. Text that is a plain number (-5, +3.2, 1e-3) stays as it is. A text that already begins with
apostrophes before such a sign gets one more, so that `original(neutral(text)) == text` for every text.
Consumers who want the exact text back remove one leading apostrophe wherever apostrophes stand before one
of these signs.
"""

from __future__ import annotations

import re

_RISKY = re.compile(r"'*\s*(?:[=+\-@\t\r\n]|[＝＋－＠﹢﹣﹦﹫])")
_ESCAPED = re.compile(r"'+\s*(?:[=+\-@\t\r\n]|[＝＋－＠﹢﹣﹦﹫])")
_NUMBER = re.compile(r"[-+]?[0-9]+(?:\.[0-9]+)?(?:[eE][-+]?[0-9]+)?")


def neutral(text: str) -> str:
    """The text as a cell that is shown, never run."""
    if _RISKY.match(text) and not _NUMBER.fullmatch(text):
        return "'" + text
    return text


def original(cell: str) -> str:
    """The text that `neutral` was given."""
    return cell[1:] if _ESCAPED.match(cell) else cell
