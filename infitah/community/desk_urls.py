"""Desk acts of community."""

from django.urls import URLPattern

app_name = "community_desk"
urlpatterns: list[URLPattern] = []
