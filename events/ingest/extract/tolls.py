"""A toll: victims of one harm word, and what the words around say of it (denied, intended, an accident, own ranks)."""

from __future__ import annotations

from dataclasses import dataclass, replace

from events.ingest.extract.harm_words import (
    AMONG,
    HARM,
    HIT,
    NEGATION,
    SUFFER,
    SUMS,
    TARGETED,
    UNREAL,
)
from events.ingest.extract.nouns import Who
from events.ingest.extract.numbers import Quantity
from events.ingest.extract.sentence import Sentence, Victims
from events.ingest.extract.sides import ENEMY, OWN, side_of
from events.ingest.extract.speech_words import VERBS
from events.ingest.extract.triggers import Trigger
from events.ingest.extract.victims import NOT_PEOPLE
from events.ingest.extract.words import wordset

BODIES = frozenset({"corps", "cadavres", "bodies", "corpses", "depouilles"})


@dataclass(frozen=True, slots=True)
class Toll:
    """A figure or victims of one measure. `subject` are those who suffer it where the words say so; `inherits`:
    the victims are those of the toll before ("ten soldiers killed and five wounded")."""

    trigger: Trigger
    victims: Victims
    measure: str
    rule: str
    subject: Who | None = None
    inherits: bool = False
    negated: bool = False
    unreal: bool = False
    mixed: bool = False
    own_ranks: bool = False
    enemy_ranks: bool = False
    nation: str = ""
    increment: bool = False
    accident: bool = False


_ESTIMATED = wordset(
    "estimated estimates estimees estimes estimee estime evalue evalues evaluees chiffre chiffres possibly"
)


def _is_rise(sentence: Sentence, quantity: Quantity) -> bool:
    """ "est passé de 12 à 20 morts", "rose from 12 to 20": no range, but the toll before and the toll now."""
    parted = quantity.low is not None and quantity.high is not None and quantity.low < quantity.high
    before = sentence.words[max(sentence.first, quantity.first - 6) : quantity.first]
    return parted and before[-1:] in (["de"], ["from"]) and bool(_ROSE & set(before[:-1]))


_ROSE = wordset(
    "passe passee passes passant rose risen rises rising climbed climbs jumped gone went up grimpe monte alourdi revu "
    "increased increases soared grew grown revised"
)


def _refined(sentence: Sentence, victims: Victims, place: int) -> Victims:
    """ "des dizaines de morts, estimées entre 100 et 200": the estimate says it more exactly."""
    quantity = victims.quantity
    if quantity is not None and _is_rise(sentence, quantity):
        reached = replace(quantity, quantifier="exact", low=quantity.high)
        return replace(victims, quantity=reached)
    if quantity is None or quantity.quantifier not in ("dozens", "hundreds", "several", "unknown"):
        return victims
    for here in range(place, min(place + 6, sentence.after)):
        if sentence.words[here] in _ESTIMATED:
            better = next(
                (sentence.counts[n] for n in range(here + 1, here + 4) if n in sentence.counts), None
            )
            return (
                replace(victims, quantity=better)
                if better and sentence.word(better.after) not in NOT_PEOPLE
                else victims
            )
        if sentence.words[here] in (".", ";"):
            break
    return victims


def toll_of(
    sentence: Sentence, trigger: Trigger, victims: Victims, rule: str, inherits: bool = False
) -> Toll:
    """The toll of these victims by this harm word, with what the words around say of it."""
    victims = _refined(sentence, victims, max(trigger.after, victims.after))
    side = side_of(sentence, victims.first)
    return Toll(
        trigger,
        victims,
        trigger.harm.measure,
        f"{rule} of {trigger.harm.measure}",
        subject=_sufferer(sentence, trigger, victims),
        inherits=inherits and victims.quantity is not None,
        negated=_negated(sentence, trigger, victims),
        mixed=_is_mixed(sentence, trigger),
        own_ranks=side == OWN,
        enemy_ranks=side == ENEMY,
        nation=side if side not in (OWN, ENEMY) else "",
        unreal=_unreal(sentence, trigger, victims),
        increment=_is_increment(sentence, victims),
        accident=_in_accident(sentence, max(trigger.after, victims.after))
        or _in_accident(sentence, sentence.first, min(trigger.first, victims.first)),
    )


MORE = wordset("more additional further others other autres nouveaux nouvelles supplementaires new")


def _is_increment(sentence: Sentence, victims: Victims) -> bool:
    """ "43 more bodies were found, taking the toll to 51": what is added, where the sum is told."""
    if not MORE & set(sentence.words[victims.first : victims.after + 3]):
        return False
    return next(SUMS[sentence.lang].find(sentence.words, victims.after, sentence.after), None) is not None


