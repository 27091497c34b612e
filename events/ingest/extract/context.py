"""Which figures are about this report's incidents, and which are background: totals of years, earlier attacks."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta

from events.ingest.extract.apart import why_apart
from events.ingest.extract.dated import Dated
from events.ingest.extract.event_words import EVENTS, LORE, SINCE, TOTALS
from events.ingest.extract.harm_words import SUMS
from events.ingest.extract.numbers import Quantity
from events.ingest.extract.sentence import Sentence
from events.ingest.extract.speech_words import VERBS
from events.ingest.extract.tolls import MORE, Toll
from events.ingest.extract.words import wordset

# An event told within this many days before the report's main one belongs to the same battle or wave.
NEAR = timedelta(days=4)


def spoken_dates(sentence: Sentence, dates: Sequence[Dated]) -> set[int]:
    """First words of the dates on which something was said, not done: "said on Sunday", "a annoncé lundi"."""
    starts = {dated.first: dated for dated in dates if sentence.first <= dated.first < sentence.after}
    spoken: set[int] = set()
    if not starts:
        return spoken
    for first, after, kind in VERBS[sentence.lang].find(sentence.words, sentence.first, sentence.after):
        if sentence.words[first - 1] == "united" or (
            sentence.text.capital(first) and first > sentence.first + 1 and not sentence.headline
        ):
            continue
        giving = bool({"toll", "bilan", "figure", "losses"} & set(sentence.words[first:after]))
        for place in range(after, min(after + 9, sentence.after)):
            if place in starts:
                if sentence.word(starts[place].after) != "'s":
                    spoken.add(place)
                if starts[place].after not in starts:
                    break
                continue
            if _ends_saying(sentence, place, kind) and not giving:
                break
    spoken |= {first for first, dated in starts.items() if _opens_saying(sentence, dated)}
    for place in starts:
        before = sentence.words[max(sentence.first, place - 6) : place]
        if _says_then(sentence, starts[place]):
            spoken.add(place)
        if _TELLING_OR_BURYING & set(before) or sentence.word(starts[place].after) in _SET_DAYS:
            spoken.add(place)
    return spoken


def _says_then(sentence: Sentence, dated: Dated) -> bool:
    """ "The police on Sunday confirmed the killing": the verb of saying stands right after the day."""
    verb = VERBS[sentence.lang].at(sentence.words, dated.after)
    return verb is not None and dated.after < sentence.after and dated.precision == "day"


def _opens_saying(sentence: Sentence, dated: Dated) -> bool:
    """ "On Friday, France said it would ...": the verb of saying comes first after the day that opens the sentence."""
    if dated.first - sentence.first > 1 or dated.precision != "day":
        return False
    commas = [n for n in range(dated.after, min(dated.after + 6, sentence.after)) if sentence.words[n] == ","]
    begin = commas[0] + 1 if commas else dated.after
    for place in range(begin, min(begin + 10, sentence.after)):
        kind = VERBS[sentence.lang].at(sentence.words, place)
        if kind and place > begin:
            return True
        if place in sentence.harmed or EVENTS[sentence.lang].at(sentence.words, place):
            return False
    return False


# What happened on the days beside these words was a publication or a funeral.
_TELLING_OR_BURYING = wordset(
    "speaking statement communique released published publie post posted mourning deuil buried "
    "inhumes inhume inhumees enterres enterrees funeral funerals "
    "obseques reactualise actualise actualisé interviewed interviews interviewing interrogated researchers verified visited "
    "revendiquee revendiquees revendique revendiques claimed donne fourni "
    "enquetes enqueteurs interroge entretiens interview satellite deadline ultimatum dated date"
)


# "a 15 September deadline": what is set for the day has not happened.
_SET_DAYS = wordset("deadline ultimatum election elections summit statement communique report")


def _ends_saying(sentence: Sentence, place: int, kind: str) -> bool:
    """Whether what is said begins here, so that a date after it belongs to the event."""
    word = sentence.words[place]
    if (
        word in ("that", "que", "qu'", "avoir", "etre", ",", ":", "it", "they", "its", "their")
        or place in sentence.harmed
    ):
        return True
    if place in sentence.text.opens:
        return True
    return (
        kind != "claim"
        and EVENTS[sentence.lang].at(sentence.words, place) is not None
        and word not in ("communique", "statement", "declaration")
    )


def main_day(
    text_dates: Sequence[Dated], sentences: Sequence[Sentence], published: date | None
) -> Dated | None:
    """The date that the report is about: the first precise one of its opening that is no background."""
    opening = sentences[min(len(sentences), 8) - 1].after if sentences else 0
    precise = [dated for dated in text_dates if dated.precision in ("day", "days") and dated.first < opening]
    fitting = [dated for dated in precise if not _is_told_as_past(sentences, dated)]
    fitting = [dated for dated in fitting if not is_narrowed(dated, fitting)]
    recent = [
        d
        for d in fitting
        if published is None or timedelta(days=-2) <= published - d.begin <= timedelta(days=45)
    ]
    if fitting and _leads(sentences, fitting[0], published):
        return fitting[0]
    return next(iter(recent or fitting), None)


def is_narrowed(period: Dated, dates: Sequence[Dated]) -> bool:
    """ "This week", where the report says on which day of it."""
    return period.rule == PERIOD and any(
        other.rule != PERIOD and period.begin <= other.begin <= other.end <= period.end for other in dates
    )


PERIOD = "period before publication"


def _leads(sentences: Sequence[Sentence], dated: Dated, published: date | None) -> bool:
    """A day written out in the opening ("on February 25, 2024") is what an inquiry is about, months later."""
    opening = sentences[min(len(sentences), 2) - 1].after
    return (
        dated.first < opening
        and dated.precision == "day"
        and published is not None
        and timedelta(0) <= published - dated.begin <= timedelta(days=200)
    )


def _is_told_as_past(sentences: Sequence[Sentence], dated: Dated) -> bool:
    sentence = next(s for s in sentences if s.first <= dated.first < s.after)
    begin, end = phrase(sentence, dated.first)
    totals = next(TOTALS[sentence.lang].find(sentence.words, begin, end), None)
    if sentence.number and _COUPS & set(sentence.words[max(sentence.first, dated.first - 5) : dated.first]):
        return True
    if totals is not None and _dates_an_event(sentence, dated):
        return False
    return totals is not None or _introduced(sentence, dated.first, SINCE)


# "The coup of 26 July": what the country's years are counted from.
_COUPS = wordset("coup putsch independence independance")


def _dates_an_event(sentence: Sentence, dated: Dated) -> bool:
    """ "Days after the killings of 5 November": the day of the event itself, which the report comes back to."""
    before = sentence.words[max(sentence.first, dated.first - 4) : dated.first]
    events = EVENTS[sentence.lang]
    told = any(events.at(sentence.words, n) for n in range(dated.first - len(before), dated.first))
    return told and bool({"of", "du", "de", "on"} & set(before[-2:]))


def background_words(sentence: Sentence, place: int) -> str:
    """The words that make the clause around a place background, or an empty string."""
    begin, end = sentence.clause(place)
    known = sentence.background.get(begin)
    if known is None:
        known = sentence.background[begin] = _lore_within(sentence, begin, end)
    return known


def _lore_within(sentence: Sentence, begin: int, end: int) -> str:
    for table in (TOTALS, LORE):
        for first, after, _ in table[sentence.lang].find(sentence.words, begin, end):
            return sentence.text.quote(first, after)
    return ""


def is_background(sentence: Sentence, dates: Sequence[Dated], main: Dated | None) -> bool:
    """Whether a sentence as a whole tells what went before: words of background, or "since 2012"."""
    here = [dated for dated in dates if sentence.first <= dated.first < sentence.after]
    if not has_main_date(here, main) and background_words(sentence, sentence.first):
        return True
    days = [dated for dated in here if dated.precision != "year"]
    if here and not days and main is not None and sentence.number > 1 and sentence.harmed:
        return all(dated.end < main.begin for dated in here)
    if days and sentence.harmed and main is not None and all(d.end < main.begin - NEAR for d in days):
        return True
    for dated in dates:
        if (
            not sentence.first <= dated.first < sentence.after
            or main is None
            or dated.end >= main.begin - NEAR
        ):
            continue
        # "In 2015, ...": a year that opens a sentence dates all of it.
        opens = dated.precision == "year" and dated.first - sentence.first <= 4
        if opens or _introduced(sentence, dated.first, SINCE):
            return True
    return False


def phrase(sentence: Sentence, place: int) -> tuple[int, int]:
    """The words around a place up to commas, with a short opening before ("Over the past year, 500 people ...")."""
    begin, end = sentence.clause(place)
    before = [n for n in range(begin, place) if sentence.words[n] in (",", "(", "-")]
    after = [n for n in range(place, end) if sentence.words[n] in (",", ")", "-")]
    if before and not (before[0] == before[-1] and before[0] - begin <= 8):
        begin = before[-1] + 1
    relative = [n for n in range(place, end) if sentence.words[n] in _RELATIVE and _is_where(sentence, n)]
    if relative and (not after or relative[0] < after[0]):
        after = [relative[0]]
    if after:
        follows = sentence.word(after[0] + 1)
        further = list(after[1:]) or [end]
        end = further[0] if follows in _GOES_ON else after[0]
    return begin, end


_RELATIVE = frozenset({"where", "which", "ou", "laquelle", "lequel", "lesquels"})


def _is_where(sentence: Sentence, place: int) -> bool:
    """French "où" is where, "ou" is or."""
    return (
        sentence.words[place] != "ou"
        or sentence.text.raw[sentence.text.starts[place] : sentence.text.ends[place]].lower() == "où"
    )


_GOES_ON = frozenset(
    {"since", "depuis", "in", "over", "au", "according", "selon", "including", "dont", "and", "et"}
)


def why_background(
    sentence: Sentence, toll: Toll, dates: Sequence[Dated], main: Dated | None, many: bool
) -> str:
    """Why a toll is no claim about the report's incidents; empty when it is one.

    `many`: the report is a round-up, whose earlier dates are incidents of its own.
    """
    place = toll.victims.first
    quantity = toll.victims.quantity
    if (
        quantity is not None
        and (quantity.quantifier == "thousands" or (quantity.low or 0) >= 2_000)
        and toll.measure != "displaced"
    ):
        return "a total of a whole conflict"
    if quantity is not None and toll.measure == "displaced" and (quantity.low or 0) >= 100_000:
        return "a total of a whole conflict"
    near = dates_near(sentence, dates, place)
    since = _since(sentence, near, main)
    if since:
        return since
    words = _total_words(sentence, place, quantity)
    if words and not has_main_date([dated for dated in near if _is_of(sentence, dated, place)], main):
        return f'told as background ("{words}")'
    return "" if many else why_apart(sentence, place, near, main) or _earlier(sentence, toll, near, main)


def _is_of(sentence: Sentence, dated: Dated, place: int) -> bool:
    """Whether a date is the figure's: "Monday's attack came amid assaults that have killed 100" dates the attack only."""
    between = sentence.words[dated.after : place] if dated.after <= place else []
    return not {"that", "which", "who", "qui"} & set(between)


