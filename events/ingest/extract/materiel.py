"""Materiel said to be captured, destroyed, damaged or lost: vehicles, weapons, aircraft, supplies."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from events.ingest.extract.found import Claimant, ClaimFound
from events.ingest.extract.harm_words import HARM, INCLUDING
from events.ingest.extract.materiel_words import BE, FATES, HAVE, ITEMS, LISTING
from events.ingest.extract.nouns import OUTSIDERS
from events.ingest.extract.numbers import Quantity
from events.ingest.extract.resolve import CIVILIANS, UNIDENTIFIED, Resolver
from events.ingest.extract.sentence import Sentence
from events.ingest.extract.speakers import OUTLET
from events.ingest.extract.speech import Speech, speaker_of
from events.ingest.extract.words import wordset

_REACH = 14
UNCOUNTED = "unknown"


@dataclass(frozen=True, slots=True)
class Items:
    """Things at words [first, after), their class, and how many where the words say it."""

    first: int
    after: int
    kind: str
    quantity: Quantity | None


@dataclass(frozen=True, slots=True)
class Loss:
    """Items and what became of them; `taker` is the word place of whoever did it, or None."""

    items: Items
    fate: str
    verb: int
    active: bool


def find_items(sentence: Sentence) -> list[Items]:
    """Things of the sentence with the numbers before them."""
    found = []
    for first, after, kind in ITEMS[sentence.lang].find(sentence.words, sentence.first, sentence.after):
        if _is_of_people(sentence, first):
            continue
        quantity = _count_before(sentence, first)
        found.append(Items(quantity.first if quantity else first, after, kind, quantity))
    return found


def _count_before(sentence: Sentence, first: int) -> Quantity | None:
    """The number within three words before a thing: "12 trucks", "two loaded fuel tankers", "une vingtaine de motos"."""
    for back in range(1, 5):
        for quantity in (sentence.counts.get(first - size) for size in range(back, back + 3)):
            if quantity is not None and quantity.after <= first and first - quantity.after <= 3:
                between = sentence.words[quantity.after : first]
                if all(word.isalpha() or word == "d'" for word in between) and not set(between) & _CONTAINERS:
                    return quantity
    if sentence.lang == "en" and not sentence.words[first].endswith("s"):
        for back in (1, 2, 3):
            if sentence.word(first - back) in ("a", "an"):
                return Quantity(first - back, first - back + 1, "exact", 1, 1)
            if not sentence.word(first - back).isalpha() or sentence.word(first - back) in (
                "the",
                "of",
                "and",
                "its",
                "their",
            ):
                break
    return None


# A number before these counts boxes, not what is in them.
_CONTAINERS = wordset(
    "and et in with dans cache caisse caisses lot lots stock stocks quantite quantites "
    "boxes crates cases tonnes tons bags sacs litres liters "
    "cachettes caches bases plots base"
)


def _is_of_people(sentence: Sentence, place: int) -> bool:
    """ "des hommes armés": the folded word is that of weapons, the men are no things."""
    written = sentence.text.quote(place, place + 1)
    inside = any(place in range(who.first, who.after) for who in sentence.mentions if not who.names)
    return inside or written.lower() in ("armé", "armés", "armée", "armées")


def find_losses(sentence: Sentence) -> list[Loss]:
    """Items with their fate: the object of a verb, a list after it, or the subject of a passive."""
    items = find_items(sentence)
    losses: list[Loss] = []
    done: set[int] = set()
    if not items:
        return losses
    for first, after, fate in FATES[sentence.lang].find(sentence.words, sentence.first, sentence.after):
        if _is_no_fate(sentence, first, after):
            continue
        for thing, active in _of_verb(sentence, first, after, items):
            if thing.first not in done:
                done.add(thing.first)
                losses.append(Loss(thing, fate, first, active))
    return losses


def _is_no_fate(sentence: Sentence, first: int, after: int) -> bool:
    """ "lost their lives when their vehicle ...", "pris dans une explosion", "the looted trucks", "dix terroristes neutralisés"."""
    harm = HARM[sentence.lang].at(sentence.words, first)
    if harm is not None and (harm[0] > after - first or _are_people(sentence, first)):
        return True
    if sentence.words[first] == "pris":
        return sentence.word(after) in ("dans", "sous", "a", "en", "par", "pour")
    return sentence.lang == "en" and sentence.word(first - 1) == "the" and after - first == 1


def _are_people(sentence: Sentence, verb: int) -> bool:
    """Whether people counted stand right before a participle: it is they who were "neutralised"."""
    return any(victims.after == verb for victims in sentence.victims if victims.who and victims.quantity)


def _of_verb(
    sentence: Sentence, first: int, after: int, items: Sequence[Items]
) -> Iterator[tuple[Items, bool]]:
    if _is_passive(sentence, first):
        yield from (
            (_part_of(sentence, thing, first), False) for thing in _listed_before(sentence, first, items)
        )
        return
    listed = list(_listed_after(sentence, after, items))
    if listed:
        yield from ((thing, True) for thing in listed)
    elif not _is_active(sentence, first):
        yield from (
            (thing, False)
            for thing in _listed_before(sentence, first, items)
            if _is_joined_to(sentence, thing, first)
        )


def _is_joined_to(sentence: Sentence, thing: Items, verb: int) -> bool:
    """ "vehicles burned" are burned; those who "came on motorcycles and burned tents" burned something else."""
    gap = sentence.words[thing.after : verb]
    return sentence.lang == "fr" or not {"and", ",", "then", "before"} & set(gap)


def _part_of(sentence: Sentence, thing: Items, verb: int) -> Items:
    """ "207 vehicles, of which dozens were burned": the later number is the one that counts."""
    for place in range(thing.after, verb):
        if INCLUDING[sentence.lang].at(sentence.words, place):
            count = next((sentence.counts[n] for n in range(place, verb) if n in sentence.counts), None)
            return replace(thing, first=count.first if count else thing.first, quantity=count)
    return thing


def _is_passive(sentence: Sentence, first: int) -> bool:
    return bool(BE[sentence.lang] & set(sentence.words[max(sentence.first, first - 2) : first]))


def _is_active(sentence: Sentence, first: int) -> bool:
    return bool(HAVE[sentence.lang] & set(sentence.words[max(sentence.first, first - 2) : first]))


def _listed_after(sentence: Sentence, after: int, items: Sequence[Items]) -> Iterator[Items]:
    here = after
    for thing in items:
        if thing.first < after:
            continue
        gap = sentence.words[here : thing.first]
        if len(gap) > 8 or not _is_list(sentence, here, thing.first):
            return
        if gap[-1:] in (["with"], ["avec"]) or gap[-2:] in (["with", "heavy"], ["equipped", "with"]):
            continue
        yield thing
        here = thing.after


def _is_list(sentence: Sentence, first: int, after: int) -> bool:
    """Only words of a list between: no verb, no other fate, at most three unknown words in a row."""
    unknown = 0
    for place in range(first, after):
        word = sentence.words[place]
        if FATES[sentence.lang].at(sentence.words, place) or word in (
            ".",
            ";",
            "while",
            "who",
            "which",
            "qui",
            "but",
            "mais",
        ):
            return False
        unknown = 0 if word in LISTING[sentence.lang] else unknown + 1
        if unknown > 4:
            return False
    return True


def _listed_before(sentence: Sentence, first: int, items: Sequence[Items]) -> list[Items]:
    found: list[Items] = []
    here = first
    for thing in reversed(items):
        if thing.after > here:
            continue
        gap = sentence.words[thing.after : here]
        if len(gap) > (6 if found or not _is_passive(sentence, first) else _REACH):
            break
        if found and not set(gap) & {",", "and", "et"}:
            break
        if FATES[sentence.lang].at(sentence.words, thing.after) and thing.after != first:
            break
        found.insert(0, thing)
        here = thing.first
    return found


def materiel_claims(
    sentence: Sentence,
    losses: Sequence[Loss],
    speeches: list[Speech],
    resolver: Resolver,
    current: Claimant | None,
    sides: Sequence[str],
    house: Claimant = OUTLET,
    beside: Sequence[ClaimFound] = (),
) -> list[ClaimFound]:
    """Claims about materiel; `sides` are the parties of the incident, from whom the owner is told.

    `beside` are the claims about people of the sentence: what was lost in one list with people was theirs.
    """
    claims = []
    for loss in losses:
        speech = speaker_of(speeches, loss.items.first, sentence)
        goes_on = (
            current
            if sentence.first in sentence.text.opens
            or sentence.text.quoted(loss.items.first)
            or sentence.words[sentence.first] in ("it", "elle", "il")
            else None
        )
        claimant = speech.claimant if speech else goes_on or house
        about = _of_list(sentence, loss, beside) or _owner(sentence, loss, claimant, resolver, sides)
        claims.append(_claim(sentence, loss, claimant, resolver, about))
    return claims


def _of_list(sentence: Sentence, loss: Loss, beside: Sequence[ClaimFound]) -> tuple[str, ...]:
    """ "nine soldiers dead, eleven wounded and three vehicles destroyed": the army's vehicles."""
    if loss.fate == "materiel_captured":
        return ()
    for place in range(loss.items.first - 1, max(sentence.first, loss.items.first - 6), -1):
        if sentence.words[place] in (",", "and", "et", "ainsi", "que", "plus"):
            continue
        end = sentence.text.ends[place]
        return next((claim.about for claim in beside if claim.quote[1] == end), ())
    return ()


