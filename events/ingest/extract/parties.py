"""Who took part, and as what: sides, allies, victims, those who claimed it, those who are only mentioned."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass, field

from events.ingest.extract.event_words import REPELLED, TYPE_OF
from events.ingest.extract.found import ActorFound
from events.ingest.extract.harm_words import BE
from events.ingest.extract.nouns import Who
from events.ingest.extract.resolve import CIVILIANS, UNIDENTIFIED, Resolver
from events.ingest.extract.sentence import Sentence
from events.ingest.extract.speech import Speech
from events.ingest.extract.speech_words import VERBS
from events.ingest.extract.words import Phrases, Text, listed, wordset

_STATES = ("state_force", "foreign_state_force", "private_military", "multinational_force", "government")
_ARMED = ("rebel", "jihadist", "self_defence_militia", "communal_militia", "unidentified", "alliance")
_PARTIES = ("state_force", "rebel", "jihadist", "private_military", "self_defence_militia")
_ON_STATE_SIDE = frozenset({"volunteers-for-the-defence-of-the-homeland", "civilian-joint-task-force"})
# Forces from abroad are told of in many a report whose events they had no part in.
_GUESTS = ("foreign_state_force", "private_military", "multinational_force")
# Beyond the opening, a party that is only named beside the events needs this much to count as taking part.
_ENOUGH = 1.0
# Whom these hit is as often the public as a force.
_IN_PUBLIC = frozenset(
    {
        "suicide_bombing",
        "ied",
        "ambush",
        "shelling",
        "grenade",
        "drone_strike",
        "air_strike",
        "abduction",
        "looting",
        "property_destruction",
    }
)
# Bombers die in their own attacks.
_BY_BOMBERS = frozenset({"suicide_bombing"})
# In these the forces that give the figures did not fight.
_AGAINST_CIVILIANS = frozenset(
    {"attack", "massacre", "abduction", "suicide_bombing", "sexual_violence", "looting", "mob_violence"}
)
_CLAIMED = {
    "en": Phrases(
        dict.fromkeys(
            listed(
                """claimed responsibility, claims responsibility, claimed by, claimed the attack, claimed the ambush, claimed the assault
                responsibility for the attack, claims attack, claimed both, claimed the attacks"""
            ),
            True,
        )
    ),
    "fr": Phrases(
        dict.fromkeys(
            listed(
                """revendiquée par, revendiqué par, revendiqué l'attaque, revendique l'attaque, a revendiqué, revendiquées par
                revendique, revendiqué cette attaque, revendiqués par"""
            ),
            True,
        )
    ),
}


@dataclass(slots=True)
class Parties:
    """Actors met in the report, with how much they have to do with its events, and how they were met."""

    met: dict[str, float] = field(default_factory=dict)
    strategic: dict[str, float] = field(default_factory=dict)
    observers: set[str] = field(default_factory=set)
    suspected: set[str] = field(default_factory=set)
    claimed: set[str] = field(default_factory=set)
    spoke: dict[str, float] = field(default_factory=dict)
    # Those who are said to have done harm themselves.
    acting: set[str] = field(default_factory=set)

    def note(
        self,
        sentence: Sentence,
        resolver: Resolver,
        speeches: list[Speech],
        eventful: bool,
        apart: Collection[str] = (),
        offices: Collection[int] = (),
    ) -> None:
        """Take in one sentence; `eventful` says that it tells violence or makes a claim.

        `apart` are actors of whom the sentence tells something else (that they leave, that they stay); `offices` words
        of sources ("a police official"), who are no party.
        """
        subjects = {speech.claimant.start for speech in speeches}
        claims_it = next(_CLAIMED[sentence.lang].find(sentence.words, sentence.first, sentence.after), None)
        for place in range(sentence.first, sentence.after):
            who = sentence.people.get(place)
            if who is None or who.kind == "people":
                continue
            if is_affiliation(sentence, who) or (who.first in offices and not who.names):
                continue
            if _is_left_behind(sentence, who) or _is_helped(sentence, who):
                continue
            slugs = resolver.meant(who).slugs
            if _does_harm(sentence, who):
                self.acting.update(slugs)
            if claims_it or not set(slugs) & set(apart):
                self._meet(
                    sentence,
                    resolver,
                    who,
                    eventful or claims_it is not None,
                    any(sentence.text.starts[n] in subjects for n in range(who.first, who.after)),
                )
            self._meet_strategic(sentence, slugs)
            if claims_it and who.names:
                self._claim(resolver, slugs)

    def _meet(self, sentence: Sentence, resolver: Resolver, who: Who, eventful: bool, speaks: bool) -> None:
        position = 3.0 if sentence.number <= 1 else 2.0 if sentence.number <= 3 else 1.0
        for slug in resolver.meant(who).slugs:
            kind = _kind(resolver, slug)
            if kind == "government" or (speaks and kind == "multinational_force"):
                self.observers.add(slug)
                continue
            speaks = speaks or _is_cited(sentence, who) or _says_at_once(sentence, who)
            if speaks and kind in _STATES:
                # Whoever only gives the figures took part where the state's forces fought.
                self.spoke[slug] = self.spoke.get(slug, 0.0) + position
                continue
            if not eventful:
                # Whoever speaks for a party, or is named with it early on, has to do with the events.
                known = kind in _PARTIES and slug != UNIDENTIFIED and (who.names or speaks or who.country)
                near = 1 if kind in _GUESTS else 4
                position = (_ENOUGH if speaks or sentence.number <= near else 0.4) if known else 0.2
            self.met[slug] = self.met.get(slug, 0.0) + position
            if who.suspected:
                self.suspected.add(slug)

    def _meet_strategic(self, sentence: Sentence, slugs: tuple[str, ...]) -> None:
        for slug in slugs:
            self.strategic[slug] = self.strategic.get(slug, 0.0) + (2.0 if sentence.number <= 2 else 0.5)

    def _claim(self, resolver: Resolver, slugs: tuple[str, ...]) -> None:
        for slug in slugs:
            if _kind(resolver, slug) in ("jihadist", "rebel", "self_defence_militia", "communal_militia"):
                self.claimed.add(slug)

    def sides(self) -> list[str]:
        """Armed parties, those met most first."""
        met = {**self.spoke, **self.met}
        return sorted((slug for slug in met if slug != CIVILIANS), key=lambda slug: -met[slug])

    def roles(
        self, resolver: Resolver, subtype: str, about: set[str], people: bool = False
    ) -> Iterator[tuple[str, str]]:
        """(slug, Role code) of everybody in an incident; `people`: it harmed people of whom no word says who they are."""
        strategic = TYPE_OF.get(subtype) == "strategic"
        taking_part = self._in_strategy() if strategic else self._taking_part(resolver, subtype, about)
        if subtype == "coup":
            # Those whom the coup removed are its occasion.
            taking_part = [slug for slug in taking_part if _kind(resolver, slug) != "government"]
        taking_part = _narrowed(resolver, taking_part)
        states = [slug for slug in taking_part if _kind(resolver, slug) in _STATES or slug in _ON_STATE_SIDE]
        armed = [slug for slug in taking_part if slug not in states and slug != CIVILIANS]
        states.sort(key=lambda slug: _kind(resolver, slug) != "state_force")
        yield from ((slug, "side_a" if n == 0 else "ally_a") for n, slug in enumerate(states))
        for number, slug in enumerate(armed):
            yield slug, self._role_of_armed(slug, number, bool(states))
        unnamed = people and subtype in _IN_PUBLIC and (not states or subtype in _FROM_THE_AIR)
        if unnamed or CIVILIANS in about or TYPE_OF.get(subtype) == "violence_against_civilians":
            yield CIVILIANS, "victim"

    def _role_of_armed(self, slug: str, number: int, against_state: bool) -> str:
        if slug in self.claimed and not against_state:
            return "claimed_responsibility"
        if slug in self.suspected and not against_state:
            return "alleged"
        side = "b" if against_state else "a"
        return f"side_{side}" if number == 0 else f"ally_{side}"

    def _in_strategy(self) -> list[str]:
        return sorted(
            (s for s, w in self.strategic.items() if w >= 2.0 and s != CIVILIANS),
            key=lambda slug: -self.strategic[slug],
        )

    def _taking_part(self, resolver: Resolver, subtype: str, about: set[str]) -> list[str]:
        if subtype not in _AGAINST_CIVILIANS and (about - {CIVILIANS} or subtype not in _IN_PUBLIC):
            for slug, weight in self.spoke.items():
                if any(_on_state_side(resolver, other) for other in about - {slug}):
                    # The command speaks for the gendarmes who fell.
                    continue
                self.met[slug] = max(self.met.get(slug, 0.0), weight)
        met = [slug for slug in self.sides() if self.met.get(slug, 0.0) >= _ENOUGH or slug in about]
        fought = {slug for slug in about if _kind(resolver, slug) in _ARMED} - _ON_STATE_SIDE
        if subtype in _AGAINST_CIVILIANS and (subtype in _BY_BOMBERS or not fought):
            # Forces that came after, or are only spoken of, had no part in an attack on civilians.
            there = about | self.acting
            met = [slug for slug in met if slug in there or not _on_state_side(resolver, slug)]
        whole = [*met, *sorted(about - set(met) - {CIVILIANS})]
        whole += _unnamed_army(resolver, subtype, whole, about)
        named = [
            slug for slug in whole if _kind(resolver, slug) in _ARMED and slug not in _NOT_THE_OTHER_SIDE
        ]
        if named and UNIDENTIFIED not in about:
            whole = [slug for slug in whole if slug != UNIDENTIFIED]
        if named or UNIDENTIFIED in whole:
            return whole
        # Somebody attacked, even where no word is said of them; soldiers among those named may be those who did it.
        attacked = subtype in _BY_SOMEBODY or (
            TYPE_OF.get(subtype) == "violence_against_civilians"
            and not any(_kind(resolver, slug) in _STATES for slug in whole)
        )
        return [*whole, UNIDENTIFIED] if attacked else whole


def _narrowed(resolver: Resolver, slugs: list[str]) -> list[str]:
    """Without the army of a country whose operation abroad takes part."""
    rows = [row for slug in slugs if (row := resolver.tables.actors.get(slug))]
    operations = {row.country for row in rows if row.kind == "foreign_state_force"}
    behind = {
        army
        for country in operations
        if (army := resolver.tables.foreign_forces.get(country))
        and any(
            row.country == country and row.kind == "foreign_state_force" and row.slug != army for row in rows
        )
    }
    return [slug for slug in slugs if slug not in behind]


def _unnamed_army(resolver: Resolver, subtype: str, whole: list[str], about: set[str]) -> list[str]:
    """ "25 jihadists killed in air strikes": only states fly, and whoever fights the only party named is the army."""
    army = resolver.tables.state_forces.get(resolver.country)
    if army is None or any(_on_state_side(resolver, slug) for slug in whole):
        return []
    fought = subtype in _FOUGHT and set(whole) <= about and len(whole) == 1
    return [army] if subtype == "air_strike" or fought else []


_FROM_THE_AIR = frozenset({"air_strike", "drone_strike"})
_FOUGHT = frozenset({"clash", "offensive", "drone_strike"})
_NOT_THE_OTHER_SIDE = _ON_STATE_SIDE | {UNIDENTIFIED}


def _on_state_side(resolver: Resolver, slug: str) -> bool:
    return slug in _ON_STATE_SIDE or _kind(resolver, slug) in _STATES


def _does_harm(sentence: Sentence, who: Who) -> bool:
    """ "soldiers killed", "killed by soldiers", "the army is accused of killing": not "soldiers were killed"."""
    here = who.first - 1
    while sentence.word(here) in ("the", "les", "des", "la", "l'", "le", "of", "de", "some", "members"):
        here -= 1
    if sentence.word(here) in (
        "by",
        "par",
        "accused",
        "accuse",
        "accusent",
        "accusant",
        "accusing",
        "blamed",
        "imputees",
    ):
        return bool(sentence.harmed)
    for place in range(who.after, min(who.after + 10, sentence.after)):
        word = sentence.words[place]
        if place in sentence.harmed or (
            place < who.after + 4 and REPELLED[sentence.lang].at(sentence.words, place)
        ):
            return True
        if (word in BE[sentence.lang] and word != "accused") or word in (",", ";", "said", "that", "que"):
            return (
                "accused" in sentence.words[place : place + 4]
                or "accusee" in sentence.words[place : place + 4]
            )
    return False


# Attacks on forces, and what only armed groups do: there is another side, named or not.
_BY_SOMEBODY = frozenset(
    {"base_attack", "clash", "ambush", "suicide_bombing", "blockade", "abduction", "shelling"}
)


def _is_cited(sentence: Sentence, who: Who) -> bool:
    """ "citing members of the task force"."""
    return bool({"citing", "citant"} & set(sentence.words[max(sentence.first, who.first - 2) : who.first]))


def _says_at_once(sentence: Sentence, who: Who) -> bool:
    """ "The mission said": its verb of saying comes right after."""
    return VERBS[sentence.lang].at(sentence.words, who.after) is not None


def _is_left_behind(sentence: Sentence, who: Who) -> bool:
    """ "A former colonel of the army", "un ancien militaire": whose he was, not who took part."""
    return bool(_FORMER & set(sentence.words[max(sentence.first, who.first - 1) : who.after]))


_FORMER = wordset("former ex ancien anciens ancienne deserter deserteur deserteurs")


def _is_helped(sentence: Sentence, who: Who) -> bool:
    """ "Volunteers who support the army", "qui combattent aux côtés de l'armée": said of others."""
    before = sentence.words[max(sentence.first, who.first - 6) : who.first]
    return (
        who.kind in ("army", "soldier")
        and bool({"who", "qui", "that"} & set(before))
        and bool(_BESIDE & set(before))
    )


_BESIDE = wordset(
    "support supports supporting assist assists back alongside cotes soutien appui aident soutiennent epaulent"
)


def is_affiliation(sentence: Sentence, who: Who) -> bool:
    """ "an affiliate of AQIM", "linked to the Islamic State": the name says what somebody else belongs to."""
    before = sentence.words[max(sentence.first, who.first - 4) : who.first]
    return bool(who.names) and bool(_AFFILIATED & set(before))


_AFFILIATED = wordset(
    "affiliate affiliated branch connected close linked loyal offshoot allegiance ties links faction affilie affiliee "
    "affilies lie liee lies liees branche "
    "allegeance filiale proche proches rallie"
)


def _kind(resolver: Resolver, slug: str) -> str:
    row = resolver.tables.actors.get(slug)
    return row.kind if row else "unidentified"


def actors_found(
    text: Text, people: dict[int, Who], resolver: Resolver, parties: Parties, roles: dict[str, str]
) -> list[ActorFound]:
    """Each actor once, with all its spans; `roles` are the roles in the incidents.

    Who is in an incident without being named (civilians in a village, unknown attackers) has an empty label.
    """
    found: dict[str, ActorFound] = {}
    for who in people.values():
        meant = resolver.meant(who)
        span = text.span(who.first, who.after)
        for slug in meant.slugs:
            role = roles.get(slug, "observer" if slug in parties.observers else "mentioned")
            label = text.raw[span[0] : span[1]]
            new = ActorFound(slug, label, role, *span, meant.rule, meant.confidence, meant.note, (span,))
            found[slug] = _joined(found[slug], new) if slug in found else new
    for slug, role in roles.items():
        found.setdefault(slug, ActorFound(slug, "", role, 0, 0, "follows from the kind of event", 0.4))
    return list(found.values())


def _joined(old: ActorFound, new: ActorFound) -> ActorFound:
    """The surer of two mentions of one actor, with the spans of both."""
    best = old if old.confidence >= new.confidence else new
    return ActorFound(
        best.slug,
        best.label,
        best.role,
        best.start,
        best.end,
        best.rule,
        best.confidence,
        best.note,
        (*old.spans, *new.spans),
    )
