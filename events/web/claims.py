"""The claims of an incident laid side by side: groups by measure and victims, bars in per cent of one scale."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from conflict.kit.messages import number, say
from events.claims.codes import COUNTED, MATERIEL, ClaimVerification, ItemClass, Measure, Quantifier, Stance
from events.claims.figures import Clause
from events.words import DATASETS, Row, day_words, label, range_words

# How a claimant stands to a figure, as a key of the texts.
VERBS = {
    Stance.ALLEGATION: "claimed_by",
    Stance.ADMISSION: "acknowledged_by",
    Stance.DENIAL: "denied_by",
    Stance.OBSERVATION: "reported_by",
}
# Per cent of the width that stays free at the right for the arrows of open upper ends.
ARROW = 8
# Numbers of people are drawn; materiel is listed.
PEOPLE = frozenset(COUNTED) - MATERIEL
FIRST = (Measure.KILLED, Measure.WOUNDED, Measure.CAPTURED)
# What makes two claims one bar: the same voice says the same of the same victims, in whatever words.
SAME = ("stance", "low", "best", "high", "quantifier", "scope", "verification")


def side_by_side(incident: Row, lang: str) -> list[dict[str, Any]]:
    """Groups of claims [{title, victims, rows, drawn, top, estimate}], deaths first; each row one voice."""
    groups: dict[tuple[str, ...], list[Row]] = {}
    for claim in incident["claim_list"]:
        groups.setdefault((claim["measure"], claim["item_class"] or "", *slugs(claim["about"])), []).append(
            claim
        )
    tops = scales(incident["claim_list"])
    ordered = sorted(groups.items(), key=lambda pair: (rank(pair[0][0]), pair[0][1:]))
    return [group(key, claims, tops[key[0]], incident, lang) for key, claims in ordered]


def slugs(actors: Iterable[Row]) -> tuple[str, ...]:
    """The victims of a claim, as a key."""
    return tuple(sorted(actor["slug"] for actor in actors))


def rank(measure: str) -> tuple[int, str]:
    """Deaths, then wounded, then captured; the others by name."""
    return ([*FIRST, measure].index(measure), "" if measure in FIRST else measure)


def scales(claims: Iterable[Row]) -> dict[str, int]:
    """The highest number of each measure: one scale for all victims, so that their bars can be compared."""
    tops: dict[str, int] = {}
    for claim in claims:
        given = [n for n in (claim["low"], claim["high"]) if n is not None]
        tops[claim["measure"]] = max([tops.get(claim["measure"], 1), *given])
    return tops


def group(key: tuple[str, ...], claims: list[Row], top: int, incident: Row, lang: str) -> dict[str, Any]:
    """All claims about one set of victims."""
    voices: dict[tuple[Any, ...], list[Row]] = {}
    for claim in claims:
        said = tuple(claim[name] for name in SAME)
        voices.setdefault((claim["claimant"]["name"], *said), []).append(claim)
    rows = [voice(found, top, lang) for found in voices.values()]
    return {
        "title": measure_words(key[0], key[1], lang),
        "victims": victims_words(claims[0]["about"], lang, counted=key[0] in COUNTED),
        "rows": rows,
        "drawn": key[0] in PEOPLE and any(row["bar"] for row in rows),
        "top": number(lang, top),
        "estimate": derived(key, incident, lang) if key[0] == Measure.KILLED else None,
    }


def measure_words(measure: str, item: str, lang: str) -> str:
    """`Killed`, `Materiel captured: trucks`."""
    first = label(Measure, measure, lang)
    colon = " : " if lang == "fr" else ": "
    return f"{first}{colon}{label(ItemClass, item, lang).lower()}" if item else first


def victims_words(about: Sequence[Row], lang: str, counted: bool = True) -> str:
    """The names of those a claim is about; jointly where it does not part them."""
    names = [actor["name"] for actor in about]
    if not names:
        return say(lang, "incident.about_whole") if counted else ""
    return str(names[0]) if len(names) == 1 else say(lang, "incident.jointly", names=" + ".join(names))


def derived(key: tuple[str, ...], incident: Row, lang: str) -> dict[str, Any] | None:
    """The range that the rule derives for these victims, in words; None where it says nothing of them."""
    for found in incident["estimates"]:
        if slugs(found["about"]) == key[2:]:
            best = number(lang, found["best"]) if found["best"] is not None else ""
            return {
                **found,
                "words": range_words(found, lang) or say(lang, "incident.number_unknown"),
                "best_words": say(lang, "incident.best", best=best),
                "basis_words": label(Clause, found["basis"], lang),
            }
    return None


def voice(claims: list[Row], top: int, lang: str) -> dict[str, Any]:
    """One voice's claim: who, what number, where on the scale, in whose words and through whom."""
    first = claims[0]
    coded = first["claimant"]["kind"] == "dataset"
    verb = "coded_by" if coded else VERBS.get(first["stance"], "reported_by")
    return {
        "verb": say(lang, f"incident.{verb}"),
        "claimant": claimant(first["claimant"]),
        "number": number_words(first, lang),
        "bar": bar(first, top),
        "admission": first["stance"] == Stance.ADMISSION,
        "verification": label(ClaimVerification, first["verification"], lang),
        "group_scope": first["scope"] == "group",
        "told": [told(claim, lang) for claim in claims],
    }


