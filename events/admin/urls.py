"""The addresses under /admin/: importing this module registers every table of the desk."""

from django.urls import path

from events.admin import (  # noqa: F401
    accounts,
    actors,
    incidents,
    ingestion,
    keys,
    places,
    records,
    references,
    review,
    sources,
    table_imports,
    traces,
)
from events.admin.site import desk

app_name = "admin"
urlpatterns = [
    path("publications/", desk.admin_view(records.publications), name="publications"),
    *table_imports.addresses(),
    *desk.get_urls(),
]
