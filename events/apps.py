"""WHAT HAPPENED: sources, reports, claims, incidents, the record."""

from django.apps import AppConfig


class EventsConfig(AppConfig):
    """The app of events."""

    name = "events"
