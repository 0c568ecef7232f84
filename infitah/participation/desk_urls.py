"""Desk acts of participation."""

from django.urls import URLPattern

app_name = "participation_desk"
urlpatterns: list[URLPattern] = []
