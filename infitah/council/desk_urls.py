"""Desk acts of the council."""

from django.urls import path

from infitah.council import desk_views

app_name = "council_desk"
urlpatterns = [
    path("", desk_views.waiting, name="index"),
    path("decisions/<slug:reference>/", desk_views.steps, name="steps"),
    path(
        "decisions/<slug:reference>/objection/<slug:act>/", desk_views.objection, name="objection"
    ),
]
