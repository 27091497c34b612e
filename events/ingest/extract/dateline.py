"""Where and when a report says that it was written: "BAMAKO, June 14 (Reuters) -", "Publié le 14 juin 2025".

Such a day is no day of the event, but the day from which "on Friday" counts; such a place is not where it happened.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from events.ingest.extract.calendar_words import MONTHS, WEEKDAYS
from events.ingest.extract.dated import Dated
from events.ingest.extract.words import Text, wordset

LONGEST = 24
# Paragraphs from the beginning in which a dateline may stand: a title, an author, a lead come before.
PARAGRAPHS = 4
_SMALL = wordset("the of le la les de du d' and et in a au at by via , ( ) [ ] . / |")
_CALENDAR = frozenset(word for table in (MONTHS, WEEKDAYS) for words in table.values() for word in words)
_PUBLISHED = wordset("published publie publiee updated modifie actualise posted issued")
# Metadata may lag behind the day of writing, by a day for agencies and by more for copies; it never runs ahead of it.
COPIED = timedelta(days=10)


@dataclass(frozen=True, slots=True)
class Dateline:
    """Words [first, after) of a dateline and the day it names, if it names one."""

    first: int
    after: int
    dated: Dated | None = None

    def holds(self, place: int) -> bool:
        """Whether a word lies in it."""
        return self.first <= place < self.after


def find_datelines(text: Text, dates: Sequence[Dated]) -> list[Dateline]:
    """Datelines and lines of publication at the head of the report, in order."""
    found = []
    for number, (first, after) in enumerate(text.sentences):
        if text.paragraphs[number] >= PARAGRAPHS:
            break
        opens = not number or text.paragraphs[number] != text.paragraphs[number - 1]
        end = _dateline_end(text, first, min(after, first + LONGEST)) if opens else None
        if end is not None:
            found.append(Dateline(first, end, _dated_within(dates, first, end)))
        else:
            found.extend(_published_lines(text, dates, first, after))
    return found


def _dateline_end(text: Text, first: int, after: int) -> int | None:
    """The word after the dash or the agency that closes a dateline; None when the paragraph does not open with one."""
    if not text.capital(first) or text.words[first] in _CALENDAR:
        return None
    closed = False
    for place in range(first + 1, after):
        word = text.words[place]
        if word in ("-", ":") and not text.joined(place):
            below = word == "-" and first > 0
            return place + 1 if closed or below or _says_more(text, first, place) else None
        if closed:
            return place
        closed = word == ")" and "(" in text.words[first:place]
        if not (word in _SMALL or word in _CALENDAR or word[0].isdigit() or text.capital(place)):
            return None
    # A line of its own: "Bamako, le 20 juillet 2021".
    return after if text.words[after - 1][0].isdigit() and "," in text.words[first:after] else None


def _says_more(text: Text, first: int, after: int) -> bool:
    """A date, a country or capitals beside the place: "Gao - a mine exploded" alone is a headline, if it is the first line."""
    return text.quote(first, first + 1).isupper() or any(
        word == "," or word[0].isdigit() for word in text.words[first:after]
    )


def _dated_within(dates: Sequence[Dated], first: int, after: int) -> Dated | None:
    return next((d for d in dates if first <= d.first < after and d.precision == "day"), None)


def _published_lines(text: Text, dates: Sequence[Dated], first: int, after: int) -> list[Dateline]:
    """ "Published on 14 June 2025", "Publié le 14 juin 2025 à 10h, modifié le 15"."""
    if not any(text.words[place] in _PUBLISHED for place in range(first, min(after, first + 12))):
        return []
    return [
        Dateline(dated.first, dated.after, dated)
        for dated in dates
        if first <= dated.first < after
        and dated.precision == "day"
        and _PUBLISHED & set(text.words[max(first, dated.first - 4) : dated.first])
    ]


def written_on(text: Text, datelines: Sequence[Dateline], published: date | None) -> date | None:
    """The day from which relative dates count: that of a dateline where it is believable, else `published`.

    A day written with its year is believed up to the publication; without a year it lies within ten days before.
    """
    for dateline in datelines:
        dated = dateline.dated
        if dated is None:
            continue
        full = any(word.isdigit() and len(word) == 4 for word in text.words[dated.first : dated.after])
        if published is None:
            return dated.begin if full or dated.rule == "date in digits" else None
        apart = published - dated.begin
        if timedelta(0) <= apart <= COPIED or (full and apart > COPIED):
            return dated.begin
    return published
