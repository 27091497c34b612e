"""Addresses below /compat/: the paths that existing scripts ask for, behind our own host."""

from django.urls import path

from events.compat.acled import views as acled
from events.compat.ucdp import views as ucdp

urlpatterns = [
    path("acled/read", acled.Read.as_view()),
    path("acled/read.json", acled.Read.as_view()),
    path("acled/read.csv", acled.Read.as_view(form="csv")),
    path("ucdp/gedevents/<str:version>", ucdp.Events.as_view()),
]
