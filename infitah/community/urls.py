"""The public calculator of deadlines, below /information/: it needs the calendar alone."""

from django.urls import path

from infitah.community.views import calculator

app_name = "calculator"
urlpatterns = [path("deadline/", calculator.calculator, name="deadline")]
