"""Phrases that count people: "at least ten soldiers", "dozens of Malian soldiers along with mercenaries", "three of its own"."""

from __future__ import annotations

from dataclasses import replace

from events.ingest.extract.countries import DEMONYM
from events.ingest.extract.harm_words import AMONG, HARM, OWN
from events.ingest.extract.nouns import Who
from events.ingest.extract.numbers import Quantity
from events.ingest.extract.parts import (
    ARE,
    STOPS,
    is_among_them,
    is_of_them,
    is_of_which,
    is_of_whom,
    is_own,
    is_part,
    is_source,
    number_put_before,
)
from events.ingest.extract.people_words import OPEN
from events.ingest.extract.sentence import Sentence, Victims
from events.ingest.extract.speech_words import SOURCES
from events.ingest.extract.words import Phrases, wordset

# Between a number and its noun, and between two nouns that share a number.
_LINKS = {
    "en": wordset("of the his her its their our own other others more additional further new different"),
    "fr": wordset(
        "de d' des du la le l' les ses leurs leur son autres autre nouveaux nouvelles supplementaires"
    ),
}


_JOIN = {
    "en": Phrases(
        {
            "and": True,
            "along with": True,
            "as well as": True,
            "together with": True,
            "or": False,
            "plus": True,
            "and also": True,
        }
    ),
    "fr": Phrases(
        {"et": True, "ainsi que": True, "avec": False, "ou": False, "mais aussi": True, "et aussi": True}
    ),
}


# A number before one of these counts no people.
NOT_PEOPLE = wordset(
    "km kilometres kilometers kilometre kilometer miles mile metres meters metre m hectares years "
    "year days day weeks week months month hours hour minutes ans an annees annee jours jour semaines "
    "semaine mois heures heure h minutes percent pour % am pm gmt local vehicles vehicle trucks truck "
    "motorcycles motorcycle motorbikes motos moto vehicules vehicule camions camion pick pickup "
    "pickups villages village towns localites bases camps camp houses homes maisons cases tonnes tons "
    "kg euros dollars fcfa francs cfa million millions milliards billion attacks attack attaques "
    "attaque incidents incident strikes operations raids clashes cattle cows sheep goats boeufs "
    "vaches moutons tetes animals animaux rifles guns weapons armes fusils drones drone helicopters "
    "aircraft times fois bus buses cars car boat regions provinces countries pays kilometer calibre mm boats pirogues schools "
    "ecoles organisations organizations associations ngos ong churches shops boutiques localities districts rockets roquettes mortars obus"
)


_PREPOSITIONS = wordset(
    "in on at by with from for against near to into after before during under over between since "
    "until dans par sur contre pres lors pour avec apres avant depuis chez sous entre en vers"
)


_VERBS = wordset(
    "was were is are been be has have had killed wounded injured died dead who that which when where "
    "while said says and or but ete est sont a ont avait avaient qui que dont ou lorsque quand tues "
    "tue morts blesses et mais il ils elle elles he they it"
)


def find_victims(sentence: Sentence) -> list[Victims]:
    """All phrases that may be victims, in order."""
    found: list[Victims] = []
    place = sentence.first
    while place < sentence.after:
        phrase = _at(sentence, place, found[-1] if found else None)
        if phrase is None:
            place += 1
            continue
        found.append(phrase)
        place = max(phrase.after, place + 1)
    return found


def _at(sentence: Sentence, place: int, previous: Victims | None) -> Victims | None:
    count = sentence.counts.get(place)
    if count is not None and count.one and is_source(sentence, place):
        return None
    if count is not None and count.after <= sentence.after and not _is_no_count(sentence, place):
        return _counted(sentence, place, count, previous)
    who = sentence.people.get(place)
    if who is None:
        return None
    put = number_put_before(sentence, place)
    if put:
        return Victims(place, who.after, put, (who,))
    if is_source(sentence, place):
        return None
    lead = _lead(sentence, place)
    single = _article(sentence, who)
    first = single.first if single else place
    return _with_joined(
        sentence,
        Victims(
            first,
            who.after,
            single,
            (who,),
            own=is_own(sentence, place),
            part=is_part(sentence, first),
            joined=_is_joined(sentence, first, previous),
            lead=lead if not single else _lead(sentence, first),
        ),
    )


