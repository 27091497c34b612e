"""Speakers who are named only after what they say: in the next sentence, or at the end of a longer quotation."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from events.ingest.extract.claims import with_voice
from events.ingest.extract.found import Claimant
from events.ingest.extract.likeness import Said
from events.ingest.extract.resolve import Resolver
from events.ingest.extract.sentence import Sentence
from events.ingest.extract.speech import Speech
from events.ingest.extract.words import one_of, wordset

# A sentence that opens so says who told the sentence before.
_POINTS_BACK = {
    "en": one_of(
        """this was confirmed, that is according to, the announcement was made, this is according to
        the figures were given, the toll was given, the information was confirmed"""
    ),
    "fr": one_of(
        """c'est ce que, c'est ce qu', l'annonce a été faite, l'information a été, une information confirmée
        ces chiffres ont été, ce bilan a été, l'attaque et le bilan ont été confirmés, le bilan a été donné"""
    ),
}


# "31 were killed in A and 13 in B": the second number is of the people of the first.
_SHARED = "number that shares a verb"


@dataclass(frozen=True, slots=True)
class Heard:
    """A sentence after extraction: its sayings, and whether it makes claims of its own."""

    sentence: Sentence
    paragraph: int
    speeches: tuple[Speech, ...]
    tells: bool


def attributed(said: Sequence[Said], heard: Sequence[Heard], resolver: Resolver) -> list[Said]:
    """Claims in the report's own voice given to the speaker that a sentence beside them names."""
    done: list[Said] = []
    for one in said:
        whole = next((o for o in reversed(done) if o.claim.measure == one.claim.measure), None)
        if one.points_back and whole and one.sentence - whole.sentence <= 2:
            one = _of_whole(one, whole, resolver)
        elif one.points_back and not one.claim.about and done and done[-1].sentence == one.sentence:
            one = replace(one, claim=replace(one.claim, about=done[-1].claim.about))
        if one.inherited and not one.claim.about and _goes_on_from(one, done):
            one = replace(one, claim=replace(one.claim, about=done[-1].claim.about))
        if one.claim.rule.startswith(_SHARED) and not one.claim.about and done:
            one = replace(one, claim=replace(one.claim, about=done[-1].claim.about))
        one = _of_soldiers_named(one, done)
        if one.others and not one.claim.about and done and one.sentence - done[-1].sentence <= 1:
            one = replace(one, claim=replace(one.claim, about=done[-1].claim.about))
        own = one.claim.claimant.kind == "outlet"
        ended = (
            None if own or heard[one.sentence].speeches else _of_quotation(one, heard[one.sentence], heard)
        )
        if ended:
            one = with_voice(one, ended, resolver)
        done.append(_attributed(one, heard, resolver) if own else one)
    return done


def _of_soldiers_named(one: Said, done: Sequence[Said]) -> Said:
    """ "six Cameroonian soldiers", then "six soldiers": the same, whatever country the report is of."""
    if not one.claim.rule.endswith("army of the report's country"):
        return one
    for other in reversed(done):
        told = other.claim
        alike = (told.measure, told.low, told.high) == (one.claim.measure, one.claim.low, one.claim.high)
        if alike and told.rule.endswith("; army of a country") and one.sentence - other.sentence <= 3:
            return replace(one, claim=replace(one.claim, about=told.about))
    return one


def _goes_on_from(one: Said, done: Sequence[Said]) -> bool:
    """ "killing twelve and wounding three": a number alone after one that was of people told of before."""
    return bool(done) and done[-1].sentence == one.sentence and done[-1].points_back


def _of_whole(one: Said, whole: Said, resolver: Resolver) -> Said:
    """A figure of people told before: about them, and by whoever told of them where nobody else is named."""
    about = one.claim.about or whole.claim.about
    one = replace(one, claim=replace(one.claim, about=about))
    silent = one.claim.claimant.kind == "outlet" and whole.claim.claimant.kind != "outlet"
    return with_voice(one, whole.claim.claimant, resolver) if silent else one


def _attributed(one: Said, heard: Sequence[Heard], resolver: Resolver) -> Said:
    here = heard[one.sentence]
    claimant = (
        _of_quotation(one, here, heard)
        or _of_next(here, heard)
        or _of_toll(here, heard)
        or _of_both_sides(here, heard)
        or _of_previous(here, heard)
        or _of_paragraph(here, heard)
    )
    return with_voice(one, claimant, resolver) if claimant else one


def _of_both_sides(here: Heard, heard: Sequence[Heard]) -> Claimant | None:
    """The one speaker of the sentences before and after, where all three stand in one paragraph."""
    number = here.sentence.number
    if here.speeches or not 0 < number < len(heard) - 1:
        return None
    before, following = heard[number - 1], heard[number + 1]
    if not before.paragraph == here.paragraph == following.paragraph:
        return None
    said = {
        (s.claimant.slug, s.claimant.name, s.claimant.kind) for s in (*before.speeches, *following.speeches)
    }
    tells = before.tells or following.tells
    both = before.speeches and following.speeches and len(said) == 1 and tells
    claimant = before.speeches[-1].claimant if both else None
    return claimant if claimant and claimant.kind != "outlet" else None


