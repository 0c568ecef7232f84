"""Stored files."""

from django.urls import path

from infitah.core import views

app_name = "files"
urlpatterns = [path("<uuid:key>/<str:name>", views.stored_file, name="file")]
