"""remember: a corrected mention becomes a name of the actor or place that was meant, if the editor asks for it."""

from __future__ import annotations

from dataclasses import dataclass

from django.contrib.auth.models import User

from actors.codes import NameKind
from actors.models import Actor, ActorName
from conflict.kit.dates import PartialDate, read_partial_date
from conflict.kit.problems import Problem, Refused
from conflict.kit.text import fold
from events.models import Place, Proposal
from events.verbs.differences import Part
from events.verbs.editing import revise
from events.verbs.proposed import Entry, ProposedField
from events.verbs.typed import Typed

LONGEST_ACRONYM = 12
LANGUAGES = ("en", "fr", "ar")
REMEMBERED = ("actor", "place")


@dataclass(frozen=True, slots=True)
class Offer:
    """What could be remembered of a correction: the report's words, as which kind of name."""

    words: str
    kind: str


def offer(field: ProposedField) -> Offer | None:
    """What a correction of this field could teach the tables; None for values without a name in the text."""
    if field.kind not in REMEMBERED or not field.label.strip():
        return None
    words = " ".join(field.label.split())[:200]
    short = len(words) <= LONGEST_ACRONYM and words == words.upper() and any(char.isalpha() for char in words)
    return Offer(words, NameKind.ACRONYM.value if short else NameKind.SPELLING.value)


def remember(proposal: Proposal, field: ProposedField, value: Entry, typed: Typed, by: User | None) -> None:
    """Add the report's words to the names of whom or what the editor chose, through `revise` and with its trace.

    Raises Refused when the person may not revise that table or the words are no name.
    """
    found = offer(field)
    if found is None:
        raise Refused(Problem("remember", field.key, "left empty: nothing in the text names this value"))
    reason = f"Name met in report {proposal.report_id}, corrected in review"
    if field.kind == "actor":
        remember_actor(found, value["slug"], proposal.report.language, typed, by, reason)
    else:
        remember_place(found, value["key"], by, reason)


def remember_actor(found: Offer, slug: str, lang: str, typed: Typed, by: User | None, reason: str) -> None:
    """One more name of an actor; nothing when it has that name already."""
    actor = Actor.objects.get(slug=slug)
    if any(fold(name.text) == fold(found.words) for name in actor.names.all()):
        return
    language = typed.get("name_lang") or lang or "en"
    if language not in LANGUAGES:
        raise Refused(Problem("name_lang", language, "one of " + ", ".join(LANGUAGES)))
    name = ActorName(actor=actor, text=found.words, lang=language, kind=found.kind)
    if typed.get("name_from", "").strip():
        starts = first_day(typed["name_from"].strip())
        name.starts, name.starts_precision = starts.first_day, starts.precision
    revise(actor, [Part(name, name="name")], by=by, reason=reason)


def first_day(text: str) -> PartialDate:
    """Since when the name is used."""
    reading = read_partial_date("name_from", text)
    if isinstance(reading, Problem):
        raise Refused(reading)
    return reading


def remember_place(found: Offer, key: str, by: User | None, reason: str) -> None:
    """One more alternate name of a place; nothing when it has that name already."""
    number = key.removeprefix("place:")
    place = Place.objects.filter(pk=number).first() if number.isdigit() and key != number else None
    if place is None:
        raise Refused(Problem("remember", key, "left empty: only places of the gazetteer have further names"))
    if fold(found.words) in {fold(name) for name in (place.name, place.name_fr, *place.alternates)}:
        return
    place.alternates = [*place.alternates, found.words]
    revise(place, by=by, reason=reason)
