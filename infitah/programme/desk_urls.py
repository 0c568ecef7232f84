"""Desk acts of the programme."""

from django.urls import path

from infitah.programme.views import desk

app_name = "programme_desk"
urlpatterns = [
    path("", desk.milestones, name="index"),
    path("confirm/", desk.to_confirm, name="to_confirm"),
    path("milestones/<slug:reference>/report/", desk.report, name="report"),
    path("milestones/<slug:reference>/confirm/", desk.confirm, name="confirm"),
]
