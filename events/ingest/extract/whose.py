"""Whom a figure is about."""

from __future__ import annotations

from events.ingest.extract.found import Claimant
from events.ingest.extract.nouns import Who
from events.ingest.extract.persons import country_of_government
from events.ingest.extract.resolve import CIVILIANS, UNIDENTIFIED, Meant, Resolver
from events.ingest.extract.sentence import Sentence, Victims
from events.ingest.extract.tolls import Toll


def victims_meant(
    sentence: Sentence, toll: Toll, resolver: Resolver, claimant: Claimant, before: Meant | None
) -> Meant:
    """Whom the figure is about."""
    victims = toll.victims
    if toll.own_ranks and all(
        who.kind in ("people", "fighter", "soldier") and not who.names for who in victims.who
    ):
        owner = _owner(sentence, victims, resolver, claimant)
        if owner:
            return Meant((owner,), "in the speaker's own ranks", 0.8)
    if toll.nation and not victims.who:
        return resolver.force_of(toll.nation)
    if toll.enemy_ranks and all(who.kind in ("people", "fighter", "body") for who in victims.who):
        return resolver.meant(Who(0, 0, 0, "gunman"))
    if victims.own and (
        not victims.who
        or all(who.kind in ("fighter", "soldier", "body") and not who.names for who in victims.who)
    ):
        owner = _owner(sentence, victims, resolver, claimant)
        if owner:
            return Meant((owner,), "own people of the speaker", 0.8)
    if toll.trigger.harm.form == "lost" and victims.who:
        return _lost(sentence, toll, resolver, claimant)
    own = _own_loss(sentence, toll, resolver, claimant)
    if own:
        return own
    if toll.subject is not None and (
        not victims.who or all(who.kind in ("fighter", "people") for who in victims.who)
    ):
        return resolver.meant(toll.subject)
    if (
        len(victims.who) == 1
        and victims.who[0].kind == "national"
        and _beside_soldiers(sentence, victims, resolver)
    ):
        return resolver.force_of(victims.who[0].country)
    abroad = _own_soldiers(victims, claimant, resolver)
    if abroad:
        return abroad
    meant = (
        _jointly([_one(who, resolver, claimant, sentence) for who in victims.who]) if victims.who else None
    )
    if meant and not meant.slugs and _are_enemies(toll, claimant, resolver):
        return resolver.meant(Who(0, 0, 0, "gunman"))
    if meant and (meant.slugs or not victims.part or victims.who[0].kind == "people"):
        return meant
    if victims.of_them or victims.part:
        earlier = [other for other in sentence.victims if other.first < victims.first and other.who]
        if earlier:
            return _jointly([_one(who, resolver, claimant, sentence) for who in earlier[-1].who])
    if before is not None and (toll.inherits or victims.others):
        return before
    return Meant((), "everybody", 0.7)


def _own_loss(sentence: Sentence, toll: Toll, resolver: Resolver, claimant: Claimant) -> Meant | None:
    """ "The ministry acknowledged the loss of 18 men": what a party calls a loss is its own."""
    called = _LOSS & set(sentence.words[toll.trigger.first : toll.trigger.after])
    men = bool(toll.victims.who) and all(
        who.kind in ("fighter", "gunman", "body") and not who.names for who in toll.victims.who
    )
    fits = called and men and claimant.slug in resolver.tables.actors
    return Meant((resolver.fighters_of(claimant.slug),), "own people of the speaker", 0.7) if fits else None


_LOSS = frozenset({"loss", "losses", "perte", "pertes"})


def _own_soldiers(victims: Victims, claimant: Claimant, resolver: Resolver) -> Meant | None:
    """ "The government of Niger announced the deaths of two soldiers": its own, wherever the report is set."""
    actor = resolver.tables.actors.get(claimant.slug)
    country = actor.country if actor and actor.kind in ("government", "state_force") else ""
    country = country or country_of_government(claimant.name)
    plain = len(victims.who) == 1 and victims.who[0].kind == "soldier"
    bare = plain and not victims.who[0].country and not victims.who[0].names
    return resolver.force_of(country) if bare and country and country != resolver.country else None


