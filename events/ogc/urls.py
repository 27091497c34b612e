"""Addresses below /ogc; the landing page answers with and without the slash, as clients ask for either."""

from django.urls import path, re_path

from events.ogc import views

urlpatterns = [
    re_path(r"^ogc/?$", views.Landing.as_view()),
    path("ogc/api", views.Definition.as_view()),
    path("ogc/conformance", views.Conformance.as_view()),
    path("ogc/collections", views.All.as_view()),
    path("ogc/collections/<str:collection>", views.One.as_view()),
    path("ogc/collections/<str:collection>/schema", views.Schema.as_view()),
    path("ogc/collections/<str:collection>/items", views.Items.as_view()),
    path("ogc/collections/<str:collection>/items/<str:feature>", views.Item.as_view()),
]
