"""The calendar file of a request, for the bearer of its follow link; `?lang=fr` chooses."""

from django.urls import path

from infitah.information.views import calendars

app_name = "information_calendars"
urlpatterns = [path("<str:token>.ics", calendars.request_ics, name="request")]
