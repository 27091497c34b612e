"""`extract`: one report's text in, everything that can be proposed from it out. Pure."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from events.ingest.extract import incidents as events
from events.ingest.extract.armed import guests_told_of, hostile_groups, named_actors, networks_told_of
from events.ingest.extract.assembled import (
    date_found,
    earlier_elsewhere,
    place_found,
    propose_incidents,
    unique_places,
)
from events.ingest.extract.casualties import find_tolls
from events.ingest.extract.claims import claims_of_sentence
from events.ingest.extract.composition import compositions
from events.ingest.extract.context import (
    background_words,
    why_background,
)
from events.ingest.extract.digressions import WHY, Digression
from events.ingest.extract.facts import find_evidence, find_milestones, find_strength
from events.ingest.extract.found import (
    Claimant,
    ClaimFound,
    Extraction,
)
from events.ingest.extract.issuer import issuer_of
from events.ingest.extract.likeness import Said
from events.ingest.extract.looking_back import Heard, attributed
from events.ingest.extract.materiel import find_losses, materiel_claims
from events.ingest.extract.mentions import find_names
from events.ingest.extract.merging import merged
from events.ingest.extract.parties import Parties, actors_found
from events.ingest.extract.resolve import CIVILIANS, Resolver
from events.ingest.extract.sentence import Sentence
from events.ingest.extract.speakers import OUTLET, Speakers
from events.ingest.extract.speech import Speech
from events.ingest.extract.tables import Tables
from events.ingest.extract.tolls import Toll
from events.ingest.extract.words import Text, split_text
from events.ingest.extract.work import Work, prepare, tells_earlier_day

LANGUAGES = ("en", "fr")


# What lies beyond is never an article; a cut keeps the time of hostile texts in bounds.
LONGEST_TEXT = 60_000


def extract(text: str, lang: str, published: date | None, tables: Tables, home: str = "") -> Extraction:
    """Everything found in `text` (title first). `home` is the feed's country, used when the text names none.

    Languages other than English and French give the named actors only.
    """
    cut = split_text(text[:LONGEST_TEXT])
    if lang not in LANGUAGES:
        return _names_only(cut, lang, tables, home)
    work = prepare(cut, lang, published, tables, home)
    resolver = Resolver(
        tables, work.country, work.main.begin if work.main else work.published, named_actors(work)
    )
    resolver.islamists = any(who.kind == "jihadist" for who in work.people.values())
    resolver.hostile = hostile_groups(work, resolver)
    resolver.guests = guests_told_of(work, resolver)
    return _extraction(work, resolver)


def _names_only(text: Text, lang: str, tables: Tables, home: str) -> Extraction:
    resolver = Resolver(tables, home, None)
    people = {who.first: who for who in find_names(text, tables)}
    return Extraction(lang, home, actors=actors_found(text, people, resolver, Parties(), {}))


def _extraction(work: Work, resolver: Resolver) -> Extraction:
    result = Extraction(work.lang, work.country)
    house = issuer_of(work.sentences, resolver) or OUTLET
    speakers = Speakers(resolver)
    said: list[Said] = []
    heard: list[Heard] = []
    things: list[tuple[int, ClaimFound]] = []
    told: list[events.Telling] = []
    headline: list[events.Telling] = []
    parties = Parties()
    digression = Digression(work.told, work.frame, work.before, work.country)
    for sentence in work.sentences:
        current = _current(sentence, speakers, heard[-1] if heard else None)
        tolls = find_tolls(sentence)
        tolls += compositions(sentence, tolls, _measure_before(said, sentence))
        sentence.harmed_victims = frozenset(toll.victims.first for toll in tolls)
        speeches = speakers.of_sentence(sentence)
        away = digression.holds(sentence, speeches) and not work.many
        why = _reasons(work, sentence, tolls, speeches, WHY if away else "")
        claims, aside = claims_of_sentence(sentence, tolls, speeches, resolver, current, why, house)
        said.extend(claims)
        heard.append(Heard(sentence, work.text.paragraphs[sentence.number], tuple(speeches), bool(tolls)))
        result.set_aside.extend(aside)
        tellings = events.tellings(sentence, work.told, work.places, work.frame, work.many, resolver)
        if not tellings and any(one.claim.measure == "killed" for one in claims):
            tellings = events.silent_telling(sentence, work.told, work.places)
        told.extend(tellings if work.several or not tells_earlier_day(work, sentence) else [])
        titled = events.headline_telling(sentence, resolver, work.told, work.places)
        headline += titled
        eventful = bool(claims or titled) or any(events.is_violent(telling) for telling in tellings)
        apart = {
            slug for milestone in find_milestones(sentence, resolver, work.dates) for slug in milestone.actors
        }
        apart |= networks_told_of(work, sentence, resolver)
        if sentence.number not in work.before:
            parties.note(sentence, resolver, speeches, eventful, apart, speakers.offices())
        things.extend(
            (sentence.number, claim)
            for claim in _materiel(work, sentence, speeches, resolver, current, parties, house, claims)
        )
        _facts(work, sentence, resolver, speakers, result)
    claims_made, aside, places_of = merged(attributed(said, heard, resolver), work.headline)
    result.set_aside.extend(aside)
    result.claims = [*claims_made, *(claim for _, claim in _distinct(things, claims_made))]
    at = [*places_of, *(number for number, _ in _distinct(things, claims_made))]
    result.persons = list(speakers.persons.found.values())
    propose_incidents(work, resolver, result, told or headline * (not result.claims), at, parties)
    roles = {slug: role for incident in reversed(result.incidents) for slug, role in incident.actors}
    result.actors = actors_found(work.text, work.people, resolver, parties, roles)
    result.places = [place_found(work.text, located) for located in unique_places(work.places)]
    result.dates = [date_found(work.text, dated) for dated in work.dates if dated.precision != "year"]
    return result


def _measure_before(said: Sequence[Said], sentence: Sentence) -> str:
    """What befell the people whom the sentence before counts."""
    last = said[-1] if said else None
    near = last is not None and sentence.number - last.sentence <= 1 + last.points_back
    return (
        last.claim.measure
        if last and near and last.claim.measure in ("killed", "wounded", "abducted")
        else ""
    )


def _current(sentence: Sentence, speakers: Speakers, before: Heard | None) -> Claimant | None:
    """Who goes on speaking where a sentence names no speaker for what it quotes, or opens with "it" for a party."""
    tells_on = sentence.words[sentence.first] in ("it", "elle", "il") and before is not None
    if tells_on and before and before.speeches and speakers.last and speakers.last.slug:
        return speakers.last
    return (
        speakers.last
        if any(sentence.first <= n < sentence.after for n in sentence.text.opens)
        or sentence.text.quoted(sentence.first)
        else None
    )


def _reasons(
    work: Work, sentence: Sentence, tolls: Sequence[Toll], speeches: Sequence[Speech], away: str
) -> dict[int, str]:
    # Context is told in the report's own voice.
    elsewhere = "" if work.many or speeches else earlier_elsewhere(work, sentence)
    return {
        toll.victims.first: reason
        for toll in tolls
        if (reason := elsewhere or away or why_background(sentence, toll, work.told, work.frame, work.many))
    }


def _materiel(
    work: Work,
    sentence: Sentence,
    speeches: list[Speech],
    resolver: Resolver,
    current: Claimant | None,
    parties: Parties,
    house: Claimant,
    claims: Sequence[Said],
) -> list[ClaimFound]:
    if background_words(sentence, sentence.first) or _shows_media(work, sentence):
        return []
    return materiel_claims(
        sentence,
        find_losses(sentence),
        speeches,
        resolver,
        current,
        parties.sides(),
        house,
        [one.claim for one in claims],
    )


def _shows_media(work: Work, sentence: Sentence) -> bool:
    """A sentence that describes a video claims nothing about numbers of things."""
    return any(find_evidence(sentence, None, None))


def _distinct(things: list[tuple[int, ClaimFound]], claims: list[ClaimFound]) -> list[tuple[int, ClaimFound]]:
    """Materiel claims once each: same fate, class and figure by the same voice; a count replaces a bare mention."""
    kept: list[tuple[int, ClaimFound]] = []
    for number, claim in things:
        same = [
            n
            for n, (_, other) in enumerate(kept)
            if (other.measure, other.item_class) == (claim.measure, claim.item_class)
        ]
        if not same:
            kept.append((number, claim))
            continue
        old = kept[same[0]][1]
        if claim.low is None or (old.low == claim.low and old.claimant.kind != "outlet"):
            continue
        if old.low is None or old.low == claim.low:
            kept[same[0]] = (number, claim)
        else:
            kept.append((number, claim))
    return kept


def _facts(
    work: Work, sentence: Sentence, resolver: Resolver, speakers: Speakers, result: Extraction
) -> None:
    following = work.sentences[sentence.number + 1] if sentence.number + 1 < len(work.sentences) else None
    words = (
        work.text.folded[work.text.starts[following.first] : work.text.ends[following.after - 1]]
        if following
        else ""
    )
    result.strength.extend(find_strength(sentence, resolver, words, work.country))
    known = {(milestone.what, milestone.actors) for milestone in result.milestones}
    result.milestones.extend(
        m for m in find_milestones(sentence, resolver, work.dates) if (m.what, m.actors) not in known
    )
    shown_by = _shown_by(sentence, resolver) or speakers.last
    seen = {evidence.kind for evidence in result.evidence}
    result.evidence.extend(e for e in find_evidence(sentence, following, shown_by) if e.kind not in seen)


def _shown_by(sentence: Sentence, resolver: Resolver) -> Claimant | None:
    """The first actor of the sentence: "the separatists shared videos"."""
    first = next(
        (who for n in range(sentence.first, sentence.after) if (who := sentence.people.get(n))), None
    )
    meant = resolver.meant(first) if first else None
    return (
        Claimant("actor", slug=meant.slugs[0])
        if meant and meant.slugs and meant.slugs[0] != CIVILIANS
        else None
    )
