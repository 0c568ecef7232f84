"""Desk acts of the council."""

from django.urls import path

from infitah.council import desk_views

app_name = "council_desk"
urlpatterns = [
    path("", desk_views.waiting, name="index"),
    path("convene/<slug:slug>/", desk_views.convene, name="convene"),
    path("sessions/<slug:reference>/deliberation/", desk_views.deliberation, name="deliberation"),
    path("decisions/<slug:reference>/", desk_views.steps, name="steps"),
    path(
        "decisions/<slug:reference>/objection/<slug:act>/", desk_views.objection, name="objection"
    ),
]
