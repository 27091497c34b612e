"""Harm words of a sentence, active or passive."""

from __future__ import annotations

from dataclasses import dataclass

from events.ingest.extract.harm_words import (
    BE,
    FINITE_WITHOUT_ACCENT,
    HARM,
    HAVE,
    Harm,
)
from events.ingest.extract.sentence import Sentence
from events.ingest.extract.words import wordset

ADVERBS = wordset(
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
        if word not in ADVERBS and not word.endswith(("ly", "ment")):
            break
        seen.append(word)
        here -= 1
    return Trigger(first, after, harm)


def _is_verb_a(sentence: Sentence, place: int) -> bool:
    """French "a" is a verb, "à" is not."""
    return sentence.words[place] != "a" or sentence.text.raw[sentence.text.starts[place]] != "à"
