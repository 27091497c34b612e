"""A saying within a sentence: where it stands, what is said in it, and whose words a figure belongs to."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from events.ingest.extract.found import Claimant
from events.ingest.extract.sentence import Sentence
from events.ingest.extract.words import wordset


@dataclass(frozen=True, slots=True)
class Speech:
    """A saying at words [first, after). What is said lies in words [begin, end); `subject` is where the speaker stands.

    `kind`: say, admit, deny, add, admitting, denying, according, claim. `behind`: what is said stands before it.
    """

    first: int
    after: int
    begin: int
    end: int
    subject: int
    claimant: Claimant
    kind: str
    behind: bool = False


def with_ends(speeches: Sequence[Speech], start: int) -> list[Speech]:
    """What one speaker says ends where the next speaker stands; sorted by place."""
    ordered = sorted(speeches, key=lambda speech: speech.first)
    done: list[Speech] = []
    if len([speech for speech in ordered if speech.kind != "claim"]) == 1:
        # The one speaker of a sentence, named at its end, says all of it.
        ordered = [replace(one, begin=min(one.begin, start)) if one.behind else one for one in ordered]
    for number, speech in enumerate(ordered):
        later = next(
            (one for one in ordered[number + 1 :] if one.subject > speech.after and not one.behind), None
        )
        if later and not speech.behind and later.subject < speech.end and later.kind != "according":
            speech = replace(speech, end=later.subject)
        if (
            later
            and not speech.behind
            and later.kind == "according"
            and sentence_back(later)
            and later.first < speech.end
        ):
            speech = replace(speech, end=later.first)
        done.append(speech)
    return done


def sentence_back(speech: Speech) -> bool:
    """Whether what an "according to" leads to stands after it, as in "selon lequel"."""
    return not speech.behind


def speaker_of(speeches: Sequence[Speech], place: int, sentence: Sentence) -> Speech | None:
    """The saying that a word of a sentence belongs to, or None for the report's own voice."""
    ahead = [speech for speech in speeches if not speech.behind and speech.begin <= place < speech.end]
    if ahead:
        return max(ahead, key=lambda speech: speech.first)
    behind = [speech for speech in speeches if speech.behind and speech.begin <= place < speech.end]
    cited = [speech for speech in behind if sentence.words[speech.first] in ("citing", "citant", "quoting")]
    if cited and not _is_organisation(behind):
        return cited[0]
    behind = [speech for speech in behind if speech not in cited] or behind
    if behind:
        return min(behind, key=lambda speech: (speech.first < place, speech.first))
    alone = [speech for speech in speeches if speech.kind != "claim"]
    if len(alone) == 1 and alone[0].behind and place >= alone[0].after:
        return alone[0]
    # A further clause without a speaker of its own goes on with what the speaker before it says.
    earlier = [
        speech
        for speech in speeches
        if not speech.behind and speech.end <= place and speech.kind != "according"
    ]
    begin = sentence.clause(place)[0]
    return earlier[-1] if earlier and earlier[-1].end + 3 >= begin and begin > sentence.first else None


def _is_organisation(speeches: Sequence[Speech]) -> bool:
    """Whether a speaker with a name of its own stands among them: who quotes witnesses makes their figure its own."""
    return any(speech.claimant.kind == "source" and speech.claimant.name[:1].isupper() for speech in speeches)


def harmed(sentence: Sentence, begin: int, end: int) -> bool:
    """Whether a harm word stands between two words."""
    return any(begin <= place < end for place in sentence.harmed)


def goes_on(sentence: Sentence, after: int) -> bool:
    """ "adding that ten were killed", but not "adding to the tension"."""
    word, before = sentence.word(after), sentence.word(after - 1)
    return (
        after in sentence.text.opens
        or word in ("that", "que", "qu'", ":", "avoir")
        or (before not in ("adding", "adds", "added") and word not in ("to", "the", "a"))
    )


def is_helped(sentence: Sentence, place: int) -> bool:
    """ "members of a militia that helps the army said": the object of a relative clause does not speak."""
    for here in range(place - 1, max(sentence.first, place - 5), -1):
        word = sentence.words[here]
        if word in (",", ";", ":"):
            return False
        if word in ("that", "which", "who", "qui"):
            return place - here >= 2 and sentence.word(here + 1) in _HELPING
    return False


_HELPING = wordset(
    "helps help helping support supports supporting fights fight fighting backs back assists assist works work guard guards escort "
    "aide aident soutient soutiennent appuie appuient combat combattent epaule epaulent seconde secondent escorte escortent"
)
