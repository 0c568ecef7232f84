"""Public addresses below /information/ until the app `information` takes them over."""

from django.urls import path

from infitah.community.views import calculator

app_name = "information"
urlpatterns = [path("deadline/", calculator.calculator, name="deadline")]
