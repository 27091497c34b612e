"""Months, weekdays and words for times relative to another day, English and French."""

from __future__ import annotations

from events.ingest.extract.words import Phrases, listed


def _numbered(*lines: str) -> dict[str, int]:
    return {name: number for number, line in enumerate(lines) for name in listed(line)}


_MONTHS_EN = _numbered(
    "", "january,jan", "february,feb", "march", "april,apr", "may", "june,jun", "july,jul", "august,aug",
    "september,sept,sep", "october,oct", "november,nov", "december,dec",
)  # fmt: skip
_MONTHS_FR = _numbered(
    "", "janvier,janv", "fevrier,fevr", "mars", "avril", "mai", "juin", "juillet,juil", "aout", "septembre,sept",
    "octobre,oct", "novembre,nov", "decembre,dec",
)  # fmt: skip
MONTHS = {"en": _MONTHS_EN, "fr": _MONTHS_FR}
# Monday is 0, as date.weekday() counts.
WEEKDAYS = {
    "en": _numbered("monday,mon", "tuesday,tue,tues", "wednesday,wed", "thursday,thu,thurs", "friday,fri", "saturday,sat", "sunday,sun"),
    "fr": _numbered("lundi", "mardi", "mercredi", "jeudi", "vendredi", "samedi", "dimanche"),
}
for _short in ("mon", "sun", "sat", "wed", "fri"):
    WEEKDAYS["en"].pop(_short)

# Days from the day of publication.
FROM_PUBLICATION = {
    "en": Phrases({"today": 0, "this morning": 0, "earlier today": 0, "yesterday": -1, "the day before yesterday": -2, "last night": -1}),
    "fr": Phrases({"aujourd'hui": 0, "ce matin": 0, "ce jour": 0, "hier": -1, "avant-hier": -2, "la nuit derniere": -1, "cette nuit": 0}),
}
# Days from the event told before.
FROM_EVENT = {
    "en": Phrases(
        {
            "the next day": 1, "the following day": 1, "a day later": 1, "one day later": 1, "the day after": 1,
            "the next morning": 1, "the following morning": 1, "the day before": -1, "the previous day": -1,
            "the same day": 0, "that same day": 0, "the same night": 0, "a day earlier": -1, "one day earlier": -1,
            "the night before": -1, "the following night": 1,
        }
    ),
    "fr": Phrases(
        {
            "le lendemain": 1, "le lendemain matin": 1, "au lendemain": 1, "le jour suivant": 1, "un jour plus tard": 1, "la veille": -1,
            "l'avant-veille": -2, "le surlendemain": 2, "le meme jour": 0, "ce meme jour": 0, "la meme nuit": 0,
            "un jour plus tot": -1,
        }
    ),
}  # fmt: skip
UNITS = {
    "en": {"day": 1, "days": 1, "week": 7, "weeks": 7, "month": 30, "months": 30, "year": 365, "years": 365},
    "fr": {"jour": 1, "jours": 1, "semaine": 7, "semaines": 7, "mois": 30, "an": 365, "ans": 365, "annee": 365, "annees": 365},
}
# Parts of a month as first and last day of it; 0 is the month's last day.
PARTS = {
    "en": Phrases({"early": (1, 10), "mid": (11, 20), "late": (21, 0), "the beginning of": (1, 10), "the end of": (21, 0), "the middle of": (11, 20), "at the start of": (1, 10)}),
    "fr": Phrases({"debut": (1, 10), "mi": (11, 20), "fin": (21, 0), "au debut du mois de": (1, 10), "a la fin du mois de": (21, 0), "courant": (1, 0)}),
}
# Periods told from the day of publication.
_PERIODS_EN = {
    "week before": "last week, the past week",
    "this week": "this week, earlier this week",
    "month before": "last month",
    "this month": "this month, earlier this month",
    "recent days": "in recent days, in the past days, in the last few days",
    "weekend": "over the weekend, at the weekend, this weekend, last weekend, a weekend, the weekend",
}
_PERIODS_FR = {
    "week before": "la semaine derniere, la semaine passee",
    "this week": "cette semaine, en debut de semaine",
    "month before": "le mois dernier, le mois passe",
    "this month": "ce mois-ci",
    "recent days": "ces derniers jours, ces jours-ci",
    "weekend": "ce week-end, le week-end dernier, ce weekend, le week-end, durant le week-end",
}
PERIODS = {
    lang: Phrases({phrase: name for name, phrases in table.items() for phrase in listed(phrases)})
    for lang, table in (("en", _PERIODS_EN), ("fr", _PERIODS_FR))
}
NIGHT = {
    "en": frozenset(listed("night, overnight, evening, dawn, morning, afternoon, midday, noon, daybreak, dusk")),
    "fr": frozenset(listed("nuit, soir, soiree, matin, matinee, aube, apres-midi, midi, aurore")),
}