def _claim(
    sentence: Sentence, loss: Loss, claimant: Claimant, resolver: Resolver, about: tuple[str, ...]
) -> ClaimFound:
    quantity = loss.items.quantity
    start, end = sentence.text.span(loss.items.first, loss.items.after)
    own = bool(claimant.slug) and claimant.slug in about and loss.fate != "materiel_captured"
    actor = resolver.tables.actors.get(claimant.slug)
    return ClaimFound(
        claimant=claimant,
        stance="admission" if own else "allegation" if actor else "observation",
        measure=loss.fate,
        about=about,
        label="",
        quantifier=quantity.quantifier if quantity else UNCOUNTED,
        low=quantity.low if quantity else None,
        high=quantity.high if quantity else None,
        phrase=sentence.text.raw[start:end],
        start=start,
        end=end,
        quote=sentence.text.span(min(loss.verb, loss.items.first), max(loss.verb + 1, loss.items.after)),
        rule="object of a verb of taking or destroying"
        if loss.active
        else "items said to be taken or destroyed",
        confidence=0.7 if quantity else 0.55,
        item_class=_class_of(sentence, loss),
    )


def _owner(
    sentence: Sentence, loss: Loss, claimant: Claimant, resolver: Resolver, sides: Sequence[str]
) -> tuple[str, ...]:
    """Whose things: the words around say it ("army trucks", "three vehicles of the attackers"), else the other side's."""
    own = _said_to_be(sentence, loss, resolver)
    if own:
        return own
    parties = [slug for slug in sides if slug not in (CIVILIANS, UNIDENTIFIED)]
    taker = _taker(sentence, loss, resolver) or claimant.slug
    if taker not in parties:
        return ()
    if loss.fate == "materiel_lost":
        return (taker,)
    others = [
        slug for slug in sides if slug not in (taker, CIVILIANS) and not _one_side(resolver, slug, taker)
    ]
    # What is taken from an army with its foreign helpers is the army's, unless said otherwise.
    others.sort(
        key=lambda slug: (slug == UNIDENTIFIED, resolver.tables.actors[slug].kind == "private_military")
    )
    return (others[0],) if others else ()


