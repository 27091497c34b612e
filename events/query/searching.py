"""`q`: words in titles, summaries, places, labels and actors' names, however they are spelt.

Each word must be found. A word is found where it begins a word of the record; where a word of the record sounds like it
(`conflict.kit.text.sound`: Ménaka, Menaka; Kouffa, Koufa; كيدال, Kidal), alone or joined with its neighbours (Tin
Zaouatine, Tinzaouatène); and where an actor has a name with it, whatever that incident's sources called the actor. Only a
word that is nowhere in the record is taken for a typing error of the nearest ones. What words there are is asked as
of the publication, so that the same question has the same answer later.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import cached_property, lru_cache
from typing import Protocol

from conflict.kit.text import edits, parted, sound
from events.query.conditions import Predicate
from events.record.columns import actor_role
from events.record.known import Known, query

Run = tuple[int, int]
LONGEST_RUN = 3
# Sounds shorter than that say too little to go by.
SHORTEST_SOUND = 3
SHORTEST_TYPO, TWO_EDITS = 4, 8
MOST_SPELLINGS, MOST_LIKE = 60, 40
# Beyond so many words only beginnings count.
MOST_WORDS = 12
SAME_SOUND = "SELECT sound, words FROM record.word WHERE sound = ANY(%s) AND since <= %s ORDER BY words"
BEGINS = (
    "SELECT asked FROM unnest(%s::text[]) AS asked WHERE EXISTS (SELECT FROM record.word"
    ' WHERE words >= asked COLLATE "C" AND words < (asked || chr(1114111)) COLLATE "C" AND since <= %s)'
)
LIKE = (
    "SELECT words, sound FROM record.word WHERE sound %% %s AND since <= %s AND abs(length(sound) - length(%s)) <= %s"
    " ORDER BY similarity(sound, %s) DESC, words LIMIT %s"
)


class Asked(Protocol):
    """What a search may look at."""

    known: Known


@dataclass(frozen=True)
class Found:
    """What one word of the question stands for: a query of PostgreSQL's full text search, and actors' ids."""

    words: str
    actors: tuple[int, ...]

    @property
    def predicate(self) -> Predicate:
        """Either finds the word."""
        roles = [actor_role(actor) for actor in self.actors]
        return Predicate("(search @@ %s::tsquery OR actor_roles && %s::integer[])", (self.words, roles))


@dataclass(frozen=True)
class Names:
    """One to three neighbouring words of actors' names -> ids under which these actors stand in incidents.

    `words` by spelling, folded; `sounds` by sound.
    """

    words: Mapping[str, frozenset[int]]
    sounds: Mapping[str, frozenset[int]]


@dataclass(frozen=True)
class Search:
    """One question at one publication."""

    words: tuple[str, ...]
    known: Known
    names: Names = field(compare=False, repr=False)

    @cached_property
    def runs(self) -> list[Run]:
        """(first, behind last) of every word, and of every two and three neighbours."""
        count, longest = len(self.words), LONGEST_RUN if len(self.words) <= MOST_WORDS else 1
        return [(at, at + size) for size in range(1, longest + 1) for at in range(count - size + 1)]

    @cached_property
    def sounds(self) -> dict[Run, str]:
        """What each run sounds like; those that say too little are left out."""
        heard = {run: "".join(sound(word) for word in self.words[slice(*run)]) for run in self.runs}
        return {run: key for run, key in heard.items() if len(key) >= SHORTEST_SOUND}

    @cached_property
    def spellings(self) -> dict[str, list[str]]:
        """Sound -> words of the record that sound so."""
        found: dict[str, list[str]] = {}
        for key, words in query(SAME_SOUND, [sorted(set(self.sounds.values())), self.known.number]):
            found.setdefault(key, []).append(words)
        return found

    @cached_property
    def unknown(self) -> set[int]:
        """The places of words that are nowhere in the record, however spelt."""
        begun = {word for (word,) in query(BEGINS, [list(self.words), self.known.number])}
        return {
            at
            for at, word in enumerate(self.words)
            if word not in begun
            and not any(name.startswith(word) for name in self.names.words)
            and not any(self.alike((start, end)) for start, end in self.runs if start <= at < end)
        }

    def alike(self, run: Run) -> bool:
        """Whether anything in the record sounds like a run."""
        key = self.sounds.get(run, "")
        return bool(self.spellings.get(key) or self.names.sounds.get(key)) if key else False

    def found(self) -> list[Found]:
        """What each word stands for."""
        texts: list[list[str]] = [[f"{quoted(word)}:*"] for word in self.words]
        actors: list[set[int]] = [begun(self.names, word) for word in self.words]
        for run in self.runs:
            words, ids = self.meant(run)
            for at in range(*run):
                texts[at] += words
                actors[at] |= ids
        return [
            Found(" | ".join(dict.fromkeys(words)), tuple(sorted(ids)))
            for words, ids in zip(texts, actors, strict=True)
        ]

    def meant(self, run: Run) -> tuple[list[str], set[int]]:
        """Texts and actors that a run stands for: those of its sound, and with an unknown word those like it."""
        key = self.sounds.get(run)
        if key is None:
            return [], set()
        words = self.spellings.get(key, [])[:MOST_SPELLINGS]
        ids = set(self.names.sounds.get(key, ()))
        if not self.unknown.isdisjoint(range(*run)):
            words, ids = [*words, *self.like(key)], ids | self.named_like(key)
        return [phrase(word) for word in words], ids

    def like(self, key: str) -> list[str]:
        """Words of the record whose sound is a typing error away; the nearest only."""
        most = allowed(key)
        if not most:
            return []
        params = [key, self.known.number, key, most, key, MOST_LIKE]
        return nearest(((words, edits(key, heard, most)) for words, heard in query(LIKE, params)), most)

    def named_like(self, key: str) -> set[int]:
        """Actors with a name whose sound is a typing error away; the nearest only."""
        most = allowed(key)
        heard = self.names.sounds
        names = nearest(((name, edits(key, name, most)) for name in heard), most) if most else []
        return {actor for name in names for actor in heard[name]}


def allowed(key: str) -> int:
    """How many typing errors a sound of this length may have."""
    return 0 if len(key) < SHORTEST_TYPO else 1 if len(key) < TWO_EDITS else 2


def nearest(found: Iterable[tuple[str, int]], most: int) -> list[str]:
    """Those with the fewest errors, if that is few enough."""
    pairs = [(words, many) for words, many in found if many <= most]
    fewest = min((many for _, many in pairs), default=0)
    return [words for words, many in pairs if many == fewest]


def quoted(word: str) -> str:
    """A folded word, which is letters and digits, as PostgreSQL's search takes it."""
    return "'" + word.replace("'", "''") + "'"


