"""Addresses of the calendars, without a language: `?lang=fr` chooses one."""

from django.urls import path

from infitah.programme import feeds

app_name = "calendars"
urlpatterns = [
    path("programme.ics", feeds.timetable_ics, name="programme"),
    path("programme-<slug:slug>.ics", feeds.cycle_ics, name="cycle"),
]
