"""Who is told of as an armed party of the report: groups named, those held for the attackers, forces from abroad."""

from __future__ import annotations

from events.ingest.extract.parties import is_affiliation
from events.ingest.extract.resolve import Resolver
from events.ingest.extract.sentence import Sentence
from events.ingest.extract.words import wordset
from events.ingest.extract.work import Work


def named_actors(work: Work) -> tuple[str, ...]:
    """Actors named in sentences that are no background, in order of first mention."""
    named: dict[str, None] = {}
    loose = Resolver(work.tables, work.country, work.main.begin if work.main else work.published)
    for sentence in work.sentences:
        if sentence.number in work.before or tells_of_networks(sentence):
            continue
        for first in range(sentence.first, sentence.after):
            who = work.people.get(first)
            if who is None or not who.names or is_affiliation(sentence, who):
                continue
            slugs = loose.meant(who).slugs
            if not (work.unclear and not _names_who(sentence) and _is_jihadist(work, slugs)):
                named.update(dict.fromkeys(slugs))
    return tuple(named)


def _is_jihadist(work: Work, slugs: tuple[str, ...]) -> bool:
    return any((row := work.tables.actors.get(slug)) and row.kind == "jihadist" for slug in slugs)


def hostile_groups(work: Work, resolver: Resolver) -> tuple[str, ...]:
    """Armed groups that the events are told of: with only one, "the assailants" are its people."""
    found: dict[str, None] = {}
    for sentence in work.sentences:
        if sentence.number in work.before or tells_of_networks(sentence):
            continue
        if work.unclear and not _names_who(sentence):
            continue
        for place in range(sentence.first, sentence.after):
            who = work.people.get(place)
            if who is not None and is_affiliation(sentence, who):
                continue
            for slug in resolver.meant(who).slugs if who and (who.names or who.network) else ():
                if slug in work.tables.actors and work.tables.actors[slug].kind in ("jihadist", "rebel"):
                    found[slug] = None
    return tuple(found)


_WHO = wordset(
    "claimed claims claiming blamed blames blaming suspected presumably presumed alleged accused attributed "
    "revendique revendiquee revendiquees "
    "attribue attribuee attribuees accuse accuses presumes soupconnes soupconne imputee imputees impute"
)


def _names_who(sentence: Sentence) -> bool:
    """Whether a sentence says who did it: in title or lead, or by words for claims and blame."""
    return sentence.number < 2 or bool(_WHO & set(sentence.words[sentence.first : sentence.after]))


def guests_told_of(work: Work, resolver: Resolver) -> str:
    """The foreign force whose soldiers a report opens with, where no word is of the country's own army."""
    opening = work.sentences[min(len(work.sentences), 3) - 1].after if work.sentences else 0
    met = [(who, resolver.meant(who).slugs) for who in work.people.values() if who.first < opening]
    told = [
        slugs[0] for who, slugs in met if slugs and (who.country or who.names or who.kind == "peacekeeper")
    ]
    kinds = {slug: work.tables.actors[slug].kind for slug in told if slug in work.tables.actors}
    forces = [slug for slug in kinds if kinds[slug] in ("foreign_state_force", "multinational_force")]
    at_home = any(kind == "state_force" for kind in kinds.values())
    return forces[0] if len(forces) == 1 and not at_home else ""


def tells_of_networks(sentence: Sentence) -> bool:
    """ "Militants linked to al-Qaeda and Islamic State": who is at war in the country, not who did this."""
    words = set(sentence.words[sentence.first : sentence.after])
    state = bool(words & _ISIS) or {"islamic", "state"} <= words or {"etat", "islamique"} <= words
    several = bool(words & _AL_QAEDA) + state + ({"ansar", "dine"} <= words) + ({"boko", "haram"} <= words)
    # "JNIM and Islamic State clashed" opens a report too; "groups linked to both" says less.
    return several > 1 and (sentence.number > 1 or bool(words & LINKED))


def networks_told_of(work: Work, sentence: Sentence, resolver: Resolver) -> set[str]:
    """The jihadist groups of a sentence that only says which networks fight in the country."""
    if not tells_of_networks(sentence) and not (work.unclear and not _names_who(sentence)):
        return set()
    here = [who for n in range(sentence.first, sentence.after) if (who := sentence.people.get(n))]
    slugs = {slug for who in here for slug in resolver.meant(who).slugs}
    return {
        slug
        for slug in slugs
        if slug in resolver.tables.actors and resolver.tables.actors[slug].kind == "jihadist"
    }


LINKED = wordset("linked links link affiliated affiliates ties allied lies affilies liens proches")
_AL_QAEDA = wordset("qaeda qaida jnim gsim aqmi aqim")
_ISIS = wordset("isis daech daesh isgs issp eigs")