def phrase(words: str) -> str:
    """Neighbours in this order."""
    return "(" + " <-> ".join(map(quoted, words.split())) + ")"


def begun(names: Names, word: str) -> set[int]:
    """Actors with a word in their names that begins so."""
    return {actor for name, ids in names.words.items() if name.startswith(word) for actor in ids}


def search(text: str, known: Known) -> list[Found]:
    """What each word of a question stands for; nothing where there is no word in it."""
    return list(searched(tuple(parted(text).split()), known))


@lru_cache(maxsize=256)
def searched(words: tuple[str, ...], known: Known) -> tuple[Found, ...]:
    """The same, kept while a page asks for its list, its map and its counts."""
    return tuple(Search(words, known, actor_names(known)).found())


def text_condition(text: str, asked: Asked) -> Predicate:
    """Every word is found."""
    parts = [found.predicate for found in search(text, asked.known)]
    return Predicate(
        " AND ".join(part.sql for part in parts) or "false",
        tuple(param for part in parts for param in part.params),
    )


def rank_sql(text: str, known: Known) -> str:
    """How well a version fits, as SQL: where the words stand (title, place, else), and whether an actor has the name.

    It holds no parameters, as it stands among the columns of an order; its words are letters and digits alone.
    """
    found = search(text, known)
    if not found:
        return "0::numeric"
    words = " | ".join(f"({one.words})" for one in found)
    roles = sorted({actor_role(actor) for one in found for actor in one.actors})
    literal = words.replace("'", "''").replace("%", "%%")
    named = (
        f" + CASE WHEN actor_roles && '{{{','.join(map(str, roles))}}}'::integer[] THEN 0.5 ELSE 0 END"
        if roles
        else ""
    )
    return f"round((ts_rank(search, '{literal}'::tsquery){named})::numeric, 6)"


@lru_cache(maxsize=8)
def actor_names(known: Known) -> Names:
    """What the actors known at a publication are called."""
    book = known.actors
    found: dict[str, set[int]] = {}
    rows = query(
        "SELECT actor, name_en, name_fr, coalesce((SELECT string_agg(name ->> 'text', E'\\n')"
        " FROM jsonb_array_elements(document -> 'names') AS name), '') FROM record.actor_version"
        " WHERE known_from <= %s AND known_to > %s AND state <> 'retracted'",
        [known.number, known.number],
    )
    for actor, english, french, others in rows:
        members = book.members[book.resolve(actor).id]
        for name in {english, french, *others.split("\n")}:
            for run in runs_of(parted(name).split()):
                found.setdefault(run, set()).update(members)
    sounds: dict[str, set[int]] = {}
    for run, ids in found.items():
        sounds.setdefault(sound(run), set()).update(ids)
    return Names(frozen(found), frozen(sounds))


def frozen(found: Mapping[str, set[int]]) -> Mapping[str, frozenset[int]]:
    """The same, for good."""
    return {name: frozenset(ids) for name, ids in found.items() if name}


def runs_of(words: list[str]) -> list[str]:
    """One to three neighbours."""
    sizes = range(1, LONGEST_RUN + 1)
    return [" ".join(words[at : at + size]) for size in sizes for at in range(len(words) - size + 1)]
