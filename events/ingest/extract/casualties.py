"""What was done to whom: figures for people killed, wounded, abducted, captured, missing, displaced.

Each harm word takes its victims by its form (see `harm_words`): from the left, from the right, or from the number it
follows. The result says nothing yet about who claims it.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

from events.ingest.extract.harm_words import (
    AMONG,
    BE,
    FINITE_WITHOUT_ACCENT,
    HARM,
    HAVE,
    NEGATION,
    SUFFER,
    UNREAL,
    Harm,
)
from events.ingest.extract.mentions import Who
from events.ingest.extract.numbers import Quantity
from events.ingest.extract.speech_words import VERBS
from events.ingest.extract.victims import NOT_PEOPLE, Sentence, Victims
from events.ingest.extract.words import wordset

_REACH = 24
_BODIES = frozenset({"corps", "cadavres", "bodies", "corpses", "depouilles"})
_PEOPLE_PREPOSITIONS = wordset(
    "in of by on at from with against near to for de dans par sur contre a aux au du des d' en avec "
    "pour le lors between entre after apres"
)
_BREAKS = wordset("; but while whereas although mais tandis alors pendant")
_ADVERBS = wordset(
    "also reportedly later then least already since been being have has had allegedly officially "
    "initially instantly reported not egalement ainsi aussi ete deja notamment officiellement "
    "lachement en tout au total ensuite hier"
)


@dataclass(frozen=True, slots=True)
class Trigger:
    """A harm word at words [first, after)."""

    first: int
    after: int
    harm: Harm
    passive: bool = False
    active: bool = False


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
    accident: bool = False


def find_tolls(sentence: Sentence) -> list[Toll]:
    """All tolls of a sentence whose victims have been found, in order of their victims."""
    tolls: list[Toll] = []
    taken: set[int] = set()
    for trigger in find_triggers(sentence):
        for toll in _tolls_of(sentence, trigger, taken):
            tolls.append(toll)
            taken.add(toll.victims.first)
    return [*tolls, *_gapped(sentence, tolls, taken)]


def _gapped(sentence: Sentence, tolls: list[Toll], taken: set[int]) -> Iterator[Toll]:
    """ "70 died in A and 30 in B": the second number shares the verb of the first."""
    for victims in sentence.victims:
        before = [toll for toll in tolls if toll.trigger.after <= victims.first]
        if (
            not before
            or victims.first in taken
            or victims.who
            or not victims.quantity
            or victims.quantity.one
        ):
            continue
        tied = sentence.word(victims.first - 1) in ("and", "et", ",")
        placed = (
            sentence.word(victims.after) in ("in", "at", "a", "dans", "near")
            and victims.after + 1 in sentence.placed
        )
        if tied and placed and any(before[-1].trigger.after <= n < victims.first for n in sentence.placed):
            yield replace(before[-1], victims=victims, rule="number that shares a verb", inherits=True)


def find_triggers(sentence: Sentence) -> list[Trigger]:
    """Harm words with their voice."""
    found = []
    inside = {n for who in sentence.people.values() for n in range(who.first, who.after)}
    for first, after, harm in HARM[sentence.lang].find(sentence.words, sentence.first, sentence.after):
        if first in inside or _is_figure_of_speech(sentence, first, after):
            continue
        found.append(_voiced(sentence, first, after, _accent(sentence, first, after, harm)))
    return found


def _is_figure_of_speech(sentence: Sentence, first: int, after: int) -> bool:
    """ "tombés dans une embuscade" are not dead yet; "lost control", "perdu le contrôle" lose nobody."""
    word, follows = sentence.words[after - 1], sentence.word(after)
    if word in ("tombe", "tombes", "tombees") and {"dans", "sur", "entre", "aux", "en"} & set(
        sentence.words[after : after + 3]
    ):
        return True
    return (
        word in ("missing", "hurt")
        and follows in ("the", "from", "in")
        and sentence.word(first - 1) not in BE["en"]
        and word == "missing"
        and follows == "the"
    )


def _accent(sentence: Sentence, first: int, after: int, harm: Harm) -> Harm:
    """Tell "tué" from "tue": headlines in capitals have no accents and mostly mean the participle."""
    word = sentence.words[first]
    if sentence.lang != "fr" or after - first > 1 or word not in FINITE_WITHOUT_ACCENT:
        return harm
    written = sentence.text.raw[sentence.text.starts[first] : sentence.text.ends[first]]
    participle = written.endswith(("é", "É")) or written.isupper()
    return Harm(FINITE_WITHOUT_ACCENT[word], "pp" if participle else "verb")


def _voiced(sentence: Sentence, first: int, after: int, harm: Harm) -> Trigger:
    if harm.form != "pp":
        return Trigger(first, after, harm)
    seen: list[str] = []
    here = first - 1
    while here >= sentence.first and len(seen) < 5:
        word = sentence.words[here]
        if word in BE[sentence.lang]:
            return Trigger(first, after, harm, passive=True)
        if word in HAVE[sentence.lang] and _is_verb_a(sentence, here):
            return Trigger(first, after, harm, active=True)
        if word not in _ADVERBS and not word.endswith(("ly", "ment")):
            break
        seen.append(word)
        here -= 1
    return Trigger(first, after, harm)


def _is_verb_a(sentence: Sentence, place: int) -> bool:
    """French "a" is a verb, "à" is not."""
    return sentence.words[place] != "a" or sentence.text.raw[sentence.text.starts[place]] != "à"


def _tolls_of(sentence: Sentence, trigger: Trigger, taken: set[int]) -> Iterator[Toll]:
    form = trigger.harm.form
    bodies = next((v for v in sentence.victims if v.after == trigger.first and v.quantity), None)
    if form == "of" and bodies and sentence.words[trigger.first] in _BODIES:
        yield from _from_number(sentence, trigger, taken)
        return
    if form in ("verb", "of", "lost") or trigger.active:
        yield from _from_right(sentence, trigger, taken)
    elif form == "number":
        yield from _from_number(sentence, trigger, taken)
    elif form == "toll":
        yield from _from_toll(sentence, trigger, taken)
    elif form == "subject" or trigger.passive:
        yield from _passive(sentence, trigger, taken)
    else:
        yield from _bare_participle(sentence, trigger, taken)


def _passive(sentence: Sentence, trigger: Trigger, taken: set[int]) -> Iterator[Toll]:
    found = list(_from_left(sentence, trigger, taken, _REACH))
    if found:
        yield from found
    elif sentence.lang == "fr":
        # "ont été tués dix soldats"
        yield from _from_right(sentence, trigger, taken)


def _bare_participle(sentence: Sentence, trigger: Trigger, taken: set[int]) -> Iterator[Toll]:
    """ "killed ten" takes what follows, "ten killed" what goes before; French participles take what goes before."""
    right = _next_victims(sentence, trigger.after, taken)
    if (
        right
        and sentence.lang == "en"
        and right.first - trigger.after == 0
        and not _is_after_number(sentence, trigger)
    ):
        yield from _from_right(sentence, trigger, taken)
        return
    if (
        right
        and sentence.lang == "en"
        and sentence.word(trigger.after) in ("the", "his", "their", "our", "its")
        and right.quantity is None
    ):
        yield from _from_right(sentence, trigger, taken)
        return
    left = list(_from_left(sentence, trigger, taken, 9))
    if not left and right and right.first == trigger.after and right.quantity:
        # "a neutralisé trois terroristes et blessé deux autres": the auxiliary stands before the first verb.
        yield from _from_right(sentence, trigger, taken)
    yield from left


def _is_after_number(sentence: Sentence, trigger: Trigger) -> bool:
    """ "10 killed three missing" hardly occurs; "two killed soldiers" neither."""
    return any(v.after == trigger.first and v.quantity and not v.who for v in sentence.victims)


def _is_counting(victims: Victims) -> bool:
    """A bare "un", "one" or "a" counts nobody unless a noun says whom."""
    return (
        bool(victims.who)
        or victims.own
        or victims.quantity is None
        or not victims.quantity.one
        or victims.others
    )


def _next_victims(sentence: Sentence, place: int, taken: set[int]) -> Victims | None:
    """Victims that begin within a few words, with nothing but articles, "or wounded" and the like between."""
    for victims in sentence.victims:
        if victims.first >= place:
            between = sentence.words[place : victims.first]
            fits = len(between) <= 4 and all(word in _BEFORE_OBJECT for word in between)
            return victims if fits and victims.first not in taken else None
    return None


_BEFORE_OBJECT = wordset(
    'sur place a au aux matin soir nuit dernier the his her its their our own of or and wounded injured also at least : " ou et blesse blesses '
    "les des de ses leurs la le l' d' du en plus another other autres a an some hier monday tuesday "
    "instantly people ainsi egalement notamment lundi mardi mercredi jeudi vendredi samedi dimanche "
    "wounding injuring ( in total par ailleurs ces nos"
)


def _from_right(sentence: Sentence, trigger: Trigger, taken: set[int]) -> Iterator[Toll]:
    first = _next_victims(sentence, trigger.after, taken)
    if first is None:
        return
    if trigger.harm.form == "lost" and not _can_be_lost(sentence, first):
        return
    for victims in _counted_together(list(_coordinated(sentence, first))):
        alone = sentence.word(victims.after) in ("", ",", ".", "and", "et", "in", ";", ":")
        if victims.first not in taken and (_is_counting(victims) or alone):
            yield _toll(sentence, trigger, victims, "object", inherits=not victims.who and not victims.own)


def _counted_together(chain: list[Victims]) -> list[Victims]:
    """ "killed a student and a woman": single people of one class are one figure."""
    single = all(
        v.quantity
        and v.quantity.one
        and not v.part
        and v.who
        and v.who[0].kind == "civilian"
        and not v.who[0].names
        for v in chain
    )
    if len(chain) < 2 or not single:
        return chain
    first, after = chain[0].first, chain[-1].after
    return [replace(chain[0], after=after, quantity=Quantity(first, after, "exact", len(chain), len(chain)))]


def _can_be_lost(sentence: Sentence, victims: Victims) -> bool:
    return bool(victims.who) and all(who.kind not in ("army", "government", "body") for who in victims.who)


def _coordinated(sentence: Sentence, first: Victims) -> Iterator[Victims]:
    """The phrase and those tied to it by commas, "and" or "including", until a verb takes over."""
    yield first
    previous = first
    for victims in sentence.victims:
        if victims.first <= previous.first:
            continue
        gap = sentence.words[previous.after : victims.first]
        part = victims.part and len(gap) <= 4
        if (
            not (victims.joined or part)
            or _takes_other_harm(sentence, victims)
            or _begins_to_speak(sentence, victims)
        ):
            return
        if victims.quantity is None and not victims.part and not victims.joined:
            return
        yield victims
        previous = victims


def _begins_to_speak(sentence: Sentence, victims: Victims) -> bool:
    """ "..., a resident said", "..., un élu local a indiqué": who speaks is not among the victims."""
    if victims.quantity is not None and not victims.quantity.one:
        return False
    here = victims.after
    while sentence.word(here) in ("has", "had", "have", "a", "ont", "avait", "local", "also"):
        here += 1
    found = VERBS[sentence.lang].at(sentence.words, here) if here < sentence.after else None
    return found is not None and sentence.word(here) not in ("reported", "confirmed")


def _takes_other_harm(sentence: Sentence, victims: Victims) -> bool:
    """ "ten dead and five wounded", "killed ten and five were wounded": the next phrase has a harm word of its own."""
    here = victims.after
    for _ in range(4):
        hit = HARM[sentence.lang].at(sentence.words, here) if here < sentence.after else None
        if hit and hit[1].form in ("pp", "subject", "number"):
            return True
        if sentence.word(here) not in _ADVERBS | BE[sentence.lang] | {
            "others",
            "other",
            "autres",
            "people",
            "seriously",
            "grievement",
        }:
            return False
        here += 1
    return False


def _from_left(sentence: Sentence, trigger: Trigger, taken: set[int], reach: int) -> Iterator[Toll]:
    head = _subject(sentence, trigger, reach)
    if head is None or (trigger.harm.measure == "displaced" and not _can_flee(head)):
        return
    chain = _counted_together(_chain_left(sentence, head))
    for victims in chain:
        if victims.first not in taken and (_is_counting(victims) or victims.after == trigger.first):
            inherits = not victims.who and not victims.own
            yield _toll(sentence, trigger, victims, "subject", inherits=inherits)
    yield from _parts_after(sentence, trigger, taken)


def _can_flee(victims: Victims) -> bool:
    """Displaced are civilians; assailants who fled are not."""
    if victims.who:
        return all(who.kind in ("civilian", "people") for who in victims.who)
    quantity = victims.quantity
    return quantity is not None and quantity.quantifier != "unknown" and (quantity.low or 0) >= 50


def _subject(sentence: Sentence, trigger: Trigger, reach: int) -> Victims | None:
    """The nearest phrase to the left that is no part of a prepositional phrase; numbers are preferred to bare nouns."""
    fallback: Victims | None = None
    for victims in reversed(sentence.victims):
        if victims.after > trigger.first:
            continue
        if trigger.first - victims.after > reach or _parted(sentence, victims.after, trigger.first):
            break
        adjacent = trigger.first == victims.after and victims.lead in (
            "after",
            "among",
            "apres",
            "as",
            "when",
            "parmi",
            "with",
            "avec",
        )
        close = (
            sentence.lang == "fr"
            and trigger.first - victims.after <= 1
            and not trigger.passive
            and bool(victims.quantity)
        )
        close = close or (adjacent and bool(victims.quantity))
        if not (close and victims.lead not in ("par", "contre", "sur")):
            if victims.lead in _PEOPLE_PREPOSITIONS and not (
                victims.quantity and victims.lead in _PARTITIVES
            ):
                continue
            if victims.lead in _PARTITIVES and not _is_partitive(sentence, victims):
                continue
        if victims.quantity or victims.own:
            return victims
        fallback = fallback or victims
        if trigger.first - victims.after <= 1 and not victims.part:
            return victims
    return fallback


_PARTITIVES = wordset("of de d' des a le to for")


def _is_partitive(sentence: Sentence, victims: Victims) -> bool:
    """ "the bodies of ten", "a total of ten", "un total de dix"."""
    place = victims.first - 1
    while sentence.word(place) in ("the", "des", "les", "de", "of", "d'"):
        place -= 1
    return sentence.word(place) in (
        "total",
        "bodies",
        "group",
        "groupe",
        "corps",
        "excess",
        "number",
        "moins",
        "plus",
        "least",
        "least",
        "toll",
        "bilan",
    )


def _parted(sentence: Sentence, first: int, after: int) -> bool:
    """Whether another clause begins between, or another harm word stands there that takes the phrase itself."""
    words = sentence.words[first:after]
    if any(word in _BREAKS for word in words):
        return True
    return False


def _chain_left(sentence: Sentence, head: Victims) -> list[Victims]:
    """The head with the phrases tied to it on its left: "two soldiers and three civilians were killed"."""
    before = [victims for victims in sentence.victims if victims.first < head.first]
    chain = [head]
    for victims in reversed(before):
        right = chain[0]
        gap = sentence.words[victims.after : right.first]
        tied = right.joined or (right.part and len(gap) <= 4)
        if not tied or _is_taken_between(sentence, victims.after, right.first):
            break
        if victims.quantity is None and not victims.who:
            break
        if victims.lead in ("by", "par", "against", "contre"):
            break
        chain.insert(0, victims)
        if victims.part:
            chain = [victims, *(replace(later, part=True) for later in chain[1:])]
    return _without_apposition(chain)


def _without_apposition(chain: list[Victims]) -> list[Victims]:
    """ "thirteen peacekeepers, twelve Germans and a Belgian": what follows takes the first number apart."""
    if len(chain) > 2 and not any(victims.part for victims in chain):
        numbers = [
            victims.quantity.low if victims.quantity and victims.quantity.quantifier == "exact" else None
            for victims in chain
        ]
        first, rest = numbers[0], numbers[1:]
        if first and all(rest) and sum(number or 0 for number in rest) == first:
            return chain[:1]
    return chain


def _is_taken_between(sentence: Sentence, first: int, after: int) -> bool:
    return any(HARM[sentence.lang].at(sentence.words, n) for n in range(first, after))


def _from_number(sentence: Sentence, trigger: Trigger, taken: set[int]) -> Iterator[Toll]:
    """ "ten dead", "24 soldiers dead", "dix morts parmi les soldats"."""
    for victims in reversed(sentence.victims):
        if victims.after > trigger.first or victims.quantity is None:
            continue
        between = sentence.words[victims.after : trigger.first]
        if len(between) > 2 or any(word in ("and", "et", ",", "by", "par") for word in between):
            return
        if victims.first in taken:
            return
        if trigger.harm.measure == "killed" and between and not victims.who and between[-1] in NOT_PEOPLE:
            return
        yield _toll(sentence, trigger, victims, "number", inherits=False)
        yield from _parts_after(sentence, trigger, taken)
        return


def _parts_after(sentence: Sentence, trigger: Trigger, taken: set[int]) -> Iterator[Toll]:
    """ "ten dead, including two children"."""
    for victims in sentence.victims:
        if victims.first >= trigger.after and victims.first - trigger.after <= 4:
            if victims.part and victims.first not in taken and not _takes_other_harm(sentence, victims):
                for each in _coordinated(sentence, victims):
                    yield _toll(sentence, trigger, replace(each, part=True), "part")
            return


def _from_toll(sentence: Sentence, trigger: Trigger, taken: set[int]) -> Iterator[Toll]:
    """ "the death toll of 25", "the toll in the attack rose to 25", "le bilan s'élève à 14": numbers without a noun."""
    start: int | None = trigger.after
    for victims in sentence.victims:
        if victims.first < trigger.after or start is None:
            continue
        gap = sentence.words[start : victims.first]
        if not all(word in _TOLL_LINKS for word in gap):
            start = _after_rise(sentence, start, victims.first)
            if start is None or not all(
                word in _TOLL_LINKS for word in sentence.words[start : victims.first]
            ):
                start = trigger.after if start is None else start
                continue
        follows = (
            HARM[sentence.lang].at(sentence.words, victims.after) if victims.after < sentence.after else None
        )
        if (
            follows
            or victims.quantity is None
            or sentence.word(victims.after) in NOT_PEOPLE
            or victims.quantity.none
        ):
            return
        if (
            sentence.word(victims.first - 1) in ("from", "de")
            and "de" not in sentence.words[trigger.first : trigger.after + 1]
        ):
            start = victims.after
            continue
        yield _toll(sentence, trigger, victims, "toll")
        return


_TOLL_LINKS = wordset(
    "to at of stands stood now is has been have was put at the a about : s' eleve est de d' "
    "provisoire provisional official passe grimpe monte atteint desormais porte rose risen climbed "
    "reached increased officially"
)
_RISES = wordset(
    "rises rose risen climbs climbed increased reached stands stood passe grimpe monte eleve atteint "
    "alourdi alourdit s'"
)


def _after_rise(sentence: Sentence, first: int, after: int) -> int | None:
    """The word after the verb by which a toll reaches its number, or None when there is none before the number."""
    places = [place for place in range(first, after) if sentence.words[place] in _RISES]
    return places[-1] + 1 if places else None


_ESTIMATED = wordset(
    "estimated estimates estimees estimes estimee estime evalue evalues evaluees chiffre chiffres possibly"
)


def _refined(sentence: Sentence, victims: Victims, place: int) -> Victims:
    """ "des dizaines de morts, estimées entre 100 et 200": the estimate says it more exactly."""
    quantity = victims.quantity
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


def _toll(sentence: Sentence, trigger: Trigger, victims: Victims, rule: str, inherits: bool = False) -> Toll:
    victims = _refined(sentence, victims, max(trigger.after, victims.after))
    return Toll(
        trigger,
        victims,
        trigger.harm.measure,
        f"{rule} of {trigger.harm.measure}",
        subject=_sufferer(sentence, trigger, victims),
        inherits=inherits and victims.quantity is not None,
        negated=_negated(sentence, trigger, victims),
        mixed=_is_mixed(sentence, trigger),
        own_ranks=_own_ranks(sentence, max(trigger.after, victims.after), victims.first),
        unreal=_unreal(sentence, trigger),
        accident=_in_accident(sentence, max(trigger.after, victims.after))
        or _in_accident(sentence, sentence.first, min(trigger.first, victims.first)),
    )


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
        if word in ("or", "ou"):
            following = (
                HARM[sentence.lang].at(sentence.words, place + 1) if place + 1 < sentence.after else None
            )
            return following is not None and following[1].measure != trigger.harm.measure
        if not (word == "," or (harm and harm[1].measure != trigger.harm.measure)):
            return False
    return False


def _own_ranks(sentence: Sentence, place: int, first: int) -> bool:
    """ "two dead in its ranks", "deux morts dans ses rangs": the speaker's own, or the sentence's subject's."""
    before = sentence.words[max(sentence.first, first - 3) : first]
    if before in (
        ["dans", "ses", "rangs"],
        ["dans", "leurs", "rangs"],
        ["in", "its", "ranks"],
        ["in", "their", "ranks"],
        ["in", "our", "ranks"],
    ):
        return True
    for here in range(place, min(place + 10, sentence.after)):
        found = AMONG[sentence.lang].at(sentence.words, here)
        if found and {"its", "their", "our", "ses", "leurs", "nos", "son", "notre"} & set(
            sentence.words[here : here + found[0]]
        ):
            return True
        if sentence.words[here] in (".", ";"):
            return False
    return False


