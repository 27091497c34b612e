"""WHO: armed groups, state forces, foreign forces."""

from django.apps import AppConfig


class ActorsConfig(AppConfig):
    """The app of actors."""

    name = "actors"
