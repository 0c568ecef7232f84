"""Addresses of calendar files about days, without a language: `?lang=fr` chooses one."""

from django.urls import path

from infitah.community import feeds

app_name = "days"
urlpatterns = [
    path("days-off.ics", feeds.days_off, name="days-off"),
    path("deadline.ics", feeds.deadline, name="deadline"),
]