def _sufferer(sentence: Sentence, trigger: Trigger, victims: Victims) -> Who | None:
    """Whose loss it is, where a verb of suffering or "among the soldiers" says it."""
    among = (
        _whose_bodies(sentence, trigger)
        or _among(sentence, max(trigger.after, victims.after))
        or _losses_among(sentence, victims)
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
        for who in sentence.people.values()
        if sentence.first <= who.first and who.after <= verb and verb - who.after < 10
    ]
    return max(left, key=lambda who: who.first) if left else None


def _whose_bodies(sentence: Sentence, trigger: Trigger) -> Who | None:
    """ "une quinzaine de corps de terroristes": the number counts bodies, the noun after says whose."""
    if sentence.words[trigger.first] not in _BODIES:
        return None
    place = trigger.first + 1
    while sentence.word(place) in ("de", "d'", "des", "of", "the", "sans", "vie"):
        place += 1
    return sentence.people.get(place) if place > trigger.first + 1 else None


def _losses_among(sentence: Sentence, victims: Victims) -> Who | None:
    """ "Regarding casualties among the rebels, ...": whose losses the sentence is about."""
    if victims.who:
        return None
    for place in range(sentence.first, min(victims.first, sentence.first + 8)):
        if sentence.words[place] in ("casualties", "losses", "pertes", "victimes"):
            return _among(sentence, place)
    return None


def _among(sentence: Sentence, place: int) -> Who | None:
    for here in range(place, min(place + 8, sentence.after)):
        if sentence.words[here] in (".", ";"):
            return None
        found = AMONG[sentence.lang].at(sentence.words, here)
        if found:
            for at in range(here + found[0], min(here + found[0] + 4, sentence.after)):
                if at in sentence.people:
                    return sentence.people[at]
            return None
    return None


def _negated(sentence: Sentence, trigger: Trigger, victims: Victims) -> bool:
    if victims.quantity is not None and victims.quantity.none:
        return True
    before = sentence.words[max(sentence.first, trigger.first - 3) : trigger.first]
    return bool(NEGATION[sentence.lang] & set(before)) and "doubt" not in before


def _unreal(sentence: Sentence, trigger: Trigger) -> bool:
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
    if before[-2:] == ["to", "have"]:
        return False
    return bool(UNREAL[sentence.lang] & set(before[-2:])) and before[-1:] != ["to"]