def _class_of(sentence: Sentence, loss: Loss) -> str:
    """The class of the things: vehicles of an army are military ones, whatever the noun."""
    if loss.items.kind != "vehicle" or sentence.word(loss.items.after) not in ("of", "des", "de", "du"):
        return loss.items.kind
    near = (sentence.people.get(loss.items.after + n) for n in (1, 2, 3))
    return "military_vehicle" if any(who and who.kind in ("army", "soldier") for who in near) else "vehicle"


def _said_to_be(sentence: Sentence, loss: Loss, resolver: Resolver) -> tuple[str, ...]:
    """The owner named beside the things: after "of", or by "military"."""
    here = loss.items.after
    if sentence.word(here) in ("of", "des", "de", "du", "d'", "belonging", "appartenant"):
        for place in range(here + 1, min(here + 5, sentence.after)):
            who = sentence.people.get(place)
            if who:
                return resolver.meant(who).slugs[:1] if who.kind not in OUTSIDERS else ()
            if sentence.words[place] not in _TO_OWNER:
                break
    army = loss.items.kind == "military_vehicle" and loss.fate != "materiel_captured" and not loss.active
    return resolver.force_of(resolver.country).slugs[:1] if army and resolver.country else ()


_OF = wordset("of de du des d' from by par contre against")
_TO_OWNER = wordset("the a an to la le l' les aux au des its their")


def _taker(sentence: Sentence, loss: Loss, resolver: Resolver) -> str:
    """The subject right before an active verb; with words between, it is the speaker who tells of his own deeds."""
    if not loss.active:
        return ""
    # Those who were killed took nothing: "killed 70 soldiers, burned seven vehicles".
    left = [who for who in sentence.mentions if who.after <= loss.verb and who.first not in sentence.counted]
    if not left:
        return ""
    who = max(left, key=lambda who: who.first)
    if "," in sentence.words[who.after : loss.verb] and sentence.word(who.first - 1) in _OF:
        # "destroyed a base of the sect, seized three rifles": the subject is that of the verb before.
        return ""
    if not all(word in _BEFORE_VERB for word in sentence.words[who.after : loss.verb]):
        return ""
    meant = resolver.meant(who)
    return meant.slugs[0] if meant.slugs else ""


_BEFORE_VERB = wordset("has have had also then later and a ont avait avaient aussi ensuite egalement ,")


def _one_side(resolver: Resolver, one: str, two: str) -> bool:
    """Armies, and the foreign forces beside them, are one side here."""
    states = {"state_force", "government", "foreign_state_force", "private_military", "multinational_force"}
    return {resolver.tables.actors[slug].kind for slug in (one, two)} <= states
