"""Public addresses of the website."""

from django.urls import URLPattern

urlpatterns: list[URLPattern] = []