def claimant(found: Row) -> dict[str, str]:
    """{name, slug, role}; a slug only where there is a page about the claimant."""
    affiliation = (found.get("affiliation") or {}).get("name", "")
    role = ", ".join(text for text in (found.get("role"), affiliation) if text)
    known = str(DATASETS.get(found.get("slug") or "", found["name"]))
    return {"name": known, "slug": str(found["slug"]) if found["kind"] == "actor" else "", "role": role}


def told(claim: Row, lang: str) -> dict[str, Any]:
    """The words of a claim and who relayed them."""
    source = claim["relayed_by"] or {}
    return {
        "phrase": claim["phrase"],
        "lang": claim["phrase_lang"],
        "note": claim["note"],
        "url": safe(source.get("url")),
        "relay": say(lang, "incident.relayed_by", source=source["outlet"]) if source else "",
        "when": day_words(source["date"], lang) if source.get("date") else "",
    }


def safe(url: str | None) -> str:
    """The address if it is http or https; anything else is not made a link."""
    return url if url and url.startswith(("http://", "https://")) else ""


def number_words(claim: Row, lang: str) -> str:
    """The number as it was put: `at least 10`, `24–99`, `3`; `number unknown` where none was given."""
    low, high = claim["low"], claim["high"]
    if low is None and high is None:
        return say(lang, "incident.number_unknown") if claim["measure"] in COUNTED else ""
    if low is None:
        return f"{label(Quantifier, Quantifier.AT_MOST, lang)} {number(lang, high)}"
    if high is None:
        return f"{label(Quantifier, Quantifier.AT_LEAST, lang)} {number(lang, low)}"
    text = "–".join(number(lang, n) for n in dict.fromkeys((low, high)))
    return f"{label(Quantifier, Quantifier.ABOUT, lang)} {text}" if claim["quantifier"] == "about" else text


def bar(claim: Row, top: int) -> dict[str, Any] | None:
    """Where a claim stands on the scale 0 to `top`, in per cent of the width, as text; None without a number.

    `dot` marks one number, `left` and `width` a range, `open` an upper end that nobody gave.
    """
    low, high = claim["low"], claim["high"]
    if low is None and high is None:
        return None

    def at(value: int) -> float:
        return value / top * (100 - ARROW)

    start = at(low or 0)
    if high is None:
        return {"open": True, "left": f"{start:.2f}", "width": f"{100 - start:.2f}", "dot": f"{start:.2f}"}
    if low == high:
        return {"dot": f"{start:.2f}"}
    return {"left": f"{start:.2f}", "width": f"{max(at(high) - start, 1):.2f}"}
