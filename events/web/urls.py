"""The pages for people."""

from __future__ import annotations

from django.urls import path, re_path

from events.web import actors, forces, incidents, pages

app_name = "web"
urlpatterns = [
    path("", incidents.dashboard, name="dashboard"),
    path("incidents/", incidents.plain_list, name="incidents"),
    re_path(r"^incidents/(?P<public_id>[A-Z]{3}-[0-9]{4}-[0-9]{5,8})/$", incidents.incident, name="incident"),
    path("actors/", actors.index, name="actors"),
    path("actors/<slug:slug>/", actors.actor, name="actor"),
    path("foreign-forces/", forces.foreign_forces, name="foreign_forces"),
    path("milestones/", forces.milestones, name="milestones"),
    path("data/", pages.data, name="data"),
    path("methodology/", pages.methodology, name="methodology"),
    path("changes/", pages.changes, name="changes"),
]