def _is_no_count(sentence: Sentence, place: int) -> bool:
    """ "aged 45", "l'une de ses pertes"."""
    return sentence.word(place - 1) in ("aged", "age", "agee") or (
        sentence.word(place - 1) == "l'" and sentence.word(place) in ("un", "une")
    )


_ORDINALS = wordset("second third fourth fifth sixth deuxieme troisieme quatrieme cinquieme sixieme")
_BODIES = wordset("corps bodies cadavres corpses depouilles")


def _counted(sentence: Sentence, place: int, count: Quantity, previous: Victims | None) -> Victims | None:
    here, own, others = count.after, False, False
    who = _inside(sentence, count)
    end = who.after if who else count.after
    if who is None:
        for here in range(count.after, min(count.after + 6, sentence.after)):
            word = sentence.words[here]
            if here in sentence.people:
                who = sentence.people[here]
                end = who.after
                break
            if word in OWN[sentence.lang] and sentence.words[here - 1] in (
                "of",
                "de",
                "des",
                "parmi",
                *OWN[sentence.lang],
            ):
                own, end = True, here + 1
            if word in ("others", "other", "autres", "autre", "more") or word in _ORDINALS:
                others, end = True, here + 1
            if word in NOT_PEOPLE or (
                SOURCES[sentence.lang].at(sentence.words, here) and here not in sentence.people
            ):
                return None
            if word in _BODIES or AMONG[sentence.lang].at(sentence.words, here):
                break
            if not _may_stand_between(sentence, here) and not is_of_which(sentence, count.after, here):
                break
    if who is None:
        who = _national(sentence, count.after)
        end = who.after if who else end
    phrase = Victims(
        place,
        end,
        count,
        (who,) if who else (),
        own=own or (who is not None and is_own(sentence, who.first)),
        part=is_part(sentence, place)
        or is_of_them(sentence, count.after)
        or is_among_them(sentence, end)
        or (sentence.word(count.after) in ARE and is_of_whom(sentence, count.after)),
        joined=_is_joined(sentence, place, previous),
        others=others,
        lead=""
        if {"number", "nombre"} & set(sentence.words[count.after : end])
        else _lead_of(sentence, place, count),
        of_them=who is None and is_of_them(sentence, count.after),
    )
    return _with_joined(sentence, phrase) if who else phrase


def _national(sentence: Sentence, place: int) -> Who | None:
    """ "two Americans", "douze Allemands": people by their nation."""
    word = sentence.word(place)
    if (word in DEMONYM and sentence.text.capital(place) and not sentence.word(place + 1).isalpha()) or (
        word in DEMONYM
        and sentence.text.capital(place)
        and word.endswith("s")
        and word not in ("francais", "anglais")
    ):
        return Who(place, place + 1, place, "national", country=DEMONYM[word])
    return Who(place, place + 1, place, "people") if _is_a_people(sentence, place) else None


def _is_a_people(sentence: Sentence, place: int) -> bool:
    """ "douze Allemands", "three Dogons": a word with a capital right after a number, and then no further name."""
    word = sentence.word(place)
    if place >= sentence.after or HARM[sentence.lang].at(sentence.words, place):
        return False
    if (
        len(word) < 4
        or not word.isalpha()
        or not sentence.text.capital(place)
        or place in sentence.dated | sentence.placed
    ):
        return False
    follows = sentence.word(place + 1)
    return follows in _VERBS | STOPS | _PREPOSITIONS | {"", "of"}


def _inside(sentence: Sentence, count: Quantity) -> Who | None:
    """The noun inside "dix soldats au moins"."""
    return next((sentence.people[n] for n in range(count.first, count.after) if n in sentence.people), None)


def _may_stand_between(sentence: Sentence, place: int) -> bool:
    word = sentence.words[place]
    if word in _LINKS[sentence.lang] or word in DEMONYM:
        return True
    if word in STOPS or word in _VERBS or word in _PREPOSITIONS or place in sentence.counts:
        return False
    return word.isalpha() and len(word) > 2


def _article(sentence: Sentence, who: Who) -> Quantity | None:
    """ "a soldier", "a 14-year-old boy" count one, and so does "including the village chief"; French "un" is a number."""
    head = sentence.words[who.after - 1] if not who.names else sentence.words[who.head]
    if who.kind in ("army", "government", "body", "name") or head.endswith("s") or head in _PLURALS:
        return None
    place = who.first - 1
    while place > who.first - 6 and _may_describe(sentence, place):
        place -= 1
    word = sentence.word(place)
    if sentence.lang == "en" and word in ("a", "an"):
        return Quantity(place, place + 1, "exact", 1, 1)
    definite = word in ("the", "le", "la", "l'") and who.kind in (
        "civilian",
        "soldier",
        "police",
        "gendarme",
        "fighter",
    )
    if definite or (word in ("its", "his", "son", "sa") and is_part(sentence, place)):
        return Quantity(place, who.after, "exact", 1, 1)
    return None


