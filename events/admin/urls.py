"""The addresses under /admin/: importing this module registers every table of the desk."""

from django.urls import path

from events.admin import (  # noqa: F401
    accounts,
    actors,
    feed_health,
    incidents,
    ingestion,
    keys,
    places,
    private_exports,
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
    path("feeds/health/", desk.admin_view(feed_health.feed_health), name="feed_health"),
    *table_imports.tables.addresses(),
    *private_exports.private_exports.addresses(),
    *desk.get_urls(),
]