def _of_paragraph(here: Heard, heard: Sequence[Heard]) -> Claimant | None:
    """The one whom a paragraph cites at its very end, for all that stands before without a speaker of its own."""
    paragraph = [one for one in heard if one.paragraph == here.paragraph]
    last = paragraph[-1]
    if here is last or any(one.speeches for one in paragraph[:-1]) or not last.speeches:
        return None
    cited = last.speeches[-1]
    whole = cited.behind and cited.kind == "according" and len(last.speeches) == 1
    return cited.claimant if whole and cited.claimant.kind != "outlet" else None


def _of_previous(here: Heard, heard: Sequence[Heard]) -> Claimant | None:
    """The one speaker of the sentence right before, where this one goes on with "also" or "others"."""
    number, words = here.sentence.number, here.sentence.words[here.sentence.first : here.sentence.after]
    if here.speeches or not number:
        return None
    apart = here.paragraph - heard[number - 1].paragraph
    if apart > 1 or (_ALSO if apart else _GOES_ON).isdisjoint(words):
        return None
    before = heard[number - 1]
    said = {speech.claimant for speech in before.speeches}
    one = next(iter(said)) if len({(c.slug, c.name, c.kind) for c in said}) == 1 else None
    return one if one and one.kind != "outlet" else None


_ALSO = wordset("also aussi egalement")
_GOES_ON = wordset("also aussi egalement others autres further")


def _of_toll(here: Heard, heard: Sequence[Heard]) -> Claimant | None:
    """ "The provisional toll is ten dead" right after a sentence of one speaker: it is that speaker's toll."""
    sentence = here.sentence
    if (
        here.speeches
        or not sentence.number
        or not _TOLL_FIRST[sentence.lang].at(sentence.words, sentence.first)
    ):
        return None
    before = heard[sentence.number - 1]
    speakers = {speech.claimant for speech in before.speeches if speech.claimant.kind != "outlet"}
    return next(iter(speakers)) if len(speakers) == 1 and before.paragraph == here.paragraph else None


_TOLL_FIRST = {
    "en": one_of(
        "the provisional toll, the toll, toll, provisional toll, casualties, the casualties, the death toll"
    ),
    "fr": one_of(
        "bilan, le bilan, le bilan provisoire, bilan provisoire, un bilan, ce bilan, un bilan provisoire"
    ),
}


def _of_quotation(one: Said, here: Heard, heard: Sequence[Heard]) -> Claimant | None:
    """The speaker at the end of a quotation that began in this sentence and goes on in the next ones."""
    text = here.sentence.text
    place = next(
        (n for n in range(here.sentence.first, here.sentence.after) if text.starts[n] >= one.claim.start),
        here.sentence.first,
    )
    if not _inside(text.opens, text.closes, place) or not _inside(
        text.opens, text.closes, here.sentence.after - 1
    ):
        return None
    if here.sentence.after in text.closes:
        # The quotation ends with the sentence: whoever speaks next says something else.
        return None
    for later in heard[one.sentence + 1 : one.sentence + 5]:
        behind = [speech for speech in later.speeches if speech.behind and speech.kind != "claim"]
        if behind and behind[0].claimant.kind != "outlet":
            return behind[0].claimant
        if not _inside(text.opens, text.closes, later.sentence.after - 1):
            return None
    return None


def _inside(opens: set[int], closes: set[int], place: int) -> bool:
    """Whether a word stands within quotation marks: the last mark up to it opens."""
    opened = max((n for n in opens if n <= place), default=-1)
    closed = max((n for n in closes if n <= place), default=-1)
    return opened > closed


def _pointing_back(here: Heard, heard: Sequence[Heard]) -> Claimant | None:
    """The one whom a sentence of the paragraph names for all before it: "L'annonce a été faite par le ministère"."""
    for later in heard[here.sentence.number + 1 : here.sentence.number + 4]:
        if later.paragraph != here.paragraph:
            return None
        points = _POINTS_BACK[later.sentence.lang].at(later.sentence.words, later.sentence.first)
        speakers = [speech.claimant for speech in later.speeches if speech.claimant.kind != "outlet"]
        if points or speakers:
            return speakers[0] if points and speakers else None
    return None


def _of_next(here: Heard, heard: Sequence[Heard]) -> Claimant | None:
    """The speaker of the next sentence, where it points back, or tells only where and when, "the army said"."""
    if here.sentence.number + 1 >= len(heard) or here.speeches:
        return None
    following = heard[here.sentence.number + 1]
    pointing = _pointing_back(here, heard)
    if pointing is not None:
        return pointing
    sentence = following.sentence
    points = _POINTS_BACK[sentence.lang].at(sentence.words, sentence.first)
    speakers = [speech.claimant for speech in following.speeches if speech.claimant.kind != "outlet"]
    near = following.paragraph - here.paragraph
    if points and near <= 1:
        return speakers[0] if speakers else None
    behind = [speech for speech in following.speeches if speech.behind]
    return speakers[0] if behind and speakers and not following.tells and near == 0 else None
