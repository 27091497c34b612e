"""The typical Django: the REST framework with its GIS extension, as their manuals show it. One file, for gunicorn.

Run by another Python than the project's, which has these packages alone; the database comes from PEER_HOST, PEER_PORT,
PEER_USER and PEER_NAME.
"""

import os

import django
from django.conf import settings

database = {key: os.environ[f"PEER_{key}"] for key in ("HOST", "PORT", "USER", "NAME")}
settings.configure(
    SECRET_KEY="measured on this machine alone",
    ALLOWED_HOSTS=["127.0.0.1"],
    ROOT_URLCONF=__name__,
    GDAL_LIBRARY_PATH=os.environ["PEER_GDAL"],
    GEOS_LIBRARY_PATH=os.environ["PEER_GEOS"],
    INSTALLED_APPS=["django.contrib.gis", "django_filters", "rest_framework", "rest_framework_gis"],
    DATABASES={
        "default": {"ENGINE": "django.contrib.gis.db.backends.postgis", "CONN_MAX_AGE": 600, **database}
    },
    REST_FRAMEWORK={
        "DEFAULT_AUTHENTICATION_CLASSES": [],
        "UNAUTHENTICATED_USER": None,
        "DEFAULT_RENDERER_CLASSES": ["rest_framework.renderers.JSONRenderer"],
    },
)
django.setup()

from django.contrib.gis.db import models  # noqa: E402
from django.core.wsgi import get_wsgi_application  # noqa: E402
from django.db.models import Count, Sum  # noqa: E402
from django.db.models.functions import TruncMonth  # noqa: E402
from django.urls import path  # noqa: E402
from django_filters.rest_framework import DjangoFilterBackend, FilterSet  # noqa: E402
from rest_framework.generics import ListAPIView  # noqa: E402
from rest_framework.response import Response  # noqa: E402
from rest_framework_gis.filters import InBBoxFilter  # noqa: E402
from rest_framework_gis.pagination import GeoJsonPagination  # noqa: E402
from rest_framework_gis.serializers import GeoFeatureModelSerializer  # noqa: E402


class Event(models.Model):
    """A row of peer.event."""

    public_id = models.TextField()
    event_type = models.TextField()
    event_subtype = models.TextField()
    event_date = models.DateField()
    date_end = models.DateField()
    date_precision = models.TextField()
    country = models.TextField()
    admin1 = models.TextField()
    admin2 = models.TextField()
    place = models.TextField()
    longitude = models.FloatField()
    latitude = models.FloatField()
    location_precision = models.TextField()
    fatalities_low = models.IntegerField()
    fatalities_best = models.IntegerField()
    fatalities_high = models.IntegerField()
    contested = models.BooleanField()
    verification = models.TextField()
    dataset = models.TextField(null=True)
    dataset_id = models.TextField()
    title = models.TextField()
    sources = models.TextField()
    geom = models.PointField()

    class Meta:
        """Where it stands."""

        app_label = "typical"
        db_table = 'peer"."event'
        managed = False


class EventSerializer(GeoFeatureModelSerializer):
    """All of it as GeoJSON."""

    class Meta:
        """The model and the geometry."""

        model = Event
        geo_field = "geom"
        fields = [field.name for field in Event._meta.fields]


class EventFilter(FilterSet):
    """Dates and type."""

    class Meta:
        """The fields."""

        model = Event
        fields = {"event_date": ["gte", "lte"], "event_type": ["exact"]}


class Pagination(GeoJsonPagination):
    """Pages by number."""

    page_size_query_param = "page_size"
    max_page_size = 1_000_000


class Events(ListAPIView):
    """Features of a box."""

    queryset = Event.objects.order_by("-event_date", "-id")
    serializer_class = EventSerializer
    pagination_class = Pagination
    filter_backends = [InBBoxFilter, DjangoFilterBackend]
    filterset_class = EventFilter
    bbox_filter_field = "geom"


class Timeline(ListAPIView):
    """Months."""

    queryset = Event.objects.annotate(month=TruncMonth("event_date"))

    def list(self, request, *args, **kwargs):
        """Count and deaths by month and type."""
        rows = self.get_queryset().values("month", "event_type")
        return Response(list(rows.annotate(n=Count("*"), deaths=Sum("fatalities_best")).order_by("month")))


urlpatterns = [path("events/", Events.as_view()), path("timeline/", Timeline.as_view())]
application = get_wsgi_application()