def dates_near(sentence: Sentence, dates: Sequence[Dated], place: int) -> list[Dated]:
    """Dates of the clause; years and months only those before the figure, or after it without a comma between."""
    begin, end = sentence.clause(place)
    inner = phrase(sentence, place)[1]
    return [
        dated
        for dated in dates
        if begin <= dated.first < end and (dated.precision in ("day", "days") or dated.first < inner)
    ]


def _period(sentence: Sentence, begin: int, end: int) -> str:
    """ "over the past three weeks", "ces six derniers mois", "en un mois": a number of weeks, months or years."""
    for count in (sentence.counts[n] for n in range(begin, end) if n in sentence.counts):
        if sentence.word(count.first - 1) in ("en", "in", "within", "over") and (
            sentence.word(count.after) in _LONG
        ):
            return sentence.text.quote(count.first - 1, count.after + 1)
    for place in range(begin, end - 1):
        if sentence.words[place] in (
            "past",
            "last",
            "derniers",
            "dernieres",
            "previous",
            "first",
            "premiers",
        ):
            unit = {
                "weeks",
                "months",
                "years",
                "semaines",
                "mois",
                "annees",
                "ans",
                "quarter",
                "half",
                "trimestre",
                "semestre",
            } & set(sentence.words[place + 1 : place + 3])
            if unit:
                return sentence.text.quote(place, min(place + 3, end))
    return ""


