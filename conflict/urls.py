"""Which doors this process opens."""

from django.conf import settings
from django.urls import include, path

from conflict import health

urlpatterns = [
    path("health/live", health.live),
    path("health/ready", health.ready),
]
