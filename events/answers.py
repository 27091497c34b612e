"""What all answers share: the envelope, licence and attribution, ETag and 304."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from typing import Any

import orjson
from django.http import HttpRequest, HttpResponse, HttpResponseNotModified
from django.http.response import HttpResponseBase
from django.utils.http import parse_etags

from conflict.kit.addresses import address_without, pairs_of
from events import lens
from events.claims.rules import VERSION
from events.query.incidents import SETTINGS, BoundQuery, IncidentQuery
from events.query.words import in_words
from events.record.known import Known

LICENCE = {"name": "CC BY 4.0", "url": "https://creativecommons.org/licenses/by/4.0/"}
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


def envelope(query: BoundQuery, data: Any, **more: Any) -> dict[str, Any]:
    """What every JSON answer says beside its data."""
    return {
        "data": data,
        **more,
        "publication": query.known.number,
        "as_of": query.asked.as_of,
        "query": in_words(query, query.asked.lang),
        "license": LICENCE,
        "attribution": [OWN_ATTRIBUTION],
    }


def about_export(request: HttpRequest, query: BoundQuery) -> dict[str, Any]:
    """What every export says of itself: publication, query, licence, whom to name, how to cite."""
    datasets = lens.datasets(query)
    return {
        "publication": query.known.number,
        "as_of": query.asked.as_of,
        "query": in_words(query, query.asked.lang),
        "url": address_without(request, "manifest"),
        "license": LICENCE,
        "attribution": attributions(dataset for dataset, _ in datasets),
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
    again = request.build_absolute_uri(f"{request.path}?{query.asked.repeated(query.known.number)}")
    return f"Sahel Conflict Tracker, publication {query.known.number} ({when}): {in_words(query)}. {again}"


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
    """Add the headers that let clients and caches keep an answer."""
    response["ETag"] = etag_of(request, at)
    response["Cache-Control"] = "public, no-cache"
    response["X-Publication"] = str(at.number)
    return response