_LONG = wordset("weeks months years month year semaines mois annees ans an")


def _total_words(sentence: Sentence, place: int, quantity: Quantity | None) -> str:
    """Words for sums over time in the figure's own phrase; for great or vague figures also words of general lore."""
    begin, end = sentence.clause(place)[0], phrase(sentence, place)[1]
    if period := _period(sentence, begin, end):
        return period
    great = quantity is not None and (
        quantity.quantifier in ("hundreds", "unknown") or (quantity.low or 0) >= 200
    )
    for table in (TOTALS, LORE) if great else (TOTALS,):
        for first, after, _ in table[sentence.lang].find(sentence.words, begin, end):
            if not _adds_up_here(sentence, begin, first):
                return sentence.text.quote(first, after)
    return ""


def _adds_up_here(sentence: Sentence, begin: int, place: int) -> bool:
    """ "Sixteen more bodies were found, which brings to 27 ...": a sum over the incident's own days."""
    sums = SUMS[sentence.lang].at(sentence.words, place)
    return sums is not None and not MORE.isdisjoint(sentence.words[begin:place])


def _since(sentence: Sentence, near: Sequence[Dated], main: Dated | None) -> str:
    """ "since 2012", "depuis le début de l'année"; "since Thursday" is the incident itself."""
    for dated in near:
        if _introduced(sentence, dated.first, SINCE) and (main is None or dated.begin < main.begin - NEAR):
            return "a total since an earlier date"
    return ""


