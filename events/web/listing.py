"""What the dashboard and the plain list show of one query: heading, filters with counts, a page of incidents."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from django.http import HttpRequest
from django.urls import reverse

from conflict.kit.messages import number, say, texts
from conflict.kit.problems import Refused
from events import lens, rows, words
from events.codes import EventType, IncidentVerification
from events.countries import country_name
from events.query.incidents import ORDERS as SORTS
from events.query.incidents import BoundQuery, IncidentQuery
from events.query.words import Part, parts, sentence
from events.record import reading
from events.record.units import unit_name
from events.web.page import address, carried, frame, language, pairs, problem_words

ROWS = 50
SHOWN_FIRST = 8
# Facets of the filter panel: parameter -> name of the facet in the lens.
FACETS = {
    "event_type": "event_type",
    "country": "country",
    "admin1": "admin1",
    "actor": "actor",
    "verification": "verification",
    "source": "dataset",
}
FORM = ("q", "since", "until", "fatalities_min", "fatalities_max", "contested", "civilian_targeting", *FACETS)
ORDERS = {"-date": "newest", "-fatalities": "deadliest", "date": "oldest"}


def listing(request: HttpRequest) -> dict[str, Any]:
    """The whole context of a page about one query. A refused query gives its problems and an empty list."""
    lang = language(request)
    try:
        asked = IncidentQuery.read([*without_limit(request), ("limit", str(ROWS))]).bound()
    except Refused as refused:
        return refused_listing(request, refused)
    totals, counts = lens.totals(asked), lens.facets(asked)
    return {
        **frame(request, asked.known),
        **headline(asked, totals, request, lang),
        **form(request),
        "facets": facets(asked, counts, request, lang),
        **page_of_rows(asked, request, lang),
        **counted(totals, lang),
        "clear_url": address(
            request, **{name: None for name, _ in pairs(request) if name not in ("lang", "order")}
        ),
        "sample_words": sample_words(dict(counts["dataset"]).get(words.SAMPLE, 0), totals["incidents"], lang),
    }


def sample_words(sampled: int, incidents: int, lang: str) -> str:
    """That these incidents, or so many of them, are the sample; empty where none is."""
    if not sampled:
        return ""
    return say(lang, "site.sample") if sampled >= incidents else say(lang, "list.sampled", n=sampled)


def refused_listing(request: HttpRequest, refused: Refused) -> dict[str, Any]:
    """The same page when the query cannot be answered: what is wrong, and nothing else."""
    lang = language(request)
    return {
        **frame(request),
        **form(request),
        "sentence": say(lang, "error.bad"),
        "list_title": say(lang, "list.heading"),
        "problems": problem_words(refused, lang),
        "status": refused.status,
        "clear_url": request.path,
        "count_words": say(lang, "list.incidents", n=0),
        "show_words": say(lang, "query.apply"),
    }


def without_limit(request: HttpRequest) -> list[tuple[str, str]]:
    """The address's pairs in the page's language; the page sets its own limit."""
    kept = [pair for pair in pairs(request) if pair[0] not in ("limit", "lang")]
    return [*kept, ("lang", language(request))]


def headline(asked: BoundQuery, totals: Mapping[str, Any], request: HttpRequest, lang: str) -> dict[str, Any]:
    """The query as a sentence, in pieces that can be dropped, and what it found."""
    found = parts(asked, lang)
    deaths = deaths_words(totals, lang)
    count = say(lang, "list.incidents", n=totals["incidents"])
    pieces = [piece(request, part, place, lang) for place, part in enumerate(found)]
    return {
        "sentence": sentence(found),
        "pieces": pieces,
        "filtered": [entry for entry in pieces if entry["without"]],
        "totals": f"{count}, {deaths}" if deaths else count,
    }


def piece(request: HttpRequest, part: Part, position: int, lang: str) -> dict[str, str]:
    """A part of the sentence; where it speaks of filters, the address without them."""
    text = part.text.lstrip(", ")
    label = texts(lang)["filter"].get(part.names[0], part.names[0]) if part.names else ""
    return {
        "before": ", " if part.text.startswith(",") else " " if position else "",
        "text": text[:1].upper() + text[1:] if position == 0 else text,
        "without": address(request, **dict.fromkeys((*part.names, "cursor"))) if part.names else "",
        "drop": say(lang, "query.drop", name=label),
        "loosen": say(lang, "list.empty_drop", name=label, value=text),
    }


def deaths_words(totals: Mapping[str, Any], lang: str) -> str:
    """`88–214 deaths claimed`: sums of the lowest and of the highest figures; empty where there are none."""
    low, high = totals["fatalities_low"], totals["fatalities_high"]
    if not high:
        return ""
    if low == high:
        return say(lang, "figure.deaths", n=low)
    return say(lang, "figure.deaths_range", low=low, high=high)


def form(request: HttpRequest) -> dict[str, Any]:
    """What stands in the filter form's fields, and the parameters it must keep without showing them."""
    return {
        "form": {name: request.GET.get(name, "") for name in FORM},
        "kept": [pair for pair in pairs(request) if pair[0] not in FORM and pair[0] != "cursor"],
        "kept_names": sorted({name for name, _ in pairs(request) if name not in FORM and name != "cursor"}),
        "form_action": request.path,
        "dashboard_url": address(request, cursor=None).replace(request.path, reverse("web:dashboard"), 1),
    }


