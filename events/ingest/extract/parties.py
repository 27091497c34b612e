"""Who took part, and as what: sides, allies, victims, those who claimed it, those who are only mentioned."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass, field

from events.ingest.extract.context import background_words
from events.ingest.extract.found import ActorFound
from events.ingest.extract.mentions import Who
from events.ingest.extract.resolve import CIVILIANS, UNIDENTIFIED, Resolver
from events.ingest.extract.speakers import Speech
from events.ingest.extract.victims import Sentence
from events.ingest.extract.words import Phrases, Text, listed

_STATES = ("state_force", "foreign_state_force", "private_military", "multinational_force")
_ARMED = ("rebel", "jihadist", "self_defence_militia", "communal_militia", "unidentified", "alliance")
_ON_STATE_SIDE = frozenset({"volunteers-for-the-defence-of-the-homeland", "civilian-joint-task-force"})
_CLAIMED = {
    "en": Phrases(dict.fromkeys(listed("claimed responsibility, claims responsibility, claimed by, claimed the attack, claimed the ambush, claimed the assault, responsibility for the attack, claims attack"), True)),
    "fr": Phrases(dict.fromkeys(listed("revendiquée par, revendiqué par, revendiqué l'attaque, revendique l'attaque, a revendiqué, revendiquées par, revendique, revendiqué cette attaque, revendiqués par"), True)),
}


@dataclass(slots=True)
class Parties:
    """Actors met in sentences that tell the events, in order of first mention, with how they were met."""

    met: dict[str, float] = field(default_factory=dict)
    speakers: set[str] = field(default_factory=set)
    suspected: set[str] = field(default_factory=set)
    claimed: set[str] = field(default_factory=set)

    def note(
        self, sentence: Sentence, resolver: Resolver, speeches: list[Speech], eventful: bool, apart: Collection[str] = ()
    ) -> None:
        """Take in one sentence; `eventful` says that it tells an event or makes a claim.

        `apart` are actors of whom the sentence tells something else (that they leave, that they stay).
        """
        if not eventful or background_words(sentence, sentence.first):
            return
        subjects = {speech.claimant.start for speech in speeches}
        claims_it = next(_CLAIMED[sentence.lang].find(sentence.words, sentence.first, sentence.after), None)
        for place in range(sentence.first, sentence.after):
            who = sentence.people.get(place)
            if who is None or who.kind in ("government", "people"):
                continue
            if not set(resolver.meant(who).slugs) & set(apart):
                self._meet(sentence, resolver, who, sentence.text.starts[who.first] in subjects)
            if claims_it and who.names:
                self._claim(resolver, who)

    def _meet(self, sentence: Sentence, resolver: Resolver, who: Who, speaks: bool) -> None:
        weight = 3.0 if sentence.number <= 1 else 2.0 if sentence.number <= 3 else 1.0
        for slug in resolver.meant(who).slugs:
            kind = resolver.tables.actors[slug].kind if slug in resolver.tables.actors else "civilians"
            if kind == "government" or (speaks and kind == "multinational_force"):
                self.speakers.add(slug)
                continue
            self.met[slug] = self.met.get(slug, 0.0) + weight
            if who.suspected:
                self.suspected.add(slug)

    def _claim(self, resolver: Resolver, who: Who) -> None:
        for slug in resolver.meant(who).slugs:
            kind = resolver.tables.actors[slug].kind
            if kind in ("jihadist", "rebel", "self_defence_militia", "communal_militia"):
                self.claimed.add(slug)

    def sides(self) -> list[str]:
        """Armed parties, those met most first; unknown gunmen give way to a named group."""
        return sorted((slug for slug in self.met if slug != CIVILIANS), key=lambda slug: -self.met[slug])

    def roles(self, resolver: Resolver, subtype: str, about: set[str]) -> Iterator[tuple[str, str]]:
        """(slug, Role code) of everybody in an incident."""
        taking_part = self._taking_part(resolver, about)
        states = [slug for slug in taking_part if _kind(resolver, slug) in _STATES or slug in _ON_STATE_SIDE]
        armed = [slug for slug in taking_part if slug not in states and slug != CIVILIANS]
        states.sort(key=lambda slug: _kind(resolver, slug) != "state_force")
        yield from ((slug, "side_a" if n == 0 else "ally_a") for n, slug in enumerate(states))
        for number, slug in enumerate(armed):
            yield slug, self._role_of_armed(slug, number, bool(states))
        if CIVILIANS in about or CIVILIANS in taking_part:
            yield CIVILIANS, "victim"

    def _role_of_armed(self, slug: str, number: int, against_state: bool) -> str:
        if slug in self.claimed and not against_state:
            return "claimed_responsibility"
        if slug in self.suspected and not against_state:
            return "alleged"
        side = "b" if against_state else "a"
        return f"side_{side}" if number == 0 else f"ally_{side}"

    def _taking_part(self, resolver: Resolver, about: set[str]) -> list[str]:
        ranked = sorted(self.met, key=lambda slug: -self.met[slug])
        named_armed = [slug for slug in ranked if _kind(resolver, slug) in _ARMED and slug != UNIDENTIFIED]
        if named_armed:
            ranked = [slug for slug in ranked if slug != UNIDENTIFIED]
        return ranked + [slug for slug in sorted(about) if slug not in ranked and not (slug == UNIDENTIFIED and named_armed)]


def _kind(resolver: Resolver, slug: str) -> str:
    row = resolver.tables.actors.get(slug)
    return row.kind if row else "unidentified"


def actors_found(text: Text, people: dict[int, Who], resolver: Resolver, parties: Parties, about: set[str]) -> list[ActorFound]:
    """Each actor once, with all its spans; labels that cannot be resolved to an actor are left out here."""
    roles = dict(parties.roles(resolver, "", about)) if parties.met or about else {}
    found: dict[str, ActorFound] = {}
    for who in people.values():
        meant = resolver.meant(who)
        span = text.span(who.first, who.after)
        for slug in meant.slugs:
            old = found.get(slug)
            label = text.raw[span[0] : span[1]]
            role = roles.get(slug, "observer" if slug in parties.speakers else "mentioned")
            if old is None:
                found[slug] = ActorFound(slug, label, role, *span, meant.rule, meant.confidence, meant.note, (span,))
            else:
                best = old if old.confidence >= meant.confidence else ActorFound(slug, label, role, *span, meant.rule, meant.confidence, meant.note)
                found[slug] = ActorFound(slug, best.label, role, best.start, best.end, best.rule, best.confidence, best.note, (*old.spans, span))
    return list(found.values())