def _may_describe(sentence: Sentence, place: int) -> bool:
    """Words between "a" and its noun: ages and adjectives."""
    word = sentence.word(place)
    if word.isdigit():
        return sentence.word(place + 1) in ("year", "month")
    return (
        word.isalpha()
        and word not in _VERBS | _PREPOSITIONS | {"a", "an", "the", "of"}
        and place not in sentence.counts
    )


_PLURALS = wordset(
    "people police troops men women children group force personnel cattle gendarmerie militia "
    "population armee faithful livestock"
)


def _is_joined(sentence: Sentence, place: int, previous: Victims | None) -> bool:
    """Whether "and" or a comma ties this phrase to the one before, with nothing else between."""
    if (
        previous is None
        or place <= previous.after
        or place - previous.after > (14 if sentence.word(previous.after) == "(" else 4)
    ):
        return False
    between = _without_brackets(sentence.words[previous.after : place])
    tied = all(word in _TIES for word in between)
    return tied and (
        bool({",", "and", "et", "plus", "ainsi", "well"} & set(between))
        or not set(between) & {"de", "d'", "des", "of"}
    )


def _without_brackets(words: list[str]) -> list[str]:
    """ "16 FDS (forces de défense et de sécurité) et 25 VDP": what stands in brackets parts nothing."""
    if "(" in words and ")" in words and words.index("(") < words.index(")"):
        return words[: words.index("(")] + words[words.index(")") + 1 :]
    return words


_TIES = wordset(", and et as well ainsi que plus the les des group groupe another at least de d' des of")


def _lead_of(sentence: Sentence, place: int, count: Quantity) -> str:
    """The word before a number; "from 12 to 15", "de 12 à 15" begin with a word of the range itself."""
    lead = _lead(sentence, place)
    parted = count.low is not None and count.high is not None and count.low < count.high
    return _lead(sentence, place - 1) if parted and lead in ("from", "de") else lead


def _lead(sentence: Sentence, place: int) -> str:
    """The word before, articles passed over."""
    here = place - 1
    while sentence.word(here) in (
        "the",
        "a",
        "an",
        "les",
        "des",
        "la",
        "le",
        "l'",
        "un",
        "une",
        *OWN[sentence.lang],
    ):
        here -= 1
    return sentence.word(here)


def _with_joined(sentence: Sentence, phrase: Victims) -> Victims:
    """Take in a second noun that shares the number: "dozens of soldiers and mercenaries", "soldats et supplétifs"."""
    if phrase.quantity is None or phrase.quantity.one:
        return phrase
    join = _JOIN[sentence.lang].at(sentence.words, phrase.after) if phrase.after < sentence.after else None
    if join is None or not join[1]:
        return phrase
    here = phrase.after + join[0]
    while sentence.word(here) in _LINKS[sentence.lang] and here not in sentence.people:
        here += 1
    who = sentence.people.get(here)
    if who is None or here in sentence.counts or who.after > sentence.after:
        return phrase
    if _has_verb_of_its_own(sentence, who.after):
        return phrase
    return _with_joined(sentence, replace(phrase, after=who.after, who=(*phrase.who, who)))


def _has_verb_of_its_own(sentence: Sentence, place: int) -> bool:
    """ "ten soldiers and the rebels said": the second noun begins a clause."""
    return sentence.word(place) in (
        [
            "said",
            "says",
            "claimed",
            "claim",
            "claims",
            "announced",
            "reported",
            "have",
            "has",
            "had",
            "then",
            "also",
            "launched",
            "attacked",
            "took",
            "was",
            "were",
            "is",
            "are",
            "n'",
            "ne",
            "est",
            "sont",
            "ont",
            "a",
            "affirment",
            "affirme",
            "disent",
        ]
    )


def open_only(phrase: Victims) -> bool:
    """Whether nothing in the phrase says whose people they are."""
    return bool(phrase.who) and all(who.kind in OPEN and not who.names for who in phrase.who)