def _are_enemies(toll: Toll, claimant: Claimant, resolver: Resolver) -> bool:
    """ "The army says it killed 203 combatants": fighters without a side whom a state claims to have killed."""
    actor = resolver.tables.actors.get(claimant.slug)
    plain = all(who.kind == "fighter" and not who.country for who in toll.victims.who)
    return bool(
        plain
        and actor
        and actor.kind in ("state_force", "government", "foreign_state_force")
        and toll.measure in ("killed", "wounded")
        and not toll.own_ranks
        and not toll.victims.own
        and toll.rule.startswith("object")
    )


def _beside_soldiers(sentence: Sentence, victims: Victims, resolver: Resolver) -> bool:
    """ "eight soldiers and two Americans": the nationals are soldiers too."""
    beside = [who for other in sentence.victims if other is not victims for who in other.who]
    forces = set(resolver.tables.state_forces.values())
    return any(who.kind == "soldier" or forces & set(resolver.meant(who).slugs) for who in beside)


def _lost(sentence: Sentence, toll: Toll, resolver: Resolver, claimant: Claimant) -> Meant:
    """ "the army lost ten soldiers", "nous avons perdu six hommes": nouns of their own, or those of whoever lost them."""
    own = [_one(who, resolver, claimant, sentence) for who in toll.victims.who]
    if all(meant.slugs for meant in own):
        return _jointly(own)
    if toll.subject is not None:
        return resolver.meant(toll.subject)
    if claimant.slug:
        return Meant((resolver.fighters_of(claimant.slug),), "own people of the speaker", 0.7)
    return own[0]


def _owner(sentence: Sentence, victims: Victims, resolver: Resolver, claimant: Claimant) -> str:
    if claimant.slug:
        return resolver.fighters_of(claimant.slug)
    if claimant.name == "security sources" and resolver.country in resolver.tables.state_forces:
        return resolver.tables.state_forces[resolver.country]
    left = [who for who in sentence.mentions if who.after <= victims.first and sentence.first <= who.first]
    # "their comrades": of those whom the clause is about, before anybody nearer.
    subjects = [who for who in left if sentence.word(who.first - 1) in _SUBJECT_AFTER]
    for who in [*subjects, *sorted(left, key=lambda who: who.first, reverse=True)]:
        meant = resolver.meant(who)
        if meant.slugs and meant.slugs[0] not in (CIVILIANS, UNIDENTIFIED):
            return meant.slugs[0]
    return ""


_SUBJECT_AFTER = frozenset({"the", "les", "that", "que"})


def _one(who: Who, resolver: Resolver, claimant: Claimant, sentence: Sentence) -> Meant:
    meant = resolver.meant(who)
    if meant.slugs or who.kind not in ("fighter", "body", "gunman"):
        return meant
    # "our men" without a possessive: first-person speech of a party is about its own people.
    words = set(sentence.words[max(sentence.first, who.first - 8) : who.first])
    army = (
        resolver.tables.state_forces.get(resolver.country, "") if claimant.name == "security sources" else ""
    )
    speaker = resolver.fighters_of(claimant.slug) or army
    if speaker and words & {"we", "us", "nous", "our", "nos"} and words & {"lost", "perdu", "lose", "losing"}:
        return Meant((speaker,), "first person", 0.7)
    return meant


def _jointly(each: list[Meant]) -> Meant:
    slugs = tuple(dict.fromkeys(slug for meant in each for slug in meant.slugs))
    notes = "; ".join(dict.fromkeys(meant.note for meant in each if meant.note))
    return Meant(slugs, each[0].rule, min(meant.confidence for meant in each), notes)
