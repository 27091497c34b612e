"""Nouns for people, each with its modifiers and neighbours made one mention."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from events.ingest.extract.countries import DEMONYM
from events.ingest.extract.people_words import FILLERS, OPEN, PEOPLE
from events.ingest.extract.tables import NameRow
from events.ingest.extract.words import Text, wordset

# "the military said", but "a military convoy".
_AFTER_MILITARY = wordset(
    "said says has had have is was were are will and or but in on at to of by with from for as who "
    "which that also did announced reported claimed told confirmed killed kills launched carried says "
    "statement spokesman spokesperson source sources official officials denied acknowledged admitted "
    "added stated repelled responded retaliated took did"
)


# Words of these classes keep their own meaning beside a name: a "JNIM hostage" is not of JNIM.
OUTSIDERS = frozenset({"civilian", "people"})


@dataclass(frozen=True, slots=True)
class Who:
    """A mention: words [first, after), the head noun at [head, head_after), and what it says about whose people.

    `kind` is a class of `people_words` or `name`; `names` the rows of the alias table; `country` an ISO code from a
    demonym or a country; `network` is `alqaeda` for what is linked to al-Qaeda.
    """

    first: int
    after: int
    head: int
    kind: str
    names: tuple[NameRow, ...] = ()
    country: str = ""
    network: str = ""
    suspected: bool = False


def find_nouns(text: Text, lang: str, taken: set[int]) -> Iterator[Who]:
    """Nouns for people with their modifiers, neighbours made one: "suspected Islamist fighters" is one mention."""
    previous: Who | None = None
    for first, after, kind in PEOPLE[lang].find(text.words, 0, len(text.words)):
        if first in taken or _is_other(text, lang, first, after):
            continue
        who = Who(first, after, first, kind)
        if previous and _only_fillers(text, lang, previous.after, first, taken):
            previous = _merge(previous, who)
        else:
            if previous:
                yield previous
            previous = who
    if previous:
        yield previous


def _merge(one: Who, two: Who) -> Who:
    """The later noun is the head in English and the earlier one in French; an open noun takes the other's class."""
    kind = two.kind if one.kind in OPEN else one.kind
    if one.kind in ("army", "police", "gendarme", "soldier") and two.kind in (
        "soldier",
        "police",
        "gendarme",
        "gunman",
    ):
        kind = two.kind if two.kind in ("police", "gendarme") else "soldier"
    if two.kind in OUTSIDERS and two.kind != "people":
        kind = two.kind
    # "civilian militia", "milice civile": armed, whoever they are by day.
    kind = next((one_of.kind for one_of in (one, two) if one_of.kind in ("militia", "volunteer")), kind)
    return Who(one.first, two.after, one.head, kind)


def _only_fillers(text: Text, lang: str, first: int, after: int, taken: set[int]) -> bool:
    if first > after or after - first > 2:
        return False
    if first and text.folded[text.ends[first - 1] : text.ends[first - 1] + 1] == "'":
        return False
    words = text.words[first:after]
    return all(word in FILLERS[lang] or word in DEMONYM for word in words) and not (
        set(range(first, after)) & taken
    )


def _is_other(text: Text, lang: str, first: int, after: int) -> bool:
    """Uses of these words that are no people: "force" as a verb, "un chef", "the state of", "dans le cadre"."""
    word = text.words[first]
    before = text.words[first - 1] if first else ""
    follows = text.words[after] if after < len(text.words) else ""
    if before in ("anti", "counter", "contre", "pro") and text.joined(first):
        return True
    if follows in ("minister", "ministry", "ministers"):
        return True
    if after - first > 1:
        return False
    if lang == "fr":
        if word in ("cadre", "force", "figure", "front", "element", "mineurs", "mineur") and before in (
            "le",
            "ce",
            "en",
            "de",
        ):
            return True
        return word in ("vie", "vies") and before != "de"
    if word == "military" and follows.isalpha() and follows not in _AFTER_MILITARY:
        return True
    if word in ("force", "forces") and (
        before == "to" or follows in ("them", "him", "the", "people", "residents")
    ):
        return True
    return word in ("state", "states")
