"""What all answers share: the envelope, licence and attribution, ETag and 304."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from functools import lru_cache
from typing import Any
from urllib.parse import urlencode

import orjson
from django.http import HttpRequest, HttpResponse, HttpResponseNotModified
from django.http.response import HttpResponseBase
from django.utils.http import parse_etags

from conflict.kit.addresses import pairs_of
from events import lens
from events.claims.rules import REPORTED, VERSION
from events.query.incidents import ESTIMATE, SETTINGS, BoundQuery, IncidentQuery
from events.query.words import in_words
from events.record.known import Known

LICENCE = {"name": "CC BY 4.0", "url": "https://creativecommons.org/licenses/by/4.0/"}
# Parameters that mean the same left out, and those that are no part of a question.
USUAL = {"lang": "en", "order": "-date", ESTIMATE: REPORTED}
NOT_ASKED = ("cursor", "manifest")
OWN_ATTRIBUTION = "Sahel Conflict Tracker"
DATASET_ATTRIBUTIONS = {
    "sample": "Sahel Conflict Tracker, sample compiled from public reporting",
    "ucdp-ged": "Uppsala Conflict Data Program (UCDP), Georeferenced Event Dataset and Candidate Events Dataset, CC BY 4.0",
}


def read_query(
    request: HttpRequest,
    extra: Iterable[str] = (),
    fields: Iterable[str] = (),
    settings: Iterable[str] = SETTINGS,
) -> IncidentQuery:
    """The query of a request. Raises Refused."""
    return IncidentQuery.read(pairs_of(request), tuple(extra), tuple(fields), tuple(settings))


def json_answer(body: Any, content_type: str = "application/json") -> HttpResponse:
    """JSON bytes."""
    return HttpResponse(orjson.dumps(body), content_type=content_type)


def question(request: HttpRequest, **changes: str) -> str:
    """The address of what was asked in one spelling: sorted, each parameter once, none that says what is usual, not the
    place of a page. `changes` replace parameters."""
    kept = {
        pair
        for pair in pairs_of(request)
        if pair[0] not in (*NOT_ASKED, *changes) and USUAL.get(pair[0]) != pair[1]
    }
    asked = urlencode(sorted([*kept, *changes.items()]))
    return request.build_absolute_uri(f"{request.path}?{asked}" if asked else request.path)


def stated(
    request: HttpRequest, at: Known, asked: IncidentQuery, datasets: Iterable[str | None] = ()
) -> dict[str, Any]:
    """What every JSON answer says of itself; `datasets` are those that its data came from."""
    return {
        "url": question(request),
        "publication": at.number,
        "as_of": asked.as_of,
        "license": LICENCE,
        "attribution": attributions(datasets),
    }


def envelope(
    request: HttpRequest, query: BoundQuery, data: Any, datasets: Iterable[str | None], **more: Any
) -> dict[str, Any]:
    """What every JSON answer under the query language says beside its data."""
    return {
        "data": data,
        **more,
        **stated(request, query.known, query.asked, datasets),
        "query": in_words(query, query.asked.lang),
    }


@lru_cache(maxsize=16)
def datasets_at(at: Known) -> tuple[str | None, ...]:
    """The datasets of everything known then: whom sums name, which would have to be counted again to name fewer."""
    return tuple(dataset for dataset, _ in lens.datasets(BoundQuery(IncidentQuery({}, ()), at)))


def about_export(request: HttpRequest, query: BoundQuery) -> dict[str, Any]:
    """What every export says of itself: publication, query, licence, whom to name, how to cite."""
    datasets = lens.datasets(query)
    return {
        **stated(request, query.known, query.asked, [dataset for dataset, _ in datasets]),
        "query": in_words(query, query.asked.lang),
        "datasets": [
            {"dataset": dataset, "incidents": many, "attribution": attribution_of(dataset)}
            for dataset, many in datasets
        ],
        "estimate": {"rule": query.asked.estimate, "version": VERSION},
        "citation": citation(request, query),
    }


def citation(request: HttpRequest, query: BoundQuery) -> str:
    """How to cite the answer: it names the publication, so that it can be asked for again."""
    when = query.known.at.date().isoformat() if query.known.at else "before the first publication"
    again = question(request, as_of=str(query.known.number))
    return f"Sahel Conflict Tracker, publication {query.known.number} ({when}): {in_words(query, query.asked.lang)}. {again}"


def attributions(datasets: Iterable[str | None]) -> list[str]:
    """Whom to name for these datasets (None: our own)."""
    return sorted({attribution_of(dataset) for dataset in datasets} | {OWN_ATTRIBUTION})


def attribution_of(dataset: str | None) -> str:
    """Whom to name for one dataset."""
    return DATASET_ATTRIBUTIONS.get(dataset or "", OWN_ATTRIBUTION)


def etag_of(request: HttpRequest, at: Known) -> str:
    """The answer's tag: it changes with the record and with what is asked, and with nothing else."""
    asked = f"{request.path}?{request.META.get('QUERY_STRING', '')}"
    return f'W/"{at.latest}-{hashlib.sha256(asked.encode()).hexdigest()[:16]}"'


def unchanged(request: HttpRequest, at: Known) -> HttpResponse | None:
    """304 when the client's copy is still good; asked before anything is computed."""
    held = parse_etags(request.headers.get("If-None-Match", ""))
    if etag_of(request, at) in held or held == ["*"]:
        return tagged(HttpResponseNotModified(), request, at)
    return None


def tagged(response: HttpResponseBase, request: HttpRequest, at: Known) -> HttpResponseBase:
    """Add the headers that let clients and caches keep an answer, and the address it has in one spelling."""
    links = [response["Link"]] if response.has_header("Link") else []
    response["Link"] = ", ".join([*links, f'<{question(request)}>; rel="canonical"'])
    response["ETag"] = etag_of(request, at)
    response["Cache-Control"] = "public, no-cache"
    response["X-Publication"] = str(at.number)
    return response


def kept(request: HttpRequest, at: Known, response: HttpResponse) -> HttpResponse:
    """Tag by content what can change without a publication, as releases and boundaries do."""
    tag = f'W/"{hashlib.sha256(response.content).hexdigest()[:16]}"'
    if tag in [given.strip() for given in request.headers.get("If-None-Match", "").split(",")]:
        response = HttpResponse(status=304)
    response["ETag"] = tag
    response["Cache-Control"] = "public, no-cache"
    response["X-Publication"] = str(at.number)
    return response
