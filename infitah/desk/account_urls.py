"""Log-in, log-out and second factor."""

from django.urls import URLPattern

urlpatterns: list[URLPattern] = []