_ROADS = wordset("road traffic car vehicle circulation route routier tragic tragique boat")


def _in_accident(sentence: Sentence, place: int, after: int = 0) -> bool:
    """ "died in a road accident": within the clause after a place, or before one."""
    end = after or min(place + 8, sentence.after)
    for here in range(place, end):
        if sentence.words[here] in (",", ";", ".") and not after:
            return False
        if sentence.words[here] in ("accident", "crash") and _ROADS & set(
            sentence.words[max(place, here - 2) : here + 4]
        ):
            return not after or end - here < 12
    return False


def _is_mixed(sentence: Sentence, trigger: Trigger) -> bool:
    """ "killed or wounded", "tués, blessés ou disparus": one figure for several measures together."""
    for place in range(trigger.after, min(trigger.after + 6, sentence.after)):
        word = sentence.words[place]
        harm = HARM[sentence.lang].at(sentence.words, place)
        if word in ("or", "ou", "and", "et"):
            following = (
                HARM[sentence.lang].at(sentence.words, place + 1) if place + 1 < sentence.after else None
            )
            return following is not None and following[1].measure != trigger.harm.measure
        if not (word == "," or (harm and harm[1].measure != trigger.harm.measure)):
            return False
    return False


def _sufferer(sentence: Sentence, trigger: Trigger, victims: Victims) -> Who | None:
    """Whose loss it is, where a verb of suffering or "among the soldiers" says it."""
    among = (
        _of_civilians(sentence, trigger)
        or _at_cost_of(sentence, trigger)
        or _all_of(sentence, max(trigger.after, victims.after))
        or _whose_bodies(sentence, trigger)
        or _among(sentence, max(trigger.after, victims.after))
        or _losses_among(sentence, victims)
        or _target(sentence, trigger, victims)
    )
    if among:
        return among
    if victims.who and not victims.own and trigger.harm.form != "lost":
        return None
    before = range(victims.first - 1, max(sentence.first, victims.first - 8) - 1, -1)
    verb = (
        trigger.first
        if trigger.harm.form == "lost"
        else next((n for n in before if sentence.words[n] in SUFFER[sentence.lang]), None)
    )
    if verb is None:
        return None
    left = [
        who
        for who in sentence.mentions
        if sentence.first <= who.first
        and who.after <= verb
        and verb - who.after < 10
        # Civilians and ministries count, deplore and register the dead of others.
        and (who.kind not in ("civilian", "people", "government") or trigger.harm.form == "lost")
    ]
    return max(left, key=lambda who: who.first) if left else None


def _of_civilians(sentence: Sentence, trigger: Trigger) -> Who | None:
    """ "quatorze morts civils": an adjective after the dead."""
    who = sentence.people.get(trigger.after)
    return who if trigger.harm.form == "number" and who and who.kind == "civilian" else None


def _at_cost_of(sentence: Sentence, trigger: Trigger) -> Who | None:
    """ "cost the army 46 lives": whose lives they were stands between the verb and the number."""
    if sentence.words[trigger.first] != "lives":
        return None
    costs = [
        n for n in range(sentence.first, trigger.first) if sentence.words[n] in ("cost", "costs", "costing")
    ]
    near = (sentence.people.get(n) for n in range(costs[-1] + 1, trigger.first)) if costs else ()
    return next((who for who in near if who and who.kind != "people"), None)


def _all_of(sentence: Sentence, place: int) -> Who | None:
    """ "eleven dead, all of them soldiers", "onze morts, tous des soldats"."""
    if not _says_all(sentence, place):
        return None
    here = place + 2
    while sentence.word(here) in ("of", "them", "des", "de", "were"):
        here += 1
    return sentence.people.get(here)


def _says_all(sentence: Sentence, place: int) -> bool:
    return sentence.word(place) == "," and sentence.word(place + 1) in ("all", "tous", "toutes")


def is_apposed(sentence: Sentence, toll: Toll) -> bool:
    """Whether who they were is told of this figure alone ("eleven dead, all of them soldiers, and 28 wounded")."""
    return _says_all(sentence, max(toll.trigger.after, toll.victims.after))


def _whose_bodies(sentence: Sentence, trigger: Trigger) -> Who | None:
    """ "une quinzaine de corps de terroristes": the number counts bodies, the noun after says whose."""
    if sentence.words[trigger.first] not in BODIES:
        return None
    place = trigger.first + 1
    while sentence.word(place) in ("de", "d'", "des", "of", "the", "sans", "vie"):
        place += 1
    return sentence.people.get(place) if place > trigger.first + 1 else None