def _introduced(sentence: Sentence, place: int, words: dict[str, frozenset[str]]) -> bool:
    return any(sentence.word(place - back) in words[sentence.lang] for back in (1, 2, 3))


def has_main_date(near: Sequence[Dated], main: Dated | None) -> bool:
    """Whether the day that the report is about is among these dates."""
    return main is not None and any(
        dated.begin <= main.end
        and main.begin <= dated.end
        and dated.precision in ("day", "days")
        and not dated.rule.startswith("about")
        and (dated.rule != PERIOD or main.rule == PERIOD)
        for dated in near
    )


def _earlier(sentence: Sentence, toll: Toll, near: Sequence[Dated], main: Dated | None) -> str:
    """The date nearest to the figure lies well before the main one."""
    if not near or main is None:
        return ""
    place = toll.victims.first
    closest = min(near, key=lambda dated: abs(dated.first - place))
    if closest.precision == "year":
        return "dated to a year"
    before = closest.end < main.begin
    if main.rule == "published" and closest.rule == "period before publication" and sentence.number >= 3:
        return "an earlier incident"
    told_earlier = before and (
        closest.anchor == "event" or closest.precision != "day" or _pluperfect(sentence, toll)
    )
    return "an earlier incident" if closest.end < main.begin - NEAR or told_earlier else ""


def _pluperfect(sentence: Sentence, toll: Toll) -> bool:
    """ "had been killed", "avaient été tués": before what the report is about."""
    begin = min(toll.trigger.first, toll.victims.first)
    before = sentence.words[max(sentence.first, begin - 4) : toll.trigger.first]
    return bool({"had", "avait", "avaient"} & set(before))
