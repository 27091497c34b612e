"""Addresses below /api/v1/."""

from django.urls import path, re_path

from events.api import (
    actors,
    aggregates,
    changes,
    claims,
    deployments,
    history,
    incidents,
    places,
    proofs,
    sources,
)
from events.api.exporting import options_of
from events.api.formats import FORMATS
from events.api.openapi.views import Document

urlpatterns = [
    path("incidents", incidents.Incidents.as_view()),
    path("incidents.json", incidents.Incidents.as_view()),
    *(
        path(f"incidents.{suffix}", incidents.Export.as_view(suffix=suffix, extra=options_of(form)))
        for suffix, form in FORMATS.items()
    ),
    re_path(r"^incidents/(?P<public_id>[A-Z]{3}-[0-9]{4}-[0-9]{5,8})$", incidents.Incident.as_view()),
    re_path(r"^incidents/(?P<public_id>[A-Z]{3}-[0-9]{4}-[0-9]{5,8})/versions$", history.Versions.as_view()),
    re_path(
        r"^incidents/(?P<public_id>[A-Z]{3}-[0-9]{4}-[0-9]{5,8})/versions/(?P<version>[0-9]+)$",
        proofs.Version.as_view(),
    ),
    re_path(
        r"^incidents/(?P<public_id>[A-Z]{3}-[0-9]{4}-[0-9]{5,8})/claims$", claims.ClaimsOfIncident.as_view()
    ),
    path("openapi.json", Document.as_view()),
    path("actors", actors.Actors.as_view()),
    path("actors/resolve", actors.Resolve.as_view()),
    path("actors/<slug:slug>/network", actors.Network.as_view()),
    path("actors/<slug:slug>", actors.Actor.as_view()),
    path("timeline", aggregates.Timeline.as_view()),
    path("facets", aggregates.Facets.as_view()),
    path("claims", claims.Claims.as_view()),
    *(path(f"claims.{suffix}", claims.Export.as_view(suffix=suffix)) for suffix in claims.FORMATS),
    path("deployments", deployments.Deployments.as_view()),
    path("places", places.Places.as_view()),
    path("sources", sources.Sources.as_view()),
    path("changes", changes.Changes.as_view()),
    path("publications", history.Publications.as_view()),
    re_path(r"^publications/(?P<number>[0-9]+)$", history.Publication.as_view()),
    re_path(r"^publications/(?P<number>[0-9]+)/contents$", proofs.Contents.as_view()),
    path("releases", history.Releases.as_view()),
    re_path(r"^releases/(?P<name>[a-z0-9][a-z0-9.-]*)$", history.Release.as_view()),
]
