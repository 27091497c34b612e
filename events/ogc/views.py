"""The documents of the OGC API: landing page, conformance, definition, collections, features."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from typing import Any

import orjson
from django.http import HttpRequest, HttpResponse, HttpResponseNotModified
from django.utils.http import parse_etags
from rest_framework.views import APIView

from conflict.kit.addresses import address_with
from conflict.kit.negotiation import AnyAccept
from conflict.kit.problems import Problem, Refused, nearest_name
from events.answers.envelope import LICENCE, OWN_ATTRIBUTION, question
from events.answers.pages import settings_of
from events.ogc import openapi
from events.ogc.collections import CRS84, Asked, Collection, Features, described, schema
from events.ogc.deployments import Deployments
from events.ogc.incidents import Incidents
from events.ogc.links import GEOJSON, JSON, OPENAPI, SCHEMA, Link, address, link
from events.ogc.units import Units
from events.record.known import Known, known

COLLECTIONS: dict[str, Collection] = {made.id: made for made in (Incidents(), Deployments(), Units())}
CONFORMANCE = [
    "http://www.opengis.net/spec/ogcapi-features-1/1.0/conf/core",
    "http://www.opengis.net/spec/ogcapi-features-1/1.0/conf/oas30",
    "http://www.opengis.net/spec/ogcapi-features-1/1.0/conf/geojson",
    "http://www.opengis.net/spec/ogcapi-features-2/1.0/conf/crs",
]
NOT_FOR_COLLECTION = "one of " + ", ".join(COLLECTIONS)


class Door(APIView):
    """A document of this API."""

    content_negotiation_class = AnyAccept


class Plain(Door):
    """A document about the API itself; subclasses write it. It takes `as_of` and hands it on in every link."""

    media_type = JSON

    def get(self, request: HttpRequest, **named: str) -> HttpResponse:
        """The document, or 304."""
        at = known(settings_of(request, ("as_of",)).as_of)
        return conditional(
            request,
            Asked(str(at.latest), at.number, lambda: self.write(request, at, **named)),
            self.media_type,
            lambda body: body,
        )

    def write(self, request: HttpRequest, at: Known, **named: str) -> dict[str, Any]:
        """The document."""
        raise NotImplementedError


class Landing(Plain):
    """Where a client begins."""

    def write(self, request: HttpRequest, at: Known, **named: str) -> dict[str, Any]:
        """Links to everything else."""
        return {
            "title": "Sahel Conflict Tracker",
            "description": "Armed conflict in the Sahel: incidents, deployments of forces, administrative units.",
            "publication": at.number,
            "license": LICENCE,
            "links": [
                link("self", address(request), JSON, "This document"),
                link("service-desc", address(request, "api"), OPENAPI, "The API's definition"),
                link("conformance", address(request, "conformance"), JSON, "Conformance classes"),
                link("data", address(request, "collections"), JSON, "The collections"),
                link("license", LICENCE["url"], "text/html", LICENCE["name"]),
            ],
        }


class Definition(Plain):
    """The API's definition."""

    media_type = OPENAPI

    def write(self, request: HttpRequest, at: Known, **named: str) -> dict[str, Any]:
        """The OpenAPI document."""
        return openapi.document(request, COLLECTIONS)


class Conformance(Plain):
    """What the API conforms to."""

    def write(self, request: HttpRequest, at: Known, **named: str) -> dict[str, Any]:
        """The conformance classes."""
        return {"conformsTo": CONFORMANCE}


class All(Plain):
    """Every collection."""

    def write(self, request: HttpRequest, at: Known, **named: str) -> dict[str, Any]:
        """The collections, each with its links."""
        return {
            "links": [link("self", address(request, "collections"), JSON, "The collections")],
            "crs": [CRS84],
            "collections": [described(collection, request, at) for collection in COLLECTIONS.values()],
        }


