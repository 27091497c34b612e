"""What every page has: language, time of knowledge, links that carry both, and refusals as a page of their own."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import wraps
from typing import Any
from urllib.parse import urlencode

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import translation

from conflict.kit.messages import LANGUAGES, say, texts
from conflict.kit.problems import Refused, unknown_field
from events.record.known import Known, known
from events.words import day_words

PAGES = ("dashboard", "incidents", "actors", "foreign_forces", "data", "methodology", "changes")
# Parameters that every page understands.
COMMON = ("lang", "as_of")
View = Callable[..., HttpResponse]


def language(request: HttpRequest) -> str:
    """`lang` of the address, else what the browser prefers, else English."""
    asked = request.GET.get("lang")
    if asked in LANGUAGES:
        return asked
    preferred = translation.get_language_from_request(request)[:2]
    return preferred if preferred in LANGUAGES else "en"


def page(view: View) -> View:
    """A door for people: what is refused becomes a page that says what is valid; answers vary by language."""

    @wraps(view)
    def answered(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        lang = language(request)
        translation.activate(lang)
        try:
            response = view(request, *args, **kwargs)
        except Refused as refused:
            response = refusal(request, refused)
        except Http404:
            response = not_found(request)
        response.headers["Content-Language"] = lang
        return response

    return answered


def only(request: HttpRequest, *names: str) -> None:
    """Refuse parameters other than the common ones and `names`."""
    valid = (*COMMON, *names)
    wrong = [unknown_field(name, request.GET[name], valid) for name in request.GET if name not in valid]
    if wrong:
        raise Refused(wrong)


def refusal(request: HttpRequest, refused: Refused) -> HttpResponse:
    """The page of a refused request, with the same status the API gives."""
    if refused.status == 404:
        return not_found(request)
    lang = language(request)
    context = {"problems": problem_words(refused, lang)}
    return render(request, "400.html", {**frame(request), **context}, status=refused.status)


def not_found(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """The page for an address that names nothing. It works without the record."""
    return render(request, "404.html", frame(request), status=404)


def problem_words(refused: Refused, lang: str) -> list[dict[str, Any]]:
    """Each problem as {field, words}."""
    return [
        {"field": p["field"], "words": say(lang, "error.bad_field", value=p["value"], valid=p["valid"])}
        for p in (problem.as_dict() for problem in refused.problems)
    ]


def moment(request: HttpRequest) -> Known:
    """The publication that the address asks for. Raises Refused."""
    return known(request.GET.get("as_of") or None)


def frame(request: HttpRequest, at: Known | None = None) -> dict[str, Any]:
    """What base.html needs; `at` is what was known, None on pages that must work without the record."""
    lang = language(request)
    other = LANGUAGES[1 - LANGUAGES.index(lang)]
    return {
        "lang": lang,
        "t": texts(lang),
        "carry": carried(request),
        "nav": navigation(request),
        "other_lang": other,
        "other_language": address(request, lang=other),
        **(known_frame(request, at, lang) if at else {}),
    }


def known_frame(request: HttpRequest, at: Known, lang: str) -> dict[str, Any]:
    """The banner of a rewound record and the publication in the foot."""
    when = day_words(at.at.date(), lang) if at.at else str(at.number)
    return {
        "as_of": request.GET.get("as_of", ""),
        "as_of_day": at.at.date().isoformat() if at.at and request.GET.get("as_of") else "",
        "as_of_words": when,
        "kept_as_of": [pair for pair in pairs(request) if pair[0] not in ("as_of", "cursor")],
        "rewound": say(lang, "site.rewound", date=when),
        "now_url": address(request, as_of=None, cursor=None),
        "publication": at.number,
        "publication_words": say(lang, "incident.publication", n=at.number),
    }


def navigation(request: HttpRequest) -> list[dict[str, Any]]:
    """The pages, and which one this is."""
    names: Mapping[str, str] = texts(language(request))["nav"]
    entries = [(name, reverse(f"web:{name}")) for name in PAGES]
    return [{"name": names[name], "url": url, "here": request.path == url} for name, url in entries]


def carried(request: HttpRequest) -> str:
    """What links to other pages take along: the language and the time of knowledge, where the address names them."""
    kept = [(name, request.GET[name]) for name in COMMON if request.GET.get(name)]
    return f"?{urlencode(kept)}" if kept else ""


def pairs(request: HttpRequest) -> list[tuple[str, str]]:
    """The (name, text) pairs of the address; empty fields of a form count as not asked."""
    return [(name, text) for name, found in request.GET.lists() for text in found if text != ""]


def address(request: HttpRequest, **changes: str | None) -> str:
    """This page's address with some parameters changed, or dropped where the value is None."""
    kept = [(name, text) for name, text in pairs(request) if name not in changes]
    kept += [(name, text) for name, text in changes.items() if text is not None]
    return f"{request.path}?{urlencode(kept)}" if kept else request.path