Counts = dict[str, list[tuple[str, int]]]


def facets(asked: BoundQuery, found: Counts, request: HttpRequest, lang: str) -> list[dict[str, Any]]:
    """The filter panel's lists of values with their counts under the other filters."""
    listed = [
        facet(asked, name, found[column], request.GET.getlist(name), lang) for name, column in FACETS.items()
    ]
    return [entry for entry in listed if entry["first"] or entry["name"] in ("event_type", "country")]


def facet(
    asked: BoundQuery, name: str, counts: Iterable[tuple[str, int]], chosen: list[str], lang: str
) -> dict[str, Any]:
    """One list: chosen values first of all, then the commonest; the rest folds away."""
    known_counts = dict(counts)
    values = [*chosen, *(value for value in known_counts if value not in chosen)]
    options = [
        {
            "value": value,
            "label": value_words(asked, name, value, lang),
            "count": number(lang, known_counts.get(value, 0)),
            "checked": value in chosen,
        }
        for value in values
    ]
    shown = max(SHOWN_FIRST, len(chosen))
    rest = options[shown:]
    return {
        "name": name,
        "title": texts(lang)["filter"]["dataset" if name == "source" else name],
        "marks": name == "event_type",
        "first": options[:shown],
        "rest": rest,
        "more": say(lang, "query.more", n=len(rest)),
    }


def value_words(asked: BoundQuery, name: str, value: str, lang: str) -> str:
    """What a value of a filter is called."""
    if name == "country":
        return country_name(value, lang)
    if name == "admin1":
        return unit_name(value, lang)
    if name == "actor":
        known = asked.known.actors.by_slug.get(value)
        return known.name(lang) if known else value
    if name == "source":
        return say(lang, "site.sample") if value == words.SAMPLE else words.DATASETS.get(value, value)
    return words.label(EventType if name == "event_type" else IncidentVerification, value, lang)


def page_of_rows(asked: BoundQuery, request: HttpRequest, lang: str) -> dict[str, Any]:
    """One page of incidents and the addresses of other pages and orders."""
    where, fields = asked.page(), rows.chosen(())
    columns = [
        *rows.columns_of(fields),
        *(f"{expr} AS sort_{i}" for i, expr in enumerate(sort_expressions(asked))),
    ]
    found = reading.rows(columns, where.sql, where.params, asked.order_by(), ROWS + 1)
    shown = [
        row_words(rows.json_row(row, fields, rows.View(asked.known.actors, lang)), request, lang)
        for row in found[:ROWS]
    ]
    more = asked.cursor_behind(sort_values(found[ROWS - 1])) if len(found) > ROWS else None
    order = asked.asked.order
    return {
        "rows": shown,
        "next_url": address(request, cursor=more) if more else "",
        "first_url": address(request, cursor=None) if asked.asked.cursor else "",
        "list_title": say(lang, "list.heading"),
        "orders": [
            {
                "name": texts(lang)["list"][key],
                "url": address(request, order=name, cursor=None),
                "here": order == name,
            }
            for name, key in ORDERS.items()
        ],
    }


def sort_expressions(asked: BoundQuery) -> list[str]:
    """The expressions a cursor is made of."""
    return [expression for expression, _ in SORTS[asked.asked.order]]


def sort_values(row: Mapping[str, Any]) -> list[Any]:
    """The sort values of a row, in order."""
    return [row[name] for name in sorted(row) if name.startswith("sort_")]


def row_words(row: dict[str, Any], request: HttpRequest, lang: str) -> dict[str, Any]:
    """A row as the list shows it."""
    claimants = 0 if words.is_coded(row) else row["claimants"]
    return {
        **row,
        "url": reverse("web:incident", args=[row["id"]]) + carried(request),
        "when": words.when_words(row, lang),
        "where": words.where_words(row, lang),
        "type_words": words.type_words(row, lang),
        "figure": words.figure_words(row, lang),
        "claimants_words": say(lang, "figure.claimants", n=claimants) if claimants else "",
    }


def counted(totals: Mapping[str, Any], lang: str) -> dict[str, Any]:
    """The count in words, for the sheet's head and the filter panel's button."""
    unplaced = totals["incidents"] - totals["located"]
    return {
        "count_words": say(lang, "list.incidents", n=totals["incidents"]),
        "show_words": say(lang, "query.show", n=totals["incidents"]),
        "not_placed": unplaced,
        "not_placed_words": say(lang, "list.not_placed", n=unplaced),
    }
