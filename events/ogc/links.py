"""The addresses of the OGC API and the links between its documents."""

from __future__ import annotations

from urllib.parse import urlencode

from django.http import HttpRequest

JSON = "application/json"
GEOJSON = "application/geo+json"
SCHEMA = "application/schema+json"
OPENAPI = "application/vnd.oai.openapi+json;version=3.0"
ROOT = "/ogc/"

Link = dict[str, str]


def address(request: HttpRequest, path: str = "") -> str:
    """The full address of a document of this API; an `as_of` of the request goes with it, so that a client that
    begins at a publication stays there."""
    as_of = request.GET.get("as_of")
    query = f"?{urlencode({'as_of': as_of})}" if as_of else ""
    return request.build_absolute_uri(ROOT + path) + query


def link(rel: str, href: str, media_type: str, title: str) -> Link:
    """One link."""
    return {"rel": rel, "type": media_type, "title": title, "href": href}
