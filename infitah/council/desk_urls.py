"""Desk acts of council."""

from django.urls import URLPattern

app_name = "council_desk"
urlpatterns: list[URLPattern] = []
