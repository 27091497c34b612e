"""What kind of source an official or an unnamed source is, by the words that go with it.

"A source close to the security services", "two officials from the provincial authority": the noun says little, its
complement says whose source it is.
"""

from __future__ import annotations

from events.ingest.extract.sentence import Sentence
from events.ingest.extract.speech_words import VERBS
from events.ingest.extract.words import wordset

_SECURITY = wordset(
    "security military army police gendarmerie defence defense intelligence securitaire securitaires securite militaire "
    "militaires armee policiere policieres renseignement renseignements"
)
_MEDICAL = wordset(
    "medical hospital health clinic medicale medicales hospitaliere hospitalieres hopital sanitaire sanitaires sante"
)
_LOCAL = wordset("local municipal village tribal locale locales locaux municipale municipales municipaux")
# Units of territory: an official of one is local, a source in one may be anybody.
TERRITORY = wordset(
    "provincial regional district province region commune council prefecture mairie gouvernorat cercle departement "
    "provinciale provinciales regionale regionales communal communale"
)
_LINKS = wordset(
    "of from in at within inside to the a an close near de du des d' la le l' cette ce proche proches au aux sein"
)
# States of a federation ("porte-parole de l'Etat de Zamfara").
_STATES = frozenset({"etat", "state"})
_REACH = 8


def kind_of_source(sentence: Sentence, first: int, after: int, name: str) -> str:
    """The kind under which a source at words [first, after) is kept; `name` is the one its noun has by itself."""
    if name not in ("sources", "officials"):
        return name
    if sentence.lang == "en":
        before = (_kind(sentence.word(first - back), name) for back in (1, 2))
        told = next((kind for kind in before if kind), "")
        if told:
            return told
    here = after
    while here < min(after + _REACH, sentence.after):
        word = sentence.words[here]
        kind = _kind(word, name)
        if kind:
            return kind
        if word not in _LINKS and not (word.isalpha() and sentence.words[here - 1] in _LINKS):
            return name
        if VERBS[sentence.lang].at(sentence.words, here):
            return name
        here += 1
    return name


def _kind(word: str, name: str) -> str:
    if word in _SECURITY:
        return "security sources"
    if word in _MEDICAL:
        return "medical sources"
    return "local officials" if word in _LOCAL or (word in TERRITORY and name == "officials") else ""


def is_of_territory(sentence: Sentence, after: int) -> bool:
    """ "le secrétaire général de cette province": whether a unit of territory follows a role."""
    if sentence.word(after) not in ("de", "du", "of", "d'"):
        return False
    near = set(sentence.words[after + 1 : min(after + 4, sentence.after)])
    return bool((TERRITORY | _STATES) & near) and not near & {"chef", "head"}
