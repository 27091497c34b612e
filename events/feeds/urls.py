"""Addresses below /feeds/."""

from django.urls import path

from events.feeds.views import FORMS, Incidents

urlpatterns = [path(f"incidents.{form}", Incidents.as_view(form=form)) for form in FORMS]
