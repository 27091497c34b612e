"""Addresses below /api/v1/ that write to the desk; opened only where the desk's database is at hand."""

from django.urls import path, re_path

from events.contract.reports import ID_PATTERN
from events.handin import views

urlpatterns = [
    path("reports", views.Reports.as_view()),
    re_path(rf"^reports/(?P<report_id>{ID_PATTERN})$", views.Report.as_view()),
]
