"""Desk acts of the council on its meetings; they stand under the address of all meetings."""

from django.urls import path

from infitah.council import desk_views

app_name = "council_meetings"
urlpatterns = [
    path("convene/<slug:slug>/", desk_views.convene, name="convene"),
    path("<slug:reference>/deliberation/", desk_views.deliberation, name="deliberation"),
]