def _target(sentence: Sentence, trigger: Trigger, victims: Victims) -> Who | None:
    """ "the toll of an attack on soldiers rose to 42 dead", "une patrouille a sauté sur une mine : trois morts"."""
    if victims.who or trigger.harm.form not in ("toll", "number", "pp"):
        return None
    for _, after, _ in TARGETED[sentence.lang].find(sentence.words, sentence.first, victims.first):
        here = after
        while sentence.word(here) in ("a", "an", "the", "des", "les", "un", "une", "de", "of", "its", "ses"):
            here += 1
        who = sentence.people.get(here)
        if who and who.kind in _ARMED:
            return who
    for first, _, _ in HIT[sentence.lang].find(sentence.words, sentence.first, victims.first):
        struck = [
            who for who in sentence.mentions if sentence.first <= who.first and 0 <= first - who.after <= 2
        ]
        if struck and struck[-1].kind in (*_ARMED, "army"):
            return struck[-1]
    return None


_ARMED = ("soldier", "gendarme", "police", "volunteer", "peacekeeper")


def _losses_among(sentence: Sentence, victims: Victims) -> Who | None:
    """ "Regarding casualties among the rebels, ...": whose losses the sentence is about."""
    if victims.who:
        return None
    for place in range(sentence.first, min(victims.first, sentence.first + 12)):
        if sentence.words[place] in ("casualties", "losses", "pertes", "victimes", "bilan", "toll"):
            return _among(sentence, place, victims.first) or _headed(sentence, victims.first)
    return _headed(sentence, victims.first)


def _headed(sentence: Sentence, before: int) -> Who | None:
    """ "Du côté des assaillants, on compte 15 morts": a side that opens a clause holds for what is counted in it."""
    found = None
    for first, after, _ in AMONG[sentence.lang].find(sentence.words, sentence.first, before):
        if first == sentence.first or sentence.word(first - 1) in (",", ";", ":"):
            found = next((sentence.people[n] for n in range(after, after + 4) if n in sentence.people), found)
    return found if found and found.kind != "people" and found.after <= before else None


def _among(sentence: Sentence, place: int, end: int = 0) -> Who | None:
    for here in range(place, min(place + 8, end or sentence.after)):
        if sentence.words[here] in (".", ";") or VERBS[sentence.lang].at(sentence.words, here):
            return None
        if sentence.words[here] == "dans" and sentence.word(here + 1) == "l'":
            inside = sentence.people.get(here + 2)
            if inside and inside.kind == "army":
                return inside
        found = AMONG[sentence.lang].at(sentence.words, here)
        if found and sentence.word(here + found[0]) in _RELATIVES:
            return None
        if found:
            for at in range(here + found[0], min(here + found[0] + 4, sentence.after)):
                if at in sentence.people:
                    return sentence.people[at]
            return None
    return None


_RELATIVES = wordset("lesquels lesquelles eux elles whom them which")


def _negated(sentence: Sentence, trigger: Trigger, victims: Victims) -> bool:
    if victims.quantity is not None and victims.quantity.none:
        return True
    before = sentence.words[max(sentence.first, trigger.first - 3) : trigger.first]
    return bool(NEGATION[sentence.lang] & set(before)) and "doubt" not in before


# "could rise to sixty dead".
_MODALS = wordset("could might may pourrait pourraient")


def _unreal(sentence: Sentence, trigger: Trigger, victims: Victims) -> bool:
    """Intention or possibility right before the harm word; a French conditional ("auraient tué") is hearsay, not unreal."""
    start = max(sentence.first, trigger.first - 3)
    before = sentence.words[start : trigger.first]
    if sentence.lang == "en" and trigger.harm.form == "verb" and before[-1:] == ["to"]:
        return not (
            {
                "possible",
                "managed",
                "able",
                "claimed",
                "claims",
                "claim",
                "operation",
                "leading",
                "led",
                "enabled",
                "allowed",
            }
            & set(sentence.words[max(sentence.first, trigger.first - 5) : trigger.first])
        )
    if trigger.harm.form in ("number", "toll"):
        return bool(_MODALS & set(sentence.words[max(sentence.first, victims.first - 4) : victims.first]))
    if before[-2:] == ["to", "have"]:
        return False
    if trigger.harm.form == "of":
        # "leading to the death of ten": the death is a fact.
        return bool(UNREAL[sentence.lang] & set(before[-2:]) - {"to"})
    return bool(UNREAL[sentence.lang] & set(before[-2:])) and before[-1:] != ["to"]