class One(Plain):
    """One collection."""

    def write(self, request: HttpRequest, at: Known, **named: str) -> dict[str, Any]:
        """What the collection is."""
        return described(collection_of(named["collection"]), request, at)


class Schema(Plain):
    """The properties of a collection's features."""

    media_type = SCHEMA

    def write(self, request: HttpRequest, at: Known, **named: str) -> dict[str, Any]:
        """A JSON Schema."""
        return dict(schema(collection_of(named["collection"]), request))


class Items(Door):
    """Features of a collection, page by page."""

    def get(self, request: HttpRequest, collection: str) -> HttpResponse:
        """The page that the request asks for, or 304."""
        found = collection_of(collection)
        return conditional(
            request, found.items(request), GEOJSON, lambda page: feature_collection(request, page)
        )


class Item(Door):
    """One feature."""

    def get(self, request: HttpRequest, collection: str, feature: str) -> HttpResponse:
        """The feature, or 304."""
        found = collection_of(collection)
        return conditional(
            request,
            found.item(request, feature),
            GEOJSON,
            lambda one: {**one, "links": links_of_item(request, found)},
        )


def collection_of(name: str) -> Collection:
    """The collection of this name. Raises Refused (404)."""
    if name not in COLLECTIONS:
        problem = Problem("collectionId", name, NOT_FOR_COLLECTION, nearest_name(name, COLLECTIONS))
        raise Refused(problem, 404)
    return COLLECTIONS[name]


def conditional(
    request: HttpRequest, asked: Asked, media_type: str, shaped: Callable[[Any], dict[str, Any]]
) -> HttpResponse:
    """304 while the client's copy is good, else the answer with the headers that let it be kept."""
    tag = tag_of(request, asked.state)
    links = [{"rel": "canonical", "href": question(request)}]
    held = parse_etags(request.headers.get("If-None-Match", ""))
    if tag in held or held == ["*"]:
        response: HttpResponse = HttpResponseNotModified()
    else:
        found = asked.answer()
        if isinstance(found, HttpResponse):
            return found
        body = shaped(found)
        response = HttpResponse(orjson.dumps(body), content_type=media_type)
        if media_type == GEOJSON:
            response["Content-Crs"] = f"<{CRS84}>"
            links += body["links"]
    response["Link"] = ", ".join(f'<{entry["href"]}>; rel="{entry["rel"]}"' for entry in links)
    response["ETag"], response["Cache-Control"] = tag, "public, no-cache"
    if asked.publication is not None:
        response["X-Publication"] = str(asked.publication)
    return response


def tag_of(request: HttpRequest, state: str) -> str:
    """The answer's tag: what was asked, and what the answer depends on."""
    asked = f"{request.get_full_path()} {request.get_host()} {state}"
    return f'W/"{hashlib.sha256(asked.encode()).hexdigest()[:24]}"'


def feature_collection(request: HttpRequest, page: Features) -> dict[str, Any]:
    """A page of features with the link to the next one; without a time stamp, so that it can be asked for again."""
    links: list[Link] = [link("self", request.build_absolute_uri(), GEOJSON, "This page")]
    if page.following:
        links.append(link("next", address_with(request, cursor=page.following), GEOJSON, "Next page"))
    matched = {} if page.matched is None else {"numberMatched": page.matched}
    return {
        "type": "FeatureCollection",
        **matched,
        "numberReturned": len(page.found),
        "features": page.found,
        "links": links,
        **({"license": LICENCE} if page.ours else {}),
        **({"estimate": page.estimate} if page.estimate else {}),
        "attribution": page.attribution or [OWN_ATTRIBUTION],
    }


def links_of_item(request: HttpRequest, collection: Collection) -> list[Link]:
    """A feature's links: itself and its collection."""
    here = address(request, f"collections/{collection.id}")
    return [
        link("self", request.build_absolute_uri(), GEOJSON, "This feature"),
        link("collection", here, JSON, collection.title),
    ]
