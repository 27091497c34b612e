"""Facts beside the incidents: strength of forces, milestones of actors and agreements, media and their verification."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from events.ingest.extract.dated import Dated
from events.ingest.extract.found import Claimant, EvidenceFound, MilestoneFound, StrengthFound
from events.ingest.extract.numbers import Quantity
from events.ingest.extract.resolve import Resolver
from events.ingest.extract.sentence import Sentence
from events.ingest.extract.words import Phrases, listed

_PRESENT = {
    "en": frozenset(
        listed(
            "present, deployed, stationed, remain, estimates, estimated, strength, number, numbers, some, currently, operating, stay"
        )
    ),
    "fr": frozenset(
        listed(
            "presents, deployes, stationnes, estimations, effectif, effectifs, compte, actuellement, estime, operent, restent"
        )
    ),
}
_SPLIT_UNKNOWN = {
    "en": re.compile(r"(?:unclear|unknown|not known|not clear|uncertain|remains? undisclosed)"),
    "fr": re.compile(r"(?:pas clair|inconnue?|incertaine?|floue?|on ignore|pas connue?|ignoree?)"),
}
_DISTRIBUTION = {
    "en": re.compile(r"distribution|split|how many|share|breakdown|proportion|divided"),
    "fr": re.compile(r"repartition|combien|part de|proportion"),
}
_MEDIA = {
    "en": Phrases(
        {
            "video": "video",
            "videos": "video",
            "footage": "video",
            "images": "photo",
            "photos": "photo",
            "photographs": "photo",
            "pictures": "photo",
            "photo": "photo",
            "satellite images": "satellite",
            "satellite imagery": "satellite",
            "audio": "audio",
        }
    ),
    "fr": Phrases(
        {
            "video": "video",
            "videos": "video",
            "images": "photo",
            "photos": "photo",
            "photo": "photo",
            "images satellites": "satellite",
            "images satellite": "satellite",
            "imagerie satellite": "satellite",
        }
    ),
}
_SHOWN = {
    "en": frozenset(
        listed(
            "shared, posted, published, released, circulated, showed, shows, show, showing, "
            "online, social, circulating, depicted, broadcast, authenticity, verified, seen, "
            "aired, shot, filmed"
        )
    ),
    "fr": frozenset(
        listed(
            "publie, publiee, publiees, diffuse, diffusee, diffusees, diffuses, partage, "
            "partagees, montrent, montre, montrant, reseaux, circulent, circulant, authenticite, "
            "verifie, verifiees, verifiee, filmee, filmees"
        )
    ),
}
_VERIFY = {"en": re.compile(r"verif|authentic|confirm"), "fr": re.compile(r"verifi|authenti|confirm")}
_NOT = {
    "en": re.compile(
        r"\b(?:not|unverified|unable|could not|cannot|unconfirmed|no way|never|n't)\b|unverified|n't"
    ),
    "fr": re.compile(r"\b(?:n'|ne|pas|non|aucun|impossible)\b|n'|non "),
}

# What is announced or has happened: pattern in the folded sentence -> (kind, what).
_MILESTONES = {
    "en": [
        (
            re.compile(
                r"announc\w+ (?:its|their|the) (?:departure|withdrawal|exit)|(?:departure|withdrawal|"
                r"exit) of (?:the )?wagner|announced (?:that )?(?:it|they) (?:is|was|were|are|would "
                r"be) (?:leaving|withdrawing)|announc\w+ (?:the end|it had completed)|reported "
                r"departure of"
            ),
            "announcement",
            "departure announced",
        ),
        (
            re.compile(
                r"(?:commit\w+|will|would|vow\w+|confirm\w+).{0,60}\b(?:remain|stay)\b|\b(?:remains?|"
                r"stays?|will remain|will stay) in (?:mali|niger|burkina)"
            ),
            "announcement",
            "stays",
        ),
        (
            re.compile(
                r"under the (?:command|control|authority|aegis) of|\bcontrolled by|\bsubordinate to|\banswers to"
            ),
            "other",
            "subordinate",
        ),
        (
            re.compile(
                r"peace (?:agreement|deal|accord).{0,60}(?:reached|signed)|(?:signed|reached|signing "
                r"of).{0,40}peace (?:agreement|deal|accord)|(?:reached|signed|"
                r"signing).{0,40}(?:agreement|accord)"
            ),
            "agreement",
            "agreement signed",
        ),
        (
            re.compile(
                r"(?:unravel\w+|collapsed|fell apart|broke down|torn up|ended|terminat\w+|abandoned|scrapped|withdrew from)"
            ),
            "agreement",
            "agreement ended",
        ),
        (
            re.compile(
                r"(?:creation|founding|formation|birth) of (?:a |the )?(?:new )?(?:movement|alliance|group|front|coalition)"
            ),
            "founding",
            "founded",
        ),
        (re.compile(r"\bmerg(?:ed|er|ing)\b"), "merger", "merged"),
        (re.compile(r"\bdissol(?:ved|ution)\b"), "dissolution", "dissolved"),
    ],
    "fr": [
        (
            re.compile(
                r"annonc\w+ (?:son|leur|le) (?:depart|retrait)|(?:depart|retrait) de (?:la milice |du "
                r"groupe )?wagner|annonc\w+ qu'(?:il|elle)s? quitt"
            ),
            "announcement",
            "departure announced",
        ),
        (
            re.compile(
                r"(?:restera|reste|resteront|demeure|maintien).{0,30}(?:au mali|au niger|au burkina|sur place|present)"
            ),
            "announcement",
            "stays",
        ),
        (
            re.compile(
                r"sous (?:le commandement|la tutelle|le controle|l'autorite)|controlee? par le ministere|dependant du"
            ),
            "other",
            "subordinate",
        ),
        (
            re.compile(
                r"accord (?:de paix |d'alger )?.{0,50}(?:sign|conclu)|(?:signature|signe|conclu).{0,40}accord"
            ),
            "agreement",
            "agreement signed",
        ),
        (
            re.compile(r"(?:caduc|denonc\w+|mis fin|rompu|vole en eclats|enterr|fin de l'accord|effondr)"),
            "agreement",
            "agreement ended",
        ),
        (
            re.compile(r"(?:creation|fondation|naissance) d'un(?:e)? (?:nouveau|nouvelle)?"),
            "founding",
            "founded",
        ),
        (re.compile(r"\bfusion"), "merger", "merged"),
        (re.compile(r"\bdissol?u"), "dissolution", "dissolved"),
    ],
}
_AGREEMENT = re.compile(r"agreement|accord|\bdeal\b")


def find_strength(
    sentence: Sentence, resolver: Resolver, following: str, country: str
) -> Iterator[StrengthFound]:
    """Statements of how many of a force are in the country: "some 2,000 mercenaries are present in Mali"."""
    words = set(sentence.words[sentence.first : sentence.after])
    if not words & _PRESENT[sentence.lang]:
        return
    for victims in sentence.victims:
        quantity = victims.quantity
        if (
            quantity is None
            or (quantity.low or quantity.high or 0) < 50
            or not victims.who
            or victims.first in sentence.harmed_victims
        ):
            continue
        who = [
            who
            for who in victims.who
            if who.kind in ("mercenary", "soldier", "fighter", "peacekeeper", "army")
        ]
        if not who:
            continue
        named = _forces(sentence, resolver) or [slug for one in who for slug in resolver.meant(one).slugs]
        if named:
            yield _strength(sentence, quantity, tuple(dict.fromkeys(named)), country, following)


def _forces(sentence: Sentence, resolver: Resolver) -> list[str]:
    forces = []
    for who in sentence.mentions:
        if sentence.first <= who.first < sentence.after and who.names:
            slug = resolver.meant(who).slugs[0]
            if resolver.tables.actors[slug].kind in (
                "private_military",
                "foreign_state_force",
                "multinational_force",
            ):
                forces.append(slug)
    return forces


def _strength(
    sentence: Sentence, quantity: Quantity, named: tuple[str, ...], country: str, following: str
) -> StrengthFound:
    start, end = sentence.text.span(quantity.first, quantity.after)
    folded = (
        sentence.text.folded[sentence.text.starts[sentence.first] : sentence.text.ends[sentence.after - 1]]
        + " "
        + following
    )
    unknown = len(named) > 1 and bool(
        _SPLIT_UNKNOWN[sentence.lang].search(folded) and _DISTRIBUTION[sentence.lang].search(folded)
    )
    return StrengthFound(
        named,
        country,
        quantity.quantifier,
        quantity.low,
        quantity.high,
        unknown,
        sentence.text.raw[start:end],
        start,
        end,
        "number of a force present",
        0.75,
    )


def find_evidence(
    sentence: Sentence, following: Sentence | None, shown_by: Claimant | None
) -> Iterator[EvidenceFound]:
    """Media shown, and whether the report says that they are verified; one per sentence."""
    words = sentence.words[sentence.first : sentence.after]
    if not set(words) & _SHOWN[sentence.lang]:
        return
    for first, after, kind in _MEDIA[sentence.lang].find(sentence.words, sentence.first, sentence.after):
        start, end = sentence.text.span(first, after)
        state = _verification(sentence) or (_verification(following) if following else "") or "unverified"
        by = (shown_by.slug or shown_by.name) if shown_by else ""
        yield EvidenceFound(kind, state, by, start, end, "media shown", 0.7)
        return


def _verification(sentence: Sentence) -> str:
    folded = sentence.text.folded[
        sentence.text.starts[sentence.first] : sentence.text.ends[sentence.after - 1]
    ]
    match = _VERIFY[sentence.lang].search(folded)
    if match is None:
        return ""
    return "unverified" if _NOT[sentence.lang].search(folded) else "verified"


def says_unverified(sentence: Sentence) -> bool:
    """A statement that what is claimed could not be checked."""
    return _verification(sentence) == "unverified"


def find_milestones(
    sentence: Sentence, resolver: Resolver, dates: Sequence[Dated]
) -> Iterator[MilestoneFound]:
    """Announcements, agreements and changes of named actors in a sentence."""
    start, end = sentence.text.starts[sentence.first], sentence.text.ends[sentence.after - 1]
    folded = sentence.text.folded[start:end].replace("\n", " ")
    named = _named(sentence, resolver)
    agreement = bool(_AGREEMENT.search(folded))
    if not agreement and not named:
        return
    for pattern, kind, what in _MILESTONES[sentence.lang]:
        match = pattern.search(folded)
        if match is None or (kind == "agreement") != agreement or (kind != "agreement" and not named):
            continue
        actors = () if kind == "agreement" else _nearest(named, start + match.start(), what)
        when = _when(sentence, dates, start + match.start(), what)
        yield MilestoneFound(
            actors, kind, what, when, start + match.start(), start + match.end(), "words of a milestone", 0.6
        )


def _named(sentence: Sentence, resolver: Resolver) -> list[tuple[int, str]]:
    return [
        (sentence.text.starts[who.first], resolver.meant(who).slugs[0])
        for who in sentence.mentions
        if sentence.first <= who.first < sentence.after and who.names
    ]


def _nearest(named: list[tuple[int, str]], place: int, what: str) -> tuple[str, ...]:
    ordered = sorted(named, key=lambda one: abs(one[0] - place))
    before = [slug for start, slug in sorted(named) if start < place]
    after = [slug for start, slug in sorted(named) if start > place]
    if what == "subordinate":
        return (before[-1], after[0]) if before and after else (ordered[0][1],)
    return (before[0],) if what == "stays" and before else (ordered[0][1],)


def _when(sentence: Sentence, dates: Sequence[Dated], place: int, what: str) -> str:
    inside = [dated for dated in dates if sentence.first <= dated.first < sentence.after]
    if what == "agreement ended":
        # The year before "agreement" is that of its signing.
        inside = [dated for dated in inside if sentence.text.starts[dated.first] > place]
    if not inside:
        return ""
    nearest = min(inside, key=lambda dated: abs(sentence.text.starts[dated.first] - place))
    if nearest.precision == "year":
        return str(nearest.begin.year)
    return nearest.begin.isoformat() if nearest.begin == nearest.end else nearest.begin.isoformat()[:7]
