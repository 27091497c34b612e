"""Which doors this process opens."""

from django.conf import settings
from django.urls import include, path, re_path

from conflict import health
from events import tiles
from events.api.openapi.views import Docs
from events.api.problems import not_found

HEALTH = [
    path("health/live", health.live),
    path("health/ready", health.ready),
]
NO_SUCH_DATA = re_path(r"^(?:api|tiles|ogc|compat|feeds)(?:/|$)", not_found)
PUBLIC = [
    path("api/v1/", include("events.api.urls")),
    path("api/docs", Docs.as_view()),
    path("", include("events.ogc.urls")),
    path("compat/", include("events.compat.urls")),
    path("feeds/", include("events.feeds.urls")),
    re_path(r"^tiles/incidents/(?P<z>[0-9]+)/(?P<x>[0-9]+)/(?P<y>[0-9]+)\.mvt$", tiles.Tile.as_view()),
    path("tiles/incidents.json", tiles.TileJson.as_view()),
    NO_SUCH_DATA,
    path("", include("events.web.urls")),
]

# The desk's module is imported only where its doors are open: it needs the desk's database.
DESK = (
    [path("admin/", include("events.admin.urls")), path("api/v1/", include("events.handin.urls"))]
    if settings.DOORS != "public"
    else []
)

urlpatterns = HEALTH + DESK + (PUBLIC if settings.DOORS != "desk" else [NO_SUCH_DATA])
if settings.DOORS != "desk":
    handler404 = "events.web.page.not_found"
handler400 = "conflict.public.failing.bad_request"
handler500 = "conflict.public.failing.failed"
